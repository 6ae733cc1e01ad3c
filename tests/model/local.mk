# Tests of src/model.
if HAVE_CMOCKA
model_tests = tests/model/codec_test tests/model/query_test
check_PROGRAMS += $(model_tests)
TESTS += $(model_tests)
tests_model_codec_test_SOURCES = tests/model/codec_test.c
tests_model_codec_test_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_model_codec_test_LDADD = $(layer_model) $(CMOCKA_LIBS) $(libs_text)
tests_model_query_test_SOURCES = tests/model/query_test.c
tests_model_query_test_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS)
tests_model_query_test_LDADD = $(layer_model) $(CMOCKA_LIBS) $(libs_text)
endif
