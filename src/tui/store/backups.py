"""Makes backups and keeps some: each is read back from the disk before it gets its name.

A kill at any moment leaves the earlier backups as they are, and at worst a temp that the next start
removes.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Collection, Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from tui.domain.model.text import clean
from tui.store.archive import MOST_BYTES, MOST_FILE_BYTES, Manifest, describe, ours, pack, read
from tui.store.atomic import fill, make_folder, sync_folder, temp_of
from tui.store.errors import StoreError, leads_nowhere, refused
from tui.store.files import read_file
from tui.store.new_file import unwritable
from tui.store.paths import Paths

NAME = re.compile(r"stridelift-([0-9]{4}-[0-9]{2})-([0-9]{2})T[0-9]{6}\.zip")
# The last backups are kept, and the last one of each of the last months.
KEPT, KEPT_MONTHS = 10, 12


class Sources(NamedTuple):
    """The files to back up, byte for byte, and why others could not be read."""

    files: dict[str, bytes]
    not_read: dict[str, str]


class Packed(NamedTuple):
    """The bytes of a backup, and its manifest."""

    data: bytes
    manifest: Manifest


def gather(paths: Paths) -> Sources:
    """Read the files of the data folder as they are. Nobody may write meanwhile. Raises StoreError
    if a folder cannot be read, if there is too much, or if there is nothing: where a disk is not
    mounted, an empty backup would in time push out the good ones."""
    files: dict[str, bytes] = {}
    not_read: dict[str, str] = {}
    for path in _candidates(paths):
        name = path.relative_to(paths.root).as_posix()
        try:
            found = read_file(path, MOST_FILE_BYTES)
        except StoreError as refusal:
            not_read[name] = str(refusal)
            continue
        if found is not None:
            files[name] = found[1]
    if not files and not not_read:
        raise StoreError(f"{clean(str(paths.root))} holds no log: there is nothing to back up.")
    if sum(map(len, files.values())) > MOST_BYTES:
        raise StoreError(
            f"the log in {clean(str(paths.root))} is larger than a backup may be: {MOST_BYTES:,} "
            "bytes. Look for a file in it that has grown."
        )
    return Sources(files, not_read)


def has_any(paths: Paths) -> bool:
    """Whether there is anything to back up. Raises StoreError if a folder cannot be read."""
    return any(path.exists() for path in _candidates(paths))


def _candidates(paths: Paths) -> Iterator[Path]:
    yield from (paths.profile, paths.library)
    for folder in (paths.log_dir, paths.live_dir):
        try:
            found = sorted(folder.iterdir())
        except OSError as error:
            if isinstance(error, FileNotFoundError) and not leads_nowhere(folder):
                continue
            raise refused(folder, error, "read") from error
        yield from (path for path in found if ours(f"{folder.name}/{path.name}"))


def packed(sources: Sources, made: datetime, version: str) -> Packed:
    """The backup of these files, made at ``made`` by this version of the program."""
    manifest = describe(*sources, made=made.isoformat(timespec="seconds"), version=version)
    return Packed(pack(sources.files, manifest), manifest)


def save(backup: Packed, path: Path) -> None:
    """Write a backup to a new file, for this user alone: on disk and read back when this returns.
    Raises StoreError if the name is taken, the disk refuses, or what it gives back is not what was
    written; then nothing is there."""
    temp = temp_of(path)
    try:
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
        fill(temp, backup.data)
        _read_back(temp, path, backup.manifest)
        _give_name(temp, path)
        try:
            sync_folder(path.parent)
        except OSError:
            with suppress(OSError):
                path.unlink()
            raise
    except OSError as error:
        raise unwritable(path, error) from error
    finally:
        with suppress(OSError):
            temp.unlink(missing_ok=True)


def _read_back(temp: Path, path: Path, manifest: Manifest) -> None:
    """Check what is on the disk. What is read has the hashes of its manifest, so if that is this
    one, all files are those that were parsed and counted for it."""
    _forget(temp)
    try:
        found = read(temp)
    except StoreError as error:
        raise _not_as_written(path) from error
    if found.manifest != manifest:
        raise _not_as_written(path)


def _not_as_written(path: Path) -> StoreError:
    return StoreError(
        f"{clean(str(path))} could not be written: the disk gave back something else. Check the "
        "disk, or name a file on another one"
    )


def _forget(path: Path) -> None:
    """Have the system drop its copy of the file, so that the next read comes from the disk."""
    if hasattr(os, "posix_fadvise"):
        handle = os.open(path, os.O_RDONLY)
        try:
            with suppress(OSError):
                os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
        finally:
            os.close(handle)


def _give_name(temp: Path, path: Path) -> None:
    """Name the file, unless something has come by that name meanwhile."""
    try:
        # Unlike a rename, a second name never replaces anything.
        path.hardlink_to(temp)
    except FileExistsError:
        raise
    except OSError:
        # A memory stick has no hard links.
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST)) from None
        temp.replace(path)


# -- the folder of backups ---------------------------------------------------------------------


def save_in(folder: Path, backup: Packed, made: datetime) -> Path:
    """:func:`save` in a folder, which is made if it is missing, under a name with the local time;
    returns the path. Raises StoreError."""
    try:
        make_folder(folder)
    except OSError as error:
        raise refused(folder, error) from error
    path = folder / name_of(made)
    while os.path.lexists(path):
        made += timedelta(seconds=1)
        path = folder / name_of(made)
    save(backup, path)
    return path


def save_copy(folder: str, name: str, backup: Packed) -> Path | None:
    """:func:`save` in a folder as the runner named it, which may begin with ``~``; None if there is
    no such folder. It is not made: where a disk is not mounted, it would lie on another one."""
    path = _named(folder) / name
    if not os.path.isdir(path.parent):  # noqa: PTH112  Path.is_dir raises for a closed folder
        return None
    save(backup, path)
    return path


def drop_copies(folder: str, names: Collection[str]) -> None:
    """Remove the second copies of backups that are gone; one that stays does no harm."""
    for name in names:
        with suppress(OSError):
            (_named(folder) / name).unlink()


def _named(folder: str) -> Path:
    try:
        return Path(folder).expanduser()
    except RuntimeError:
        return Path(folder)


def name_of(made: datetime) -> str:
    """The name of a backup made at a local time: ``stridelift-2026-11-29T181500.zip``."""
    return f"stridelift-{made:%Y-%m-%dT%H%M%S}.zip"


def listed(folder: Path) -> list[Path]:
    """The backups in a folder by name, newest first. Raises StoreError."""
    try:
        found = [path for path in folder.iterdir() if NAME.fullmatch(path.name)]
        return sorted((p for p in found if p.is_file() and not p.is_symlink()), reverse=True)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise refused(folder, error, "read") from error


def made_on(folder: Path, day: date) -> bool:
    """Whether there is a backup of a day. Raises StoreError."""
    return any(path.name.startswith(f"stridelift-{day}T") for path in listed(folder))


def prune(folder: Path, newest: Path) -> list[str]:
    """Remove the backups that have had their time, and return their names. ``newest`` stays, and so
    does the newest whole one: of a damaged log there may be no other. Raises StoreError."""
    names = [path.name for path in listed(folder)]
    doomed = outlived(names) - {newest.name}
    if doomed:
        best = next((name for name in names if _is_whole(folder / name)), None)
        doomed.discard(best or newest.name)
        if best is None:
            return []
    for name in doomed:
        try:
            (folder / name).unlink(missing_ok=True)
        except OSError as error:
            raise refused(folder / name, error, "removed") from error
    return sorted(doomed)


def outlived(names: Collection[str]) -> set[str]:
    """Those of these names of backups that are neither among the last ones nor the last of one of
    the last months."""
    ordered = sorted(names, reverse=True)
    months: dict[str, str] = {}
    for name in ordered:
        if match := NAME.fullmatch(name):
            months.setdefault(match[1], name)
    return set(ordered) - set(ordered[:KEPT]) - set(list(months.values())[:KEPT_MONTHS])


def _is_whole(path: Path) -> bool:
    try:
        return read(path).manifest.whole
    except StoreError:
        return False
