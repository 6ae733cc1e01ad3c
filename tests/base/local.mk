# Tests of src/base.
if HAVE_CMOCKA
base_tests = tests/base/err_test tests/base/file_test tests/base/loop_test tests/base/map_test \
	tests/base/mem_test tests/base/proc_test tests/base/queue_test tests/base/str_test \
	tests/base/wire_test
check_PROGRAMS += $(base_tests)
TESTS += $(base_tests)
tests_base_err_test_SOURCES = tests/base/err_test.c
tests_base_err_test_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_base_err_test_LDADD = $(layer_base) $(CMOCKA_LIBS) $(libs_text)
tests_base_file_test_SOURCES = tests/base/file_test.c
tests_base_file_test_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_base_file_test_LDADD = $(layer_base) $(CMOCKA_LIBS) $(libs_text)
tests_base_loop_test_SOURCES = tests/base/loop_test.c
tests_base_loop_test_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_base_loop_test_LDADD = $(layer_base) $(CMOCKA_LIBS) $(libs_text)
tests_base_map_test_SOURCES = tests/base/map_test.c
tests_base_map_test_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_base_map_test_LDADD = $(layer_base) $(CMOCKA_LIBS) $(libs_text)
tests_base_mem_test_SOURCES = tests/base/mem_test.c
tests_base_mem_test_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_base_mem_test_LDADD = $(layer_base) $(CMOCKA_LIBS) $(libs_text)
tests_base_proc_test_SOURCES = tests/base/proc_test.c
tests_base_proc_test_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_base_proc_test_LDADD = $(layer_base) $(CMOCKA_LIBS) $(libs_text)
tests_base_queue_test_SOURCES = tests/base/queue_test.c
tests_base_queue_test_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_base_queue_test_LDADD = $(layer_base) $(CMOCKA_LIBS) $(libs_text)
tests_base_str_test_SOURCES = tests/base/str_test.c
tests_base_str_test_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_base_str_test_LDADD = $(layer_base) $(CMOCKA_LIBS) $(libs_text)
tests_base_wire_test_SOURCES = tests/base/wire_test.c
tests_base_wire_test_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_base_wire_test_LDADD = $(layer_base) $(CMOCKA_LIBS) $(libs_text)
endif
