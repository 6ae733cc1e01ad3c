/* SPDX-License-Identifier: MIT */
/* What the url files share: the host. */
#ifndef CO_TEXT_URL_PRIV_H
#define CO_TEXT_URL_PRIV_H

#include "base/buf.h"

/* Appends the canonical form of a host of http or https: lower case, IDNA to Punycode, numbers as a dotted
 * IPv4. False: it cannot be a host. */
bool url_add_host(struct buf *out, struct str host);

#endif
