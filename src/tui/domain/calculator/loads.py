"""The loads a runner can make with her equipment: plates on a bar, dumbbells, kettlebells, bands.

Equipment keeps the unit in which it was entered. Loads are in kilograms, to the gram: the weight of
one dumbbell or kettlebell, of the whole bar with its plates, or the nominal pull of one band. Loads
are always rounded down (project).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import floor

from msgspec import Struct
from msgspec.structs import replace

from tui.domain.model.library.checks import HOUSEHOLD
from tui.domain.model.units import KG_PER_LB, plain, to_kg
from tui.domain.model.values import Exercise, Kind

# Loads closer than this, in kg, are equal: pounds converted to kilograms are rounded.
EQUAL = 0.01
# Weights are summed as integers of 1/PER_KG kg, so that 45 + 2 x 45 lb is exactly 135 lb.
PER_KG = 10**9
# If an inventory allows more loads than this, its finest steps are left out.
MOST_LOADS = 5000


class Weight(Struct, frozen=True, cache_hash=True):
    """A weight as stamped on the iron: a number in ``unit`` (kg or lb)."""

    value: float
    unit: str = "kg"

    @property
    def kg(self) -> float:
        """Kilograms, to the gram."""
        return to_kg(self.value, self.unit)


class Plate(Weight, frozen=True, cache_hash=True):
    """``count`` plates of one size."""

    count: int = 2


# What a gym has where weights are stamped in kilograms, and where in pounds: the bar, and plates in
# any number.
BARS = {"kg": Weight(20.0), "lb": Weight(45.0, "lb")}
BAR = BARS["kg"]
GYM_PLATES = {
    "kg": tuple(Plate(size) for size in (20.0, 10.0, 5.0, 2.5, 1.25)),
    "lb": tuple(Plate(size, "lb") for size in (45.0, 35.0, 25.0, 10.0, 5.0, 2.5)),
}
# A pair of the smallest plates; dumbbells go up by as much.
STEP_KG = {"kg": 2.5, "lb": 5 * KG_PER_LB}


class Loads(Struct, frozen=True, kw_only=True):
    """The loads of one implement in kilograms: those ``owned``, lightest first and at least one, or
    if that is None (not stated), every ``step_kg`` from ``lightest_kg`` up."""

    owned: tuple[float, ...] | None = None
    lightest_kg: float = 2.5
    step_kg: float = 2.5

    def or_none(self) -> Loads:
        """These loads, and none at all (0 kg), for a lift that is work with the body alone."""
        if self.owned is None:
            return replace(self, lightest_kg=0.0) if self.lightest_kg == self.step_kg else self
        return self if self.owned[0] <= 0 else Loads(owned=(0.0, *self.owned))

    @property
    def lightest(self) -> float:
        """The lightest load: the empty bar, the smallest dumbbell."""
        return self.owned[0] if self.owned else self.lightest_kg

    @property
    def heaviest(self) -> float | None:
        """The heaviest load; None if unlimited."""
        return self.owned[-1] if self.owned else None

    def down(self, kilograms: float) -> float:
        """The heaviest load not above ``kilograms``, or the lightest if all are above."""
        if self.owned:
            return self.owned[max(0, bisect_right(self.owned, kilograms + EQUAL) - 1)]
        return round(self.lightest_kg + max(0, self._steps(kilograms)) * self.step_kg, 3)

    def above(self, kilograms: float) -> float | None:
        """The next load above ``kilograms``, or None."""
        if self.owned:
            at = bisect_right(self.owned, kilograms + EQUAL)
            return self.owned[at] if at < len(self.owned) else None
        return round(self.lightest_kg + max(0, self._steps(kilograms) + 1) * self.step_kg, 3)

    def below(self, kilograms: float) -> float | None:
        """The next load below ``kilograms``, or None."""
        under = self.down(kilograms - 2 * EQUAL)
        return under if under < kilograms - EQUAL else None

    def _steps(self, kilograms: float) -> int:
        return floor((kilograms - self.lightest_kg + EQUAL) / self.step_kg)


ANY = {unit: Loads(lightest_kg=step, step_kg=step) for unit, step in STEP_KG.items()}
KETTLEBELLS = {
    "kg": Loads(owned=tuple(float(kg) for kg in range(8, 49, 4))),
    "lb": Loads(owned=tuple(to_kg(pounds, "lb") for pounds in range(15, 101, 5))),
}


class Inventory(Struct, frozen=True, kw_only=True):
    """What the runner owns, and what of it is at hand (``equipment``; None: all of it).

    ``plates`` fit both bars and are counted singly: one without a partner cannot go on a bar, but
    can on a landmine. A list that is None was never stated, so the usual equipment is assumed, as
    it is stamped where weights are in ``unit`` (kg or lb); an empty one means she has none.
    """

    bar: Weight = BAR
    hex_bar: Weight = BAR
    plates: tuple[Plate, ...] | None = None
    dumbbells: tuple[Weight, ...] | None = None
    kettlebells: tuple[Weight, ...] | None = None
    bands: tuple[Weight, ...] | None = None
    equipment: frozenset[str] | None = None
    unit: str = "kg"

    def loads(self, exercise: Exercise) -> Loads | None:
        """The loads possible for ``exercise``. None if it has no load, or none with a known number:
        a band whose pull was never stated, a dumbbell she does not own. A lift that raises the body
        can be done without a load as well."""
        loads = self._implement_loads(exercise)
        return loads.or_none() if loads is not None and exercise.body_share > 0 else loads

    def _implement_loads(self, exercise: Exercise) -> Loads | None:
        implement = implement_of(exercise)
        if implement in ENDS:
            # A gym has lighter bars too, for curls and the like.
            light = exercise.bare and self.plates is None
            return ANY[self.unit] if light else self._bar_loads(implement)
        if implement == "dumbbells" and self._has("dumbbells"):
            return _listed(self.dumbbells, ANY[self.unit])
        if implement == "kettlebell" or self._kettlebell_does(implement, exercise):
            return _listed(self.kettlebells, KETTLEBELLS[self.unit])
        if implement == "dumbbells":
            return _listed(self.dumbbells, ANY[self.unit])
        if implement:
            return _listed(self.bands, None)
        return ANY[self.unit] if exercise.kind in (Kind.LOADED, Kind.CARRY) else None

    def added(self) -> Loads | None:
        """The loads that can be added to an exercise without one: bands of known pull, dumbbells
        and kettlebells at hand. None if there is none."""
        lists = {
            "dumbbells": self.dumbbells,
            "kettlebell": self.kettlebells,
            "band": self.bands,
            "mini-band": self.bands,
        }
        at_hand = [thing for thing in lists if self.equipment is None or thing in self.equipment]
        owned = [weight for thing in at_hand for weight in lists[thing] or ()]
        if owned:
            return _list_loads(tuple(owned))
        if "dumbbells" in at_hand and self.dumbbells is None:
            return ANY[self.unit]
        return (
            KETTLEBELLS[self.unit] if "kettlebell" in at_hand and self.kettlebells is None else None
        )

    def can_do(self, exercise: Exercise) -> bool:
        """Whether everything ``exercise`` needs is at hand; household items always are. A cable
        machine does for a band with an anchor, and a kettlebell for a single dumbbell."""
        cable = self.equipment is not None and "cable" in self.equipment
        return all(
            thing in HOUSEHOLD
            or self._has(thing)
            or (thing == "band" and cable)
            or self._kettlebell_does(thing, exercise)
            for thing in exercise.equipment
        )

    def _has(self, thing: str) -> bool:
        lists = {"dumbbells": self.dumbbells, "kettlebell": self.kettlebells}
        lists |= {"band": self.bands, "mini-band": self.bands}
        return (self.equipment is None or thing in self.equipment) and lists.get(thing) != ()

    def _kettlebell_does(self, thing: str, exercise: Exercise) -> bool:
        single = exercise.kind is Kind.LOADED and exercise.implements == 1
        return thing == "dumbbells" and single and not self._has(thing) and self._has("kettlebell")

    def bar_of(self, exercise: Exercise) -> Weight | None:
        """The bar, without plates, used for ``exercise``, or None."""
        implement = implement_of(exercise)
        if implement not in ENDS:
            return None
        return self.hex_bar if implement == "hex-bar" else self.bar

    def _bar_loads(self, implement: str) -> Loads:
        bar = self.hex_bar if implement == "hex-bar" else self.bar
        if self.plates is None:
            return Loads(lightest_kg=_exactly(bar) / PER_KG, step_kg=STEP_KG[self.unit])
        return _plate_loads(bar, self.plates, ENDS[implement])


# The number of bar ends that take plates: one end of a landmine stays on the floor.
ENDS: Mapping[str, int] = {"landmine": 1, "hex-bar": 2, "barbell": 2}
IMPLEMENTS = (*ENDS, "dumbbells", "kettlebell", "band", "mini-band")


def implement_of(exercise: Exercise) -> str:
    """The piece of equipment that makes up the load of an exercise, or an empty string."""
    return next((each for each in IMPLEMENTS if each in exercise.equipment), "")


def on_each_side(inventory: Inventory, exercise: Exercise, load_kg: float) -> tuple[Plate, ...]:
    """The plates for ``load_kg``, rounded down to a possible load: those on each side of the bar,
    or on the end of a landmine, largest first."""
    bar, loads = inventory.bar_of(exercise), inventory.loads(exercise)
    if bar is None or loads is None:
        return ()
    load_kg, ends = loads.down(load_kg), ENDS[implement_of(exercise)]
    if inventory.plates is None:
        return _greedy((load_kg - bar.kg) / ends, GYM_PLATES[inventory.unit])
    made = _sums(inventory.plates, ends)
    counts = next(made[total] for total in made if _whole(bar, total) == load_kg)
    sizes = _sizes(inventory.plates)
    # If the sums were cut short, an entry may lack counts for the sizes after it.
    on = zip(sizes, counts, strict=False)
    return tuple(Plate(size.value, size.unit, n) for size, n in on if n)


def plate_words(inventory: Inventory, exercise: Exercise, load_kg: float, unit: str) -> str:
    """The plates for ``load_kg`` in words, such as ``2 x 20 + 1.25 each side``; empty without a
    bar. A plate not stamped in ``unit`` is shown with its own unit."""
    bar = inventory.bar_of(exercise)
    if bar is None or (exercise.bare and load_kg < bar.kg - EQUAL):
        return ""
    plates = on_each_side(inventory, exercise, load_kg)
    if not plates:
        return "empty bar"
    where = "on the end" if implement_of(exercise) == "landmine" else "each side"
    return f"{' + '.join(_plate_text(plate, unit) for plate in plates)} {where}"


def _plate_text(plate: Plate, unit: str) -> str:
    size = plain(plate.value) + ("" if plate.unit == unit else plate.unit)
    return size if plate.count == 1 else f"{plate.count} x {size}"


def _listed(owned: tuple[Weight, ...] | None, usual: Loads | None) -> Loads | None:
    if owned is None:
        return usual
    return _list_loads(owned) if owned else None


@lru_cache(maxsize=64)
def _list_loads(owned: tuple[Weight, ...]) -> Loads:
    return Loads(owned=tuple(sorted({weight.kg for weight in owned})))


def _exactly(weight: Weight) -> int:
    return round(weight.value * (KG_PER_LB if weight.unit == "lb" else 1) * PER_KG)


@lru_cache(maxsize=64)
def _sizes(plates: tuple[Plate, ...]) -> tuple[Plate, ...]:
    """The plates merged by size, largest first."""
    counts: dict[Weight, int] = {}
    for plate in plates:
        size = Weight(plate.value, plate.unit)
        counts[size] = counts.get(size, 0) + plate.count
    owned = (Plate(size.value, size.unit, count) for size, count in counts.items())
    return tuple(sorted(owned, key=_exactly, reverse=True))


@lru_cache(maxsize=64)
def _sums(plates: tuple[Plate, ...], ends: int) -> dict[int, tuple[int, ...]]:
    """The possible total plate weights of a bar, each with its count of each plate size per end. Of
    several ways the one with the fewest small plates is kept."""
    sums: dict[int, tuple[int, ...]] = {0: ()}
    for size in _sizes(plates):
        one = _exactly(size) * ends
        before = list(sums.items())
        sums = {total: (*counts, 0) for total, counts in before}
        for n in range(1, size.count // ends + 1):
            for total, counts in before:
                if len(sums) >= MOST_LOADS:
                    return sums
                sums.setdefault(total + n * one, (*counts, n))
    return sums


@lru_cache(maxsize=64)
def _plate_loads(bar: Weight, plates: tuple[Plate, ...], ends: int) -> Loads:
    return Loads(owned=tuple(sorted({_whole(bar, total) for total in _sums(plates, ends)})))


def _whole(bar: Weight, total: int) -> float:
    """The weight of a bar and a sum of plates, in kilograms to the gram."""
    return round((_exactly(bar) + total) / PER_KG, 3)


def _greedy(kilograms: float, plates: Sequence[Plate]) -> tuple[Plate, ...]:
    """Which of these ``plates``, largest first, make up ``kilograms`` on one side, rounded down."""
    put: list[Plate] = []
    for plate in plates:
        one = _exactly(plate) / PER_KG
        n = max(0, floor((kilograms + EQUAL) / one))
        kilograms -= n * one
        if n:
            put.append(Plate(plate.value, plate.unit, n))
    return tuple(put)
