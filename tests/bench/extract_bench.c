/* SPDX-License-Identifier: MIT */
/* How fast articles are taken from pages: one process, pages read before, each ROUNDS times. Prints MB of
 * HTML in a second of CPU. Usage: extract_bench ROUNDS FILE… */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "article/article_extract.h"
#include "base/err.h"
#include "base/file.h"
#include "base/mem.h"

#define MOST_BYTES (16u << 20)

int main(int argc, char **argv)
{
	long rounds = argc > 2 ? strtol(argv[1], NULL, 10) : 0;
	size_t bytes = 0, articles = 0;
	clock_t spent = 0;

	if (rounds < 1) {
		fputs("usage: extract_bench ROUNDS FILE...\n", stderr);
		return 2;
	}
	for (int i = 2; i < argc; i++) {
		SCOPED(buf) struct buf page = {.max = MOST_BYTES};
		struct err err = {0};

		if (!file_read(argv[i], &page, &err)) {
			fprintf(stderr, "extract_bench: %s\n", err.message);
			return 1;
		}
		for (long k = 0; k < rounds; k++) {
			clock_t began = clock();
			SCOPED_PTR(article)
			struct article *a = article_extract_bytes(
			    buf_str(&page), STR_NONE, STR("https://paper.example/a/b"), NULL);
			spent += clock() - began;
			bytes += page.len;
			articles += a != NULL;
		}
	}
	printf(
	    "%.2f %zu %zu\n", (double)bytes / 1e6 / ((double)spent / CLOCKS_PER_SEC + 1e-9), bytes, articles);
	return 0;
}
