"""Reviews one exercise: its sessions, bests, estimated maxima, sides, and what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from tui.domain.calculator import Advice
from tui.domain.model.library.parser import Library
from tui.domain.model.values import Exercise, Side
from tui.domain.review.annotations import Annotation
from tui.domain.review.e1rm_history import LAST, E1rm, Movement, movement
from tui.domain.review.exercise_history import DatedBest, Trained, dated_bests
from tui.domain.review.sides import Pair, pairs


class ExerciseReview(Struct, frozen=True, kw_only=True):
    """The review of one exercise. ``found`` are all its sessions, ``lifts`` the estimates of its
    one-rep max, ``marks`` the annotations of the weeks since the first session, ``advice`` what
    comes next on ``today``. ``exercise`` and ``advice`` are None if the library no longer has
    it."""

    name: str
    library: Library
    found: Sequence[Trained]
    today: date
    lifts: Sequence[E1rm] = ()
    marks: Sequence[Annotation] = ()
    advice: Advice | None = None
    unit: str = "kg"

    @property
    def exercise(self) -> Exercise | None:
        """The exercise in the library, or None."""
        return self.library.exercises.get(self.name)

    @property
    def last(self) -> Sequence[Trained]:
        """The last twelve sessions, oldest first, for trends."""
        return self.found[-LAST:]

    @property
    def bests(self) -> list[DatedBest]:
        """The bests with their days."""
        return dated_bests(self.found, self.unit)

    @property
    def shown_lifts(self) -> list[E1rm]:
        """The estimates after the last twelve sessions that have any."""
        days = sorted({one.day for one in self.lifts})[-LAST:]
        return [one for one in self.lifts if one.day in days]

    @property
    def movements(self) -> dict[Side, Movement]:
        """How :attr:`shown_lifts` moved, by side."""
        sides = dict.fromkeys(one.side for one in self.shown_lifts)
        return {
            side: movement([one for one in self.shown_lifts if one.side is side]) for side in sides
        }

    @property
    def pairs(self) -> list[Pair]:
        """Left against right in the last sessions."""
        if self.exercise is None:
            return []
        return pairs(self.exercise, self.last, self.shown_lifts)
