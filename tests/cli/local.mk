# Tests of the whole program, against a loopback web server.
cli_tests = tests/cli/flow_test.py tests/cli/article_test.py tests/cli/edition_test.py \
	tests/cli/crash_test.py tests/cli/events_test.py tests/cli/sources_test.py tests/cli/api_test.py \
	tests/cli/programs_test.py tests/cli/hostile_test.py tests/cli/machine_test.py tests/cli/polite_test.py
TESTS += $(cli_tests)
dist_check_SCRIPTS += $(cli_tests)
dist_noinst_DATA += tests/cli/harness.py
$(cli_tests:.py=.log): courant$(EXEEXT) courant-fetch$(EXEEXT) courant-parse$(EXEEXT)
tests/cli/article_test.log tests/cli/machine_test.log tests/cli/crash_test.log tests/cli/polite_test.log: courant-script$(EXEEXT)
