# Tests of src/store. world.c is the small store that they share.
if HAVE_CMOCKA
store_tests = tests/store/count_test tests/store/db_test tests/store/list_test tests/store/marks_test tests/store/put_test tests/store/query_test tests/store/search_test tests/store/worker_test
check_PROGRAMS += $(store_tests)
TESTS += $(store_tests)
store_world = tests/store/world.c tests/store/world.h
store_test_ldadd = $(layer_store) $(CMOCKA_LIBS) $(libs_store)
store_test_cppflags = $(AM_CPPFLAGS) -I$(top_srcdir)/tests/store $(CMOCKA_CFLAGS) $(SQLITE_CFLAGS)
tests_store_count_test_SOURCES = tests/store/count_test.c $(store_world)
tests_store_count_test_CPPFLAGS = $(store_test_cppflags)
tests_store_count_test_LDADD = $(store_test_ldadd)
tests_store_list_test_SOURCES = tests/store/list_test.c $(store_world)
tests_store_list_test_CPPFLAGS = $(store_test_cppflags)
tests_store_list_test_LDADD = $(store_test_ldadd)
tests_store_marks_test_SOURCES = tests/store/marks_test.c $(store_world)
tests_store_marks_test_CPPFLAGS = $(store_test_cppflags)
tests_store_marks_test_LDADD = $(store_test_ldadd)
tests_store_put_test_SOURCES = tests/store/put_test.c $(store_world)
tests_store_put_test_CPPFLAGS = $(store_test_cppflags)
tests_store_put_test_LDADD = $(store_test_ldadd)
tests_store_query_test_SOURCES = tests/store/query_test.c $(store_world)
tests_store_query_test_CPPFLAGS = $(store_test_cppflags)
tests_store_query_test_LDADD = $(store_test_ldadd)
tests_store_search_test_SOURCES = tests/store/search_test.c $(store_world)
tests_store_search_test_CPPFLAGS = $(store_test_cppflags)
tests_store_search_test_LDADD = $(store_test_ldadd)
tests_store_worker_test_SOURCES = tests/store/worker_test.c $(store_world)
tests_store_worker_test_CPPFLAGS = $(store_test_cppflags)
tests_store_worker_test_LDADD = $(store_test_ldadd)
tests_store_db_test_SOURCES = tests/store/db_test.c $(store_world)
tests_store_db_test_CPPFLAGS = $(store_test_cppflags)
tests_store_db_test_LDADD = $(store_test_ldadd)
endif
# Figures at N stories; built by hand: make tests/store/store_bench && tests/store/store_bench 100000
EXTRA_PROGRAMS += tests/store/store_bench
tests_store_store_bench_SOURCES = tests/store/store_bench.c
tests_store_store_bench_CPPFLAGS = $(AM_CPPFLAGS) $(SQLITE_CFLAGS)
tests_store_store_bench_LDADD = $(layer_store) $(libs_store)
