"""Readers and writers for other programs' files and for the set log."""
