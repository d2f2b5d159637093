"""The journal of the session under way: one JSON line per event, synced before it is confirmed.

Each machine has a journal of its own, named by the session and the machine. One of another machine
is only read: it may still be written there. For the lines see :mod:`tui.store.journal_lines`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from tui.domain.model.text import clean
from tui.store.atomic import (
    FILE_MODE,
    FOLDER_MODE,
    fill,
    free_name,
    make_folder,
    set_aside,
    sync_folder,
    temp_of,
)
from tui.store.device import DEVICE, make_device, this_device
from tui.store.errors import Overtaken, StoreError, refused
from tui.store.files import open_file, refuse_size
from tui.store.journal_lines import (
    MOST_BYTES,
    MOST_LINES,
    Event,
    goes_on,
    lines_of,
    scan_lines,
    stored,
)
from tui.store.paths import Paths
from tui.store.rescue import Rescued, drop, keep, rescued

# A session's id names its file, so it must not contain a path to another folder.
SAFE_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
NAME = re.compile(rf"({SAFE_ID.pattern})\.({DEVICE.pattern})\.jsonl")
# Before journals were named by the machine too; all ids of sessions were of this form then.
NAME_BEFORE = re.compile(r"([0-9A-HJKMNP-TV-Z]{26})\.jsonl")
ASIDE = re.compile(r"(?!\.).+\.jsonl\.damaged-\d+")


class Found(NamedTuple):
    """A journal in ``live/``; ``device`` is the machine that writes it, empty for one from before
    machines had names."""

    session: str
    device: str
    path: Path


class Journal:
    """An open journal. Close it, or remove it once its session is in the log.

    Its contents are kept in memory too: if someone else removed, replaced or shortened the file, it
    is written again before the next line is added. If another process went on with it, as on a disk
    whose locks lie, what that one wrote stays, and nothing more is added.
    """

    def __init__(self, path: Path, handle: int, data: bytes) -> None:
        self.path = path
        self.notice: str | None = None
        self._handle = handle
        self._lines = bytearray(data)
        self._count = data.count(b"\n")
        # What may stand behind the last good line, whole or in part, as its disk refused it.
        self._torn = b""
        # Where the whole of it is while the file at its path is behind, or was and is not removed.
        self._rescue: Path | None = None
        self._behind = False
        self._written_ns = os.fstat(handle).st_mtime_ns

    @property
    def away(self) -> Path | None:
        """The file in the machine's own folder that has the whole journal while the data folder is
        gone; else None."""
        return self._rescue if self._behind else None

    @property
    def events(self) -> list[Event]:
        """The events, oldest first."""
        return scan_lines(bytes(self._lines)).events

    @classmethod
    def create(cls, paths: Paths, session_id: str) -> Journal:
        """A new, empty journal on disk. Raises StoreError if it exists or cannot be made."""
        make_device(paths)
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
    def open(cls, path: Path, events: Sequence[Event] | None = None) -> Journal:
        """Open a journal to go on with it. Bytes after the last whole line are cut off. If a line
        is damaged, a copy of the file is set aside, and the journal is written anew with ``events``
        (if not given: with those that can be read). Raises StoreError."""
        data = stored(path)
        scan = scan_lines(data)
        try:
            whole = data[: scan.length]
            if scan.damaged:
                whole = lines_of(scan.events if events is None else events, 1, path)
                fill(free_name(path), data)
                put(path, whole)
            handle = open_file(path, os.O_RDWR | os.O_APPEND, "written")
            journal = cls(path, handle, whole)
            if scan.length < len(data) and not scan.damaged:
                journal._cut()
        except OSError as error:
            raise refused(path, error) from error
        return journal

    @property
    def device(self) -> str:
        """The machine that writes this journal; empty for one from before machines had names."""
        match = NAME.fullmatch(self.path.name)
        return "" if match is None else match[2]

    def append(self, *events: Mapping[str, Any]) -> None:
        """Add the events of one step, one line each, numbered in ``n``; they are on disk when this
        returns. Raises StoreError; then the journal is unchanged. Raises Overtaken if another
        process went on with it."""
        data = self._next(events)
        try:
            if self._torn:
                self._cut_torn()
            if not self._in_place():
                self._write_anew()
            self._torn = data
            write_all(self._handle, data)
            os.fsync(self._handle)
            if os.fstat(self._handle).st_size != len(self._lines) + len(data):
                self._settle_race(data)
        except OSError as error:
            with suppress(OSError, Overtaken):
                self._cut_torn()
            raise refused(self.path, error) from error
        self._torn = b""
        self._take(data)
        self._written_ns = os.fstat(self._handle).st_mtime_ns
        # What is in the folder is whole again, so a copy that cannot be removed does no harm: the
        # next step or start tries again.
        with suppress(StoreError):
            self._drop_rescue()

    def append_away(self, *events: Mapping[str, Any]) -> None:
        """:meth:`append` while the folder is gone: the whole journal goes to :attr:`away`. The next
        :meth:`append` brings it back. Raises StoreError; then the journal is unchanged."""
        data = self._next(events)
        disk = os.fstat(self._handle).st_dev
        self._rescue = keep(self.path, bytes(self._lines) + data, disk)
        self._behind = True
        self._take(data)

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
        self._drop_rescue()

    def _next(self, events: Sequence[Mapping[str, Any]]) -> bytes:
        data = lines_of(events, self._count + 1, self.path)
        if self._count + len(events) > MOST_LINES:
            raise StoreError(f"{clean(str(self.path))} is full. Finish this session.")
        refuse_size(self.path, len(self._lines) + len(data), MOST_BYTES, "written")
        return data

    def _take(self, data: bytes) -> None:
        self._count += data.count(b"\n")
        self._lines += data

    def _drop_rescue(self) -> None:
        if self._rescue is not None:
            drop(self._rescue)
            self._rescue = None

    def _cut(self) -> None:
        """Cut off everything after the last good line."""
        if self._behind:
            return  # It is written anew, and has less than what would be left.
        os.ftruncate(self._handle, len(self._lines))
        os.fsync(self._handle)
        self._written_ns = os.fstat(self._handle).st_mtime_ns
        self._torn = b""

    def _cut_torn(self) -> None:
        """:meth:`_cut` what a step left that was refused. Raises Overtaken if something else stands
        there. Raises OSError."""
        tail = os.pread(self._handle, MOST_BYTES, len(self._lines))
        if not self._torn.startswith(tail):
            raise self._overtaken()
        self._cut()

    def _in_place(self) -> bool:
        """Whether the file at its path is still this one, as it was left: nobody else has written
        to it."""
        if self._behind:
            return False
        try:
            there = self.path.stat()
        except (FileNotFoundError, NotADirectoryError):
            return False
        same = os.path.samestat(there, os.fstat(self._handle))
        return same and (there.st_size, there.st_mtime_ns) == (len(self._lines), self._written_ns)

    def _settle_race(self, data: bytes) -> None:
        """Another process has written at the same moment: the lines that came first stay. Raises
        Overtaken if these are not ours, which are then cut off again. Raises OSError."""
        found = os.pread(self._handle, MOST_BYTES, 0)
        if found.startswith(self._lines + data):
            return
        if found.endswith(data):
            os.ftruncate(self._handle, len(found) - len(data))
        self._torn = b""
        raise self._overtaken()

    def _overtaken(self) -> Overtaken:
        return Overtaken(f"{clean(str(self.path))}: another window went on with this session.")

    def _write_anew(self) -> None:
        """Write the whole journal at its path again. If something else stands there (not just the
        start of this journal), it is set aside first. Raises OSError or StoreError; Overtaken if
        what stands there is this journal, and another process went on with it."""
        if not self.path.parent.exists():
            # Not its parents: where the data folder has just gone, none is made in its place.
            self.path.parent.mkdir(FOLDER_MODE)
            sync_folder(self.path.parent.parent)
        if not self._lines.startswith(found := _in_its_place(self.path)):
            if goes_on(found, bytes(self._lines)):
                raise self._overtaken()
            aside = free_name(self.path)
            fill(aside, found)
            self.notice = (
                f"{clean(str(self.path))} was replaced while its session was under way. The "
                f"session goes on as it was; what stood there is kept as {clean(aside.name)}."
            )
        put(self.path, self._lines)
        handle = os.open(self.path, os.O_RDWR | os.O_APPEND)
        self.close()
        self._handle = handle
        self._behind = False
        self._written_ns = os.fstat(handle).st_mtime_ns


def pending(paths: Paths) -> list[str]:
    """The ids of the sessions that this machine has a journal of, oldest first. Raises
    StoreError."""
    return sorted({found.session for found in _found(paths) if _is_own(paths, found)})


def of_others(paths: Paths) -> list[Found]:
    """The journals of other machines, oldest session first. Raises StoreError."""
    return sorted(found for found in _found(paths) if not _is_own(paths, found))


def copies_aside(paths: Paths) -> list[Path]:
    """The copies of damaged journals. Raises StoreError."""
    return [path for path in _names(paths) if ASIDE.fullmatch(path.name)]


def not_understood(paths: Paths) -> list[Path]:
    """The files beside the journals that are neither a journal nor the copy of a damaged one, such
    as the copies that sync programs make. Raises StoreError."""
    known = {found.path for found in _found(paths)} | {*copies_aside(paths)}
    return [path for path in _names(paths) if path not in known and not path.name.startswith(".")]


def journal_path(paths: Paths, session_id: str) -> Path:
    """The journal that this machine has of a session, or would have. Raises StoreError for an id
    that could name another file, or if the disk does not say."""
    if not SAFE_ID.fullmatch(session_id):
        raise StoreError(f"{session_id!r} cannot be the id of a session: letters and digits only.")
    before = paths.live_dir / f"{session_id}.jsonl"
    try:
        if NAME_BEFORE.fullmatch(before.name) and before.exists():
            return before
    except OSError as error:
        raise refused(before, error, "read") from error
    return paths.journal(session_id, this_device(paths))


def kept_away(paths: Paths) -> tuple[dict[str, Rescued], list[str]]:
    """The journals by session that were kept elsewhere while this folder was gone, and a line for
    the runner on each other file there."""
    found, notices = rescued(paths)
    here: dict[str, Rescued] = {}
    for one in found:
        name = NAME.fullmatch(one.path.name) or NAME_BEFORE.fullmatch(one.path.name)
        if name is None:
            continue
        if one.belongs(paths):
            here[name[1]] = one
        else:
            notices.append(
                f"{clean(str(one.path))} keeps a session of {clean(one.folder)}, which was gone; "
                "it is filed once that folder is opened again"
            )
    return here, notices


def bring_back(paths: Paths, away: Rescued) -> None:
    """Put a journal that was kept elsewhere into its folder again, then remove it there. What
    stands in its place and is not the start of it is set aside. If it is killed at any point,
    calling it again ends in the same state. Raises StoreError."""
    path = paths.live_dir / away.path.name
    there = _in_its_place(path)
    if not there.startswith(away.lines):
        try:
            make_folder(path.parent)
            if not away.lines.startswith(there):
                fill(free_name(path), there)
            put(path, away.lines)
        except OSError as error:
            raise refused(path, error) from error
    drop(away.path)


def _in_its_place(path: Path) -> bytes:
    """What stands where a journal is to be written; nothing, if it was no file that could be one:
    then it is set aside. Raises StoreError."""
    if not path.exists():
        return b""
    try:
        return stored(path)
    except StoreError:
        set_aside(path)
        return b""


def put(path: Path, lines: bytes | bytearray) -> None:
    """Replace a journal whole; it is on disk when this returns. Raises OSError."""
    temp = temp_of(path)
    fill(temp, lines)
    temp.replace(path)
    sync_folder(path.parent)


def _found(paths: Paths) -> list[Found]:
    found = []
    for path in _names(paths):
        if match := NAME.fullmatch(path.name):
            found.append(Found(match[1], match[2], path))
        elif match := NAME_BEFORE.fullmatch(path.name):
            found.append(Found(match[1], "", path))
    return found


def _is_own(paths: Paths, found: Found) -> bool:
    return not found.device or found.device == this_device(paths)


def _names(paths: Paths) -> list[Path]:
    try:
        return sorted(paths.live_dir.iterdir())
    except FileNotFoundError:
        return []
    except OSError as error:
        raise refused(paths.live_dir, error, "read") from error


def write_all(handle: int, data: bytes) -> None:
    """Write every byte, since os.write may take fewer than it is given. Raises OSError."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]
