# Tests of src/fetch.
