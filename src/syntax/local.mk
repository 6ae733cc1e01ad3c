noinst_LIBRARIES += libsyntax.a
libsyntax_a_SOURCES = src/syntax/syntax.c
