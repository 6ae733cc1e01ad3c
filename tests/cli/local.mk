# cli tests.
