/* SPDX-License-Identifier: MIT */
/* Two hashes with two promises. hash_stable(): 64-bit words, little-endian, each spread through one
 * bijection; its numbers are stored, so nothing in it may change. hash_seeded(): SipHash-1-3 under a key of
 * this process, so that a stranger cannot choose words that fall into one slot. */
#include "base/hash.h"

#include <errno.h>
#include <pthread.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#define STABLE_START UINT64_C(0x636f7572616e7431)
#define STABLE_STEP  UINT64_C(0x9e3779b97f4a7c15)

enum { LONG_ROWS = 4 };

static pthread_once_t key_once = PTHREAD_ONCE_INIT;
static uint64_t key[2];

/* Eight bytes as a little-endian number. */
static uint64_t word(const char *p)
{
	const unsigned char *b = (const unsigned char *)p;

	return (uint64_t)b[0] | (uint64_t)b[1] << 8 | (uint64_t)b[2] << 16 | (uint64_t)b[3] << 24 |
	       (uint64_t)b[4] << 32 | (uint64_t)b[5] << 40 | (uint64_t)b[6] << 48 | (uint64_t)b[7] << 56;
}

static uint64_t half(const char *p)
{
	const unsigned char *b = (const unsigned char *)p;

	return (uint64_t)b[0] | (uint64_t)b[1] << 8 | (uint64_t)b[2] << 16 | (uint64_t)b[3] << 24;
}

/* What is left of s behind its words of 8 bytes, as if zeros followed: read with what stands before it, or
 * twice over. */
static uint64_t tail(struct str s)
{
	size_t n = s.len % 8;
	const char *p = s.p + s.len - n;
	const unsigned char *b = (const unsigned char *)p;

	if (!n)
		return 0;
	if (s.len >= 8)
		return word(s.p + s.len - 8) >> (8 * (8 - n));
	if (n >= 4)
		return half(p) | half(p + n - 4) << (8 * (n - 4));
	return (uint64_t)b[0] | (uint64_t)b[n / 2] << (8 * (n / 2)) | (uint64_t)b[n - 1] << (8 * (n - 1));
}

uint64_t hash_mix(uint64_t x)
{
	x ^= x >> 32;
	x *= UINT64_C(0xd6e8feb86659fd93);
	x ^= x >> 29;
	x *= UINT64_C(0xa0761d6478bd642f);
	x ^= x >> 32;
	return x;
}

uint64_t hash_stable(struct str s)
{
	return hash_stable_more(STABLE_START, s);
}

uint64_t hash_stable_more(uint64_t h, struct str s)
{
	size_t i = 0;

	for (; s.len - i >= 8; i += 8)
		h = hash_mix(h ^ word(s.p + i)) + STABLE_STEP;
	if (i < s.len)
		h = hash_mix(h ^ tail(s)) + STABLE_STEP;
	return hash_mix(h ^ (uint64_t)s.len * STABLE_STEP);
}

/* Four rows of words, each of which waits for itself alone: the processor works on all of them at once. */
uint64_t hash_stable_long(struct str s)
{
	uint64_t rows[LONG_ROWS], h;
	size_t i = 0;

	for (size_t k = 0; k < LONG_ROWS; k++)
		rows[k] = hash_mix(STABLE_START + k);
	for (; s.len - i >= 8 * LONG_ROWS; i += 8 * LONG_ROWS)
		for (size_t k = 0; k < LONG_ROWS; k++)
			rows[k] = hash_mix(rows[k] ^ word(s.p + i + 8 * k)) + STABLE_STEP;
	h = hash_stable(str_skip(s, i)) ^ (uint64_t)s.len;
	for (size_t k = 0; k < LONG_ROWS; k++)
		h = hash_mix(h ^ rows[k]) + STABLE_STEP;
	return h;
}

struct sip {
	uint64_t a, b, c, d;
};

static uint64_t rotl(uint64_t x, int n)
{
	return x << n | x >> (64 - n);
}

static void sip_round(struct sip *v)
{
	v->a += v->b;
	v->c += v->d;
	v->b = rotl(v->b, 13) ^ v->a;
	v->d = rotl(v->d, 16) ^ v->c;
	v->a = rotl(v->a, 32) + v->d;
	v->c += v->b;
	v->d = rotl(v->d, 21) ^ v->a;
	v->b = rotl(v->b, 17) ^ v->c;
	v->c = rotl(v->c, 32);
}

static void sip_word(struct sip *v, uint64_t m)
{
	v->d ^= m;
	sip_round(v);
	v->a ^= m;
}

static void key_make(void)
{
	key[0] = random_u64();
	key[1] = random_u64();
}

uint64_t hash_seeded(struct str s)
{
	size_t i = 0;

	pthread_once(&key_once, key_make);
	struct sip v = {
	    key[0] ^ UINT64_C(0x736f6d6570736575),
	    key[1] ^ UINT64_C(0x646f72616e646f6d),
	    key[0] ^ UINT64_C(0x6c7967656e657261),
	    key[1] ^ UINT64_C(0x7465646279746573),
	};
	for (; s.len - i >= 8; i += 8)
		sip_word(&v, word(s.p + i));
	sip_word(&v, (uint64_t)s.len << 56 | tail(s));
	v.c ^= 0xff;
	for (int round = 0; round < 3; round++)
		sip_round(&v);
	return v.a ^ v.b ^ v.c ^ v.d;
}

uint64_t hash_seeded_u64(uint64_t x)
{
	pthread_once(&key_once, key_make);
	return hash_mix(hash_mix(x ^ key[0]) + key[1]);
}

uint64_t random_u64(void)
{
	uint64_t x = 0;
	ssize_t n;

	do
		n = getrandom(&x, sizeof x, 0);
	while (n < 0 && errno == EINTR);
	if (n != (ssize_t)sizeof x) {
		/* A kernel without the call: poor, but different from run to run. */
		struct timespec ts = {0};
		clock_gettime(CLOCK_REALTIME, &ts);
		x = hash_mix((uint64_t)ts.tv_sec << 30 ^ (uint64_t)ts.tv_nsec ^ (uint64_t)getpid() << 44);
	}
	return x ? x : 1;
}
