/* SPDX-License-Identifier: MIT */
/* How long the store takes at N stories of made-up news: filling, indexing, the headlines, counts, search.
 * Prints a line for each; never fails on a time. Usage: store_bench N [FOLDER [QUERY …]]; a folder that is
 * there already is used again; with queries only these are asked. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"
#include "model/query.h"
#include "store/count_db.h"
#include "store/marks.h"
#include "store/search.h"
#include "store/source_db.h"
#include "store/sql.h"
#include "store/story_db.h"
#include "store/text_db.h"

#define SOURCES  200
#define SECTIONS 20
#define PER_PUT  100
#define START    1700000000
#define NOW      (START + 10000000) /* of the last of a million stories */
#define WORDS    30000

static uint64_t seed = 88172645463325252u;

static uint64_t dice(uint64_t n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return seed % n;
}

/* A language that is made up of its frequent words and of syllables. */
struct tongue {
	struct str tag;
	unsigned share; /* of a hundred stories */
	const char *const *small;
	const char *const *parts;
	const char *joint;
};
#define SMALL 10
#define PARTS 20
static const char *const en_small[SMALL] = {
    "the", "of", "to", "in", "and", "for", "on", "after", "says", "with"};
static const char *const en_parts[PARTS] = {"ba", "ker", "lin", "to", "sha", "ver", "mon", "dri", "pe", "ga",
    "sto", "ri", "fen", "lu", "cor", "zem", "hal", "ny", "tur", "wes"};
static const char *const de_small[SMALL] = {
    "der", "die", "und", "in", "für", "über", "das", "mit", "nicht", "auf"};
static const char *const de_parts[PARTS] = {"bä", "cher", "ung", "stra", "ße", "hö", "mün", "gen", "ver",
    "keit", "fen", "lü", "schaf", "ten", "hal", "wer", "zug", "tür", "bau", "am"};
static const char *const fr_small[SMALL] = {
    "le", "la", "les", "des", "en", "à", "après", "pour", "été", "une"};
static const char *const fr_parts[PARTS] = {"bé", "rou", "tion", "lan", "çai", "ver", "mon", "dré", "pê",
    "ga", "stè", "ri", "fin", "lu", "cour", "zé", "hal", "né", "tour", "eau"};
static const char *const ru_small[SMALL] = {"и", "в", "на", "не", "по", "что", "из", "за", "для", "как"};
static const char *const ru_parts[PARTS] = {"ба", "кер", "лин", "то", "ша", "вер", "мон", "дри", "пе", "га",
    "сто", "ри", "фен", "лу", "кор", "зем", "хал", "ны", "тур", "вес"};
static const char *const zh_small[SMALL] = {"的", "一", "是", "不", "了", "人", "在", "有", "这", "为"};
static const char *const zh_parts[PARTS] = {"经", "济", "政", "府", "研", "究", "发", "现", "科", "学", "技",
    "术", "市", "场", "环", "境", "气", "候", "城", "教"};
static const struct tongue tongues[] = {{{"en", 2}, 60, en_small, en_parts, " "},
    {{"de", 2}, 15, de_small, de_parts, " "}, {{"fr", 2}, 10, fr_small, fr_parts, " "},
    {{"ru", 2}, 7, ru_small, ru_parts, " "}, {{"zh", 2}, 8, zh_small, zh_parts, ""}};

static const struct tongue *pick_tongue(void)
{
	uint64_t r = dice(100);
	size_t i = 0;

	for (; r >= tongues[i].share; i++)
		r -= tongues[i].share;
	return &tongues[i];
}

/* Words by a steep distribution, as in speech. */
static void add_words(struct buf *b, const struct tongue *t, size_t n)
{
	while (n--) {
		uint64_t r = dice(WORDS), k = dice(r + 1);

		if (dice(10) < 4) {
			buf_printf(b, "%s%s", t->small[dice(SMALL)], t->joint);
			continue;
		}
		buf_printf(b, "%s%s%s%s%s", t->parts[k % PARTS], t->parts[k / PARTS % PARTS],
		    k > 400 ? t->parts[k / 400 % PARTS] : "", k > 8000 ? t->parts[k / 8000 % PARTS] : "",
		    t->joint);
	}
}

static struct str words(struct arena *a, const struct tongue *t, size_t n)
{
	struct buf b = BUF_INIT;
	struct str s;

	add_words(&b, t, n);
	buf_trim_right(&b);
	s = arena_str(a, buf_str(&b));
	buf_release(&b);
	return s;
}

static void die(const struct err *err)
{
	fprintf(stderr, "store_bench: %s (%s)\n", err->message, err->detail);
	exit(1);
}

static void say(const char *what, int64_t us, size_t n, const char *unit)
{
	printf("%-46s %10.3f ms  %8.2f us/%s\n", what, (double)us / 1000, (double)us / (double)(n ? n : 1),
	    unit);
}

static void sources(struct db *db, struct source_id *ids, struct arena *a)
{
	struct source_decl decls[SOURCES];
	struct err err = {0};

	for (int i = 0; i < SOURCES; i++)
		decls[i] = (struct source_decl){.key = str_c(arena_printf(a, "s%d", i)),
		    .name = str_c(arena_printf(a, "Paper %d", i)),
		    .url = str_c(arena_printf(a, "https://p%d.example/", i)),
		    .section = str_c(arena_printf(a, "Section %d", i % SECTIONS))};
	if (!source_sync(db, decls, SOURCES, ids, &err))
		die(&err);
}

static void fill(struct db *db, const struct source_id *ids, int64_t n)
{
	struct err err = {0};
	struct arena *a = arena_new();
	int64_t cpu = 0, worst = 0;

	for (int64_t at = 0; at < n; at += PER_PUT) {
		struct item items[PER_PUT] = {0};
		struct feed feed = {.items = items, .n_items = PER_PUT};
		struct put_context ctx = {
		    .answer = {.now = START + at * 10, .next_due = START}, .partial = true};
		struct put_result r;
		int64_t begin;

		for (int i = 0; i < PER_PUT; i++) {
			const struct tongue *t = pick_tongue();
			int64_t id = at + i;

			items[i] = (struct item){.id = str_c(arena_printf(a, "%lld", (long long)id)),
			    .url = str_c(arena_printf(a, "https://p.example/news/%lld", (long long)id)),
			    .title = words(a, t, 6 + dice(6)),
			    .summary = words(a, t, 15 + dice(30)),
			    .language = t->tag,
			    .published = START + at * 10 - (int64_t)dice(20000),
			    .modified = TIME_NONE};
		}
		begin = clock_cpu_us();
		if (!store_put_feed(db, ids[dice(SOURCES)], &feed, &ctx, a, &r, &err))
			die(&err);
		begin = clock_cpu_us() - begin;
		cpu += begin;
		worst = begin > worst ? begin : worst;
		arena_reset(a);
		if (at == n / 10 / PER_PUT * PER_PUT) {
			bool made;

			if (!dict_train(db, &made, &err))
				die(&err);
		}
	}
	say("put, 100 at a time (CPU)", cpu, (size_t)n, "story");
	say("the longest put", worst, PER_PUT, "story");
	arena_free(a);
}

/* One story in three belongs to an event of some stories, near in time; two in three are read. */
static void shape(struct db *db, int64_t n)
{
	struct err err = {0};

	if (!db_begin(db, false, &err))
		die(&err);
	for (int64_t id = 1; id <= n; id++) {
		if (dice(3) == 0 && id > 300 &&
		    !sql_exec(db, &err, "UPDATE story SET event=? WHERE id=?", "ii",
		        id - (int64_t)dice(300) / 8 * 8, id))
			die(&err);
		if (dice(3) && !sql_exec(db, &err, "UPDATE story SET flags=flags|1 WHERE id=?", "i", id))
			die(&err);
	}
	if (!db_commit(db, &err))
		die(&err);
}

static void index_all(struct db *db)
{
	struct err err = {0};
	size_t done = 0, left = 1, all = 0;
	int64_t cpu = clock_cpu_us(), worst = 0;

	while (left) {
		int64_t begin = clock_cpu_us();

		if (!fts_step(db, &(struct fts_spec){.max = 256}, &done, &left, &err))
			die(&err);
		begin = clock_cpu_us() - begin;
		worst = begin > worst ? begin : worst;
		all += done;
	}
	if (all)
		say("full text (CPU)", clock_cpu_us() - cpu, all, "story");
	say("the longest batch of 10 ms (CPU)", worst, 1, "batch");
}

static void list(struct db *db, const char *what, struct list_spec spec, size_t times)
{
	struct err err = {0};
	int64_t begin;
	size_t rows = 0;

	spec.after = spec.after ? spec.after : 60;
	begin = clock_cpu_us();
	for (size_t i = 0; i < times; i++) {
		struct snapshot *s = list_load(db, &spec, &err);

		if (!s)
			die(&err);
		rows = s->n_rows;
		snapshot_unref(s);
	}
	printf("%-46s %10.3f ms  (%zu rows)\n", what, (double)(clock_cpu_us() - begin) / 1000 / (double)times,
	    rows);
}

static void lists(struct db *db, const struct source_id *ids, int64_t n)
{
	struct list_spec all = {.fold = true}, s = all;

	list(db, "headlines, first page, folded (first time)", all, 1);
	list(db, "headlines, first page, folded", all, 50);
	s.fold = false;
	list(db, "headlines, not folded", s, 50);
	s = all;
	s.anchor = LIST_AT_STORY;
	s.at.v = n / 3;
	s.before = 30;
	list(db, "headlines at a story in the midst", s, 50);
	s = all;
	s.set.unread_only = true;
	list(db, "unread only", s, 20);
	s.set.unread_only = false;
	s.order = LIST_UNREAD_FIRST;
	list(db, "unread first", s, 20);
	s.order = LIST_BY_SOURCE;
	list(db, "by source", s, 20);
	s.order = LIST_EVENT_SIZE;
	list(db, "largest events", s, 5);
	s = all;
	s.set.section = STR("Section 3");
	list(db, "a section of 10 sources", s, 20);
	s.set.unread_only = true;
	list(db, "a section, unread only", s, 20);
	s = all;
	s.set.sources = ids;
	s.set.n_sources = 1;
	list(db, "a source", s, 20);
	s = all;
	s.anchor = LIST_END;
	list(db, "the end", s, 20);
}

/* As the screen asks at each letter, then newest first, then the best first, each with its counts. */
static void search(struct db *db, const char *text)
{
	struct arena *a = arena_new();
	struct err err = {0};
	struct query *q = query_parse(a, str_c(text), NOW, &err);
	struct list_spec s = {.set = {.query = q}, .fold = true, .after = 45, .hits = 250, .partly = true};
	char name[100];

	if (!q)
		die(&err);
	snprintf(name, sizeof name, "search %s, live", text);
	list(db, name, s, 5);
	s.count_max = 1000;
	s.hits = 0;
	s.partly = false;
	snprintf(name, sizeof name, "search %s, newest first", text);
	list(db, name, s, 3);
	s.order = LIST_RANKED;
	snprintf(name, sizeof name, "search %s, best first", text);
	list(db, name, s, 3);
	query_release(q);
	arena_free(a);
}

static void searches(struct db *db)
{
	static const char *const queries[] = {"the", "the*", "die", "baker", "baker*", "bakerzemhal", "bak*",
	    "zem*", "mun*", "mün*", "zemz*", "xyz*", "ba*", "zq*", "the baker", "the of", "baker zemhal",
	    "baker -the", "-the", "the OR baker", "baker OR zemhal*", "\"the baker\"", "\"baker lin\"",
	    "\"the of and\"", "title:baker", "title:the", "title:xyz", "title:\"the baker\"",
	    "the source:\"Paper 7\"", "baker source:\"Paper 7\"", "zemhal source:\"Paper 7\"",
	    "the section:\"Section 3\"", "baker section:\"Section 3\"", "the is:unread", "baker is:unread",
	    "the is:starred", "baker OR is:starred", "baker OR is:unread", "(baker OR is:starred) -lin",
	    "经济", "经济 政府", "济", "strasse", "strase", "apres", "вер*", "title:~\"^ba\"", "is:opened"};

	for (size_t i = 0; i < sizeof queries / sizeof *queries; i++)
		search(db, queries[i]);
}

static void counts(struct db *db)
{
	static const char *const queries[] = {
	    "is:unread", "section:\"Section 3\" is:unread", "is:starred", "baker"};
	struct arena *a = arena_new();
	struct err err = {0};
	struct list_set set = {0};
	size_t n = 0;
	int64_t begin = clock_mono_us();

	if (!count_unread(db, &set, true, 0, &n, &err))
		die(&err);
	say("unread events of all, to 1000", clock_mono_us() - begin, 1, "call");
	set.section = STR("Section 3");
	begin = clock_mono_us();
	if (!count_unread(db, &set, true, 0, &n, &err))
		die(&err);
	say("unread events of a section, to 1000", clock_mono_us() - begin, 1, "call");
	for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
		struct query *q = query_parse(a, str_c(queries[i]), NOW, &err);
		uint64_t found = 0;
		char name[100];

		begin = clock_mono_us();
		if (!q || !count_query(db, q, &found, &err))
			die(&err);
		snprintf(name, sizeof name, "count %s: %llu", queries[i], (unsigned long long)found);
		say(name, clock_mono_us() - begin, 1, "call");
	}
	arena_free(a);
}

static void acts(struct db *db, int64_t n)
{
	struct mark_op op = {.kind = MARK_READ, .on = true, .at_ms = 1, .owner = 1, .label = STR("x")};
	struct arena *a = arena_new();
	struct story_id *ids = arena_array(a, 10000, sizeof *ids);
	struct story story;
	struct err err = {0};
	int64_t begin;

	for (size_t i = 0; i < 10000; i++)
		ids[i].v = 1 + (int64_t)dice((uint64_t)n);
	for (int on = 0; on < 2; on++) {
		op.on = on != 0;
		begin = clock_mono_us();
		for (size_t i = 0; i < 50; i++)
			if (!marks_set(db, &op, &ids[i], 1, NULL, NULL, NULL, &err))
				die(&err);
		say(on ? "read one, on the disk" : "unread one, on the disk", clock_mono_us() - begin, 50,
		    "mark");
		begin = clock_cpu_us();
		if (!marks_set(db, &op, ids, 10000, NULL, NULL, NULL, &err))
			die(&err);
		say(on ? "read 10,000 (CPU)" : "unread 10,000 (CPU)", clock_cpu_us() - begin, 10000, "mark");
	}
	begin = clock_mono_us();
	for (size_t i = 0; i < 1000; i++)
		if (!story_load(db, ids[i], a, &story, &err))
			die(&err);
	say("load a story", clock_mono_us() - begin, 1000, "story");
	arena_free(a);
}

static void sizes(struct db *db, int64_t n)
{
	double pages = (double)sql_i64(db, 0, "PRAGMA page_count", ""),
	       free_pages = (double)sql_i64(db, 0, "PRAGMA freelist_count", "");

	printf("%-46s %10.0f bytes a story\n", "the file", (pages - free_pages) * 8192 / (double)n);
}

int main(int argc, char **argv)
{
	int64_t n = argc > 1 ? strtoll(argv[1], NULL, 10) : 100000, begin;
	const char *dir = argc > 2 ? argv[2] : "store-bench";
	SCOPED_STR path = path_join(dir, DB_FILE_NAME);
	struct source_id ids[SOURCES];
	struct arena *a = arena_new();
	struct err err = {0};
	bool there = file_exists(path);
	struct db *db = db_open(path, DB_CREATE, &err);

	if (!db)
		die(&err);
	sources(db, ids, a);
	if (!there) {
		fill(db, ids, n);
		shape(db, n);
		sizes(db, n);
	}
	index_all(db);
	sizes(db, n);
	db_close(db);
	begin = clock_mono_us();
	db = db_open(path, DB_WRITE, &err);
	if (!db)
		die(&err);
	say("open", clock_mono_us() - begin, 1, "open");
	for (int i = 3; i < argc; i++)
		search(db, argv[i]);
	if (argc > 3) {
		db_close(db);
		arena_free(a);
		return 0;
	}
	lists(db, ids, n);
	counts(db);
	searches(db);
	acts(db, n);
	db_close(db);
	arena_free(a);
	return 0;
}
