"""The journal of the session under way: one JSON line per event, synced before it is confirmed.

A line counts once its newline is written. Anything after the last newline was never confirmed on
the screen; it is cut off before the next line is added.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from tui.domain.model.text import clean
from tui.store.atomic import FILE_MODE, fill, free_name, make_folder, sync_folder, temp_of
from tui.store.errors import StoreError, refused
from tui.store.files import open_file, read_file, refuse_size
from tui.store.paths import Paths

Event = dict[str, Any]
MOST_BYTES = 64_000_000

# A session's id names its file, so it must not contain a path to another folder.
SAFE_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Scan(NamedTuple):
    """The contents of a journal: the good events, their length in bytes, and whether a line before
    the last one is damaged."""

    events: list[Event]
    length: int
    damaged: bool


class Journal:
    """An open journal. Close it, or remove it once its session is in the log.

    Its contents are kept in memory too: if someone else removed, replaced or shortened the file, it
    is written again before the next line is added.
    """

    def __init__(self, path: Path, handle: int, data: bytes, *, damaged: bool = False) -> None:
        self.path = path
        self.notice = damage_notice(path, scan_lines(data)) if damaged else None
        self._handle = handle
        self._lines = bytearray(data)
        self._count = data.count(b"\n")
        self._torn = False
        self._written_ns = os.fstat(handle).st_mtime_ns

    @property
    def events(self) -> list[Event]:
        """The events, oldest first."""
        return scan_lines(bytes(self._lines)).events

    @classmethod
    def create(cls, paths: Paths, session_id: str) -> Journal:
        """A new, empty journal on disk. Raises StoreError if it exists or cannot be made."""
        path = journal_path(paths, session_id)
        try:
            make_folder(path.parent)
            handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_APPEND, FILE_MODE)
            try:
                os.fchmod(handle, FILE_MODE)
                sync_folder(path.parent)
            except BaseException:
                os.close(handle)
                path.unlink()
                raise
        except OSError as error:
            raise refused(path, error) from error
        return cls(path, handle, b"")

    @classmethod
    def open(cls, path: Path) -> Journal:
        """Open a journal to go on with it. Bytes after the last good line are cut off; if a line is
        damaged, a copy of the file is set aside first. Raises StoreError."""
        data = stored(path)
        scan = scan_lines(data)
        try:
            if scan.damaged:
                fill(free_name(path), data)
                sync_folder(path.parent)
            handle = open_file(path, os.O_RDWR | os.O_APPEND, "written")
            journal = cls(path, handle, data[: scan.length], damaged=scan.damaged)
            if scan.length < len(data):
                journal._cut()
        except OSError as error:
            raise refused(path, error) from error
        return journal

    def append(self, *events: Mapping[str, Any]) -> None:
        """Add the events of one step, one line each, numbered in ``n``; they are on disk when this
        returns. Raises StoreError; then the journal is unchanged."""
        lines: list[Event] = [
            {"n": number} | {k: v for k, v in event.items() if k != "n"}
            for number, event in enumerate(events, start=self._count + 1)
        ]
        try:
            data = b"".join(orjson.dumps(line) + b"\n" for line in lines)
        except TypeError as error:
            path, reason = clean(str(self.path)), clean(str(error))
            raise StoreError(f"{path} was not written: {reason}. Correct the entry.") from error
        refuse_size(self.path, len(self._lines) + len(data), MOST_BYTES, "written")
        try:
            if self._torn:
                self._cut()
            if not self._in_place():
                self._write_anew()
            self._torn = True
            write_all(self._handle, data)
            os.fsync(self._handle)
        except OSError as error:
            with suppress(OSError):
                self._cut()
            raise refused(self.path, error) from error
        self._torn = False
        self._count += len(lines)
        self._lines += data
        self._written_ns = os.fstat(self._handle).st_mtime_ns

    def close(self) -> None:
        """Close the file, which stays for the next start."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

    def remove(self) -> None:
        """Close the journal and delete it. Raises StoreError.

        That its folder could not be synced is no error: a journal that is back after a power
        failure is filed again, which changes nothing.
        """
        self.close()
        try:
            self.path.unlink(missing_ok=True)
        except OSError as error:
            raise refused(self.path, error, "removed") from error
        with suppress(OSError):
            sync_folder(self.path.parent)

    def _cut(self) -> None:
        """Cut off everything after the last good line."""
        os.ftruncate(self._handle, len(self._lines))
        os.fsync(self._handle)
        self._written_ns = os.fstat(self._handle).st_mtime_ns
        self._torn = False

    def _in_place(self) -> bool:
        """Whether the file at its path is still this one, as it was left: nobody else has written
        to it."""
        try:
            there = self.path.stat()
        except (FileNotFoundError, NotADirectoryError):
            return False
        same = os.path.samestat(there, os.fstat(self._handle))
        return same and (there.st_size, there.st_mtime_ns) == (len(self._lines), self._written_ns)

    def _write_anew(self) -> None:
        """Write the whole journal at its path again. If something else stands there (not just the
        start of this journal), it is set aside first. Raises OSError, StoreError."""
        make_folder(self.path.parent)
        found = read_file(self.path, MOST_BYTES)
        if found is not None and not self._lines.startswith(found[1]):
            aside = free_name(self.path)
            fill(aside, found[1])
            self.notice = (
                f"{clean(str(self.path))} was replaced while its session was under way. The "
                f"session goes on as it was; what stood there is kept as {clean(aside.name)}."
            )
        temp = temp_of(self.path)
        fill(temp, self._lines)
        temp.replace(self.path)
        sync_folder(self.path.parent)
        handle = os.open(self.path, os.O_RDWR | os.O_APPEND)
        self.close()
        self._handle = handle
        self._written_ns = os.fstat(handle).st_mtime_ns


def read(path: Path) -> tuple[list[Event], str | None]:
    """The events of a journal and, if a line of it is damaged, a notice about that. Changes
    nothing. Raises StoreError if the file cannot be read."""
    scan = scan_lines(stored(path))
    return scan.events, damage_notice(path, scan) if scan.damaged else None


def damage_notice(path: Path, scan: Scan) -> str:
    """The notice about a journal with a damaged line."""
    return (
        f"{clean(str(path))}: line {len(scan.events) + 1} is damaged. What stands before it is "
        "used; the whole file is kept as a copy that ends in damaged."
    )


def pending(paths: Paths) -> list[str]:
    """The ids of the sessions that have a journal, oldest first. Raises StoreError."""
    try:
        files = [path for path in paths.live_dir.iterdir() if path.suffix == ".jsonl"]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise refused(paths.live_dir, error, "read") from error
    return sorted(path.stem for path in files if SAFE_ID.fullmatch(path.stem))


def journal_path(paths: Paths, session_id: str) -> Path:
    """The journal of a session; raises StoreError for an id that could name another file."""
    if not SAFE_ID.fullmatch(session_id):
        raise StoreError(f"{session_id!r} cannot be the id of a session: letters and digits only.")
    return paths.journal(session_id)


def scan_lines(data: bytes) -> Scan:
    """The good lines at the start of a journal. A last line without a newline, or that is not an
    event, is torn and left out; a bad line before the last is damage, and ends the scan."""
    events: list[Event] = []
    length = 0
    while (end := data.find(b"\n", length)) >= 0:
        try:
            event = orjson.loads(data[length:end])
        except orjson.JSONDecodeError:
            event = None
        if not isinstance(event, dict):
            break
        events.append(event)
        length = end + 1
    following = data.find(b"\n", length)
    return Scan(events, length, damaged=0 <= following < len(data) - 1)


def stored(path: Path) -> bytes:
    """A journal's bytes; raises StoreError."""
    found = read_file(path, MOST_BYTES)
    if found is None:
        raise StoreError(f"{clean(str(path))} could not be read: it is gone. Try again.")
    return found[1]


def write_all(handle: int, data: bytes) -> None:
    """Write every byte, since os.write may take fewer than it is given. Raises OSError."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]
