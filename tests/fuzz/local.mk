# fuzz tests.
