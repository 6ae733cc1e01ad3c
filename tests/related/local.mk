# Tests of src/related.
