/* SPDX-License-Identifier: MIT */
/* Encodings: who is believed, what faults cost, and that conversion needs no file once the converters are
 * open. */
#include "text/charset.h"

#include "text/utf8.h"
#include "text_test.h"

struct row {
	const char *bytes;
	size_t len; /* 0: up to the NUL */
	const char *type;
	enum charset_kind kind;
	const char *want, *used;
	bool lied;
};

static const struct row rows[] = {
    /* the order of belief */
    {"\xEF\xBB\xBF<?xml encoding='iso-8859-1'?>é", 0, "text/xml; charset=koi8-r", CHARSET_XML,
        "<?xml encoding='iso-8859-1'?>é", "UTF-8", false},
    {"<?xml encoding='utf-8'?>\xEE\xCF", 0, "application/xml; charset=\"KOI8-U\"; q=1", CHARSET_XML,
        "<?xml encoding='utf-8'?>Но", "KOI8-U", false},
    {"<?xml version='1.0' encoding = \"shift_jis\" ?>\x90\xA2", 0, "text/xml", CHARSET_XML,
        "<?xml version='1.0' encoding = \"shift_jis\" ?>世", "CP932", false},
    {"Warning: php \n<?xml version='1.0' encoding='big5'?>\xA5\x40", 0, "", CHARSET_XML,
        "Warning: php \n<?xml version='1.0' encoding='big5'?>世", "BIG5-HKSCS", false},
    {"<a>\xC3\xA9</a>", 0, NULL, CHARSET_XML, "<a>é</a>", "UTF-8", false},
    {"<a>\xE9t\xE9</a>", 0, NULL, CHARSET_XML, "<a>été</a>", "WINDOWS-1252", false},
    {"<meta charset=windows-1251>\xEF\xF0", 0, "text/html", CHARSET_HTML, "<meta charset=windows-1251>пр",
        "WINDOWS-1251", false},
    {"<META http-equiv=x content='text/html; charset=euc-kr'>\xB3\xE2", 0, NULL, CHARSET_HTML,
        "<META http-equiv=x content='text/html; charset=euc-kr'>년", "CP949", false},
    {"<meta charset=euc-kr>\xB3\xE2", 0, "text/html; charset=gbk", CHARSET_HTML, "<meta charset=euc-kr>斥",
        "GB18030", false},
    {"{\"a\": \"\xC3\xA9\"}", 0, "application/json; charset=koi8-r", CHARSET_JSON, "{\"a\": \"é\"}", "UTF-8",
        false},
    /* labels that lie */
    {"<?xml encoding='utf-8'?>\xE4\xB8\x96", 0, "text/xml; charset=us-ascii", CHARSET_XML,
        "<?xml encoding='utf-8'?>世", "UTF-8", true},
    {"<a>\xC3\xA9</a>", 0, "text/xml; charset=bogus", CHARSET_XML, "<a>é</a>", "UTF-8", false},
    {"<?xml encoding='utf-16'?>\xC3\xA9", 0, NULL, CHARSET_XML, "<?xml encoding='utf-16'?>é", "UTF-8", true},
    {"<?xml encoding='utf-8'?>L\x92\xE9t\xE9", 0, NULL, CHARSET_XML, "<?xml encoding='utf-8'?>L’été",
        "WINDOWS-1252", true},
    {"\xD0\x9F\xD1\x80\xD0\xB8\xD0\xB2\xD0\xB5\xD1\x82\xD0\x9F\xD1\x80\xD0\xB8\xD0\xB2\xD0\xB5\xD1\x82", 0,
        "text/html; charset=windows-1251", CHARSET_HTML, "ПриветПривет", "UTF-8", true},
    {"\xD0\x9F\xD1\x80\xD0\xB8\xD0\xB2", 0, "text/html; charset=euc-jp", CHARSET_HTML, "Прив", "UTF-8", true},
    /* faults */
    {"\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9 a\xFF"
     "b",
        0, "text/xml; charset=utf-8", CHARSET_XML, "éééé a�b", "UTF-8", false},
    {"<a>\xC3\xA9t\xC3\xA9 \xFF</a>", 0, NULL, CHARSET_XML, "<a>été �</a>", "UTF-8", false},
    {"caf\xE9 \x81", 0, "text/html; charset=latin1", CHARSET_HTML, "café �", "WINDOWS-1252", false},
    {"\x90\xA2\x8A\x45\x82\xCC\xFF.\x90\xA2\x8A\x45", 0, "text/xml; charset=x-sjis", CHARSET_XML,
        "世界の�.世界", "CP932", false},
    /* wide */
    {"\xFF\xFE"
     "a\0\x3D\xD8\x00\xDE",
        8, NULL, CHARSET_XML, "a😀", "UTF-16LE", false},
    {"\xFE\xFF"
     "\0a\xD8\x3D",
        6, NULL, CHARSET_XML, "a�", "UTF-16BE", false},
    {"<\0?\0", 4, "text/xml; charset=utf-8", CHARSET_XML, "<?", "UTF-16LE", false},
    {"\0<\0?", 4, NULL, CHARSET_XML, "<?", "UTF-16BE", false},
    {"\xFF\xFE\0\0a\0\0\0", 8, NULL, CHARSET_XML, "a", "UTF-32LE", false},
    {"\0\0\0<\0\x11\0\0\0", 9, NULL, CHARSET_XML, "<��", "UTF-32BE", false},
    {"\xFF\xFE"
     "a\0b",
        5, NULL, CHARSET_XML, "a�", "UTF-16LE", false},
    {"a\0b", 4, "a; charset=unicode", CHARSET_XML, "ab", "UTF-16LE", false},
    {"\xEF\xBB\xBF", 3, NULL, CHARSET_XML, "", "UTF-8", false},
    {"", 0, NULL, CHARSET_HTML, "", "UTF-8", false},
};

static void check_row(const struct row *row)
{
	SCOPED(buf) struct buf out = BUF_INIT;
	struct str bytes = {row->bytes, row->len ? row->len : strlen(row->bytes)};
	const char *used;
	bool lied;

	assert_true(charset_to_utf8(&out, bytes, str_c(row->type), row->kind, &used, &lied));
	same(row->bytes, buf_str(&out), row->want);
	if (row->used && strcmp(used, row->used) != 0)
		fail_msg("%s: %s", row->bytes, used);
	if (row->used && lied != row->lied)
		fail_msg("%s: lied is %d", row->bytes, lied);
}

static void test_rows(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		check_row(&rows[i]);
}

/* With all converters open the results are the same, twice over: state is reset between documents. */
static void test_open_all(void **state)
{
	(void)state;
	charset_open_all();
	for (int round = 0; round < 2; round++)
		for (size_t i = 0; i < ARRAY_LEN(rows); i++)
			check_row(&rows[i]);
	for (int round = 0; round < 2; round++) {
		static const struct row shift = {"<?xml encoding='iso-2022-jp'?>\x1B$B@$", 0, NULL,
		    CHARSET_XML, "<?xml encoding='iso-2022-jp'?>世", "ISO-2022-JP", false};

		check_row(&shift);
	}
	charset_close_all();
	charset_close_all();
}

static void test_labels(void **state)
{
	static const struct {
		const char *label, *name;
	} labels[] = {{"UTF8", "UTF-8"}, {" latin1 ", "WINDOWS-1252"}, {"iso-8859-8-i", "ISO-8859-8"},
	    {"gb2312", "GB18030"}, {"'us-ascii'", "WINDOWS-1252"}, {"ks_c_5601-1987", "CP949"},
	    {"x-sjis", "CP932"}, {"tis-620", "CP874"}, {"hz-gb-2312", NULL}, {"", NULL}, {"utf-7", NULL}};
	static const struct {
		const char *type, *param;
	} params[] = {{"text/xml; charset=UTF-8", "UTF-8"}, {"text/xml;charset= 'us-ascii'", "us-ascii"},
	    {"text/xml; a=b; Charset=\"x\"; c", "x"}, {"text/xml", NULL}, {"", NULL}, {"charset=x", NULL},
	    {"a; charset=", NULL}};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(labels); i++) {
		SCOPED(buf) struct buf out = BUF_INIT, type = BUF_INIT;
		const char *used;

		buf_printf(&type, "text/plain; charset=\"%s\"", labels[i].label);
		assert_true(charset_to_utf8(&out, STR("abcdef"), buf_str(&type), CHARSET_HTML, &used, NULL));
		if (strcmp(used, labels[i].name ? labels[i].name : "UTF-8") != 0)
			fail_msg("%s: %s", labels[i].label, used);
	}
	for (size_t i = 0; i < ARRAY_LEN(params); i++)
		same(params[i].type, charset_param(str_c(params[i].type)), params[i].param);
}

static void test_random(void **state)
{
	static const char *const types[] = {"", "text/xml; charset=utf-8", "text/xml; charset=euc-jp",
	    "a; charset=gb18030", "a; charset=utf-16", "a; charset=iso-2022-jp", "a; charset=big5"};
	uint64_t seed = 37;
	char bytes[300];

	(void)state;
	charset_open_all();
	for (int i = 0; i < 20000; i++) {
		SCOPED(buf) struct buf out = BUF_INIT;
		struct str s = random_text(&seed, bytes, sizeof bytes);

		assert_true(charset_to_utf8(&out, s, str_c(types[(size_t)i % ARRAY_LEN(types)]),
		    (enum charset_kind)(i % 3), NULL, NULL));
		assert_true(utf8_valid(buf_str(&out)));
	}
	charset_close_all();
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows), cmocka_unit_test(test_open_all),
	    cmocka_unit_test(test_labels), cmocka_unit_test(test_random)};

	return cmocka_run_group_tests_name("charset", tests, NULL, NULL);
}
