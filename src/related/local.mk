noinst_LIBRARIES += librelated.a
librelated_a_SOURCES = src/related/related.c
