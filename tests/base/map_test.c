/* SPDX-License-Identifier: MIT */
/* hash, map and sort: stored numbers that may never change, tables that keep what they were given, numbers in
 * order. */
#include "base/attr.h"
#include "base/hash.h"
#include "base/map.h"
#include "base/sort.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

/* These numbers are in readers' databases: when this fails, the code is wrong, not the table. */
static void test_stable_numbers(void **state)
{
	static const struct {
		struct str s;
		uint64_t h;
	} rows[] = {
	    {{"", 0}, UINT64_C(0x96b672696b330b5c)},
	    {{"a", 1}, UINT64_C(0x79145f7c4a51a90f)},
	    {{"courant", 7}, UINT64_C(0xa4777e990c100ed2)},
	    {{"12345678", 8}, UINT64_C(0x5e9f6ead75292116)},
	    {{"123456789", 9}, UINT64_C(0x392e080befa516c0)},
	    {{"\0", 1}, UINT64_C(0x63aaf60a2db6454d)},
	    {{"\0\0", 2}, UINT64_C(0xa66b2ecfb55bf307)},
	    {{"Z\xc3\xbcrich", 7}, UINT64_C(0x17dcdb49cb06fd9d)},
	    {{"http://example.org/feed.xml", 27}, UINT64_C(0x1e67065dbb2c05f0)},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		assert_true(hash_stable(rows[i].s) == rows[i].h);
	assert_true(hash_stable_more(hash_stable(STR("a")), STR("b")) == UINT64_C(0xb2d7073f301f7442));
	assert_true(hash_stable(STR_NONE) == hash_stable(STR("")));
}

/* One changed bit of the input changes about half of the output. */
static void test_stable_spreads(void **state)
{
	unsigned flips = 0, pairs = 0;

	(void)state;
	for (unsigned n = 0; n < 200; n++) {
		char text[12], other[12];
		snprintf(text, sizeof text, "story-%05u", n);
		for (size_t bit = 0; bit < 88; bit++) {
			for (size_t i = 0; i < sizeof text; i++)
				other[i] = text[i];
			other[bit / 8] = (char)(other[bit / 8] ^ 1 << bit % 8);
			uint64_t d = hash_stable(str_n(text, 11)) ^ hash_stable(str_n(other, 11));
			flips += (unsigned)__builtin_popcountll(d);
			pairs++;
		}
	}
	assert_in_range(flips * 100 / pairs, 3170, 3230); /* 32.00 expected */
}

static void test_stable_long(void **state)
{
	char text[100];
	uint64_t whole;

	(void)state;
	for (size_t i = 0; i < sizeof text; i++)
		text[i] = (char)('a' + i % 26);
	whole = hash_stable_long(str_n(text, sizeof text));
	assert_true(hash_stable_long(str_n(text, 0)) == UINT64_C(0x0b99e45ad5c7a897));
	assert_true(hash_stable_long(str_n(text, 31)) == UINT64_C(0x2eec78ab09a1f23f));
	assert_true(whole == UINT64_C(0xaf8a17ffaf73a261));
	for (size_t bit = 0; bit < 8 * sizeof text; bit++) {
		uint64_t d;

		text[bit / 8] = (char)(text[bit / 8] ^ 1 << bit % 8);
		d = hash_stable_long(str_n(text, sizeof text)) ^ whole;
		text[bit / 8] = (char)(text[bit / 8] ^ 1 << bit % 8);
		assert_in_range(__builtin_popcountll(d), 10, 54);
		assert_true(d >> 32); /* that half alone is kept of a document's */
	}
}

static void test_seeded(void **state)
{
	char a[] = "same words here", b[] = "same words here";

	(void)state;
	assert_true(hash_seeded(str_c(a)) == hash_seeded(str_c(b)));
	assert_true(hash_seeded(STR("a")) != hash_seeded(STR("a\0")));
	assert_true(hash_seeded(STR("a")) != hash_stable(STR("a")));
	assert_true(random_u64() != random_u64());
	assert_true(hash_mix(1) != hash_mix(2));
}

static int numbers[3000];

static struct str name_of(int i, char *out, size_t cap)
{
	return str_n(out, (size_t)snprintf(out, cap, "key %d", i));
}

static void test_map(void **state)
{
	char text[32];
	struct map *m = map_new();

	(void)state;
	assert_null(map_get(m, STR("x")));
	for (int i = 0; i < 3000; i++)
		assert_null(map_put(m, name_of(i, text, sizeof text), &numbers[i]));
	assert_int_equal(map_count(m), 3000);
	for (int i = 0; i < 3000; i++)
		assert_ptr_equal(map_get(m, name_of(i, text, sizeof text)), &numbers[i]);
	assert_ptr_equal(map_put(m, STR("key 1"), &numbers[0]), &numbers[1]);
	assert_null(map_put(m, STR(""), &numbers[3]));
	assert_ptr_equal(map_get(m, STR("")), &numbers[3]);

	size_t at = 0, seen = 0;
	struct str key;
	void *value;
	while (map_next(m, &at, &key, &value)) {
		assert_ptr_equal(map_get(m, key), value);
		seen++;
	}
	assert_int_equal(seen, 3001);
	assert_int_equal(map_count(m), 3001);
	map_free(m);
	map_free(NULL);
}

static void test_imap(void **state)
{
	struct imap m = {0};
	uint64_t v = 0, sum = 0, key;

	(void)state;
	assert_false(imap_get(&m, 0, &v));
	assert_false(imap_remove(&m, 0));
	for (uint64_t i = 0; i < 5000; i++)
		imap_put(&m, i << 32, i);
	for (uint64_t i = 0; i < 5000; i += 2)
		assert_true(imap_remove(&m, i << 32));
	for (uint64_t i = 0; i < 5000; i++) {
		assert_int_equal(imap_get(&m, i << 32, &v), i & 1);
		if (i & 1)
			assert_true(v == i);
	}
	assert_int_equal(imap_get(&m, UINT64_C(3) << 32, &v), 1);
	*imap_at(&m, 7) += 3;
	*imap_at(&m, 7) += 3;
	assert_true(imap_get(&m, 7, &v) && v == 6);
	size_t at = 0;
	while (imap_next(&m, &at, &key, &v))
		sum += v;
	assert_true(sum == 2500 * 2500 + 6);
	assert_int_equal(m.n, 2501);
	imap_release(&m);
	assert_int_equal(m.cap, 0);
}

/* By the upper bits alone, in the order in which equal ones came; few and many, near and far apart. */
static void test_sort(void **state)
{
	static const size_t sizes[] = {0, 1, 2, 31, 33, 1000};
	static const unsigned lows[] = {0, 8, 32};
	uint64_t v[1000], scratch[1000], sum, after;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(sizes) * ARRAY_LEN(lows); i++) {
		size_t n = sizes[i % ARRAY_LEN(sizes)];
		unsigned low = lows[i / ARRAY_LEN(sizes)];

		sum = after = 0;
		for (size_t k = 0; k < n; k++) {
			v[k] = hash_mix(k) >> (k % 60);
			sum += hash_mix(v[k]);
		}
		sort_u64(v, n, low, scratch);
		for (size_t k = 0; k < n; k++)
			after += hash_mix(v[k]);
		assert_true(after == sum);
		for (size_t k = 1; k < n; k++)
			assert_true(v[k - 1] >> low <= v[k] >> low);
	}
	for (size_t k = 0; k < 200; k++)
		v[k] = (uint64_t)(k % 3) << 32 | k;
	sort_u64(v, 200, 32, scratch);
	for (size_t k = 1; k < 200; k++)
		assert_true(v[k - 1] < v[k]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_stable_numbers),
	    cmocka_unit_test(test_stable_spreads),
	    cmocka_unit_test(test_stable_long),
	    cmocka_unit_test(test_seeded),
	    cmocka_unit_test(test_map),
	    cmocka_unit_test(test_imap),
	    cmocka_unit_test(test_sort),
	};
	return cmocka_run_group_tests_name("base/map", tests, NULL, NULL);
}
