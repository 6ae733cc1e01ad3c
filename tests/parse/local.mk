# Tests of src/parse.
