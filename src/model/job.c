/* SPDX-License-Identifier: MIT */
/* The codecs between courant and courant-parse: tables of fields. What the fields mean is in job.h. */
#include "model/job.h"

#include "model/record.h"

static const struct field job_fields[] = {
    FIELD_U(struct job, id, UINT64_MAX),
    FIELD_U(struct job, kind, JOB_DISCOVER),
    FIELD_S(struct job, url, RULE_OPAQUE, RECORD_LINE),
    FIELD_S(struct job, content_type, RULE_OPAQUE, RECORD_LINE),
    FIELD_S(struct job, mapping, RULE_BYTES, RECORD_TEXT),
    FIELD_B(struct job, want_html),
    FIELD_B(struct job, want_doc),
    FIELD_U(struct job, max_items, UINT32_MAX),
};
static const struct record job_record = RECORD("job", struct job, job_fields);

static const struct field reply_fields[] = {
    FIELD_U(struct job_reply, id, UINT64_MAX),
    FIELD_B(struct job_reply, ok),
    FIELD_U(struct job_reply, code, ERR_NOT_FOUND),
    FIELD_I(struct job_reply, line),
    FIELD_I(struct job_reply, column),
    FIELD_S(struct job_reply, message, RULE_LINE, RECORD_LINE),
    FIELD_S(struct job_reply, result, RULE_BYTES, RECORD_TEXT),
};
static const struct record reply_record = RECORD("reply", struct job_reply, reply_fields);

void job_encode(struct buf *out, const struct job *j)
{
	record_encode(out, &job_record, j);
}

bool job_decode(struct arena *a, struct str bytes, struct job *j, struct err *err)
{
	return record_decode(a, bytes, &job_record, j, err);
}

void job_reply_encode(struct buf *out, const struct job_reply *r)
{
	record_encode(out, &reply_record, r);
}

bool job_reply_decode(struct arena *a, struct str bytes, struct job_reply *r, struct err *err)
{
	return record_decode(a, bytes, &reply_record, r, err);
}
