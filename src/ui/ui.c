/* SPDX-License-Identifier: MIT */
typedef int co_ui_empty;
