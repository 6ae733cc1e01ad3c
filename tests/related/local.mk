# Tests of src/related, on the small store of tests/store/world.c.
if HAVE_CMOCKA
related_tests = tests/related/related_test tests/related/index_test tests/related/search_test
related_many = tests/related/many.c tests/related/many.h tests/store/world.c tests/store/world.h
check_PROGRAMS += $(related_tests)
TESTS += $(related_tests)
tests_related_related_test_SOURCES = tests/related/related_test.c tests/store/world.c tests/store/world.h
tests_related_related_test_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests/store $(CMOCKA_CFLAGS) $(SQLITE_CFLAGS)
tests_related_related_test_LDADD = $(layer_related) $(CMOCKA_LIBS) $(libs_related)
tests_related_index_test_SOURCES = tests/related/index_test.c $(related_many)
tests_related_index_test_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests/store $(CMOCKA_CFLAGS) $(SQLITE_CFLAGS)
tests_related_index_test_LDADD = $(layer_related) $(CMOCKA_LIBS) $(libs_related)
tests_related_search_test_SOURCES = tests/related/search_test.c $(related_many)
tests_related_search_test_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests/store $(CMOCKA_CFLAGS) $(SQLITE_CFLAGS)
tests_related_search_test_LDADD = $(layer_related) $(CMOCKA_LIBS) $(libs_related)
endif
