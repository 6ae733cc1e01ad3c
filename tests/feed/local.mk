# Tests of src/feed.
