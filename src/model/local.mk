noinst_LIBRARIES += libmodel.a
libmodel_a_SOURCES = src/model/feed.c src/model/feed.h src/model/feed_json.c src/model/feed_json.h src/model/fetch_msg.c \
	src/model/fetch_msg.h src/model/ids.h src/model/job.c src/model/job.h src/model/mapping.c src/model/mapping.h src/model/match.c src/model/match.h \
	src/model/query.c src/model/query.h src/model/query_priv.h src/model/query_regex.c src/model/query_term.c \
	src/model/record.c src/model/record.h src/model/snapshot.c src/model/snapshot.h \
	src/model/story.h
