"""Today's session line by line: a typed line in, lines to be read out."""
