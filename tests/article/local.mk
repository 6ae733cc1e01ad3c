# Tests of src/article.
