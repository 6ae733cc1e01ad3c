/* SPDX-License-Identifier: MIT */
typedef int co_store_empty;
