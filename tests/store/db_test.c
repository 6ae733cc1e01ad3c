/* SPDX-License-Identifier: MIT */
/* The database among processes: what is refused, ticks, leases of time, a kill in the midst, four
 * writers, damage. */
#include "world.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "store/marks.h"
#include "store/prune.h"
#include "store/rescue.h"
#include "store/search.h"
#include "store/sql.h"
#include "store/tick.h"

static void test_open(void **state)
{
	struct world w;
	struct stat st;
	struct db *reader;
	SCOPED_STR other = NULL;

	(void)state;
	world_open(&w);
	assert_int_equal(stat(w.path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(world_sql(&w, "PRAGMA page_size"), 8192);
	reader = db_open(w.path, DB_READ, &w.err);
	assert_non_null(reader);
	assert_true(db_is_readonly(reader));
	assert_false(sql_exec(reader, &w.err, "DELETE FROM meta", ""));
	int64_t before = db_data_version(reader);
	world_sources(&w, 1);
	assert_true(db_data_version(reader) != before);
	db_close(reader);
	other = mem_printf("%s/none.db", w.dir);
	assert_null(db_open(other, DB_READ, &w.err));
	assert_int_equal(w.err.code, ERR_NOT_FOUND);
	world_ok(&w, db_check(w.db, false, &w.err));
	world_close(&w);
}

/* A file of another program is left as it is; one of a newer courant is only read. */
static void test_foreign_and_newer(void **state)
{
	struct world w;
	SCOPED_STR path = NULL;
	struct db *db;
	sqlite3 *raw;
	struct buf before = BUF_INIT, after = BUF_INIT;

	(void)state;
	world_open(&w);
	path = mem_printf("%s/foreign.db", w.dir);
	assert_int_equal(sqlite3_open(path, &raw), SQLITE_OK);
	assert_int_equal(sqlite3_exec(raw, "CREATE TABLE cache(x)", NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(raw);
	world_ok(&w, file_read(path, &before, &w.err));
	assert_null(db_open(path, DB_CREATE, &w.err));
	assert_int_equal(w.err.code, ERR_DB);
	assert_false(db_err_is_damage(&w.err));
	world_ok(&w, file_read(path, &after, &w.err));
	assert_true(str_eq(buf_str(&before), buf_str(&after)));
	world_ok(&w, sql_script(w.db, "PRAGMA user_version=999", &w.err));
	db = db_open(w.path, DB_CREATE, &w.err);
	assert_non_null(db);
	assert_true(db_is_readonly(db));
	assert_false(db_begin(db, false, &w.err));
	db_close(db);
	buf_release(&before);
	buf_release(&after);
	world_close(&w);
}

/* A database of version 1 is copied beside itself and brought up to date; what waited for its event still
 * does. */
static void test_older(void **state)
{
	static const char down[] = "DROP TABLE event_wait;CREATE TABLE event_todo(story INTEGER PRIMARY KEY);"
	                           "INSERT INTO event_todo(story) VALUES(1),(3),(999);"
	                           "CREATE TRIGGER story_in AFTER INSERT ON story BEGIN"
	                           " UPDATE tally SET n=n+1; END;PRAGMA user_version=1";
	struct world w;
	SCOPED_STR copy = NULL;
	struct db *db;

	(void)state;
	world_open(&w);
	world_sources(&w, 1);
	for (int i = 0; i < 3; i++)
		world_item(&w, arena_printf(w.arena, "i%d", i), "A headline", NOW - i);
	world_put(&w, 0);
	world_ok(&w, sql_script(w.db, down, &w.err));
	copy = mem_printf("%s.version-1", w.path);
	db = db_open(w.path, DB_READ, &w.err);
	assert_null(db); /* it would have to be changed */
	db = db_open(w.path, DB_WRITE, &w.err);
	assert_non_null(db);
	assert_int_equal(world_sql(&w, "PRAGMA user_version"), DB_VERSION);
	assert_int_equal(world_sql(&w, "SELECT count(*) FROM event_wait"), 2);
	assert_int_equal(world_sql(&w, "SELECT count(*) FROM event_wait w JOIN story s ON s.id=w.story AND"
	                               " s.published=w.published"),
	    2);
	assert_true(file_exists(copy));
	world_item(&w, "new", "Another headline", NOW);
	world_put(&w, 0);
	assert_int_equal(world_sql(&w, "SELECT n FROM tally"), 4); /* no trigger counts it once more */
	db_close(db);
	world_close(&w);
}

/* ---- processes ---- */

static bool becomes_readable(int fd, int ms)
{
	struct pollfd p = {.fd = fd, .events = POLLIN};

	return poll(&p, 1, ms) == 1;
}

static void test_tick(void **state)
{
	struct world w;
	struct tick *t;
	pid_t child;

	(void)state;
	world_open(&w);
	t = tick_open(w.dir);
	assert_true(tick_alone(t));
	assert_false(tick_clear(t));
	tick_touch(t);
	assert_false(tick_clear(t)); /* our own */
	child = fork();
	if (child == 0) {
		struct tick *other = tick_open(w.dir);

		if (tick_alone(other))
			_exit(1);
		tick_touch(other);
		tick_free(other);
		_exit(0);
	}
	if (tick_fd(t) >= 0)
		assert_true(becomes_readable(tick_fd(t), 5000));
	int status = 0;
	waitpid(child, &status, 0);
	assert_int_equal(status, 0);
	assert_true(tick_clear(t));
	assert_false(tick_clear(t));
	tick_free(t);
	world_close(&w);
}

#define WRITERS 4
#define PUTS    25

static int write_much(const char *path, unsigned who)
{
	struct err err = {0};
	struct db *db = db_open(path, DB_WRITE, &err);

	for (int64_t i = 0; db && i < PUTS; i++) {
		if (!db_begin(db, i % 5 == 0, &err) ||
		    !sql_exec(db, &err, "INSERT INTO meta VALUES(?,?)", "ii", (int64_t)who * 1000 + i, i) ||
		    !db_commit(db, &err))
			return 1;
	}
	db_close(db);
	return db ? 0 : 2;
}

static void test_four_writers(void **state)
{
	struct world w;

	(void)state;
	world_open(&w);
	for (unsigned i = 0; i < WRITERS; i++)
		if (fork() == 0)
			_exit(write_much(w.path, i));
	for (unsigned i = 0; i < WRITERS; i++) {
		int status = 1;

		wait(&status);
		assert_int_equal(status, 0);
	}
	assert_int_equal(
	    world_sql(&w, "SELECT count(*) FROM meta WHERE typeof(k)<>'null' AND v<1000"), WRITERS * PUTS);
	world_close(&w);
}

/* Puts, marks and indexes for ever, a byte up the pipe after each mark that was acknowledged. */
static void put_for_ever(const char *path, struct source_id source, int64_t first, int out)
{
	struct err err = {0};
	struct db *db = db_open(path, DB_WRITE, &err);
	struct arena *a = arena_new();

	if (!db)
		_exit(2);
	for (int64_t i = first;; i++) {
		struct item items[20] = {0};
		struct feed feed = {.items = items, .n_items = ARRAY_LEN(items)};
		struct put_context ctx = {.answer = {.now = NOW + i}};
		struct put_result r;
		struct mark_op op = {.kind = MARK_STAR, .on = true, .at_ms = i};
		size_t done, left;

		for (size_t k = 0; k < feed.n_items; k++)
			items[k] = (struct item){.id = str_c(arena_printf(a, "%d-%zu", (int)i, k)),
			    .title = str_c(arena_printf(a, "Number %d-%zu happened", (int)i, k)),
			    .summary = STR("And it was told in a few words."),
			    .published = NOW,
			    .modified = TIME_NONE};
		if (!store_put_feed(db, source, &feed, &ctx, a, &r, &err) ||
		    !marks_set(db, &op, r.new_ids, 1, NULL, NULL, NULL, &err) ||
		    !fts_step(db, &(struct fts_spec){.max = 64}, &done, &left, &err) ||
		    write(out, "m", 1) != 1)
			_exit(1);
		arena_reset(a);
	}
}

/* What was acknowledged is there after a kill -9, and the file is whole. */
static void test_kill(void **state)
{
	struct world w;

	(void)state;
	world_open(&w);
	world_sources(&w, 1);
	for (int round = 0; round < 6; round++) {
		int64_t before = world_sql(&w, "SELECT count(*) FROM mark"), marks = 0;
		int ends[2];
		pid_t child;
		char byte;

		db_close(w.db);
		assert_int_equal(pipe(ends), 0);
		child = fork();
		if (child == 0)
			put_for_ever(w.path, w.sources[0], 1 + round * 1000000, ends[1]);
		close(ends[1]);
		while (marks < 2 + round * 3 && read(ends[0], &byte, 1) == 1)
			marks++;
		kill(child, SIGKILL);
		waitpid(child, NULL, 0);
		while (read(ends[0], &byte, 1) == 1)
			marks++;
		close(ends[0]);
		w.db = db_open(w.path, DB_WRITE, &w.err);
		world_ok(&w, w.db);
		world_ok(&w, db_check(w.db, false, &w.err));
		assert_true(world_sql(&w, "SELECT count(*) FROM mark") >= before + marks);
		assert_int_equal(world_sql(&w, "SELECT total(n)-(SELECT count(*) FROM story) FROM tally"), 0);
		world_ok(&w, sql_exec(w.db, &w.err, "INSERT INTO ft_0(ft_0) VALUES('integrity-check')", ""));
	}
	world_close(&w);
}

/* ---- damage and expiry ---- */

static void spoil(const char *path, off_t from, size_t len)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	char rubbish[4096];

	assert_true(fd >= 0);
	memset(rubbish, 0xA7, sizeof rubbish);
	for (; len > 0; len -= sizeof rubbish, from += (off_t)sizeof rubbish)
		assert_int_equal(pwrite(fd, rubbish, sizeof rubbish, from), sizeof rubbish);
	close(fd);
}

static void test_rescue(void **state)
{
	struct world w;
	struct rescue_report report;
	struct mark_op op = {.kind = MARK_STAR, .on = true, .at_ms = 5};
	struct story_id id;
	int64_t root;
	SCOPED_STR aside = NULL;

	(void)state;
	world_open(&w);
	world_sources(&w, 2);
	for (int i = 0; i < 800; i++)
		world_item(&w, arena_printf(w.arena, "%d", i), arena_printf(w.arena, "Title %d", i), NOW)
		    ->summary = world_str(&w, "Words of a lead that is number %d of many.", i * 7919);
	world_put(&w, 0);
	id = world_story(&w, "Title 3");
	world_ok(&w, marks_set(w.db, &op, &id, 1, NULL, NULL, NULL, &w.err));
	root = world_sql(&w, "SELECT rootpage FROM sqlite_schema WHERE name='story_url'");
	db_close(w.db);
	w.db = NULL;
	spoil(w.path, (off_t)(root - 1) * 8192, 8192); /* an index that is not needed to read the rows */
	w.db = db_open(w.path, DB_WRITE, &w.err);
	assert_true(!w.db || !db_check(w.db, false, &w.err));
	assert_true(db_err_is_damage(&w.err));
	db_close(w.db);
	world_ok(&w, rescue_run(w.path, NOW, w.arena, &report, &w.err));
	assert_int_equal(report.stories, 800);
	assert_int_equal(report.marks, 1);
	assert_int_equal(report.sources, 2);
	aside = mem_strndup(report.set_aside.p, report.set_aside.len);
	assert_true(file_exists(aside));
	w.db = db_open(w.path, DB_WRITE, &w.err);
	world_ok(&w, w.db);
	world_ok(&w, db_check(w.db, false, &w.err));
	assert_int_equal(world_sql(&w, "SELECT flags&2 FROM story WHERE title='Title 3'"), 2);
	assert_int_equal(world_sql(&w, "SELECT starred FROM tally WHERE source=1"), 1);
	assert_int_equal(world_sql(&w, "SELECT count(*) FROM fts_todo"), 800);
	world_close(&w);
}

/* Rows around a spoilt page are read; a file that is no database at all leaves an empty one. */
static void test_rescue_the_worst(void **state)
{
	struct world w;
	struct rescue_report report;
	int64_t root;

	(void)state;
	world_open(&w);
	world_sources(&w, 1);
	for (int i = 0; i < 2000; i++)
		world_item(&w, arena_printf(w.arena, "%d", i), arena_printf(w.arena, "Title %d", i), NOW);
	world_put(&w, 0);
	root = world_sql(&w, "SELECT rootpage FROM sqlite_schema WHERE name='story'");
	db_close(w.db);
	spoil(w.path, (off_t)(root + 20) * 8192, 8192);
	world_ok(&w, rescue_run(w.path, NOW, w.arena, &report, &w.err));
	assert_true(report.stories > 1500);
	spoil(w.path, 0, 4096);
	world_ok(&w, rescue_run(w.path, NOW, w.arena, &report, &w.err));
	assert_int_equal(report.stories, 0);
	assert_true(str_ends(report.set_aside, "-2"));
	w.db = db_open(w.path, DB_WRITE, &w.err);
	world_ok(&w, w.db);
	world_close(&w);
}

static void test_prune(void **state)
{
	struct world w;
	struct prune_spec spec = {
	    .now = NOW + 1000, .keep_s = 500, .keep_text_s = 100, .keep_starred_s = KEEP_FOREVER};
	struct mark_op star = {.kind = MARK_STAR, .on = true, .at_ms = 5};
	struct story_id kept;
	size_t removed, total = 0, done, left;
	bool more = true;

	(void)state;
	world_open(&w);
	world_sources(&w, 1);
	for (int i = 0; i < 130; i++)
		world_item(&w, arena_printf(w.arena, "%d", i), arena_printf(w.arena, "Title %d", i), NOW)
		    ->content_text = STR("some text");
	world_put(&w, 0);
	do {
		world_ok(&w, fts_step(w.db, &(struct fts_spec){.max = 100}, &done, &left, &w.err));
	} while (left);
	kept = world_story(&w, "Title 5");
	world_ok(&w, marks_set(w.db, &star, &kept, 1, NULL, NULL, NULL, &w.err));
	world_item(&w, "7", "Title 7", NOW)->content_text = STR("some text");
	world_put(&w, 0); /* the others left the feed at NOW */
	while (more) {
		world_ok(&w, prune_step(w.db, &spec, &removed, &more, &w.err));
		assert_true(removed <= 50);
		total += removed;
	}
	assert_int_equal(total, 128);
	assert_int_equal(world_sql(&w, "SELECT count(*) FROM story"), 2);
	assert_int_equal(world_sql(&w, "SELECT count(*) FROM text"), 2);
	assert_int_equal(world_sql(&w, "SELECT n FROM tally"), 2);
	world_ok(&w, prune_step(w.db, &spec, &removed, &more, &w.err));
	assert_int_equal(removed, 0); /* rests until tomorrow */
	world_ok(&w, sql_exec(w.db, &w.err, "INSERT INTO ft_0(ft_0) VALUES('integrity-check')", ""));
	world_close(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_open),
	    cmocka_unit_test(test_foreign_and_newer),
	    cmocka_unit_test(test_older),
	    cmocka_unit_test(test_tick),
	    cmocka_unit_test(test_four_writers),
	    cmocka_unit_test(test_kill),
	    cmocka_unit_test(test_rescue),
	    cmocka_unit_test(test_rescue_the_worst),
	    cmocka_unit_test(test_prune),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
