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
from tui.domain.model.library.own_entries import NAMES
from tui.domain.model.taking_back import SET, Step, TakenBack, Touched, step_of, take_step_back
from tui.domain.model.values import Record, Session, SetEntry
from tui.domain.model.versions import stamp_of
from tui.domain.model.visible import visible
from tui.domain.planning.calendar_codec import RUNS
from tui.domain.planning.own_exercises import EXERCISES
from tui.domain.planning.own_library import with_entry, without_entry
from tui.store.errors import NotSynced
from tui.store.steps import IMPORT, LOG, Steps


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
                found or TakenBack(at=step.at),
                runs=outside.get(RUNS.key, 0),
                exercises=outside.get(EXERCISES, 0),
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
def remembered_import(
    book: Logbook, sessions: Iterable[Session], records: Iterable[Record]
) -> Iterator[None]:
    """Remember what an import writes, so that it can be taken back: in the log these sessions and
    records, and besides what the block changes of the diary of runs and the own library."""
    steps = Steps(book.paths, IMPORT)
    before, after = Documents(), Documents()
    after.take(sessions, records)
    if after.heads or after.records:
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
    now = _outside(book)
    more = [
        Touched(table, name, "", stamp_of(doc), was.get((table, name)))
        for (table, name), doc in now.items()
        if doc != was.get((table, name))
    ]
    if more:
        if step.touched:
            steps.drop_last()
        steps.add(replace(step, touched=(*step.touched, *more)))


def _outside(book: Logbook) -> dict[tuple[str, str], Doc]:
    """What an import may change outside the log, by table and id: runs, own exercises, names."""
    runs = book.profile.store.stored().get(RUNS.key, {})
    own = book.profile.own_library.stored()
    return {
        **{(RUNS.key, name): doc for name, doc in runs.items()},
        **{(EXERCISES, one["id"]): one for one in own.get(EXERCISES, ())},
        **{(NAMES, name): doc for name, doc in own.get(NAMES, {}).items()},
    }


def _take_outside_back(book: Logbook, step: Step) -> dict[str, int]:
    """Take back what a step changed outside the log, unless it was edited since; an exercise that
    has sets stays. Returns how many of each table are gone or as before."""
    used = set[str]()
    if any(one.kind == EXERCISES for one in step.touched):
        every = map(visible, book.reader.everything()[0])
        used = {e.exercise for one in every if not one.deleted for e in one.live()}
    now = _outside(book)
    back = [
        one
        for one in step.touched
        if (doc := now.get((one.kind, one.id))) is not None
        and stamp_of(doc) == one.edited
        and doc.get("deleted") is not True
        and not (one.kind == EXERCISES and one.id in used)
    ]
    runs = {one.id: _alive(one.before) for one in back if one.kind == RUNS.key}
    if runs:
        book.profile.change_documents(RUNS.key, runs)
    own = [one for one in back if one.kind in (EXERCISES, NAMES)]
    if own:
        book.profile.change_library(lambda there: _without(there, own))
    return Counter(one.kind for one in back)


def _alive(before: Doc | None) -> Doc | None:
    return None if before is None or before.get("deleted") is True else before


def _without(own: Mapping[str, Any], touched: Iterable[Touched]) -> Doc:
    made: Doc = dict(own)
    for one in touched:
        before = _alive(one.before)
        if one.kind == NAMES:
            names = {key: doc for key, doc in made.get(NAMES, {}).items() if key != one.id}
            made[NAMES] = names if before is None else {**names, one.id: before}
        elif before is None:
            made = without_entry(made, EXERCISES, one.id)
        else:
            made = with_entry(made, EXERCISES, before)
    return made
