/* SPDX-License-Identifier: MIT */
/* Messages between the programs: a frame is u32 length (of what follows), u16 type, u16 flags, payload; one
 * descriptor may ride with a frame. Numbers are little-endian. Reading never trusts: a short or overlong
 * field sets `bad` (sticky) and gives zeros, so a codec checks once at its end. Thread: one owner. */
#ifndef CO_BASE_WIRE_H
#define CO_BASE_WIRE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include <stdint.h>

#define WIRE_MAX_FRAME ((size_t)48 << 20)

/* Writing a payload. */
void wire_u8(struct buf *b, uint8_t v);
void wire_u16(struct buf *b, uint16_t v);
void wire_u32(struct buf *b, uint32_t v);
void wire_u64(struct buf *b, uint64_t v);
void wire_i64(struct buf *b, int64_t v);
void wire_var(struct buf *b, uint64_t v);   /* LEB128 */
void wire_str(struct buf *b, struct str s); /* length + 1 as varint (0: absent), bytes */

/* Reading one. */
struct wire_in {
	struct str rest;
	bool bad;
};
uint8_t wire_get_u8(struct wire_in *in);
uint16_t wire_get_u16(struct wire_in *in);
uint32_t wire_get_u32(struct wire_in *in);
uint64_t wire_get_u64(struct wire_in *in);
int64_t wire_get_i64(struct wire_in *in);
uint64_t wire_get_var(struct wire_in *in);
struct str wire_get_str(struct wire_in *in); /* borrowed from the payload */
/* A count of elements that each take at least min_bytes: bad when more than the rest can hold. */
size_t wire_get_count(struct wire_in *in, size_t min_bytes);

/* A connection: buffered both ways, works blocking and non-blocking. */
struct wire;
struct wire_frame {
	uint16_t type, flags;
	struct str payload; /* valid until the next wire_next() or wire_read() */
	int fd;             /* -1: none; yours to close */
};
struct wire *wire_new(int fd); /* takes fd */
void wire_free(struct wire *w);
DEFINE_FREEP(wire)
int wire_fd(const struct wire *w);
/* Queues a frame (the top bit of flags is not yours); pass_fd (-1: none) is duplicated. wire_flush() writes
 * what it can. */
bool wire_send(
    struct wire *w, uint16_t type, uint16_t flags, struct str payload, int pass_fd, struct err *err);
bool wire_flush(struct wire *w, struct err *err); /* false: the peer is gone; true also when it would block */
bool wire_pending(const struct wire *w);          /* something is left to write */
/* Reads what is there. false: end of file or error (err->code ERR_NONE at a clean end). */
bool wire_read(struct wire *w, struct err *err);
/* The next whole frame; false when there is none yet. A malformed one sets wire_broken(). */
bool wire_next(struct wire *w, struct wire_frame *f);
bool wire_broken(const struct wire *w);

#endif
