/* SPDX-License-Identifier: MIT */
/* The decoder of keys. What is no key is dropped, never passed on in part. */
#include "ui/key.h"

#include "base/attr.h"
#include "base/mem.h"
#include "text/utf8.h"

#include <string.h>

#define IN_MAX          ((size_t)16 << 10)
#define PASTE_STALLS_MS 5000
#define PARAMS_MAX      8
#define ESC             '\033'

/* What the front of the input is: so many bytes that are a key, or nothing, or not yet known. */
enum verdict { IS_KEY, IS_NOTHING, IS_UNFINISHED };
struct reading {
	enum verdict verdict;
	size_t len;
	struct key key;
};

struct named_cap {
	const char *name;
	uint32_t code;
};
static const struct named_cap caps[] = {{"kcuu1", KEY_UP}, {"kcud1", KEY_DOWN}, {"kcub1", KEY_LEFT},
    {"kcuf1", KEY_RIGHT}, {"khome", KEY_HOME}, {"kend", KEY_END}, {"kpp", KEY_PGUP}, {"knp", KEY_PGDN},
    {"kich1", KEY_INSERT}, {"kdch1", KEY_DELETE}, {"kcbt", KEY_BACKTAB}, {"kent", KEY_ENTER}, {"kf1", KEY_F1},
    {"kf2", KEY_F2}, {"kf3", KEY_F3}, {"kf4", KEY_F4}, {"kf5", KEY_F5}, {"kf6", KEY_F6}, {"kf7", KEY_F7},
    {"kf8", KEY_F8}, {"kf9", KEY_F9}, {"kf10", KEY_F10}, {"kf11", KEY_F11}, {"kf12", KEY_F12}};

/* CSI n ~ */
static const uint32_t tilde_codes[] = {[1] = KEY_HOME,
    [2] = KEY_INSERT,
    [3] = KEY_DELETE,
    [4] = KEY_END,
    [5] = KEY_PGUP,
    [6] = KEY_PGDN,
    [7] = KEY_HOME,
    [8] = KEY_END,
    [11] = KEY_F1,
    [12] = KEY_F2,
    [13] = KEY_F3,
    [14] = KEY_F4,
    [15] = KEY_F5,
    [17] = KEY_F6,
    [18] = KEY_F7,
    [19] = KEY_F8,
    [20] = KEY_F9,
    [21] = KEY_F10,
    [23] = KEY_F11,
    [24] = KEY_F12};

/* Final letters of CSI and SS3. */
static const struct {
	int letter;
	uint32_t code;
	uint8_t mods;
} letters[] = {{'A', KEY_UP, 0}, {'B', KEY_DOWN, 0}, {'C', KEY_RIGHT, 0}, {'D', KEY_LEFT, 0},
    {'H', KEY_HOME, 0}, {'F', KEY_END, 0}, {'P', KEY_F1, 0}, {'Q', KEY_F2, 0}, {'R', KEY_F3, 0},
    {'S', KEY_F4, 0}, {'Z', KEY_BACKTAB, 0}, {'M', KEY_ENTER, 0}, {'a', KEY_UP, KEY_CTRL},
    {'b', KEY_DOWN, KEY_CTRL}, {'c', KEY_RIGHT, KEY_CTRL}, {'d', KEY_LEFT, KEY_CTRL}};

void key_reader_init(struct key_reader *r)
{
	*r = (struct key_reader){
	    .in = BUF_MAX(IN_MAX), .paste = BUF_MAX(KEY_PASTE_MAX), .fed_ms = -1, .escaped_ms = -1};
}

void key_reader_release(struct key_reader *r)
{
	buf_release(&r->in);
	buf_release(&r->paste);
	mem_free(r->extra);
	*r = (struct key_reader){0};
}

void key_reader_learn(struct key_reader *r, const char *(*cap)(const char *name))
{
	mem_free(r->extra);
	r->extra = mem_array(ARRAY_LEN(caps), sizeof *r->extra);
	r->n_extra = 0;
	for (size_t i = 0; i < ARRAY_LEN(caps); i++) {
		const char *bytes = cap(caps[i].name);
		size_t len = bytes ? strlen(bytes) : 0;
		/* Single bytes are told by themselves; what is not an escape sequence would take letters
		 * away. */
		if (len < 2 || len > sizeof r->extra->bytes || bytes[0] != ESC)
			continue;
		struct key_extra *e = &r->extra[r->n_extra++];
		e->len = len;
		e->code = caps[i].code;
		memcpy(e->bytes, bytes, len);
	}
}

void key_feed(struct key_reader *r, struct str bytes, int64_t now_ms)
{
	/* An end of a paste that never came must not swallow keys for good. */
	if (r->pasting && now_ms - r->fed_ms > PASTE_STALLS_MS) {
		r->pasting = false;
		buf_reset(&r->in);
	}
	r->fed_ms = now_ms;
	if (!buf_addstr(&r->in, bytes)) {
		/* More than can be meant as keys: all of it goes. */
		buf_reset(&r->in);
		r->pasting = false;
	}
}

static struct reading nothing(size_t len)
{
	return (struct reading){.verdict = IS_NOTHING, .len = len};
}

static struct reading unfinished(void)
{
	return (struct reading){.verdict = IS_UNFINISHED};
}

static struct reading is_key(size_t len, uint32_t code, uint8_t mods)
{
	return (struct reading){.verdict = IS_KEY, .len = len, .key = {.code = code, .mods = mods}};
}

static uint8_t mods_of(unsigned param)
{
	unsigned bits = param > 0 ? param - 1 : 0;
	return (uint8_t)((bits & 2 ? KEY_ALT : 0) | (bits & 4 ? KEY_CTRL : 0));
}

/* A code point as a key: control characters by their names. */
static struct key key_of(uint32_t cp, uint8_t mods)
{
	struct key k = {.code = cp, .mods = mods};
	if (cp == '\r' || cp == '\n')
		k.code = KEY_ENTER;
	else if (cp == '\t')
		k.code = KEY_TAB;
	else if (cp == 0x7F || cp == 0x08)
		k.code = KEY_BACKSPACE;
	else if (cp == ESC)
		k.code = KEY_ESC;
	else if (cp < 0x20) {
		k.mods |= KEY_CTRL;
		k.code = cp == 0 ? ' ' : cp <= 26 ? cp + 'a' - 1 : cp + '@';
	} else if (mods & KEY_CTRL && cp < 128)
		k.code = (uint32_t)ch_lower((int)cp);
	return k;
}

struct csi {
	unsigned params[PARAMS_MAX];
	size_t n;
	char private; /* one of <=>? before the numbers */
	char final;
	size_t len; /* from the ESC on */
};

/* Parses from s.p[at], the byte after "ESC [". */
static enum verdict parse_csi(struct str s, size_t at, struct csi *c)
{
	*c = (struct csi){.n = 1};
	if (at < s.len && s.p[at] >= '<' && s.p[at] <= '?')
		c->private = s.p[at++];
	for (; at < s.len && at < KEY_SEQUENCE_MAX; at++) {
		char b = s.p[at];
		if (ch_digit(b)) {
			unsigned *p = &c->params[c->n - 1];
			*p = *p > 100000 ? *p : *p * 10 + (unsigned)(b - '0');
		} else if (b == ';' || b == ':') {
			if (c->n < PARAMS_MAX)
				c->n++;
		} else if ((b >= 0x40 && b <= 0x7E) || b == '$') { /* rxvt ends shifted keys with $ */
			c->final = b;
			c->len = at + 1;
			return IS_KEY;
		} else if (b < 0x20 || b > 0x2F) {
			return IS_NOTHING;
		}
	}
	return at < KEY_SEQUENCE_MAX ? IS_UNFINISHED : IS_NOTHING;
}

static struct reading mouse(const struct csi *c)
{
	unsigned b = c->params[0];
	if (c->n < 3 || !c->params[1] || !c->params[2])
		return nothing(c->len);
	struct reading r =
	    is_key(c->len, KEY_MOUSE, (uint8_t)((b & 8 ? KEY_ALT : 0) | (b & 16 ? KEY_CTRL : 0)));
	r.key.x = (uint16_t)(c->params[1] - 1 > UINT16_MAX ? UINT16_MAX : c->params[1] - 1);
	r.key.y = (uint16_t)(c->params[2] - 1 > UINT16_MAX ? UINT16_MAX : c->params[2] - 1);
	if (b & 64) {
		r.key.mouse = b & 1 ? MOUSE_WHEEL_DOWN : MOUSE_WHEEL_UP;
		return b & 2 ? nothing(c->len) : r; /* sideways wheels are nothing */
	}
	if ((b & 3) != 0)
		return nothing(c->len); /* the left button alone */
	r.key.mouse = c->final == 'm' ? MOUSE_RELEASE : b & 32 ? MOUSE_DRAG : MOUSE_CLICK;
	return r;
}

static struct reading tilde(const struct csi *c)
{
	unsigned n = c->params[0];
	uint8_t mods = c->n > 1 ? mods_of(c->params[1]) : 0;
	if (c->final == '^' || c->final == '@')
		mods |= KEY_CTRL;
	if (n == 27 && c->n > 2) { /* modifyOtherKeys */
		struct reading r = is_key(c->len, 0, 0);
		r.key = key_of(c->params[2], mods);
		return r;
	}
	if (n >= ARRAY_LEN(tilde_codes) || !tilde_codes[n])
		return nothing(c->len);
	return is_key(c->len, tilde_codes[n], mods);
}

static struct reading by_letter(size_t len, char letter, uint8_t mods)
{
	for (size_t i = 0; i < ARRAY_LEN(letters); i++)
		if (letters[i].letter == letter)
			return is_key(len, letters[i].code, letters[i].mods | mods);
	return nothing(len);
}

static struct reading read_csi(struct str s, size_t at)
{
	struct csi c;
	if (at < s.len && s.p[at] == '[') { /* F1 to F5 of the Linux console */
		if (at + 1 >= s.len)
			return unfinished();
		char f = s.p[at + 1];
		return f >= 'A' && f <= 'E' ? is_key(at + 2, KEY_F1 + (uint32_t)(f - 'A'), 0)
		                            : nothing(at + 2);
	}
	if (at < s.len && s.p[at] == 'M') /* the old mouse form, never asked for: three bytes follow */
		return s.len < at + 4 ? unfinished() : nothing(at + 4);
	enum verdict v = parse_csi(s, at, &c);
	if (v != IS_KEY)
		return v == IS_UNFINISHED ? unfinished()
		                          : nothing(s.len < KEY_SEQUENCE_MAX ? s.len : KEY_SEQUENCE_MAX);
	if (c.private == '<' && (c.final == 'M' || c.final == 'm'))
		return mouse(&c);
	if (c.private)
		return nothing(c.len);
	if (c.final == '~' || c.final == '^' || c.final == '@' || c.final == '$')
		return tilde(&c);
	if (c.final == 'u') {
		struct reading r = is_key(c.len, 0, 0);
		r.key = key_of(c.params[0], c.n > 1 ? mods_of(c.params[1]) : 0);
		return r;
	}
	if (c.final == 'Z')
		return is_key(c.len, KEY_BACKTAB, 0);
	return by_letter(c.len, c.final, c.n > 1 ? mods_of(c.params[1]) : 0);
}

/* The terminal's own sequences; unfinished when the input is the beginning of one. */
static struct reading read_extra(const struct key_reader *r, struct str s)
{
	struct reading best = nothing(0);
	for (size_t i = 0; i < r->n_extra; i++) {
		const struct key_extra *e = &r->extra[i];
		size_t n = e->len < s.len ? e->len : s.len;
		if (memcmp(e->bytes, s.p, n) != 0)
			continue;
		if (n == e->len && n > best.len)
			best = is_key(n, e->code, 0);
		else if (n < e->len && best.verdict != IS_KEY)
			best = unfinished();
	}
	return best;
}

/* One character, or nothing for what is none. */
static struct reading read_char(struct str s, size_t at, uint8_t mods)
{
	unsigned char b = (unsigned char)s.p[at];
	size_t want = b < 0x80 ? 1 : b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : 2;
	if (b >= 0x80 && (b < 0xC2 || b > 0xF4))
		return nothing(at + 1);
	for (size_t i = 1; i < want; i++) {
		if (at + i >= s.len)
			return unfinished();
		if ((s.p[at + i] & 0xC0) != 0x80)
			return nothing(at + 1);
	}
	size_t end = at;
	uint32_t cp = utf8_next(s, &end);
	struct reading r = is_key(end, 0, 0);
	if (cp >= 0x80 && (cp < 0xA0 || end - at != want))
		return nothing(end);
	r.key = key_of(cp, mods);
	return r;
}

static struct reading read_escape(const struct key_reader *r, struct str s)
{
	if (s.len == 1)
		return unfinished();
	struct reading extra = read_extra(r, s);
	if (extra.verdict == IS_KEY)
		return extra;
	if (s.p[1] == '[')
		return read_csi(s, 2);
	if (s.p[1] == 'O')
		return s.len < 3 ? unfinished() : by_letter(3, s.p[2], 0);
	if (extra.verdict == IS_UNFINISHED)
		return extra;
	return s.p[1] == ESC ? is_key(1, KEY_ESC, 0) : read_char(s, 1, KEY_ALT);
}

static bool is_late(const struct key_reader *r, int64_t now_ms)
{
	return r->escaped_ms >= 0 && now_ms - r->escaped_ms < KEY_TAIL_MS;
}

/* "[A", "[1;5C", "OB" after a lone ESC that has acted already: the rest of a key that came in two pieces. */
static struct reading read_tail(struct str s)
{
	struct reading r = s.len == 1      ? unfinished()
	                   : s.p[0] == '[' ? read_csi(s, 1)
	                                   : by_letter(2, s.p[1], 0);
	if (r.verdict == IS_NOTHING)
		return read_char(s, 0, 0);
	return r;
}

static bool waits_on(const struct key_reader *r, int64_t now_ms)
{
	return now_ms - r->fed_ms < KEY_ESC_MS;
}

/* Text up to the end of the paste; what may be the beginning of that end waits. */
static bool take_paste(struct key_reader *r)
{
	static const struct str end = {"\033[201~", 6};
	struct str s = buf_str(&r->in);
	ptrdiff_t at = str_find(s, end);
	size_t n = at >= 0 ? (size_t)at : s.len > end.len ? s.len - end.len : 0;
	size_t room = KEY_PASTE_MAX - r->paste.len;
	buf_add(&r->paste, s.p, n < room ? n : room);
	buf_drop(&r->in, at >= 0 ? n + end.len : n);
	r->pasting = at < 0;
	return at >= 0;
}

/* Time is up for what never became a whole sequence: its first character counts alone. */
static struct reading give_up(struct key_reader *r, struct str s, int64_t now_ms)
{
	if (s.p[0] != ESC)
		return read_char(s, 0, 0).verdict == IS_UNFINISHED ? nothing(1) : read_char(s, 0, 0);
	r->escaped_ms = now_ms;
	return is_key(1, KEY_ESC, 0);
}

enum key_event key_next(struct key_reader *r, int64_t now_ms, struct key *out)
{
	static const struct str paste_start = {"\033[200~", 6};
	if (!r->pasting)
		buf_reset(&r->paste);
	for (;;) {
		struct str s = buf_str(&r->in);
		if (r->pasting)
			return take_paste(r) ? KEY_EVENT_PASTE : KEY_EVENT_NONE;
		if (!s.len)
			return KEY_EVENT_NONE;
		if (s.len >= paste_start.len && memcmp(s.p, paste_start.p, paste_start.len) == 0) {
			buf_drop(&r->in, paste_start.len);
			r->pasting = true;
			continue;
		}
		bool tail = (s.p[0] == '[' || s.p[0] == 'O') && is_late(r, now_ms);
		struct reading got = s.p[0] == ESC ? read_escape(r, s)
		                     : tail        ? read_tail(s)
		                                   : read_char(s, 0, 0);
		if (got.verdict == IS_UNFINISHED && waits_on(r, now_ms))
			return KEY_EVENT_NONE;
		r->escaped_ms = -1;
		if (got.verdict == IS_UNFINISHED)
			got = give_up(r, s, now_ms);
		buf_drop(&r->in, got.len);
		if (got.verdict == IS_KEY) {
			*out = got.key;
			return KEY_EVENT_KEY;
		}
	}
}

int64_t key_deadline(const struct key_reader *r)
{
	return r->in.len && !r->pasting ? r->fed_ms + KEY_ESC_MS : -1;
}
