/* SPDX-License-Identifier: MIT */
/* The bundled edition: where it lies, and which day it is there. */
#ifndef CO_APP_EDITION_H
#define CO_APP_EDITION_H

#include "base/err.h"
#include <stdint.h>

/* The folder: beside the sources when run from the build tree, else where it was installed. Returns yours. */
char *edition_dir(struct err *err);
/* Its own last moment, from the first line of its index ("#now", tab, RFC 3339); TIME_NONE with err. */
int64_t edition_now(const char *dir, struct err *err);

#endif
