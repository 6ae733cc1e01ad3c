# Tests of src/feed.
if HAVE_CMOCKA
feed_tests = tests/feed/api_test tests/feed/feed_test tests/feed/forms_test
check_PROGRAMS += $(feed_tests)
TESTS += $(feed_tests)
tests_feed_api_test_SOURCES = tests/feed/api_test.c
tests_feed_api_test_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_feed_api_test_LDADD = $(layer_feed) $(CMOCKA_LIBS) $(libs_parse)
tests_feed_feed_test_SOURCES = tests/feed/feed_test.c
tests_feed_feed_test_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_feed_feed_test_LDADD = $(layer_feed) $(CMOCKA_LIBS) $(libs_parse)
tests_feed_forms_test_SOURCES = tests/feed/forms_test.c
tests_feed_forms_test_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_feed_forms_test_LDADD = $(layer_feed) $(CMOCKA_LIBS) $(libs_parse)
endif
EXTRA_DIST += tests/feed/cases tests/feed/forms.tsv
