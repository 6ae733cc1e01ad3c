# Tests of src/parse.
if HAVE_CMOCKA
check_PROGRAMS += tests/parse/parse_test
TESTS += tests/parse/parse_test
tests_parse_parse_test_SOURCES = tests/parse/parse_test.c
tests_parse_parse_test_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_parse_parse_test_LDADD = $(layer_parse) $(CMOCKA_LIBS) $(libs_parse)
tests_parse_parse_test_DEPENDENCIES = courant-parse $(layer_parse)
endif
