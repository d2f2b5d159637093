"""The right to write the log: who has it, and what to say where this instance does not."""

from __future__ import annotations

from tui.store.errors import StoreError
from tui.store.lock import WriterLock
from tui.store.paths import Paths


class ReadOnly(Exception):
    """A change was asked of a log that another instance is writing; the message says who."""


class WriteAccess:
    """Whether this instance may write below ``paths``. It begins without the right."""

    def __init__(self, paths: Paths) -> None:
        self._lock = WriterLock(paths)
        self._closed = ""
        self.granted = False

    def acquire(self) -> bool:
        """Take the right to write unless another instance has it. Raises StoreError."""
        self.granted = self._lock.acquire()
        return self.granted

    def check(self) -> None:
        """Make sure that what is written now is kept: this instance is the writer, and the folder
        is still the one it opened. Raises ReadOnly or StoreError."""
        self.granted = self.granted and self._lock.hold()
        if not self.granted:
            raise ReadOnly(self.refusal)

    def close_to_writing(self, refusal: StoreError) -> None:
        """Only look from now on: the disk lets nobody write, ``refusal`` says why."""
        self._closed = str(refusal)

    @property
    def holder(self) -> str:
        """Who has the right to write, in words."""
        return self._lock.holder()

    @property
    def refusal(self) -> str:
        """Why nothing can be written: who writes, or what the disk says."""
        return f"only looking: {self._closed or f'{self.holder} writes this log'}"

    def release(self) -> None:
        """Let another instance write."""
        self._lock.release()
