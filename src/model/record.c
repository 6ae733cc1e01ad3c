/* SPDX-License-Identifier: MIT */
/* The walk over a record's table, both ways. Nesting follows our own constant tables (a feed's items'
 * authors), never the bytes, so its depth is fixed. */
#include "model/record.h"

#include <math.h>
#include <string.h>

#include "base/i18n.h"
#include "text/safe.h"
#include "text/url.h"

/* Lists of one message may take this much memory, whatever their counts say. */
#define LIST_ROOM ((size_t)64 << 20)

static const struct field line_fields[] = {
    {.kind = FIELD_STR, .rule = RULE_LINE, .at = 0, .size = sizeof(struct str), .max = RECORD_LINE},
};
const struct record record_line = RECORD("line", struct str, line_fields);

static const struct field opaque_fields[] = {
    {.kind = FIELD_STR, .rule = RULE_OPAQUE, .at = 0, .size = sizeof(struct str), .max = RECORD_LINE},
};
const struct record record_opaque = RECORD("header", struct str, opaque_fields);

struct reader {
	struct arena *arena;
	struct wire_in *in;
	size_t room;
	const char *record; /* of the first field that broke its rule */
	const char *what;
};

bool record_bad(struct err *err, const char *record, const char *what)
{
	err_set(err, ERR_HELPER, _("a helper program sent what cannot be read; it is started anew"));
	err_detail(err, "%s: %s", record, what);
	return false;
}

static uint64_t load_uint(const char *p, size_t size)
{
	uint8_t v8;
	uint16_t v16;
	uint32_t v32;
	uint64_t v64;

	switch (size) {
	case 1:
		memcpy(&v8, p, 1);
		return v8;
	case 2:
		memcpy(&v16, p, 2);
		return v16;
	case 4:
		memcpy(&v32, p, 4);
		return v32;
	default:
		memcpy(&v64, p, 8);
		return v64;
	}
}

static void store_uint(char *p, size_t size, uint64_t v)
{
	uint8_t v8 = (uint8_t)v;
	uint16_t v16 = (uint16_t)v;
	uint32_t v32 = (uint32_t)v;

	switch (size) {
	case 1:
		memcpy(p, &v8, 1);
		break;
	case 2:
		memcpy(p, &v16, 2);
		break;
	case 4:
		memcpy(p, &v32, 4);
		break;
	default:
		memcpy(p, &v, 8);
	}
}

static int64_t load_int(const char *p, size_t size)
{
	int32_t v32;
	int64_t v64;

	if (size == 4) {
		memcpy(&v32, p, 4);
		return v32;
	}
	memcpy(&v64, p, 8);
	return v64;
}

static void put_list(struct buf *out, const struct field *f, const char *thing)
{
	const char *list;
	size_t n;

	memcpy(&list, thing + f->at, sizeof list);
	memcpy(&n, thing + f->count_at, sizeof n);
	wire_var(out, n);
	for (size_t i = 0; i < n; i++)
		record_encode(out, f->of, list + i * f->of->size);
}

static void put_field(struct buf *out, const struct field *f, const char *thing)
{
	const char *p = thing + f->at;
	struct str s;
	double real;
	uint64_t bits;
	bool b;

	switch (f->kind) {
	case FIELD_UINT:
		wire_var(out, load_uint(p, f->size));
		break;
	case FIELD_INT:
		wire_i64(out, load_int(p, f->size));
		break;
	case FIELD_BOOL:
		memcpy(&b, p, sizeof b);
		wire_u8(out, b);
		break;
	case FIELD_REAL:
		memcpy(&real, p, sizeof real);
		memcpy(&bits, &real, sizeof bits);
		wire_u64(out, bits);
		break;
	case FIELD_STR:
		memcpy(&s, p, sizeof s);
		wire_str(out, s);
		break;
	case FIELD_LIST:
		put_list(out, f, thing);
	}
}

void record_encode(struct buf *out, const struct record *r, const void *thing)
{
	for (size_t i = 0; i < r->n_fields; i++)
		put_field(out, &r->fields[i], thing);
}

static void bad(struct reader *rd, const char *what)
{
	if (!rd->what)
		rd->what = what;
	rd->in->bad = true;
}

static bool no_controls(struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c < 0x20 || c == 0x7f)
			return false;
	}
	return true;
}

static bool address_is_fit(struct str s)
{
	struct url u;

	return !url_split(s, &u) || url_is_safe(s);
}

static bool obeys(struct str s, enum str_rule rule)
{
	switch (rule) {
	case RULE_BYTES:
		return true;
	case RULE_OPAQUE:
		return no_controls(s);
	case RULE_TEXT:
		return safe_is(s, SAFE_TEXT);
	case RULE_RUN:
		return safe_is(s, SAFE_RUN);
	case RULE_LINE:
	case RULE_URL:
		break;
	}
	return safe_is(s, SAFE_LINE);
}

static void get_str(struct reader *rd, const struct field *f, char *p)
{
	struct str s = wire_get_str(rd->in);

	bool there = !rd->in->bad && s.p;

	if (there && s.len > f->max)
		bad(rd, "a string too long");
	else if (there && !obeys(s, f->rule))
		bad(rd, "an unfit string");
	there = there && !rd->in->bad && (f->rule != RULE_URL || address_is_fit(s));
	s = there ? arena_str(rd->arena, s) : STR_NONE;
	memcpy(p, &s, sizeof s);
}

static void get_number(struct reader *rd, const struct field *f, char *p)
{
	uint64_t v = 0;
	int64_t i;
	int32_t i32;
	double real;

	switch (f->kind) {
	case FIELD_BOOL:
		v = wire_get_u8(rd->in);
		if (v > 1)
			bad(rd, "a truth value out of range");
		store_uint(p, f->size, v == 1);
		break;
	case FIELD_UINT:
		v = wire_get_var(rd->in);
		if (v > f->max)
			bad(rd, "a number out of range");
		store_uint(p, f->size, v > f->max ? 0 : v);
		break;
	case FIELD_REAL:
		v = wire_get_u64(rd->in);
		memcpy(&real, &v, sizeof real);
		if (!isfinite(real))
			bad(rd, "a number that is none");
		store_uint(p, f->size, rd->in->bad ? 0 : v);
		break;
	default:
		i = wire_get_i64(rd->in);
		i32 = (int32_t)i;
		if (f->size == 4 && i != i32)
			bad(rd, "a number out of range");
		store_uint(p, f->size, (uint64_t)i);
	}
}

static void get_record(struct reader *rd, const struct record *r, char *thing);

static void get_list(struct reader *rd, const struct field *f, char *thing)
{
	size_t n = wire_get_count(rd->in, f->of->n_fields);
	char *list = NULL;

	if (n > f->max || n > rd->room / f->of->size)
		bad(rd, "a list too long");
	if (rd->in->bad)
		n = 0;
	rd->room -= n * f->of->size;
	if (n)
		list = arena_array(rd->arena, n, f->of->size);
	for (size_t i = 0; i < n && !rd->in->bad; i++)
		get_record(rd, f->of, list + i * f->of->size);
	memcpy(thing + f->at, &list, sizeof list);
	memcpy(thing + f->count_at, &n, sizeof n);
}

static void get_record(struct reader *rd, const struct record *r, char *thing)
{
	for (size_t i = 0; i < r->n_fields && !rd->in->bad; i++) {
		const struct field *f = &r->fields[i];

		if (f->kind == FIELD_STR)
			get_str(rd, f, thing + f->at);
		else if (f->kind == FIELD_LIST)
			get_list(rd, f, thing);
		else
			get_number(rd, f, thing + f->at);
		if (rd->in->bad && !rd->record)
			rd->record = r->name;
	}
}

bool record_read(struct arena *a, struct wire_in *in, const struct record *r, void *thing, struct err *err)
{
	struct reader rd = {.arena = a, .in = in, .room = LIST_ROOM};

	memset(thing, 0, r->size);
	get_record(&rd, r, thing);
	if (!in->bad)
		return true;
	memset(thing, 0, r->size);
	return record_bad(err, rd.record ? rd.record : r->name, rd.what ? rd.what : "cut short");
}

bool record_decode(struct arena *a, struct str bytes, const struct record *r, void *thing, struct err *err)
{
	struct wire_in in = {.rest = bytes};

	if (!record_read(a, &in, r, thing, err))
		return false;
	return in.rest.len == 0 || record_bad(err, r->name, "more than was expected");
}
