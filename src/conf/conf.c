/* SPDX-License-Identifier: MIT */
typedef int co_conf_empty;
