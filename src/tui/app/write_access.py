"""Controls who may write the log, and explains why this instance may not."""

from __future__ import annotations

from tui.store.errors import StoreError
from tui.store.lock import WriterLock
from tui.store.paths import Paths


class ReadOnly(Exception):
    """A change was refused because another instance writes the log; the message says which."""


class WriteAccess:
    """Whether this instance may write below ``paths``; at first it may not."""

    def __init__(self, paths: Paths) -> None:
        self._lock = WriterLock(paths)
        self._closed = ""
        self.granted = False

    def acquire(self) -> bool:
        """Take the right to write, unless another instance has it. Raises StoreError."""
        self.granted = self._lock.acquire()
        return self.granted

    def check(self) -> None:
        """Check before a write that this instance is the writer, and that the folder is still the
        one it opened. Raises ReadOnly or StoreError."""
        self.granted = self.granted and self._lock.hold()
        if not self.granted:
            raise ReadOnly(self.refusal)

    def close_to_writing(self, refusal: StoreError) -> None:
        """Be read-only from now on, as the disk does not let us write; ``refusal`` says why."""
        self._closed = str(refusal)

    @property
    def notice(self) -> str:
        """A line for the runner while this instance writes to a disk that does not lock files; else
        empty."""
        return self._lock.notice

    @property
    def holder(self) -> str:
        """Who has the right to write, in words."""
        return self._lock.holder()

    @property
    def looking(self) -> str:
        """Why nothing can be written, for the screen, which stays open: what to do about it."""
        if self._closed:
            return f"Looking only: {self._closed}"
        if self._lock.gone():
            return "The other window is closed. The next change is logged from here."
        return (
            f"Another window logs this session ({self._lock.place()}). Quit it there to log here."
        )

    @property
    def refusal(self) -> str:
        """Why nothing can be written: who else is writing, that nobody is any more (then the next
        change makes this instance the writer), or the disk's error."""
        gone = "the other one has closed" if self._lock.gone() else ""
        return f"read-only: {self._closed or gone or f'{self.holder} has this log open'}"

    def release(self) -> None:
        """Give up the right to write."""
        self._lock.release()
