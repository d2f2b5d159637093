"""Errors of the store, worded for the runner: which file, what went wrong, what to do."""

from __future__ import annotations

import errno
from contextlib import suppress
from pathlib import Path

from tui.domain.model.text import clean

HINTS = {
    errno.ENOSPC: "the disk is full. Free some space and try again",
    errno.EDQUOT: "your share of the disk is used up. Free some space and try again",
    errno.EROFS: "the disk is read-only. Choose another folder with --data-dir",
    errno.EACCES: "this user may not. Change the permissions, or use --data-dir",
    errno.EPERM: "this user may not. Change the permissions, or use --data-dir",
    errno.EISDIR: "a folder stands where the file should be. Move it away",
    errno.ENOTDIR: "a file stands where a folder should be. Move it away",
    errno.EEXIST: "something else stands there. Move it away",
    errno.EIO: "the disk reports an error. Check the disk; copy your log to another one",
}
# What the system says of a link that leads nowhere, when it is opened or made a folder.
MISSING = {errno.ENOENT, errno.ENOTDIR, errno.EEXIST}


class StoreError(Exception):
    """One line for the runner: which file, what is wrong, what to do. Stored data is untouched."""


class NewerSchema(StoreError):
    """The file was written by a newer version of the program; it is left as it is."""


class NotSynced(StoreError):
    """The file was replaced and is read as it is now, but the disk did not confirm it: after a
    power failure the old one may be back."""


def unsynced(path: Path, error: OSError) -> NotSynced:
    """The error for a file whose new name could not be synced."""
    code = errno.errorcode.get(error.errno or 0, str(error))
    return NotSynced(
        f"{clean(str(path))}: the change is in the file, but the disk did not confirm it "
        f"({code}). Check the disk; copy your log to another one."
    )


class Overtaken(StoreError):
    """Another process went on with the journal that this one had open: what it wrote stays, and
    nothing more is written from here."""


class FolderGone(StoreError):
    """The data folder that was opened is not at its path any more; nothing can be kept there."""


def refused(path: Path, error: OSError, act: str = "written") -> StoreError:
    """The error for a file that could not be ``act`` ("written", "read", "removed")."""
    code = error.errno or 0
    hint = HINTS.get(code) or f"{error.strerror or error}. Try again, or use --data-dir"
    if code in MISSING and (link := leads_nowhere(path)):
        name = clean(str(link))
        hint = f"{name} is a link to what is not there. Mount its disk, or mend the link"
    return StoreError(f"{clean(str(path))} could not be {act}: {hint}.")


def leads_nowhere(path: Path) -> Path | None:
    """The link to something that is not there (a disk that is not mounted) which a path is, or is
    in; None if there is none, or if the disk does not let us look."""
    with suppress(OSError):
        links = (one for one in (path, *path.parents) if one.is_symlink() and not one.exists())
        return next(links, None)
    return None
