"""A TinyDB storage for one JSON file: atomic writes, parsed once, repaired from its .bak copy.

TinyDB sees only the tables; ``meta``, with the hash of the file, is checked on reading and added on
writing (see :mod:`tui.store.table_file`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from tinydb.storages import Storage

from tui.domain.model.text import clean
from tui.store.atomic import backup_of, resolved, set_aside, twin, write, write_over
from tui.store.conflict_marks import join_tables, sides_of
from tui.store.damage import damage_line, missing, set_aside_copies
from tui.store.errors import NewerSchema, StoreError, refused
from tui.store.files import Identity, identity_of, read_file, refuse_size
from tui.store.json_bytes import dumps
from tui.store.merged import keep
from tui.store.migrations import VERSION
from tui.store.table_file import MOST_BYTES, SCHEMA, Content, Damaged, encoded, parse
from tui.store.tables import Tables

MERGED = "merged"
# How many of the changes made outside the program a notice names.
NAMED = 3


class AtomicStorage(Storage):
    """One JSON file. With ``writable`` False nothing on disk is ever changed, not even repaired.

    What the runner should know (a damaged file, a copy used in its place) is added to ``notices``,
    one line each, once. ``merged`` is the folder for versions that were replaced (default: beside
    the file), ``most`` the size in bytes above which it is not read or written. ``damaged`` says
    whether a damaged file waits to be dealt with, ``incomplete`` whether it had something that
    nobody can read any more; both are known once the file has been read.
    """

    def __init__(
        self,
        path: Path,
        *,
        writable: bool,
        notices: list[str],
        merged: Path | None = None,
        most: int = MOST_BYTES,
    ) -> None:
        self._path = path
        self._merged = merged or path.parent / MERGED
        self.damaged = self.incomplete = False
        self._most = most
        self._writable = writable
        self._notices = notices
        self._cache: tuple[Identity | None, Content] | None = None
        self._ids: tuple[Identity | None, frozenset[str]] | None = None
        self._staged: Tables | None = None
        self._staging = False
        self._overtaken = False

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
        before = self._content()
        known = self._cache and self._cache[0]
        # If anything below fails, what TinyDB changed in place must not be taken for stored data.
        self._cache = None
        content = Content({**before.meta, SCHEMA: VERSION}, data)
        try:
            new = encoded(data, content.meta)
        except TypeError as error:
            path, reason = clean(str(self._path)), clean(str(error))
            raise StoreError(f"{path} was not written: {reason}. Correct the entry.") from error
        refuse_size(self._path, len(new), self._most, "written")
        if not self._same_on_disk(new):
            if before.version < VERSION:
                self._keep_schema(before.version)
            write(self._path, new)
            self._overtaken = self._overtaken or not self._was_there(known)
        self._cache = (self.identity(), content)

    def _keep_schema(self, version: int) -> None:
        """Keep the file in its old form, for as long as it takes to be sure of the new one."""
        target = resolved(self._path)
        kept = target.with_name(f"{target.name}.schema-{version}")
        if not kept.exists():
            twin(target, kept)

    def overtaken(self) -> Tables | None:
        """What someone else put in the file's place between our reading and our writing, if that
        happened since this was last asked: it is in .bak now, and not in the file."""
        if not self._overtaken:
            return None
        self._overtaken = False
        found = read_file(backup_of(self._path), self._most)
        try:
            return found and parse(found[1], backup_of(self._path)).tables
        except (Damaged, NewerSchema):
            return None

    def _was_there(self, known: Identity | None) -> bool:
        """Whether the file that was replaced, now .bak, is the one that was read."""
        try:
            backup = identity_of(backup_of(self._path).stat())
        except OSError:
            return True
        return backup == known

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
        return found is None or any(dumps(one) in found[1] for one in ids)

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

    def at_hand(self, data: bytes) -> Tables | None:
        """What is in a file of just these bytes, if that was the last to be read or written here,
        and is in the form that it would be written in. Saves parsing it."""
        if self._cache is None or not self._fresh():
            return None
        content = self._cache[1]
        return content.tables if encoded(content.tables, content.meta) == data else None

    def is_as_left(self) -> bool:
        """Whether the file is still the one that was read or written here last."""
        return self._fresh()

    def _fresh(self) -> bool:
        return self._cache is not None and self._cache[0] == self.identity()

    def _content(self) -> Content:
        if self._cache is None or self._cache[0] != self.identity():
            self._cache = self._load()
        return self._cache[1]

    def _load(self) -> tuple[Identity | None, Content]:
        self.damaged = self.incomplete = False
        identity, content = self._loaded()
        for aside in set_aside_copies(resolved(self._path)):
            self._tell_damage(aside, content.tables)
        return identity, content

    def _loaded(self) -> tuple[Identity | None, Content]:
        found = read_file(self._path, self._most)
        if found is None:
            content = self._from_backup("is missing") or Content({}, {})
            return self.identity(), content
        identity, data = found
        try:
            content = parse(data, self._path)
        except Damaged:
            content = self._settled(data) or self._heal(*of_damaged(data))
            return (self.identity() if self._writable else identity), content
        if not content.whole:
            content = self._changed_outside(content, data)
            return (self.identity() if self._writable else identity), content
        return identity, content

    def _changed_outside(self, content: Content, data: bytes) -> Content:
        """The content of a file that is not as it was written, with the changes as edits."""
        from tui.store.outside_edits import taken_in  # As good as never needed, as in damage.py.

        before = self._good_backup()
        if before is None:
            self._notice(
                f"{clean(str(self._path))} was changed outside Stridelift, and there is no copy to "
                "compare it with: it is taken as it is."
            )
            self._restore(content)
            return replace(content, whole=True)
        moment = datetime.fromtimestamp(self._path.stat().st_mtime, UTC).isoformat()
        taken = taken_in(before.tables, content.tables, moment)
        if taken is None:
            return self._heal(*of_damaged(data))
        if taken.changed:
            kept = self._keep(taken.before) if taken.before else ""
            named = "; ".join(taken.changed[:NAMED])
            more = f" and {len(taken.changed) - NAMED} more" if len(taken.changed) > NAMED else ""
            self._notice(
                f"{clean(str(self._path))} was changed outside Stridelift: {clean(named)}{more}. "
                f"It counts as your correction{kept}."
            )
        whole = Content(content.meta, taken.tables)
        self._restore(whole)
        return whole

    def _keep(self, tables: Tables) -> str:
        """Keep replaced versions of documents in a file of their own, and say where."""
        if self._writable:
            with suppress(StoreError):
                path = keep(self._merged, self._path.name, encoded(tables, {}))
                return f"; what stood there is in {clean(self._merged.name)}/{clean(path.name)}"
        return ""

    def _settled(self, data: bytes) -> Content | None:
        """What both sides of a file have that git could not merge; None if it is no such file."""
        sides = sides_of(data)
        if sides is None:
            return None
        try:
            ours, theirs = parse(sides.ours, self._path), parse(sides.theirs, self._path)
        except Damaged:
            # The marks stand in the middle of a document; the rest can be read of either side.
            from tui.store.salvage import salvage

            both = [salvage(side) for side in sides]
            parts = {name: doc for read in both for name, doc in read.parts.items()}
            return self._heal(join_tables(*(read.tables for read in both)), parts)
        tables = join_tables(ours.tables, theirs.tables)
        if (backup := self._good_backup()) is not None:
            # What git merged by itself may be wrong, and is in neither side then.
            tables = join_tables(tables, backup.tables)
        content = Content(ours.meta, tables)
        kept = "shown as one; the next change writes them so"
        if self._writable:
            # If it cannot be kept, it stays where it is; what was read is good all the same.
            with suppress(StoreError):
                path = keep(self._merged, self._path.name, data)
                write_over(self._path, encoded(tables, content.meta))
                kept = f"joined; the file is kept as {clean(self._merged.name)}/{clean(path.name)}"
        self._notice(
            f"{clean(str(self._path))} had marks of a git conflict: both sides are {kept}."
        )
        return content

    def _heal(self, read: Tables, parts: Mapping[str, Mapping[str, Any]]) -> Content:
        """What was ``read`` of a damaged file, which is kept beside it, and what its copy has;
        ``parts`` is what could be read of sessions that are damaged."""
        from tui.store.outside_edits import preferring, with_parts

        backup = self._good_backup()
        whole = read if backup is None else preferring(backup.tables, read)
        tables = with_parts(whole, parts)
        if self._writable:
            set_aside(self._path)
        else:
            self._tell_damage(self._path, tables)
        content = Content({} if backup is None else backup.meta, tables)
        if tables:
            self._restore(content)
        return content

    def _tell_damage(self, kept: Path, tables: Tables) -> None:
        gone = missing(kept, tables, self._most)
        self.damaged = True
        self.incomplete = self.incomplete or gone is None or bool(gone)
        self._notice(damage_line(self._path, kept, gone))

    def _restore(self, content: Content) -> None:
        """Write what was put together, if it may be written."""
        if self._writable:
            # What was read is good, even if the disk has no room to write it now.
            with suppress(StoreError, TypeError):
                write(self._path, encoded(content.tables, content.meta))

    def _good_backup(self) -> Content | None:
        """The content of .bak; None without one, or if it is damaged as well, which is reported."""
        backup = backup_of(self._path)
        found = read_file(backup, self._most)
        if found is None:
            return None
        try:
            content = parse(found[1], backup)
            if content.whole:
                return content
            reason = "it is not as it was written"
        except Damaged as error:
            reason = str(error)
        kept = set_aside(backup) if self._writable else backup
        self._notice(
            f"{clean(str(backup))} is damaged ({reason}). It is kept as {clean(kept.name)}."
        )
        return None

    def _from_backup(self, what: str) -> Content | None:
        """The content of .bak in place of a file that is not there, or None."""
        content = self._good_backup()
        if content is not None:
            self._restore(content)
            self._notice(
                f"{clean(str(self._path))} {what}. Its previous copy is used, without the last "
                "change: stridelift restore shows what a backup has."
            )
        return content

    def _notice(self, line: str) -> None:
        if line not in self._notices:
            self._notices.append(line)


def of_damaged(data: bytes) -> tuple[Tables, dict[str, dict[str, Any]]]:
    """What can be read of a damaged file: documents that are whole, and parts of others."""
    from tui.store.salvage import salvage

    read = salvage(data)
    return read.tables, read.parts
