"""Other programs' formats and this one's own for exchange: text in, values or problems out."""
