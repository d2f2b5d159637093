"""Sync as far as the full screen has to do with it: it starts them, answers them, and
says how they went.

The screen itself never fetches or sends: that is done by a process of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from tui.app.logbook import Logbook
from tui.app.sync_answer import Answering
from tui.app.sync_by_itself import is_by_itself, is_off, is_repository
from tui.domain.model.text import as_sentence
from tui.store.reminder import due
from tui.store.sync_home import home_of
from tui.store.sync_state import OFFLINE, changed_at, read_state, state_path
from tui.ui.widgets.styled_text import Span

# After so many looks without a further change a sync begins by itself.
CALM_LOOKS = 3
TELL_EVERY = timedelta(days=1)
NOT_SET_UP = "Sync is not set up: in the shell, stridelift sync --to you@home:log.git"
SYNCING = "Syncing …"
IS_OFF = "Sync is off on this machine: choose another way in Settings, then try again."


class Syncing:
    """The syncs of one window on ``book``. ``start`` starts one in the background, ``say`` shows a
    line in a role."""

    def __init__(
        self, book: Logbook, start: Callable[[], None], say: Callable[[str, str], None]
    ) -> None:
        self._book = book
        self._start = start
        self._say = say
        self._answering = Answering(book)
        # Where it says how the last sync went, and when that was heard of.
        self._state: Path | None = None
        self._heard: object = None
        self._by_hand = False
        # What is to be said once there is room for it.
        self._news: list[Span] = []
        self._calm = 0
        self._lying: object = None

    def begin(self) -> None:
        """The window was opened: sync by itself, if the runner wants that. Of a sync that ended
        before nothing is said."""
        self._state = state_path(self._book.paths)
        self._heard = changed_at(self._state)
        if self._book.access.granted and self._by_itself():
            self._go()

    def now(self) -> None:
        """Sync because the runner asks for it."""
        book = self._book
        if not home_of(book.paths):
            self._say(NOT_SET_UP, "warn")
        elif is_off(book.profile):
            self._say(IS_OFF, "warn")
        else:
            self._by_hand = True
            self._say(SYNCING, "")
            self._go()

    def look(self, *, may_say: bool) -> bool:
        """Answer a sync that asks, hear how others went, and begin one once changes have come to
        rest; what there is to say is said as soon as it may be. True if one has ended since the
        last look. While there is nothing to do this looks for three files. Raises ReadOnly or
        StoreError if what was asked cannot be done."""
        self._news += [(as_sentence(note), "warn") for note in self._answering.answer()]
        ended = self._hear()
        if may_say and self._news:
            # While a line was being typed several may have said the same.
            words, roles = zip(*dict.fromkeys(self._news), strict=True)
            self._news.clear()
            self._say("  ".join(words), "warn" if "warn" in roles else "good")
        if self._book.access.granted and self._has_come_to_rest() and self._by_itself():
            self._go()
        return ended

    def _by_itself(self) -> bool:
        return is_by_itself(self._book.profile, self._book.paths)

    def _go(self) -> None:
        self._book.unsent.settle()
        self._calm = 0
        self._start()

    def _has_come_to_rest(self) -> bool:
        """Whether there are changes, and the last one is some looks ago."""
        if not is_repository(self._book.paths) or not self._book.unsent:
            return False
        before, self._lying = self._lying, self._book.unsent.lying()
        self._calm = self._calm + 1 if before == self._lying else 0
        return self._calm >= CALM_LOOKS

    def _hear(self) -> bool:
        """Note what is to be said of a sync that has ended since the last look: what came, and
        trouble, but not each time, nor that it is away from home. Who asked for it is told in any
        case."""
        if self._state is None or (changed := changed_at(self._state)) == self._heard:
            return False
        self._heard = changed
        state = read_state(self._state)
        if state is None:
            return True
        by_hand, self._by_hand = self._by_hand, False
        is_trouble = state.trouble not in ("", OFFLINE)
        if by_hand or state.came or (is_trouble and self._is_due()):
            words = as_sentence(f"sync: {state.words.removeprefix('sync: ').removesuffix('.')}")
            self._news.append((words, "warn" if state.trouble else "good"))
        return True

    def _is_due(self) -> bool:
        return due(self._book.paths.sync_told, self._book.now().date(), TELL_EVERY)
