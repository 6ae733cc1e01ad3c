/* SPDX-License-Identifier: MIT */
typedef int co_fetch_empty;
