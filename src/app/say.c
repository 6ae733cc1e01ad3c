/* SPDX-License-Identifier: MIT */
/* The message of the bottom row. */
#include "app/say.h"

#include "base/log.h"
#include "base/mem.h"
#include "text/safe.h"

#include <stdarg.h>
#include <stdio.h>

PRINTF(3, 0)
static void set(struct app *a, enum message_kind kind, const char *fmt, va_list ap)
{
	char line[1024];
	vsnprintf(line, sizeof line, fmt, ap);
	struct buf clean = BUF_MAX(4096);
	safe_add(&clean, str_c(line), SAFE_LINE);
	mem_free(a->message);
	a->message = buf_take(&clean);
	a->message_kind = kind;
	a->dirty |= DIRTY_SCREEN;
}

void say(struct app *a, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	set(a, MESSAGE_INFO, fmt, ap);
	va_end(ap);
}

void say_error(struct app *a, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	set(a, MESSAGE_ERROR, fmt, ap);
	va_end(ap);
}

void say_err(struct app *a, const struct err *err)
{
	char text[700];
	say_error(a, "%s", err_text(err, text, sizeof text));
	log_error(LOG_APP, "%s: %s %s", err_word(err->code), text, err->detail);
}

void say_nothing(struct app *a)
{
	if (!a->message)
		return;
	mem_free(a->message);
	a->message = NULL;
	a->message_kind = MESSAGE_NONE;
	a->dirty |= DIRTY_SCREEN;
}
