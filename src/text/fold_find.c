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

static void fold_with_origins(struct folded_text *f, struct str s)
{
	for (size_t at = 0; at < s.len;) {
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

struct places {
	struct str s, needle; /* the needle is folded */
	size_t most;
	fold_place_fn *fn;
	void *arg;
};

static void find_ascii(const struct places *p)
{
	size_t found = 0;

	for (size_t i = 0; i + p->needle.len <= p->s.len && found < p->most; i++) {
		size_t n = 0;

		while (n < p->needle.len && ch_lower((unsigned char)p->s.p[i + n]) == p->needle.p[n])
			n++;
		if (n < p->needle.len)
			continue;
		p->fn(p->arg, i, n);
		found++;
		i += n - 1;
	}
}

static bool is_ascii(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.p[i] >= 0x80)
			return false;
	return true;
}

static void find_any(const struct places *p)
{
	struct folded_text f = {.text = BUF_MAX(p->s.len * 4 + 64)};
	size_t from = 0;

	fold_with_origins(&f, p->s);
	for (size_t found = 0; found < p->most; found++) {
		ptrdiff_t place = str_find(str_skip(buf_str(&f.text), from), p->needle);
		size_t first, last, at;

		if (place < 0)
			break;
		first = row_of(&f, from + (size_t)place);
		last = row_of(&f, from + (size_t)place + p->needle.len - 1);
		at = f.v[first].source;
		p->fn(p->arg, at, unit_end(p->s, f.v[last].source) - at);
		from = f.v[last + 1].folded;
	}
	buf_release(&f.text);
	vec_free(&f);
}

void fold_each(struct str s, struct str needle, size_t most, fold_place_fn *fn, void *arg)
{
	SCOPED(buf) struct buf key = BUF_MAX(needle.len * 4 + 64);
	struct places p = {.s = s, .most = most, .fn = fn, .arg = arg};

	if (!fold_add(&key, needle) || key.len == 0 || s.len == 0)
		return;
	p.needle = buf_str(&key);
	if (is_ascii(p.needle) && is_ascii(s))
		find_ascii(&p);
	else
		find_any(&p);
}

static void is_there(void *arg, size_t at, size_t len)
{
	(void)at;
	(void)len;
	*(bool *)arg = true;
}

bool fold_find(struct str s, struct str needle)
{
	bool found = false;

	fold_each(s, needle, 1, is_there, &found);
	return found;
}
