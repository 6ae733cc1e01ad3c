# Tests of src/article.
if HAVE_CMOCKA
article_tests = tests/article/extract_test tests/article/edition_test tests/article/byline_test tests/article/clean_test tests/article/title_test
check_PROGRAMS += $(article_tests)
TESTS += $(article_tests)
tests_article_extract_test_SOURCES = tests/article/extract_test.c
tests_article_extract_test_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_article_extract_test_LDADD = $(layer_article) $(CMOCKA_LIBS) $(libs_parse)
tests_article_edition_test_SOURCES = tests/article/edition_test.c
tests_article_edition_test_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_article_edition_test_LDADD = $(layer_article) $(CMOCKA_LIBS) $(libs_parse)
tests_article_byline_test_SOURCES = tests/article/byline_test.c
tests_article_byline_test_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_article_byline_test_LDADD = $(layer_article) $(CMOCKA_LIBS) $(libs_parse)
tests_article_clean_test_SOURCES = tests/article/clean_test.c
tests_article_clean_test_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_article_clean_test_LDADD = $(layer_article) $(CMOCKA_LIBS) $(libs_parse)
tests_article_title_test_SOURCES = tests/article/title_test.c
tests_article_title_test_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_article_title_test_LDADD = $(layer_article) $(CMOCKA_LIBS) $(libs_parse)
endif
dist_noinst_DATA += \
	tests/article/pages/breaks.html tests/article/pages/breaks.txt \
	tests/article/pages/captions.html tests/article/pages/captions.txt \
	tests/article/pages/cjk.html tests/article/pages/cjk.txt \
	tests/article/pages/feedlike.html tests/article/pages/feedlike.txt \
	tests/article/pages/missing.html tests/article/pages/missing.txt \
	tests/article/pages/news.html tests/article/pages/news.txt \
	tests/article/pages/parts.html tests/article/pages/parts.txt \
	tests/article/pages/robot.html tests/article/pages/robot.txt \
	tests/article/pages/state.html tests/article/pages/state.txt \
	tests/article/pages/tables.html tests/article/pages/tables.txt \
	tests/article/pages/teaser.html tests/article/pages/teaser.txt \
	tests/article/pages/wall.html tests/article/pages/wall.txt
