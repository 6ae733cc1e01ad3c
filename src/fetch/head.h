/* SPDX-License-Identifier: MIT */
/* What an answer's headers say: kept as far as anybody asks, cleaned, within bounds. Thread: one owner. */
#ifndef CO_FETCH_HEAD_H
#define CO_FETCH_HEAD_H

#include "base/arena.h"
#include "base/str.h"
#include <stdbool.h>
#include <stdint.h>

#define HEAD_MAX_BYTES ((size_t)256 << 10) /* all header bytes of one answer */

struct head {
	int status;
	size_t bytes;
	struct str reason; /* words of the status line; absent in HTTP/2 */
	struct str location, content_type, etag, modified, content_language, link, challenge;
	int64_t retry_after_s, max_age_s, expires_s, date_s; /* -1: not stated; the last two are moments */
};

void head_init(struct head *h);
/* Takes one line as it came, with its line end; strings go to a. A status line forgets what was before it but
 * the bytes. False: more bytes than are allowed. `now` (s) turns a Retry-After date into seconds. */
bool head_line(struct head *h, struct arena *a, struct str line, int64_t now);
/* As head_line for a run of whole lines: what comes while a transfer pauses is handed over in one piece. */
bool head_lines(struct head *h, struct arena *a, struct str lines, int64_t now);
/* Seconds for which the answer stays fresh by Cache-Control, else by Expires; -1: not stated. */
int64_t head_fresh_s(const struct head *h);
/* "403 Forbidden": the server's words cleaned, or the usual ones. In a. */
struct str head_words(const struct head *h, struct arena *a);

#endif
