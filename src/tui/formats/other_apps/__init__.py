"""Logs of other strength apps and watches: one module for each format."""
