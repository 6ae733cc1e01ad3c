noinst_LIBRARIES += libparse.a
libparse_a_SOURCES = src/parse/parse.c
