/* SPDX-License-Identifier: MIT */
/* proc: other programs run within a time and a size, with no descriptor, signal or zombie left over. */
#include "base/clock.h"
#include "base/mem.h"
#include "base/proc.h"
#include "base/wire.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* The shell is only a handy program here. */
static bool run(const char *script, struct str in, int timeout_ms, struct buf *out, struct buf *errout,
    int *status, struct err *err)
{
	const char *const argv[] = {"sh", "-c", script, NULL};
	const struct proc_limits lim = {.timeout_ms = timeout_ms, .max_stderr = 10};

	return proc_run(argv, in, &lim, out, errout, status, err);
}

static void test_run(void **state)
{
	static const struct {
		const char *script, *in, *out, *errout;
		int status;
	} rows[] = {
	    {"cat", "words", "words", "", 0},
	    {"tr a-z A-Z; exit 3", "words", "WORDS", "", 3},
	    {"echo 12345678901234567890 >&2", "", "", "1234567890", 0}, /* the rest is dropped */
	    {"kill -TERM $$", "", "", "", 128 + SIGTERM},
	    {"exec >&- 2>&-; sleep 0.05; exit 4", "", "", "", 4}, /* ends after its output */
	    {"exec true", "not read", "", "", 0},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		for (int timeout_ms = 0; timeout_ms <= 20000; timeout_ms += 20000) {
			SCOPED(buf) struct buf out = BUF_INIT, errout = BUF_INIT;
			int status = -1;
			assert_true(
			    run(rows[i].script, str_c(rows[i].in), timeout_ms, &out, &errout, &status, NULL));
			assert_string_equal(buf_cstr(&out), rows[i].out);
			assert_string_equal(buf_cstr(&errout), rows[i].errout);
			assert_int_equal(status, rows[i].status);
		}
		assert_int_equal(waitpid(-1, NULL, WNOHANG), -1); /* no zombie */
	}
}

/* More than any pipe holds goes in and comes back, both at once. */
static void test_run_large(void **state)
{
	enum { LEN = 1 << 20 };
	char *bytes = mem_alloc(LEN);
	int status;

	(void)state;
	memset(bytes, 'x', LEN);
	SCOPED(buf) struct buf out = BUF_INIT;
	assert_true(run("cat", str_n(bytes, LEN), 20000, &out, NULL, &status, NULL));
	assert_int_equal(out.len, LEN);
	/* A reader that goes away early: no SIGPIPE, no error. */
	buf_reset(&out);
	assert_true(run("head -c 3", str_n(bytes, LEN), 20000, &out, NULL, &status, NULL));
	assert_string_equal(buf_cstr(&out), "xxx");
	mem_free(bytes);
}

static void test_run_bounds(void **state)
{
	int status;
	struct err err = {0};
	int64_t start = clock_mono_ms();

	(void)state;
	SCOPED(buf) struct buf out = BUF_MAX(1000);
	assert_false(run("while :; do echo y; done", STR(""), 0, &out, NULL, &status, &err));
	assert_int_equal(err.code, ERR_LIMIT);
	buf_reset(&out);
	assert_false(run("sleep 30", STR(""), 100, &out, NULL, &status, &err));
	assert_int_equal(err.code, ERR_LIMIT);
	assert_false(run("exec >&- 2>&-; exec sleep 30", STR(""), 100, &out, NULL, &status, &err));
	assert_true(clock_mono_ms() - start < 20000);
	const char *const none[] = {"courant-no-such-program", NULL};
	const struct proc_limits lim = {0};
	assert_false(proc_run(none, STR(""), &lim, &out, NULL, &status, &err));
	assert_int_equal(err.code, ERR_HELPER);
	assert_non_null(strstr(err.message, "courant-no-such-program"));
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
}

/* A child has 0, 1 and 2 and nothing else of ours, and no signal of ours is held off or ignored. */
static void test_child_is_clean(void **state)
{
	int status;
	sigset_t set;

	(void)state;
	int leak = open("/dev/null", O_RDONLY); /* not close-on-exec, as a careless library would */
	assert_true(leak > 2);
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	sigprocmask(SIG_BLOCK, &set, NULL);
	signal(SIGUSR2, SIG_IGN);
	SCOPED(buf) struct buf out = BUF_INIT;
	SCOPED_STR script = mem_printf("test -e /proc/self/fd/%d && echo open", leak);
	assert_true(run(script, STR(""), 20000, &out, NULL, &status, NULL));
	assert_string_equal(buf_cstr(&out), "");
	assert_true(run("kill -USR1 $$", STR(""), 20000, &out, NULL, &status, NULL));
	assert_int_equal(status, 128 + SIGUSR1);
	assert_true(run("kill -USR2 $$", STR(""), 20000, &out, NULL, &status, NULL));
	assert_int_equal(status, 128 + SIGUSR2);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	signal(SIGUSR2, SIG_DFL);
	close(leak);
}

static void test_helper(void **state)
{
	const char *const argv[] = {"sh", "-c", "cat <&3 >&3", NULL};
	const char *const none[] = {"none", NULL};
	struct err err = {0};
	struct wire_frame f;
	int fd = -1, status = -1;
	pid_t pid;

	(void)state;
	assert_false(proc_helper("/nowhere/helper", none, &pid, &fd, &err));
	assert_int_equal(err.code, ERR_HELPER);
	assert_true(proc_helper("/bin/sh", argv, &pid, &fd, &err));
	assert_false(proc_ended(pid, &status));
	assert_true(fcntl(fd, F_GETFD) & FD_CLOEXEC);
	struct wire *w = wire_new(fd);
	assert_true(wire_send(w, 9, 1, STR("there and back"), -1, &err));
	assert_true(wire_flush(w, &err));
	while (!wire_next(w, &f))
		assert_true(wire_read(w, &err));
	assert_int_equal(f.type, 9);
	assert_true(str_eqc(f.payload, "there and back"));
	wire_free(w); /* the helper sees the end and leaves */
	while (!proc_ended(pid, &status))
		poll(NULL, 0, 1);
	assert_int_equal(status, 0);

	assert_true(proc_helper("/bin/sh", argv, &pid, &fd, &err));
	proc_kill(pid);
	assert_int_equal(waitpid(pid, NULL, WNOHANG), -1);
	close(fd);
}

static void test_foreground_and_detached(void **state)
{
	const char *const leave[] = {"sh", "-c", "exit 5", NULL};
	const char *const none[] = {"courant-no-such-program", NULL};
	char path[] = "/tmp/courant-proc-XXXXXX", c;
	struct err err = {0};
	int status = -1;

	(void)state;
	assert_true(proc_foreground(leave, &status, &err));
	assert_int_equal(status, 5);
	assert_false(proc_foreground(none, &status, &err));
	assert_false(proc_detach(none, &err));
	assert_non_null(strstr(err.message, "No such file"));

	/* The detached one tells by a named pipe that it lives, with a session of its own. */
	assert_non_null(mkdtemp(path));
	SCOPED_STR fifo = mem_printf("%s/f", path);
	SCOPED_STR script = mem_printf("test -t 0 || printf y > %s", fifo);
	const char *const tell[] = {"sh", "-c", script, NULL};
	assert_int_equal(mkfifo(fifo, 0600), 0);
	assert_true(proc_detach(tell, &err));
	int fd = open(fifo, O_RDONLY);
	assert_int_equal(read(fd, &c, 1), 1);
	close(fd);
	unlink(fifo);
	rmdir(path);
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_run),
	    cmocka_unit_test(test_run_large),
	    cmocka_unit_test(test_run_bounds),
	    cmocka_unit_test(test_child_is_clean),
	    cmocka_unit_test(test_helper),
	    cmocka_unit_test(test_foreground_and_detached),
	};
	return cmocka_run_group_tests_name("base/proc", tests, NULL, NULL);
}
