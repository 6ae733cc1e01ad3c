/* SPDX-License-Identifier: MIT */
/* Footnotes: links within the page lead nowhere in a document, so a mark loses its link and stays a mark, and
 * what it points to becomes a note with that mark. The arrows that lead back from notes are left out. */
#include "article/notes.h"

#include "base/map.h"
#include "text/url.h"
#include "text/utf8.h"

enum { NOTES_MAX = 2000, MARK_MAX = 12, UP_MAX = 3, SEARCHES_MAX = 100 };

struct notes {
	struct arena *arena;
	const struct node *root;
	int searches;
	struct str page;   /* address, without a fragment */
	struct map *by_id; /* id → its mark, a struct str in the arena */
};

static bool holds_id(struct notes *notes, struct str id)
{
	if (notes->searches++ >= SEARCHES_MAX)
		return false;
	for (const struct node *n = notes->root; n; n = node_next(n, notes->root))
		if (str_eq(node_attr(n, ATTR_ID), id))
			return true;
	return false;
}

/* Feeds' texts come with all addresses made absolute, by one base or another: there the name decides. */
struct str notes_within(struct notes *notes, const struct node *a)
{
	struct str href = node_attr(a, ATTR_HREF), page, name;
	ptrdiff_t hash = str_chr(href, '#');

	if (hash < 0)
		return STR_NONE;
	page = str_sub(href, 0, (size_t)hash);
	name = str_skip(href, (size_t)hash + 1);
	if (!page.len || str_eq(page, notes->page))
		return name;
	return name.len && str_eq_nocase(url_host(page), url_host(notes->page)) && holds_id(notes, name)
	           ? name
	           : STR_NONE;
}

/* "1", "[12]", "*", "a": the mark without brackets; absent when it is none. */
static struct str mark_of(struct arena *arena, const struct node *a)
{
	struct str s = node_line_str(arena, a, MARK_MAX + 4);

	if (str_starts(s, "[") && str_ends(s, "]"))
		s = str_trim(str_sub(s, 1, s.len - 2));
	return s.len && s.len <= MARK_MAX && utf8_count(s) <= 4 && str_chr(s, ' ') < 0 ? s : STR_NONE;
}

/* Raised, in brackets, or called so: a contents list has short links too. */
static bool is_reference(const struct node *a)
{
	const struct node *up = a;

	for (int i = 0; up && i < UP_MAX; i++, up = up->parent)
		if (up->tag == TAG_SUP || str_find_nocase(node_attr(up, ATTR_CLASS), "footnote") >= 0 ||
		    str_find_nocase(node_attr(up, ATTR_CLASS), "noteref") >= 0 ||
		    str_find_nocase(node_attr(up, ATTR_ROLE), "noteref") >= 0)
			return true;
	for (const struct node *n = a->first; n; n = n->next)
		if (n->tag == TAG_SUP || (n->tag == TAG_TEXT && str_starts(str_trim(n->text), "[")))
			return true;
	return false;
}

/* A note's own number, which leads back. */
static bool is_in_note(const struct notes *notes, const struct node *a)
{
	struct str id = node_attr(a, ATTR_ID);

	return id.len && map_get(notes->by_id, id);
}

static bool is_arrow(const struct notes *notes, const struct node *a)
{
	static const char *const arrows[] = {"↩", "↩︎", "↑", "^", "⤴", "⏎", "↵", "⬆"};
	struct str s = node_line_str(notes->arena, a, MARK_MAX + 4);

	for (size_t i = 0; i < ARRAY_LEN(arrows); i++)
		if (str_eqc(s, arrows[i]))
			return true;
	return false;
}

struct notes *notes_find(struct arena *arena, const struct node *root, struct str base)
{
	struct notes *notes = arena_new_of(arena, struct notes);
	ptrdiff_t hash = str_chr(base, '#');

	notes->arena = arena;
	notes->root = root;
	notes->page = hash >= 0 ? str_sub(base, 0, (size_t)hash) : base;
	notes->by_id = map_new();
	for (const struct node *n = root; n && map_count(notes->by_id) < NOTES_MAX; n = node_next(n, root)) {
		struct str id, mark;

		if (n->tag != TAG_A || !(id = notes_within(notes, n)).len || !is_reference(n) ||
		    is_in_note(notes, n) || is_arrow(notes, n))
			continue;
		mark = mark_of(arena, n);
		if (mark.len && !map_get(notes->by_id, id)) {
			struct str *kept = arena_new_of(arena, struct str);

			*kept = mark;
			map_put(notes->by_id, id, kept);
		}
	}
	return notes;
}

void notes_release(struct notes *notes)
{
	map_free(notes->by_id);
}

/* Its own, or that of an anchor at its beginning. */
static struct str id_of(const struct node *n)
{
	struct str id = node_attr(n, ATTR_ID);
	const struct node *c = n->first;

	while (c && c->tag == TAG_TEXT && !str_trim(c->text).len)
		c = c->next;
	return id.len || !c || (c->tag != TAG_A && c->tag != TAG_SPAN) ? id : node_attr(c, ATTR_ID);
}

struct str notes_label(const struct notes *notes, const struct node *n)
{
	const struct str *mark = NULL;
	struct str id;

	if (n->tag != TAG_LI && n->tag != TAG_P && n->tag != TAG_DIV && n->tag != TAG_DD)
		return STR_NONE;
	id = id_of(n);
	mark = id.len ? map_get(notes->by_id, id) : NULL;
	return mark ? *mark : STR_NONE;
}

bool notes_is_reference(struct notes *notes, const struct node *a)
{
	struct str id = notes_within(notes, a);

	return id.len && map_get(notes->by_id, id) && !node_closest(a, TAG_SUP) &&
	       !node_find(a, NULL, TAG_SUP) && mark_of(notes->arena, a).len;
}

bool notes_is_way_back(struct notes *notes, const struct node *a)
{
	return notes_within(notes, a).p && (is_in_note(notes, a) || is_arrow(notes, a));
}
