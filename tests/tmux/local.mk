# The whole program in a real tmux.
tmux_tests = tests/tmux/screen_test.sh tests/tmux/idle_test.sh
TESTS += $(tmux_tests)
dist_check_SCRIPTS += $(tmux_tests)
$(tmux_tests:.sh=.log): courant$(EXEEXT) courant-fetch$(EXEEXT) courant-parse$(EXEEXT)
