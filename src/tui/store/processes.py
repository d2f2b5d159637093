"""Tells the process that has the writer's lock from any other, and ends it if it must be.

A pid is given to another process once its own has ended. So a process is known by the time of its
start as well, where the system says it.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

# In /proc/PID/stat, counted from behind the name of the program, which may hold anything.
START_FIELD = 19


def start_of(pid: int) -> str:
    """When a process of this machine was started, in the system's own unit; empty if it does not
    run, or the system does not say."""
    with suppress(OSError, IndexError):
        told = Path(f"/proc/{pid}/stat").read_bytes()
        return told.rpartition(b")")[2].split()[START_FIELD].decode("ascii", "replace")
    return ""


def lockers_of(path: Path) -> set[int]:
    """The processes that have a ``flock`` on a file, as far as the system says so."""
    with suppress(OSError, ValueError):
        inode = str(path.stat().st_ino)
        lines = [line.split() for line in Path("/proc/locks").read_text("ascii").splitlines()]
        return {
            int(line[4])
            for line in lines
            if len(line) > 5 and line[1] == "FLOCK" and line[5].rpartition(":")[2] == inode
        }
    return set()


def is_another(pid: int, start: str) -> bool:
    """Whether a process runs that was started at ``start`` (empty: not known) and may be ended from
    here: neither the first of all, nor this one, nor one of its group."""
    if pid <= 1 or pid == os.getpid() or (start and start != start_of(pid)):
        return False
    try:
        return os.getpgid(pid) != os.getpgrp()
    except (OSError, OverflowError):
        return False


def end(pid: int, start: str, *, at_once: bool) -> bool:
    """Ask a process that :func:`is_another` to end, or end it ``at_once``; False if it is not, or
    the system refuses."""
    import signal  # Loading it takes longer than all else that an answer needs of this module.

    what = signal.SIGKILL if at_once else signal.SIGTERM
    try:
        # A handle of the process: what is looked at and what gets the signal are the same.
        handle = os.pidfd_open(pid) if hasattr(os, "pidfd_open") else None
    except (OSError, OverflowError, ValueError):
        return False
    try:
        if not is_another(pid, start):
            return False
        if handle is None:
            os.kill(pid, what)
        else:
            signal.pidfd_send_signal(handle, what)
    except OSError:
        return False
    finally:
        if handle is not None:
            os.close(handle)
    return True
