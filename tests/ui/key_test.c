/* SPDX-License-Identifier: MIT */
/* Bytes to keys: whole, split, late, broken. */
#include "ui/key.h"

#include "base/attr.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

/* What a reader says of bytes that come at once and then rest: names of keys apart by blanks. */
static void read_all(struct key_reader *r, struct buf *out, int64_t now)
{
	struct key k;
	enum key_event e;
	while ((e = key_next(r, now, &k)) != KEY_EVENT_NONE) {
		buf_adds(out, out->len ? " " : "");
		if (e == KEY_EVENT_PASTE)
			buf_printf(out, "<%s>", buf_cstr(&r->paste));
		else if (k.code == KEY_MOUSE)
			buf_printf(out, "mouse%u:%u,%u", k.mouse, k.x, k.y);
		else
			key_name(out, k);
	}
}

static const char *caps_of_test(const char *name)
{
	if (strcmp(name, "kcuu1") == 0)
		return "\033[x";
	return strcmp(name, "kf1") == 0 ? "\033#11" : NULL;
}

static void test_whole(void **state)
{
	static const struct {
		const char *bytes, *keys;
	} rows[] = {
	    {"j", "j"},
	    {"jjk", "j j k"},
	    {"\r", "enter"},
	    {"\n", "enter"},
	    {"\t", "tab"},
	    {"\177", "backspace"},
	    {"\010", "backspace"},
	    {"\004", "ctrl-d"},
	    {"\032", "ctrl-z"},
	    {" ", "space"},
	    {"é", "é"},
	    {"月", "月"},
	    {"😀", "😀"},
	    {"\033[A", "up"},
	    {"\033OA", "up"},
	    {"\033[B\033[B", "down down"},
	    {"\033[1;5C", "ctrl-right"},
	    {"\033[1;3D", "alt-left"},
	    {"\033[H", "home"},
	    {"\033[1~", "home"},
	    {"\033[7~", "home"},
	    {"\033[4~", "end"},
	    {"\033OF", "end"},
	    {"\033[5~", "pgup"},
	    {"\033[6;5~", "ctrl-pgdn"},
	    {"\033[3~", "delete"},
	    {"\033[3^", "ctrl-delete"},
	    {"\033[7$", "home"},
	    {"\033Oa", "ctrl-up"},
	    {"\033[Z", "shift-tab"},
	    {"\033OP", "f1"},
	    {"\033[[B", "f2"},
	    {"\033[15~", "f5"},
	    {"\033[24~", "f12"},
	    {"\033j", "alt-j"},
	    {"\033\r", "alt-enter"},
	    {"\033[27;5;106~", "ctrl-j"},
	    {"\033[106;5u", "ctrl-j"},
	    {"\033[27u", "esc"},
	    {"\033[I\033[Oj", "j"},
	    {"\033[?64;1cj", "j"},
	    {"\033[<0;10;5M", "mouse0:9,4"},
	    {"\033[<0;300;5m", "mouse2:299,4"},
	    {"\033[<32;2;2M", "mouse1:1,1"},
	    {"\033[<64;2;2M", "mouse3:1,1"},
	    {"\033[<65;2;2M", "mouse4:1,1"},
	    {"\033[<2;2;2Mj", "j"},
	    {"\033[M !!j", "j"},
	    {"\033[x", "up"},
	    {"\033#11", "f1"},
	    {"\033[200~rm -rf\nq\033[201~j", "<rm -rf\nq> j"},
	    {"\033[200~\033[A\033[201~", "<\033[A>"},
	    {"\033", "esc"},
	    {"\033[", "esc ["},
	    {"\033O", "esc O"},
	    {"\033\033", "esc esc"},
	    {"\033\033[A", "esc up"},
	    {"\377\376j", "j"},
	    {"\302\205j", "j"},
	    {"\300\257j", "j"},
	    {"\355\240\200j", "j"},
	    {"\303", ""},
	    {"\033[999;999;999;999;999;999;999;999;999Aj", "ctrl-alt-up j"},
	    {"\033[1234567890123456789012345678901234567890123Aj", "up j"},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct key_reader r;
		SCOPED(buf) struct buf out = BUF_MAX(4096);
		key_reader_init(&r);
		key_reader_learn(&r, caps_of_test);
		key_feed(&r, str_c(rows[i].bytes), 0);
		read_all(&r, &out, 0);
		read_all(&r, &out, 2 * KEY_ESC_MS);
		read_all(&r, &out, 4 * KEY_ESC_MS);
		if (strcmp(buf_cstr(&out), rows[i].keys) != 0)
			print_error("row %zu\n", i);
		assert_string_equal(buf_cstr(&out), rows[i].keys);
		key_reader_release(&r);
	}
}

/* Pieces with the time at which each comes; what is said after each, the last after a rest. */
static void test_split(void **state)
{
	static const struct {
		struct {
			const char *bytes;
			int at;
		} pieces[4];
		const char *keys;
	} rows[] = {
	    {{{"\033", 0}, {"[", 20}, {"A", 40}}, "up"},
	    {{{"\033[1", 0}, {";5C", 60}}, "ctrl-right"},
	    {{{"\033", 0}, {"[A", 300}}, "esc up"},
	    {{{"\033", 0}, {"OB", 900}}, "esc down"},
	    {{{"\033", 0}, {"[", 300}, {"A", 350}}, "esc up"},
	    {{{"\033", 0}, {"[", 300}}, "esc ["},
	    {{{"\033", 0}, {"[", 300}, {"j", 310}}, "esc [ j"},
	    {{{"\033", 0}, {"[A", 1400}}, "esc [ A"},
	    {{{"\033", 0}, {"j", 300}, {"[", 310}}, "esc j ["},
	    {{{"\303", 0}, {"\251", 50}}, "é"},
	    {{{"\033[200~a", 0}, {"b\033[20", 500}, {"1~j", 900}}, "<ab> j"},
	    {{{"\033[200~never ended", 0}, {"j", 9000}}, "j"},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct key_reader r;
		SCOPED(buf) struct buf out = BUF_MAX(4096);
		key_reader_init(&r);
		int64_t now = 0;
		for (size_t j = 0; j < 4 && rows[i].pieces[j].bytes; j++) {
			/* The screen looks again when the deadline has come, as the loop would have it. */
			for (int64_t due; (due = key_deadline(&r)) >= 0 && due <= rows[i].pieces[j].at;) {
				size_t before = r.in.len;
				read_all(&r, &out, due);
				if (r.in.len == before)
					break;
			}
			now = rows[i].pieces[j].at;
			key_feed(&r, str_c(rows[i].pieces[j].bytes), now);
			read_all(&r, &out, now);
		}
		read_all(&r, &out, now + KEY_ESC_MS);
		read_all(&r, &out, now + 2 * KEY_ESC_MS);
		if (strcmp(buf_cstr(&out), rows[i].keys) != 0)
			print_error("row %zu\n", i);
		assert_string_equal(buf_cstr(&out), rows[i].keys);
		key_reader_release(&r);
	}
}

/* Whatever comes: it ends, and nothing stays for good. */
static void test_noise(void **state)
{
	unsigned seed = 7;
	struct key_reader r;
	(void)state;
	key_reader_init(&r);
	key_reader_learn(&r, caps_of_test);
	for (int64_t now = 0; now < 400000; now += 40) {
		static const char alphabet[] = "\033\033\033[[O<;~0123456789ABMmu\303\251\377$^ \r";
		char bytes[32];
		size_t n = 0;
		while (n < sizeof bytes && (n == 0 || seed >> 16 & 15)) {
			seed = seed * 1103515245u + 12345u;
			bytes[n++] = alphabet[(seed >> 16) % (sizeof alphabet - 1)];
		}
		seed = seed * 1103515245u + 12345u;
		SCOPED(buf) struct buf out = BUF_MAX(1 << 16);
		key_feed(&r, str_n(bytes, n), now);
		read_all(&r, &out, now);
		assert_true(r.pasting || r.in.len < 64);
	}
	SCOPED(buf) struct buf out = BUF_MAX(1 << 16);
	r.pasting = false;
	for (int64_t now = 500000; now < 510000; now += KEY_ESC_MS)
		read_all(&r, &out, now);
	assert_int_equal(r.in.len, 0);
	assert_int_equal(key_deadline(&r), -1);
	key_reader_release(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_whole), cmocka_unit_test(test_split), cmocka_unit_test(test_noise)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
