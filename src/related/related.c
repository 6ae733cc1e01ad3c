/* SPDX-License-Identifier: MIT */
typedef int co_related_empty;
