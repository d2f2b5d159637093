"""Readers and writers for other programs' files and for the set log, one module per format."""
