"""Writes a finished session as a FIT activity of strength training, for watches and platforms.

FIT has sets with repetitions, a weight and a duration. It has no sides, no effort, no kind of set,
no help by a machine and no distance of a set, so these stay behind.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from msgspec import Struct

from tui.domain.model.library.catalog import Library, exercise_name
from tui.domain.model.validation import BadDocument
from tui.domain.model.values import Entry, Measures, Session, SetEntry
from tui.formats.fit_encoder import Base, Field, Message, file_of
from tui.formats.fit_exercises import UNKNOWN, Exercise, known_as
from tui.formats.fit_messages import EPOCH, FIRST, LAST

FILE_ID, SESSION, LAP, EVENT, DEVICE_INFO, ACTIVITY = 0, 18, 19, 21, 23, 34
FILE_CREATOR, SET, EXERCISE_TITLE = 49, 225, 264
# A set has its timestamp where other messages have their index.
TIMESTAMP, INDEX, SET_TIMESTAMP = 253, 254, 254
ACTIVITY_FILE, DEVELOPMENT, PRODUCT = 4, 255, 1
TRAINING, STRENGTH = 10, 20
TIMER, LAP_ENDS, SESSION_ENDS, ACTIVITY_ENDS = 0, 9, 8, 26
START, STOP, STOP_ALL = 0, 1, 4
BY_SESSION_END, BY_ACTIVITY_END = 7, 0
REST, ACTIVE = 0, 1
KILOGRAM, GRAIN_KG = 1, 16
# Nobody stops the time of a set of repetitions. Without a guess at it, the rest before it would be
# too long by all of the work. Readers of sets leave it out.
REP_S = 3.0


class _Set(Struct, frozen=True):
    """One set or one rest, in seconds from the start of the session."""

    start_s: float
    length_s: float
    exercise: Exercise | None
    done: Measures | None


class _Work(NamedTuple):
    """How long a set took, and whether that was measured."""

    length_s: float
    measured: bool


def render(session: Session, library: Library) -> bytes:
    """A finished session as a FIT file. Each side of a set is a set, with its load in steps of
    1/16 kg; rests are written between sets whose times are known. An exercise that FIT's profile
    names alike is that one, any other has its name in a title of its own. Raises BadDocument for a
    session that FIT has no time for."""
    exercises = _exercises(session, library)
    sets = _sets(session, exercises)
    end = max((one.start_s + one.length_s for one in sets), default=0.0)
    if session.finished is not None:
        end = max(end, (session.finished - session.started).total_seconds())
    start = round((session.started - EPOCH).total_seconds())
    stop = start + round(end)
    offset = session.started.utcoffset()
    ahead = round(offset.total_seconds()) if offset else 0
    if min(start, start + ahead) < FIRST or max(stop, stop + ahead) > LAST:
        raise BadDocument(f"FIT has no time for a session of {session.day.year}")
    return file_of(
        [
            *_head(start),
            _event(start, START),
            *(_title(rank, one) for rank, one in enumerate(dict.fromkeys(exercises.values()))),
            *(_set(rank, start, one) for rank, one in enumerate(sets)),
            _event(stop, STOP_ALL),
            *_sums(start, stop, end, ahead),
        ]
    )


def _exercises(session: Session, library: Library) -> dict[str, Exercise]:
    """What each exercise of a session is in FIT, by its id."""
    found: dict[str, Exercise] = {}
    for entry in session.live():
        if entry.exercise in found:
            continue
        name = exercise_name(library, entry.exercise)
        known = library.exercises.get(entry.exercise)
        same = known_as(name, *(known.aliases if known else ()))
        taken = {(one.category, one.subtype) for one in found.values()}
        if same is None or same in taken:
            same = UNKNOWN, len(found)
        found[entry.exercise] = Exercise(*same, name)
    return found


def _sets(session: Session, exercises: dict[str, Exercise]) -> list[_Set]:
    """The sets and rests of a session, in the order in which they were done as far as is known."""
    rows = [(entry, one) for entry in session.live() for one in entry.live() if one.done]
    known = [_at(session, one) for _, one in rows]
    timed: list[tuple[float | None, tuple[Entry, SetEntry]]] = list(zip(known, rows, strict=True))
    if None not in known:
        timed.sort(key=lambda pair: pair[0] or 0.0)
    made: list[_Set] = []
    clock = 0.0
    for at, (entry, one) in timed:
        work = _work(one.done)
        stop = clock + work.length_s if at is None else at
        # A time that was measured is what was done; a guess gives way to the set before.
        start = stop - work.length_s if work.measured else max(clock, stop - work.length_s)
        start = max(0.0, start)
        if at is not None and made and start > clock:
            made.append(_Set(clock, start - clock, None, None))
        length = work.length_s if work.measured else max(0.0, stop - start)
        made.append(_Set(start, length, exercises[entry.exercise], one.done))
        clock = max(clock, stop)
    return made


def _at(session: Session, one: SetEntry) -> float | None:
    """When a set was done, in seconds from the start; None if that is not known."""
    try:
        at = datetime.fromisoformat(one.at)
    except ValueError:
        return None
    if at.tzinfo is None:
        return None
    seconds = (at - session.started).total_seconds()
    # A session filled in later has the times of the filling in.
    last = (session.finished - session.started).total_seconds() if session.finished else seconds
    return seconds if 0 <= seconds <= last else None


def _work(done: Measures) -> _Work:
    held = (done.hold_s or 0.0) * (done.holds or 1) or (done.duration_s or 0.0)
    if held:
        return _Work(held, measured=True)
    return _Work((_count(done) or 0) * (done.tempo_s or REP_S), measured=False)


def _count(done: Measures) -> int | None:
    """The repetitions of a set; of jumps that are only known by their landings, these."""
    return done.reps or done.holds or done.contacts


def _head(start: int) -> Sequence[Message]:
    maker = (Field(2, Base.UINT16, DEVELOPMENT), Field(4, Base.UINT16, PRODUCT))
    return (
        Message(
            FILE_ID,
            (
                Field(0, Base.ENUM, ACTIVITY_FILE),
                Field(1, Base.UINT16, DEVELOPMENT),
                Field(2, Base.UINT16, PRODUCT),
                # Platforms tell two files apart by this and the time.
                Field(3, Base.UINT32Z, 1),
                Field(4, Base.UINT32, start),
            ),
        ),
        Message(FILE_CREATOR, (Field(0, Base.UINT16, 100),)),
        Message(
            DEVICE_INFO,
            (
                Field(TIMESTAMP, Base.UINT32, start),
                Field(0, Base.UINT8, 0),
                *maker,
                Field(27, Base.STRING, "Stridelift"),
            ),
        ),
    )


def _event(at: int, kind: int) -> Message:
    fields = (
        Field(TIMESTAMP, Base.UINT32, at),
        Field(0, Base.ENUM, TIMER),
        Field(1, Base.ENUM, kind),
    )
    return Message(EVENT, fields)


def _title(rank: int, one: Exercise) -> Message:
    return Message(
        EXERCISE_TITLE,
        (
            Field(INDEX, Base.UINT16, rank),
            Field(0, Base.UINT16, one.category),
            Field(1, Base.UINT16, one.subtype),
            Field(2, Base.STRING, one.name),
        ),
    )


def _set(rank: int, start: int, one: _Set) -> Message:
    done = one.done
    load = done.load_kg if done else None
    return Message(
        SET,
        (
            Field(SET_TIMESTAMP, Base.UINT32, start + round(one.start_s + one.length_s)),
            Field(0, Base.UINT32, round(one.length_s * 1000)),
            Field(3, Base.UINT16, _count(done) if done else None),
            Field(4, Base.UINT16, None if load is None else round(load * GRAIN_KG)),
            Field(5, Base.ENUM, REST if done is None else ACTIVE),
            Field(6, Base.UINT32, start + round(one.start_s)),
            Field(7, Base.UINT16, one.exercise.category if one.exercise else None),
            Field(8, Base.UINT16, one.exercise.subtype if one.exercise else None),
            Field(9, Base.UINT16, KILOGRAM),
            Field(10, Base.UINT16, rank),
        ),
    )


def _sums(start: int, stop: int, length_s: float, ahead: int) -> Sequence[Message]:
    """The messages that close an activity: its lap, its session, itself."""
    span = (
        Field(TIMESTAMP, Base.UINT32, stop),
        Field(2, Base.UINT32, start),
        Field(7, Base.UINT32, round(length_s * 1000)),
        Field(8, Base.UINT32, round(length_s * 1000)),
        Field(1, Base.ENUM, STOP),
        Field(INDEX, Base.UINT16, 0),
    )
    lap = (
        Field(0, Base.ENUM, LAP_ENDS),
        Field(24, Base.ENUM, BY_SESSION_END),
        Field(25, Base.ENUM, TRAINING),
        Field(39, Base.ENUM, STRENGTH),
    )
    session = (
        Field(0, Base.ENUM, SESSION_ENDS),
        Field(5, Base.ENUM, TRAINING),
        Field(6, Base.ENUM, STRENGTH),
        Field(25, Base.UINT16, 0),
        Field(26, Base.UINT16, 1),
        Field(28, Base.ENUM, BY_ACTIVITY_END),
    )
    activity = (
        Field(TIMESTAMP, Base.UINT32, stop),
        Field(0, Base.UINT32, round(length_s * 1000)),
        Field(1, Base.UINT16, 1),
        Field(2, Base.ENUM, 0),
        Field(3, Base.ENUM, ACTIVITY_ENDS),
        Field(4, Base.ENUM, STOP),
        Field(5, Base.UINT32, stop + ahead),
    )
    return (
        Message(LAP, (*span, *lap)),
        Message(SESSION, (*span, *session)),
        Message(ACTIVITY, activity),
    )
