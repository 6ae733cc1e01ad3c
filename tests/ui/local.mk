# Tests of src/ui.
if HAVE_CMOCKA
ui_tests = tests/ui/draw_test tests/ui/frame_test tests/ui/key_test tests/ui/look_test tests/ui/term_test
check_PROGRAMS += $(ui_tests)
TESTS += $(ui_tests)
tests_ui_frame_test_SOURCES = tests/ui/frame_test.c tests/ui/stand_in.c tests/ui/stand_in.h
tests_ui_frame_test_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_ui_frame_test_LDADD = libui.a libapp.a libconf.a $(layer_doc) $(CMOCKA_LIBS) $(libs_app)
tests_ui_draw_test_SOURCES = tests/ui/draw_test.c
tests_ui_draw_test_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_ui_draw_test_LDADD = libui.a libapp.a libconf.a $(layer_doc) $(CMOCKA_LIBS) $(libs_app)
tests_ui_look_test_SOURCES = tests/ui/look_test.c
tests_ui_look_test_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_ui_look_test_LDADD = libui.a libapp.a libconf.a $(layer_doc) $(CMOCKA_LIBS) $(libs_app)
tests_ui_key_test_SOURCES = tests/ui/key_test.c
tests_ui_key_test_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_ui_key_test_LDADD = libui.a libapp.a libconf.a $(layer_doc) $(CMOCKA_LIBS) $(libs_app)
tests_ui_term_test_SOURCES = tests/ui/term_test.c tests/ui/stand_in.c tests/ui/stand_in.h
tests_ui_term_test_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_ui_term_test_LDADD = libui.a libapp.a libconf.a $(layer_doc) $(CMOCKA_LIBS) $(CURSES_LIBS) $(libs_app)
endif
dist_noinst_DATA += \
	tests/ui/screens/100x30-related.txt \
	tests/ui/screens/100x30.txt \
	tests/ui/screens/100x40.txt \
	tests/ui/screens/160x45.txt \
	tests/ui/screens/1x1.txt \
	tests/ui/screens/20x5.txt \
	tests/ui/screens/20x8-article.txt \
	tests/ui/screens/45x20-article-end.txt \
	tests/ui/screens/45x20-article.txt \
	tests/ui/screens/45x20-related.txt \
	tests/ui/screens/45x20.txt \
	tests/ui/screens/80x24-zoomed.txt \
	tests/ui/screens/80x24.txt
