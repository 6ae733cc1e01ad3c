# Fuzz drivers: one function on bytes each, in fuzz_NAME.c. They are built twice: as plain_NAME, which `make check` feeds
# with the files of corpus/NAME, and under --enable-fuzzers (clang) as fuzz_NAME, which tests/fuzz/run lets loose.
# A new driver is one name in each list, its three lines below, a corpus folder, and a dict/NAME where words help.
# A crash becomes a corpus file.
plain_programs = tests/fuzz/plain_article tests/fuzz/plain_html tests/fuzz/plain_charset tests/fuzz/plain_codec tests/fuzz/plain_date \
	tests/fuzz/plain_doc tests/fuzz/plain_feed tests/fuzz/plain_head tests/fuzz/plain_jsonapi \
	tests/fuzz/plain_opml tests/fuzz/plain_query tests/fuzz/plain_safe tests/fuzz/plain_sanitize \
	tests/fuzz/plain_url tests/fuzz/plain_wrap tests/fuzz/plain_yaml
fuzz_programs = tests/fuzz/fuzz_article tests/fuzz/fuzz_html tests/fuzz/fuzz_charset tests/fuzz/fuzz_codec tests/fuzz/fuzz_date \
	tests/fuzz/fuzz_doc tests/fuzz/fuzz_feed tests/fuzz/fuzz_head tests/fuzz/fuzz_jsonapi \
	tests/fuzz/fuzz_opml tests/fuzz/fuzz_query tests/fuzz/fuzz_safe tests/fuzz/fuzz_sanitize \
	tests/fuzz/fuzz_url tests/fuzz/fuzz_wrap tests/fuzz/fuzz_yaml
check_PROGRAMS += $(plain_programs)
TESTS += $(plain_programs)
if FUZZERS
noinst_PROGRAMS += $(fuzz_programs)
endif
EXTRA_DIST += tests/fuzz/corpus tests/fuzz/dict tests/fuzz/run

fuzzers: $(fuzz_programs)
fuzz: ; $(top_srcdir)/tests/fuzz/run 60
.PHONY: fuzzers fuzz

plain_main = tests/fuzz/plain_main.c tests/fuzz/fuzz.h
fuzz_text = $(layer_text) $(libs_text)
fuzz_doc = $(layer_doc) $(libs_text)
fuzz_feed = $(layer_feed) $(libs_parse)
fuzz_job = $(layer_parse) $(libs_parse)
fuzz_article = $(layer_article) $(libs_parse)

tests_fuzz_plain_article_SOURCES = tests/fuzz/fuzz_article.c $(plain_main)
tests_fuzz_plain_article_LDADD = $(fuzz_article)
tests_fuzz_plain_html_SOURCES = tests/fuzz/fuzz_html.c $(plain_main)
tests_fuzz_plain_html_LDADD = $(fuzz_feed)
tests_fuzz_plain_charset_SOURCES = tests/fuzz/fuzz_charset.c $(plain_main)
tests_fuzz_plain_charset_LDADD = $(fuzz_text)
tests_fuzz_plain_codec_SOURCES = tests/fuzz/fuzz_codec.c $(plain_main)
tests_fuzz_plain_codec_LDADD = $(fuzz_doc)
tests_fuzz_plain_date_SOURCES = tests/fuzz/fuzz_date.c $(plain_main)
tests_fuzz_plain_date_LDADD = $(fuzz_text)
tests_fuzz_plain_doc_SOURCES = tests/fuzz/fuzz_doc.c $(plain_main)
tests_fuzz_plain_doc_LDADD = $(fuzz_doc)
tests_fuzz_plain_feed_SOURCES = tests/fuzz/fuzz_feed.c $(plain_main)
tests_fuzz_plain_feed_LDADD = $(fuzz_job)
tests_fuzz_plain_jsonapi_SOURCES = tests/fuzz/fuzz_jsonapi.c $(plain_main)
tests_fuzz_plain_jsonapi_LDADD = $(fuzz_feed)
tests_fuzz_plain_opml_SOURCES = tests/fuzz/fuzz_opml.c $(plain_main)
tests_fuzz_plain_opml_LDADD = $(fuzz_feed)
tests_fuzz_plain_sanitize_SOURCES = tests/fuzz/fuzz_sanitize.c $(plain_main)
tests_fuzz_plain_sanitize_LDADD = $(fuzz_feed)
tests_fuzz_plain_query_SOURCES = tests/fuzz/fuzz_query.c $(plain_main)
tests_fuzz_plain_query_LDADD = $(fuzz_doc)
tests_fuzz_plain_safe_SOURCES = tests/fuzz/fuzz_safe.c $(plain_main)
tests_fuzz_plain_safe_LDADD = $(fuzz_text)
tests_fuzz_plain_url_SOURCES = tests/fuzz/fuzz_url.c $(plain_main)
tests_fuzz_plain_url_LDADD = $(fuzz_text)
tests_fuzz_plain_wrap_SOURCES = tests/fuzz/fuzz_wrap.c $(plain_main)
tests_fuzz_plain_wrap_LDADD = $(fuzz_text)
tests_fuzz_plain_head_SOURCES = tests/fuzz/fuzz_head.c $(plain_main)
tests_fuzz_plain_head_LDADD = $(layer_fetch) $(libs_fetch)
tests_fuzz_plain_yaml_SOURCES = tests/fuzz/fuzz_yaml.c $(plain_main)
tests_fuzz_plain_yaml_LDADD = $(layer_conf) $(libs_conf)

if FUZZERS
fuzz_link = $(AM_LDFLAGS) -fsanitize=fuzzer
tests_fuzz_fuzz_article_SOURCES = tests/fuzz/fuzz_article.c tests/fuzz/fuzz.h
tests_fuzz_fuzz_article_LDFLAGS = $(fuzz_link)
tests_fuzz_fuzz_article_LDADD = $(fuzz_article)
tests_fuzz_fuzz_html_SOURCES = tests/fuzz/fuzz_html.c tests/fuzz/fuzz.h
tests_fuzz_fuzz_html_LDFLAGS = $(fuzz_link)
tests_fuzz_fuzz_html_LDADD = $(fuzz_feed)
tests_fuzz_fuzz_charset_SOURCES = tests/fuzz/fuzz_charset.c tests/fuzz/fuzz.h
tests_fuzz_fuzz_charset_LDFLAGS = $(fuzz_link)
tests_fuzz_fuzz_charset_LDADD = $(fuzz_text)
tests_fuzz_fuzz_codec_SOURCES = tests/fuzz/fuzz_codec.c tests/fuzz/fuzz.h
tests_fuzz_fuzz_codec_LDFLAGS = $(fuzz_link)
tests_fuzz_fuzz_codec_LDADD = $(fuzz_doc)
tests_fuzz_fuzz_date_SOURCES = tests/fuzz/fuzz_date.c tests/fuzz/fuzz.h
tests_fuzz_fuzz_date_LDFLAGS = $(fuzz_link)
tests_fuzz_fuzz_date_LDADD = $(fuzz_text)
tests_fuzz_fuzz_doc_SOURCES = tests/fuzz/fuzz_doc.c tests/fuzz/fuzz.h
tests_fuzz_fuzz_doc_LDFLAGS = $(fuzz_link)
tests_fuzz_fuzz_doc_LDADD = $(fuzz_doc)
tests_fuzz_fuzz_feed_SOURCES = tests/fuzz/fuzz_feed.c tests/fuzz/fuzz.h
tests_fuzz_fuzz_feed_LDFLAGS = $(fuzz_link)
tests_fuzz_fuzz_feed_LDADD = $(fuzz_job)
tests_fuzz_fuzz_jsonapi_SOURCES = tests/fuzz/fuzz_jsonapi.c tests/fuzz/fuzz.h
tests_fuzz_fuzz_jsonapi_LDFLAGS = $(fuzz_link)
tests_fuzz_fuzz_jsonapi_LDADD = $(fuzz_feed)
tests_fuzz_fuzz_opml_SOURCES = tests/fuzz/fuzz_opml.c tests/fuzz/fuzz.h
tests_fuzz_fuzz_opml_LDFLAGS = $(fuzz_link)
tests_fuzz_fuzz_opml_LDADD = $(fuzz_feed)
tests_fuzz_fuzz_sanitize_SOURCES = tests/fuzz/fuzz_sanitize.c tests/fuzz/fuzz.h
tests_fuzz_fuzz_sanitize_LDFLAGS = $(fuzz_link)
tests_fuzz_fuzz_sanitize_LDADD = $(fuzz_feed)
tests_fuzz_fuzz_query_SOURCES = tests/fuzz/fuzz_query.c tests/fuzz/fuzz.h
tests_fuzz_fuzz_query_LDFLAGS = $(fuzz_link)
tests_fuzz_fuzz_query_LDADD = $(fuzz_doc)
tests_fuzz_fuzz_safe_SOURCES = tests/fuzz/fuzz_safe.c tests/fuzz/fuzz.h
tests_fuzz_fuzz_safe_LDFLAGS = $(fuzz_link)
tests_fuzz_fuzz_safe_LDADD = $(fuzz_text)
tests_fuzz_fuzz_url_SOURCES = tests/fuzz/fuzz_url.c tests/fuzz/fuzz.h
tests_fuzz_fuzz_url_LDFLAGS = $(fuzz_link)
tests_fuzz_fuzz_url_LDADD = $(fuzz_text)
tests_fuzz_fuzz_wrap_SOURCES = tests/fuzz/fuzz_wrap.c tests/fuzz/fuzz.h
tests_fuzz_fuzz_wrap_LDFLAGS = $(fuzz_link)
tests_fuzz_fuzz_wrap_LDADD = $(fuzz_text)
tests_fuzz_fuzz_head_SOURCES = tests/fuzz/fuzz_head.c tests/fuzz/fuzz.h
tests_fuzz_fuzz_head_LDFLAGS = $(fuzz_link)
tests_fuzz_fuzz_head_LDADD = $(layer_fetch) $(libs_fetch)
tests_fuzz_fuzz_yaml_SOURCES = tests/fuzz/fuzz_yaml.c tests/fuzz/fuzz.h
tests_fuzz_fuzz_yaml_LDFLAGS = $(fuzz_link)
tests_fuzz_fuzz_yaml_LDADD = $(layer_conf) $(libs_conf)
endif
