/* SPDX-License-Identifier: MIT */
/* Pages under way: request → answer → parse → further pages of the same article → stored. Each is a record of
 * its own, so that the reader may go on while it comes. Knows which story's page failed in this session; what
 * is shown of it all is page.c's. Main thread. */
#ifndef CO_APP_PAGE_JOB_H
#define CO_APP_PAGE_JOB_H

#include "app/app.h"

struct page_wish {
	struct story_id id; /* STORY_LOOSE: belongs to no stored story, and is given back instead of stored */
	struct source_id source;
	struct str url, named_by; /* named_by: absent: by the source */
	bool background;          /* ahead of time: yields to all that a reader waits for */
};

enum page_event {
	PAGE_CAME,    /* stored, or given in `page` */
	PAGE_BEGINS,  /* its first page is here, in `page`; others follow */
	PAGE_TROUBLE, /* it did not come: `problem` */
	PAGE_LOST     /* it came and could not be stored: `problem` */
};
struct page_news {
	enum page_event event;
	struct story_id id;
	struct str url;
	struct article *page; /* the callee's to keep, by take(); else freed */
	const char *problem;  /* in words, to follow "The page did not come: " */
};
/* page.c's: puts what came where it is shown. */
void page_told(struct app *a, struct page_news *news);

/* Starts fetching a page. One that is under way already is not asked for twice; a reader's wish makes one
 * that was in the background a wanted one. */
void page_job_start(struct app *a, const struct page_wish *wish);
/* Why the page of a story did not come in this session, and how long ago; NULL: it did not fail. */
const char *page_job_failure(const struct app *a, struct story_id id, int64_t *ago_ms);
/* What is said of an answer that is no article, to follow the name of its host: "asks for consent …"; NULL:
 * it may be one. Translated. */
const char *page_state_words(enum page_state state);
/* Forgets what is under way and what failed. After the helpers have ended. */
void page_jobs_free(struct app *a);

#endif
