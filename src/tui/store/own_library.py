"""The runner's own exercises and programmes: ``library.json``, laid over the shipped library."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from tui.domain.model.codec import Doc
from tui.domain.model.library.own_entries import (
    Joined,
    changed_entries,
    join_libraries,
    present,
    stamped,
)
from tui.domain.model.library.parser import SCHEMA_VERSION, Library, Problem, overlay
from tui.domain.model.text import clean
from tui.store.atomic import write, write_over
from tui.store.conflict_marks import sides_of
from tui.store.errors import NewerSchema, StoreError, refused
from tui.store.files import read_file, refuse_size
from tui.store.merged import keep
from tui.store.paths import Paths

MOST_BYTES = 20_000_000
TOGETHER = "the two copies cannot be joined"
# How many changed entries a notice names.
NAMED = 3


class OwnLibrary:
    """``library.json`` below ``paths``; ``shipped`` returns the library it is laid over.

    The file is made to be edited by hand, so it carries no hash of itself. Instead a copy of it as
    it was seen last tells what has changed since, by hand or by a bit that flipped.
    """

    def __init__(self, paths: Paths, shipped: Callable[[], Library]) -> None:
        self.path = paths.library
        self._seen = paths.library_seen
        self.shipped = shipped

    def read(self) -> Doc:
        """The contents of the file, without entries that were removed; empty if there is none.
        Raises StoreError if it is not a library, NewerSchema if a newer version wrote it."""
        return present(self.stored())

    def stored(self) -> Doc:
        """:meth:`read` with the entries that were removed."""
        if not self.path.exists():
            return {}
        raw = self._contents()
        shown = clean(str(self.path))
        if not isinstance(raw, dict):
            raise StoreError(f"{shown} is no library: it must be an object. Correct it.")
        version = raw.get("schema_version")
        if isinstance(version, int) and version > SCHEMA_VERSION:
            raise NewerSchema(
                f"{shown} was written by a newer stridelift (schema {version}, this one knows "
                f"{SCHEMA_VERSION}). Update stridelift."
            )
        return raw

    def whole(self) -> tuple[Library, list[Problem]]:
        """The combined library, and the problems in the runner's part; with any problem, the
        shipped library alone. Raises StoreError if the file is not JSON."""
        base = self.shipped()
        if not self.path.exists():
            return base, []
        return overlay(base, self._contents(), name=str(self.path))

    def settle(self, merged: Path) -> str:
        """If git left marks of a conflict in the file, write both sides joined, keep the file in
        the folder ``merged``, and return a line about it; else an empty one. Raises StoreError;
        then the file is unchanged."""
        if not self.path.exists() or sides_of(data := bytes_of(self.path)) is None:
            return ""
        joined = self._contents()
        kept = keep(merged, self.path.name, data)
        write_over(self.path, _encoded(joined))
        self.changes(remember=True)
        return (
            f"{clean(str(self.path))} had marks of a git conflict: both sides are joined; the file "
            f"is kept as {clean(merged.name)}/{clean(kept.name)}."
        )

    def _contents(self) -> object:
        """The JSON value in the file; of one in which git left marks, both sides joined."""
        data = bytes_of(self.path)
        sides = sides_of(data)
        if sides is None:
            return json_of(data, self.path)
        joined: Doc = {}
        for side in sides:
            own = json_of(side, self.path)
            problems = overlay(self.shipped(), own)[1]
            self._check(problems, f"correct the marks of a git conflict in {self.path.name} first")
            assert isinstance(own, dict), "it has no problems"
            joined = join_libraries(joined, own).library
        return joined

    def load(self) -> tuple[Library, str]:
        """The library, and a line that says why the runner's own part is left out of it; empty if
        nothing is left out."""
        try:
            library, problems = self.whole()
        except StoreError as error:
            return self.shipped(), clean(str(error))
        more = f" (and {len(problems) - 1} more: stridelift library check)"
        words = f"{problems[0]}{more if len(problems) > 1 else ''}" if problems else ""
        return library, clean(words)

    def changes(self, *, remember: bool = False) -> str:
        """A line that says which entries have changed since the file was seen last; empty if none
        have, or if that is not known. With ``remember`` this is how it was seen."""
        try:
            now = read_file(self.path, MOST_BYTES)
            before = read_file(self._seen, MOST_BYTES)
            if now is None or (before is not None and before[1] == now[1]):
                return ""
            named = [] if before is None else changed_entries(loaded(before[1]), loaded(now[1]))
            if remember:
                write(self._seen, now[1])
        except (StoreError, ValueError, TypeError, KeyError, RecursionError):
            return ""  # Why it cannot be read is said where it is used.
        if not named:
            return ""
        more = f" and {len(named) - NAMED} more" if len(named) > NAMED else ""
        return clean(f"{self.path} was changed: {', '.join(named[:NAMED])}{more}")

    def change(self, edit: Callable[[Mapping[str, Any]], Doc], now: datetime) -> Library:
        """Write what ``edit`` makes of the file, and return the resulting library. Entries that
        change are stamped ``now``, later than they were before.

        Raises StoreError if the file cannot be used as it is, if the result could not be, or if the
        disk refuses; then the file is unchanged.
        """
        there = self._sound()
        return self._write(stamped(there, edit(present(there)), now.isoformat()), "that cannot be")

    def join(self, *theirs: Mapping[str, Any], ordered: bool = False) -> Joined:
        """Join other copies of the file into this one: of two versions of an entry the later one
        counts. Returns what it made. The runner's own order stays as long as nothing comes in or,
        with ``ordered``, gives way to that of every machine, byte for byte.

        Raises StoreError if a copy has problems, if all together would, or if the disk refuses;
        then the file is unchanged.
        """
        there, joined = self._sound(), self.joined(*theirs)
        alike = joined.library == join_libraries(there, there).library
        if not alike or (ordered and _encoded(joined.library) != bytes_of(self.path)):
            self._write(joined.library, TOGETHER)
        return joined

    def joined(self, *theirs: Mapping[str, Any]) -> Joined:
        """What :meth:`join` would make of the file. Raises StoreError as it does."""
        made = Joined(self._sound(), (), 0)
        for other in theirs:
            self._check(overlay(self.shipped(), other)[1], "correct the other copy first")
            more = join_libraries(made.library, other)
            made = Joined(more.library, made.lost + more.lost, made.came + more.came)
        self._check(overlay(self.shipped(), made.library)[1], TOGETHER)
        return made

    def put(self, own: Doc) -> None:
        """Write a whole library, stamps and tombstones included. Raises StoreError if it could not
        be used, or if the disk refuses; then the file is unchanged."""
        self._write(own, f"{self.path.name} cannot be written")

    def _sound(self) -> Doc:
        """The contents of the file, also what was removed. Raises StoreError if it has problems."""
        there = self.stored()
        if there:
            problems = overlay(self.shipped(), there)[1]
            self._check(problems, f"correct {self.path.name} first")
        return there

    def _write(self, own: Doc, refusal: str) -> Library:
        library, problems = overlay(self.shipped(), own)
        self._check(problems, refusal)
        new = _encoded(own)
        refuse_size(self.path, len(new), MOST_BYTES, "written")
        write(self.path, new)
        self.changes(remember=True)
        return library

    @staticmethod
    def _check(problems: list[Problem], words: str) -> None:
        if problems:
            first = problems[0]
            named = ": ".join(part for part in (first.entry, first.field, first.message) if part)
            raise StoreError(f"{words}: {clean(named)}")


def loaded(data: bytes) -> Doc:
    """The bytes of a library as an object. Raises ValueError."""
    own = json.loads(data)
    if not isinstance(own, dict):
        raise ValueError
    return own


def read_json(path: Path) -> object:
    """The JSON value in a file. Raises StoreError, naming the file, if it holds none."""
    return json_of(bytes_of(path), path)


def bytes_of(path: Path) -> bytes:
    """The bytes of a file. Raises StoreError, also if it is not there."""
    found = read_file(path, MOST_BYTES)
    if found is None:
        missing = FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        raise refused(path, missing, "read") from missing
    return found[1]


def json_of(data: bytes, path: Path) -> object:
    """The JSON value in the bytes of a file. Raises StoreError, naming the file, for none."""
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        reason = str(error) if isinstance(error, json.JSONDecodeError) else "it cannot be read"
        raise StoreError(f"{clean(str(path))} is no JSON: {clean(reason)}. Correct it.") from error


def _encoded(own: object) -> bytes:
    data = json.dumps(own, ensure_ascii=False, indent=2) + "\n"
    return data.encode("utf-8", "surrogatepass")
