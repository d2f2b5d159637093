"""Imports files into the log: sets from a set log, runs from watches, platforms and calendars."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from datetime import timedelta, tzinfo
from pathlib import PurePath

from msgspec import Struct
from msgspec.structs import replace

from tui.app.logbook import Logbook
from tui.app.taking_back import remembered_import
from tui.app.taking_in import keep_lost
from tui.app.whole_import import take_whole
from tui.domain.calculator.plausibility import doubted_sets
from tui.domain.model.values import Session
from tui.domain.model.visible import visible
from tui.domain.planning.calendar_changes import Change
from tui.domain.planning.calendar_codec import RACES, RUNS, WEEKLY, listed
from tui.domain.planning.diary import Run, WeeklyRun
from tui.domain.planning.run_matching import kind_of, match_new_runs, moment
from tui.formats.run_file import Found, Window
from tui.formats.runs import BadFile, read_runs
from tui.formats.setlog_join import Joined, join
from tui.formats.setlog_reader import Parsed

# How far a calendar is read, before and after today.
BACK, AHEAD = timedelta(days=14), timedelta(days=366)
# How many earlier runs are compared; more than needed to tell a long run, as some have no distance.
EARLIER = 30
# How many of the runs that sound like a race are reported.
MOST_RACES = 5


class ImportedSets(Struct, frozen=True, kw_only=True):
    """The result of importing a set log: how many lines brought something new (``imported``) or
    nothing new (``duplicate``), and how many of the new sides of sets look like typing errors
    (``odd``)."""

    imported: int
    duplicate: int
    odd: int


def import_sets(book: Logbook, parsed: Parsed, *, dry_run: bool) -> ImportedSets:
    """Merge a file that was parsed without problems into the log, in one step, and before it the
    settings and the library of a whole export; with ``dry_run`` only report what would change.
    Raises ReadOnly or StoreError."""
    known = book.reader.everything()
    joined = join(*known, parsed)
    odd = odd_sets(known[0], joined)
    if not dry_run:
        book.access.check()
    remembering = nullcontext() if dry_run else remembered_import(book, joined)
    with remembering:
        # First, as a library may be refused: then nothing has been written.
        beside = take_whole(book, parsed.whole, dry_run=dry_run) if parsed.whole else 0
        if not dry_run:
            keep_lost(book.paths, joined.lost, book.notice)
            book.reader.repository.put_many(joined.sessions, joined.records)
            book.reader.forget()
    return ImportedSets(
        imported=joined.imported + beside, duplicate=joined.duplicate - beside, odd=odd
    )


def odd_sets(known: Iterable[Session], joined: Joined) -> int:
    """How many sides of sets that an import changes in the ``known`` log or adds are odd in it."""
    now = {session.id: session for session in known}
    before = [now[session.id] for session in joined.sessions if session.id in now]
    now |= {session.id: session for session in joined.sessions}
    news = frozenset(_rows(joined.sessions)) - frozenset(_rows(before))
    alive = (session for session in map(visible, now.values()) if not session.deleted)
    doubted = doubted_sets(sorted(alive, key=lambda session: session.started))
    return len(doubted & {id_ for id_, _ in news})


def _rows(sessions: Iterable[Session]) -> Iterator[tuple[str, str]]:
    """The id and stamp of each side of a set."""
    return ((row.id, row.edited) for s in sessions for entry in s.entries for row in entry.sets)


class ImportedRuns(Struct, frozen=True, kw_only=True):
    """The result of importing runs: how many came in (``imported``), were there already
    (``duplicate``), replaced planned ones (``replaced``) or cancelled planned ones (``cancelled``),
    how many of a calendar are too long ago or too far ahead (``outside``), and how many activities
    were not runs (``no_run``); ``unknown`` names those of them whose sport is not known.

    ``notes`` say in words what the runner should know of a file, ``refused`` what of it was left
    out and why; ``races`` are upcoming runs that sound like a race, on days that have none yet."""

    imported: int
    duplicate: int
    replaced: int
    cancelled: int
    outside: int
    no_run: int
    unknown: tuple[str, ...]
    notes: tuple[str, ...]
    refused: tuple[str, ...]
    races: tuple[Run, ...]


class FoundRuns(Struct, frozen=True, kw_only=True):
    """The runs of some files, what of them could not be read, and how many files there were."""

    found: tuple[Found, ...]
    refused: tuple[str, ...]
    files: int


def find_runs(
    book: Logbook, files: Iterable[tuple[str, bytes]], zone: tzinfo, *, keep_going: bool = False
) -> FoundRuns:
    """Read the runs of all files, given by name and content; with ``keep_going`` of all that can be
    read. Wall-clock times are those of ``zone``. A file that a list of activities was made from is
    passed over, if the list comes before it. Raises BadFile."""
    now = book.now()
    window: Window = (now.date() - BACK, now.date() + AHEAD)
    found: list[Found] = []
    refused: list[str] = []
    covered: set[str] = set()
    count = 0
    for name, data in files:
        count += 1
        if name in covered:
            continue
        try:
            one = read_runs(name, data, zone, window, now, keep_going=keep_going)
        except BadFile as bad:
            if not keep_going:
                raise
            refused.append(str(bad))
            continue
        found.append(one)
        refused += one.refused
        covered |= {str(PurePath(name).parent / file) for file in one.listed}
    return FoundRuns(found=tuple(found), refused=tuple(refused), files=count)


def import_runs(book: Logbook, there: FoundRuns, *, dry_run: bool) -> ImportedRuns:
    """Import the runs of files, and remove planned runs that were cancelled; with ``dry_run`` only
    report what would change. Raises ReadOnly or StoreError."""
    found = there.found
    stored = book.profile.store.histories()
    every, weekly = listed(stored, RUNS, book.notice), listed(stored, WEEKLY, book.notice)
    runs = [run for one in found for run in one.runs]
    off = frozenset[str]().union(*(one.cancelled for one in found)) - {run.id for run in runs}
    gone = [run for run in every if run.at is None and run.id in off]
    known = [run for run in every if run.at is not None or run.id not in off]
    news = match_new_runs(_with_kinds(runs, known, weekly), known)
    if not dry_run and (news.new or news.replaced or gone):
        drop = frozenset(run.id for run in (*news.replaced, *gone))
        with remembered_import(book):
            book.profile.change_calendar(
                Change(
                    listed=RUNS, drop=lambda run: run.at is None and run.id in drop, add=news.new
                )
            )
    return ImportedRuns(
        imported=len(news.new),
        duplicate=news.duplicates,
        replaced=len(news.replaced),
        cancelled=len(gone),
        outside=sum(one.outside for one in found),
        no_run=sum(one.others for one in found),
        unknown=tuple(name for one in found for name in one.unknown),
        notes=tuple(note for one in found for note in one.notes),
        refused=there.refused,
        races=_races([run for one in found for run in one.races], book),
    )


def _with_kinds(
    found: Iterable[Run], known: Iterable[Run], weekly: Sequence[WeeklyRun]
) -> list[Run]:
    """The imported runs, each with the kind it looks like in comparison with earlier runs."""
    found = list(found)
    done = sorted((run for run in (*known, *found) if run.at is not None), key=moment)
    moments = [moment(run) for run in done]
    made = []
    for run in found:
        before = bisect_left(moments, moment(run))
        made.append(
            replace(run, kind=kind_of(run, weekly, done[max(0, before - EARLIER) : before]))
        )
    return made


def _races(runs: Iterable[Run], book: Logbook) -> tuple[Run, ...]:
    """The next few runs that sound like a race, on days that have none yet."""
    taken = {race.day for race in listed(book.profile.store.histories(), RACES, book.notice)}
    today, found = book.now().date(), dict[str, Run]()
    for run in sorted(runs, key=moment):
        if run.day >= today and run.day not in taken:
            found.setdefault(run.name.casefold(), run)
    return tuple(found.values())[:MOST_RACES]
