"""Parse one group of sets in the notation: amounts that share a load, a tempo and marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from tui.domain.model.text import clean, clip
from tui.domain.model.units import to_kg
from tui.domain.model.values import FLAGS, Kind, Measures, SetKind, Side

EXAMPLE = "write it like 3x8 60kg rir3, 3x25/side or L40s R38s"
MOST_SETS = 30
T = TypeVar("T")
TIMED = {Kind.PLYOMETRIC, Kind.CARRY, Kind.LOADED, Kind.BODYWEIGHT, Kind.MOBILITY}

NUMBER = r"\d{1,6}(?:\.\d{1,3})?"
ITEM = re.compile(rf"({NUMBER}(?:x{NUMBER}){{0,2}})(s|min|m|c)?")
QUANTITY = re.compile(rf"([lr])?({ITEM.pattern}(?:,{ITEM.pattern})*)")
LOAD = re.compile(rf"([lr])?({NUMBER})(kg|lb)")
MARK = re.compile(rf"([lr])?(rir|rpe|effort|pain|t|p)({NUMBER})s?")
FLAG = re.compile(rf"([lr])?({'|'.join(FLAGS)})")
KIND_WORDS = {
    "warmup": SetKind.WARMUP,
    "warm-up": SetKind.WARMUP,
    "warm": SetKind.WARMUP,
    "drop": SetKind.DROP,
    "failure": SetKind.FAILURE,
}
SIDES = {None: Side.BOTH, "l": Side.LEFT, "r": Side.RIGHT}


class NotationError(ValueError):
    """Text that is not in set notation; the message names the word and shows how to write it."""


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


class Group:
    """A group of sets with one load, tempo and marks, while it is being parsed."""

    def __init__(self, text: str, kind: Kind | None, single: bool) -> None:
        self.kind, self.single = kind, single
        self.work: dict[Side, list[Measures]] = {}
        self.loads: dict[Side, float] = {}
        self.marks: dict[tuple[str, Side], float] = {}
        self.flags: list[tuple[str, Side]] = []
        self.kind_of_set = SetKind.WORK
        lowered, self.per_side = _normal(text)
        words = lowered.split()
        if not words:
            raise NotationError(f"nothing to log; {EXAMPLE}")
        for word in words:
            self.read(word)

    def read(self, word: str) -> None:
        if match := FLAG.fullmatch(word):
            self.flags.append((match[2], SIDES[match[1]]))
        elif word in KIND_WORDS:
            self.kind_of_set = KIND_WORDS[word]
        elif match := LOAD.fullmatch(word):
            self.once(self.loads, SIDES[match[1]], to_kg(float(match[2]), match[3]), word)
        elif match := MARK.fullmatch(word):
            self.once(self.marks, (match[2], SIDES[match[1]]), float(match[3]), word)
        elif match := QUANTITY.fullmatch(word):
            side = SIDES[match[1]]
            if side in self.work:
                raise NotationError(f"“{clip(word, 30)}” stands beside another amount; {EXAMPLE}")
            self.work[side] = self.amounts(match[2], word)
        elif word != "bw":
            raise NotationError(f"cannot read “{clean(word[:30])}”; {EXAMPLE}")

    @staticmethod
    def once(said: dict[T, float], what: T, value: float, word: str) -> None:
        if what in said:
            of_each = "of each side it is L20kg R22kg, Lrir2 Rrir1"
            raise NotationError(f"“{word}” says it twice; {of_each}")
        said[what] = value

    def amounts(self, text: str, word: str) -> list[Measures]:
        items = [(part.split("x"), unit or "") for part, unit in ITEM.findall(text)]
        if len(items) == 1:
            factors, unit = items[0]
            cluster = unit == "s" and (self.single or self.kind is Kind.CLUSTER)
            if len(factors) == 3 or (len(factors) == 2 and not cluster):
                sets = self.count(factors[0], word)
                if not 1 <= sets <= MOST_SETS:
                    raise NotationError(f"{sets} sets? for a load write 60kg x {factors[-1]}")
                return [self.amount(factors[1:], unit, word)] * sets
        return [self.amount(factors, unit, word) for factors, unit in items]

    def amount(self, factors: Sequence[str], unit: str, word: str) -> Measures:
        if len(factors) == 2 and unit == "s":
            return Measures(holds=self.count(factors[0], word), hold_s=float(factors[1]))
        if len(factors) != 1:
            raise NotationError(f"cannot read “{clip(word, 30)}”; holds are written 3x8x5s")
        value = float(factors[0])
        if unit == "m":
            return Measures(distance_m=value)
        if unit == "c":
            return Measures(contacts=self.count(factors[0], word))
        if unit in ("s", "min"):
            seconds = value * (60 if unit == "min" else 1)
            timed = self.kind in TIMED or (self.kind is None and unit == "min")
            return Measures(duration_s=seconds) if timed else Measures(hold_s=seconds)
        if self.kind in (Kind.HOLD, Kind.CLUSTER):
            raise NotationError("a hold is written in seconds: 40s, or 8x5s for eight of five")
        return Measures(reps=self.count(factors[0], word))

    @staticmethod
    def count(text: str, word: str) -> int:
        if "." in text:
            shown = clip(word, 30)
            raise NotationError(f"“{shown}” needs whole numbers; a load is written 62.5kg")
        return int(text)

    def rows(self) -> list[Written]:
        return [
            replace(row, number=number, measures=replace(measures, **shared))
            for side, amounts in self.sided().items()
            for row, shared in [self.common(side)]
            for number, measures in enumerate(amounts, start=1)
        ]

    def sided(self) -> dict[Side, list[Measures]]:
        work = dict(self.work)
        if Side.BOTH in work and len(work) > 1:
            raise NotationError("write either one amount or L and R, not both")
        told = {side for _, side in (*self.marks, *self.flags)} - {Side.BOTH}
        sided_loads = self.loads.keys() - {Side.BOTH}
        if Side.BOTH in work and (self.per_side or sided_loads):
            both = work.pop(Side.BOTH)
            work = {Side.LEFT: both, Side.RIGHT: both}
        if Side.BOTH in work and told:
            # A mark for one side must not turn a two-legged set into two sides.
            raise NotationError("what is said of one side wants the sides: 8/side, or L8 R8")
        if work and (sided_loads | told) - work.keys():
            raise NotationError(f"something is said of a side with no amount; {EXAMPLE}")
        if not work:
            raise NotationError(f"how many reps, seconds or metres? {EXAMPLE}")
        return work

    def common(self, side: Side) -> tuple[Written, dict[str, float | None]]:
        """What the group's sets share on a side: a row without an amount, and its load in kg,
        tempo and pause in seconds."""
        rir = self.reserve(side)
        effort, pain = self.mark("effort", side), self.mark("pain", side)
        for name, value, most in (("rir", rir, 10), ("effort", effort, 10), ("pain", pain, 10)):
            if value is not None and not 0 <= value <= most:
                raise NotationError(f"{name} goes from 0 to {most}")
        if pain is not None and pain != int(pain):
            raise NotationError("pain is a whole number from 0 to 10")
        flags = {name for name, where in self.flags if where in (side, Side.BOTH)}
        row = Written(
            number=0,
            side=side,
            measures=Measures(),
            kind=self.kind_of_set,
            rir=rir,
            effort=effort,
            pain=None if pain is None else int(pain),
            flags=tuple(name for name in FLAGS if name in flags),
        )
        load = self.loads.get(side, self.loads.get(Side.BOTH))
        return row, {
            "load_kg": load,
            "tempo_s": self.mark("t", side),
            "pause_s": self.mark("p", side),
        }

    def reserve(self, side: Side) -> float | None:
        """Reps in reserve, given as RIR or RPE, for the side or else for both; None if not given.
        Raises NotationError for both RIR and RPE."""
        for where in (side, Side.BOTH):
            rir, rpe = self.marks.get(("rir", where)), self.marks.get(("rpe", where))
            if rir is not None and rpe is not None:
                raise NotationError("rir and rpe say the same; write one of them")
            if rir is not None or rpe is not None:
                return rir if rpe is None else 10 - rpe
        return None

    def mark(self, name: str, side: Side) -> float | None:
        return self.marks.get((name, side), self.marks.get((name, Side.BOTH)))


def _normal(text: str) -> tuple[str, bool]:
    """The text in lower case with one spelling per word, and whether it contained ``/side``."""
    text = text.lower().replace("×", "x")
    text, sided = re.subn(r"/\s?(?:side|leg|arm|hand|foot)s?\b", "", text)
    text = re.sub(r"\b(kgs|kilos?)\b", "kg", re.sub(r"(\d)\s*(?:kgs?|kilos?)\b", r"\1kg", text))
    text = re.sub(r"(\d)\s*lbs?\b", r"\1lb", text)
    text = re.sub(r"(\d)\s*(?:secs?|seconds?|s)\b", r"\1s", text)
    text = re.sub(r"(\d)\s*(?:mins?|minutes?)\b", r"\1min", text)
    text = re.sub(r"(\d)\s*(?:metres?|meters?|m)\b", r"\1m", text)
    text = re.sub(r"(\d)\s*(?:contacts?|c)\b", r"\1c", text)
    text = re.sub(r"(\d)\s*reps?\b", r"\1", text)
    told = rf"\d|rir|rpe|effort|pain|[pt]\s*\d|{'|'.join(FLAGS)}"
    text = re.sub(rf"\b([lr])\s+(?={told})", r"\1", text)
    text = re.sub(r"\b([lr]?(?:rir|rpe|effort|pain|t|p))\s+(\d)", r"\1\2", text)
    text = re.sub(r"(kg|lb)\s*x\s*(\d)", r"\1 \2", text)
    text = re.sub(r"(\d)\s*x\s*([\d.]+(?:kg|lb))", r"\1 \2", text)
    text = re.sub(r"(\d)\s*x\s*(?=\d)", r"\1x", text)
    return re.sub(r"\s*,\s*", ",", text), bool(sided)
