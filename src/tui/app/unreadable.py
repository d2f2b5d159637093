"""Says why a file that the runner named cannot be read."""

from __future__ import annotations

import errno

HINTS = {
    errno.ENOENT: "is not there; check its name",
    errno.ENOTDIR: "is not there; check its name",
    errno.EISDIR: "is a folder; name a file in it",
    errno.EACCES: "is not readable; change its permissions",
}


def why_unreadable(name: str, error: OSError) -> str:
    """One line: the file, what is wrong and what to do."""
    other = f"could not be read: {error.strerror}; try again, or name another file"
    return f"{name} {HINTS.get(error.errno or 0, other)}"
