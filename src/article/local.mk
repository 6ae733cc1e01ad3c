noinst_LIBRARIES += libarticle.a
libarticle_a_SOURCES = src/article/article.c src/article/article_extract.h src/article/to_doc.h
