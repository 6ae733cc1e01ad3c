/* SPDX-License-Identifier: MIT */
/* libcurl's codes as our failures, and the sentence for each. */
#include "fetch/failure.h"

#include "base/attr.h"
#include "base/i18n.h"
#include "text/safe.h"
#include "text/size.h"

static const struct {
	CURLcode code;
	enum fetch_failure failure;
} codes[] = {
    {CURLE_OK, FETCH_OK},
    {CURLE_URL_MALFORMAT, FETCH_BAD_URL},
    {CURLE_COULDNT_RESOLVE_HOST, FETCH_DNS},
    {CURLE_COULDNT_RESOLVE_PROXY, FETCH_DNS},
    {CURLE_COULDNT_CONNECT, FETCH_CONNECT},
    {CURLE_PROXY, FETCH_CONNECT},
    {CURLE_INTERFACE_FAILED, FETCH_CONNECT},
    {CURLE_SSL_CONNECT_ERROR, FETCH_TLS},
    {CURLE_PEER_FAILED_VERIFICATION, FETCH_TLS},
    {CURLE_SSL_CERTPROBLEM, FETCH_TLS},
    {CURLE_SSL_CIPHER, FETCH_TLS},
    {CURLE_SSL_CACERT_BADFILE, FETCH_TLS},
    {CURLE_SSL_ISSUER_ERROR, FETCH_TLS},
    {CURLE_OPERATION_TIMEDOUT, FETCH_TIMEOUT},
    {CURLE_FILESIZE_EXCEEDED, FETCH_TOO_BIG},
    {CURLE_TOO_MANY_REDIRECTS, FETCH_REDIRECTS},
};

enum fetch_failure failure_of(CURLcode code)
{
	for (size_t i = 0; i < ARRAY_LEN(codes); i++)
		if (codes[i].code == code)
			return codes[i].failure;
	return FETCH_BROKEN;
}

static void add_detail(struct buf *b, const char *detail)
{
	if (!detail || !*detail)
		return;
	buf_adds(b, ": ");
	safe_add(b, str_sub(str_c(detail), 0, 200), SAFE_LINE);
}

static void add_seconds(struct buf *b, struct str host, uint32_t timeout_ms)
{
	if (timeout_ms % 1000 == 0)
		buf_printf(b, _("no answer from %.*s in %u s"), STR_ARG(host), timeout_ms / 1000);
	else
		buf_printf(b, _("no answer from %.*s in %u ms"), STR_ARG(host), timeout_ms);
}

struct str failure_words(struct arena *a, enum fetch_failure failure, struct str host, uint32_t timeout_ms,
    uint64_t max_size, const char *detail)
{
	static const char *const words[] = {
	    [FETCH_BAD_URL] = N_("this is no address that can be fetched"),
	    [FETCH_DENIED] = N_("it may not be asked"),
	    [FETCH_DNS] = N_("the host is not known"),
	    [FETCH_CONNECT] = N_("no connection"),
	    [FETCH_TLS] = N_("no safe connection"),
	    [FETCH_BROKEN] = N_("the answer is broken"),
	    [FETCH_REDIRECTS] = N_("it redirects without end"),
	    [FETCH_CANCELLED] = N_("given up"),
	    [FETCH_DEFERRED] = N_("it is left alone for a while"),
	};
	SCOPED(buf) struct buf b = BUF_MAX(4000);

	host = str_sub(host, 0, 255);
	if (failure == FETCH_TIMEOUT) {
		add_seconds(&b, host, timeout_ms);
	} else if (failure == FETCH_TOO_BIG) {
		buf_printf(&b, _("the answer of %.*s is larger than "), STR_ARG(host));
		size_add(&b, max_size);
	} else {
		buf_printf(&b, "%.*s: %s", STR_ARG(host), _(words[failure]));
		add_detail(&b, detail);
	}
	return safe_copy(a, buf_str(&b), SAFE_LINE);
}
