# Tests of src/syntax.
if HAVE_CMOCKA
check_PROGRAMS += tests/syntax/html_test
TESTS += tests/syntax/html_test
tests_syntax_html_test_SOURCES = tests/syntax/html_test.c
tests_syntax_html_test_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_syntax_html_test_LDADD = $(layer_syntax) $(CMOCKA_LIBS) $(libs_parse)
endif
# XML, JSON and harmless HTML.
if HAVE_CMOCKA
syntax_tests = tests/syntax/json_test tests/syntax/sanitize_test tests/syntax/xml_test
check_PROGRAMS += $(syntax_tests)
TESTS += $(syntax_tests)
tests_syntax_json_test_SOURCES = tests/syntax/json_test.c
tests_syntax_json_test_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_syntax_json_test_LDADD = $(layer_syntax) $(CMOCKA_LIBS) $(libs_parse)
tests_syntax_sanitize_test_SOURCES = tests/syntax/sanitize_test.c
tests_syntax_sanitize_test_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_syntax_sanitize_test_LDADD = $(layer_syntax) $(CMOCKA_LIBS) $(libs_parse)
tests_syntax_xml_test_SOURCES = tests/syntax/xml_test.c
tests_syntax_xml_test_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_syntax_xml_test_LDADD = $(layer_syntax) $(CMOCKA_LIBS) $(libs_parse)
endif
