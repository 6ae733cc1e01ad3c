noinst_LIBRARIES += libstore.a
libstore_a_SOURCES = \
	src/store/article_db.c \
	src/store/count_db.h \
	src/store/db.c \
	src/store/db.h \
	src/store/db_priv.h \
	src/store/fts_tokenizer.c \
	src/store/list_db.h \
	src/store/marks.c \
	src/store/marks.h \
	src/store/marks_priv.h \
	src/store/migrate.c \
	src/store/prune.h \
	src/store/put.c \
	src/store/put_known.c \
	src/store/put_priv.h \
	src/store/rescue.h \
	src/store/search.h \
	src/store/session_db.c \
	src/store/session_db.h \
	src/store/source_db.c \
	src/store/source_db.h \
	src/store/source_items.c \
	src/store/source_priv.h \
	src/store/sql.c \
	src/store/sql.h \
	src/store/story_db.c \
	src/store/story_db.h \
	src/store/story_priv.h \
	src/store/story_text.c \
	src/store/text_db.c \
	src/store/text_db.h \
	src/store/tick.c \
	src/store/tick.h \
	src/store/undo.c \
	src/store/worker.c \
	src/store/worker.h
libstore_a_CPPFLAGS = $(AM_CPPFLAGS) $(SQLITE_CFLAGS) $(ZSTD_CFLAGS)
