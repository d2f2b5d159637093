"""Sessions for the screens that look back, and what their lines read."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone

from tui.core.model import Entry, Measures, Session, SetEntry, Side
from tui.ui.ink import Line

# What a file may call anything.
NAMES = "\x1b[2J\u202e山の名前[red] " * 4
SQUAT = ("back-squat", Side.BOTH, Measures(reps=5, load_kg=60))
JUMPS = ("rope-skipping", Side.BOTH, Measures(contacts=20))
LEFT = ("lunge", Side.LEFT, Measures(reps=8))
RIGHT = ("lunge", Side.RIGHT, Measures(reps=10))


def plain(line: Line) -> str:
    return "".join(words for words, _ in line).rstrip()


def session(day: date, *rows: tuple[str, Side, Measures]) -> Session:
    """A session in the morning, a set a row."""
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
