/* SPDX-License-Identifier: MIT */
/* Bodies as sealed anonymous files. A sealed one cannot change or shrink under its reader, so mapping it is
 * safe; an unsealed one is mapped only where the caller says that this will do. */
#include "base/memfd.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"

enum { SEALS = F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK };

int memfd_new(const char *name, struct err *err)
{
	int fd = memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING);

	if (fd < 0)
		err_errno(err, ERR_IO, _("no memory file for %s"), name);
	return fd;
}

bool memfd_seal(int fd, struct err *err)
{
	if (fcntl(fd, F_ADD_SEALS, SEALS | F_SEAL_SEAL) < 0)
		return err_errno(err, ERR_IO, _("cannot seal a memory file"));
	return true;
}

int memfd_of(const char *name, struct str bytes, struct err *err)
{
	int fd = memfd_new(name, err);

	if (fd < 0)
		return -1;
	if (file_write_all(fd, bytes.p, bytes.len, err) && memfd_seal(fd, err))
		return fd;
	close(fd);
	return -1;
}

bool memfd_map(int fd, size_t max, bool must_seal, struct str *out, struct err *err)
{
	struct stat st;

	*out = STR_NONE;
	if (fstat(fd, &st) < 0)
		return err_errno(err, ERR_IO, _("cannot look at a body"));
	if (!S_ISREG(st.st_mode))
		return err_set(err, ERR_INPUT, _("a body is not a plain file"));
	int seals = must_seal ? fcntl(fd, F_GET_SEALS) : SEALS;
	if (seals < 0 || (seals & SEALS) != SEALS)
		return err_set(err, ERR_INPUT, _("a body can still change"));
	if ((uintmax_t)st.st_size > max)
		return err_set(err, ERR_LIMIT, _("a body is larger than %zu bytes"), max);
	if (st.st_size == 0) {
		*out = STR("");
		return true;
	}
	void *p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (p == MAP_FAILED)
		return err_errno(err, ERR_IO, _("cannot map a body"));
	*out = (struct str){p, (size_t)st.st_size};
	return true;
}

void memfd_unmap(struct str bytes)
{
	if (bytes.len)
		munmap((void *)(uintptr_t)bytes.p, bytes.len);
}
