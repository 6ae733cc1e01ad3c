noinst_LIBRARIES += libui.a
libui_a_CPPFLAGS = $(AM_CPPFLAGS) $(CURSES_CFLAGS)
libui_a_SOURCES = \
	src/ui/bar.c \
	src/ui/cell.c src/ui/cell.h \
	src/ui/clip.c src/ui/clip.h \
	src/ui/draw.c src/ui/draw.h src/ui/draw_priv.h src/ui/draw_scroll.c \
	src/ui/frame.c \
	src/ui/key.c src/ui/key.h \
	src/ui/lit.c \
	src/ui/mouse.c src/ui/mouse.h \
	src/ui/overlay.c \
	src/ui/paint.c src/ui/paint.h \
	src/ui/pane_article.c \
	src/ui/pane_headlines.c \
	src/ui/pane_related.c \
	src/ui/script.c src/ui/script.h \
	src/ui/tabs.c \
	src/ui/term.c src/ui/term.h \
	src/ui/theme.c src/ui/theme.h \
	src/ui/ui.c src/ui/ui.h

# The driver of the screen tests.
check_PROGRAMS += courant-script
courant_script_SOURCES = src/ui/script_main.c
courant_script_LDADD = $(layer_ui) $(libs_ui)
