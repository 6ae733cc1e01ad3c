# Tests of src/syntax.
