noinst_LIBRARIES += librelated.a
librelated_a_SOURCES = src/related/related.c
librelated_a_SOURCES += src/related/index.h src/related/related.h
