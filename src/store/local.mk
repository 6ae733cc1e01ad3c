noinst_LIBRARIES += libstore.a
libstore_a_SOURCES = \
	src/store/count_db.h \
	src/store/db.c src/store/db.h src/store/db_priv.h \
	src/store/fts_tokenizer.c \
	src/store/list_db.h \
	src/store/marks.h \
	src/store/migrate.c \
	src/store/prune.h \
	src/store/rescue.h \
	src/store/search.h \
	src/store/session_db.h \
	src/store/source_db.h \
	src/store/sql.c src/store/sql.h \
	src/store/story_db.h \
	src/store/text_db.h \
	src/store/tick.c src/store/tick.h \
	src/store/worker.c src/store/worker.h
libstore_a_CPPFLAGS = $(AM_CPPFLAGS) $(SQLITE_CFLAGS) $(ZSTD_CFLAGS)
