# The bench: what quality asks of speed and cost, as figures. Fails on no time. make bench BENCH=large
BENCH = quick
bench_programs = tests/bench/floor tests/bench/extract_bench
EXTRA_PROGRAMS += $(bench_programs)
dist_noinst_DATA += tests/bench/bench.py tests/bench/process.py tests/bench/screen_rows.py \
	tests/bench/table.py tests/bench/terminal.py tests/bench/world.py
tests_bench_floor_SOURCES = tests/bench/floor.c
tests_bench_floor_CPPFLAGS = $(AM_CPPFLAGS) $(CURSES_CFLAGS)
tests_bench_floor_LDADD = $(CURSES_LIBS)
tests_bench_extract_bench_SOURCES = tests/bench/extract_bench.c
tests_bench_extract_bench_LDADD = $(layer_article) $(libs_parse)
bench: courant$(EXEEXT) courant-fetch$(EXEEXT) courant-parse$(EXEEXT) $(bench_programs)
	top_builddir='$(abs_top_builddir)' PYTHONDONTWRITEBYTECODE=1 python3 $(srcdir)/tests/bench/bench.py $(BENCH)
.PHONY: bench
