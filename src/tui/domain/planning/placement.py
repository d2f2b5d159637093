"""The values of a week plan: sessions wanted, done, placed and given up."""

from __future__ import annotations

from datetime import date, time

from msgspec import Struct

from tui.domain.calculator.advice import Reason

# So many days lie between two sessions that work the legs.
LEG_DAYS = 2


class Wanted(Struct, frozen=True, kw_only=True):
    """A session that the programme asks for in the week. ``legs``: it is hard on the legs;
    ``leg_work``: it has any leg work; ``jumps``: it has jumps; ``high``: it has high jumps;
    ``snack``: it is a few minutes after a run."""

    part: str
    name: str
    legs: bool = False
    leg_work: bool = False
    jumps: bool = False
    high: bool = False
    snack: bool = False


class Done(Struct, frozen=True, kw_only=True):
    """A session that was done. ``start`` is in the runner's local time."""

    day: date
    start: time | None = None
    legs: bool = False
    snack: bool = False


class Placed(Struct, frozen=True, kw_only=True):
    """A session on its day: at ``start`` if known, else not before ``not_before``. ``light``: it is
    the light session after a race."""

    wanted: Wanted
    day: date
    start: time | None = None
    not_before: time | None = None
    light: bool = False
    reasons: tuple[Reason, ...] = ()


class GivenUp(Struct, frozen=True):
    """A session that found no place, and why."""

    wanted: Wanted
    reason: Reason


class WeekPlan(Struct, frozen=True, kw_only=True):
    """The plan of the week from ``monday``: sessions by day, and those given up."""

    monday: date
    placed: tuple[Placed, ...] = ()
    given_up: tuple[GivenUp, ...] = ()
