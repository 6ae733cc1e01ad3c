noinst_LIBRARIES += libparse.a
libparse_a_SOURCES = src/parse/jobs.c src/parse/parse_inline.h
pkglibexec_PROGRAMS += courant-parse
courant_parse_SOURCES = src/parse/parse_main.c src/parse/sandbox.c src/parse/sandbox.h
courant_parse_LDADD = $(layer_parse) $(libs_parse)
