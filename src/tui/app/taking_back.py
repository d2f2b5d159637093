"""Takes back what the last ``log`` or ``import`` wrote, also days later and in another process."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from msgspec.structs import replace

from tui.app.logbook import Logbook
from tui.domain.model.codec import Doc
from tui.domain.model.joining import Documents
from tui.domain.model.library.own_entries import TABLES, as_table, by_id, is_deleted
from tui.domain.model.taking_back import SET, Step, TakenBack, Touched, step_of, take_step_back
from tui.domain.model.values import SetEntry
from tui.domain.model.versions import stamp_of
from tui.domain.model.visible import visible
from tui.domain.planning.calendar_codec import RUNS
from tui.domain.planning.dated_values import history
from tui.domain.planning.own_exercises import EXERCISES
from tui.domain.planning.profile_joining import SETTINGS
from tui.formats.setlog_join import Joined
from tui.store.errors import NotSynced
from tui.store.steps import IMPORT, LOG, Steps

# The kinds of what is written outside the log: the file, then the table.
PROFILE, LIBRARY = "profile:", "library:"


def take_back(book: Logbook, kind: str) -> TakenBack | None:
    """Take back the last step of a kind that is known and came into the log; the next call takes
    back the one before. None if none is known. Raises ReadOnly or StoreError."""
    book.access.check()
    steps = Steps(book.paths, kind)
    while (step := steps.last()) is not None:
        documents = Documents()
        documents.take(*book.reader.everything())
        found = take_step_back(step, documents, book.now().isoformat())
        if found:
            try:
                book.reader.repository.put_many(found.sessions, found.written)
            except NotSynced:
                steps.drop_last()
                raise
            finally:
                book.reader.forget()
        outside = _take_outside_back(book, step)
        steps.drop_last()
        if found is not None or outside:
            return replace(
                TakenBack(at=step.at) if found is None else found,
                runs=outside[f"{PROFILE}{RUNS.key}"],
                exercises=outside[f"{LIBRARY}{EXERCISES}"],
            )
    return None


def logged_last(book: Logbook, exercise: str, day: date) -> tuple[SetEntry, ...]:
    """The sets that the last ``log`` wrote, if they are of this exercise and day, and still as it
    wrote them; else none."""
    step = Steps(book.paths, LOG).last()
    wrote = {one.id: one.edited for one in step.touched if one.kind == SET} if step else {}
    rows = tuple(
        row
        for session in book.reader.sessions()
        if session.day == day
        for entry in session.live()
        if entry.exercise == exercise
        for row in entry.live()
        if wrote.get(row.id) == row.edited
    )
    return rows if len(rows) == len(wrote) else ()


@contextmanager
def remembered_import(book: Logbook, joined: Joined | None = None) -> Iterator[None]:
    """Remember what an import writes, so that it can be taken back: in the log what was ``joined``,
    and besides whatever the block changes of settings, calendar and own library."""
    steps = Steps(book.paths, IMPORT)
    before, after = Documents(), Documents()
    if joined is not None and (joined.sessions or joined.records):
        after.take(joined.sessions, joined.records)
        known = book.reader.everything()
        before.take(
            (one for one in known[0] if one.id in after.heads),
            (one for one in known[1] if one.id in after.records),
        )
    step = step_of(before, after, book.now().isoformat())
    was = _outside(book)
    # Before it is written, so that it can be taken back even if we are killed right after.
    if step.touched:
        steps.add(step)
    yield
    more = [
        Touched(kind, name, "", stamp_of(doc), was.get((kind, name)))
        for (kind, name), doc in _outside(book).items()
        if doc != was.get((kind, name))
    ]
    if more:
        if step.touched:
            steps.drop_last()
        steps.add(replace(step, touched=(*step.touched, *more)))


@contextmanager
def one_import(book: Logbook) -> Iterator[None]:
    """Make all that the block imports one step, to be taken back at once."""
    steps = Steps(book.paths, IMPORT)
    before = steps.newest()
    yield
    steps.make_one(before)


def _outside(book: Logbook) -> dict[tuple[str, str], Doc]:
    """What an import may change outside the log, by file and table, and by id."""
    found = {
        (f"{PROFILE}{table}", name): doc
        for table, docs in book.profile.store.stored().items()
        for name, doc in docs.items()
    }
    own = book.profile.own_library.stored()
    return found | {
        (f"{LIBRARY}{table}", name): doc
        for table in TABLES
        for name, doc in by_id(own, table).items()
    }


def _take_outside_back(book: Logbook, step: Step) -> Counter[str]:
    """Take back what a step changed outside the log, unless it was edited since; an exercise that
    has sets stays. Returns how many of each table are gone or as they were."""
    outside = [one for one in step.touched if one.kind.startswith((PROFILE, LIBRARY))]
    if not outside:
        return Counter()
    every = map(visible, book.reader.everything()[0])
    used = {e.exercise for session in every if not session.deleted for e in session.live()}
    now = _outside(book)
    back = [
        one
        for one in outside
        if (doc := now.get((one.kind, one.id))) is not None
        and stamp_of(doc) == one.edited
        and not is_deleted(doc)
        and not (one.kind == f"{LIBRARY}{EXERCISES}" and one.id in used)
    ]
    profile: dict[str, dict[str, Doc | None]] = {}
    for one in back:
        before = None if is_deleted(one.before) else one.before
        if one.kind == f"{PROFILE}{SETTINGS}":
            book.profile.put_back(one.id, history(before or {}))
        elif one.kind.startswith(PROFILE):
            profile.setdefault(one.kind.removeprefix(PROFILE), {})[one.id] = before
    for table, changes in profile.items():
        book.profile.change_documents(table, changes)
    own = [one for one in back if one.kind.startswith(LIBRARY)]
    if own:
        book.profile.change_library(lambda there: _as_before(there, own))
    return Counter(one.kind for one in back)


def _as_before(own: Mapping[str, Any], touched: Iterable[Touched]) -> Doc:
    """The own library with each of these entries as it was before."""
    made: Doc = dict(own)
    for one in touched:
        table = one.kind.removeprefix(LIBRARY)
        entries = by_id(made, table)
        if one.before is None or is_deleted(one.before):
            entries = {name: doc for name, doc in entries.items() if name != one.id}
        else:
            entries = {**entries, one.id: one.before}
        made[table] = as_table(table, entries)
    return made
