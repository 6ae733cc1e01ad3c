/* SPDX-License-Identifier: MIT */
/* Speaks to courant-fetch for tests: lines of "key=value<TAB>…" on standard input are requests, answers come
 * out as JSON. A line "settings<TAB>…" sets, "cancel<TAB>id=N" cancels, "wait" waits for all that is owed,
 * "sleep" waits 300 ms. The program's path is the argument. */
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/memfd.h"
#include "base/proc.h"
#include "base/wire.h"
#include "model/fetch_msg.h"
#include "text/json_out.h"

struct asker {
	struct wire *wire;
	struct arena *arena;
	size_t owed, next_id;
};

static void die(const char *why, const struct err *err)
{
	fprintf(stderr, "ask: %s: %s\n", why, err ? err->message : "");
	exit(2);
}

static struct str value_of(struct str line, const char *key)
{
	struct str part;
	size_t len = strlen(key);

	while (str_split(&line, '\t', &part))
		if (str_starts(part, key) && part.len > len && part.p[len] == '=')
			return str_skip(part, len + 1);
	return STR_NONE;
}

static uint64_t number_of(struct str line, const char *key, uint64_t fallback)
{
	uint64_t n;

	return str_u64(value_of(line, key), &n) ? n : fallback;
}

static void send_frame(struct asker *k, uint16_t type, struct buf *b)
{
	struct err err = {0};

	if (!wire_send(k->wire, type, 0, buf_str(b), -1, &err) || !wire_flush(k->wire, &err))
		die("cannot send", &err);
	buf_release(b);
}

static void send_settings(struct asker *k, struct str line)
{
	struct buf b = BUF_INIT;
	struct fetch_settings s = {.parallel = (uint32_t)number_of(line, "parallel", 64),
	    .per_host = (uint32_t)number_of(line, "per_host", 2),
	    .body_budget = number_of(line, "budget", 24 << 20),
	    .edition_dir = value_of(line, "edition"),
	    .fixed_now = TIME_NONE};

	fetch_settings_encode(&b, &s);
	send_frame(k, FETCH_SETTINGS, &b);
}

static void send_request(struct asker *k, struct str line)
{
	struct buf b = BUF_INIT;
	struct str header = value_of(line, "header");
	struct fetch_request r = {.id = number_of(line, "id", ++k->next_id),
	    .url = value_of(line, "url"),
	    .etag = value_of(line, "etag"),
	    .modified = value_of(line, "modified"),
	    .headers = &header,
	    .n_headers = header.p != NULL,
	    .user = value_of(line, "user"),
	    .password = value_of(line, "password"),
	    .referrer_host = value_of(line, "referrer"),
	    .body = value_of(line, "body"),
	    .timeout_ms = (uint32_t)number_of(line, "timeout", 5000),
	    .max_size = number_of(line, "max", 1 << 20),
	    .purpose = (enum fetch_purpose)number_of(line, "purpose", 0),
	    .allow_file = value_of(line, "file").p != NULL,
	    .background = value_of(line, "background").p != NULL};

	fetch_request_encode(&b, &r);
	send_frame(k, FETCH_REQUEST, &b);
	k->owed++;
}

static void show(const struct fetch_answer *a, struct str body)
{
	SCOPED(buf) struct buf out = BUF_INIT;
	struct json_out j;

	json_begin(&j, &out, false);
	json_object(&j, NULL);
	json_int(&j, "id", (int64_t)a->id);
	json_int(&j, "failure", a->failure);
	json_int(&j, "status", a->status);
	json_str(&j, "reason", a->reason);
	json_str(&j, "final_url", a->final_url);
	json_str(&j, "permanent_url", a->permanent_url);
	json_str(&j, "content_type", a->content_type);
	json_str(&j, "etag", a->etag);
	json_str(&j, "link", a->link_header);
	json_int(&j, "retry_after", a->retry_after_s);
	json_int(&j, "max_age", a->max_age_s);
	json_int(&j, "wire_bytes", (int64_t)a->wire_bytes);
	json_int(&j, "body_bytes", (int64_t)a->body_bytes);
	json_int(&j, "redirects", a->redirects);
	json_int(&j, "elapsed", a->elapsed_ms);
	json_bool(&j, "not_modified", a->not_modified);
	json_str(&j, "body", str_sub(body, 0, 2000));
	json_end_object(&j);
	puts(buf_cstr(&out));
	fflush(stdout);
}

static void take_answer(struct asker *k, struct wire_frame *f)
{
	struct fetch_answer a;
	struct str body = STR_NONE;
	struct err err = {0};

	arena_reset(k->arena);
	if (f->type != FETCH_ANSWER || !fetch_answer_decode(k->arena, f->payload, &a, &err))
		die("bad answer", &err);
	if (f->fd >= 0 && !memfd_map(f->fd, (size_t)1 << 30, true, &body, &err))
		die("bad body", &err);
	if (body.len != a.body_bytes)
		die("the body's length is not what the answer says", NULL);
	show(&a, body);
	memfd_unmap(body);
	if (f->fd >= 0)
		close(f->fd);
	k->owed--;
}

static void wait_all(struct asker *k)
{
	struct wire_frame f;
	struct err err = {0};

	while (k->owed) {
		if (!wire_read(k->wire, &err))
			die("courant-fetch ended", &err);
		while (wire_next(k->wire, &f))
			take_answer(k, &f);
		if (wire_broken(k->wire))
			die("broken frames", NULL);
	}
}

static void do_line(struct asker *k, struct str line)
{
	if (str_starts(line, "settings")) {
		send_settings(k, line);
	} else if (str_starts(line, "cancel")) {
		struct buf b = BUF_INIT;

		wire_u64(&b, number_of(line, "id", 0));
		send_frame(k, FETCH_CANCEL, &b);
	} else if (str_starts(line, "wait")) {
		wait_all(k);
		puts("waited");
		fflush(stdout);
	} else if (str_starts(line, "sleep")) {
		(void)poll(NULL, 0, 300);
	} else if (line.len) {
		send_request(k, line);
	}
}

int main(int argc, char **argv)
{
	struct asker k = {.arena = arena_new()};
	struct err err = {0};
	char *line = NULL;
	size_t cap = 0;
	ssize_t len;
	pid_t pid;
	int fd = -1, status;

	if (argc < 2 || !proc_helper(argv[1], (const char *const[]){argv[1], NULL}, &pid, &fd, &err))
		die("cannot start courant-fetch", &err);
	k.wire = wire_new(fd);
	while ((len = getline(&line, &cap, stdin)) > 0)
		do_line(&k, str_trim(str_n(line, (size_t)len)));
	wait_all(&k);
	free(line);
	wire_free(k.wire);
	arena_free(k.arena);
	while (!proc_ended(pid, &status))
		(void)poll(NULL, 0, 5);
	return status;
}
