noinst_LIBRARIES += libdoc.a
libdoc_a_SOURCES = src/doc/article.c src/doc/article.h src/doc/build.c src/doc/codec.c src/doc/codec.h src/doc/doc.c \
	src/doc/doc.h src/doc/grid.c src/doc/grid.h
