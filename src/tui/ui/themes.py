"""The one theme: dark, quiet, with colours that also differ in brightness."""

from __future__ import annotations

from textual.theme import Theme

THEME = Theme(
    name="stridelift",
    dark=True,
    primary="#7fd1ae",
    secondary="#8fb8de",
    accent="#e8c170",
    warning="#f2a65a",
    error="#ef767a",
    success="#7fd1ae",
    foreground="#dfe3e6",
    background="#12171b",
    surface="#1a2126",
    panel="#1f282e",
)
