"""What the card of an exercise shows: how to do it, what comes next and why, how it went."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from tui.app.logbook import Logbook
from tui.domain.calculator import Advice
from tui.domain.model.library.catalog import way_of
from tui.domain.model.library.parser import Library
from tui.domain.model.values import Exercise, Prescription, Way
from tui.domain.planning.own_exercises import own_exercise
from tui.domain.review.e1rm_history import e1rm_history
from tui.domain.review.exercise_history import trained
from tui.domain.review.exercise_review import ExerciseReview
from tui.domain.session.live import Item
from tui.store.errors import StoreError

# The key of the setting that keeps the runner's note on an exercise.
NOTE = "note."


class Card(Struct, frozen=True, kw_only=True):
    """One exercise with what is known of it. ``seen`` are its sessions as far as they are read
    and the advice for it: None for a warm-up, and until enough of the log is read.
    ``unread`` says why not all of the log is known, if it is not.

    ``item`` is its line in today's session, if it has one, ``day`` the day of that session,
    ``programme`` the name of the programme it comes from. ``note`` is the runner's own, ``own``
    whether the exercise is hers."""

    exercise: Exercise
    seen: ExerciseReview
    unread: str = ""
    item: Item | None = None
    day: date | None = None
    programme: str = ""
    note: str = ""
    own: bool = False

    @property
    def said(self) -> Advice | None:
        """The advice for it."""
        return self.seen.advice

    @property
    def library(self) -> Library:
        """The library it is from."""
        return self.seen.library

    @property
    def unit(self) -> str:
        """The unit of loads, kg or lb."""
        return self.seen.unit

    @property
    def way(self) -> Way:
        """How the sets that come next are counted."""
        if self.item is not None:
            return self.item.way
        return self.exercise.way if self.said is None else way_of(self.library, self.said.variant)

    @property
    def plan(self) -> Prescription | None:
        """The sets that come next; None if that is not known, without sets if it rests."""
        if self.item is not None:
            return self.item.now
        return None if self.said is None else self.said.plan


def card_of(
    book: Logbook,
    exercise: Exercise,
    said: Advice | None,
    *,
    item: Item | None = None,
    day: date | None = None,
    programme: str = "",
) -> Card:
    """The card of an exercise, from what is read of the log. ``said`` is the advice for it, or for
    its line ``item`` in the session of ``day``, which is of the ``programme`` with this name."""
    profile, today = book.profile, book.now().date()
    known = book.planner.is_known()
    lifts = e1rm_history(book.planner.state(today), exercise) if known else []
    return Card(
        exercise=exercise,
        seen=ExerciseReview(
            name=exercise.id,
            library=profile.library,
            found=trained(book.reader.sessions(), exercise.id, exercise, today),
            today=today,
            lifts=lifts,
            advice=said,
            unit=profile.unit,
        ),
        unread=_unread(book),
        item=item,
        day=day,
        programme=programme,
        note=profile.setting(f"{NOTE}{exercise.id}", ""),
        own=is_own(book, exercise.id),
    )


def _unread(book: Logbook) -> str:
    if book.reader.complete:
        return ""
    return "A part of your log cannot be read." if book.reader.gaps else "Your log is being read."


def is_own(book: Logbook, name: str) -> bool:
    """Whether an exercise is from the runner's own library; no if that cannot be read."""
    try:
        return own_exercise(book.profile.own_library.read(), name) is not None
    except StoreError:
        return False  # Why it cannot be read is said where the library is loaded.
