noinst_LIBRARIES += libdoc.a
libdoc_a_SOURCES = src/doc/doc.c
