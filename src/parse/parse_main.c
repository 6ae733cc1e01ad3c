/* SPDX-License-Identifier: MIT */
/* courant-parse: bytes of strangers in, records out. Takes jobs on descriptor 3, one at a time, and holds no
 * right that a stranger's bytes could use. Ends when nobody has work for it. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <libintl.h>
#include <locale.h>
#include <malloc.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/memfd.h"
#include "base/wire.h"
#include "parse/parse_inline.h"
#include "parse/sandbox.h"
#include "text/charset.h"
#include "text/safe.h"

#define SOCKET_FD  3
#define IDLE_MS    60000
#define TRIM_ABOVE ((size_t)4 << 20)

/* A sealed memory file is mapped; any other file could change under us, and is copied. */
struct body {
	struct str bytes;
	struct buf copy;
	bool mapped;
};

static bool body_open(struct body *b, int fd, struct err *err)
{
	int seals = fd < 0 ? -1 : fcntl(fd, F_GET_SEALS);

	*b = (struct body){.bytes = STR(""), .copy = BUF_MAX(PARSE_MAX_BODY)};
	if (fd < 0)
		return true;
	if (seals >= 0 && (seals & F_SEAL_WRITE) && (seals & F_SEAL_SHRINK)) {
		b->mapped = memfd_map(fd, PARSE_MAX_BODY, true, &b->bytes, err);
		return b->mapped;
	}
	if (!file_read_fd(fd, &b->copy, err))
		return false;
	b->bytes = buf_str(&b->copy);
	return true;
}

static void body_close(struct body *b)
{
	if (b->mapped)
		memfd_unmap(b->bytes);
	buf_release(&b->copy);
}

static struct str clean_message(struct buf *b, const char *message)
{
	(void)safe_add(b, str_c(message), SAFE_LINE);
	return buf_str(b);
}

static bool answer(struct wire *w, const struct wire_frame *frame, struct err *err)
{
	SCOPED_PTR(arena) struct arena *a = arena_new();
	SCOPED(buf) struct buf record = BUF_MAX(WIRE_MAX_FRAME - 4096);
	SCOPED(buf) struct buf reply = BUF_MAX(WIRE_MAX_FRAME);
	SCOPED(buf) struct buf message = BUF_MAX(2048);
	struct err why = {0};
	struct job job;
	struct job_reply r = {0};
	struct body body;

	if (frame->type != JOB_REQUEST || !job_decode(a, frame->payload, &job, err))
		return err_set(err, ERR_HELPER, _("a message that is no job"));
	r.id = job.id;
	r.ok = body_open(&body, frame->fd, &why) && parse_job_run(&job, body.bytes, &record, &why);
	body_close(&body);
	if (r.ok) {
		r.result = buf_str(&record);
	} else {
		r.code = why.code;
		r.line = why.line;
		r.column = why.column;
		r.message = clean_message(&message, why.message);
	}
	job_reply_encode(&reply, &r);
	if (!wire_send(w, JOB_REPLY, 0, buf_str(&reply), -1, err))
		return false;
	while (wire_pending(w))
		if (!wire_flush(w, err))
			return false;
	if (reply.len > TRIM_ABOVE)
		malloc_trim(0);
	return true;
}

static bool wait_readable(int fd)
{
	struct pollfd p = {.fd = fd, .events = POLLIN};
	int n;

	do
		n = poll(&p, 1, IDLE_MS);
	while (n < 0 && errno == EINTR);
	return n > 0;
}

/* Works until the other end closes or has nothing for a minute. */
static int serve(void)
{
	SCOPED_PTR(wire) struct wire *w = wire_new(SOCKET_FD);
	struct err err = {0};
	struct wire_frame frame;

	while (wait_readable(SOCKET_FD)) {
		if (!wire_read(w, &err))
			return err.code == ERR_NONE ? 0 : 1;
		while (wire_next(w, &frame)) {
			bool ok = answer(w, &frame, &err);
			if (frame.fd >= 0)
				close(frame.fd);
			if (!ok)
				return 1;
		}
		if (wire_broken(w))
			return 1;
	}
	return 0;
}

/* What libraries load at their first use is loaded while it still can be. */
static void prepare(void)
{
	(void)setlocale(LC_CTYPE, "");
	(void)setlocale(LC_MESSAGES, "");
	(void)bindtextdomain("courant", LOCALEDIR);
	(void)textdomain("courant");
	(void)gettext("the document is empty");
	charset_open_all();
}

static const char *yes(bool it_is)
{
	return it_is ? "yes" : "no";
}

/* For the tests: tries what must not work any more. 0: refused; 1: it worked. A killed process has no status
 * at all. */
static int try_it(const char *what)
{
	int fd = -1;

	if (strcmp(what, "open") == 0)
		fd = open("/etc/passwd", O_RDONLY | O_CLOEXEC);
	else if (strcmp(what, "socket") == 0)
		fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	else if (strcmp(what, "exec") == 0)
		fd = execl("/bin/true", "true", (char *)NULL);
	return fd < 0 ? 0 : 1;
}

int main(int argc, char **argv)
{
	struct sandbox box;

	file_guard_std();
	prepare();
	box = sandbox_enter();
	if (argc == 2 && strcmp(argv[1], "--sandbox") == 0) {
		char line[80];
		int n = snprintf(line, sizeof line, "seccomp %s, landlock %s, limits %s\n", yes(box.seccomp),
		    yes(box.landlock), yes(box.limits));
		return write(STDOUT_FILENO, line, (size_t)n) == n ? 0 : 1;
	}
	if (argc == 3 && strcmp(argv[1], "--try") == 0)
		return try_it(argv[2]);
	if (argc != 1)
		return 2;
	return serve();
}
