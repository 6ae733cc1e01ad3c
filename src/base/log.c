/* SPDX-License-Identifier: MIT */
/* The log file behind a mutex; the level alone is read without it.
 * What is worth a line, and that no secret is in it, is the callers' affair. */
#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/mem.h"

enum { LINE_MAX_BYTES = 512 };

static const char *const level_words[] = {"off", "error", "warn", "info", "debug"};
static const char *const area_words[] = {"app", "ui", "net", "parse", "store", "related", "conf"};

static _Atomic int level_now = LOG_OFF;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int file = -1;

bool log_open(const char *path, enum log_level level, struct err *err)
{
	int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0600);

	if (fd < 0)
		return err_errno(err, ERR_IO, _("cannot open the log %s"), path);
	pthread_mutex_lock(&lock);
	int before = file;
	file = fd;
	pthread_mutex_unlock(&lock);
	if (before >= 0)
		close(before);
	atomic_store(&level_now, (int)level);
	return true;
}

void log_close(void)
{
	atomic_store(&level_now, LOG_OFF);
	pthread_mutex_lock(&lock);
	if (file >= 0)
		close(file);
	file = -1;
	pthread_mutex_unlock(&lock);
}

bool log_on(enum log_level level)
{
	return level != LOG_OFF && (int)level <= atomic_load_explicit(&level_now, memory_order_relaxed);
}

/* C0, DEL and the two bytes of C1 as \xNN; all else as it is. Cuts what does not fit. Gives the length. */
static size_t escape(char *out, size_t cap, const char *text)
{
	static const char hex[] = "0123456789abcdef";
	size_t n = 0;

	for (const unsigned char *p = (const unsigned char *)text; *p; p++) {
		bool c1 = *p == 0xc2 && p[1] >= 0x80 && p[1] <= 0x9f;
		bool bad = *p < 0x20 || *p == 0x7f || c1;
		if (n + (bad ? 4 : 1) >= cap)
			break;
		if (!bad) {
			out[n++] = (char)*p;
			continue;
		}
		p += c1 ? 1 : 0;
		out[n++] = '\\';
		out[n++] = 'x';
		out[n++] = hex[*p >> 4];
		out[n++] = hex[*p & 15];
	}
	/* A character that was cut in half is left out. */
	if (n + 4 >= cap)
		while (n && ((unsigned char)out[n - 1] & 0x80))
			n--;
	out[n] = '\0';
	return n;
}

static size_t head(char *out, size_t cap, enum log_level level, enum log_area area)
{
	int64_t now_ms = clock_now_ms();
	time_t now_s = (time_t)(now_ms / 1000);
	struct tm tm = {0};

	gmtime_r(&now_s, &tm);
	size_t n = strftime(out, cap, "%Y-%m-%dT%H:%M:%S", &tm);
	int more = snprintf(
	    out + n, cap - n, ".%03dZ %s %s: ", (int)(now_ms % 1000), level_words[level], area_words[area]);
	return more > 0 ? n + (size_t)more : n;
}

void log_write(enum log_level level, enum log_area area, const char *fmt, ...)
{
	char text[LINE_MAX_BYTES], line[LINE_MAX_BYTES];
	int errno_before = errno;
	va_list ap;

	if (!log_on(level))
		return;
	va_start(ap, fmt);
	if (vsnprintf(text, sizeof text, fmt, ap) < 0)
		text[0] = '\0';
	va_end(ap);
	size_t n = head(line, sizeof line / 2, level, area);
	n += escape(line + n, sizeof line - 1 - n, text);
	pthread_mutex_lock(&lock);
	if (file >= 0) {
		line[n] = '\n';
		ssize_t done = write(file, line, n + 1);
		(void)
		    done; /* a full disk must not stop the program, and there is no better place to say so */
	}
	pthread_mutex_unlock(&lock);
	errno = errno_before;
}
