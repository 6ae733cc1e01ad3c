/* SPDX-License-Identifier: MIT */
/* The log: one line "time level area: text" per call, to a file when one is set. Off costs one comparison.
 * English; control bytes are escaped; no secrets. Thread: any. */
#ifndef CO_BASE_LOG_H
#define CO_BASE_LOG_H

#include "base/attr.h"
#include "base/err.h"
#include <stdbool.h>

enum log_level { LOG_OFF, LOG_ERROR, LOG_WARN, LOG_INFO, LOG_DEBUG };
enum log_area { LOG_APP, LOG_UI, LOG_NET, LOG_PARSE, LOG_STORE, LOG_RELATED, LOG_CONF };

/* Opens (appends to) a file, mode 0600. */
bool log_open(const char *path, enum log_level level, struct err *err);
void log_close(void);
bool log_on(enum log_level level);
void log_write(enum log_level level, enum log_area area, const char *fmt, ...) PRINTF(3, 4);
#define log_error(area, ...) log_write(LOG_ERROR, area, __VA_ARGS__)
#define log_warn(area, ...)  log_write(LOG_WARN, area, __VA_ARGS__)
#define log_info(area, ...)  (log_on(LOG_INFO) ? log_write(LOG_INFO, area, __VA_ARGS__) : (void)0)
#define log_debug(area, ...) (log_on(LOG_DEBUG) ? log_write(LOG_DEBUG, area, __VA_ARGS__) : (void)0)

#endif
