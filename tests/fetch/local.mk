# Tests of src/fetch.
if HAVE_CMOCKA
fetch_tests = tests/fetch/guard_test tests/fetch/head_test tests/fetch/host_test \
	tests/fetch/local_files_test tests/fetch/sandbox_test
check_PROGRAMS += $(fetch_tests)
TESTS += $(fetch_tests)
tests_fetch_guard_test_SOURCES = tests/fetch/guard_test.c
tests_fetch_guard_test_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_fetch_guard_test_LDADD = $(layer_fetch) $(CMOCKA_LIBS) $(libs_fetch)
tests_fetch_head_test_SOURCES = tests/fetch/head_test.c
tests_fetch_head_test_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_fetch_head_test_LDADD = $(layer_fetch) $(CMOCKA_LIBS) $(libs_fetch)
tests_fetch_host_test_SOURCES = tests/fetch/host_test.c
tests_fetch_host_test_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_fetch_host_test_LDADD = $(layer_fetch) $(CMOCKA_LIBS) $(libs_fetch)
tests_fetch_local_files_test_SOURCES = tests/fetch/local_files_test.c
tests_fetch_local_files_test_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_fetch_local_files_test_LDADD = $(layer_fetch) $(CMOCKA_LIBS) $(libs_fetch)
tests_fetch_sandbox_test_SOURCES = tests/fetch/sandbox_test.c
tests_fetch_sandbox_test_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_fetch_sandbox_test_LDADD = $(layer_fetch) $(CMOCKA_LIBS) $(libs_fetch)
endif
check_PROGRAMS += tests/fetch/ask
tests_fetch_ask_SOURCES = tests/fetch/ask.c
tests_fetch_ask_LDADD = $(layer_doc) $(libs_text)
TESTS += tests/fetch/fetch_test.py
dist_check_SCRIPTS += tests/fetch/fetch_test.py
tests/fetch/fetch_test.log: courant-fetch tests/fetch/ask
dist_noinst_DATA += tests/fetch/self_signed.pem
