noinst_LIBRARIES += libdoc.a
libdoc_a_SOURCES = src/doc/append.c src/doc/append.h src/doc/article.c src/doc/article.h src/doc/build.c src/doc/codec.c \
	src/doc/codec.h src/doc/doc.c \
	src/doc/doc.h src/doc/flow.c src/doc/flow.h src/doc/grid.c src/doc/grid.h src/doc/layout.c src/doc/layout.h \
	src/doc/layout_line.c src/doc/layout_margin.c src/doc/layout_priv.h src/doc/layout_table.c src/doc/out.h src/doc/out_html.c \
	src/doc/out_markdown.c src/doc/out_text.c src/doc/raise.c src/doc/raise.h src/doc/rich.h
