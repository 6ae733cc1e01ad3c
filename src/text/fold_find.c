/* SPDX-License-Identifier: MIT */
/* Finding words in a text whatever their case and accents, with the place in the text as it was written. */
#include "text/fold.h"

#include "base/mem.h"
#include "base/vec.h"
#include "text/utf8.h"

/* Where a folded piece came from. */
struct origin {
	size_t folded, source;
};

struct folded_text {
	struct buf text;
	VEC(struct origin);
};

/* End of the character at s.p[at] with the marks that follow it. */
static size_t unit_end(struct str s, size_t at)
{
	(void)utf8_next(s, &at);
	while (at < s.len && (unsigned char)s.p[at] >= 0xCC) {
		size_t next = at;
		uint32_t cp = utf8_next(s, &next);

		if (!cp_is_mark(cp) && !(cp >= 0x1160 && cp <= 0x11FF))
			break;
		at = next;
	}
	return at;
}

static void fold_with_origins(struct folded_text *f, struct str s, size_t from)
{
	for (size_t at = from; at < s.len;) {
		size_t end = unit_end(s, at), before = f->text.len;

		(void)fold_add(&f->text, (struct str){s.p + at, end - at});
		if (f->text.len > before)
			vec_push(f, ((struct origin){before, at}));
		at = end;
	}
	vec_push(f, ((struct origin){f->text.len, s.len}));
}

/* The row whose piece holds the folded byte. */
static size_t row_of(const struct folded_text *f, size_t byte)
{
	size_t low = 0, high = f->n;

	while (high - low > 1) {
		size_t mid = low + (high - low) / 2;

		if (f->v[mid].folded <= byte)
			low = mid;
		else
			high = mid;
	}
	return low;
}

static bool find_ascii(struct str s, struct str needle, size_t from, size_t *at, size_t *len)
{
	for (size_t i = from; i + needle.len <= s.len; i++) {
		size_t n = 0;

		while (n < needle.len && ch_lower((unsigned char)s.p[i + n]) == needle.p[n])
			n++;
		if (n < needle.len)
			continue;
		*at = i;
		*len = n;
		return true;
	}
	return false;
}

static bool is_ascii(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.p[i] >= 0x80)
			return false;
	return true;
}

static bool find_any(struct str s, struct str needle, size_t from, size_t *at, size_t *len)
{
	struct folded_text f = {.text = BUF_MAX((s.len - from) * 4 + 64)};
	ptrdiff_t found;
	size_t first, last;

	fold_with_origins(&f, s, from);
	found = str_find(buf_str(&f.text), needle);
	if (found >= 0) {
		first = row_of(&f, (size_t)found);
		last = row_of(&f, (size_t)found + needle.len - 1);
		*at = f.v[first].source;
		*len = unit_end(s, f.v[last].source) - *at;
	}
	buf_release(&f.text);
	vec_free(&f);
	return found >= 0;
}

bool fold_find(struct str s, struct str needle, size_t from, size_t *at, size_t *len)
{
	SCOPED(buf) struct buf key = BUF_MAX(needle.len * 4 + 64);
	size_t place = 0, length = 0;
	bool found;

	if (!fold_add(&key, needle) || key.len == 0 || from >= s.len)
		return false;
	if (is_ascii(buf_str(&key)) && is_ascii(s))
		found = find_ascii(s, buf_str(&key), from, &place, &length);
	else
		found = find_any(s, buf_str(&key), from, &place, &length);
	if (at)
		*at = place;
	if (len)
		*len = length;
	return found;
}
