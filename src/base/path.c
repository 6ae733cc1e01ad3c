/* SPDX-License-Identifier: MIT */
/* Names of files and folders: XDG homes, joining, making folders, safe names, what lies on a network. What is
 * in the files is file.c's. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/i18n.h"
#include "base/mem.h"

enum { SAFE_NAME_MAX = 120 };

static const struct {
	const char *variable, *below_home;
} xdg_rows[] = {
    [XDG_CONFIG] = {"XDG_CONFIG_HOME", ".config"},
    [XDG_DATA] = {"XDG_DATA_HOME", ".local/share"},
    [XDG_CACHE] = {"XDG_CACHE_HOME", ".cache"},
    [XDG_STATE] = {"XDG_STATE_HOME", ".local/state"},
};

char *file_xdg(enum xdg kind, struct err *err)
{
	const char *own = getenv(xdg_rows[kind].variable);
	const char *home = getenv("HOME");

	/* The XDG specification has relative paths ignored. */
	if (own && own[0] == '/')
		return path_join(own, "courant");
	if (home && home[0] == '/')
		return mem_printf("%s/%s/courant", home, xdg_rows[kind].below_home);
	err_set(err, ERR_CONFIG, _("neither %s nor HOME names a folder: set one of them"),
	    xdg_rows[kind].variable);
	return NULL;
}

char *path_join(const char *dir, const char *name)
{
	bool slash = dir[0] && dir[strlen(dir) - 1] == '/';

	return mem_printf("%s%s%s", dir, slash || !dir[0] ? "" : "/", name);
}

char *path_dir(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return mem_strdup(".");
	while (slash > path && slash[-1] == '/')
		slash--;
	return slash == path ? mem_strdup("/") : mem_strndup(path, (size_t)(slash - path));
}

const char *path_base(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

bool file_exists(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0;
}

static bool make_one(const char *path, unsigned mode, struct err *err)
{
	struct stat st;

	if (mkdir(path, (mode_t)mode) == 0)
		return true;
	/* Another process may have been first; an existing folder may also answer EROFS or EACCES. */
	int number = errno;
	if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		return true;
	errno = number == EEXIST ? ENOTDIR : number;
	return err_errno(err, ERR_IO, _("cannot make the folder %s"), path);
}

bool file_mkdirs(const char *path, unsigned mode, struct err *err)
{
	SCOPED_STR part = mem_strdup(path);

	for (char *p = part + 1; part[0] && *p; p++) {
		if (*p != '/' || p[-1] == '/')
			continue;
		*p = '\0';
		bool ok = make_one(part, mode, err);
		*p = '/';
		if (!ok)
			return false;
	}
	return make_one(part, mode, err);
}

/* Letters, digits and dots stay; each run of anything else becomes one '-'; none of '.', '-' leads. */
char *file_safe_name(struct str words, const char *ending)
{
	char name[SAFE_NAME_MAX + 1];
	size_t n = 0, end_len = strlen(ending);
	size_t most = end_len < SAFE_NAME_MAX / 2 ? SAFE_NAME_MAX - end_len : SAFE_NAME_MAX / 2;

	for (size_t i = 0; i < words.len && n < most; i++) {
		unsigned char c = (unsigned char)words.p[i];
		bool keep = ch_alnum(c) || c == '_' || (c == '.' && n && name[n - 1] != '.');
		if (keep)
			name[n++] = (char)c;
		else if (n && name[n - 1] != '-')
			name[n++] = '-';
	}
	while (n && (name[n - 1] == '-' || name[n - 1] == '.'))
		n--;
	name[n] = '\0';
	/* Words of another script leave nothing: a number keeps their names apart, the same for the same
	 * words. */
	if (n == 0)
		snprintf(name, sizeof name, "untitled-%08" PRIx32, (uint32_t)hash_stable(words));
	return mem_printf("%s%.*s", name, (int)(SAFE_NAME_MAX / 2), ending);
}

/* f_type of file systems that other machines can write to. A FUSE file system does not tell what is under it,
 * so it counts as one. */
static const uint32_t network_magics[] = {
    0x6969,     /* NFS */
    0x517b,     /* SMB */
    0xff534d42, /* CIFS */
    0xfe534d42, /* SMB2 */
    0x65735546, /* FUSE: sshfs and its like */
    0x01021997, /* 9P */
    0x5346414f, /* AFS */
    0x6b414653, /* the kernel's AFS */
    0x73757245, /* Coda */
    0x00c36400, /* Ceph */
    0x0bd00bd0, /* Lustre */
    0x564c,     /* NetWare */
    0x786f4256, /* VirtualBox folders */
    0x7461636f, /* OCFS2 */
    0x01161970, /* GFS2 */
};

bool file_on_network(const char *path)
{
	SCOPED_STR at = mem_strdup(path);
	struct statfs fs;

	/* A file that is still to be made lies where its nearest folder lies. */
	while (statfs(at, &fs) < 0) {
		if (strcmp(at, ".") == 0 || strcmp(at, "/") == 0)
			return false;
		char *up = path_dir(at);
		mem_free(at);
		at = up;
	}
	for (size_t i = 0; i < ARRAY_LEN(network_magics); i++)
		if ((uint32_t)fs.f_type == network_magics[i])
			return true;
	return false;
}

void file_guard_std(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
		if (fcntl(fd, F_GETFD) >= 0 || errno != EBADF)
			continue;
		/* The lowest free number is fd, as all below it are open. Not close-on-exec: children want 0
		 * to 2. */
		if (open("/dev/null", O_RDWR) != fd)
			_exit(2);
	}
}
