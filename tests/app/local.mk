# Tests of src/app.
if HAVE_CMOCKA
check_PROGRAMS += tests/app/keys_test tests/app/import_test tests/app/interval_test tests/app/rules_test
TESTS += tests/app/keys_test tests/app/import_test tests/app/interval_test tests/app/rules_test
tests_app_keys_test_SOURCES = tests/app/keys_test.c
tests_app_keys_test_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_app_keys_test_LDADD = $(layer_app) $(CMOCKA_LIBS) $(libs_app)
tests_app_import_test_SOURCES = tests/app/import_test.c
tests_app_import_test_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_app_import_test_LDADD = $(layer_app) $(CMOCKA_LIBS) $(libs_app)
tests_app_interval_test_SOURCES = tests/app/interval_test.c
tests_app_interval_test_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_app_interval_test_LDADD = $(layer_app) $(CMOCKA_LIBS) $(libs_app)
tests_app_rules_test_SOURCES = tests/app/rules_test.c
tests_app_rules_test_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_app_rules_test_LDADD = $(layer_app) $(CMOCKA_LIBS) $(libs_app)
check_PROGRAMS += tests/app/diff_test
TESTS += tests/app/diff_test
tests_app_diff_test_SOURCES = tests/app/diff_test.c
tests_app_diff_test_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_app_diff_test_LDADD = $(layer_app) $(CMOCKA_LIBS) $(libs_app)
check_PROGRAMS += tests/app/hands_test
TESTS += tests/app/hands_test
tests_app_hands_test_SOURCES = tests/app/hands_test.c
tests_app_hands_test_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_app_hands_test_LDADD = $(layer_app) $(CMOCKA_LIBS) $(libs_app)
EXTRA_tests_app_hands_test_DEPENDENCIES = courant-fetch$(EXEEXT) courant-parse$(EXEEXT) \
	tests/app/helpers/courant-fetch$(EXEEXT) tests/app/helpers/courant-parse$(EXEEXT)
endif
# Helpers of bad manners, under the names of the real ones.
check_PROGRAMS += tests/app/helpers/courant-fetch tests/app/helpers/courant-parse
tests_app_helpers_courant_fetch_SOURCES = tests/app/fake_helper.c
tests_app_helpers_courant_fetch_LDADD = $(layer_doc) $(libs_text)
tests_app_helpers_courant_parse_SOURCES = tests/app/fake_helper.c
tests_app_helpers_courant_parse_LDADD = $(layer_doc) $(libs_text)
