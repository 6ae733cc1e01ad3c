noinst_LIBRARIES += libarticle.a
libarticle_a_SOURCES = src/article/article_extract.c src/article/article_extract.h src/article/page.h \
	src/article/measure.c src/article/furniture.c src/article/names.c src/article/lines.def src/article/furniture.def src/article/choose.c \
	src/article/caption.c src/article/caption.h src/article/clean.c src/article/line.c src/article/line.h src/article/lead.c src/article/to_doc.c src/article/to_doc.h src/article/to_doc_priv.h \
	src/article/to_doc_parts.c src/article/to_doc_media.c \
	src/article/facts.c src/article/facts.h src/article/meta.def src/article/ld.c src/article/title.c \
	src/article/byline.c src/article/byline.h src/article/byline_shown.c src/article/when.c src/article/when.def src/article/shown.c src/article/shown.h src/article/onpage.c src/article/onpage.h src/article/telling.def \
	src/article/state.c src/article/state.h src/article/state.def src/article/next_page.c src/article/notes.c src/article/notes.h src/article/scripts.c
