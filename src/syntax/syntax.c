/* SPDX-License-Identifier: MIT */
typedef int co_syntax_empty;
