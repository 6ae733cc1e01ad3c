noinst_LIBRARIES += libsyntax.a
libsyntax_a_SOURCES = src/syntax/html.c src/syntax/html.h src/syntax/html_priv.h src/syntax/html_gumbo.c \
	src/syntax/html_libxml.c src/syntax/node.c src/syntax/scan.c src/syntax/scan.h \
	src/syntax/tag.def src/syntax/attr.def
libsyntax_a_SOURCES += \
	src/syntax/charref.c src/syntax/charref.h src/syntax/clean_html.c src/syntax/clean_priv.h \
	src/syntax/clean_tree.c src/syntax/entity.def \
	src/syntax/escape.c src/syntax/escape.h \
	src/syntax/xml.c src/syntax/xml.h src/syntax/xml_repair.c src/syntax/xml_repair.h \
	src/syntax/xml_ref.c src/syntax/xml_tag.c src/syntax/xml_priv.h \
	src/syntax/json.c src/syntax/json.h src/syntax/markup.c src/syntax/markup.h \
	src/syntax/player.c src/syntax/player.h src/syntax/player.def src/syntax/sanitize.c src/syntax/sanitize.h
libsyntax_a_CPPFLAGS = $(AM_CPPFLAGS) $(XML_CFLAGS) $(GUMBO_CFLAGS) $(CJSON_CFLAGS)
