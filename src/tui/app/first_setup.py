"""The first setup: when it is offered, and what its answers change, as one step."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from tui.app.logbook import Logbook
from tui.app.settings import change_settings, put_back
from tui.domain.planning.calendar_changes import Change
from tui.domain.planning.first_setup import Answers
from tui.store.errors import StoreError

# A setting that says that the questions were asked, so that they are not offered again.
ASKED = "setup"
POUNDS = ("en_US", "en_LR", "my_MM")


def is_first_time(book: Logbook) -> bool:
    """Whether nothing was logged or set yet, nor the setup asked, and all of it can be kept."""
    if not (book.access.granted and book.reader.complete):
        return False
    if book.reader.sessions() or book.recorder.live is not None:
        return False
    try:
        return not book.profile.store.histories()
    except StoreError:
        return False


def usual_unit(env: Mapping[str, str]) -> str:
    """The unit of weights where the runner lives, by the locale that ``env`` names."""
    names = (env.get(key, "") for key in ("LC_ALL", "LC_MEASUREMENT", "LANG"))
    return "lb" if next(filter(None, names), "").startswith(POUNDS) else "kg"


class SetUp:
    """A setup that was made: one step, that can be taken back."""

    def __init__(self, book: Logbook) -> None:
        self.book = book
        self._back: list[Callable[[], object]] = []

    def make(self, answers: Answers, changes: Sequence[Change]) -> None:
        """Store what was answered. Raises ReadOnly or StoreError; what was stored before that can
        still be taken back."""
        profile = self.book.profile
        made = change_settings(profile, {ASKED: True, **answers.settings()})
        self._back.append(partial(put_back, profile, made.before))
        for change in changes:
            profile.change_calendar(change)
            self._back.append(partial(profile.unkeep))

    def take_back(self) -> None:
        """Make the settings and the calendar as they were. Raises ReadOnly or StoreError."""
        while self._back:
            self._back[-1]()
            self._back.pop()
