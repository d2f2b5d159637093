"""Helpers for tests of the review screens: sessions, the text of rows, the cursor."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone

import pytest

from tests.ui.driver import Books, Driver, running
from tui.domain.model.values import Entry, Measures, Session, SetEntry, Side
from tui.ui.screens.review import ReviewScreen
from tui.ui.screens.review_table import Row
from tui.ui.screens.week_review import WeekScreen
from tui.ui.widgets.styled_text import Line

# A name in a file may be anything.
NAMES = "\x1b[2J\u202e山の名前[red] " * 4
SQUAT = ("back-squat", Side.BOTH, Measures(reps=5, load_kg=60))
JUMPS = ("rope-skipping", Side.BOTH, Measures(contacts=20))
LEFT = ("lunge", Side.LEFT, Measures(reps=8))
RIGHT = ("lunge", Side.RIGHT, Measures(reps=10))


def plain(line: Line) -> str:
    return "".join(words for words, _ in line).rstrip()


def texts(rows: list[Row]) -> list[str]:
    return [plain(row.line) for row in rows]


def here(ui: Driver) -> Row:
    """The row under the cursor of the review or of a week."""
    screen = ui.app.screen
    assert isinstance(screen, ReviewScreen | WeekScreen)
    value = screen.rows.value
    assert isinstance(value, Row)
    assert sum(line.startswith("›") for line in ui.lines()) == 1, "the cursor is seen"
    return value


async def texts_with_and_without_colour(
    books: Books, monkeypatch: pytest.MonkeyPatch, *keys: str
) -> tuple[list[str], list[str]]:
    """The screen's text after each of these keys: with colour, and without."""
    shown: tuple[list[str], list[str]] = ([], [])
    for each in shown:
        async with running(books.open(), books.clock) as ui:
            for key in keys:
                await ui.press(key)
                each.append(ui.text())
        monkeypatch.setenv("NO_COLOR", "1")
        books.close()
    return shown


def session(day: date, *rows: tuple[str, Side, Measures]) -> Session:
    """A session on a morning; each row is a set."""
    zone = timezone(timedelta(hours=1))
    started = datetime.combine(day, time(7), zone)
    entries = tuple(
        Entry(
            id=f"{day}-{n}",
            edited="",
            exercise=name,
            sets=tuple(
                SetEntry(
                    id=f"{day}-{n}-{number}",
                    edited="",
                    number=number,
                    side=side,
                    done=done,
                    prescribed=done,
                )
                for number in (1, 2)
            ),
        )
        for n, (name, side, done) in enumerate(rows)
    )
    finished = started + timedelta(minutes=40)
    return Session(
        id=f"s-{day}",
        edited="",
        started=started,
        finished=finished,
        entries=entries,
        programme="trail-speed",
        part="whole",
    )
