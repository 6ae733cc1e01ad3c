/* SPDX-License-Identifier: MIT */
/* The bundled edition's pages against the stories they were made from: a number that must not fall. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "article/article_extract.h"
#include "base/map.h"
#include "text/fold.h"
#include "text/word.h"

#define LEAST_MEAN 0.985
#define LEAST_ONE  0.84

static const char *const papers[] = {
    "asa", "bote", "fanal", "harbour", "ledger", "loom", "migdalor", "observatory", "potomac", "signal"};

struct sum {
	double f1, least;
	size_t n, titles;
	char worst[320];
};

static bool load(struct buf *out, const char *path)
{
	const char *top = getenv("top_srcdir");
	char full[1024];

	snprintf(full, sizeof full, "%s/data/edition/%s", top ? top : ".", path);
	FILE *f = fopen(full, "rb");
	char chunk[8192];
	for (size_t n; f && (n = fread(chunk, 1, sizeof chunk, f)) > 0;)
		buf_add(out, chunk, n);
	if (f)
		(void)fclose(f);
	return f != NULL;
}

static bool count(void *arg, const struct word *w)
{
	struct map *m = arg;
	uintptr_t n = (uintptr_t)map_get(m, w->text);

	map_put(m, w->text, (void *)(n + 1));
	return true;
}

static size_t total(const struct map *m)
{
	size_t at = 0, sum = 0;
	struct str key;
	void *value;

	while (map_next(m, &at, &key, &value))
		sum += (uintptr_t)value;
	return sum;
}

/* F1 of the words of two texts, as often as they occur. */
static double likeness(struct str a, struct str b)
{
	SCOPED_PTR(map) struct map *ma = map_new(), *mb = map_new();
	size_t at = 0, same = 0;
	struct str key;
	void *value;

	word_each(a, count, ma);
	word_each(b, count, mb);
	while (map_next(ma, &at, &key, &value)) {
		uintptr_t n = (uintptr_t)value, k = (uintptr_t)map_get(mb, key);
		same += n < k ? n : k;
	}
	size_t all = total(ma) + total(mb);
	return all ? 2.0 * (double)same / (double)all : 1;
}

/* A line of a story without its marks: addresses of links, captions of pictures. */
static void add_line(struct buf *out, struct str line)
{
	if (line.len && line.p[0] == '!')
		return;
	for (size_t i = 0; i < line.len; i++) {
		if (line.p[i] == ']' && i + 1 < line.len && line.p[i + 1] == '(') {
			while (i < line.len && line.p[i] != ')')
				i++;
			continue;
		}
		buf_addc(out, line.p[i]);
	}
	buf_addc(out, '\n');
}

static void all_text(struct buf *out, const struct doc *d)
{
	for (size_t i = 0; d && i < d->n_blocks; i++) {
		if (d->blocks[i].kind != BLOCK_FIGURE)
			buf_addstr(out, d->blocks[i].text.text);
		buf_addc(out, '\n');
		const struct doc_table *t = d->blocks[i].table;
		for (uint32_t k = 0; t && k < t->row_start[t->n_rows]; k++) {
			buf_addstr(out, t->cells[k].text.text);
			buf_addc(out, ' ');
		}
	}
}

/* Quotes are set by the paper, not by the writer. */
static bool same_headline(struct str a, struct str b)
{
	SCOPED(buf) struct buf fa = BUF_INIT, fb = BUF_INIT;

	fold_headline(&fa, a);
	fold_headline(&fb, b);
	return str_eq(buf_str(&fa), buf_str(&fb));
}

static void compare(
    struct sum *s, const char *paper, struct str slug, struct str title, struct str dek, struct str text)
{
	SCOPED(buf) struct buf html = BUF_INIT, got = BUF_INIT, want = BUF_INIT;
	char path[300];

	snprintf(path, sizeof path, "pages/%s/%.*s.html", paper, STR_ARG(slug));
	if (!load(&html, path))
		return;
	snprintf(path, sizeof path, "https://%s.example/%.*s", paper, STR_ARG(slug));
	SCOPED_PTR(article) struct article *a = article_extract(buf_str(&html), str_c(path), NULL);
	all_text(&got, a->doc);
	/* The lead may stand in the text. */
	if (dek.len && str_find(buf_str(&got), dek) >= 0)
		buf_addstr(&want, dek);
	buf_addc(&want, '\n');
	buf_addstr(&want, text);
	double f1 = likeness(buf_str(&got), buf_str(&want));
	s->f1 += f1;
	s->n++;
	s->titles += same_headline(a->title, title);
	if (f1 < s->least) {
		s->least = f1;
		snprintf(s->worst, sizeof s->worst, "%s", path);
	}
}

/* Goes through the stories of one paper; copies of another's text are left out. */
static void read_paper(struct sum *s, const char *paper)
{
	SCOPED(buf) struct buf file = BUF_INIT, text = BUF_INIT;
	struct str slug = STR_NONE, title = STR_NONE, dek = STR_NONE, rest, line;
	bool head = false, copy = false;
	char path[100];

	snprintf(path, sizeof path, "stories/%s.txt", paper);
	assert_true(load(&file, path));
	buf_adds(&file, "\n@ end\n");
	rest = buf_str(&file);
	while (str_split(&rest, '\n', &line)) {
		if (str_starts(line, "@ ")) {
			if (slug.len && !copy)
				compare(s, paper, slug, title, dek, buf_str(&text));
			slug = str_trim(str_skip(line, 2));
			title = dek = STR_NONE;
			buf_reset(&text);
			head = true;
			copy = false;
		} else if (head && !str_trim(line).len) {
			head = false;
		} else if (head) {
			if (str_starts(line, "T: "))
				title = str_trim(str_skip(line, 3));
			if (str_starts(line, "D: "))
				dek = str_trim(str_skip(line, 3));
			copy |= str_starts(line, "C: ");
		} else {
			add_line(&text, line);
		}
	}
}

static void test_edition(void **state)
{
	struct sum s = {.least = 1};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(papers); i++)
		read_paper(&s, papers[i]);
	assert_true(s.n >= 90);
	print_message("# %zu stories: F1 %.4f, least %.3f (%s), titles %zu\n", s.n, s.f1 / (double)s.n,
	    s.least, s.worst, s.titles);
	assert_int_equal(s.titles, s.n);
	assert_true(s.f1 / (double)s.n >= LEAST_MEAN);
	assert_true(s.least >= LEAST_ONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_edition)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
