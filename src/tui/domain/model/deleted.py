"""What was deleted from the log, and can be brought back: deletions keep what they cover."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from tui.domain.model.stamps import edited_at
from tui.domain.model.values import Entry, Session, SetEntry
from tui.domain.model.visible import visible


class Deleted(Struct, frozen=True):
    """One deletion, at the instant ``at``: of a session, or of ``rows``, sets of its ``entry``.
    ``session`` is as it is shown once it is back; for sets, as they are deleted from it."""

    session: Session
    at: str
    entry: Entry | None = None
    rows: tuple[SetEntry, ...] = ()


def deletions(stored: Iterable[Session]) -> list[Deleted]:
    """The deletions in sessions as they are stored, the newest first. Sets of one exercise that
    were deleted at once are one deletion."""
    found = [one for session in stored for one in _of(session)]
    return sorted(found, key=lambda one: edited_at(one.at), reverse=True)


def _of(stored: Session) -> Iterator[Deleted]:
    if stored.deleted:
        yield Deleted(visible(replace(stored, deleted=False)), stored.edited)
        return
    for entry in stored.entries:
        gone = [row for row in entry.sets if row.deleted]
        if not gone:
            continue
        # A side that a correction replaced went at the instant at which the others were written.
        kept = {(row.kind, row.number, row.edited) for row in entry.live()}
        together: dict[str, list[SetEntry]] = {}
        for row in gone:
            if (row.kind, row.number, row.edited) not in kept:
                together.setdefault(row.edited, []).append(row)
        for at, rows in together.items():
            yield Deleted(stored, at, entry, tuple(rows))


def with_rows_back(session: Session, rows: Sequence[SetEntry]) -> Session:
    """The session with these deleted sets back in it."""
    ids = {row.id for row in rows}
    return replace(
        session,
        entries=tuple(
            replace(
                entry,
                sets=tuple(
                    replace(row, deleted=False) if row.id in ids else row for row in entry.sets
                ),
            )
            for entry in session.entries
        ),
    )
