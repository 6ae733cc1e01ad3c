/* SPDX-License-Identifier: MIT */
/* Compiler attributes and the scope helpers, in one place. Nothing else in the tree spells __attribute__. */
#ifndef CO_BASE_ATTR_H
#define CO_BASE_ATTR_H

#include <stddef.h>

#define PRINTF(fmt, first) __attribute__((format(printf, fmt, first)))
#define NODISCARD          __attribute__((warn_unused_result))
#define MALLOC_LIKE        __attribute__((malloc))
#define NEVER_NULL         __attribute__((returns_nonnull))
#define NORETURN           __attribute__((noreturn))
#define UNUSED             __attribute__((unused))
#define FALLTHROUGH        __attribute__((fallthrough))

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

/* SCOPED(buf) struct buf b = …;          calls buf_release(&b) when the scope is left, on every path.
 * SCOPED_PTR(story) struct story *s = …; calls story_free(s); the type needs DEFINE_FREEP(story) once.
 * A value that is handed out is taken: *out = take(&s) leaves NULL behind. */
#define SCOPED(type)     __attribute__((cleanup(type##_release)))
#define SCOPED_PTR(type) __attribute__((cleanup(type##_freep)))
#define DEFINE_FREEP(type)                                                                                   \
	UNUSED static inline void type##_freep(struct type **p)                                              \
	{                                                                                                    \
		type##_free(*p);                                                                             \
	}
#define take(pp)                                                                                             \
	__extension__({                                                                                      \
		__typeof__(*(pp)) taken_ = *(pp);                                                            \
		*(pp) = NULL;                                                                                \
		taken_;                                                                                      \
	})

#endif
