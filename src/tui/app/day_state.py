"""What kind of day it is while no session is under way: one to train, done, rest, a race."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from msgspec import Struct

from tui.domain.calculator.advice import Race, Reason
from tui.domain.model.library.parser import Library
from tui.domain.model.sums import Best
from tui.domain.model.values import ROUTINE, SNACK, Session
from tui.domain.planning.diary import Run
from tui.domain.planning.today import Plan
from tui.domain.planning.wording import short_day
from tui.domain.review.context import worked

RACE_CODES = frozenset({"RACE", "RACE_DAY", "RACE_REST", "RACE_NEAR"})
AFTER_CODES = frozenset({"AFTER_RACE_REST", "AFTER_RACE_WEEK"})


class DayKind(StrEnum):
    """What kind of day it is while no session is under way."""

    TRAIN = "train"
    DONE = "done"
    REST = "rest"
    RACE = "race"
    AFTER = "after"


class DayState(Struct, frozen=True, kw_only=True):
    """A day on which no session is under way, with all that Today says of it: its ``plan``, the
    sessions ``done``, the ``runs`` of the day, the ``race`` that strength rests for, the ``best``
    values and the advice ``after`` the last session, and the regions to ask about ``tomorrow``;
    times of day are those of a clock of ``hours``. ``lightens``: tapers take weight off too."""

    today: date
    plan: Plan
    library: Library
    unit: str = "kg"
    hours: int = 24
    done: tuple[Session, ...] = ()
    runs: tuple[Run, ...] = ()
    race: Race | None = None
    best: tuple[Best, ...] = ()
    after: Reason | None = None
    tomorrow: tuple[str, ...] = ()
    lightens: bool = False

    @property
    def kind(self) -> DayKind:
        """What kind of day it is."""
        codes = {mark.code for mark in self.plan.marks}
        due = self.plan.due
        here = due is not None and due.day == self.today
        if self.done and not (here and all(map(is_snack, self.done))):
            return DayKind.DONE
        if self.race is not None and codes & RACE_CODES:
            return DayKind.RACE
        if due is None or here:
            rests = self.plan.resting and not self.plan.items
            return DayKind.REST if rests else DayKind.TRAIN
        return DayKind.AFTER if codes & AFTER_CODES else DayKind.REST


def done_on(sessions: Sequence[Session], today: date) -> tuple[Session, ...]:
    """The sessions with work done on a day, in the order they began. A routine is none."""
    found = (s for s in sessions if s.day == today and s.programme != ROUTINE and worked(s))
    return tuple(sorted(found, key=lambda session: session.started))


def begin_question(state: DayState) -> str:
    """What to ask, yes or no, before the session shown is begun on a day that is not its own; empty
    on its day."""
    due, kind = state.plan.due, state.kind
    if not state.plan.items or kind in (DayKind.TRAIN, DayKind.RACE):
        return ""
    if due is None or due.day == state.today:
        return f"{state.plan.part.name} is next. Begin it after what you have done?"
    return f"{due.wanted.name} is for {short_day(due.day)}. Begin it today all the same?"


def is_snack(session: Session) -> bool:
    """Whether a session is a snack, a few minutes of strength after a run."""
    return SNACK in (session.programme, session.part)
