noinst_LIBRARIES += libfeed.a
libfeed_a_SOURCES = src/feed/atom.c src/feed/discover.c src/feed/entry.c src/feed/entry.h src/feed/ext.c src/feed/feed_parse.c \
	src/feed/feed_parse.h src/feed/field.c src/feed/jsonapi.c src/feed/jsonfeed.c \
	src/feed/jsonfeed.h src/feed/jsonspec.c src/feed/jsonspec.h src/feed/media.c \
	src/feed/ns.def src/feed/opml.c src/feed/person.c src/feed/rss.c src/feed/xmlfeed.c src/feed/xmlfeed.h \
	src/feed/xtree.c src/feed/xtree.h
