"""Takes back what the last ``log`` or ``import`` wrote, also days later and in another process."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tui.app.logbook import Logbook
from tui.domain.model.joining import Documents
from tui.domain.model.taking_back import SET, TakenBack, step_of, take_step_back
from tui.domain.model.values import Record, Session, SetEntry
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
        steps.drop_last()
        if found is not None:
            return found
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


def remember_import(
    book: Logbook,
    known: tuple[Iterable[Session], Iterable[Record]],
    sessions: Iterable[Session],
    records: Iterable[Record],
) -> None:
    """Remember what an import is about to change in the ``known`` log."""
    before, after = Documents(), Documents()
    after.take(sessions, records)
    before.take(
        (one for one in known[0] if one.id in after.heads),
        (one for one in known[1] if one.id in after.records),
    )
    step = step_of(before, after, book.now().isoformat())
    if step.touched:
        Steps(book.paths, IMPORT).add(step)
