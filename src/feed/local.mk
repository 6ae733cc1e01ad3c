noinst_LIBRARIES += libfeed.a
libfeed_a_SOURCES = src/feed/feed.c src/feed/feed_parse.h
