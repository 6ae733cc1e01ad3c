noinst_LIBRARIES += libtext.a
libtext_a_SOURCES = \
	src/text/charset.c src/text/charset.h src/text/charset_guess.c src/text/charset_guess.h \
	src/text/charset_labels.def \
	src/text/date.c src/text/date.h src/text/date_format.c src/text/date_months.def \
	src/text/date_name.c src/text/date_priv.h src/text/date_read.c src/text/date_settle.c src/text/date_show.c \
	src/text/date_zones.def \
	src/text/fold.c src/text/fold.h src/text/fold_find.c \
	src/text/fuzzy.c src/text/fuzzy.h \
	src/text/json_out.c src/text/json_out.h \
	src/text/lang.c src/text/lang.h src/text/lang_words.def \
	src/text/safe.c src/text/safe.h \
	src/text/size.c src/text/size.h \
	src/text/stem.c \
	src/text/url.c src/text/url.h src/text/url_host.c src/text/url_key.c src/text/url_priv.h \
	src/text/url_page.c src/text/url_page.h src/text/url_resolve.c \
	src/text/utf8.c src/text/utf8.h \
	src/text/width.c src/text/width.h src/text/width_table.def \
	src/text/word.c src/text/word.h \
	src/text/wrap.c src/text/wrap.h
