# Tests of src/syntax.
if HAVE_CMOCKA
check_PROGRAMS += tests/syntax/html_test
TESTS += tests/syntax/html_test
tests_syntax_html_test_SOURCES = tests/syntax/html_test.c
tests_syntax_html_test_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_syntax_html_test_LDADD = $(layer_syntax) $(CMOCKA_LIBS) $(libs_parse)
endif
