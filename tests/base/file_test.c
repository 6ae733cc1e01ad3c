/* SPDX-License-Identifier: MIT */
/* file and memfd: whole reads within a cap, whole writes or none, safe names, sealed bodies. */
#include "base/file.h"
#include "base/mem.h"
#include "base/memfd.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static char *root;

static int make_root(void **state)
{
	char path[] = "/tmp/courant-file-XXXXXX";

	(void)state;
	root = mem_strdup(mkdtemp(path));
	return root ? 0 : -1;
}

static int drop_one(const char *path, const struct stat *st, int kind, struct FTW *at)
{
	(void)st;
	(void)kind;
	(void)at;
	return remove(path);
}

static int drop_root(void **state)
{
	(void)state;
	nftw(root, drop_one, 8, FTW_DEPTH | FTW_PHYS);
	mem_free(root);
	return 0;
}

static size_t entries(const char *dir)
{
	DIR *d = opendir(dir);
	size_t n = 0;

	while (d && readdir(d))
		n++;
	if (d)
		closedir(d);
	return n - 2; /* . and .. */
}

static void test_xdg(void **state)
{
	static const struct {
		const char *own, *home, *want;
	} rows[] = {
	    {"/x/conf", "/home/a", "/x/conf/courant"},
	    {"relative", "/home/a", "/home/a/.config/courant"},
	    {NULL, "/home/a", "/home/a/.config/courant"},
	    {NULL, NULL, NULL},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct err err = {0};
		unsetenv("XDG_CONFIG_HOME");
		unsetenv("HOME");
		if (rows[i].own)
			setenv("XDG_CONFIG_HOME", rows[i].own, 1);
		if (rows[i].home)
			setenv("HOME", rows[i].home, 1);
		SCOPED_STR got = file_xdg(XDG_CONFIG, &err);
		if (rows[i].want)
			assert_string_equal(got, rows[i].want);
		else
			assert_null(got);
		assert_int_equal(err.code, rows[i].want ? ERR_NONE : ERR_CONFIG);
	}
}

static void test_paths(void **state)
{
	static const struct {
		const char *path, *dir, *base;
	} rows[] = {
	    {"a", ".", "a"},
	    {"/a", "/", "a"},
	    {"/a/b", "/a", "b"},
	    {"a/b", "a", "b"},
	    {"a//b", "a", "b"},
	    {"/", "/", ""},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		SCOPED_STR dir = path_dir(rows[i].path);
		assert_string_equal(dir, rows[i].dir);
		assert_string_equal(path_base(rows[i].path), rows[i].base);
	}
	SCOPED_STR joined = path_join("/a/", "b");
	SCOPED_STR bare = path_join("", "b");
	assert_string_equal(joined, "/a/b");
	assert_string_equal(bare, "b");
}

static void test_safe_names(void **state)
{
	static const struct {
		const char *words, *want;
	} rows[] = {
	    {"Plain words, here!", "Plain-words-here.md"},
	    {"../../etc/passwd", "etc-passwd.md"},
	    {"-rf", "rf.md"},
	    {".hidden", "hidden.md"},
	    {"a..b", "a.-b.md"},
	    {"a\nb\x1b[31m", "a-b-31m.md"},
	    {"", "untitled-6b330b5c.md"},
	};
	char longer[500];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		SCOPED_STR got = file_safe_name(str_c(rows[i].words), ".md");
		assert_string_equal(got, rows[i].want);
	}
	SCOPED_STR news = file_safe_name(STR("\xe6\x96\xb0\xe8\x81\x9e"), ".md");
	SCOPED_STR paper = file_safe_name(STR("\xe7\xb4\x99"), ".md");
	assert_int_equal(strlen(news), strlen("untitled-6b330b5c.md"));
	assert_string_not_equal(news, paper);
	memset(longer, 'x', sizeof longer);
	SCOPED_STR got = file_safe_name(str_n(longer, sizeof longer), ".html");
	assert_int_equal(strlen(got), 120);
	assert_true(str_ends(str_c(got), "x.html"));
}

static void test_mkdirs(void **state)
{
	struct stat st;
	struct err err = {0};

	(void)state;
	SCOPED_STR deep = path_join(root, "one//two/three/");
	SCOPED_STR file = path_join(root, "plain");
	SCOPED_STR below = path_join(file, "x");
	assert_true(file_mkdirs(deep, 0700, &err));
	assert_true(file_mkdirs(deep, 0700, &err));
	assert_int_equal(stat(deep, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	assert_true(file_replace(file, "x", 1, 0600, &err));
	assert_false(file_mkdirs(below, 0700, &err));
	assert_int_equal(err.code, ERR_IO);
	assert_false(file_mkdirs(file, 0700, &err));
}

static void test_read_within_cap(void **state)
{
	struct err err = {0};

	(void)state;
	SCOPED_STR path = path_join(root, "ten");
	assert_true(file_replace(path, "0123456789", 10, 0644, &err));
	for (size_t max = 9; max <= 11; max++) {
		SCOPED(buf) struct buf b = BUF_MAX(max);
		err_clear(&err);
		assert_int_equal(file_read(path, &b, &err), max >= 10);
		assert_int_equal(err.code, max >= 10 ? ERR_NONE : ERR_LIMIT);
	}
	SCOPED(buf) struct buf b = BUF_INIT;
	assert_false(file_read(root, &b, &err)); /* a folder */
	assert_non_null(strstr(err.message, root));
	assert_true(file_read("/proc/self/stat", &b, &err)); /* has no size */
	assert_true(b.len > 10);
	assert_int_equal(file_open("/dev/null", &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	assert_int_equal(file_open("/nowhere", &err), -1);
	assert_int_equal(err.code, ERR_IO);
}

static void test_replace_is_whole(void **state)
{
	struct stat st;
	struct err err = {0};

	(void)state;
	SCOPED_STR dir = path_join(root, "replace");
	SCOPED_STR path = path_join(dir, "file");
	SCOPED_STR link_path = path_join(dir, "link");
	assert_true(file_mkdirs(dir, 0700, &err));
	assert_true(file_replace(path, "old", 3, 0600, &err));
	assert_int_equal(symlink("file", link_path), 0);
	assert_true(file_replace(link_path, "newer", 5, 0600, &err));
	assert_int_equal(lstat(link_path, &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	SCOPED(buf) struct buf b = BUF_INIT;
	assert_true(file_read(path, &b, &err));
	assert_string_equal(buf_cstr(&b), "newer");
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	/* A target that cannot be replaced leaves nothing behind. */
	SCOPED_STR taken = path_join(dir, "folder");
	SCOPED_STR inside = path_join(taken, "x");
	assert_true(file_mkdirs(inside, 0700, &err));
	assert_false(file_replace(taken, "x", 1, 0600, &err));
	assert_false(file_replace("/nowhere/file", "x", 1, 0600, &err));
	assert_int_equal(entries(dir), 3);

	SCOPED_STR copy = path_join(dir, "copy");
	assert_true(file_copy(path, copy, 0640, &err));
	buf_reset(&b);
	assert_true(file_read(copy, &b, &err));
	assert_string_equal(buf_cstr(&b), "newer");
	assert_false(file_copy("/nowhere", copy, 0640, &err));
	assert_true(file_exists(copy));
	assert_int_equal(entries(dir), 4);
}

static void test_guard_std(void **state)
{
	int status;

	(void)state;
	pid_t pid = fork();
	if (pid == 0) {
		close(0);
		close(2);
		file_guard_std();
		_exit(fcntl(0, F_GETFD) >= 0 && fcntl(2, F_GETFD) >= 0 && dup(1) > 2 ? 0 : 1);
	}
	assert_true(waitpid(pid, &status, 0) == pid);
	assert_int_equal(status, 0);
	assert_false(file_on_network("/proc/self/not/there"));
}

static void test_memfd(void **state)
{
	struct err err = {0};
	struct str s;

	(void)state;
	int fd = memfd_of("body", STR("some bytes"), &err);
	assert_true(fd >= 0);
	assert_true(memfd_map(fd, 10, true, &s, &err));
	assert_true(str_eqc(s, "some bytes"));
	memfd_unmap(s);
	assert_int_equal(pwrite(fd, "x", 1, 0), -1);
	assert_int_equal(errno, EPERM);
	assert_int_equal(ftruncate(fd, 0), -1);
	assert_false(memfd_map(fd, 9, true, &s, &err));
	assert_int_equal(err.code, ERR_LIMIT);
	close(fd);

	fd = memfd_new("open", &err);
	assert_true(file_write_all(fd, "x", 1, &err));
	assert_false(memfd_map(fd, 10, true, &s, &err));
	assert_int_equal(err.code, ERR_INPUT);
	assert_true(memfd_map(fd, 10, false, &s, &err));
	memfd_unmap(s);
	close(fd);

	fd = memfd_of("empty", STR(""), &err);
	assert_true(memfd_map(fd, 10, true, &s, &err));
	assert_non_null(s.p);
	memfd_unmap(s);
	close(fd);
	fd = open(root, O_RDONLY | O_CLOEXEC);
	assert_false(memfd_map(fd, 10, false, &s, &err));
	close(fd);
	assert_false(memfd_map(-1, 10, false, &s, &err));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_xdg),
	    cmocka_unit_test(test_paths),
	    cmocka_unit_test(test_safe_names),
	    cmocka_unit_test(test_mkdirs),
	    cmocka_unit_test(test_read_within_cap),
	    cmocka_unit_test(test_replace_is_whole),
	    cmocka_unit_test(test_guard_std),
	    cmocka_unit_test(test_memfd),
	};
	return cmocka_run_group_tests_name("base/file", tests, make_root, drop_root);
}
