/* SPDX-License-Identifier: MIT */
/* Filling and showing errors. Holds nothing of its own; whom to tell is decided in app/. */
#include "base/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"

#define ERR_ROW(code, status, word) [code] = {status, word},
static const struct {
	int status;
	const char *word;
} rows[] = {ERR_CODES(ERR_ROW)};

/* vsnprintf() that never leaves half a character behind where it had to cut. */
static void format(char *out, size_t cap, const char *fmt, va_list ap) PRINTF(3, 0);
static void format(char *out, size_t cap, const char *fmt, va_list ap)
{
	int n = vsnprintf(out, cap, fmt, ap);

	if (n < 0)
		out[0] = '\0';
	if (n < 0 || (size_t)n < cap)
		return;
	size_t len = cap - 1, from = len;
	while (from && ((unsigned char)out[from - 1] & 0xc0) == 0x80)
		from--;
	if (from == 0 || ((unsigned char)out[from - 1] & 0x80) == 0)
		return;
	unsigned char lead = (unsigned char)out[from - 1];
	size_t want = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
	if (len - (from - 1) < want)
		out[from - 1] = '\0';
}

static void join(char *out, size_t cap, const char *fmt, ...) PRINTF(3, 4);
static void join(char *out, size_t cap, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	format(out, cap, fmt, ap);
	va_end(ap);
}

bool err_set(struct err *e, enum err_code code, const char *fmt, ...)
{
	struct err made = {.code = code};
	va_list ap;

	if (!e)
		return false;
	/* Made beside *e, whose old message may be among the arguments. */
	va_start(ap, fmt);
	format(made.message, sizeof made.message, fmt, ap);
	va_end(ap);
	*e = made;
	return false;
}

bool err_wrap(struct err *e, const char *fmt, ...)
{
	char context[sizeof e->message], message[sizeof e->message];
	va_list ap;

	if (!e)
		return false;
	va_start(ap, fmt);
	format(context, sizeof context, fmt, ap);
	va_end(ap);
	join(message, sizeof message, "%s: %s", context, e->message);
	memcpy(e->message, message, sizeof message);
	return false;
}

bool err_errno(struct err *e, enum err_code code, const char *fmt, ...)
{
	int number = errno;
	char text[sizeof e->message], reason[128];
	va_list ap;

	if (!e)
		return false;
	va_start(ap, fmt);
	format(text, sizeof text, fmt, ap);
	va_end(ap);
	err_set(e, code, "%s: %s", text, strerror_r(number, reason, sizeof reason));
	errno = number;
	return false;
}

void err_detail(struct err *e, const char *fmt, ...)
{
	va_list ap;

	if (!e)
		return;
	va_start(ap, fmt);
	format(e->detail, sizeof e->detail, fmt, ap);
	va_end(ap);
}

void err_place(struct err *e, const char *file, int line, int column)
{
	if (!e)
		return;
	join(e->file, sizeof e->file, "%s", file ? file : "");
	e->line = line;
	e->column = column;
}

void err_clear(struct err *e)
{
	if (e)
		*e = (struct err){0};
}

int err_exit_status(enum err_code code)
{
	return (size_t)code < ARRAY_LEN(rows) ? rows[code].status : 2;
}

const char *err_word(enum err_code code)
{
	return (size_t)code < ARRAY_LEN(rows) ? rows[code].word : "internal";
}

const char *err_text(const struct err *e, char *out, size_t cap)
{
	if (!e->file[0] && e->column > 0) /* of what was typed */
		join(out, cap, _("column %d: %s"), e->column, e->message);
	else if (!e->file[0])
		join(out, cap, "%s", e->message);
	else if (e->line <= 0)
		join(out, cap, "%s: %s", e->file, e->message);
	else if (e->column <= 0)
		join(out, cap, "%s:%d: %s", e->file, e->line, e->message);
	else
		join(out, cap, "%s:%d:%d: %s", e->file, e->line, e->column, e->message);
	return out;
}
