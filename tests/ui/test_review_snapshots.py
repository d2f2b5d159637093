"""Snapshots of the review screens with a year of training: in both sizes, in sixteen colours and in
none. After an intended change: pytest --snapshot-update, and look at what changed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from rich.style import Style
from syrupy.assertion import SnapshotAssertion

from tests.ui.driver import Books, Driver, running, shipped
from tui.app.demo_log import calendar, settings, year_of_training
from tui.domain.model.values import Session

VIEWS: dict[str, tuple[str, ...]] = {
    "history": ("3", "j"),
    "history session": ("3", "enter"),
    "review": ("5",),
    "review below": ("5", "end"),
    "week": ("5", "enter"),
    "trend": ("T",),
    "trend of a lift": ("1", "/", *"split squat", "enter", "T"),
    "trend left and right": ("1", "/", *"split squat", "enter", "T", "s"),
}
SIZES = {"80x24": (80, 24), "120x40": (120, 40)}
EACH = pytest.mark.parametrize(("view", "size"), [(v, s) for v in VIEWS for s in SIZES])


@pytest.fixture(scope="module")
def year() -> Sequence[Session]:
    day = Books(Path()).clock()
    return year_of_training(shipped(), day.date(), day.tzinfo)


@pytest.fixture(autouse=True)
def trained(books: Books, year: Sequence[Session]) -> None:
    book = books.open()
    for key, value in settings().items():
        book.profile.store.set(key, value, year[0].day, books.clock())
    for change in calendar(books.clock().date()):
        book.profile.change_calendar(change)
    book.reader.repository.put_many(year, [])
    book.close()


@EACH
async def test_view(books: Books, snapshot: SnapshotAssertion, view: str, size: str) -> None:
    async with running(books.open(), books.clock, SIZES[size]) as ui:
        await ui.press(*VIEWS[view])
        assert ui.text() == snapshot


@EACH
async def test_in_sixteen_colours(
    books: Books,
    snapshot: SnapshotAssertion,
    monkeypatch: pytest.MonkeyPatch,
    view: str,
    size: str,
) -> None:
    monkeypatch.setenv("COLORTERM", "")
    monkeypatch.setenv("TERM", "xterm")
    assert await painted_view(books, view, size) == snapshot


@EACH
async def test_without_colour(
    books: Books,
    snapshot: SnapshotAssertion,
    monkeypatch: pytest.MonkeyPatch,
    view: str,
    size: str,
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert await painted_view(books, view, size) == snapshot


async def painted_view(books: Books, view: str, size: str) -> str:
    async with running(books.open(), books.clock, SIZES[size]) as ui:
        await ui.press(*VIEWS[view])
        return painted(ui)


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


async def test_the_readme_shows_what_there_is_to_see(books: Books) -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    block = readme.partition("<!-- trend -->\n```\n")[2].partition("```")[0].splitlines()
    async with running(books.open(), books.clock) as ui:
        await ui.press(*VIEWS["trend of a lift"])
        bars = str.maketrans("▁▂▃▄▅▆▇", " " * 7)
        seen = [line.translate(bars).rstrip() for line in ui.lines()]
        assert len(block) > 15
        assert seen[: len(block)] == [line.translate(bars).rstrip() for line in block]
