"""Brings in the log of another app: what its names mean, what would come in, and the coming in.

Nothing is written until :func:`bring_in`; then all of it is, or nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from tui.app.local_time import LocalZone, localised
from tui.app.logbook import Logbook
from tui.app.taking_back import remembered_import
from tui.domain.model.codec import Doc
from tui.domain.model.ids import beside
from tui.domain.model.library.activity_names import Endurance
from tui.domain.model.library.catalog import Library, NameChoice
from tui.domain.model.library.own_entries import NAMES
from tui.domain.model.library.parser import SCHEMA_VERSION, overlay
from tui.domain.model.validation import BadDocument
from tui.domain.model.values import Exercise, Kind, Session
from tui.domain.model.visible import visible
from tui.domain.planning.calendar_changes import Change
from tui.domain.planning.calendar_codec import RUNS, listed
from tui.domain.planning.diary import Run
from tui.domain.planning.own_exercises import EXERCISES
from tui.domain.planning.own_programmes import free_id
from tui.domain.planning.run_matching import match_new_runs
from tui.formats.other_apps.conversion import Converted, Target, Timed, converted, needs_unit
from tui.formats.other_apps.naming import FoundName, names_in, own_name
from tui.formats.other_apps.workouts import OtherLog
from tui.formats.run_file import run_of
from tui.formats.setlog_join import Joined, join
from tui.formats.setlog_reader import Parsed

AHEAD = timedelta(days=1)
DAY = timedelta(days=1)
# Two workouts that begin so near each other, of which one has no end, are one.
SAME_START = timedelta(minutes=1)


class Incoming(Struct, frozen=True, kw_only=True):
    """The log of another app before it comes in: its ``names`` with what the runner has said of
    them, the ``new`` exercises with the kinds she has given (None: as it looks), and the ``unit``
    of weights whose unit the file does not say (empty: not known)."""

    log: OtherLog
    names: tuple[FoundName, ...]
    new: Mapping[str, Kind | None] = {}
    unit: str = ""

    @property
    def open_names(self) -> tuple[FoundName, ...]:
        """The names that the runner may be asked about."""
        return tuple(one for one in self.names if one.open and one.name not in self.new)


class Plan(Struct, frozen=True, kw_only=True):
    """What comes in: ``joined`` into the log, own ``exercises`` as library JSON, ``names`` to
    remember, and ``runs`` for the diary. ``offered`` counts the runs and walks of the file whether
    they come in or not, ``counts`` is that of :class:`Converted`, ``duplicate`` the sides of sets
    that are there already, and ``elsewhere`` the workouts that the log has from elsewhere."""

    log: OtherLog
    joined: Joined
    exercises: tuple[Doc, ...]
    names: Mapping[str, NameChoice]
    runs: tuple[Run, ...]
    offered: int
    counts: Mapping[str, int]
    sets: int
    metrics: int
    duplicate: int
    elsewhere: int
    days: tuple[date, date] | None


def incoming(log: OtherLog, library: Library) -> Incoming:
    """The log of another app, with its names looked up in the library."""
    return Incoming(log=log, names=tuple(names_in(log, library)))


def answered(
    there: Incoming, choices: Mapping[str, NameChoice], new: Mapping[str, Kind | None] | None = None
) -> Incoming:
    """The log with what the runner says of some names: an exercise, left out, or a new exercise of
    a kind."""
    names = [replace(one, choice=choices.get(one.name, one.choice)) for one in there.names]
    return replace(there, names=tuple(names), new={**there.new, **(new or {})})


def lacks_unit(book: Logbook, there: Incoming) -> bool:
    """Whether the unit of some weight that comes in is not known."""
    return not there.unit and needs_unit(there.log, _Targets(book, there).by_name)


def plan(book: Logbook, there: Incoming, *, with_runs: bool) -> Plan:
    """What comes of a log whose unit is known. Raises BadDocument for a workout that is still to
    come, StoreError if the log cannot be read."""
    _refuse_future(there.log, book.now())
    targets = _Targets(book, there)
    made = converted(there.log, targets.by_name, there.unit, localised)
    known = book.reader.everything()
    news, duplicate, elsewhere = _news(made, known[0])
    lines = sum(len(entry.sets) for session in news for entry in session.entries)
    records = tuple(made.records)
    joined = join(*known, Parsed(sessions=tuple(news), records=records, lines=lines))
    have = {record.id for record in known[1]}
    runs: tuple[Run, ...] = ()
    if with_runs and made.timed:
        every = listed(book.profile.store.histories(), RUNS, book.notice)
        runs = match_new_runs(map(_run, made.timed), every).new
    return Plan(
        log=there.log,
        joined=joined,
        exercises=tuple(targets.entries),
        names={one.name: one.choice for one in there.names if one.choice is not None},
        runs=runs,
        offered=len(made.timed),
        counts=made.counts,
        sets=lines,
        metrics=sum(record.id not in have for record in records),
        duplicate=duplicate,
        elsewhere=elsewhere,
        days=_days(news),
    )


def bring_in(book: Logbook, what: Plan) -> None:
    """Write what was planned: own exercises, the log, then the diary of runs; ``import --undo``
    takes it back. Raises ReadOnly or StoreError; then nothing has come in but, at most, an own
    exercise without a set."""
    book.access.check()
    with remembered_import(book, what.joined):
        if what.exercises or what.names:
            book.profile.change_library(lambda own: _with_entries(own, what))
        book.reader.repository.put_many(what.joined.sessions, what.joined.records)
        book.reader.forget()
        if what.runs:
            book.profile.change_calendar(Change(listed=RUNS, drop=lambda _: False, add=what.runs))


def _with_entries(own: Mapping[str, Any], what: Plan) -> Doc:
    made: Doc = {**(own or {"schema_version": SCHEMA_VERSION})}
    if what.exercises:
        made[EXERCISES] = [*made.get(EXERCISES, ()), *what.exercises]
    if what.names:
        made[NAMES] = {**made.get(NAMES, {}), **{k: _choice(v) for k, v in what.names.items()}}
    return made


def _choice(choice: NameChoice) -> Doc:
    made: Doc = {"exercise": choice.exercise} if choice.exercise else {}
    return made | ({"weights": choice.weights} if choice.weights != 1 else {})


class _Targets:
    """What each name of a log comes to: ``by_name``, with the ``entries`` of new exercises."""

    def __init__(self, book: Logbook, there: Incoming) -> None:
        library = book.profile.library
        self.entries: list[Doc] = []
        self.by_name: dict[str, Target | Endurance | None] = {}
        fresh: dict[str, str] = {}
        taken = set(library.exercises)
        called = {one.name.casefold() for one in library.exercises.values()}
        for found in there.names:
            if found.name in there.new or (found.endurance is None and _means(found) is None):
                if found.choice is not None and not found.choice.exercise:
                    continue
                entry = _entry(found, there.new.get(found.name), taken, called)
                self.entries.append(entry)
                fresh[found.name] = entry["id"]
        whole = library
        if self.entries:
            whole, problems = overlay(library, {EXERCISES: self.entries, "schema_version": 1})
            assert not problems, problems
        for found in there.names:
            self.by_name[found.name] = _target(found, fresh, whole.exercises)


def _means(found: FoundName) -> str | None:
    """The id of the exercise that a name means; empty if it is left out, None for a new one."""
    return found.match.exercise if found.choice is None else found.choice.exercise


def _target(
    found: FoundName, fresh: Mapping[str, str], exercises: Mapping[str, Exercise]
) -> Target | Endurance | None:
    weights = found.choice.weights if found.choice else 1
    if found.name in fresh:
        return Target(exercises[fresh[found.name]], weights)
    if found.endurance is not None and found.choice is None:
        return found.endurance
    means = _means(found)
    return Target(exercises[means], weights) if means else None


def _entry(found: FoundName, kind: Kind | None, taken: set[str], called: set[str]) -> Doc:
    """The bare library entry of a new exercise."""
    name = own_name(found.name, called)
    called.add(name.casefold())
    entry: Doc = {"id": free_id(name, taken), "name": name, "kind": (kind or found.kind).value}
    taken.add(entry["id"])
    if found.region:
        entry["regions"] = [found.region]
    return entry


# -- what is there already -------------------------------------------------------------------------


def _refuse_future(log: OtherLog, now: datetime) -> None:
    for workout in log.workouts:
        if workout.started.replace(tzinfo=None) > now.replace(tzinfo=None) + AHEAD:
            line = workout.entries[0].sets[0].line
            raise BadDocument(
                f"line {line}: the workout of {workout.started:%Y-%m-%d} is still to come; correct "
                "its date"
            )


def _news(made: Converted, known: Sequence[Session]) -> tuple[list[Session], int, int]:
    """The sessions with the sets that the log does not have, how many sides of sets it has, and how
    many workouts it has from elsewhere. What it has stays as it is."""
    there = {session.id: session for session in known}
    others = _Others(known, {session.id for session in made.sessions})
    news: list[Session] = []
    duplicate = elsewhere = 0
    for session in made.sessions:
        old = there.get(session.id)
        if old is None:
            if others.has(session):
                elsewhere += 1
            else:
                news.append(session)
            continue
        more = _more(_again(session, old), old)
        brought = sum(len(entry.sets) for entry in more.entries)
        duplicate += sum(len(entry.sets) for entry in session.entries) - brought
        if brought:
            news.append(more)
    return news, duplicate, elsewhere


def _again(session: Session, old: Session) -> Session:
    """The session with other ids for its sets if all that the log had of it was deleted but the
    session itself was not: then its import was taken back, and it may come in anew."""
    held = {row.id: row for entry in old.entries for row in entry.sets}
    times = 0
    while not old.deleted and held:
        mine = [held[row.id] for entry in session.entries for row in entry.sets if row.id in held]
        if not mine or not all(row.deleted for row in held.values()):
            break
        times += 1
        word = f"again {times}"
        session = replace(
            session,
            entries=tuple(
                replace(
                    entry, sets=tuple(replace(row, id=beside(row.id, word)) for row in entry.sets)
                )
                for entry in session.entries
            ),
        )
    return session


def _more(session: Session, old: Session) -> Session:
    """The session as the log has it, with the sets alone that it does not have."""
    held = {row.id for entry in old.entries for row in entry.sets}
    entries = {entry.id: entry for entry in old.entries}
    more = []
    for entry in session.entries:
        rows = tuple(row for row in entry.sets if row.id not in held)
        if rows:
            more.append(replace(entries.get(entry.id, entry), sets=rows))
    return replace(old, entries=tuple(more))


class _Others:
    """The workouts that the log has from elsewhere, by day."""

    def __init__(self, known: Iterable[Session], mine: set[str]) -> None:
        self._days: dict[date, list[Session]] = {}
        for session in known:
            seen = visible(session)
            if session.id not in mine and not seen.deleted and seen.live():
                self._days.setdefault(session.day, []).append(session)

    def has(self, session: Session) -> bool:
        """Whether one of them is the same workout: at the same time by at least half of the shorter
        of both, or begun within a minute if one of them has no end."""
        return any(
            _same(session, other)
            for day in (session.day - DAY, session.day, session.day + DAY)
            for other in self._days.get(day, ())
        )


def _same(one: Session, other: Session) -> bool:
    if one.finished is None or other.finished is None:
        timed = any(row.at for entry in other.entries for row in entry.sets) or other.finished
        return bool(timed) and abs(one.started - other.started) <= SAME_START
    both = min(one.finished, other.finished) - max(one.started, other.started)
    shorter = min(one.finished - one.started, other.finished - other.started)
    return both > timedelta() and both >= shorter / 2


def _run(timed: Timed) -> Run:
    run = run_of(
        timed.started,
        LocalZone(),
        name=timed.name,
        distance_m=timed.distance_m,
        duration_s=timed.duration_s,
    )
    if not timed.dated:
        return run
    # Without a time it stands like a planned one, so that a recorded one of that day replaces it.
    return replace(run, id=f"{run.day}", start=None, at=None)


def _days(sessions: Iterable[Session]) -> tuple[date, date] | None:
    days = sorted(session.day for session in sessions)
    return (days[0], days[-1]) if days else None
