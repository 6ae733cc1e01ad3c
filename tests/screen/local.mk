# Screens as text: scripts of keys, and what stands on the screen after them.
screen_tests = tests/screen/run_test.sh
TESTS += $(screen_tests)
dist_check_SCRIPTS += $(screen_tests)
dist_noinst_DATA += tests/screen/config.yaml tests/screen/quay.xml tests/screen/tide.xml \
	tests/screen/events.yaml tests/screen/events-late.yaml tests/screen/almanac.xml \
	tests/screen/gull.xml tests/screen/lamp.xml tests/screen/late.xml tests/screen/pier.xml \
	tests/screen/arrivals.screen tests/screen/arrivals.script tests/screen/arrivals.yaml \
	tests/screen/events.screen tests/screen/events.script \
	tests/screen/related.screen tests/screen/related.script \
	tests/screen/search.screen tests/screen/search.script \
	tests/screen/article.screen tests/screen/article.script \
	tests/screen/edition.screen tests/screen/edition.script \
	tests/screen/help.screen tests/screen/help.script \
	tests/screen/marks.screen tests/screen/marks.script \
	tests/screen/mouse.screen tests/screen/mouse.script \
	tests/screen/panes.screen tests/screen/panes.script \
	tests/screen/prompts.screen tests/screen/prompts.script tests/screen/prompts.yaml \
	tests/screen/press.screen tests/screen/press.script tests/screen/press.xml tests/screen/press.yaml \
	tests/screen/sizes.screen tests/screen/sizes.script
$(screen_tests:.sh=.log): courant-script$(EXEEXT) courant-fetch$(EXEEXT) courant-parse$(EXEEXT)
