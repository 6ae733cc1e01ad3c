# Tests of src/text.
if HAVE_CMOCKA
text_tests = \
	tests/text/charset_test \
	tests/text/date_test \
	tests/text/fold_test \
	tests/text/safe_test \
	tests/text/small_test \
	tests/text/url_test \
	tests/text/utf8_test \
	tests/text/width_test \
	tests/text/word_test \
	tests/text/wrap_test
check_PROGRAMS += $(text_tests)
TESTS += $(text_tests)
tests_text_charset_test_SOURCES = tests/text/charset_test.c tests/text/text_test.h
tests_text_charset_test_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_text_charset_test_LDADD = $(layer_text) $(CMOCKA_LIBS) $(libs_text)
tests_text_date_test_SOURCES = tests/text/date_test.c tests/text/text_test.h
tests_text_date_test_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_text_date_test_LDADD = $(layer_text) $(CMOCKA_LIBS) $(libs_text)
tests_text_fold_test_SOURCES = tests/text/fold_test.c tests/text/text_test.h
tests_text_fold_test_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_text_fold_test_LDADD = $(layer_text) $(CMOCKA_LIBS) $(libs_text)
tests_text_safe_test_SOURCES = tests/text/safe_test.c tests/text/text_test.h
tests_text_safe_test_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_text_safe_test_LDADD = $(layer_text) $(CMOCKA_LIBS) $(libs_text)
tests_text_small_test_SOURCES = tests/text/small_test.c tests/text/text_test.h
tests_text_small_test_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_text_small_test_LDADD = $(layer_text) $(CMOCKA_LIBS) $(libs_text)
tests_text_url_test_SOURCES = tests/text/url_test.c tests/text/text_test.h
tests_text_url_test_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_text_url_test_LDADD = $(layer_text) $(CMOCKA_LIBS) $(libs_text)
tests_text_utf8_test_SOURCES = tests/text/utf8_test.c tests/text/text_test.h
tests_text_utf8_test_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_text_utf8_test_LDADD = $(layer_text) $(CMOCKA_LIBS) $(libs_text)
tests_text_width_test_SOURCES = tests/text/width_test.c tests/text/text_test.h
tests_text_width_test_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_text_width_test_LDADD = $(layer_text) $(CMOCKA_LIBS) $(libs_text)
tests_text_word_test_SOURCES = tests/text/word_test.c tests/text/text_test.h
tests_text_word_test_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_text_word_test_LDADD = $(layer_text) $(CMOCKA_LIBS) $(libs_text)
tests_text_wrap_test_SOURCES = tests/text/wrap_test.c tests/text/text_test.h
tests_text_wrap_test_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_text_wrap_test_LDADD = $(layer_text) $(CMOCKA_LIBS) $(libs_text)
endif
