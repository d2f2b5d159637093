"""The files to import among the files, folders and zip archives that a runner names."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path, PurePosixPath
from stat import S_ISDIR, S_ISREG
from typing import IO, Protocol

from tui.app.unreadable import why_unreadable
from tui.domain.model.text import clean
from tui.domain.model.validation import BadDocument
from tui.formats.archives import TooMuch, members
from tui.formats.runs import KINDS, MOST_BYTES, ZIP, BadFile

SUFFIXES = (".fit", ".gpx", ".tcx", ".ics")
LOGS = (".csv", ".jsonl", ".ndjson", ".json", ".tsv")
ARCHIVES = (".zip",)
# Strava's list of activities, and the folder beside it that holds routes, not runs.
LIST, ROUTES = "activities.csv", "routes"
# More than a folder of runs ever holds: a slip, such as a whole disk, ends soon.
MOST_FILES = 200_000
# What a Mac puts into archives.
MAC = "__MACOSX"


class Files(Protocol):
    """Files to import: the name and content of each, what was passed over, and what could not be
    read."""

    passed_over: int
    refused: list[str]

    def __iter__(self) -> Iterator[tuple[str, bytes]]: ...


class Piped:
    """What was piped in, as a file."""

    def __init__(self, data: bytes) -> None:
        self.passed_over = 0
        self.refused: list[str] = []
        self._data = data

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        yield "stdin", self._data


class Contents:
    """The name and content of each file of runs and, if asked for, of ``logs`` of strength work,
    read one by one.

    A path that is named is read whatever it is called. In a folder or a zip archive, hidden files
    and those whose names are of neither are passed over and counted (``passed_over``). A list of
    Strava's comes before the files that it was made from; beside it there are no logs.

    What cannot be read raises BadFile, which names it; to keep going, it is put into ``refused``
    instead.
    """

    def __init__(self, paths: Sequence[str], *, keep_going: bool, logs: bool = False) -> None:
        self.passed_over = 0
        self.refused: list[str] = []
        self._paths, self._keep_going, self._logs = paths, keep_going, logs

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        for path in self._paths:
            try:
                mode = os.stat(path).st_mode  # noqa: PTH116  the name as it was typed
            except (OSError, ValueError) as error:
                self._refuse(_unreadable(path, error))
                continue
            if S_ISDIR(mode):
                yield from self._folder(path)
            elif S_ISREG(mode):
                yield from self._file(path, named=True)
            else:
                self._refuse(
                    f"{path} is a pipe or a device, no file; save it as a file and import that"
                )

    def _refuse(self, line: str) -> None:
        if not self._keep_going:
            raise BadFile(clean(line))
        self.refused.append(clean(line))

    def _file(self, path: str, *, named: bool) -> Iterator[tuple[str, bytes]]:
        try:
            with open(path, "rb") as file:  # noqa: PTH123  the name as it was typed
                archived = file.read(len(ZIP)) == ZIP
                file.seek(0)
                if archived:
                    yield from self._archive(path, file, named=named)
                else:
                    # Of a file that is too large just more than the limit.
                    yield path, file.read(MOST_BYTES + 1)
        except OSError as error:
            self._refuse(_unreadable(path, error))
        except BadDocument as bad:
            self._refuse(f"{path}: {bad}")

    def _archive(self, path: str, file: IO[bytes], *, named: bool) -> Iterator[tuple[str, bytes]]:
        every = {member.name: member for member in members(file)}
        for name in self._wanted(path, every, named=named):
            try:
                yield f"{path}/{name}", every[name].read()
            except TooMuch:
                raise
            except BadDocument as bad:
                self._refuse(f"{path}/{name}: {bad}")

    def _folder(self, path: str) -> Iterator[tuple[str, bytes]]:
        found: list[str] = []
        for folder, folders, files in os.walk(path, onerror=self._unread):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            found += (str(Path(folder, name).relative_to(path)) for name in files)
            if len(found) > MOST_FILES:
                self._refuse(f"{path}: holds more than {MOST_FILES} files; name the folder of runs")
                return
        for name in self._wanted(path, found, named=True, also=ARCHIVES):
            file = Path(path, name)
            if file.is_file():
                yield from self._file(str(file), named=False)
            else:
                self.passed_over += 1

    def _unread(self, error: OSError) -> None:
        self._refuse(_unreadable(str(error.filename), error))

    def _wanted(
        self, where: str, names: Collection[str], *, named: bool, also: tuple[str, ...] = ()
    ) -> list[str]:
        """The names of files of runs among those in a folder or an archive, lists first."""
        routes = tuple(
            f"{PurePosixPath(name).parent / ROUTES}/" for name in names if _is_list(name)
        )
        if self._logs and not routes:
            also = (*also, *LOGS)
        wanted = [
            name
            for name in names
            if not _hidden(name) and _is_of_runs(name, also) and not name.startswith(routes)
        ]
        self.passed_over += len(names) - len(wanted)
        if named and not wanted:
            what = "file that can be imported" if self._logs else "file of runs"
            self._refuse(f"{where}: holds no {what}; import {KINDS}")
        return sorted(wanted, key=lambda name: (not _is_list(name), name))


def _is_list(name: str) -> bool:
    return PurePosixPath(name).name.lower() == LIST


def _is_of_runs(name: str, also: tuple[str, ...]) -> bool:
    plain = name.lower().removesuffix(".gz")
    return _is_list(name) or plain.endswith((*SUFFIXES, *also))


def _hidden(name: str) -> bool:
    return any(part.startswith(".") or part == MAC for part in PurePosixPath(name).parts)


def _unreadable(path: str, error: Exception) -> str:
    if isinstance(error, OSError):
        return why_unreadable(path, error)
    return f"{path!r} is no name of a file; check it"
