# Tests of src/doc.
if HAVE_CMOCKA
doc_tests = tests/doc/doc_test tests/doc/layout_test
check_PROGRAMS += $(doc_tests)
TESTS += $(doc_tests)
tests_doc_doc_test_SOURCES = tests/doc/doc_test.c tests/doc/sample.c tests/doc/sample.h
tests_doc_doc_test_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests/doc $(CMOCKA_CFLAGS)
tests_doc_doc_test_LDADD = $(layer_doc) $(CMOCKA_LIBS) $(libs_text)
tests_doc_layout_test_SOURCES = tests/doc/layout_test.c tests/doc/sample.c tests/doc/sample.h
tests_doc_layout_test_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests/doc $(CMOCKA_CFLAGS)
tests_doc_layout_test_LDADD = $(layer_doc) $(CMOCKA_LIBS) $(libs_text)
endif
dist_noinst_DATA += tests/doc/golden/20.txt tests/doc/golden/40.txt tests/doc/golden/72.txt \
	tests/doc/golden/72-ascii-pan.txt tests/doc/golden/html.html tests/doc/golden/markdown.md \
	tests/doc/golden/words.txt
