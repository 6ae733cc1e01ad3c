/* SPDX-License-Identifier: MIT */
/* A helper's life: its socket on the loop, and its end. The socket tells of the end some moments before the
 * process can be reaped, so that is looked for by a short timer that never blocks. */
#include "app/hand.h"

#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "app/hands.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/proc.h"

enum { LOOKS_MAX = 10 }; /* at 1, 2, 4 … ms; then it is killed */

static void look(void *arg);

void hand_init(struct hand *h, struct loop *l, const char *program, hand_frame_fn *on_frame,
    hand_end_fn *on_end, void *arg)
{
	*h = (struct hand){.loop = l, .program = program, .on_frame = on_frame, .on_end = on_end, .arg = arg};
	h->mourning = loop_timer_new(l, look, h);
}

static void hang_up(struct hand *h)
{
	if (!h->wire)
		return;
	loop_unwatch(h->loop, wire_fd(h->wire));
	wire_free(h->wire);
	h->wire = NULL;
	h->deaf = false;
}

void hand_release(struct hand *h)
{
	hang_up(h);
	proc_kill(h->pid);
	h->pid = 0;
	loop_timer_free(h->mourning);
	h->mourning = NULL;
}

bool hand_runs(const struct hand *h)
{
	return h->wire != NULL;
}

bool hand_is_ending(const struct hand *h)
{
	return !h->wire && h->pid;
}

static char *program_in(const char *dir, const char *program)
{
	char *path = path_join(dir, program);

	if (access(path, X_OK) == 0)
		return path;
	mem_free(path);
	return NULL;
}

char *hands_path(const char *program, struct err *err)
{
	char exe[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", exe, sizeof exe - 1);
	char *path;

	exe[len > 0 ? len : 0] = '\0';
	SCOPED_STR dir = path_dir(exe);
	path = program_in(dir, program);
	if (!path)
		path = program_in(LIBEXECDIR, program);
	if (!path)
		err_set(err, ERR_HELPER, _("%s is neither in %s nor in %s; is courant installed as a whole?"),
		    program, dir, LIBEXECDIR);
	return path;
}

static void ended(struct hand *h, int status)
{
	char why[200];
	struct buf b = BUF_MAX(sizeof why - 1);

	h->pid = 0;
	loop_timer_set(h->mourning, -1);
	if (status > 128)
		buf_printf(&b, _("%s ended: signal %d"), h->program, status - 128);
	else
		buf_printf(&b, _("%s ended: status %d"), h->program, status);
	memcpy(why, buf_cstr(&b), strlen(buf_cstr(&b)) + 1);
	buf_release(&b);
	h->on_end(h->arg, h, status == 0, why);
}

/* Looks whether the process can be reaped. */
static void look(void *arg)
{
	struct hand *h = arg;
	int status = 0;

	if (!h->pid)
		return;
	if (proc_ended(h->pid, &status)) {
		ended(h, status);
		return;
	}
	if (h->looked++ < LOOKS_MAX) {
		loop_timer_set(h->mourning, clock_mono_ms() + (INT64_C(1) << h->looked) / 2);
		return;
	}
	proc_kill(h->pid);
	ended(h, 128 + 9);
}

static void mourn(struct hand *h)
{
	hang_up(h);
	h->looked = 0;
	loop_timer_set(h->mourning, clock_mono_ms());
}

void hand_kill(struct hand *h, const char *why)
{
	if (!h->pid)
		return;
	hang_up(h);
	proc_kill(h->pid);
	h->pid = 0;
	h->on_end(h->arg, h, false, why);
}

static void watch(struct hand *h);

static void listen_to(struct hand *h)
{
	struct wire_frame f;
	struct err err = {0};

	if (!wire_read(h->wire, &err)) {
		mourn(h);
		return;
	}
	while (h->wire && wire_next(h->wire, &f)) {
		if (!h->on_frame(h->arg, h, &f)) {
			SCOPED_STR why = mem_printf(_("%s broke the protocol"), h->program);
			hand_kill(h, why);
		}
	}
	if (h->wire && wire_broken(h->wire)) {
		SCOPED_STR why = mem_printf(_("%s broke the protocol"), h->program);
		hand_kill(h, why);
	}
}

static void event(void *arg, int fd, short events)
{
	struct hand *h = arg;

	(void)fd;
	if ((events & POLLOUT) && !wire_flush(h->wire, NULL)) {
		mourn(h);
		return;
	}
	if (events & (POLLIN | POLLHUP | POLLERR))
		listen_to(h);
	if (h->wire)
		watch(h);
}

static void watch(struct hand *h)
{
	short events = (short)((h->deaf ? 0 : POLLIN) | (wire_pending(h->wire) ? POLLOUT : 0));

	if (events)
		loop_watch(h->loop, wire_fd(h->wire), events, event, h);
	else
		loop_unwatch(h->loop, wire_fd(h->wire));
}

bool hand_start(struct hand *h, const char *dir, struct err *err)
{
	SCOPED_STR path = dir ? path_join(dir, h->program) : hands_path(h->program, err);
	int fd;

	if (!path)
		return false;
	if (h->pid)
		return err_set(err, ERR_BUSY, _("%s is just ending"), h->program);
	if (!proc_helper(path, (const char *const[]){h->program, NULL}, &h->pid, &fd, err)) {
		h->pid = 0;
		return false;
	}
	(void)fcntl(
	    fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK); /* a blocking socket would only be slower */
	h->wire = wire_new(fd);
	watch(h);
	return true;
}

void hand_send(struct hand *h, uint16_t type, struct str payload, int pass_fd)
{
	struct err err = {0};

	if (!h->wire)
		return;
	/* A helper that is gone also ends its socket, and is mourned from there. */
	if (wire_send(h->wire, type, 0, payload, pass_fd, &err))
		(void)wire_flush(h->wire, &err);
	watch(h);
}

void hand_deafen(struct hand *h, bool deaf)
{
	if (!h->wire || h->deaf == deaf)
		return;
	h->deaf = deaf;
	watch(h);
}
