noinst_LIBRARIES += libbase.a
libbase_a_SOURCES = \
	src/base/arena.c src/base/arena.h \
	src/base/attr.h \
	src/base/buf.c src/base/buf.h \
	src/base/clock.c src/base/clock.h \
	src/base/eight.h \
	src/base/err.c src/base/err.h \
	src/base/file.c src/base/file.h \
	src/base/hash.c src/base/hash.h \
	src/base/i18n.h \
	src/base/log.c src/base/log.h \
	src/base/loop.c src/base/loop.h \
	src/base/map.c src/base/map.h \
	src/base/mem.c src/base/mem.h \
	src/base/memfd.c src/base/memfd.h \
	src/base/path.c \
	src/base/proc.c src/base/proc.h src/base/proc_priv.h \
	src/base/proc_run.c \
	src/base/queue.c src/base/queue.h \
	src/base/sort.c src/base/sort.h \
	src/base/str.c src/base/str.h \
	src/base/vec.h \
	src/base/wire.c src/base/wire.h \
	src/base/wire_codec.c
