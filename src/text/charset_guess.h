/* SPDX-License-Identifier: MIT */
/* A guess at the encoding of bytes without a label. For text/charset. Thread: any. */
#ifndef CO_TEXT_CHARSET_GUESS_H
#define CO_TEXT_CHARSET_GUESS_H

#include "base/str.h"

/* A label, never NULL; "windows-1252" when nothing speaks for another. s is not UTF-8. */
const char *charset_guess(struct str s);

#endif
