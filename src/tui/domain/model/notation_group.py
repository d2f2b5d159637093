"""Parse one group of sets in the notation: amounts that share a load, a tempo and marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from tui.domain.model.notation_spelling import AMOUNT, BODYWEIGHT, NUMBER, spelling
from tui.domain.model.patterns import regex
from tui.domain.model.text import clean, clip
from tui.domain.model.units import to_kg
from tui.domain.model.values import FLAGS, LEAST_HELP_KG, Kind, Measures, SetKind, Side

MOST_SETS = 30
# In characters; what is shown of so many sets in one group takes fewer.
LONGEST_GROUP = 2400
T = TypeVar("T")
V = TypeVar("V")
TIMED = {Kind.PLYOMETRIC, Kind.CARRY, Kind.LOADED, Kind.BODYWEIGHT, Kind.MOBILITY}
WEIGHT_AND_REPS = "For weight and reps write 8 60kg."
OF_EACH = "Of each side write L20kg R22kg, or Lrir2 Rrir1."
EXAMPLES = {
    Kind.HOLD: "Write the seconds, like 40s.",
    Kind.CLUSTER: "Write the holds and their seconds, like 8x5s.",
    Kind.PLYOMETRIC: "Write the jumps, like 8.",
    Kind.CARRY: "Write metres and weight, like 40m 16kg.",
}
USUAL_EXAMPLE = "Write reps and weight, like 8 60kg."

ITEM = regex(rf"({NUMBER}(?:x{NUMBER}){{0,2}})(s|min|m|c)?")
QUANTITY = regex(rf"([lr])?({ITEM.pattern}(?:,{ITEM.pattern})*)")
LOAD = regex(rf"([lr])?(?:({NUMBER}(?:\|{NUMBER})*)(kg|lb)|{BODYWEIGHT})")
HELP = regex(rf"([lr])?a({NUMBER})(kg|lb)")
MARK = regex(rf"([lr])?(rir|rpe|effort|pain|t|p)({NUMBER})s?")
FLAG = regex(rf"([lr])?({'|'.join(FLAGS)})")
KIND_WORDS = {
    "warmup": SetKind.WARMUP,
    "warm-up": SetKind.WARMUP,
    "warm": SetKind.WARMUP,
    "drop": SetKind.DROP,
    "failure": SetKind.FAILURE,
}
SIDES = {None: Side.BOTH, "l": Side.LEFT, "r": Side.RIGHT}


class NotationError(ValueError):
    """Text that is not in set notation; the message is a sentence or two that name the word and
    show how to write it."""


class Written(Struct, frozen=True, kw_only=True):
    """One side of one typed set; ``number`` counts from 1. ``confirmed`` is never typed: it is the
    runner's answer to the question whether an odd set is right."""

    number: int
    side: Side
    measures: Measures
    kind: SetKind = SetKind.WORK
    rir: float | None = None
    effort: float | None = None
    pain: int | None = None
    flags: tuple[str, ...] = ()
    note: str = ""
    confirmed: bool = False


def example(kind: Kind | None) -> str:
    """How sets of a kind of work are written, as a sentence."""
    return EXAMPLES.get(kind, USUAL_EXAMPLE) if kind else USUAL_EXAMPLE


class Group:
    """A group of sets with one load, tempo and marks, while it is being parsed.

    ``bare`` is what a number without a unit counts: ``reps``, ``holds`` or, as units, ``s``, ``m``
    and ``c``; empty for what the kind of work says."""

    def __init__(self, text: str, kind: Kind | None, single: bool, bare: str = "") -> None:
        self.kind, self.single, self.bare = kind, single, bare
        self.work: dict[Side, list[Measures]] = {}
        self.loads: dict[Side, list[float]] = {}
        self.help: dict[Side, float] = {}
        self.marks: dict[tuple[str, Side], float] = {}
        self.flags: list[tuple[str, Side]] = []
        self.kind_of_set: SetKind | None = None
        if len(text) > LONGEST_GROUP:
            raise NotationError(f"Too long for a line of sets. {example(kind)}")
        spelt = spelling(text)
        self.per_side, self.contacts = spelt.per_side, spelt.contacts
        if not spelt.words:
            raise NotationError(f"Nothing to log. {example(kind)}")
        for word in spelt.words:
            self.read(word)

    def read(self, word: str) -> None:
        if match := FLAG.fullmatch(word):
            self.flags.append((match[2], SIDES[match[1]]))
        elif word in KIND_WORDS:
            self.kind_of_set = KIND_WORDS[word]
        elif match := LOAD.fullmatch(word):
            values = [to_kg(float(n), match[3]) for n in (match[2] or "").split("|") if n]
            self.once(self.loads, SIDES[match[1]], values or [0.0], word)
        elif match := HELP.fullmatch(word):
            self.once(self.help, SIDES[match[1]], to_kg(float(match[2]), match[3]), word)
        elif match := MARK.fullmatch(word):
            self.once(self.marks, (match[2], SIDES[match[1]]), float(match[3]), word)
        elif match := QUANTITY.fullmatch(word):
            side = SIDES[match[1]]
            if side in self.work:
                raise NotationError(
                    f"“{clip(word, 30)}” stands beside another amount. {example(self.kind)}"
                )
            self.work[side] = self.amounts(match[2], word)
        elif word != "bw":
            raise NotationError(f"“{clean(word[:30])}”? {self.instead(word)}")

    def instead(self, word: str) -> str:
        """What to write in place of a word that means nothing."""
        if match := re.fullmatch(rf"({AMOUNT})?@({NUMBER})(kg|lb)?", word):
            return f"Write {match[1] or 8} {match[2]}{match[3] or 'kg'}."
        return example(self.kind)

    @staticmethod
    def once(said: dict[T, V], what: T, value: V, word: str) -> None:
        if what in said:
            raise NotationError(f"“{word}” says it twice. {OF_EACH}")
        said[what] = value

    def amounts(self, text: str, word: str) -> list[Measures]:
        items = [(part.split("x"), unit or "") for part, unit in ITEM.findall(text)]
        if len(items) == 1:
            factors, unit = items[0]
            cluster = unit == "s" and (self.single or self.kind is Kind.CLUSTER)
            if len(factors) == 3 or (len(factors) == 2 and not cluster):
                sets = self.count(factors[0], word)
                if not 1 <= sets <= MOST_SETS:
                    raise NotationError(f"{sets} sets? {WEIGHT_AND_REPS}")
                return [self.amount(factors[1:], unit, word)] * sets
        return [self.amount(factors, unit, word) for factors, unit in items]

    def amount(self, factors: Sequence[str], unit: str, word: str) -> Measures:
        if len(factors) == 2 and unit == "s":
            return Measures(holds=self.count(factors[0], word), hold_s=float(factors[1]))
        if len(factors) != 1:
            raise NotationError(f"“{clip(word, 30)}”? Holds are written 3x8x5s.")
        value, unit = float(factors[0]), unit or self.bare
        if unit == "m":
            return Measures(distance_m=value)
        if unit == "c":
            return Measures(contacts=self.count(factors[0], word))
        if unit in ("s", "min"):
            seconds = value * (60 if unit == "min" else 1)
            timed = self.kind in TIMED or (self.kind is None and unit == "min")
            return Measures(duration_s=seconds) if timed else Measures(hold_s=seconds)
        if unit == "holds":
            return Measures(holds=self.count(factors[0], word))
        if not unit and self.kind in (Kind.HOLD, Kind.CLUSTER):
            raise NotationError("A hold is written in seconds: 40s, or 8x5s for eight of five.")
        return Measures(reps=self.count(factors[0], word))

    @staticmethod
    def count(text: str, word: str) -> int:
        if "." in text:
            shown = clip(word, 30)
            raise NotationError(f"“{shown}” needs whole numbers. A weight is written 62.5kg.")
        return int(text)

    def rows(self) -> list[Written]:
        """The sets of the group, one row for each side, numbered from 1."""
        rows = [
            replace(row, number=number, measures=replace(measures, load_kg=load, **shared))
            for side, amounts in self.sided().items()
            for row, shared in [self.common(side)]
            for number, (measures, load) in enumerate(self.loaded(side, amounts), start=1)
        ]
        if self.contacts is None:
            return rows
        jumps = sum(row.measures.reps or 0 for row in rows)
        feet, left = divmod(self.contacts, jumps) if jumps else (1, self.contacts)
        if left or not feet:
            raise NotationError(f"{self.contacts} contacts of {jumps} jumps? Leave them out.")
        return [_with_contacts(row, feet) for row in rows]

    def loaded(
        self, side: Side, amounts: list[Measures]
    ) -> Sequence[tuple[Measures, float | None]]:
        """The amounts of a side, each with its load in kg: one load is that of all sets, several
        are those of as many sets."""
        loads: Sequence[float | None] = self.loads.get(side, self.loads.get(Side.BOTH, [])) or [
            None
        ]
        if len(amounts) == 1:
            amounts = amounts * len(loads)
        if len(loads) == 1:
            loads = [*loads] * len(amounts)
        if len(loads) != len(amounts):
            raise NotationError(f"{len(loads)} weights for {len(amounts)} sets? {WEIGHT_AND_REPS}")
        return list(zip(amounts, loads, strict=True))

    def sided(self) -> dict[Side, list[Measures]]:
        work = dict(self.work)
        if Side.BOTH in work and len(work) > 1:
            raise NotationError("Write either one amount, or L and R: L8 R6.")
        told = {side for _, side in (*self.marks, *self.flags)} - {Side.BOTH}
        sided_loads = (self.loads.keys() | self.help.keys()) - {Side.BOTH}
        if Side.BOTH in work and (self.per_side or sided_loads):
            both = work.pop(Side.BOTH)
            work = {Side.LEFT: both, Side.RIGHT: both}
        if Side.BOTH in work and told:
            # A mark for one side must not turn a two-legged set into two sides.
            raise NotationError("What is said of one side needs both: 8/side, or L8 R8.")
        if work and (sided_loads | told) - work.keys():
            raise NotationError("Something is said of a side with no amount. Write L8 R6.")
        if not work:
            raise NotationError(f"How many reps, seconds or metres? {example(self.kind)}")
        return work

    def common(self, side: Side) -> tuple[Written, dict[str, float | None]]:
        """What the group's sets share on a side: a row without an amount or a load, its tempo and
        pause in seconds, and what helped in kilograms."""
        rir = self.reserve(side)
        effort, pain = self.mark("effort", side), self.mark("pain", side)
        for name, value, most in (("rir", rir, 10), ("effort", effort, 10), ("pain", pain, 10)):
            if value is not None and not 0 <= value <= most:
                raise NotationError(f"{name.capitalize()} goes from 0 to {most}.")
        if pain is not None and pain != int(pain):
            raise NotationError("Pain is a whole number from 0 to 10.")
        flags = {name for name, where in self.flags if where in (side, Side.BOTH)}
        row = Written(
            number=0,
            side=side,
            measures=Measures(),
            kind=self.kind_of_set or SetKind.WORK,
            rir=rir,
            effort=effort,
            pain=None if pain is None else int(pain),
            flags=tuple(name for name in FLAGS if name in flags),
        )
        shared = {"tempo_s": self.mark("t", side), "pause_s": self.mark("p", side)}
        return row, {**shared, "assist_kg": self.helped(side)}

    def helped(self, side: Side) -> float | None:
        """The kilograms that helped a side; None if none are told. Raises NotationError for a side
        with a weight as well."""
        help_kg = self.help.get(side, self.help.get(Side.BOTH))
        if help_kg is not None and (self.loads.keys() & {side, Side.BOTH}):
            raise NotationError("A weight or help, not both: 8 a20kg has 20 kg of help.")
        if help_kg is not None and help_kg < LEAST_HELP_KG:
            raise NotationError("Help of 0? Leave it out: 8 alone was done without.")
        return help_kg

    def reserve(self, side: Side) -> float | None:
        """Reps in reserve, given as RIR or RPE, for the side or else for both; None if not given.
        Raises NotationError for both RIR and RPE."""
        for where in (side, Side.BOTH):
            rir, rpe = self.marks.get(("rir", where)), self.marks.get(("rpe", where))
            if rir is not None and rpe is not None:
                raise NotationError("Rir and rpe say the same: write one of them.")
            if rir is not None or rpe is not None:
                return rir if rpe is None else 10 - rpe
        return None

    def mark(self, name: str, side: Side) -> float | None:
        return self.marks.get((name, side), self.marks.get((name, Side.BOTH)))


def _with_contacts(row: Written, feet: int) -> Written:
    """A set of jumps with the contacts of so many feet a jump."""
    reps = row.measures.reps
    contacts = None if reps is None else reps * feet
    return replace(row, measures=replace(row.measures, contacts=contacts))
