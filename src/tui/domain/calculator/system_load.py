"""System load: the weight that a lift really moves, of which the runner holds only a part.

A step from 10 to 12.5 kg dumbbells is a quarter more in the hands, but a twentieth more of what the
leg lifts in a split squat. The maximum of a lift is therefore kept in system load: the implements
plus the share of the body weight that the working limb raises (source project: from published
masses of body segments; barbell lifts count the bar alone, because the chart of reps was made with
bar loads). Only the runner's own words are in kilograms in the hand.
"""

from __future__ import annotations

from msgspec import Struct

from tui.domain.calculator.estimates import one_rm
from tui.domain.calculator.loads import Loads

USUAL_WEIGHT_KG = 70.0  # Assumed if the runner's body weight is not known.
MOST_TIMES, MOST_KG = 4.0, 500.0  # No maximum is believed above so many times the body weight.
WEIGHT_CV = 0.15  # How much body weights differ, as a share: widens the band if it is not known.


class Lift(Struct, frozen=True, kw_only=True):
    """The loads of a lift: those of one implement in ``loads``, ``implements`` of them held at
    once, and ``body_kg`` of the runner's own weight lifted with them. ``weight_kg`` is all
    of her weight, ``weight_cv`` how far off that may be as a share: 0 if it is known."""

    loads: Loads
    implements: int = 1
    body_kg: float = 0.0
    weight_cv: float = 0.0
    weight_kg: float = USUAL_WEIGHT_KG

    @property
    def weight_known(self) -> bool:
        """Whether the runner's weight was measured or told."""
        return self.weight_cv == 0

    @property
    def unsure_kg(self) -> float:
        """The SD of ``body_kg``."""
        return self.weight_cv * self.body_kg

    @property
    def believable_kg(self) -> float:
        """The most system load, in kg, that is believed as a maximum (source project)."""
        return min(MOST_TIMES * self.weight_kg, MOST_KG)

    def system(self, load_kg: float) -> float:
        """The system load in kg with ``load_kg`` on one implement."""
        return self.implements * load_kg + self.body_kg

    def single(self, load_kg: float, reps: int) -> float:
        """The maximum in kg of system load, if ``load_kg`` can be lifted ``reps`` times at most
        (source: the RTS chart)."""
        return one_rm(self.system(load_kg), reps)

    def in_hand(self, system_kg: float) -> float:
        """The load of one implement, in kg, that makes up a system load; below 0 if the body alone
        is more."""
        return (system_kg - self.body_kg) / self.implements

    def down(self, system_kg: float) -> float:
        """The heaviest load of one implement whose system load is at most ``system_kg``, or the
        lightest."""
        return self.loads.down(self.in_hand(system_kg))

    def stepped(self, load_kg: float, share: float) -> float:
        """The most system load, in kg, that may follow ``load_kg``: always the next load owned,
        otherwise ``share`` more, but not more than half as much again in the hand (source
        project)."""
        above = self.loads.above(load_kg)
        most = min((1 + share) * self.system(load_kg), self.system(1.5 * load_kg))
        return max(self.system(load_kg if above is None else above), most)
