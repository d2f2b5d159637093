"""Presents values as text, tables, Markdown, JSON and charts, without a screen."""
