"""Sessions as other apps keep them: workouts with one row for each side of a set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime

from msgspec import Struct

from tui.domain.model.library.catalog import Library, exercise_name, way_of
from tui.domain.model.text import clean
from tui.domain.model.units import plain
from tui.domain.model.values import Entry, Measures, Session, SetEntry, SetKind
from tui.domain.model.visible import visible
from tui.domain.review.log_search import session_name
from tui.formats.side_notes import BETWEEN, told

KINDS = tuple(SetKind)
# What apps let their users choose.
LEAST_RPE = 6


class Row(Struct, frozen=True, kw_only=True):
    """One side of one set that was done. ``number`` counts the work sets of its entry from 1 and is
    None for other sets, ``place`` counts the rows of the entry from 0. ``superset`` is the same for
    the entries of a group. The weight is in kilograms, below zero for help, distance and time are
    in whole metres and seconds; 0 stands for none."""

    exercise: str
    superset: int | None
    number: int | None
    place: int
    kind: SetKind
    weight_kg: float
    reps: int
    metres: int
    seconds: int
    rpe: float | None
    note: str


class Workout(Struct, frozen=True, kw_only=True):
    """One session that has a row. The times are those of the clock on the wall."""

    started: datetime
    finished: datetime | None
    name: str
    note: str
    rows: tuple[Row, ...]


def workouts(sessions: Iterable[Session], library: Library) -> Iterator[Workout]:
    """The workouts of a log, oldest first; the sessions may come in any order. Left out is what was
    deleted, and what was not done."""
    for session in sorted(sessions, key=lambda each: (each.started, each.id)):
        shown = visible(session)
        if shown.deleted or not (rows := tuple(_rows(shown, library))):
            continue
        # In the zone of the start: a session may end in another one.
        ended = shown.finished and shown.finished.astimezone(shown.started.tzinfo)
        name = clean(session_name(library, shown, ": ")).strip()
        yield Workout(
            started=shown.started.replace(tzinfo=None),
            finished=ended.replace(tzinfo=None) if ended else None,
            name=name[:1].upper() + name[1:],
            note=_lines(shown.note),
            rows=rows,
        )


def _rows(session: Session, library: Library) -> Iterator[Row]:
    entries = [(entry, done) for entry in session.live() if (done := _done(entry, library))]
    sizes = Counter(entry.superset for entry, _ in entries if entry.superset)
    groups = [group for group, size in sizes.items() if size > 1]
    for entry, done in entries:
        counted = dict.fromkeys(row.number for row, _ in done if row.kind is SetKind.WORK)
        numbers = {number: place for place, number in enumerate(counted, 1)}
        for place, (row, amount) in enumerate(done):
            words = BETWEEN.join(filter(None, [amount.words, _lines(row.note)]))
            yield Row(
                exercise=clean(exercise_name(library, entry.exercise)).strip(),
                superset=groups.index(entry.superset) if entry.superset in groups else None,
                number=numbers[row.number] if row.kind is SetKind.WORK else None,
                place=place,
                kind=row.kind,
                weight_kg=round(row.done.net_kg or 0, 3),
                reps=amount.reps,
                metres=amount.metres,
                seconds=amount.seconds,
                rpe=_rpe(row.rir),
                note=told(row.side, words),
            )


class _Amount(Struct, frozen=True):
    """How much was done, and what of it the numbers do not say."""

    reps: int
    metres: int
    seconds: int
    words: str


def _done(entry: Entry, library: Library) -> list[tuple[SetEntry, _Amount]]:
    """The sets of an entry that were done, in the order in which they are shown."""
    feet = way_of(library, entry.exercise).feet or 1
    rows = sorted(
        (row for row in entry.live() if row.undone is None),
        key=lambda row: (KINDS.index(row.kind), row.number, row.side.value),
    )
    amounts = [(row, _amount(row.done, feet)) for row in rows]
    return [(row, amount) for row, amount in amounts if amount]


def _amount(m: Measures, feet: int) -> _Amount | None:
    """How much a set was, None for nothing; ``feet`` land in each jump."""
    reps = m.reps
    if reps is None and m.contacts is not None:
        reps = m.contacts // feet if m.contacts % feet == 0 else m.contacts
    held, words = m.hold_s, ""
    if m.holds is not None and m.hold_s:
        held, words = m.holds * m.hold_s, f"{m.holds} × {plain(m.hold_s)} s"
    elif m.holds is not None and reps is None:
        reps = m.holds
    found = _Amount(reps or 0, round(m.distance_m or 0), round(held or m.duration_s or 0), words)
    return found if found.reps or found.metres or found.seconds else None


def _rpe(rir: float | None) -> float | None:
    """The rate of perceived exertion, in halves; None if it is below those that apps have."""
    rpe = 10 if rir is None else round(2 * (10 - rir)) / 2
    return rpe if rir is not None and rpe >= LEAST_RPE else None


def _lines(note: str) -> str:
    return "\n".join(map(clean, note.strip().splitlines())).strip()
