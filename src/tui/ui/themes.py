"""The colour themes: dark and quiet, with colours that also differ in brightness, and one that uses
the terminal's own colours where it has only sixteen."""

from __future__ import annotations

from dataclasses import replace

from textual.theme import BUILTIN_THEMES, Theme

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

SIXTEEN = replace(
    BUILTIN_THEMES["ansi-dark"],
    name="stridelift-16",
    primary="ansi_green",
    accent="ansi_cyan",
    warning="ansi_red",
)
