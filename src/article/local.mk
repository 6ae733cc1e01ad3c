noinst_LIBRARIES += libarticle.a
libarticle_a_SOURCES = src/article/article.c
