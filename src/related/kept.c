/* SPDX-License-Identifier: MIT */
/* Owns the memory of segments during one step of the index. */
#include "related/kept.h"

#include "base/vec.h"

#define SMALL_STORIES 6000 /* of a segment that is read whole: some 2 MB */
#define BYTES_MAX     ((size_t)16 << 20)

struct piece {
	uint32_t first;
	size_t at, len;
};
struct kept {
	struct buf norms, bytes, chunk;
	struct {
		VEC(struct piece);
	} pieces;
	bool whole; /* all its chunks are here */
};

struct kept *kept_new(size_t segments)
{
	struct kept *k = mem_array(segments + 1, sizeof *k);

	for (size_t i = 0; i < segments; i++) {
		k[i].norms = BUF_MAX(KEPT_NORMS_MAX);
		k[i].bytes = k[i].chunk = BUF_MAX(BYTES_MAX);
	}
	return k;
}

void kept_free(struct kept *kept, size_t segments)
{
	for (size_t i = 0; kept && i < segments; i++) {
		buf_release(&kept[i].norms);
		buf_release(&kept[i].bytes);
		buf_release(&kept[i].chunk);
		vec_free(&kept[i].pieces);
	}
	mem_free(kept);
}

static bool read_whole(struct kept *k, struct db *db, int64_t segment, struct err *err)
{
	uint64_t from = 0;

	for (;;) {
		uint32_t first;
		bool found;

		if (!chunk_from(db, segment, from, &k->chunk, &first, &found, err))
			return false;
		if (!found)
			break;
		vec_push(&k->pieces, ((struct piece){first, k->bytes.len, k->chunk.len}));
		if (!buf_addstr(&k->bytes, buf_str(&k->chunk)))
			return true; /* larger than thought: it is asked chunk by chunk */
		from = (uint64_t)first + 1;
	}
	k->whole = true;
	return true;
}

bool kept_seek(struct kept *kept, size_t segment, struct db *db, const struct segment_row *row, uint32_t term,
    struct str *out, struct err *err)
{
	struct kept *k = &kept[segment];
	size_t low = 0, high;

	if (row->n <= SMALL_STORIES && !k->pieces.n && !read_whole(k, db, row->id, err))
		return false;
	if (!k->whole)
		return chunk_seek(db, row->id, term, out, err);
	high = k->pieces.n;
	while (low < high) {
		size_t middle = (low + high) / 2;

		if (k->pieces.v[middle].first <= term)
			low = middle + 1;
		else
			high = middle;
	}
	*out = low ? str_sub(buf_str(&k->bytes), k->pieces.v[low - 1].at, k->pieces.v[low - 1].len) : STR("");
	return true;
}

bool kept_norms(struct kept *kept, size_t segment, struct db *db, const struct segment_row *row,
    struct str *out, struct err *err)
{
	struct buf *norms = &kept[segment].norms;
	bool ok = norms->len || segment_norms(db, row->id, norms, err);

	*out = buf_str(norms);
	return ok;
}
