noinst_LIBRARIES += libsyntax.a
libsyntax_a_SOURCES = src/syntax/syntax.c src/syntax/html.h src/syntax/scan.h src/syntax/tag.def src/syntax/attr.def src/syntax/xml.h src/syntax/json.h src/syntax/sanitize.h
