/* SPDX-License-Identifier: MIT */
/* Feeds a fuzz driver with files: those named on the command line, or the corpus that goes with the program's
 * name (plain_NAME: tests/fuzz/corpus/NAME). Reports in TAP. */
#include "fuzz.h"

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/vec.h"

#include <dirent.h>
#include <string.h>

struct paths {
	VEC(char *);
};

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void list_corpus(struct paths *paths, const char *program)
{
	const char *top = getenv("top_srcdir"), *name = strrchr(program, '/');
	SCOPED_STR dir = NULL;
	struct dirent *entry;
	DIR *d;

	name = name ? name + 1 : program;
	if (strncmp(name, "plain_", 6) == 0)
		name += 6;
	dir = mem_printf("%s/tests/fuzz/corpus/%s", top ? top : ".", name);
	d = opendir(dir);
	while (d && (entry = readdir(d)))
		if (entry->d_name[0] != '.')
			vec_push(paths, path_join(dir, entry->d_name));
	if (d)
		(void)closedir(d);
	vec_sort(paths, by_name);
}

/* The driver gets its own exact copy, so that a sanitizer sees each byte too many. */
static bool feed(const char *path)
{
	SCOPED(buf) struct buf bytes = BUF_MAX((size_t)16 << 20);
	struct err err = {0};
	uint8_t *copy;

	if (!file_read(path, &bytes, &err)) {
		printf("# %s\n", err.message);
		return false;
	}
	copy = mem_alloc(bytes.len ? bytes.len : 1);
	if (bytes.len)
		memcpy(copy, bytes.data, bytes.len);
	(void)LLVMFuzzerTestOneInput(copy, bytes.len);
	mem_free(copy);
	return true;
}

int main(int argc, char **argv)
{
	struct paths paths = {0};
	size_t bad = 0;

	for (int i = 1; i < argc; i++)
		vec_push(&paths, mem_strdup(argv[i]));
	if (argc < 2)
		list_corpus(&paths, argv[0]);
	(void)LLVMFuzzerTestOneInput((const uint8_t *)"", 0);
	printf("1..1\n");
	for (size_t i = 0; i < paths.n; i++)
		bad += !feed(paths.v[i]);
	printf("%s 1 - %zu files\n", bad == 0 && paths.n > 0 ? "ok" : "not ok", paths.n);
	for (size_t i = 0; i < paths.n; i++)
		mem_free(paths.v[i]);
	vec_free(&paths);
	return bad > 0;
}
