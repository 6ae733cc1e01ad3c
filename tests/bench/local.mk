# bench tests.
