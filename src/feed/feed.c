/* SPDX-License-Identifier: MIT */
typedef int co_feed_empty;
