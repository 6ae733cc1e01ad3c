/* SPDX-License-Identifier: MIT */
typedef int co_base_empty;
