noinst_LIBRARIES += libstore.a
libstore_a_SOURCES = \
	src/store/store.c \
	src/store/count_db.h \
	src/store/db.h \
	src/store/list_db.h \
	src/store/marks.h \
	src/store/prune.h \
	src/store/rescue.h \
	src/store/search.h \
	src/store/session_db.h \
	src/store/source_db.h \
	src/store/sql.h \
	src/store/story_db.h \
	src/store/text_db.h \
	src/store/tick.h \
	src/store/worker.h
libstore_a_CPPFLAGS = $(AM_CPPFLAGS) $(SQLITE_CFLAGS) $(ZSTD_CFLAGS)
