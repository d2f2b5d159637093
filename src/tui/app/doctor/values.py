"""Checks what the documents of the log say: dates, times and places that can be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from tui.app.doctor.findings import Finding
from tui.app.doctor.folder import Folder, Stored
from tui.app.doctor.identity import CORRECT
from tui.domain.model.date_parser import in_log_years
from tui.domain.model.edits import stamps_of
from tui.domain.model.stamps import edited_at, newest
from tui.domain.model.text import number_of
from tui.domain.model.validation import BadDocument
from tui.domain.model.values import Record, Session

# A clock may be this far ahead or behind before it is worth a word.
AHEAD, BEHIND = timedelta(hours=24), timedelta(minutes=10)


def check(folder: Folder, now: datetime) -> Iterator[Finding]:
    """The findings on values; ``now`` is the current time."""
    for one in folder.log:
        if one.value is not None:
            yield from _dates(one, one.value)
            yield from _stamp(one, one.value, now)
        if isinstance(one.value, Session):
            yield from _clash(one, one.value)
    yield from _clock(folder, now)


def _dates(one: Stored, value: Session | Record) -> Iterator[Finding]:
    try:
        in_log_years(value.day)
    except BadDocument as bad:
        yield Finding(
            code="date",
            where=one.file,
            ids=(one.key,),
            words=f"{one.key}: {bad}",
            todo=CORRECT,
        )
    if isinstance(value, Session) and value.finished and value.finished < value.started:
        yield Finding(
            code="times",
            where=one.file,
            ids=(one.key,),
            words=f"{value.day}: finished at {value.finished.isoformat()}, before it started",
            todo=CORRECT,
        )


def _stamp(one: Stored, value: Session | Record, now: datetime) -> Iterator[Finding]:
    last = newest(_stamps(value))
    ahead = edited_at(last) - edited_at(now.isoformat())
    if ahead > AHEAD / timedelta(microseconds=1):
        yield Finding(
            code="ahead",
            where=one.file,
            ids=(one.key,),
            words=f"{value.day}: edited at {last}, which is still to come, and counts",
            todo="check the clocks of your machines",
        )


def _stamps(value: Session | Record) -> list[str]:
    return stamps_of(value) if isinstance(value, Session) else [value.edited]


def _clash(one: Stored, session: Session) -> Iterator[Finding]:
    clashes = 0
    for entry in session.live():
        places = [(row.kind, row.number, row.side) for row in entry.live()]
        clashes += len(places) - len(set(places))
    if clashes and not session.deleted:
        yield Finding(
            code="place",
            where=one.file,
            ids=(one.key,),
            words=f"{session.day}: {number_of(clashes, 'set')} in the place of another, from two "
            "machines; numbered on where they are shown",
            note=True,
        )


def _clock(folder: Folder, now: datetime) -> Iterator[Finding]:
    every = (stamp for one in folder.log if one.value is not None for stamp in _stamps(one.value))
    ahead = edited_at(newest(every)) - edited_at(now.isoformat())
    # Beyond a day, each such document has a finding of its own.
    low, high = (limit / timedelta(microseconds=1) for limit in (BEHIND, AHEAD))
    if low < ahead <= high:
        minutes = round(ahead / 60_000_000)
        yield Finding(
            code="clock",
            where="log",
            words=f"this machine's clock is {minutes} min behind the newest entry, or that of "
            "another machine is ahead",
            todo="set the clock; nothing is lost by it",
        )
