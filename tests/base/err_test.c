/* SPDX-License-Identifier: MIT */
/* err, log and clock: errors as values, lines that cannot be forged, a wall clock that stands still when told
 * to. */
#include "base/clock.h"
#include "base/err.h"
#include "base/file.h"
#include "base/log.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static void test_err_message(void **state)
{
	struct err e = {0};
	char text[700];

	(void)state;
	assert_false(err_set(&e, ERR_CONFIG, "the least is %ds", 60));
	assert_false(err_wrap(&e, "fetch.refresh"));
	assert_string_equal(err_text(&e, text, sizeof text), "fetch.refresh: the least is 60s");
	err_place(&e, "config.yaml", 12, 14);
	assert_string_equal(
	    err_text(&e, text, sizeof text), "config.yaml:12:14: fetch.refresh: the least is 60s");
	err_place(&e, "config.yaml", 12, 0);
	assert_string_equal(
	    err_text(&e, text, sizeof text), "config.yaml:12: fetch.refresh: the least is 60s");
	err_detail(&e, "node %d", 4);
	assert_string_equal(e.detail, "node 4");
	err_set(&e, ERR_IO, "again: %s", e.message); /* its own message may be an argument */
	assert_string_equal(e.message, "again: fetch.refresh: the least is 60s");
	assert_string_equal(e.file, "");
	errno = ENOENT;
	assert_false(err_errno(&e, ERR_IO, "cannot open %s", "x"));
	assert_string_equal(e.message, "cannot open x: No such file or directory");
	err_clear(&e);
	assert_int_equal(e.code, ERR_NONE);
	assert_false(err_set(NULL, ERR_IO, "nobody asks"));
	assert_false(err_wrap(NULL, "nobody"));
	assert_false(err_errno(NULL, ERR_IO, "nobody"));
}

/* What does not fit is cut between characters. */
static void test_err_cut(void **state)
{
	struct err e = {0};
	char text[1000];

	(void)state;
	for (size_t lead = 0; lead < 4; lead++) {
		memset(text, 'a', lead);
		for (size_t i = lead; i + 3 < sizeof text; i += 3)
			memcpy(text + i, "\xe2\x82\xac", 4);
		err_set(&e, ERR_INPUT, "%s", text);
		size_t len = strlen(e.message);
		assert_int_equal((len - lead) % 3, 0);
		assert_in_range(len, sizeof e.message - 3, sizeof e.message - 1);
	}
}

static void test_err_codes(void **state)
{
	(void)state;
	assert_int_equal(err_exit_status(ERR_NONE), 0);
	assert_int_equal(err_exit_status(ERR_PARTIAL), 1);
	assert_int_equal(err_exit_status(ERR_NET), 2);
	assert_int_equal(err_exit_status(ERR_NOT_FOUND), 3);
	assert_string_equal(err_word(ERR_LIMIT), "limit");
	assert_string_equal(err_word((enum err_code)999), "internal");
}

static void test_clock(void **state)
{
	(void)state;
	clock_fix(1700000000);
	assert_true(clock_now() == 1700000000);
	assert_true(clock_now_ms() == INT64_C(1700000000000));
	int64_t before = clock_mono_us();
	assert_true(clock_mono_us() >= before);
	assert_true(clock_mono_ms() >= before / 1000);
	clock_fix(TIME_NONE);
	assert_true(clock_now() > 1700000000);
	assert_true(clock_cpu_us() > 0);
}

/* Foreign words in a line can neither end it nor speak to a terminal. */
static void test_log_file(void **state)
{
	char longer[2000];
	char path[] = "/tmp/courant-log-XXXXXX";
	struct stat st;
	struct err err = {0};

	(void)state;
	assert_true(close(mkstemp(path)) == 0 && unlink(path) == 0);
	clock_fix(0);
	assert_false(log_on(LOG_ERROR));
	log_error(LOG_APP, "not kept");
	assert_true(log_open(path, LOG_INFO, &err));
	assert_false(log_on(LOG_DEBUG));
	log_debug(LOG_NET, "not kept");
	assert_true(log_open(path, LOG_DEBUG, &err));
	log_debug(LOG_PARSE, "a\nb\x1b[31m\x7f \xc2\x9b \xc3\xa9");
	memset(longer, 'x', sizeof longer - 1);
	longer[sizeof longer - 1] = '\0';
	log_warn(LOG_STORE, "%s", longer);
	log_close();
	clock_fix(TIME_NONE);
	SCOPED(buf) struct buf b = BUF_INIT;
	assert_true(file_read(path, &b, &err));
	struct str rest = buf_str(&b), line;
	assert_true(str_split(&rest, '\n', &line));
	assert_true(str_eqc(line, "1970-01-01T00:00:00.000Z debug parse: "
	                          "a\\x0ab\\x1b[31m\\x7f \\x9b \xc3\xa9"));
	assert_in_range(rest.len, 500, 512); /* a line that is too long is cut */
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	unlink(path);
	assert_false(log_open("/nowhere/at/all", LOG_INFO, &err));
	assert_int_equal(err.code, ERR_IO);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_err_message),
	    cmocka_unit_test(test_err_cut),
	    cmocka_unit_test(test_err_codes),
	    cmocka_unit_test(test_clock),
	    cmocka_unit_test(test_log_file),
	};
	return cmocka_run_group_tests_name("base/err", tests, NULL, NULL);
}
