"""Reads and writes the log on the runner's own disk. Only this package uses TinyDB."""
