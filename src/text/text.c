/* SPDX-License-Identifier: MIT */
typedef int co_text_empty;
