"""Looks a data folder over, says what is wrong with it, and mends what can be mended safely."""
