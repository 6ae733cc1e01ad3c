/* SPDX-License-Identifier: MIT */
/* A curl handle's options for one hop. Everything that is said to libcurl about a transfer is said here. */
#ifndef CO_FETCH_OPTIONS_H
#define CO_FETCH_OPTIONS_H

#include "fetch/transfer.h"

void options_set(struct transfer *t, const struct fetch_settings *s, CURLSH *share);

/* What libcurl calls (transfer.c). */
size_t transfer_on_body(char *data, size_t size, size_t n, void *arg);
size_t transfer_on_head(char *data, size_t size, size_t n, void *arg);
curl_socket_t transfer_on_socket(void *arg, curlsocktype purpose, struct curl_sockaddr *address);
int transfer_on_request(void *arg, char *ip, char *local_ip, int port, int local_port);

#endif
