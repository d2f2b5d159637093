"""Files of other programs and the set log, one module a format."""
