"""All that a look back at one exercise rests on, and what follows from it."""

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
    """What there is to say of an exercise. ``found`` are all its sessions, ``lifts`` the estimates
    of its best single, ``marks`` what was special about the weeks since the first session,
    ``advice`` what comes next on ``today``; ``exercise`` and ``advice`` are None where the library
    does not have it any more."""

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
        """The exercise as the library has it."""
        return self.library.exercises.get(self.name)

    @property
    def last(self) -> Sequence[Trained]:
        """The last sessions, oldest first: those of a trend."""
        return self.found[-LAST:]

    @property
    def bests(self) -> list[DatedBest]:
        """Its bests with their days."""
        return dated_bests(self.found, self.unit)

    @property
    def shown_lifts(self) -> list[E1rm]:
        """The estimates after the last sessions that tell of one."""
        days = sorted({one.day for one in self.lifts})[-LAST:]
        return [one for one in self.lifts if one.day in days]

    @property
    def movements(self) -> dict[Side, Movement]:
        """How those moved, by side."""
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
