"""Changes in code that tests should notice: what is changed, which tests run it, and whether they notice."""
