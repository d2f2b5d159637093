"""Takes back what the last ``log`` or ``import`` wrote, also days later and in another process."""

from __future__ import annotations

from collections.abc import Iterable

from tui.app.logbook import Logbook
from tui.domain.model.joining import Documents
from tui.domain.model.taking_back import TakenBack, step_of, take_step_back
from tui.domain.model.values import Record, Session
from tui.store.errors import NotSynced
from tui.store.steps import IMPORT, Steps


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
