"""A guard that fired, and what several of them come to together (source project)."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from tui.domain.calculator.advice import Action, Reason


class Guard(Struct, frozen=True, kw_only=True):
    """One guard that fired. ``sets`` and ``load`` are the shares that it leaves, ``spare`` the
    reps it adds to those left in reserve; ``contacts`` is the share of jumps; with ``jumps_anew``
    they begin at the floor of the band, the low ones first. ``stop`` asks for rest, ``swap`` for
    the region's isometric, ``low_jumps`` for no jumps above the low tier."""

    action: Action
    reason: Reason
    sets: float = 1.0
    one_less: bool = False
    load: float = 1.0
    spare: int = 0
    contacts: float = 1.0
    jumps_anew: bool = False
    stop: bool = False
    swap: bool = False
    low_jumps: bool = False


class Guards(Struct, frozen=True):
    """Those that fired, in the order of their rank."""

    fired: tuple[Guard, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.fired)

    @property
    def sets(self) -> float:
        """The smallest share of the sets."""
        return min((g.sets for g in self.fired), default=1.0)

    @property
    def one_less(self) -> bool:
        """True where a set is taken off."""
        return any(g.one_less for g in self.fired)

    @property
    def load(self) -> float:
        """The smallest share of the load; applied once."""
        return min((g.load for g in self.fired), default=1.0)

    @property
    def spare(self) -> int:
        """The most extra reps in reserve."""
        return max((g.spare for g in self.fired), default=0)

    @property
    def contacts(self) -> float:
        """The smallest share of the jumps."""
        return min((g.contacts for g in self.fired if not g.jumps_anew), default=1.0)

    @property
    def jumps_anew(self) -> bool:
        """True after so long without jumps that they begin anew."""
        return any(g.jumps_anew for g in self.fired)

    @property
    def stops(self) -> bool:
        """True where the answer is to rest."""
        return any(g.stop for g in self.fired)

    @property
    def swaps(self) -> bool:
        """True where something quieter is to take the place of the exercise."""
        return any(g.swap for g in self.fired)

    @property
    def sore(self) -> Reason | None:
        """Why an exercise rests for pain; None where it does not."""
        stops = (g.reason for g in self.fired if g.stop and g.reason.code == "PAIN_STOP")
        return next(stops, None)

    @property
    def low_jumps(self) -> Reason | None:
        """Why there are to be no jumps above the low tier; None where there may be."""
        return next((g.reason for g in self.fired if g.low_jumps), None)

    @property
    def planned(self) -> bool:
        """True where all that lowers the dose is an easier week or a race."""
        return all(g.action in (Action.TAPER, Action.DELOAD) for g in self.fired)

    @property
    def light_day(self) -> bool:
        """True where the light session after a race, or of a low day, is all that lowers the dose:
        the one that follows goes on from before it."""
        light = [g for g in self.fired if g.reason.code in ("AFTER_RACE", "READY_LOW")]
        return bool(light) and not Guards(tuple(g for g in self.fired if g not in light)).lowers

    @property
    def lowers(self) -> bool:
        """True where a dose done under them says nothing of what the runner works at."""
        return any(g.sets < 1 or g.one_less or g.load < 1 or g.contacts < 1 for g in self.fired)


def without_swap(guards: Guards) -> Guards:
    """The guards where there is nothing quieter to do: a fifth less of the same instead."""
    eased = (
        replace(g, swap=False, load=min(g.load, 0.8), action=Action.DECREASE) if g.swap else g
        for g in guards.fired
    )
    return Guards(tuple(eased))
