/* SPDX-License-Identifier: MIT */
/* The least that a program with curses costs: starts it, paints a headline, waits for a key. The bench
 * divides the start of the reader by it. */
#include <curses.h>
#include <locale.h>

int main(void)
{
	setlocale(LC_ALL, "");
	if (!initscr())
		return 1;
	for (int y = 0; y < LINES; y++)
		mvaddstr(y, 0, "Floor of all headlines, painted in every row");
	refresh();
	getch();
	endwin();
	return 0;
}
