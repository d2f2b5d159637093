"""Brings in the log of another app: what its names mean, what would come in, and the coming in.

Nothing is written until :func:`bring_in`; then all of it is, or nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from tui.app.local_time import LocalZone, localised
from tui.app.logbook import Logbook
from tui.app.taking_back import remembered_import
from tui.domain.model.codec import Doc
from tui.domain.model.ids import beside, derived
from tui.domain.model.library.activity_names import Endurance
from tui.domain.model.library.catalog import Library, NameChoice
from tui.domain.model.library.own_entries import NAMES, by_id
from tui.domain.model.library.parser import MOST_ENTRIES, SCHEMA_VERSION, overlay
from tui.domain.model.same_workout import Workouts
from tui.domain.model.stamps import stamp_after
from tui.domain.model.validation import BadDocument
from tui.domain.model.values import Entry, Exercise, Kind, Record, Session
from tui.domain.planning.calendar_changes import Change
from tui.domain.planning.calendar_codec import RUNS, listed
from tui.domain.planning.diary import Run
from tui.domain.planning.own_exercises import EXERCISES
from tui.domain.planning.own_programmes import free_id
from tui.domain.planning.run_matching import match_new_runs
from tui.formats.other_apps import garmin_fit
from tui.formats.other_apps.conversion import Converted, Target, Timed, converted, needs_unit
from tui.formats.other_apps.naming import FoundName, names_in, own_name
from tui.formats.other_apps.workouts import OtherLog
from tui.formats.run_file import run_of
from tui.formats.setlog_join import Joined, join
from tui.formats.setlog_reader import Parsed


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
    that are there already, of which ``differ`` say something else in the file, and ``elsewhere``
    the days of workouts that the log has from another source."""

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
    differ: int
    elsewhere: tuple[date, ...]
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
    """What comes of a log whose unit is known. Raises BadDocument if it has more new exercises than
    the library takes, StoreError if our log cannot be read."""
    targets = _Targets(book, there)
    made = converted(there.log, targets.by_name, there.unit, localised)
    known = book.reader.everything()
    found = _news(made, known[0], by_watch=there.log.app == garmin_fit.APP)
    news = found.sessions
    lines = sum(len(entry.sets) for session in news for entry in session.entries)
    used = {entry.exercise for session in news for entry in session.entries}
    records = _records_again(made.records, known[1])
    joined = _joined(known, news, records, lines)
    have = {record.id for record in known[1]}
    runs: tuple[Run, ...] = ()
    if with_runs and made.timed:
        every = listed(book.profile.store.histories(), RUNS, book.notice)
        runs = match_new_runs(filter(None, map(_run, made.timed)), every).new
    return Plan(
        log=there.log,
        joined=joined,
        exercises=tuple(one for one in targets.entries if one["id"] in used),
        names=targets.choices,
        runs=runs,
        offered=len(made.timed),
        counts=made.counts,
        sets=lines,
        metrics=sum(record.id not in have for record in records),
        duplicate=found.duplicate,
        differ=found.differ,
        elsewhere=tuple(found.elsewhere),
        days=_days(news),
    )


def bring_in(book: Logbook, what: Plan) -> None:
    """Write what was planned: own exercises, the log, then the diary of runs; ``import --undo``
    takes it back. Raises ReadOnly or StoreError; then nothing has come in."""
    book.access.check()
    with remembered_import(book, what.joined):
        before, there = book.profile.own_library.stored(), _rows(book)
        if what.exercises or what.names:
            book.profile.change_library(lambda own: _with_entries(own, what))
        try:
            book.reader.repository.put_many(what.joined.sessions, what.joined.records)
        except BaseException:
            # Also if the runner interrupts it. What is in the log needs its exercises.
            if _rows(book) == there:
                book.profile.put_library(before or {"schema_version": SCHEMA_VERSION})
            raise
        finally:
            book.reader.forget()
        if what.runs:
            book.profile.change_calendar(Change(listed=RUNS, drop=lambda _: False, add=what.runs))


def _rows(book: Logbook) -> int:
    """How many sides of sets the log has, deleted ones too."""
    return sum(len(entry.sets) for one in book.reader.everything()[0] for entry in one.entries)


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
        own = by_id(book.profile.own_library.stored(), EXERCISES)
        self.entries: list[Doc] = []
        self.by_name: dict[str, Target | Endurance | None] = {}
        self.choices: dict[str, NameChoice] = {}
        fresh: dict[str, str] = {}
        taken = set(library.exercises)
        called = {one.name.casefold() for one in library.exercises.values()}
        for found in there.names:
            asked = found.name in there.new
            # One that is new is so once: the next import finds what came of it.
            if asked and (before := _before(found, library)) in own:
                fresh[found.name] = before
            elif asked or (found.endurance is None and _means(found) is None):
                entry = _entry(found, there.new.get(found.name), taken, called)
                self.entries.append(entry)
                fresh[found.name] = entry["id"]
            if asked:
                choice = found.choice or NameChoice()
                self.choices[found.name] = replace(choice, exercise=fresh[found.name])
            elif found.choice is not None:
                self.choices[found.name] = found.choice
        if len(own) + len(self.entries) > MOST_ENTRIES:
            raise BadDocument(
                f"has {len(self.entries)} exercises that are new to you; your library takes "
                f"{MOST_ENTRIES - len(own)} more: leave some out with --map"
            )
        whole = library
        if self.entries:
            whole, problems = overlay(library, {EXERCISES: self.entries, "schema_version": 1})
            assert not problems, problems
        for found in there.names:
            self.by_name[found.name] = _target(found, fresh, whole.exercises)


def _means(found: FoundName) -> str | None:
    """The id of the exercise that a name means; empty if it is left out, None for a new one."""
    return found.match.exercise if found.choice is None else found.choice.exercise


def _before(found: FoundName, library: Library) -> str:
    """The id of the exercise that a name meant until now; empty for none."""
    was = library.names.get(found.name)
    return was.exercise if was is not None else found.match.exercise or ""


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


class _News(Struct):
    """What a log brings: the ``sessions`` with the sets that our log does not have. Of those it has
    there are so many sides (``duplicate``), of which some say something else in the file
    (``differ``); what our log has stays. The workouts of the days ``elsewhere`` are there from
    another source."""

    sessions: list[Session] = field(default_factory=list)
    duplicate: int = 0
    differ: int = 0
    elsewhere: list[date] = field(default_factory=list)


def _news(made: Converted, known: Sequence[Session], *, by_watch: bool) -> _News:
    there = {session.id: session for session in known}
    mine = {session.id for session in made.sessions}
    others = Workouts(session for session in known if session.id not in mine)
    news = _News()
    for session in made.sessions:
        old = there.get(session.id)
        if old is None:
            if others.have(session, by_watch=by_watch):
                news.elsewhere.append(session.day)
            else:
                news.sessions.append(session)
            continue
        again = _again(session, old)
        more = _more(again, old, by_place=again is session)
        brought = sum(len(entry.sets) for entry in more.entries)
        news.duplicate += sum(len(entry.sets) for entry in session.entries) - brought
        news.differ += _differing(again, old)
        if brought:
            news.sessions.append(more)
    return news


def _joined(
    known: tuple[Sequence[Session], Sequence[Record]],
    news: Sequence[Session],
    records: Sequence[Record],
    lines: int,
) -> Joined:
    """The log with what is new. A workout that it does not have comes in as it is: of a long log
    that is nearly all."""
    there = {session.id for session in known[0]}
    fresh = tuple(session for session in news if session.id not in there)
    more = tuple(session for session in news if session.id in there)
    if not more and not records:
        return Joined(sessions=fresh, records=(), imported=lines, duplicate=0)
    joined = join(*known, Parsed(sessions=more, records=tuple(records), lines=lines))
    return replace(joined, sessions=(*joined.sessions, *fresh))


def _differing(session: Session, old: Session) -> int:
    """How many sides of sets say something else than those of the log, which the runner has not
    corrected."""
    held = {row.id: row for entry in old.entries for row in entry.sets if not row.deleted}
    return sum(
        mine.edited == row.edited
        and (mine.done, mine.rir, mine.kind) != (row.done, row.rir, row.kind)
        for entry in session.entries
        for row in entry.sets
        if (mine := held.get(row.id)) is not None
    )


def _again(session: Session, old: Session) -> Session:
    """The session with other ids for its sets and entries if all that the log had of them was
    deleted but the session itself was not: then its import was taken back, and it may come in
    anew."""
    held = {row.id: row.deleted for entry in old.entries for row in entry.sets}
    again = session
    times = 0
    while not old.deleted and (mine := _flags(again, held)) and all(mine):
        times += 1
        again = _renamed(session, f"again {times}")
    return again


def _flags(session: Session, held: Mapping[str, bool]) -> list[bool]:
    """Whether each set that the log has is deleted."""
    return [held[row.id] for entry in session.entries for row in entry.sets if row.id in held]


def _renamed(session: Session, word: str) -> Session:
    return replace(
        session,
        entries=tuple(
            replace(
                entry,
                id=beside(entry.id, word),
                sets=tuple(replace(row, id=beside(row.id, word)) for row in entry.sets),
            )
            for entry in session.entries
        ),
    )


def _records_again(records: Sequence[Record], known: Iterable[Record]) -> tuple[Record, ...]:
    """The records with other ids if all that the log had of them was deleted: then their import was
    taken back, and they may come in anew."""
    held = {record.id: record.deleted for record in known}
    again = tuple(records)
    times = 0
    while (mine := [held[one.id] for one in again if one.id in held]) and all(mine):
        times += 1
        again = tuple(replace(one, id=beside(one.id, f"again {times}")) for one in again)
    return again


def _more(session: Session, old: Session, *, by_place: bool) -> Session:
    """The session as the log has it, with the sets alone that it does not have. An exercise that
    has another name in the file by now is still the one that the log has in that place, if
    ``by_place``."""
    held = {row.id for entry in old.entries for row in entry.sets}
    entries = {entry.id: entry for entry in old.entries}
    there = [entry for entry in old.entries if not all(row.deleted for row in entry.sets)]
    places = dict(zip(_places(there), there, strict=True)) if by_place else {}
    more = []
    for place, entry in zip(_places(session.entries), session.entries, strict=True):
        known = entries.get(entry.id) or places.get(place)
        rows = tuple(row for row in entry.sets if row.id not in held)
        if known is not None and known.id != entry.id:
            rows = rows[len(known.sets) :]
        if rows:
            more.append(replace(known or entry, sets=rows))
    if more and not old.note and not old.live():
        # Its note went with its sets when its import was taken back.
        edited = stamp_after(old.edited, [old.edited])
        old = replace(old, note=session.note, edited=edited, replaces=(*old.replaces, old.edited))
    return replace(old, entries=tuple(more))


def _places(entries: Iterable[Entry]) -> list[tuple[str, int]]:
    """For each entry its exercise, and how many entries of that come before it."""
    seen: Counter[str] = Counter()
    places = []
    for entry in entries:
        places.append((entry.exercise, seen[entry.exercise]))
        seen[entry.exercise] += 1
    return places


def _run(timed: Timed) -> Run | None:
    """The run for the diary; None if no run is so long."""
    try:
        run = run_of(
            timed.started,
            LocalZone(),
            name=timed.name,
            distance_m=timed.distance_m,
            duration_s=timed.duration_s,
        )
    except BadDocument:
        return None
    if not timed.dated:
        return run
    # Without a time it stands like a planned one, so that a recorded one of that day replaces it.
    return replace(run, id=derived(0, f"{run.day} {timed.name}"), start=None, at=None)


def _days(sessions: Iterable[Session]) -> tuple[date, date] | None:
    days = sorted(session.day for session in sessions)
    return (days[0], days[-1]) if days else None
