/* SPDX-License-Identifier: MIT */
/* Notices of new stories. */
#include "app/notice.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/proc.h"
#include "conf/conf.h"

#define AWAY_MS   60000 /* without a key: nobody looks */
#define WORDS_MAX 32

static void run_program(struct app *a, const char *const *argv, const char *words)
{
	const char *all[WORDS_MAX + 2] = {0};
	struct err err = {0};
	size_t n = 0;
	for (; n < WORDS_MAX && argv[n]; n++)
		all[n] = argv[n];
	all[n] = words;
	if (!proc_detach(all, &err))
		app_tell(a, &err);
}

void notice_news(struct app *a, size_t stories)
{
	const char *const *argv = conf_argv(a->conf, SET_NOTIFY);
	if (!stories || conf_is(a->conf, SET_NOTIFY, "none") || clock_mono_ms() - a->last_key_ms < AWAY_MS)
		return;
	SCOPED_STR words = mem_printf(P_("%zu new story", "%zu new stories", stories), stories);
	if (argv) {
		run_program(a, argv, words);
		return;
	}
	mem_free(a->notice);
	a->notice = take(&words);
}
