"""TinyDB adapted to this log: one JSON file of documents keyed by their own ids."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document, Table

from tui.store.files import Identity
from tui.store.storage import AtomicStorage
from tui.store.table_file import MOST_BYTES
from tui.store.tables import Tables

Doc = dict[str, Any]


class Documents(Table):
    """A table keyed by the documents' own ids.

    TinyDB's upsert merges fields into a stored document, so a note could never be removed, and it
    writes the file twice for a new document. :meth:`put` replaces documents in one write.
    """

    document_id_class = str  # type: ignore[assignment]  # TinyDB allows it, its hints do not

    # Cached query results would outlive a change of the file by another process.
    def __init__(
        self, storage: Storage, name: str, cache_size: int = 0, persist_empty: bool = False
    ) -> None:
        super().__init__(storage, name, cache_size, persist_empty)

    def put(self, documents: Mapping[str, Doc]) -> None:
        """Insert or replace documents by id."""

        def replace(table: dict[Any, Mapping[str, Any]]) -> None:
            table.update({key: dict(doc) for key, doc in documents.items()})

        self._update_table(replace)

    def by_id(self) -> Mapping[str, Doc]:
        """All documents by id, not copied: do not change them."""
        return self._read_table()

    def misfits(self) -> list[str]:
        """The ids whose value is not a document. They stay in the file."""
        return [key for key, doc in self._stored().items() if not isinstance(doc, dict)]

    def _read_table(self) -> dict[str, Doc]:  # type: ignore[override]  # ours have text as ids
        return {key: doc for key, doc in self._stored().items() if isinstance(doc, dict)}

    def _stored(self) -> dict[str, Any]:
        return super()._read_table()


class Database(TinyDB):
    """One JSON file of documents by table and id, of at most ``most`` bytes. ``merged`` is the
    folder for versions that were replaced (default: beside the file)."""

    table_class = Documents

    def __init__(
        self,
        path: Path,
        *,
        writable: bool,
        notices: list[str],
        merged: Path | None = None,
        most: int = MOST_BYTES,
    ) -> None:
        self.path = path
        self._file = AtomicStorage(
            path, writable=writable, notices=notices, merged=merged, most=most
        )
        super().__init__(storage=lambda: self._file)

    def documents(self, name: str) -> list[Document]:
        """All documents of a table; each is a copy with its id in ``doc_id``."""
        return self._documents(name).all()

    def by_id(self, name: str) -> Mapping[str, Doc]:
        """All documents of a table by id, not copied: do not change them."""
        return self._documents(name).by_id()

    def misfits(self, name: str) -> list[str]:
        """The ids of a table whose value is not a document."""
        return self._documents(name).misfits()

    def holding(self, name: str, ids: Collection[str]) -> dict[str, Document]:
        """The documents of a table that have one of these ids."""
        if not self._file.may_hold(ids):
            return {}
        found = self._documents(name).get(doc_ids=list(ids))
        return {str(doc.doc_id): doc for doc in found}

    def put(self, tables: Mapping[str, Mapping[str, Doc]]) -> None:
        """Insert or replace documents of several tables, by id, in one write. Raises StoreError."""
        with self._file.together():
            for name, documents in tables.items():
                self._documents(name).put(documents)

    def drop(self, tables: Mapping[str, Iterable[str]]) -> None:
        """Remove the documents with these ids from several tables, in one write."""
        with self._file.together():
            for name, ids in tables.items():
                self._documents(name).remove(doc_ids=list(ids))  # type: ignore[arg-type]  # as above

    @property
    def damaged(self) -> bool:
        """Whether a damaged file waits to be dealt with. Known once the file has been read."""
        return self._file.damaged

    @property
    def incomplete(self) -> bool:
        """Whether a damaged file had something that nobody can read any more."""
        return self._file.incomplete

    def overtaken(self) -> Mapping[str, Mapping[str, Doc]] | None:
        """What someone else had put in the file's place before our last write replaced it; None if
        nobody did, or if this was asked before."""
        return self._file.overtaken()

    def let_go(self) -> None:
        """Free the memory of the parsed file; the next query parses it again."""
        self._file.let_go()

    def at_hand(self, data: bytes) -> Tables | None:
        """What is in a file of just these bytes, if it is known without parsing them."""
        return self._file.at_hand(data)

    def is_as_left(self) -> bool:
        """Whether the file is still the one that was read or written here last."""
        return self._file.is_as_left()

    def identity(self) -> Identity | None:
        """Identifies the file on disk now; while it stays equal, nothing has changed."""
        return self._file.identity()

    def _documents(self, name: str) -> Documents:
        table = self.table(name)
        assert isinstance(table, Documents)
        return table
