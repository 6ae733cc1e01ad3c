/* SPDX-License-Identifier: MIT */
/* wire: fields that are never trusted, frames whole and in order, descriptors with the right frame. */
#include "base/mem.h"
#include "base/memfd.h"
#include "base/wire.h"

#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static void test_fields(void **state)
{
	static const uint64_t vars[] = {0, 1, 127, 128, 16383, 16384, UINT32_MAX, UINT64_MAX};

	(void)state;
	SCOPED(buf) struct buf b = BUF_INIT;
	wire_u8(&b, 0xfe);
	wire_u16(&b, 0xfedc);
	wire_u32(&b, 0xfedcba98);
	wire_u64(&b, UINT64_C(0xfedcba9876543210));
	wire_i64(&b, INT64_MIN);
	for (size_t i = 0; i < ARRAY_LEN(vars); i++)
		wire_var(&b, vars[i]);
	wire_str(&b, STR("words"));
	wire_str(&b, STR(""));
	wire_str(&b, STR_NONE);
	wire_var(&b, 3);
	buf_adds(&b, "abc");

	struct wire_in in = {.rest = buf_str(&b)};
	assert_int_equal((unsigned char)b.data[1], 0xdc); /* little-endian on the wire */
	assert_int_equal(wire_get_u8(&in), 0xfe);
	assert_int_equal(wire_get_u16(&in), 0xfedc);
	assert_int_equal(wire_get_u32(&in), 0xfedcba98);
	assert_true(wire_get_u64(&in) == UINT64_C(0xfedcba9876543210));
	assert_true(wire_get_i64(&in) == INT64_MIN);
	for (size_t i = 0; i < ARRAY_LEN(vars); i++)
		assert_true(wire_get_var(&in) == vars[i]);
	assert_true(str_eqc(wire_get_str(&in), "words"));
	struct str empty = wire_get_str(&in);
	assert_true(empty.p && empty.len == 0);
	assert_null(wire_get_str(&in).p);
	assert_int_equal(wire_get_count(&in, 1), 3);
	assert_int_equal(in.rest.len, 3);
	assert_false(in.bad);
	/* Every cut of the message is found out, and reads no further than its end. */
	for (size_t len = 0; len < b.len - 3; len++) {
		SCOPED_STR cut = mem_strndup(b.data, len);
		in = (struct wire_in){.rest = str_n(cut, len)};
		wire_get_u8(&in);
		wire_get_u16(&in);
		wire_get_u32(&in);
		wire_get_u64(&in);
		wire_get_i64(&in);
		for (size_t i = 0; i < ARRAY_LEN(vars); i++)
			wire_get_var(&in);
		for (int i = 0; i < 3; i++)
			wire_get_str(&in);
		wire_get_count(&in, 1);
		assert_true(in.bad);
	}
}

static void test_bad_fields(void **state)
{
	static const struct {
		struct str bytes;
		const char *what;
	} rows[] = {
	    {{"\x80\x80\x80\x80\x80\x80\x80\x80\x80\x02", 10}, "v"},     /* 65 bits */
	    {{"\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01", 11}, "v"}, /* too long */
	    {{"\x07"
	      "abcde",
	         6},
	        "s"}, /* one byte short */
	    {{"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 10}, "s"},
	    {{"\x03xxxxx", 6}, "c"}, /* three of two bytes in five */
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct wire_in in = {.rest = rows[i].bytes};
		if (*rows[i].what == 'v')
			assert_true(wire_get_var(&in) == 0);
		else if (*rows[i].what == 's')
			assert_null(wire_get_str(&in).p);
		else
			assert_int_equal(wire_get_count(&in, 2), 0);
		assert_true(in.bad);
		assert_int_equal(wire_get_u8(&in), 0); /* bad stays bad */
	}
}

static int open_fds(void)
{
	DIR *d = opendir("/proc/self/fd");
	int n = 0;

	while (d && readdir(d))
		n++;
	if (d)
		closedir(d);
	return n;
}

struct pair {
	struct wire *a, *b;
};

static struct pair pair_new(int kind)
{
	int fds[2];

	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | kind, 0, fds), 0);
	return (struct pair){wire_new(fds[0]), wire_new(fds[1])};
}

static void pair_release(struct pair *p)
{
	wire_free(p->a);
	wire_free(p->b);
}

static void test_frames_and_descriptors(void **state)
{
	struct err err = {0};
	struct wire_frame f;
	int before = open_fds();

	(void)state;
	struct pair p = pair_new(SOCK_NONBLOCK);
	assert_false(wire_next(p.b, &f));
	assert_true(wire_read(p.b, &err)); /* nothing there is no error */
	int body = memfd_of("one", STR("body one"), &err);
	int other = memfd_of("two", STR("body two!"), &err);
	/* Plain, with, plain, with, with: all in one flush. */
	wire_send(p.a, 1, 0, STR("plain"), -1, &err);
	wire_send(p.a, 2, 7, STR("with"), body, &err);
	wire_send(p.a, 3, 0, STR(""), -1, &err);
	wire_send(p.a, 4, 0x7fff, STR("x"), other, &err);
	wire_send(p.a, 5, 0, STR("y"), body, &err);
	close(body);
	close(other);
	assert_true(wire_pending(p.a));
	assert_true(wire_flush(p.a, &err));
	assert_false(wire_pending(p.a));
	static const struct {
		uint16_t type, flags;
		const char *payload;
		off_t body; /* size, -1: none */
	} want[] = {
	    {1, 0, "plain", -1}, {2, 7, "with", 8}, {3, 0, "", -1}, {4, 0x7fff, "x", 9}, {5, 0, "y", 8}};
	for (size_t i = 0; i < ARRAY_LEN(want); i++) {
		while (!wire_next(p.b, &f))
			assert_true(wire_read(p.b, &err));
		assert_int_equal(f.type, want[i].type);
		assert_int_equal(f.flags, want[i].flags);
		assert_true(str_eqc(f.payload, want[i].payload));
		assert_int_equal(f.fd >= 0, want[i].body >= 0);
		struct stat st;
		if (f.fd >= 0) {
			assert_int_equal(fstat(f.fd, &st), 0);
			assert_true(st.st_size == want[i].body);
			assert_true(fcntl(f.fd, F_GETFD) & FD_CLOEXEC);
			close(f.fd);
		}
	}
	wire_free(take(&p.a));
	assert_false(wire_read(p.b, &err));
	assert_int_equal(err.code, ERR_NONE); /* a clean end */
	assert_true(wire_send(p.b, 1, 0, STR("late"), -1, &err));
	assert_false(wire_flush(p.b, &err)); /* and no SIGPIPE */
	assert_int_equal(err.code, ERR_HELPER);
	pair_release(&p);
	assert_int_equal(open_fds(), before);
}

enum { BIG = 3 << 20, FRAMES = 40 };

static void *sender(void *arg)
{
	struct wire *w = arg;
	char *bytes = mem_alloc(BIG);
	struct err err = {0};
	int body = memfd_of("body", STR("body"), &err);

	for (uint16_t i = 0; i < FRAMES; i++) {
		size_t len = i % 4 == 3 ? BIG : (size_t)i * 1000;
		memset(bytes, 'a' + i % 26, len);
		wire_send(w, i, 0, str_n(bytes, len), i % 3 == 0 ? body : -1, &err);
		wire_flush(w, &err);
	}
	close(body);
	mem_free(bytes);
	return NULL;
}

/* A blocking writer and a blocking reader, frames larger than the socket holds, descriptors between them. */
static void test_large_frames(void **state)
{
	struct pair p = pair_new(0);
	struct wire_frame f;
	struct err err = {0};
	pthread_t thread;

	(void)state;
	assert_int_equal(pthread_create(&thread, NULL, sender, p.a), 0);
	for (uint16_t i = 0; i < FRAMES; i++) {
		while (!wire_next(p.b, &f))
			assert_true(wire_read(p.b, &err));
		assert_int_equal(f.type, i);
		assert_int_equal(f.payload.len, i % 4 == 3 ? BIG : i * 1000);
		for (size_t k = 0; k < f.payload.len; k += 997)
			assert_int_equal(f.payload.p[k], 'a' + i % 26);
		assert_int_equal(f.fd >= 0, i % 3 == 0);
		if (f.fd >= 0)
			close(f.fd);
	}
	pthread_join(thread, NULL);
	pair_release(&p);
}

/* Sends raw bytes, with `n` descriptors beside them. */
static void send_raw(int fd, struct str bytes, size_t n)
{
	union {
		char space[CMSG_SPACE(8 * sizeof(int))];
		struct cmsghdr align;
	} control = {0};
	struct iovec run = {(void *)(uintptr_t)bytes.p, bytes.len};
	struct msghdr msg = {.msg_iov = &run, .msg_iovlen = 1};
	int fds[8] = {0};

	if (n) {
		msg.msg_control = control.space;
		msg.msg_controllen = CMSG_SPACE(n * sizeof(int));
		struct cmsghdr *c = CMSG_FIRSTHDR(&msg);
		c->cmsg_level = SOL_SOCKET;
		c->cmsg_type = SCM_RIGHTS;
		c->cmsg_len = CMSG_LEN(n * sizeof(int));
		memcpy(CMSG_DATA(c), fds, n * sizeof(int));
	}
	assert_true(sendmsg(fd, &msg, 0) == (ssize_t)bytes.len);
}

static void test_hostile_peer(void **state)
{
	static const struct {
		struct str bytes;
		size_t fds;
		bool broken;
		size_t frames;
	} rows[] = {
	    {{"\x03\0\0\0\1\0\0\0", 8}, 0, true, 0},                     /* shorter than its own head */
	    {{"\xff\xff\xff\xff\1\0\0\0", 8}, 0, true, 0},               /* longer than allowed */
	    {{"\x04\0\0\0\1\0\0\x80", 8}, 0, true, 0},                   /* says that it has a descriptor */
	    {{"\x04\0\0\0\1\0\0\0\x04\0\0\0\2\0\0\0", 16}, 2, false, 2}, /* descriptors that nobody claims */
	    {{"\x04\0\0\0\1\0\0\x80", 8}, 3, false, 1},                  /* one claimed, two not */
	    {{"\x04\0\0\0\1\0\0\0", 8}, 7, true, 0},                     /* more than fit */
	    {{"\x05\0\0\0\1\0\0\0", 8}, 0, false, 0},                    /* not whole yet */
	};
	int before = open_fds();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct pair p = pair_new(SOCK_NONBLOCK);
		struct wire_frame f;
		size_t frames = 0;
		send_raw(wire_fd(p.a), rows[i].bytes, rows[i].fds);
		assert_true(wire_read(p.b, NULL));
		while (wire_next(p.b, &f)) {
			frames++;
			if (f.fd >= 0)
				close(f.fd);
		}
		assert_int_equal(frames, rows[i].frames);
		assert_int_equal(wire_broken(p.b), rows[i].broken);
		struct err err = {0};
		assert_int_equal(wire_read(p.b, &err), !rows[i].broken);
		pair_release(&p);
		assert_int_equal(open_fds(), before);
	}
	struct pair p = pair_new(SOCK_NONBLOCK);
	struct err err = {0};
	char *huge = mem_alloc(WIRE_MAX_FRAME);
	assert_false(wire_send(p.a, 1, 0, str_n(huge, WIRE_MAX_FRAME), -1, &err));
	assert_int_equal(err.code, ERR_LIMIT);
	assert_true(wire_send(p.a, 1, 0, str_n(huge, WIRE_MAX_FRAME - 4), -1, &err));
	assert_false(wire_send(p.a, 1, 0, str_n(huge, WIRE_MAX_FRAME / 2), -1, &err)); /* too much waits */
	assert_true(wire_send(p.a, 1, 0, STR("small"), -1, &err));
	mem_free(huge);
	pair_release(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_fields),
	    cmocka_unit_test(test_bad_fields),
	    cmocka_unit_test(test_frames_and_descriptors),
	    cmocka_unit_test(test_large_frames),
	    cmocka_unit_test(test_hostile_peer),
	};
	return cmocka_run_group_tests_name("base/wire", tests, NULL, NULL);
}
