"""A layer between the program and the disk: it counts each operation on files, and harms one.

    python bench/_disk.py FOLDER LIST COMMAND...

runs a command of the program as a shell does, and writes the names of its operations on files below
FOLDER to the file LIST.

The calls of ``os``, ``io.open`` and ``fcntl.flock`` are replaced, by which Python code reaches the
disk; pathlib and ``os.fdopen`` end in these. The standard library's own imports go past them.
"""

from __future__ import annotations

import builtins
import errno
import fcntl
import io
import os
import re
import signal
import sys
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple

# Every call of these with a file below the folder is an operation. Those that only look cannot be
# refused for want of space, and a kill there finds the disk as a kill after the one before does.
ON_PATHS = ("replace", "rename", "link", "symlink", "unlink", "remove", "mkdir", "rmdir", "chmod")
ON_HANDLES = ("fsync", "fdatasync", "ftruncate", "fchmod")
# Parts of names that differ each time: hashes, ids made of time and chance, the pid of a temp.
NAMED_ANEW = re.compile(r"[0-9a-f]{64}|[0-9A-Za-z]{20,}|(?<=\.)\d+(?=\.tmp)")
LOOKING = ("stat", "listdir", "scandir")


class Harm(Enum):
    """What happens at one operation."""

    BEFORE = "killed before"
    WITHIN = "killed halfway"
    AFTER = "killed after"
    EIO = "EIO"
    ENOSPC = "ENOSPC"

    @property
    def kills(self) -> bool:
        """Whether the process ends there."""
        return self in {Harm.BEFORE, Harm.WITHIN, Harm.AFTER}


class Operation(NamedTuple):
    """What one operation was: its name with its file, and which harms can befall it."""

    name: str
    harms: list[Harm]


class Disk:
    """The layer over the files below ``folder``; the operation with index ``at`` is harmed."""

    def __init__(self, folder: Path, at: int = -1, harm: Harm = Harm.EIO) -> None:
        self.done: list[Operation] = []
        self._folder, self._at, self._harm = str(folder.absolute()), at, harm
        self._handles: dict[int, str] = {}
        self._open, self._close = os.open, os.close
        self._io_open = io.open

    def install(self) -> None:
        """Replace the calls, for the rest of this process."""
        for name in ON_PATHS:
            setattr(os, name, self._on_path(name, getattr(os, name), changes=True))
        for name in LOOKING:
            setattr(os, name, self._on_path(name, getattr(os, name), changes=False))
        for name in ON_HANDLES:
            setattr(os, name, self._on_handle(name, getattr(os, name)))
        for name in ("write", "pwrite"):
            setattr(os, name, self._writing(name, getattr(os, name)))
        # Bound methods in place of functions: mypy wants their many overloads.
        replaced: list[tuple[Any, str, object]] = [
            (os, "open", self._opening),
            (os, "close", self._closing),
            (os, "read", self._reading(os.read)),
            (io, "open", self._opening_file),
            (builtins, "open", self._opening_file),
            (fcntl, "flock", self._on_handle("flock", fcntl.flock)),
        ]
        for module, name, made in replaced:
            setattr(module, name, made)

    # -- one operation -------------------------------------------------------------------------

    def operate(
        self,
        name: str,
        file: str,
        work: Callable[[], Any],
        *,
        changes: bool = True,
        half: Callable[[], object] | None = None,
    ) -> Any:
        """Count an operation and do its ``work``, unless it is the one to be harmed; ``half`` does
        half of a write."""
        short = file.removeprefix(self._folder).lstrip("/")
        harms = [Harm.EIO]
        if changes:
            harms += [Harm.BEFORE, Harm.AFTER, Harm.ENOSPC]
        if half is not None:
            harms.append(Harm.WITHIN)
        here = len(self.done) == self._at
        self.done.append(Operation(f"{name} {NAMED_ANEW.sub('N', short) or '.'}", harms))
        if not here:
            return work()
        if self._harm is Harm.AFTER:
            work()
        # A disk that is full takes what there is room for.
        if self._harm in {Harm.WITHIN, Harm.ENOSPC} and half is not None:
            half()
        if self._harm.kills:
            os.kill(os.getpid(), signal.SIGKILL)
        number = getattr(errno, self._harm.value)
        raise OSError(number, os.strerror(number), file)

    def _path(self, file: object) -> str | None:
        """A file below the folder as an absolute path; None for any other."""
        if isinstance(file, int):
            return self._handles.get(file)
        if not isinstance(file, str | bytes | Path):
            return None
        path = str(Path(os.fsdecode(file)).absolute())
        inside = path == self._folder or path.startswith(f"{self._folder}/")
        return path if inside else None

    # -- the calls -----------------------------------------------------------------------------

    def _on_path(self, name: str, real: Callable[..., Any], *, changes: bool) -> Callable[..., Any]:
        def call(file: Any = ".", *args: Any, **named: Any) -> Any:
            to = args[0] if args and name in {"replace", "rename", "link", "symlink"} else None
            path = self._path(file) or self._path(to)
            if path is None:
                return real(file, *args, **named)
            return self.operate(name, path, lambda: real(file, *args, **named), changes=changes)

        return call

    def _on_handle(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(file: Any, *args: Any) -> Any:
            handle = file if isinstance(file, int) else file.fileno()
            path = self._path(handle)
            if path is None:
                return real(file, *args)
            return self.operate(name, path, lambda: real(file, *args))

        return call

    def _writing(self, name: str, real: Callable[..., int]) -> Callable[..., int]:
        def call(handle: int, data: Any, *place: int) -> int:
            path = self._path(handle)
            if path is None:
                return real(handle, data, *place)
            half = memoryview(data)[: len(data) // 2]
            written: int = self.operate(
                name,
                path,
                lambda: real(handle, data, *place),
                half=lambda: real(handle, half, *place),
            )
            return written

        return call

    def _reading(self, real: Callable[[int, int], bytes]) -> Callable[[int, int], bytes]:
        def call(handle: int, size: int) -> bytes:
            path = self._path(handle)
            if path is None:
                return real(handle, size)
            data: bytes = self.operate("read", path, lambda: real(handle, size), changes=False)
            return data

        return call

    def _opening(self, file: Any, flags: int, *args: Any, **named: Any) -> int:
        path = self._path(file)
        if path is None:
            return self._open(file, flags, *args, **named)
        changes = bool(flags & (os.O_CREAT | os.O_TRUNC | os.O_WRONLY | os.O_RDWR))
        handle: int = self.operate(
            "open", path, lambda: self._open(file, flags, *args, **named), changes=changes
        )
        self._handles[handle] = path
        return handle

    def _closing(self, handle: int) -> None:
        self._handles.pop(handle, None)
        self._close(handle)

    def _opening_file(
        self,
        file: Any,
        mode: str = "r",
        buffering: int = -1,
        encoding: str | None = None,
        errors: str | None = None,
        newline: str | None = None,
        closefd: bool = True,
        opener: Any = None,
    ) -> Any:
        path = self._path(file)
        if path is None:
            return self._io_open(file, mode, buffering, encoding, errors, newline, closefd, opener)
        plain = mode.replace("b", "").replace("t", "")
        changes = plain != "r"

        def opened() -> File:
            return File(self, path, file, plain, closefd=closefd, opener=opener)

        raw: File = (
            opened()
            if isinstance(file, int)
            else self.operate("open", path, opened, changes=changes)
        )
        self._handles[raw.fileno()] = path
        if buffering == 0:
            return raw
        both = "+" in plain
        buffered: Any = (
            io.BufferedRandom(raw)
            if both
            else io.BufferedWriter(raw)
            if changes
            else io.BufferedReader(raw)
        )
        return buffered if "b" in mode else io.TextIOWrapper(buffered, encoding, errors, newline)

    def forget(self, handle: int) -> None:
        """A file was closed: its number may be given to another."""
        self._handles.pop(handle, None)


class File(io.FileIO):
    """An open file whose reads and writes are operations."""

    def __init__(
        self, disk: Disk, path: str, file: Any, mode: str, *, closefd: bool, opener: Any
    ) -> None:
        super().__init__(file, mode, closefd=closefd, opener=opener)
        self._disk, self._path = disk, path

    def write(self, data: Any) -> int:
        kept = bytes(data)
        written: int = self._disk.operate(
            "write",
            self._path,
            lambda: super(File, self).write(kept),
            half=lambda: super(File, self).write(kept[: len(kept) // 2]),
        )
        return written

    def readall(self) -> bytes:
        data: bytes = self._disk.operate(
            "read", self._path, lambda: super(File, self).readall(), changes=False
        )
        return data

    def readinto(self, buffer: Any) -> int:
        count: int = self._disk.operate(
            "read", self._path, lambda: super(File, self).readinto(buffer), changes=False
        )
        return count

    def close(self) -> None:
        if not self.closed:
            self._disk.forget(self.fileno())
        super().close()


def main() -> int:
    """Run a command and write down its operations."""
    from tui.__main__ import main as run

    folder, listed, *sys.argv[1:] = sys.argv[1:]
    disk = Disk(Path(folder))
    disk.install()
    code = run()
    Path(listed).write_text("".join(f"{one.name}\n" for one in disk.done))
    return code


if __name__ == "__main__":
    sys.exit(main())
