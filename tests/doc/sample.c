/* SPDX-License-Identifier: MIT */
/* The sample, written as a list of pieces so that it reads like the document; and documents of chance. */
#include "sample.h"

#include "base/attr.h"

static const char link_a[] = "https://moon.example/eagle", link_b[] = "https://moon.example/rest";

/* A piece of text, or (kind ≥ 0) the start of a block. */
struct step {
	int kind;
	struct block like;
	const char *text;
	unsigned style;
	const char *link;
};

#define BLOCK(...)                                                                                           \
	{                                                                                                    \
		.like = { __VA_ARGS__ }                                                                      \
	}
#define TEXT(words)                                                                                          \
	{                                                                                                    \
		.kind = -1, .text = (words)                                                                  \
	}
#define STYLED(words, look)                                                                                  \
	{                                                                                                    \
		.kind = -1, .text = (words), .style = (look)                                                 \
	}
#define LINKED(words, look, to)                                                                              \
	{                                                                                                    \
		.kind = -1, .text = (words), .style = (look), .link = (to)                                   \
	}

static const struct step steps[] = {
    BLOCK(.kind = BLOCK_PARA),
    TEXT("The lunar module of "),
    LINKED("Apollo 11", 0, link_a),
    TEXT(" set down at 20:17 universal time, with E = mc"),
    STYLED("2", RUN_SUPER),
    TEXT(", H"),
    STYLED("2", RUN_SUB),
    TEXT("O, x"),
    STYLED("Q", RUN_SUPER),
    TEXT(", a price of "),
    STYLED("10", RUN_DELETED),
    TEXT(" "),
    STYLED("12", RUN_INSERTED),
    TEXT(" and "),
    LINKED("again ", RUN_BOLD, link_a),
    LINKED("the rest", 0, link_b),
    TEXT("."),
    BLOCK(.kind = BLOCK_HEADING, .level = 2),
    TEXT("What comes next"),
    BLOCK(.kind = BLOCK_ITEM, .level = 1),
    TEXT("collect rock and soil, the first of it at once in case they must leave in a hurry;"),
    BLOCK(.kind = BLOCK_ITEM, .level = 1),
    TEXT("set up a seismometer"),
    BLOCK(.kind = BLOCK_ITEM, .level = 2, .ordered = true, .number = 9),
    TEXT("with its mirror for laser light"),
    BLOCK(.kind = BLOCK_ITEM, .level = 2, .ordered = true, .number = 10),
    TEXT("with its camera"),
    BLOCK(.kind = BLOCK_ITEM_MORE, .level = 2),
    TEXT("which sends pictures to both hemispheres"),
    BLOCK(.kind = BLOCK_ITEM, .level = 1),
    BLOCK(.kind = BLOCK_ITEM_MORE, .level = 1),
    TEXT("an item whose first words come late"),
    BLOCK(.kind = BLOCK_PARA, .quote = 1),
    TEXT("Houston, Tranquility Base here."),
    BLOCK(.kind = BLOCK_PARA, .quote = 2),
    TEXT("A quote within the quote, long enough for a second line in most panes."),
    BLOCK(.kind = BLOCK_ITEM, .quote = 1, .level = 1),
    TEXT("a list in the quote"),
    BLOCK(.kind = BLOCK_SOURCE, .quote = 1),
    TEXT("The commander"),
    BLOCK(.kind = BLOCK_PARA, .quote = 1),
    TEXT("Another quote, of another man."),
    BLOCK(.kind = BLOCK_ITEM, .level = 1, .ordered = true, .number = 1),
    TEXT("an item that quotes:"),
    BLOCK(.kind = BLOCK_PARA, .level = 1, .quote = 1),
    TEXT("a quote in the item, of some length, so that its bar goes over two lines"),
    BLOCK(.kind = BLOCK_CODE, .level = 1),
    TEXT("code in it"),
    BLOCK(.kind = BLOCK_ITEM, .level = 1, .ordered = true, .number = 1),
    TEXT("another list, its raised minus 10"),
    STYLED("−3", RUN_SUPER),
    TEXT(" and marks"),
    STYLED("[2][a]", RUN_SUPER),
    BLOCK(.kind = BLOCK_CODE, .label = STR("c")),
    TEXT("\nint main(void)\n{\n\treturn printf(\"a line of code that is wider than a pane of common "
         "width\");\n}\n\n"),
    BLOCK(.kind = BLOCK_FIGURE, .url = STR("https://moon.example/shadow.jpg"), .alt = STR("a shadow")),
    TEXT("the shadow of the module on the surface, "),
    STYLED("seen", RUN_ITALIC),
    TEXT(" from its window"),
    BLOCK(.kind = BLOCK_FIGURE, .url = STR("https://moon.example/dish.jpg"),
        .alt = STR("a dish of sixty-four metres")),
    BLOCK(.kind = BLOCK_EMBED, .url = STR("https://talk.example/post/1")),
    TEXT("One small step & <one> giant *leap*."),
    BLOCK(.kind = BLOCK_EMBED, .label = STR("film"), .url = STR("https://www.films.example/7"),
        .alt = STR("Descent")),
    BLOCK(.kind = BLOCK_EMBED, .label = STR("sound"), .url = STR("https://sounds.example/7")),
    TEXT("the loop of the flight director"),
    BLOCK(.kind = BLOCK_TERM),
    TEXT("LM"),
    BLOCK(.kind = BLOCK_DESC),
    TEXT("lunar module, the part of the ship that lands"),
    BLOCK(.kind = BLOCK_VERSE),
    TEXT("Tell me, silver lamp,\n  whom you light so far from home, on which strange and silent sea;\nand "
         "who looks up."),
    BLOCK(.kind = BLOCK_RULE),
    BLOCK(.kind = BLOCK_RULE),
    BLOCK(.kind = BLOCK_PARA),
    TEXT("هبطت المركبة القمرية في بحر السكون"),
    BLOCK(.kind = BLOCK_ITEM, .level = 1),
    TEXT("שלושה אמריקנים שוגרו מכף קנדי בדיוק בזמן, והנחיתה נקבעה ליום ראשון בערב"),
    BLOCK(.kind = BLOCK_ITEM, .level = 1, .ordered = true, .number = 1),
    TEXT("אחת"),
    BLOCK(.kind = BLOCK_PARA, .quote = 1),
    TEXT("מי שקורא הגהות רואה את מה שהוא יודע, ולא את מה שכתוב שם על הנייר"),
    BLOCK(.kind = BLOCK_PARA),
    TEXT("月面着陸、六億人がテレビで見守る。着陸船は静かの海に降りた。"),
    BLOCK(.kind = BLOCK_NOTE, .label = STR("1")),
    TEXT("A footnote with words enough for a second line in narrow panes."),
    BLOCK(.kind = BLOCK_RULE),
};

static void add_table(struct doc_builder *b)
{
	static const struct {
		const char *text;
		unsigned flags, colspan, rowspan;
	} cells[] = {
	    {"Stage", CELL_HEAD, 1, 1},
	    {"Engines", CELL_HEAD, 1, 1},
	    {"Mass, t", CELL_HEAD, 1, 1},
	    {"Maker", CELL_HEAD, 1, 1},
	    {NULL, 0, 0, 0},
	    {"S-IC", CELL_HEAD, 1, 1},
	    {"5 × F-1", 0, 1, 1},
	    {"2,290", 0, 1, 1},
	    {"Boeing, in a factory near New Orleans", 0, 1, 1},
	    {NULL, 0, 0, 0},
	    {"S-II", CELL_HEAD, 1, 1},
	    {"5 × J-2", 0, 1, 1},
	    {"496", 0, 1, 1},
	    {"North American", 0, 1, 2},
	    {NULL, 0, 0, 0},
	    {"both above", CELL_HEAD, 2, 1},
	    {"2,786", 0, 1, 1},
	};

	doc_block(b, &(struct block){.kind = BLOCK_TABLE});
	doc_text(b, STR("Stages of the rocket"), 0, STR_NONE);
	doc_table_row(b);
	for (size_t i = 0; i < ARRAY_LEN(cells); i++) {
		if (!cells[i].text) {
			doc_table_row(b);
			continue;
		}
		doc_table_cell(b, cells[i].flags, cells[i].colspan, cells[i].rowspan);
		doc_text(b, str_c(cells[i].text), 0, STR_NONE);
	}
}

struct doc *sample_doc(void)
{
	struct doc_builder *b = doc_build();

	for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
		if (steps[i].kind < 0)
			doc_text(b, str_c(steps[i].text), steps[i].style, str_c(steps[i].link));
		else if (steps[i].like.kind == BLOCK_EMBED && !steps[i].like.label.len)
			add_table(b);
		if (steps[i].kind >= 0)
			doc_block(b, &steps[i].like);
	}
	return doc_finish(b);
}

struct chance {
	uint64_t state;
};

static size_t below(struct chance *c, size_t n)
{
	c->state ^= c->state << 13;
	c->state ^= c->state >> 7;
	c->state ^= c->state << 17;
	return (size_t)(c->state % n);
}

static const char *const words[] = {"a", "moon ", "landing ", "interdepartmentally ", " ", "\n", "\t",
    "月面着陸", "é", "e\xcc\x81", "👩‍👩‍👧 ", "🇫🇷", "שלום ", "مرحبا ", "x̀́̂", "\xe2\x80\x8b", "2",
    "-", "(", "[1]", "https://very.long.example/path/that/never/ends ", "คำไทย", "\xc2\xad", "　", "☃️ ",
    "½", "…"};

static void add_words(struct doc_builder *b, struct chance *c)
{
	static const char *const links[] = {
	    NULL, NULL, NULL, "https://a.example/1", "https://a.example/2", "javascript:x"};
	size_t n = below(c, 12);

	for (size_t i = 0; i < n; i++) {
		unsigned style = below(c, 3) ? 0 : 1u << below(c, 9);

		doc_text(b, str_c(words[below(c, ARRAY_LEN(words))]), style,
		    str_c(links[below(c, ARRAY_LEN(links))]));
	}
}

static void add_cells(struct doc_builder *b, struct chance *c)
{
	size_t rows = below(c, 6), columns = 1 + below(c, 12);

	add_words(b, c);
	for (size_t r = 0; r < rows; r++) {
		size_t n = 1 + below(c, columns);

		doc_table_row(b);
		for (size_t i = 0; i < n; i++) {
			doc_table_cell(b, r == 0 || below(c, 5) == 0 ? CELL_HEAD : 0,
			    below(c, 6) ? 1 : (unsigned)below(c, 2000),
			    below(c, 6) ? 1 : (unsigned)below(c, 9));
			add_words(b, c);
		}
	}
}

struct doc *random_doc(uint64_t seed, size_t n_blocks)
{
	struct doc_builder *b = doc_build();
	struct chance c = {seed * 0x9E3779B97F4A7C15u + 1};

	for (size_t i = 0; i < n_blocks; i++) {
		struct block like = {.kind = (enum block_kind)below(&c, BLOCK_KINDS),
		    .level = (uint8_t)(below(&c, 3) ? below(&c, 4) : below(&c, 256)),
		    .quote = (uint8_t)(below(&c, 3) ? 0 : below(&c, 256)),
		    .ordered = below(&c, 2),
		    .number = (uint32_t)(below(&c, 2) ? below(&c, 20) : below(&c, UINT32_MAX)),
		    .label = below(&c, 2) ? STR("1") : STR("long label of ten words"),
		    .url = below(&c, 2) ? STR("https://p.example/") : STR_NONE};

		doc_block(b, &like);
		if (like.kind == BLOCK_TABLE)
			add_cells(b, &c);
		else
			for (size_t n = below(&c, 9); n > 0; n--)
				add_words(b, &c);
	}
	return doc_finish(b);
}
