/* SPDX-License-Identifier: MIT */
/* The terminal behind a pseudo-terminal: what is set is undone, and how many bytes a step costs. */
#include "stand_in.h"
#include "ui/paint.h"
#include "ui/term.h"

#include "base/mem.h"

#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <pty.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

/* The child paints a frame for each letter that it is sent, and ends at "q", or by abort() at "!". */
struct child {
	pid_t pid;
	int tty, steps; /* terminal, and where letters go; each comes back when its frame is painted */
	struct buf seen;
};

static void child_main(int steps, int w, int h, void (*act)(struct app *, char))
{
	struct err err = {0};
	struct theme theme;
	struct canvas c = {0};
	setlocale(LC_ALL, "C.UTF-8");
	struct app *a = stand_in_new(w, h, PLACE_HEADLINES);
	struct term *t = term_new(&err);
	if (!t)
		_exit(9);
	theme_named(&theme, STR("default"));
	theme_fit(&theme, term_colours(t));
	for (char letter = 'f'; letter != 'q'; letter = read(steps, &letter, 1) == 1 ? letter : 'q') {
		if (letter == '!')
			abort();
		act(a, letter);
		frame_paint(a, &c);
		(void)term_show(t, &c, &theme, letter == 'L');
		if (write(steps, &letter, 1) != 1)
			_exit(8);
	}
	term_free(t);
	canvas_release(&c);
	stand_in_free(a);
	_exit(0);
}

static struct child start(const char *term, int w, int h, void (*act)(struct app *, char))
{
	struct child c = {.seen = BUF_MAX(1 << 22)};
	struct winsize ws = {.ws_col = (unsigned short)w, .ws_row = (unsigned short)h};
	int steps[2];
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, steps), 0);
	c.pid = forkpty(&c.tty, NULL, NULL, &ws);
	assert_true(c.pid >= 0);
	if (c.pid == 0) {
		setenv("TERM", term, 1);
		unsetenv("NO_COLOR");
		close(steps[1]);
		child_main(steps[0], w, h, act);
	}
	close(steps[0]);
	c.steps = steps[1];
	return c;
}

/* Reads what the terminal is given until the child has painted its frame, or is gone; bytes read. */
static size_t drain(struct child *c)
{
	struct pollfd p[] = {{.fd = c->tty, .events = POLLIN}, {.fd = c->steps, .events = POLLIN}};
	size_t before = c->seen.len;
	bool painted = false;
	char bytes[4096];
	while (poll(p, 2, painted ? 0 : 20000) > 0) {
		if (p[0].revents) {
			ssize_t n = read(c->tty, bytes, sizeof bytes);
			if (n <= 0)
				break;
			buf_add(&c->seen, bytes, (size_t)n);
		} else {
			painted = read(c->steps, bytes, 1) == 1;
			p[1].fd = -1;
		}
	}
	return c->seen.len - before;
}

static size_t step(struct child *c, char letter)
{
	assert_int_equal(write(c->steps, &letter, 1), 1);
	return drain(c);
}

static int end(struct child *c, char how)
{
	int status = 0;
	step(c, how);
	close(c->steps);
	close(c->tty);
	waitpid(c->pid, &status, 0);
	return status;
}

/* After the last of `set` comes `undo`. */
static void check_undone(const struct buf *seen, const char *set, const char *undo)
{
	struct str s = buf_str(seen);
	ptrdiff_t at = str_find(s, str_c(set));
	assert_true(at >= 0);
	for (ptrdiff_t next = at; next >= 0;) {
		s = str_skip(s, (size_t)next + 1);
		next = str_find(s, str_c(set));
	}
	assert_true(str_find(s, str_c(undo)) >= 0);
}

static void check_all_undone(const struct buf *seen)
{
	check_undone(seen, "\033[?1049h", "\033[?1049l");
	check_undone(seen, "\033[?2004h", "\033[?2004l");
	check_undone(seen, "\033[?25l", "\033[?25h");
}

static void move_on(struct app *a, char letter)
{
	struct headlines *l = &a->tabs.v[0].list;
	if (letter == 'j')
		l->index++;
	else if (letter == 'a')
		a->tabs.v[0].unread--;
}

static void test_bytes_of_a_step(void **state)
{
	static const struct {
		int w, h;
	} sizes[] = {{80, 24}, {200, 50}};
	static const char *const terms[] = {"tmux-256color", "xterm-256color"};
	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct child c = start(terms[i / 2], sizes[i % 2].w, sizes[i % 2].h, move_on);
		drain(&c);
		size_t first = step(&c, 'j'), second = step(&c, 'j'), none = step(&c, 'x');
		print_message("# %s %dx%d: a step costs %zu and %zu bytes\n", terms[i / 2], sizes[i % 2].w,
		    sizes[i % 2].h, first, second);
		assert_in_range(first, 1, 60);
		assert_in_range(second, 1, 60);
		assert_int_equal(none, 0);
		assert_int_equal(end(&c, 'q'), 0);
		check_all_undone(&c.seen);
		buf_release(&c.seen);
	}
}

static void test_crash(void **state)
{
	struct child c = start("xterm-256color", 80, 24, move_on);
	(void)state;
	drain(&c);
	int status = end(&c, '!');
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
	check_all_undone(&c.seen);
	buf_release(&c.seen);
}

static void test_unknown(void **state)
{
	struct child c = start("no-such-terminal", 80, 24, move_on);
	int status = 0;
	(void)state;
	waitpid(c.pid, &status, 0);
	assert_int_equal(WEXITSTATUS(status), 9);
	close(c.steps);
	close(c.tty);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_bytes_of_a_step),
	    cmocka_unit_test(test_crash), cmocka_unit_test(test_unknown)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
