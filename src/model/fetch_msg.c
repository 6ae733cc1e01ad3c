/* SPDX-License-Identifier: MIT */
/* The codecs between courant and courant-fetch: tables of fields. What the fields mean is in fetch_msg.h.
 * Addresses are opaque here: a file: source is one too, and courant-fetch's guard decides what may be asked.
 */
#include "model/fetch_msg.h"

#include "model/record.h"

#define MAX_HEADERS 100

static const struct field settings_fields[] = {
    FIELD_U(struct fetch_settings, parallel, 10000),
    FIELD_U(struct fetch_settings, per_host, 10000),
    FIELD_U(struct fetch_settings, body_budget, UINT64_MAX),
    FIELD_S(struct fetch_settings, user_agent, RULE_OPAQUE, RECORD_LINE),
    FIELD_S(struct fetch_settings, proxy, RULE_OPAQUE, RECORD_LINE),
    FIELD_S(struct fetch_settings, edition_dir, RULE_OPAQUE, RECORD_LINE),
    FIELD_I(struct fetch_settings, fixed_now),
};
static const struct record settings_record = RECORD("settings", struct fetch_settings, settings_fields);

static const struct field request_fields[] = {
    FIELD_U(struct fetch_request, id, UINT64_MAX),
    FIELD_S(struct fetch_request, url, RULE_OPAQUE, RECORD_LINE),
    FIELD_S(struct fetch_request, etag, RULE_OPAQUE, RECORD_LINE),
    FIELD_S(struct fetch_request, modified, RULE_OPAQUE, RECORD_LINE),
    FIELD_L(struct fetch_request, headers, n_headers, &record_opaque, MAX_HEADERS),
    FIELD_S(struct fetch_request, user, RULE_OPAQUE, RECORD_LINE),
    FIELD_S(struct fetch_request, password, RULE_OPAQUE, RECORD_LINE),
    FIELD_S(struct fetch_request, proxy, RULE_OPAQUE, RECORD_LINE),
    FIELD_S(struct fetch_request, referrer_host, RULE_OPAQUE, RECORD_LINE),
    FIELD_S(struct fetch_request, body, RULE_BYTES, RECORD_TEXT),
    FIELD_U(struct fetch_request, timeout_ms, UINT32_MAX),
    FIELD_U(struct fetch_request, connect_timeout_ms, UINT32_MAX),
    FIELD_U(struct fetch_request, max_size, UINT64_MAX),
    FIELD_U(struct fetch_request, purpose, FETCH_API),
    FIELD_B(struct fetch_request, allow_file),
    FIELD_B(struct fetch_request, background),
};
static const struct record request_record = RECORD("request", struct fetch_request, request_fields);

static const struct field answer_fields[] = {
    FIELD_U(struct fetch_answer, id, UINT64_MAX),
    FIELD_U(struct fetch_answer, failure, FETCH_DEFERRED),
    FIELD_I(struct fetch_answer, status),
    FIELD_S(struct fetch_answer, reason, RULE_LINE, RECORD_LINE),
    FIELD_S(struct fetch_answer, final_url, RULE_OPAQUE, RECORD_LINE),
    FIELD_S(struct fetch_answer, permanent_url, RULE_URL, RECORD_LINE),
    FIELD_S(struct fetch_answer, content_type, RULE_OPAQUE, RECORD_LINE),
    FIELD_S(struct fetch_answer, etag, RULE_OPAQUE, RECORD_LINE),
    FIELD_S(struct fetch_answer, modified, RULE_OPAQUE, RECORD_LINE),
    FIELD_S(struct fetch_answer, content_language, RULE_OPAQUE, RECORD_LINE),
    FIELD_S(struct fetch_answer, link_header, RULE_OPAQUE, RECORD_LINE),
    FIELD_I(struct fetch_answer, retry_after_s),
    FIELD_I(struct fetch_answer, max_age_s),
    FIELD_U(struct fetch_answer, wire_bytes, UINT64_MAX),
    FIELD_U(struct fetch_answer, body_bytes, UINT64_MAX),
    FIELD_U(struct fetch_answer, elapsed_ms, UINT32_MAX),
    FIELD_U(struct fetch_answer, redirects, UINT32_MAX),
    FIELD_B(struct fetch_answer, not_modified),
};
static const struct record answer_record = RECORD("answer", struct fetch_answer, answer_fields);

void fetch_settings_encode(struct buf *out, const struct fetch_settings *s)
{
	record_encode(out, &settings_record, s);
}

bool fetch_settings_decode(struct arena *a, struct str bytes, struct fetch_settings *s, struct err *err)
{
	return record_decode(a, bytes, &settings_record, s, err);
}

void fetch_request_encode(struct buf *out, const struct fetch_request *r)
{
	record_encode(out, &request_record, r);
}

bool fetch_request_decode(struct arena *a, struct str bytes, struct fetch_request *r, struct err *err)
{
	return record_decode(a, bytes, &request_record, r, err);
}

void fetch_answer_encode(struct buf *out, const struct fetch_answer *r)
{
	record_encode(out, &answer_record, r);
}

bool fetch_answer_decode(struct arena *a, struct str bytes, struct fetch_answer *r, struct err *err)
{
	return record_decode(a, bytes, &answer_record, r, err);
}
