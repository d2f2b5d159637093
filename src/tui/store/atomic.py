"""Atomic file writes: a file is replaced whole or not at all, and a readable copy always exists.

New bytes go to a hidden temp file beside the target, are synced to disk, and take the target's name
in one rename. The previous file stays as ``.bak``. A process killed at any moment leaves the old
file or the new one, and at worst a temp that :func:`sweep` removes at the next start.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

from tui.store.errors import NotSynced, refused, unsynced
from tui.store.files import refuse_other

FOLDER_MODE = 0o700
FILE_MODE = 0o600
TEMP = re.compile(r"\..+\.(\d{1,10})\.tmp")
# Some network file systems cannot sync a folder; there the rename has to do.
NO_FOLDER_SYNC = {errno.EINVAL, errno.ENOTSUP, errno.EBADF}


def write(path: Path, data: bytes) -> None:
    """Replace the file with ``data``, on disk when this returns; the previous file stays as .bak.

    Missing folders are created. A symbolic link stays one: its target is replaced. Raises
    StoreError if the disk refuses; then the file is unchanged. Raises NotSynced if the file was
    replaced, but the disk did not confirm its name.
    """
    _write(path, data, keep_previous)


def write_over(path: Path, data: bytes) -> None:
    """:func:`write` over a file that is kept elsewhere and is no good copy: .bak stays the same."""
    _write(path, data, lambda _: None)


def _write(path: Path, data: bytes, keep: Callable[[Path], None]) -> None:
    target = resolved(path)
    temp = temp_of(target)
    try:
        make_folder(target.parent)
        try:
            fill(temp, data)
            keep(target)
            temp.replace(target)
        except BaseException:
            with suppress(OSError):
                temp.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise refused(path, error) from error
    confirm(path)


def confirm(path: Path) -> None:
    """Sync the folder of a file that has just got its name. Raises NotSynced."""
    try:
        sync_folder(resolved(path).parent)
    except OSError as error:
        raise unsynced(path, error) from error


def backup_of(path: Path) -> Path:
    """The path of the previous good file: beside the file itself, not beside a link to it."""
    target = resolved(path)
    return target.with_name(f"{target.name}.bak")


def resolved(path: Path) -> Path:
    """The file behind symbolic links; unlike Path.resolve it does not raise for a loop."""
    return Path(os.path.realpath(path))


def temp_of(target: Path, purpose: str = "") -> Path:
    """The hidden temp file of this process for ``target``: ``.2026.json.4242.tmp``."""
    return target.with_name(f".{target.name}{purpose}.{os.getpid()}.tmp")


def make_folder(folder: Path) -> None:
    """Make the folder and its parents. New ones are for this user alone, whatever the umask."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(FOLDER_MODE, exist_ok=True)
    try:
        folder.chmod(FOLDER_MODE)
        sync_folder(folder.parent)
    except OSError:
        # The next call must not take it for a folder that is on disk.
        with suppress(OSError):
            folder.rmdir()
        raise


def sync_folder(folder: Path) -> None:
    """Sync the folder, so that the file names in it are on disk too, not only their contents."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in NO_FOLDER_SYNC:
            raise
    finally:
        os.close(handle)


def fill(temp: Path, data: bytes | bytearray) -> None:
    """Write a new private file and sync it to disk."""
    # A temp of the same name is left over from a dead process that had our pid.
    temp.unlink(missing_ok=True)
    handle = os.open(temp, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
    with os.fdopen(handle, "wb") as file:
        os.fchmod(handle, FILE_MODE)
        file.write(data)
        file.flush()
        os.fsync(handle)


def keep_previous(target: Path) -> None:
    """Give the present file, if any, the name .bak as well. It keeps its own name. Raises
    OSError, or StoreError if something other than a file has either name."""
    refuse_other(backup_of(target), "written")
    temp = temp_of(target, ".bak")
    try:
        if twin(target, temp):
            with suppress(PermissionError):
                temp.chmod(FILE_MODE)
            temp.replace(backup_of(target))
    finally:
        # Renaming a file onto a hard link to itself does nothing: then the temp is still there.
        with suppress(OSError):
            temp.unlink(missing_ok=True)


def twin(source: Path, other: Path) -> bool:
    """Give the file a second name (a copy if the file system has no hard links); False if there is
    no such file. Raises OSError, or StoreError if it is no real file."""
    refuse_other(source, "written")
    other.unlink(missing_ok=True)
    if not source.exists():
        return False
    try:
        other.hardlink_to(source)
    except OSError:
        fill(other, source.read_bytes())
    return True


def set_aside(path: Path) -> Path:
    """Rename a damaged file to ``<name>.damaged-<n>`` with the first free number, and return the
    new path. Raises StoreError.

    Its folder need not be synced: after a power failure the file may have its old name again, and
    is set aside again.
    """
    target = resolved(path)
    aside = free_name(target)
    try:
        target.rename(aside)
    except OSError as error:
        raise refused(path, error, "set aside") from error
    return aside


def free_name(target: Path) -> Path:
    """The first ``<name>.damaged-<n>`` that is not taken."""
    names = (target.with_name(f"{target.name}.damaged-{n}") for n in count(1))
    return next(name for name in names if not name.exists())


@contextmanager
def all_or_nothing(paths: list[Path]) -> Iterator[None]:
    """If the block fails, restore each of these files and its .bak.

    Meanwhile the old files are kept under a second name. Restoring one needs no space, so it works
    even if the block failed because the disk is full. A block that ends with NotSynced has written
    what it wanted, and nothing is restored.
    """
    targets = [name for path in paths for name in (resolved(path), backup_of(path))]
    seconds = {target: temp_of(target, ".undo") for target in targets}
    held: dict[Path, bool] = {}
    try:
        for target, second in seconds.items():
            held[target] = twin(target, second)
        yield
    except NotSynced:
        raise
    except BaseException as error:
        for target, was_there in held.items():
            with suppress(OSError):
                if was_there:
                    seconds[target].replace(target)
                else:
                    target.unlink(missing_ok=True)
        for folder in {target.parent for target in targets}:
            with suppress(OSError):
                sync_folder(folder)
        if isinstance(error, OSError):
            raise refused(paths[0], error) from error
        raise
    finally:
        for second in seconds.values():
            with suppress(OSError):
                second.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Remove the temp files that dead writers left in the folder. Call it only when no write is
    under way; a folder that is missing or not accessible is left as it is."""
    with suppress(OSError):
        for path in folder.iterdir():
            match = TEMP.fullmatch(path.name)
            if match and dead(int(match[1])):
                with suppress(OSError):
                    path.unlink()


def dead(pid: int) -> bool:
    """Whether no other process with this pid runs. Our own pid counts as dead: we write nothing
    while we sweep, and in a container every process may be pid 1."""
    if pid == os.getpid():
        return True
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return True
    except PermissionError:
        return False
    return False
