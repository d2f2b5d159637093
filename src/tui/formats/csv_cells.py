"""Text in cells of CSV files: nothing that a spreadsheet would work out as a formula."""

from __future__ import annotations

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
MARK = "'"


def safe(text: str) -> str:
    """The text for a cell; an apostrophe stands in front of what a spreadsheet would take for a
    formula. For text alone: a negative number is a number. :func:`plain` is the inverse."""
    return MARK + text if text.lstrip(MARK).startswith(FORMULA) else text


def plain(text: str) -> str:
    """The text in a cell that :func:`safe` made."""
    return text[1:] if text.startswith(MARK) and text.lstrip(MARK).startswith(FORMULA) else text
