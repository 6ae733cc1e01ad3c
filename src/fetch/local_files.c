/* SPDX-License-Identifier: MIT */
/* Files as answers. Paths of an edition stay below its folder; a file: address is only asked for when the
 * reader's configuration names it (the engine sees to that). */
#include "fetch/local_files.h"

#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/i18n.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/memfd.h"
#include "text/url.h"

#define INDEX_MAX ((size_t)4 << 20)

struct page {
	struct str path, content_type;
};

struct edition {
	struct arena *arena;
	struct map *pages; /* by address */
	int dir_fd;
};

void edition_free(struct edition *ed)
{
	if (!ed)
		return;
	if (ed->dir_fd >= 0)
		close(ed->dir_fd);
	map_free(ed->pages);
	arena_free(ed->arena);
	mem_free(ed);
}

static bool stays_below(struct str path)
{
	struct str part;

	if (!path.len || path.p[0] == '/')
		return false;
	while (str_split(&path, '/', &part))
		if (!part.len || str_starts(part, "."))
			return false;
	return true;
}

static void add_line(struct edition *ed, struct str line)
{
	struct str url, path;
	struct page *p;

	if (str_starts(line, "#") || !str_split(&line, '\t', &url) || !str_split(&line, '\t', &path) ||
	    !stays_below(path))
		return;
	p = arena_new_of(ed->arena, struct page);
	p->path = arena_str(ed->arena, path);
	p->content_type = arena_str(ed->arena, str_trim(line));
	map_put(ed->pages, url, p);
}

struct edition *edition_open(const char *dir, struct err *err)
{
	SCOPED(buf) struct buf index = BUF_MAX(INDEX_MAX);
	SCOPED_STR path = path_join(dir, "index.tsv");
	struct edition *ed;
	struct str rest, line;

	if (!file_read(path, &index, err))
		return NULL;
	ed = mem_new(struct edition);
	ed->arena = arena_new();
	ed->pages = map_new();
	ed->dir_fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	rest = buf_str(&index);
	while (str_split(&rest, '\n', &line))
		add_line(ed, line);
	return ed;
}

static struct str tag_of(struct arena *a, uint64_t x, uint64_t y)
{
	return str_c(arena_printf(a, "\"%016" PRIx64 "%016" PRIx64 "\"", x, y));
}

static void start(const struct fetch_request *r, struct fetch_answer *out, int *body_fd)
{
	*body_fd = -1;
	*out = (struct fetch_answer){.id = r->id,
	    .final_url = r->url,
	    .retry_after_s = -1,
	    .max_age_s = -1,
	    .status = 200,
	    .reason = STR("200 OK")};
}

/* The answer with these bytes, unless the asker has them by their tag. False: no memory. */
static bool give(
    const struct fetch_request *r, struct str bytes, struct str etag, struct fetch_answer *out, int *body_fd)
{
	out->etag = etag;
	if (r->etag.len && str_eq(r->etag, etag)) {
		out->status = 304;
		out->reason = STR("304 Not Modified");
		out->not_modified = true;
		return true;
	}
	*body_fd = memfd_of("body", bytes, NULL);
	out->body_bytes = out->wire_bytes = bytes.len;
	return *body_fd >= 0;
}

static void fail(struct arena *a, struct fetch_answer *out, enum fetch_failure failure, const struct err *err)
{
	out->failure = failure;
	out->status = 0;
	out->reason = str_c(arena_strdup(a, err->message));
}

void edition_answer(const struct edition *ed, struct arena *a, const struct fetch_request *r,
    struct fetch_answer *out, int *body_fd)
{
	SCOPED(buf) struct buf bytes = BUF_MAX((size_t)r->max_size);
	ptrdiff_t hash = str_chr(r->url, '#');
	struct str url = hash < 0 ? r->url : str_sub(r->url, 0, (size_t)hash);
	const struct page *p = map_get(ed->pages, url);
	struct err err = {0};
	int fd;

	start(r, out, body_fd);
	fd = p ? openat(ed->dir_fd, p->path.p, O_RDONLY | O_CLOEXEC | O_NOFOLLOW) : -1;
	if (fd < 0) {
		out->status = 404;
		out->reason = STR("404 Not Found");
		return;
	}
	out->content_type = p->content_type;
	if (!file_read_fd(fd, &bytes, &err))
		fail(a, out, err.code == ERR_LIMIT ? FETCH_TOO_BIG : FETCH_BROKEN, &err);
	else
		(void)give(
		    r, buf_str(&bytes), tag_of(a, hash_stable(buf_str(&bytes)), bytes.len), out, body_fd);
	close(fd);
}

/* The path of a file: address; absent when it is none of this machine. */
static struct str path_of(struct arena *a, struct str url)
{
	SCOPED(buf) struct buf path = BUF_MAX((size_t)8192);
	struct str rest = str_skip(url, strlen("file:"));

	if (str_starts(rest, "//localhost/"))
		rest = str_skip(rest, strlen("//localhost"));
	else if (str_starts(rest, "//"))
		rest = str_skip(rest, 2);
	if (!str_starts(rest, "/") || !url_decode(&path, rest) || memchr(path.data, '\0', path.len))
		return STR_NONE;
	return arena_str(a, buf_str(&path));
}

bool file_answer(struct arena *a, const struct fetch_request *r, struct fetch_answer *out, int *body_fd)
{
	SCOPED(buf) struct buf bytes = BUF_MAX((size_t)r->max_size);
	struct str path = path_of(a, r->url);
	struct err err = {0};
	struct stat st;
	int fd;

	start(r, out, body_fd);
	if (!path.len)
		err_set(&err, ERR_INPUT, _("%.*s is no file of this machine"), STR_ARG(r->url));
	fd = path.len ? file_open(path.p, &err) : -1;
	if (fd < 0 || fstat(fd, &st) != 0 || !file_read_fd(fd, &bytes, &err)) {
		fail(a, out, err.code == ERR_LIMIT ? FETCH_TOO_BIG : FETCH_BROKEN, &err);
		if (fd >= 0)
			close(fd);
		return false;
	}
	close(fd);
	return give(
	    r, buf_str(&bytes), tag_of(a, hash_stable(buf_str(&bytes)), (uint64_t)st.st_size), out, body_fd);
}
