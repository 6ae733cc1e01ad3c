/* SPDX-License-Identifier: MIT */
/* The configuration's `keys:` into the key map. */
#ifndef CO_APP_KEYS_CONF_H
#define CO_APP_KEYS_CONF_H

#include "app/keymap.h"
#include "conf/conf.h"

/* Mistakes are added to problems with their place; the other keys hold all the same. */
void keys_from_conf(struct keymap *m, const struct conf *c, struct problems *problems);

#endif
