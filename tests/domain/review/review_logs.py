"""Logs around the turn of a year for the review tests, and a slow, simple way to count them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from typing import Any

from hypothesis import strategies as st

from tui.domain.model.values import Entry, Measures, Session, SetEntry, SetKind, Side

TODAY = date(2027, 1, 6)  # a Wednesday; the week begins in January, the month before in 2026
SQUAT, SPLIT, ROPE, MARCH, GONE = (
    "back-squat",
    "split-squat",
    "rope-skipping",
    "single-arm-farmers-march",
    "gone-from-the-library",
)
# The log stores pounds as kilograms, rounded to the gram.
LOADS = (None, 0.0, 16.0, 20.412, 60.0, 61.235, 62.5)
OFFSETS = (-11, -5, 0, 1, 2, 5.5, 13)


def one_in(count: int) -> st.SearchStrategy[bool]:
    return st.integers(1, count).map(lambda n: n == count)


measures = st.builds(
    Measures,
    load_kg=st.sampled_from(LOADS),
    reps=st.none() | st.integers(0, 12),
    holds=st.none() | st.integers(0, 8),
    hold_s=st.none() | st.sampled_from([5, 7.5, 30]),
    tempo_s=st.none() | st.integers(1, 10),
    contacts=st.none() | st.integers(0, 40),
    distance_m=st.none() | st.sampled_from([20, 40]),
)
rows = st.builds(
    SetEntry,
    id=st.integers(0, 10**9).map(str),
    edited=st.just(""),
    number=st.integers(1, 4),
    side=st.sampled_from(Side),
    done=measures,
    kind=st.sampled_from([SetKind.WORK, SetKind.WORK, SetKind.WARMUP]),
    rir=st.none() | st.integers(0, 5),
    pain=st.none() | st.integers(0, 10),
    undone=st.sampled_from([None, None, None, "pain", "time"]),
    prescribed=st.none() | measures,
    deleted=one_in(6),
)
entries = st.builds(
    Entry,
    id=st.integers(0, 10**9).map(str),
    edited=st.just(""),
    exercise=st.sampled_from([SQUAT, SPLIT, ROPE, MARCH, GONE]),
    sets=st.lists(rows, max_size=4).map(tuple),
    deleted=one_in(6),
)


@st.composite
def sessions(draw: st.DrawFn, oldest: int = 95) -> Session:
    """A session in the last weeks or the next days, in any time zone, at any time of day."""
    day = TODAY - timedelta(days=draw(st.integers(-3, oldest)))
    zone = timezone(timedelta(hours=draw(st.sampled_from(OFFSETS))))
    minute = draw(st.sampled_from([0, 1, 9 * 60, 18 * 60 + 5, 24 * 60 - 1]))
    started = datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=zone)
    return Session(
        id=str(draw(st.integers(0, 10**9))),
        edited="",
        started=started,
        finished=draw(st.none() | st.just(started + timedelta(minutes=40))),
        entries=tuple(draw(st.lists(entries, max_size=3))),
        deleted=draw(one_in(8)),
    )


logs = st.lists(sessions(), max_size=12)


def lines(log: list[Session], *, work: bool = True) -> Iterator[dict[str, Any]]:
    """Every row of a log up to TODAY that is not deleted, as one flat line with its day; with
    ``work``, only work sets that were done."""
    for place, session in enumerate(log):
        day = date(session.started.year, session.started.month, session.started.day)
        if session.deleted or day > TODAY:
            continue
        for number, entry in enumerate(session.entries):
            for row in entry.sets:
                gone = entry.deleted or row.deleted
                done = row.kind is SetKind.WORK and row.undone is None
                if gone or (work and not done):
                    continue
                yield {
                    "session": place,
                    "entry": number,
                    "day": day,
                    "started": session.started,
                    "exercise": entry.exercise,
                    "kind": row.kind,
                    "number": row.number,
                    "side": row.side,
                    "done": row.done,
                    "prescribed": row.prescribed,
                    "undone": row.undone,
                    "rir": row.rir,
                    "pain": row.pain,
                }
