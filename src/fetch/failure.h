/* SPDX-License-Identifier: MIT */
/* Why there is no answer, in words for a person. Thread: any. */
#ifndef CO_FETCH_FAILURE_H
#define CO_FETCH_FAILURE_H

#include <curl/curl.h>

#include "model/fetch_msg.h"

enum fetch_failure failure_of(CURLcode code);
/* A sentence for the failure of a request to `host`, translated. In a. */
struct str failure_words(struct arena *a, enum fetch_failure failure, struct str host, uint32_t timeout_ms,
    uint64_t max_size, const char *detail);

#endif
