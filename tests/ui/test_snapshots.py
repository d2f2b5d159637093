"""Snapshots of every screen, as the runner sees it at 80 by 24 unless its name says otherwise, and
of what colours are for in each look. After an intended change: pytest --snapshot-update, and look
at each picture that changed."""

from __future__ import annotations

import pytest
from rich.style import Style
from syrupy.assertion import SnapshotAssertion

from tests.ui import walks
from tests.ui.driver import Books, Driver
from tui.ui.themes import THEMES

# A theme of the setting, or what the terminal is told to be.
LOOKS = ("light", "contrast", "sixteen colours", "no colour")


@pytest.mark.parametrize("walk", walks.WALKS, ids=lambda walk: walk.__name__)
async def test_each_screen(
    books: Books, snapshot: SnapshotAssertion, walk: walks.Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "de_CH.UTF-8")
    async for name, ui in walk(books):
        assert ui.text() == snapshot(name=name)


@pytest.mark.parametrize("look", LOOKS)
async def test_in_each_look(
    books: Books, snapshot: SnapshotAssertion, look: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if look in THEMES:
        books.open().profile.set("theme", look)
        books.close()
    elif look == "no colour":
        monkeypatch.setenv("NO_COLOR", "1")
    else:
        monkeypatch.setenv("COLORTERM", "")
        monkeypatch.setenv("TERM", "xterm")
    async for name, ui in walks.looks(books):
        assert painted(ui) == snapshot(name=name)


def painted(ui: Driver) -> str:
    """The screen as text; below each row its styles, a letter per cell and a blank for plain text;
    at the end the meaning of the letters."""
    letters: dict[str, str] = {}
    rows = []
    for strip in ui.strips():
        words = "".join(part.text for part in strip)
        inks = ""
        for part in strip:
            ink = named(part.style)
            letter = letters.setdefault(ink, chr(ord("a") + len(letters))) if ink else " "
            inks += "".join(" " if char == " " else letter for char in part.text)
        rows += [words.rstrip(), inks.rstrip()]
    return "\n".join([*rows, *(f"{letter}: {ink}" for ink, letter in letters.items())])


def named(style: Style | None) -> str:
    """The style of a cell in words; empty for the terminal's own colours."""
    if style is None:
        return ""
    colours = [f"{c.name}" for c in (style.color,) if c is not None and not c.is_default]
    grounds = [f"on {c.name}" for c in (style.bgcolor,) if c is not None and not c.is_default]
    kinds = [
        kind for kind in ("bold", "dim", "italic", "underline", "reverse") if getattr(style, kind)
    ]
    return " ".join([*kinds, *colours, *grounds])


async def test_without_colour_nothing_is_coloured_and_something_stands_out(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async for _, ui in walks.looks(books):
        styles = [part.style for line in ui.strips() for part in line if part.style is not None]
        inks = {ink for style in styles for ink in (style.color, style.bgcolor)}
        assert all(ink is None or ink.is_default for ink in inks)
        assert any(style.bold for style in styles)
