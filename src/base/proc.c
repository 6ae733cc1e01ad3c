/* SPDX-License-Identifier: MIT */
/* Starting and ending other programs. Running one with its pipes within bounds is proc_run.c's. */
#include "base/proc.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/proc_priv.h"

extern char **environ;

static int status_of(int wait_status)
{
	return WIFSIGNALED(wait_status) ? 128 + WTERMSIG(wait_status) : WEXITSTATUS(wait_status);
}

bool spawn_init(struct spawn *s)
{
	if (posix_spawn_file_actions_init(&s->actions) != 0)
		return false;
	if (posix_spawnattr_init(&s->attr) == 0)
		return true;
	posix_spawn_file_actions_destroy(&s->actions);
	return false;
}

void spawn_release(struct spawn *s)
{
	posix_spawn_file_actions_destroy(&s->actions);
	posix_spawnattr_destroy(&s->attr);
}

/* Everything of ours is close-on-exec; this is for what a library may have opened without it. */
static int close_from(struct spawn *s, int fd)
{
#if defined __GLIBC__ && __GLIBC_PREREQ(2, 34)
	return posix_spawn_file_actions_addclosefrom_np(&s->actions, fd);
#else
	(void)s;
	(void)fd;
	return 0;
#endif
}

bool spawn_go(struct spawn *s, const char *path, const char *const *argv, int last_fd, short flags,
    pid_t *pid, struct err *err)
{
	sigset_t none, all;

	/* The child starts with no signal blocked and none handled or ignored by us. */
	sigemptyset(&none);
	sigfillset(&all);
	sigdelset(&all, SIGKILL);
	sigdelset(&all, SIGSTOP);
	int e = posix_spawnattr_setsigmask(&s->attr, &none);
	if (e == 0)
		e = posix_spawnattr_setsigdefault(&s->attr, &all);
	if (e == 0)
		e = posix_spawnattr_setflags(
		    &s->attr, (short)(flags | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF));
	if (e == 0)
		e = close_from(s, last_fd + 1);
	/* The interface takes char *, and changes none of them. */
	char *const *args = (char *const *)(const void *)argv;
	if (e == 0 && path)
		e = posix_spawn(pid, path, &s->actions, &s->attr, args, environ);
	else if (e == 0)
		e = posix_spawnp(pid, argv[0], &s->actions, &s->attr, args, environ);
	if (e == 0)
		return true;
	errno = e;
	return err_errno(err, ERR_HELPER, _("cannot start %s"), path ? path : argv[0]);
}

bool proc_helper(const char *path, const char *const *argv, pid_t *pid, int *fd, struct err *err)
{
	int ends[2];
	struct spawn s;

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0)
		return err_errno(err, ERR_IO, _("cannot start %s"), path);
	bool ok = spawn_init(&s);
	if (!ok) {
		err_set(err, ERR_HELPER, _("cannot start %s"), path);
	} else {
		/* dup2() of 3 onto itself takes close-on-exec off, as POSIX has it for these actions. */
		ok = posix_spawn_file_actions_addopen(&s.actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0) ==
		         0 &&
		     posix_spawn_file_actions_addopen(&s.actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0) ==
		         0 &&
		     posix_spawn_file_actions_adddup2(&s.actions, ends[1], 3) == 0;
		if (!ok)
			err_set(err, ERR_HELPER, _("cannot start %s"), path);
		ok = ok && spawn_go(&s, path, argv, 3, 0, pid, err);
		spawn_release(&s);
	}
	close(ends[1]);
	if (ok)
		*fd = ends[0];
	else
		close(ends[0]);
	return ok;
}

bool proc_ended(pid_t pid, int *status)
{
	int st;
	pid_t got;

	do
		got = waitpid(pid, &st, WNOHANG);
	while (got < 0 && errno == EINTR);
	if (got == 0)
		return false;
	/* No such child: it was reaped already, with what result nobody knows. */
	if (status)
		*status = got == pid ? status_of(st) : 128;
	return true;
}

int proc_wait(pid_t pid)
{
	int st;
	pid_t got;

	do
		got = waitpid(pid, &st, 0);
	while (got < 0 && errno == EINTR);
	return got == pid ? status_of(st) : 128;
}

void proc_kill(pid_t pid)
{
	if (pid <= 0)
		return;
	kill(pid, SIGKILL);
	proc_wait(pid);
}

bool proc_foreground(const char *const *argv, int *status, struct err *err)
{
	struct sigaction ignore = {.sa_handler = SIG_IGN}, old_int, old_quit;
	struct spawn s;
	pid_t pid = -1;

	if (!spawn_init(&s))
		return err_set(err, ERR_HELPER, _("cannot start %s"), argv[0]);
	/* Keys that end the child reach our process group too, and are not meant for us. */
	sigemptyset(&ignore.sa_mask);
	sigaction(SIGINT, &ignore, &old_int);
	sigaction(SIGQUIT, &ignore, &old_quit);
	bool ok = spawn_go(&s, NULL, argv, STDERR_FILENO, 0, &pid, err);
	spawn_release(&s);
	if (ok)
		*status = proc_wait(pid);
	sigaction(SIGINT, &old_int, NULL);
	sigaction(SIGQUIT, &old_quit, NULL);
	return ok;
}

/* In the middle child of proc_detach(): only what may be called between fork() and exec(). Tells errno by
 * `tell`. */
NORETURN static void detached(const char *const *argv, int tell)
{
	struct sigaction normal = {.sa_handler = SIG_DFL};
	sigset_t none;

	setsid();
	pid_t pid = fork();
	if (pid > 0)
		_exit(0);
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);
	if (pid == 0 && null >= 0 && dup2(null, 0) == 0 && dup2(null, 1) == 1 && dup2(null, 2) == 2) {
		for (int i = 1; i < NSIG; i++)
			sigaction(i, &normal, NULL); /* fails for the few that cannot be changed */
		sigemptyset(&none);
		sigprocmask(SIG_SETMASK, &none, NULL);
		execvp(argv[0], (char *const *)(const void *)argv);
	}
	int number = errno;
	ssize_t n = write(tell, &number, sizeof number);
	(void)n;
	_exit(127);
}

bool proc_detach(const char *const *argv, struct err *err)
{
	int tell[2], number = 0;
	ssize_t n;

	if (pipe2(tell, O_CLOEXEC) < 0)
		return err_errno(err, ERR_IO, _("cannot start %s"), argv[0]);
	pid_t pid = fork();
	if (pid == 0)
		detached(argv, tell[1]);
	int fork_errno = errno;
	close(tell[1]);
	if (pid > 0)
		proc_wait(pid);
	/* The pipe closes with a successful exec(); else it brings the reason. */
	do
		n = read(tell[0], &number, sizeof number);
	while (n < 0 && errno == EINTR);
	close(tell[0]);
	if (pid > 0 && n == 0)
		return true;
	errno = pid < 0 ? fork_errno : number;
	return err_errno(err, ERR_HELPER, _("cannot start %s"), argv[0]);
}

static int64_t used_ms(int who)
{
	struct rusage u = {0};

	(void)getrusage(who, &u);
	return (int64_t)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) * 1000 +
	       (int64_t)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1000;
}

int64_t proc_cpu_ms(pid_t pid)
{
	struct timespec used;
	clockid_t clock;

	if (pid == 0)
		return used_ms(RUSAGE_SELF) + used_ms(RUSAGE_CHILDREN);
	if (clock_getcpuclockid(pid, &clock) != 0 || clock_gettime(clock, &used) != 0)
		return 0;
	return (int64_t)used.tv_sec * 1000 + used.tv_nsec / 1000000;
}
