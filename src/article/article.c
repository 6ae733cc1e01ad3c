/* SPDX-License-Identifier: MIT */
typedef int co_article_empty;
