/* SPDX-License-Identifier: MIT */
/* A helper of bad manners under both names, for the test of the hands. A job or request says by its address
 * what is to happen: crash, hang, garbage, tired (ends at its own wish); else the answer is the address. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/wire.h"
#include "model/fetch_msg.h"
#include "model/job.h"

static void misbehave(struct wire *w, struct str how)
{
	if (str_ends(how, "crash"))
		raise(SIGKILL);
	if (str_ends(how, "hang"))
		for (;;)
			pause();
	if (str_ends(how, "garbage"))
		(void)file_write_all(wire_fd(w), "\0\0\0\0 this is no frame", 20, NULL);
	if (str_ends(how, "tired"))
		exit(0);
}

static void reply(struct wire *w, uint16_t type, const struct buf *b)
{
	if (!wire_send(w, type, 0, buf_str(b), -1, NULL) || !wire_flush(w, NULL))
		exit(0);
}

static void on_frame(struct wire *w, const struct wire_frame *f, struct arena *a)
{
	SCOPED(buf) struct buf b = BUF_INIT;
	struct fetch_request r;
	struct job j;

	if (f->fd >= 0)
		close(f->fd);
	if (f->type == JOB_REQUEST && job_decode(a, f->payload, &j, NULL)) {
		struct job_reply out = {.id = j.id, .ok = true, .result = j.url, .message = STR("")};

		misbehave(w, j.url);
		job_reply_encode(&b, &out);
		reply(w, JOB_REPLY, &b);
	} else if (f->type == FETCH_REQUEST && fetch_request_decode(a, f->payload, &r, NULL)) {
		struct fetch_answer out = {.id = r.id, .status = 200, .reason = r.url};

		misbehave(w, r.url);
		fetch_answer_encode(&b, &out);
		reply(w, FETCH_ANSWER, &b);
	}
}

int main(int argc, char **argv)
{
	struct wire *w = wire_new(3);
	struct arena *a = arena_new();
	struct wire_frame f;

	(void)argc;
	/* Settings and jobs have the same number: each name reads its own. */
	while (wire_read(w, NULL)) {
		while (wire_next(w, &f)) {
			if (strcmp(argv[0], "courant-fetch") == 0 && f.type == FETCH_SETTINGS)
				continue;
			on_frame(w, &f, a);
		}
	}
	arena_free(a);
	wire_free(w);
	return 0;
}
