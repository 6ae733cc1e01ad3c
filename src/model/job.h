/* SPDX-License-Identifier: MIT */
/* What passes between courant and courant-parse: one job on one body (the descriptor of the frame), one
 * reply. */
#ifndef CO_MODEL_JOB_H
#define CO_MODEL_JOB_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "model/mapping.h"

enum job_frame { JOB_REQUEST = 1, JOB_REPLY };

enum job_kind {
	JOB_FEED,    /* any feed format by content → struct feed (model/feed.h) */
	JOB_PAGE,    /* an HTML page → struct article (doc/article.h) */
	JOB_OPML,    /* a subscription list → struct feed, one item an outline */
	JOB_DISCOVER /* an HTML page → struct feed whose items are the feeds that the page names */
};

struct job {
	uint64_t id;
	enum job_kind kind;
	struct str url; /* base for relative addresses; may be absent */
	struct str content_type;
	struct str mapping; /* an encoded struct mapping for a JSON API; absent otherwise */
	bool want_html;     /* give content_html (courant parse, extract) */
	bool want_doc;      /* give the encoded document */
	uint32_t max_items; /* 0: the built-in bound */
};

struct job_reply {
	uint64_t id;
	bool ok;
	enum err_code code;   /* when !ok */
	int32_t line, column; /* place in the document; 0: none */
	struct str message;   /* when !ok: one sentence, cleaned */
	struct str result;    /* when ok: the encoded record of the kind */
};

void job_encode(struct buf *out, const struct job *j);
bool job_decode(struct arena *a, struct str bytes, struct job *j, struct err *err);
void job_reply_encode(struct buf *out, const struct job_reply *r);
bool job_reply_decode(struct arena *a, struct str bytes, struct job_reply *r, struct err *err);

#endif
