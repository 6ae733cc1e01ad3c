/* SPDX-License-Identifier: MIT */
typedef int co_app_empty;
