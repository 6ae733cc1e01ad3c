# docs tests.
dist_check_SCRIPTS += tests/docs/check_layers.sh
TESTS += tests/docs/check_layers.sh
EXTRA_DIST += build-aux/check-layers
TESTS += tests/docs/manual.sh
dist_check_SCRIPTS += tests/docs/manual.sh
tests/docs/manual.log: docs$(EXEEXT)
TESTS += tests/docs/potfiles.sh
dist_check_SCRIPTS += tests/docs/potfiles.sh
