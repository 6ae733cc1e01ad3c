noinst_LIBRARIES += libfetch.a
libfetch_a_SOURCES = src/fetch/engine.c src/fetch/engine.h src/fetch/failure.c src/fetch/failure.h \
	src/fetch/guard.c src/fetch/guard.h src/fetch/head.c src/fetch/head.h src/fetch/host.c \
	src/fetch/host.h src/fetch/local_files.c src/fetch/local_files.h src/fetch/options.c \
	src/fetch/options.h src/fetch/sandbox.c src/fetch/sandbox.h src/fetch/transfer.c src/fetch/transfer.h
libfetch_a_CPPFLAGS = $(AM_CPPFLAGS) $(CURL_CFLAGS)
pkglibexec_PROGRAMS += courant-fetch
courant_fetch_SOURCES = src/fetch/fetch_main.c
courant_fetch_CPPFLAGS = $(AM_CPPFLAGS) $(CURL_CFLAGS)
courant_fetch_LDADD = $(layer_fetch) $(libs_fetch)
