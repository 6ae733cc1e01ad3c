/* SPDX-License-Identifier: MIT */
/* Records from a helper program that is not to be trusted. The first byte chooses the record; what is
 * accepted must come out of a second journey the same. */
#include "fuzz.h"

#include "doc/article.h"
#include "model/feed.h"
#include "model/fetch_msg.h"
#include "model/job.h"
#include "model/mapping.h"

/* Decodes into a and encodes again. False: refused. */
typedef bool again_fn(struct arena *a, struct str bytes, struct buf *out);

#define AGAIN(name, type)                                                                                    \
	static bool name##_again(struct arena *a, struct str bytes, struct buf *out)                         \
	{                                                                                                    \
		struct type thing;                                                                           \
                                                                                                             \
		if (!name##_decode(a, bytes, &thing, NULL))                                                  \
			return false;                                                                        \
		name##_encode(out, &thing);                                                                  \
		return true;                                                                                 \
	}

AGAIN(feed, feed)
AGAIN(fetch_settings, fetch_settings)
AGAIN(fetch_request, fetch_request)
AGAIN(fetch_answer, fetch_answer)
AGAIN(job, job)
AGAIN(job_reply, job_reply)
AGAIN(mapping, mapping)

static bool article_again(struct arena *a, struct str bytes, struct buf *out)
{
	SCOPED_PTR(article) struct article *article = article_decode(bytes, NULL);

	(void)a; /* an article has its own */
	if (!article)
		return false;
	article_encode(out, article);
	return true;
}

static again_fn *const records[] = {feed_again, article_again, fetch_answer_again, job_reply_again,
    fetch_request_again, fetch_settings_again, job_again, mapping_again};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	SCOPED_PTR(arena) struct arena *a = arena_new();
	SCOPED(buf) struct buf once = BUF_INIT, twice = BUF_INIT;
	again_fn *again;

	if (size < 1)
		return 0;
	again = records[data[0] % ARRAY_LEN(records)];
	if (!again(a, str_n((const char *)data + 1, size - 1), &once))
		return 0;
	FUZZ_CHECK(again(a, buf_str(&once), &twice));
	FUZZ_CHECK(str_eq(buf_str(&once), buf_str(&twice)));
	return 0;
}
