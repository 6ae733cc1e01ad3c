noinst_LIBRARIES += libparse.a
libparse_a_SOURCES = src/parse/parse.c src/parse/parse_inline.h
