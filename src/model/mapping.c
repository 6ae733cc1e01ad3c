/* SPDX-License-Identifier: MIT */
/* The codec of a JSON mapping: its table of fields. It travels as configured, from courant to courant-parse.
 */
#include "model/mapping.h"

#include "model/record.h"

#define MAPPED(what) FIELD_S(struct mapping, fields[what], RULE_BYTES, RECORD_LINE)

static const struct field mapping_fields[] = {
    FIELD_S(struct mapping, items, RULE_BYTES, RECORD_LINE),
    FIELD_S(struct mapping, each, RULE_BYTES, RECORD_LINE),
    MAPPED(MAP_ID),
    MAPPED(MAP_TITLE),
    MAPPED(MAP_URL),
    MAPPED(MAP_AUTHOR),
    MAPPED(MAP_SUMMARY),
    MAPPED(MAP_CONTENT),
    MAPPED(MAP_IMAGE),
    MAPPED(MAP_PUBLISHED),
    MAPPED(MAP_UPDATED),
    MAPPED(MAP_TAGS),
    MAPPED(MAP_COMMENTS),
    MAPPED(MAP_ENCLOSURE),
    FIELD_S(struct mapping, date_unit, RULE_BYTES, RECORD_LINE),
    FIELD_S(struct mapping, date_format, RULE_BYTES, RECORD_LINE),
    FIELD_U(struct mapping, html_fields, (1u << MAP_FIELDS) - 1),
    FIELD_I(struct mapping, unescape),
    FIELD_S(struct mapping, base_url, RULE_BYTES, RECORD_LINE),
    FIELD_S(struct mapping, detail, RULE_BYTES, RECORD_LINE),
    FIELD_S(struct mapping, error, RULE_BYTES, RECORD_LINE),
    FIELD_S(struct mapping, next_pointer, RULE_BYTES, RECORD_LINE),
    FIELD_S(struct mapping, next_param, RULE_BYTES, RECORD_LINE),
    FIELD_S(struct mapping, page_param, RULE_BYTES, RECORD_LINE),
    FIELD_S(struct mapping, page_last, RULE_BYTES, RECORD_LINE),
    FIELD_B(struct mapping, next_link),
    FIELD_I(struct mapping, max_pages),
};
static const struct record mapping_record = RECORD("mapping", struct mapping, mapping_fields);

void mapping_encode(struct buf *out, const struct mapping *m)
{
	record_encode(out, &mapping_record, m);
}

bool mapping_decode(struct arena *a, struct str bytes, struct mapping *m, struct err *err)
{
	return record_decode(a, bytes, &mapping_record, m, err);
}
