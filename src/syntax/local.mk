noinst_LIBRARIES += libsyntax.a
libsyntax_a_SOURCES = src/syntax/syntax.c src/syntax/html.h src/syntax/scan.h src/syntax/tag.def src/syntax/attr.def
