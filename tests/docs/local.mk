# docs tests.
