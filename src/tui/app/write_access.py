"""Controls who may write the log, and explains why this instance may not."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from tui.store.errors import StoreError
from tui.store.lock import Holder, WriterLock
from tui.store.paths import Paths

if TYPE_CHECKING:
    from tui.store.requests import Request, Requests


class ReadOnly(Exception):
    """A change was refused because another instance writes the log; the message says which."""


class WriteAccess:
    """Whether this instance may write below ``paths``; at first it may not."""

    def __init__(self, paths: Paths) -> None:
        self._lock = WriterLock(paths)
        self._paths = paths
        self._closed = ""
        self._asking = False
        self.granted = False

    @cached_property
    def _requests(self) -> Requests:
        from tui.store.requests import Requests  # Whoever only reads does not need it.

        return Requests(self._paths.write_request)

    def acquire(self) -> bool:
        """Take the right to write, unless another instance has it or has asked for it first. Raises
        StoreError."""
        if not self.granted and self._requests.waiting() is None and self._lock.acquire():
            self.granted = True
            if self._asking:
                # Also that of another who asked meanwhile: it would be handed over again.
                self._requests.answer()
                self._asking = False
        return self.granted

    def ask(self) -> None:
        """Ask the instance that has the right to write for it. Raises StoreError."""
        self._requests.make()
        self._asking = True

    @property
    def asking(self) -> bool:
        """Whether what this instance asked for last was neither answered nor asked for by another
        since."""
        return self._asking and self._requests.standing()

    def ask_no_longer(self) -> None:
        """Take back what was asked."""
        if self._asking:
            self._requests.withdraw()
            self._asking = False

    def asked(self) -> Request | None:
        """Who asks this instance for the right to write; None if nobody does."""
        return self._requests.waiting() if self.granted else None

    def let_go(self) -> None:
        """Write no more: another instance may."""
        self.granted = False
        self._lock.release()

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
        """Why nothing can be written, for the screen, which stays open."""
        if self._closed:
            return f"Looking only: {self._closed}"
        if self._free:
            return "The other window is closed. The next change is logged from here."
        return f"Another window logs this session ({self._lock.place()})."

    @property
    def closed(self) -> bool:
        """Whether it is the disk that does not let us write."""
        return bool(self._closed)

    @property
    def may_ask(self) -> bool:
        """Whether another instance has the right to write, and can be asked for it."""
        return not self.granted and not self._closed and not self._free

    @property
    def _free(self) -> bool:
        """Whether nobody writes, nor has asked to."""
        return self._lock.gone() and self._requests.waiting() is None

    @property
    def writer(self) -> Holder | None:
        """The process that has the right to write; None if that is not known."""
        return self._lock.process()

    @property
    def refusal(self) -> str:
        """Why nothing can be written: who else is writing, that nobody is any more (then the next
        change makes this instance the writer), or the disk's error."""
        gone = "the other one has closed" if self._free else ""
        return f"read-only: {self._closed or gone or f'{self.holder} has this log open'}"

    def release(self) -> None:
        """Give up the right to write."""
        self._lock.release()
