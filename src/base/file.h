/* SPDX-License-Identifier: MIT */
/* Files and folders: whole reads with a cap, atomic replacement, XDG folders. Paths are C strings; results
 * are yours (mem_free). All descriptors are close-on-exec. Thread: any. */
#ifndef CO_BASE_FILE_H
#define CO_BASE_FILE_H

#include "base/buf.h"
#include "base/err.h"
#include <stdbool.h>
#include <stddef.h>

enum xdg { XDG_CONFIG, XDG_DATA, XDG_CACHE, XDG_STATE };

/* $XDG_…_HOME/courant, or its default below HOME. NULL with an error when neither is set. Returns yours. */
char *file_xdg(enum xdg kind, struct err *err);
char *path_join(const char *dir, const char *name); /* returns yours */
char *path_dir(const char *path);                   /* the folder part, "." when none; returns yours */
const char *path_base(const char *path);            /* borrowed */
bool file_exists(const char *path);
bool file_mkdirs(
    const char *path, unsigned mode, struct err *err); /* all missing parts; 0700 for private ones */
/* Appends the whole file to out (whose max is the cap). "-" is standard input. */
bool file_read(const char *path, struct buf *out, struct err *err);
/* Opens for reading, regular files only; -1 with an error. */
int file_open(const char *path, struct err *err);
bool file_read_fd(int fd, struct buf *out, struct err *err);
/* Writes a temporary file beside path, fsyncs, renames over it: all or nothing. */
bool file_replace(const char *path, const void *data, size_t len, unsigned mode, struct err *err);
bool file_write_all(
    int fd, const void *data, size_t len, struct err *err); /* handles EINTR and short writes */
bool file_copy(const char *from, const char *to, unsigned mode, struct err *err);
/* A file name out of foreign words: safe alphabet, no leading '.' or '-', at most 120 bytes. Returns yours.
 */
char *file_safe_name(struct str words, const char *ending);
/* True when path lies on a network file system (NFS, SMB, FUSE over them). */
bool file_on_network(const char *path);
/* Opens /dev/null on each of 0, 1, 2 that is closed. Call first in main(). */
void file_guard_std(void);

#endif
