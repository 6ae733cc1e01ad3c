/* SPDX-License-Identifier: MIT */
/* mem, arena and vec: what they hand out is zeroed, aligned, kept and bounded. */
#include "base/arena.h"
#include "base/mem.h"
#include "base/vec.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static void test_mem_strings(void **state)
{
	(void)state;
	SCOPED_STR all = mem_strdup("words");
	SCOPED_STR part = mem_strndup("words", 2);
	SCOPED_STR none = mem_strdup(NULL);
	SCOPED_STR made = mem_printf("%s-%d", "a", 7);
	unsigned char *zero = mem_array(3, 5);

	assert_string_equal(all, "words");
	assert_string_equal(part, "wo");
	assert_null(none);
	assert_string_equal(made, "a-7");
	for (int i = 0; i < 15; i++)
		assert_int_equal(zero[i], 0);
	mem_free(zero);
}

static void say_sorry(void)
{
	_exit(77);
}

/* A product that overflows ends the program, after the last wish. */
static void test_mem_exhausted(void **state)
{
	int status;

	(void)state;
	pid_t pid = fork();
	if (pid == 0) {
		mem_on_exhausted(say_sorry);
		mem_free(mem_array(SIZE_MAX / 2, 3));
		_exit(0);
	}
	assert_true(waitpid(pid, &status, 0) == pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 77);
}

static void test_arena_blocks(void **state)
{
	static const size_t lens[] = {0, 1, 7, 16, 100, 5000, 300000, 3};
	unsigned char *blocks[ARRAY_LEN(lens)];
	struct arena *a = arena_new();

	(void)state;
	for (int round = 0; round < 3; round++) {
		size_t sum = 0;
		for (size_t i = 0; i < ARRAY_LEN(lens); i++) {
			blocks[i] = arena_alloc(a, lens[i]);
			assert_int_equal((uintptr_t)blocks[i] % _Alignof(max_align_t), 0);
			for (size_t k = 0; k < lens[i]; k++)
				assert_int_equal(blocks[i][k], 0);
			memset(blocks[i], (int)i + 1, lens[i]);
			sum += lens[i];
		}
		for (size_t i = 0; i < ARRAY_LEN(lens); i++)
			for (size_t k = 0; k < lens[i]; k++)
				assert_int_equal(blocks[i][k], i + 1);
		assert_int_equal(arena_bytes(a), sum);
		arena_reset(a);
		assert_int_equal(arena_bytes(a), 0);
	}
	arena_free(a);
	arena_free(NULL);
}

static void test_arena_strings(void **state)
{
	(void)state;
	SCOPED_PTR(arena) struct arena *a = arena_new();
	struct str s = arena_str(a, STR("abc\0def"));

	assert_int_equal(s.len, 7);
	assert_int_equal(s.p[7], 0);
	assert_null(arena_str(a, STR_NONE).p);
	assert_null(arena_strdup(a, NULL));
	assert_string_equal(arena_cstr(a, STR("")), "");
	assert_string_equal(arena_printf(a, "%05d|%s", 42, "x"), "00042|x");

	int *n = arena_array(a, 2, sizeof *n);
	n[0] = 1;
	n[1] = 2;
	n = arena_grow(a, n, 2, 8, sizeof *n);
	assert_int_equal(n[1], 2);
	assert_int_equal(n[7], 0);
}

static int by_value(const void *a, const void *b)
{
	int x = *(const int *)a, y = *(const int *)b;

	return (x > y) - (x < y);
}

static void test_vec(void **state)
{
	struct {
		VEC(int);
	} v = {0};
	int sum = 0;

	(void)state;
	for (int i = 100; i > 0; i--)
		vec_push(&v, i);
	*vec_add(&v) += 5; /* zeroed before */
	assert_int_equal(v.n, 101);
	assert_int_equal(vec_last(&v), 5);
	assert_int_equal(vec_pop(&v), 5);
	vec_sort(&v, by_value);
	VEC_EACH (int, it, &v)
		sum += *it;
	assert_int_equal(sum, 5050);
	assert_int_equal(v.v[0], 1);
	vec_free(&v);
	assert_null(v.v);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_mem_strings),
	    cmocka_unit_test(test_mem_exhausted),
	    cmocka_unit_test(test_arena_blocks),
	    cmocka_unit_test(test_arena_strings),
	    cmocka_unit_test(test_vec),
	};
	return cmocka_run_group_tests_name("base/mem", tests, NULL, NULL);
}
