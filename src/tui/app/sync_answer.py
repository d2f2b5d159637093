"""Answers a sync that asks the window that writes to join what has been fetched."""

from __future__ import annotations

from collections.abc import Sequence

from tui.app.logbook import Logbook
from tui.store.requests import Requests

# Git has nothing to wait for here: what was fetched lies on this disk.
PATIENCE_S = 20.0


class Answering:
    """The answers of the instance in which ``book`` is open, as long as it is the one that writes.

    While nobody asks, :meth:`answer` looks for one file."""

    def __init__(self, book: Logbook) -> None:
        self._book = book
        self._requests = Requests(book.paths.sync_request)

    def answer(self) -> Sequence[str]:
        """Join what a sync has fetched, if one asks; returns what the runner should know. What came
        is read anew from then on. Raises ReadOnly or StoreError; whoever asked has an answer all
        the same."""
        book = self._book
        if self._requests.waiting() is None or not book.access.granted:
            return ()
        from tui.app.sync_join import joined  # Both only where there is sync.
        from tui.store.git import Git

        try:
            git = Git(book.paths.root, may_ask=False, patience_s=PATIENCE_S)
            return joined(book, git).notes
        finally:
            # What lies there is in the commit that is sent next.
            book.unsent.settle()
            self._requests.answer()
