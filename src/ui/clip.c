/* SPDX-License-Identifier: MIT */
/* OSC 52, tmux's own buffer, OSC 2. */
#include "ui/clip.h"

#include "base/i18n.h"
#include "base/proc.h"
#include "text/safe.h"
#include "text/utf8.h"

#include <stdlib.h>

#define TITLE_MAX 80
#define TMUX_MS   500 /* the screen waits for it */

static bool add_base64(struct buf *out, struct str s)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	for (size_t i = 0; i < s.len; i += 3) {
		uint32_t v = (uint32_t)(unsigned char)s.p[i] << 16;
		if (i + 1 < s.len)
			v |= (uint32_t)(unsigned char)s.p[i + 1] << 8;
		if (i + 2 < s.len)
			v |= (uint32_t)(unsigned char)s.p[i + 2];
		buf_addc(out, digits[v >> 18]);
		buf_addc(out, digits[v >> 12 & 63]);
		buf_addc(out, i + 1 < s.len ? digits[v >> 6 & 63] : '=');
		buf_addc(out, i + 2 < s.len ? digits[v & 63] : '=');
	}
	return !out->failed;
}

bool clip_sequence(struct buf *out, const char *ms, struct str text)
{
	static const char selection[] = "%p1%s", payload[] = "%p2%s";
	if (text.len > CLIP_MAX)
		return false;
	struct str form = str_c(ms);
	ptrdiff_t first = ms ? str_find(form, str_c(selection)) : -1,
	          second = ms ? str_find(form, str_c(payload)) : -1;
	if (first < 0 || second < first) {
		buf_adds(out, "\033]52;c;");
		add_base64(out, text);
		return buf_addc(out, '\a');
	}
	buf_addstr(out, str_sub(form, 0, (size_t)first));
	buf_addc(out, 'c');
	buf_addstr(out, str_sub(form, (size_t)first + 5, (size_t)(second - first) - 5));
	add_base64(out, text);
	return buf_addstr(out, str_skip(form, (size_t)second + 5));
}

bool clip_tmux(struct str text, struct err *err)
{
	static const char *const argv[] = {"tmux", "load-buffer", "-w", "-", NULL};
	const char *tmux = getenv("TMUX");
	const struct proc_limits limits = {.timeout_ms = TMUX_MS, .max_stderr = 512};
	SCOPED(buf) struct buf out = BUF_MAX(4096), words = BUF_MAX(512);
	int status = 0;
	if (!tmux || !*tmux)
		return err_set(err, ERR_NOT_FOUND, _("there is no tmux around"));
	if (!proc_run(argv, text, &limits, &out, &words, &status, err))
		return false;
	return status == 0 || err_set(err, ERR_IO, _("tmux does not take the text: %s"), buf_cstr(&words));
}

void clip_title(struct buf *out, struct str words)
{
	SCOPED(buf) struct buf clean = BUF_MAX(4096);
	safe_add(&clean, str_sub(words, 0, 1024), SAFE_LINE);
	buf_adds(out, "\033]2;");
	buf_addstr(out, utf8_cut(buf_str(&clean), TITLE_MAX));
	buf_adds(out, "\033\\");
}

void clip_notice(struct buf *out, struct str words, bool bell)
{
	SCOPED(buf) struct buf clean = BUF_MAX(4096);
	if (bell) {
		buf_addc(out, '\a');
		return;
	}
	safe_add(&clean, str_sub(words, 0, 1024), SAFE_LINE);
	buf_printf(out, "\033]9;%s\033\\", buf_cstr(&clean));
}
