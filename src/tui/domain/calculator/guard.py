"""Guards that lower or stop the work (pain, race, layoff), and how several combine (project)."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from tui.domain.calculator.advice import Action, Reason
from tui.domain.calculator.bouts import Ease


class Guard(Struct, frozen=True, kw_only=True):
    """One guard that fired.

    ``sets``, ``load`` and ``contacts`` are the shares of sets, load and jumps that it leaves; that
    of the load is a share of strength after time ``away``, else of what was lifted last;
    ``one_less`` takes one set off; ``spare`` is added to the reps in reserve. With ``jumps_anew``
    jumps restart at the floor of the band, low ones first. ``stop`` asks for rest, ``swap`` for the
    region's isometric hold, ``low_jumps`` for no jumps above the low tier."""

    action: Action
    reason: Reason
    sets: float = 1.0
    one_less: bool = False
    load: float = 1.0
    away: bool = False
    spare: int = 0
    contacts: float = 1.0
    jumps_anew: bool = False
    stop: bool = False
    swap: bool = False
    low_jumps: bool = False

    @property
    def lowers(self) -> bool:
        """Whether it lowers the dose."""
        return self.sets < 1 or self.one_less or self.load < 1 or self.contacts < 1


class Guards(Struct, frozen=True):
    """The guards that fired, in order of rank, and their combined effect."""

    fired: tuple[Guard, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.fired)

    @property
    def sets(self) -> float:
        """The smallest share of the sets."""
        return min((g.sets for g in self.fired), default=1.0)

    @property
    def one_less(self) -> bool:
        """Whether a set is taken off."""
        return any(g.one_less for g in self.fired)

    @property
    def load(self) -> float:
        """The smallest share of the load; applied once."""
        return min((g.load for g in self.fired), default=1.0)

    @property
    def strength(self) -> float:
        """The share of strength that time away leaves."""
        return min((g.load for g in self.fired if g.away), default=1.0)

    @property
    def dose(self) -> float:
        """The smallest share of what was lifted last, time away apart."""
        return min((g.load for g in self.fired if not g.away), default=1.0)

    @property
    def hurts(self) -> bool:
        """Whether pain lowers the load."""
        return any(g.load < 1 and g.action is Action.DECREASE for g in self.fired)

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
        """Whether it has been so long since the last jumps that they start over."""
        return any(g.jumps_anew for g in self.fired)

    @property
    def stops(self) -> bool:
        """Whether the answer is to rest."""
        return any(g.stop for g in self.fired)

    @property
    def swaps(self) -> bool:
        """Whether something quieter should replace the exercise."""
        return any(g.swap for g in self.fired)

    @property
    def quiet_for(self) -> str:
        """The region whose quiet hold should replace the exercise; empty if none should."""
        swap = next((g.reason.facts for g in self.fired if g.swap), {})
        return str(swap.get("region", ""))

    @property
    def sore(self) -> Reason | None:
        """Why the exercise rests because of pain, or None."""
        stops = (g.reason for g in self.fired if g.stop and g.reason.code == "PAIN_STOP")
        return next(stops, None)

    @property
    def same_jumps(self) -> Reason | None:
        """Why jumps stay the same after a pause that lowers nothing, or None."""
        return next((g.reason for g in self.fired if g.reason.code == "LAYOFF_JUMPS_SAME"), None)

    @property
    def low_jumps(self) -> Reason | None:
        """Why jumps above the low tier are ruled out, or None."""
        return next((g.reason for g in self.fired if g.low_jumps), None)

    @property
    def lowers(self) -> bool:
        """Whether the dose is lowered, so that doing it says nothing about the working level."""
        return any(g.lowers for g in self.fired)

    @property
    def ease(self) -> Ease:
        """How they ease a session. Pain or a layoff among them decides."""
        lowering = [g for g in self.fired if g.lowers or g.swap]
        if not lowering:
            return Ease.NO
        planned = all(g.action in (Action.TAPER, Action.DELOAD) for g in lowering)
        return Ease.PLANNED if planned else Ease.BACK


def without_swap(guards: Guards) -> Guards:
    """The guards if there is nothing quieter to swap to: the same exercise, a fifth lighter."""
    eased = (
        replace(g, swap=False, load=min(g.load, 0.8), action=Action.DECREASE) if g.swap else g
        for g in guards.fired
    )
    return Guards(tuple(eased))
