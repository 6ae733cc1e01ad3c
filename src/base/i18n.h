/* SPDX-License-Identifier: MIT */
/* Marks of translatable text: _() where it is shown, N_() inside tables, P_() for plurals. */
#ifndef CO_BASE_I18N_H
#define CO_BASE_I18N_H

#include <libintl.h>

#define _(text)          gettext(text)
#define N_(text)         (text)
#define P_(one, many, n) ngettext((one), (many), (unsigned long)(n))

#endif
