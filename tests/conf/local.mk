# Tests of src/conf.
if HAVE_CMOCKA
check_PROGRAMS += tests/conf/conf_test tests/conf/conf_write_test
TESTS += tests/conf/conf_test tests/conf/conf_write_test
tests_conf_conf_test_SOURCES = tests/conf/conf_test.c
tests_conf_conf_test_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_conf_conf_test_LDADD = $(layer_conf) $(CMOCKA_LIBS) $(libs_conf)
tests_conf_conf_write_test_SOURCES = tests/conf/conf_write_test.c
tests_conf_conf_write_test_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_conf_conf_write_test_LDADD = $(layer_conf) $(CMOCKA_LIBS) $(libs_conf)
endif
TESTS += tests/conf/settings_test.py
dist_check_SCRIPTS += tests/conf/settings_test.py
