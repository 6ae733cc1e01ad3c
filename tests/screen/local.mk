# screen tests.
