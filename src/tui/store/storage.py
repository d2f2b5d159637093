"""A TinyDB storage for one JSON file: atomic writes, parsed once, repaired from its .bak copy.

The file looks like ``{"meta": {"schema_version": 1}, "sessions": {id: {…}}, …}``. TinyDB sees only
the tables; ``meta`` is checked on reading and added on writing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import orjson
from msgspec import Struct
from tinydb.storages import Storage

from tui.domain.model.text import clean
from tui.store.atomic import backup_of, set_aside, write
from tui.store.errors import NewerSchema, StoreError, refused
from tui.store.files import Identity, identity_of, read_file, refuse_size
from tui.store.migrations import VERSION, Tables, migrate

META = "meta"
SCHEMA = "schema_version"

MOST_BYTES = 64_000_000


class Damaged(ValueError):
    """The bytes are not a file of ours; the message says why."""


class Content(Struct, frozen=True):
    """The parsed contents of a file. ``meta`` may have keys this version does not know."""

    meta: dict[str, Any]
    tables: Tables


class AtomicStorage(Storage):
    """One JSON file. With ``writable`` False nothing on disk is ever changed, not even repaired.

    What the runner should know (a damaged file, a copy used in its place) is added to ``notices``,
    one line each, once. ``most`` is the size in bytes above which it is not read or written.
    """

    def __init__(
        self, path: Path, *, writable: bool, notices: list[str], most: int = MOST_BYTES
    ) -> None:
        self._path = path
        self._most = most
        self._writable = writable
        self._notices = notices
        self._cache: tuple[Identity | None, Content] | None = None
        self._ids: tuple[Identity | None, frozenset[str]] | None = None
        self._digest: tuple[Identity, bytes] | None = None
        self._staged: Tables | None = None
        self._staging = False

    def read(self) -> Tables | None:
        """The tables, parsed only if the file has changed since last time; None if there is none.

        The documents are the cache's own: after changing one in place, write it, as TinyDB's update
        does. Raises StoreError if the file cannot be read, NewerSchema.
        """
        if self._staged is not None:
            return dict(self._staged)
        return dict(self._content().tables) or None

    def write(self, data: Tables) -> None:
        """Write the tables to disk, unless the file already has the same bytes. Raises StoreError;
        then the file is unchanged."""
        if not self._writable:
            raise StoreError(f"{clean(str(self._path))} is open for reading only.")
        if self._staging:
            self._staged = data
            return
        meta = self._content().meta
        # If anything below fails, what TinyDB changed in place must not be taken for stored data.
        self._cache = None
        content = Content({**meta, SCHEMA: VERSION}, data)
        try:
            new = orjson.dumps({META: content.meta, **data}, option=orjson.OPT_INDENT_2) + b"\n"
        except TypeError as error:
            path, reason = clean(str(self._path)), clean(str(error))
            raise StoreError(f"{path} was not written: {reason}. Correct the entry.") from error
        refuse_size(self._path, len(new), self._most, "written")
        if not self._same_on_disk(new):
            write(self._path, new)
        self._cache = (self.identity(), content)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Write to disk once, at the end of the block, and not at all if the block fails."""
        self._staging = True
        try:
            yield
        except BaseException:
            self._cache = None
            raise
        else:
            self._staging = False
            if (staged := self._staged) is not None:
                self.write(staged)
        finally:
            self._staging, self._staged = False, None

    def identity(self) -> Identity | None:
        """Identifies the file that is there now; None if there is none."""
        try:
            return identity_of(self._path.stat())
        except FileNotFoundError:
            return None
        except OSError as error:
            raise refused(self._path, error, "read") from error

    def digest(self) -> bytes | None:
        """The SHA-256 of the file that is there now; None if there is no file to read. It is read
        only if it has changed since last time."""
        from hashlib import sha256  # 4 ms, spent only when advice is asked for

        try:
            if self._digest is None or self._digest[0] != self.identity():
                found = read_file(self._path, self._most)
                self._digest = found and (found[0], sha256(found[1]).digest())
        except StoreError:
            self._digest = None
        return self._digest and self._digest[1]

    def may_hold(self, ids: Collection[str]) -> bool:
        """False only if the file certainly holds none of these ids.

        After :meth:`let_go` the ids are still known. Otherwise a single id is searched for in the
        bytes, which takes a fiftieth of the time of parsing them: so a put checks twenty years for
        an older copy in a few milliseconds.
        """
        if self._fresh():
            return True
        if self._ids is not None and self._ids[0] == self.identity():
            return not self._ids[1].isdisjoint(ids)
        if len(ids) > 1:
            return True
        try:
            found = read_file(self._path, self._most)
        except StoreError:
            return True
        return found is None or any(orjson.dumps(one) in found[1] for one in ids)

    def let_go(self) -> None:
        """Drop the parsed file and keep only its ids; the next read parses it again. A parsed file
        takes twice the memory of the values made from it.

        If no file is on disk (there was no room to restore the copy), what was read is kept.
        """
        if self._cache is None or self._cache[0] is None:
            return
        identity, content = self._cache
        self._ids = identity, frozenset(id_ for table in content.tables.values() for id_ in table)
        self._cache = None

    def _same_on_disk(self, data: bytes) -> bool:
        try:
            found = read_file(self._path, self._most)
        except StoreError:
            return False
        return found is not None and found[1] == data

    def _fresh(self) -> bool:
        return self._cache is not None and self._cache[0] == self.identity()

    def _content(self) -> Content:
        if self._cache is None or self._cache[0] != self.identity():
            self._cache = self._load()
        return self._cache[1]

    def _load(self) -> tuple[Identity | None, Content]:
        found = read_file(self._path, self._most)
        if found is None:
            content = self._from_backup("is missing") or Content({}, {})
            return self.identity(), content
        identity, data = found
        try:
            return identity, parse(data, self._path)
        except Damaged as error:
            content = self._heal(str(error))
            return (self.identity() if self._writable else identity), content

    def _heal(self, damage: str) -> Content:
        """The content of .bak in place of a damaged file, which is kept beside it."""
        backup = self._from_backup(f"is damaged ({damage})", aside=self._path)
        if backup is not None:
            return backup
        kept = set_aside(self._path) if self._writable else self._path
        self._notice(
            f"{clean(str(self._path))} is damaged ({damage}) and has no good copy. "
            f"What it held is not shown; it is kept as {clean(kept.name)}."
        )
        return Content({}, {})

    def _from_backup(self, what: str, aside: Path | None = None) -> Content | None:
        """The content of .bak, or None; ``aside``, the damaged file, is moved out of the way."""
        backup = backup_of(self._path)
        found = read_file(backup, self._most)
        if found is None:
            return None
        try:
            content = parse(found[1], backup)
        except Damaged as error:
            kept = set_aside(backup) if self._writable else backup
            self._notice(
                f"{clean(str(backup))} is damaged ({error}). It is kept as {clean(kept.name)}."
            )
            return None
        line = f"{clean(str(self._path))} {what}. Its previous copy is used; look for a lost change"
        if self._writable:
            if aside:
                line += f" in {clean(set_aside(aside).name)}"
            # What was read is good, even if the disk has no room to restore it now.
            with suppress(StoreError):
                write(self._path, found[1])
        self._notice(f"{line}.")
        return content

    def _notice(self, line: str) -> None:
        if line not in self._notices:
            self._notices.append(line)


def parse(data: bytes, path: Path) -> Content:
    """The content of a file's bytes, in this version's form. Raises Damaged if they are not a file
    of ours, NewerSchema (naming ``path``) if a newer version wrote them."""
    try:
        whole = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise Damaged(f"line {error.lineno}: {clean(error.msg)}") from None
    if not isinstance(whole, dict) or not all(isinstance(part, dict) for part in whole.values()):
        raise Damaged("not an object of tables")
    meta = whole.pop(META, {})
    version = meta.get(SCHEMA, 1)
    if type(version) is not int or version < 1:
        raise Damaged("its schema_version is no version")
    if version > VERSION:
        raise NewerSchema(
            f"{clean(str(path))} was written by a newer stridelift (schema {version}, this one "
            f"knows {VERSION}). Update stridelift; the file is left as it is."
        )
    return Content(meta, migrate(whole, version))
