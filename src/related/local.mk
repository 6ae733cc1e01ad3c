noinst_LIBRARIES += librelated.a
librelated_a_SOURCES = \
	src/related/event.c \
	src/related/event.h \
	src/related/find.c \
	src/related/find.h \
	src/related/index.c \
	src/related/index.h \
	src/related/lease.c \
	src/related/lease.h \
	src/related/merge.c \
	src/related/merge.h \
	src/related/near_copy.c \
	src/related/near_copy.h \
	src/related/part.c \
	src/related/place.c \
	src/related/place.h \
	src/related/rank.c \
	src/related/rank.h \
	src/related/related.c \
	src/related/related.h \
	src/related/segment.c \
	src/related/segment.h \
	src/related/series.c \
	src/related/series.h \
	src/related/terms.c \
	src/related/terms.h \
	src/related/sweep.c \
	src/related/sweep.h \
	src/related/vector.c \
	src/related/vector.h \
	src/related/view.c \
	src/related/view.h \
	src/related/why.c \
	src/related/writer.c \
	src/related/writer.h
