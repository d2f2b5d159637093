"""Takes another copy of the log into the runner's own: from a file, another machine or a backup."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import count
from typing import NamedTuple, Protocol

from msgspec import Struct

from tui.app.log_reader import LogReader
from tui.domain.model.joining import Documents, Lost
from tui.domain.model.text import clean
from tui.domain.model.values import Record, Session
from tui.domain.model.visible import visible
from tui.store.merged import keep
from tui.store.paths import Paths
from tui.store.seal import sealed

TABLES = {"session": "sessions", "entry": "entries", "set": "sets", "record": "records"}


class Log(Protocol):
    """The parts of a logbook that a copy of the log is taken into."""

    @property
    def paths(self) -> Paths: ...

    @property
    def reader(self) -> LogReader: ...

    def notice(self, words: str) -> None: ...


class News(Struct, frozen=True, kw_only=True):
    """What a copy brings that the log does not have. ``sets`` are sets that were done (left and
    right are one) and ``records`` mornings, readiness and metrics: new ones or newer versions that
    are shown. ``gone`` counts those that the copy deletes. ``sessions`` has the sessions as they
    will be, and ``written`` the records. ``lost`` are versions that give way to others edited
    apart."""

    sets: int
    records: int
    gone: int
    sessions: tuple[Session, ...]
    written: tuple[Record, ...]
    lost: tuple[Lost, ...]

    def __bool__(self) -> bool:
        return bool(self.sessions or self.written)


def news(
    known: tuple[Sequence[Session], Sequence[Record]],
    sessions: Iterable[Session],
    records: Iterable[Record],
) -> News:
    """What a copy brings to the ``known`` log; both as they are stored."""
    documents = Documents()
    documents.take(*known)
    before = {session.id: session for session in documents.sessions()}
    was = dict(documents.records)
    documents.take(sessions, records)
    changed = [one for one in documents.sessions() if one != before.get(one.id)]
    written = [one for id_, one in documents.records.items() if one != was.get(id_)]
    old = {key: row for one in changed if one.id in before for key, row in _shown(before[one.id])}
    new = {key: row for one in changed for key, row in _shown(one)}
    came = {row.place for key, row in new.items() if row.done and row != old.get(key)}
    went = {row.place for key, row in old.items() if row.done and key not in new}
    return News(
        sets=len(came),
        records=sum(not record.deleted for record in written),
        gone=len(went) + sum(record.deleted for record in written),
        sessions=tuple(changed),
        written=tuple(written),
        lost=tuple(documents.lost),
    )


def news_for(book: Log, sessions: Sequence[Session], records: Sequence[Record]) -> News:
    """What a copy brings to the log. Only what the log has of the same sessions and records is
    looked at. Raises StoreError."""
    return news(book.reader.repository.copies_of(sessions, records), sessions, records)


def write_news(book: Log, found: News) -> None:
    """Write what a copy brings, and keep what gives way. Raises StoreError."""
    keep_lost(book.paths, found.lost, book.notice)
    if found:
        try:
            book.reader.repository.put_many(found.sessions, found.written)
        finally:
            # Also after NotSynced it is in the file.
            book.reader.forget()


def keep_lost(paths: Paths, lost: Sequence[Lost], notice: Callable[[str], None]) -> None:
    """Keep versions that gave way to others edited apart, and report them once."""
    if not lost:
        return
    tables: dict[str, dict[str, Mapping[str, object]]] = {}
    for one in lost:
        table, name = tables.setdefault(TABLES[one.kind], {}), str(one.doc["id"])
        # Of one document, several copies may each have had a version.
        free = (name if n == 1 else f"{name} {n}" for n in count(1))
        table[next(key for key in free if key not in table)] = one.doc
    before = set(paths.merged_dir.glob("*")) if paths.merged_dir.is_dir() else set()
    path = keep(paths.merged_dir, "edited-apart.json", sealed({}, tables))
    if path not in before:
        what = "1 thing was" if len(lost) == 1 else f"{len(lost)} things were"
        notice(
            f"{what} edited separately on two machines: the later version counts, the other is in "
            f"{clean(paths.merged_dir.name)}/{clean(path.name)}"
        )


class _Row(NamedTuple):
    """One side of a set as it is shown: the set it belongs to, whether that was done, and what it
    says."""

    place: tuple[str, str, str, int]
    done: bool
    says: object


def _shown(session: Session) -> list[tuple[tuple[str, str], _Row]]:
    seen = visible(session)
    return [
        (
            (session.id, row.id),
            _Row(
                (session.id, entry.id, row.kind, row.number),
                row.undone is None,
                (entry.exercise, row.side, row.done, row.rir, row.pain, row.note),
            ),
        )
        for entry in seen.live()
        for row in entry.live()
        if not seen.deleted
    ]
