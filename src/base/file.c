/* SPDX-License-Identifier: MIT */
/* Reading whole files within a cap, and writing them whole or not at all. Names and folders live in path.c.
 */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"

enum { READ_STEP = 64 << 10 };

int file_open(const char *path, struct err *err)
{
	struct stat st;
	/* Without O_NONBLOCK a named pipe would hold us here. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

	if (fd < 0) {
		err_errno(err, ERR_IO, _("cannot open %s"), path);
		return -1;
	}
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
		return fd;
	close(fd);
	err_set(err, ERR_INPUT, _("%s is not a regular file"), path);
	return -1;
}

/* read(2) past interruptions. */
static ssize_t read_some(int fd, void *out, size_t len)
{
	ssize_t n;

	do
		n = read(fd, out, len);
	while (n < 0 && errno == EINTR);
	return n;
}

/* One byte past the cap tells "just full" from "too large". */
static bool at_end(int fd, size_t max, struct err *err)
{
	char extra;
	ssize_t n = read_some(fd, &extra, 1);

	if (n < 0)
		return err_errno(err, ERR_IO, _("cannot read"));
	if (n > 0)
		return err_set(err, ERR_LIMIT, _("larger than %zu bytes"), max);
	return true;
}

/* How much to ask for at once: a file's size in one go, anything else by steps. */
static size_t first_step(int fd)
{
	struct stat st;

	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0)
		return (size_t)st.st_size + 1;
	return READ_STEP;
}

bool file_read_fd(int fd, struct buf *out, struct err *err)
{
	size_t step = first_step(fd);

	for (;;) {
		size_t left = out->len < out->max ? out->max - out->len : 0;
		if (left == 0)
			return at_end(fd, out->max, err);
		if (!buf_reserve(out, step < left ? step : left))
			return err_set(err, ERR_LIMIT, _("larger than %zu bytes"), out->max);
		ssize_t n = read_some(fd, out->data + out->len, step < left ? step : left);
		if (n < 0)
			return err_errno(err, ERR_IO, _("cannot read"));
		if (n == 0)
			return true;
		out->len += (size_t)n;
		out->data[out->len] = '\0';
		step = READ_STEP;
	}
}

bool file_read(const char *path, struct buf *out, struct err *err)
{
	if (strcmp(path, "-") == 0)
		return file_read_fd(STDIN_FILENO, out, err) || err_wrap(err, _("standard input"));
	/* Named pipes and devices may be read here: whoever wrote the path has chosen them. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return err_errno(err, ERR_IO, _("cannot open %s"), path);
	bool ok = file_read_fd(fd, out, err) || err_wrap(err, "%s", path);
	close(fd);
	return ok;
}

bool file_write_all(int fd, const void *data, size_t len, struct err *err)
{
	const char *p = data;

	while (len) {
		ssize_t n = write(fd, p, len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_errno(err, ERR_IO, _("cannot write"));
		p += n;
		len -= (size_t)n;
	}
	return true;
}

/* A new version of a file: written beside it under another name, then put in its place. */
struct draft {
	char *target, *temp;
	int fd;
};

static bool draft_open(struct draft *d, const char *path, unsigned mode, struct err *err)
{
	/* A link in somebody's configuration stays a link: the file behind it is replaced. */
	char *behind = realpath(path, NULL);
	d->target = behind ? behind : mem_strdup(path);

	SCOPED_STR dir = path_dir(d->target);
	d->temp = mem_printf("%s/.%.100s.XXXXXX", dir, path_base(d->target));
	d->fd = mkostemp(d->temp, O_CLOEXEC);
	if (d->fd < 0)
		return err_errno(err, ERR_IO, _("cannot write in the folder %s"), dir);
	if (fchmod(d->fd, (mode_t)mode) < 0)
		return err_errno(err, ERR_IO, _("cannot set the mode of %s"), d->temp);
	return true;
}

/* The name itself is on the disk only when its folder is. Folders of some file systems cannot be synced. */
static void sync_folder(const char *path)
{
	SCOPED_STR dir = path_dir(path);
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return;
	(void)fsync(fd); /* the file is whole under one of its two states either way */
	close(fd);
}

static bool draft_keep(struct draft *d, struct err *err)
{
	if (fsync(d->fd) < 0 && errno != EINVAL)
		return err_errno(err, ERR_IO, _("cannot write %s"), d->target);
	if (rename(d->temp, d->target) < 0)
		return err_errno(err, ERR_IO, _("cannot replace %s"), d->target);
	mem_free(take(&d->temp));
	sync_folder(d->target);
	return true;
}

/* What was not kept is taken away again. */
static void draft_release(struct draft *d)
{
	if (d->fd >= 0)
		close(d->fd);
	if (d->fd >= 0 && d->temp)
		unlink(d->temp);
	mem_free(d->temp);
	mem_free(d->target);
}

bool file_replace(const char *path, const void *data, size_t len, unsigned mode, struct err *err)
{
	SCOPED(draft) struct draft d = {.fd = -1};

	if (!draft_open(&d, path, mode, err))
		return false;
	if (!file_write_all(d.fd, data, len, err))
		return err_wrap(err, "%s", path);
	return draft_keep(&d, err);
}

static bool copy_bytes(int from, int to, struct err *err)
{
	SCOPED_STR step = mem_alloc(READ_STEP);
	ssize_t n;

	while ((n = read_some(from, step, READ_STEP)) > 0)
		if (!file_write_all(to, step, (size_t)n, err))
			return false;
	return n == 0 || err_errno(err, ERR_IO, _("cannot read"));
}

bool file_copy(const char *from, const char *to, unsigned mode, struct err *err)
{
	SCOPED(draft) struct draft d = {.fd = -1};
	int in = file_open(from, err);

	if (in < 0)
		return false;
	bool ok = draft_open(&d, to, mode, err);
	if (ok && !copy_bytes(in, d.fd, err))
		ok = err_wrap(err, _("copying %s to %s"), from, to);
	close(in);
	return ok && draft_keep(&d, err);
}
