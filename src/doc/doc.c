/* SPDX-License-Identifier: MIT */
typedef int co_doc_empty;
