bin_PROGRAMS += courant
courant_SOURCES = src/main.c
courant_LDADD = $(layer_ui) $(libs_ui)
