# Tests of src/app.
if HAVE_CMOCKA
check_PROGRAMS += tests/app/keys_test tests/app/interval_test tests/app/rules_test
TESTS += tests/app/keys_test tests/app/interval_test tests/app/rules_test
tests_app_keys_test_SOURCES = tests/app/keys_test.c
tests_app_keys_test_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_app_keys_test_LDADD = $(layer_app) $(CMOCKA_LIBS) $(libs_app)
tests_app_interval_test_SOURCES = tests/app/interval_test.c
tests_app_interval_test_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_app_interval_test_LDADD = $(layer_app) $(CMOCKA_LIBS) $(libs_app)
tests_app_rules_test_SOURCES = tests/app/rules_test.c
tests_app_rules_test_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_app_rules_test_LDADD = $(layer_app) $(CMOCKA_LIBS) $(libs_app)
endif
