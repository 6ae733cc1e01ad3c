/* SPDX-License-Identifier: MIT */
/* Foreign HTML made harmless, as HTML: what syntax/sanitize lets through is written anew and escaped by us,
 * so that nothing of the input's own syntax survives. */
#include "syntax/clean_priv.h"
#include "syntax/escape.h"
#include "syntax/html.h"
#include "syntax/sanitize.h"
#include "text/safe.h"

static void on_text(void *arg, struct str text, unsigned form)
{
	(void)escape_add(arg, text, ESCAPE_MARKUP | form);
}

static void on_open(void *arg, unsigned tag)
{
	(void)buf_addc(arg, '<');
	(void)buf_adds(arg, tag_name(tag));
}

static void on_attr(void *arg, struct str name, struct str value, unsigned form)
{
	(void)buf_addc(arg, ' ');
	(void)buf_addstr(arg, name);
	(void)buf_adds(arg, "=\"");
	(void)escape_add(arg, value, ESCAPE_MARKUP | ESCAPE_VALUE | form);
	(void)buf_addc(arg, '"');
}

static void on_opened(void *arg, unsigned tag)
{
	(void)tag;
	(void)buf_addc(arg, '>');
}

static void on_close(void *arg, unsigned tag)
{
	(void)buf_adds(arg, "</");
	(void)buf_adds(arg, tag_name(tag));
	(void)buf_addc(arg, '>');
}

static bool is_full(const void *arg)
{
	return ((const struct buf *)arg)->failed;
}

bool sanitize_html(struct buf *out, struct str html, struct str base)
{
	static const struct clean_sink sink = {on_text, on_open, on_attr, on_opened, on_close, is_full};
	SCOPED(buf) struct buf clean = BUF_MAX(CLEAN_MOST(html.len));

	if (sanitize_is_plain(html) && str_chr(html, '>') < 0)
		return safe_add(out, html, SAFE_RUN);
	clean_walk(&sink, &clean, html, base);
	return safe_add(out, buf_str(&clean), SAFE_RUN) && !clean.failed;
}
