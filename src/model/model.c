/* SPDX-License-Identifier: MIT */
typedef int co_model_empty;
