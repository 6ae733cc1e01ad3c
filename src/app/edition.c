/* SPDX-License-Identifier: MIT */
/* Finding the bundled edition. */
#include "app/edition.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "text/date.h"

#define INDEX_MAX ((size_t)8 << 20)

char *edition_dir(struct err *err)
{
	static const char *const places[] = {EDITION_SRCDIR, PKGDATADIR "/data/edition"};
	for (size_t i = 0; i < ARRAY_LEN(places); i++) {
		SCOPED_STR index = path_join(places[i], "index.tsv");
		if (file_exists(index))
			return mem_strdup(places[i]);
	}
	err_set(err, ERR_IO, _("the bundled edition is not installed in %s"), PKGDATADIR "/data/edition");
	return NULL;
}

int64_t edition_now(const char *dir, struct err *err)
{
	SCOPED(buf) struct buf text = BUF_MAX(INDEX_MAX);
	SCOPED_STR path = path_join(dir, "index.tsv");
	struct str rest, line, word;
	if (!file_read(path, &text, err))
		return TIME_NONE;
	rest = buf_str(&text);
	int64_t now = TIME_NONE;
	if (str_split(&rest, '\n', &line) && str_split(&line, '\t', &word) && str_eqc(word, "#now"))
		now = date_parse(line);
	if (now == TIME_NONE)
		err_set(err, ERR_INPUT, _("%s does not begin with the edition's day"), path);
	return now;
}
