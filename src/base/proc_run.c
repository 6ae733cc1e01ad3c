/* SPDX-License-Identifier: MIT */
/* One program run to its end: input in, output out, all three pipes served at once, within a time and a size.
 */
#include "base/proc.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/proc_priv.h"

enum { READ_STEP = 64 << 10, NAP_MOST_MS = 20 };

enum stream { IN, OUT, ERR, STREAMS };

struct run {
	const char *name;
	pid_t pid;
	int ours[STREAMS], theirs[STREAMS]; /* pipe ends; -1 when closed */
	struct str input;
	struct buf *out, *errout;
	size_t max_stderr;
	int64_t deadline_ms; /* -1: none */
	int stop_fd;         /* -1: none */
};

static void shut(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static void run_release(struct run *r)
{
	for (int i = 0; i < STREAMS; i++) {
		shut(&r->ours[i]);
		shut(&r->theirs[i]);
	}
}

static bool make_pipes(struct run *r, struct err *err)
{
	for (int i = 0; i < STREAMS; i++) {
		int ends[2];
		if (pipe2(ends, O_CLOEXEC) < 0)
			return err_errno(err, ERR_IO, _("cannot make a pipe for %s"), r->name);
		r->ours[i] = ends[i == IN ? 1 : 0];
		r->theirs[i] = ends[i == IN ? 0 : 1];
		if (fcntl(r->ours[i], F_SETFL, O_NONBLOCK) < 0)
			return err_errno(err, ERR_IO, _("cannot make a pipe for %s"), r->name);
	}
	return true;
}

/* A theirs[] end may have the number of a later target; it is moved out of the way first, as dup2() would
 * close it. */
static bool raise_ends(struct run *r, struct err *err)
{
	for (int i = 0; i < STREAMS; i++) {
		if (r->theirs[i] > STDERR_FILENO)
			continue;
		int higher = fcntl(r->theirs[i], F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
		if (higher < 0)
			return err_errno(err, ERR_IO, _("cannot make a pipe for %s"), r->name);
		close(r->theirs[i]);
		r->theirs[i] = higher;
	}
	return true;
}

static bool start(struct run *r, const char *const *argv, struct err *err)
{
	struct spawn s;

	if (!make_pipes(r, err) || !raise_ends(r, err))
		return false;
	if (!spawn_init(&s))
		return err_set(err, ERR_HELPER, _("cannot start %s"), r->name);
	int e = 0;
	for (int i = 0; i < STREAMS && e == 0; i++)
		e = posix_spawn_file_actions_adddup2(&s.actions, r->theirs[i], i);
	/* A process group of its own, so that what it starts ends with it. */
	if (e == 0)
		e = posix_spawnattr_setpgroup(&s.attr, 0);
	bool ok = e == 0 ? spawn_go(&s, NULL, argv, STDERR_FILENO, POSIX_SPAWN_SETPGROUP, &r->pid, err)
	                 : err_set(err, ERR_HELPER, _("cannot start %s"), r->name);
	spawn_release(&s);
	for (int i = 0; i < STREAMS; i++)
		shut(&r->theirs[i]);
	return ok;
}

/* A child that ends without reading all of its input is no error. */
static void feed(struct run *r)
{
	ssize_t n = r->input.len ? write(r->ours[IN], r->input.p, r->input.len) : 0;

	if (n > 0)
		r->input = str_skip(r->input, (size_t)n);
	if (r->input.len == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
		shut(&r->ours[IN]);
}

/* False when out would pass its cap. */
static bool collect(struct run *r, enum stream from)
{
	char bytes[READ_STEP];
	ssize_t n = read(r->ours[from], bytes, sizeof bytes);

	if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
		shut(&r->ours[from]);
	if (n <= 0)
		return true;
	if (from == OUT)
		return buf_add(r->out, bytes, (size_t)n);
	if (r->errout && r->errout->len < r->max_stderr) {
		size_t room = r->max_stderr - r->errout->len;
		buf_add(r->errout, bytes, (size_t)n < room ? (size_t)n : room);
	}
	return true;
}

/* Milliseconds until the deadline for poll(): -1 when there is none. */
static int left_ms(const struct run *r)
{
	if (r->deadline_ms < 0)
		return -1;
	int64_t left = r->deadline_ms - clock_mono_ms();

	return left < 0 ? 0 : left > INT_MAX ? INT_MAX : (int)left;
}

static bool too_late(const struct run *r, struct err *err)
{
	if (left_ms(r) != 0)
		return false;
	err_set(err, ERR_LIMIT, _("%s took too long and was stopped"), r->name);
	return true;
}

static bool serve(struct run *r, struct err *err)
{
	while (r->ours[OUT] >= 0 || r->ours[ERR] >= 0) {
		struct pollfd p[STREAMS + 1];
		for (int i = 0; i < STREAMS; i++)
			p[i] = (struct pollfd){.fd = r->ours[i], .events = i == IN ? POLLOUT : POLLIN};
		p[STREAMS] = (struct pollfd){.fd = r->stop_fd, .events = POLLIN};
		int n = poll(p, STREAMS + 1, left_ms(r));
		if (n < 0 && errno != EINTR)
			return err_errno(err, ERR_IO, _("cannot wait for %s"), r->name);
		if (too_late(r, err))
			return false;
		if (n <= 0)
			continue;
		if (p[STREAMS].revents)
			return err_set(err, ERR_CANCELLED, _("%s was stopped"), r->name);
		if (p[IN].revents)
			feed(r);
		if (p[ERR].revents)
			collect(r, ERR);
		if (p[OUT].revents && !collect(r, OUT))
			return err_set(
			    err, ERR_LIMIT, _("%s wrote more than %zu bytes"), r->name, r->out->max);
	}
	return true;
}

/* Most end with their output. One that only closed it is looked after at growing intervals until the
 * deadline. */
static bool reap(struct run *r, int *status, struct err *err)
{
	int nap_ms = 1;

	shut(&r->ours[IN]);
	if (r->deadline_ms < 0 && r->stop_fd < 0) {
		*status = proc_wait(r->pid);
		return true;
	}
	while (!proc_ended(r->pid, status)) {
		if (too_late(r, err))
			return false;
		struct pollfd p = {.fd = r->stop_fd, .events = POLLIN};
		if (poll(&p, 1, nap_ms) > 0)
			return err_set(err, ERR_CANCELLED, _("%s was stopped"), r->name);
		nap_ms = nap_ms * 2 > NAP_MOST_MS ? NAP_MOST_MS : nap_ms * 2;
	}
	return true;
}

/* SIGPIPE is held off this thread while the child is fed, and one that came is taken away. */
static void hold_sigpipe(sigset_t *before, bool *was_pending)
{
	sigset_t pipe_only, pending;

	sigemptyset(&pipe_only);
	sigaddset(&pipe_only, SIGPIPE);
	sigemptyset(&pending);
	sigpending(&pending);
	*was_pending = sigismember(&pending, SIGPIPE) == 1;
	pthread_sigmask(SIG_BLOCK, &pipe_only, before);
}

static void release_sigpipe(const sigset_t *before, bool was_pending)
{
	const struct timespec at_once = {0};
	sigset_t pipe_only;

	sigemptyset(&pipe_only);
	sigaddset(&pipe_only, SIGPIPE);
	if (!was_pending)
		(void)sigtimedwait(&pipe_only, NULL, &at_once); /* nothing pending is the usual answer */
	pthread_sigmask(SIG_SETMASK, before, NULL);
}

bool proc_run(const char *const *argv, struct str input, const struct proc_limits *lim, struct buf *out,
    struct buf *errout, int *status, struct err *err)
{
	struct run r = {.name = argv[0],
	    .ours = {-1, -1, -1},
	    .theirs = {-1, -1, -1},
	    .input = input,
	    .out = out,
	    .errout = errout,
	    .max_stderr = lim->max_stderr,
	    .stop_fd = lim->stop_fd > 0 ? lim->stop_fd : -1,
	    .deadline_ms = lim->timeout_ms > 0 ? clock_mono_ms() + lim->timeout_ms : -1};
	sigset_t before;
	bool was_pending;

	hold_sigpipe(&before, &was_pending);
	bool ok = start(&r, argv, err);
	if (ok && (!serve(&r, err) || !reap(&r, status, err))) {
		kill(-r.pid, SIGKILL);
		proc_kill(r.pid);
		ok = false;
	}
	run_release(&r);
	release_sigpipe(&before, was_pending);
	return ok;
}
