/* SPDX-License-Identifier: MIT */
typedef int co_parse_empty;
