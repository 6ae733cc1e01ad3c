/* SPDX-License-Identifier: MIT */
/* The connection: frames over a stream socket, with descriptors beside them. What is inside a payload is
 * wire_codec.c's and the records' own codecs' affair.
 *
 * A descriptor travels with the first byte of its frame: writing stops before such a byte and starts anew
 * with it. Reading can only tell between which two reads it came, so the top bit of `flags` says that a frame
 * has one, and a descriptor that no frame claims is closed. */
#include "base/wire.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/vec.h"

enum {
	HEAD = 8,       /* length, type, flags */
	HEAD_INNER = 4, /* of it, what the length counts */
	FLAG_FD = 0x8000,
	READ_STEP = 128 << 10,
	FDS_A_READ = 4,
	FDS_PENDING = 64,
	KEEP_CAP = 1 << 20, /* an empty buffer larger than this is given back */
};

#define OUT_MAX (WIRE_MAX_FRAME + ((size_t)16 << 20))

/* A descriptor at a place of the stream, counted in bytes since its start: for one to be written its frame's
 * first byte, for one that was read the end of the read that brought it. */
struct rider {
	uint64_t at;
	int fd;
};

struct riders {
	VEC(struct rider);
};

struct wire {
	int fd;
	struct buf out, in;
	size_t out_at, in_at;       /* done with so far, in bytes of the buffers */
	uint64_t out_base, in_base; /* stream place of each buffer's first byte */
	struct riders out_fds, in_fds;
	bool broken;
};

struct wire *wire_new(int fd)
{
	struct wire *w = mem_new(struct wire);

	w->fd = fd;
	w->out = BUF_MAX(OUT_MAX);
	w->in = BUF_MAX(HEAD + WIRE_MAX_FRAME + READ_STEP);
	return w;
}

static void riders_release(struct riders *r)
{
	for (size_t i = 0; i < r->n; i++)
		close(r->v[i].fd);
	vec_free(r);
}

static void riders_drop_first(struct riders *r)
{
	r->n--;
	memmove(r->v, r->v + 1, r->n * sizeof *r->v);
}

void wire_free(struct wire *w)
{
	if (!w)
		return;
	riders_release(&w->out_fds);
	riders_release(&w->in_fds);
	buf_release(&w->out);
	buf_release(&w->in);
	if (w->fd >= 0)
		close(w->fd);
	mem_free(w);
}

int wire_fd(const struct wire *w)
{
	return w->fd;
}

/* Forgets the bytes before *at, when that is cheap or `more` bytes would not fit otherwise. */
static void settle(struct buf *b, size_t *at, uint64_t *base, size_t more)
{
	bool cheap = *at >= b->len / 2;

	if (*at == 0 || (!cheap && b->max - b->len >= more))
		return;
	buf_drop(b, *at);
	*base += *at;
	*at = 0;
	if (b->len == 0 && b->cap > KEEP_CAP)
		buf_release(b);
}

bool wire_send(
    struct wire *w, uint16_t type, uint16_t flags, struct str payload, int pass_fd, struct err *err)
{
	struct rider r = {.at = w->out_base + w->out.len, .fd = -1};

	if (payload.len > WIRE_MAX_FRAME - HEAD_INNER)
		return err_set(err, ERR_LIMIT, _("a message is larger than %zu bytes"), WIRE_MAX_FRAME);
	settle(&w->out, &w->out_at, &w->out_base, HEAD + payload.len);
	if (!buf_reserve(&w->out, HEAD + payload.len)) {
		w->out.failed = false;
		return err_set(err, ERR_LIMIT, _("too much waits to be sent to a helper"));
	}
	if (pass_fd >= 0) {
		r.fd = fcntl(pass_fd, F_DUPFD_CLOEXEC, 3);
		if (r.fd < 0)
			return err_errno(err, ERR_IO, _("cannot pass on a descriptor"));
		vec_push(&w->out_fds, r);
	}
	wire_u32(&w->out, (uint32_t)(payload.len + HEAD_INNER));
	wire_u16(&w->out, type);
	wire_u16(&w->out, (uint16_t)((flags & ~FLAG_FD) | (pass_fd >= 0 ? FLAG_FD : 0)));
	buf_addstr(&w->out, payload);
	return true;
}

/* Writes one run of bytes: up to the next frame with a descriptor, together with the one that is due. */
static ssize_t write_run(struct wire *w)
{
	union {
		char bytes[CMSG_SPACE(sizeof(int))];
		struct cmsghdr align;
	} control = {0};
	uint64_t place = w->out_base + w->out_at;
	struct iovec run = {w->out.data + w->out_at, w->out.len - w->out_at};
	struct msghdr msg = {.msg_iov = &run, .msg_iovlen = 1};
	const struct rider *r = w->out_fds.n ? w->out_fds.v : NULL;
	bool due = r && r->at == place;
	ssize_t n;

	if (due) {
		msg.msg_control = control.bytes;
		msg.msg_controllen = sizeof control.bytes;
		struct cmsghdr *c = CMSG_FIRSTHDR(&msg);
		*c = (struct cmsghdr){
		    .cmsg_len = CMSG_LEN(sizeof(int)), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS};
		memcpy(CMSG_DATA(c), &r->fd, sizeof(int));
		r = w->out_fds.n > 1 ? r + 1 : NULL;
	}
	if (r)
		run.iov_len = (size_t)(r->at - place);
	do
		n = sendmsg(w->fd, &msg, MSG_NOSIGNAL);
	while (n < 0 && errno == EINTR);
	if (n > 0 && due) {
		close(w->out_fds.v[0].fd);
		riders_drop_first(&w->out_fds);
	}
	return n;
}

bool wire_flush(struct wire *w, struct err *err)
{
	while (wire_pending(w)) {
		ssize_t n = write_run(w);
		if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
			return true;
		if (n < 0)
			return err_errno(err, ERR_HELPER, _("the other program is gone"));
		w->out_at += (size_t)n;
	}
	settle(&w->out, &w->out_at, &w->out_base, 0);
	return true;
}

bool wire_pending(const struct wire *w)
{
	return w->out_at < w->out.len;
}

/* Takes the descriptors out of a message. Those that do not fit are closed, and the connection is broken. */
static void take_riders(struct wire *w, struct msghdr *msg, uint64_t at)
{
	if (msg->msg_flags & MSG_CTRUNC)
		w->broken = true;
	for (struct cmsghdr *c = CMSG_FIRSTHDR(msg); c; c = CMSG_NXTHDR(msg, c)) {
		if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS)
			continue;
		size_t n = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);
		for (size_t i = 0; i < n; i++) {
			struct rider r = {.at = at};
			memcpy(&r.fd, CMSG_DATA(c) + i * sizeof(int), sizeof(int));
			if (w->in_fds.n < FDS_PENDING) {
				vec_push(&w->in_fds, r);
				continue;
			}
			close(r.fd);
			w->broken = true;
		}
	}
}

bool wire_read(struct wire *w, struct err *err)
{
	union {
		char bytes[CMSG_SPACE(FDS_A_READ * sizeof(int))];
		struct cmsghdr align;
	} control;
	ssize_t n;

	err_clear(err);
	if (w->broken)
		return err_set(err, ERR_HELPER, _("the other program broke the protocol"));
	settle(&w->in, &w->in_at, &w->in_base, READ_STEP);
	if (w->in.max - w->in.len < READ_STEP)
		return true; /* whole frames wait to be taken first */
	buf_reserve(&w->in, READ_STEP);
	struct iovec run = {w->in.data + w->in.len, READ_STEP};
	struct msghdr msg = {.msg_iov = &run, .msg_iovlen = 1, .msg_control = control.bytes};
	do {
		msg.msg_controllen = sizeof control.bytes;
		n = recvmsg(w->fd, &msg, MSG_CMSG_CLOEXEC);
	} while (n < 0 && errno == EINTR);
	if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
		return true;
	if (n < 0)
		return err_errno(err, ERR_HELPER, _("the other program is gone"));
	w->in.len += (size_t)n;
	w->in.data[w->in.len] = '\0';
	take_riders(w, &msg, w->in_base + w->in.len);
	return n > 0;
}

/* Closes the descriptors that came before `place` and belong to no frame. */
static void drop_strays(struct wire *w, uint64_t place)
{
	while (w->in_fds.n && w->in_fds.v[0].at <= place) {
		close(w->in_fds.v[0].fd);
		riders_drop_first(&w->in_fds);
	}
}

bool wire_next(struct wire *w, struct wire_frame *f)
{
	struct wire_in in = {.rest = str_skip(buf_str(&w->in), w->in_at)};
	size_t have = in.rest.len;

	*f = (struct wire_frame){.fd = -1};
	drop_strays(w, w->in_base + w->in_at);
	if (w->broken || have < HEAD)
		return false;
	uint32_t len = wire_get_u32(&in);
	f->type = wire_get_u16(&in);
	f->flags = wire_get_u16(&in);
	if (len < HEAD_INNER || len > WIRE_MAX_FRAME || ((f->flags & FLAG_FD) && w->in_fds.n == 0)) {
		w->broken = true;
		return false;
	}
	if (have - (HEAD - HEAD_INNER) < len)
		return false;
	f->payload = str_sub(in.rest, 0, len - HEAD_INNER);
	if (f->flags & FLAG_FD) {
		f->fd = w->in_fds.v[0].fd;
		riders_drop_first(&w->in_fds);
		f->flags = (uint16_t)(f->flags & ~FLAG_FD);
	}
	w->in_at += HEAD - HEAD_INNER + len;
	return true;
}

bool wire_broken(const struct wire *w)
{
	return w->broken;
}
