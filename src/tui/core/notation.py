"""The one-line set notation: what a runner types, and how sets are shown everywhere.

    3x8 60kg rir3        three sets of eight with 60 kg, three reps left
    60kg x 8,8,7         three sets of one load
    3x25/side            left and right each
    3x8x5s/side          clusters: eight holds of five seconds a side
    L40s R38s            one set, the sides apart
    3x5 t10              ten seconds down
    3x40m 16kg/side      carries
    60kg x 8; 55kg x 8,7 groups of sets, one after the other

Behind a set may stand ``rir2`` or ``rpe8``, ``effort7``, ``pain3``, ``warmup``, a flag (slow, form,
landing, knee, hips, ankle, tempo, aborted) and, after ``#``, a note. ``/side`` binds to reps, holds
or metres; a load is always that of one implement.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from tui.core.checked import LIMIT
from tui.core.model import FLAGS, MEASURES, Kind, Measures, SetEntry, SetKind, SetPlan, Side
from tui.core.text import clean, clip
from tui.core.units import load_text, plain, to_kg

EXAMPLE = "write it like 3x8 60kg rir3, 3x25/side or L40s R38s"
MOST_SETS = 30
# A set that says all it can takes 160 characters; so whatever show gives of so many is read back.
LONGEST = 200 * MOST_SETS
T = TypeVar("T")
TIMED = {Kind.PLYOMETRIC, Kind.CARRY, Kind.LOADED, Kind.BODYWEIGHT, Kind.MOBILITY}

NUMBER = r"\d{1,6}(?:\.\d{1,3})?"
ITEM = re.compile(rf"({NUMBER}(?:x{NUMBER}){{0,2}})(s|min|m|c)?")
QUANTITY = re.compile(rf"([lr])?({ITEM.pattern}(?:,{ITEM.pattern})*)")
LOAD = re.compile(rf"([lr])?({NUMBER})(kg|lb)")
MARK = re.compile(rf"(rir|rpe|effort|pain|t)({NUMBER})s?")
SIDES = {None: Side.BOTH, "l": Side.LEFT, "r": Side.RIGHT}


class NotationError(ValueError):
    """A text that is no set; the message says which word, and how to write it."""


class Written(Struct, frozen=True, kw_only=True):
    """One side of one set as it was typed; ``number`` counts from 1."""

    number: int
    side: Side
    measures: Measures
    kind: SetKind = SetKind.WORK
    rir: float | None = None
    effort: float | None = None
    pain: int | None = None
    flags: tuple[str, ...] = ()
    note: str = ""


def parse(text: str, kind: Kind | None = None, *, single: bool = False) -> tuple[Written, ...]:
    """The rows that a text stands for, a row for each side of each set: warm-up sets, then work
    sets, each numbered from 1.

    ``kind`` tells holds from other timed work; with ``single`` the text is one set, so that
    ``8x5s`` is a cluster and never eight sets. Raises NotationError.
    """
    body, _, note = text.partition("#")
    if len(body) > LONGEST:
        raise NotationError(f"too long for a line of sets; {EXAMPLE}")
    rows: list[Written] = []
    for group in body.split(";"):
        more = _Group(group, kind, single).rows()
        start = max((row.number for row in rows if row.kind is more[0].kind), default=0)
        rows += [replace(row, number=row.number + start, note=clean(note.strip())) for row in more]
    rows.sort(key=lambda row: (*_place(row), row.side))
    sets = len({_place(row) for row in rows})
    if sets > MOST_SETS:
        raise NotationError(f"more than {MOST_SETS} sets in one line; for a load write 60kg x 5")
    if single and sets > 1:
        raise NotationError("that is more than one set; write one, like 8 60kg rir2")
    if any((getattr(row.measures, name) or 0) > LIMIT for row in rows for name in MEASURES):
        raise NotationError(f"a number is too big to be true; {EXAMPLE}")
    return tuple(rows)


class _Group:
    """Sets that share a load, tempo and marks while they are being read."""

    def __init__(self, text: str, kind: Kind | None, single: bool) -> None:
        self.kind, self.single = kind, single
        self.work: dict[Side, list[Measures]] = {}
        self.loads: dict[Side, float] = {}
        self.marks: dict[str, float] = {}
        self.flags: list[str] = []
        self.warmup = False
        lowered, self.per_side = _normal(text)
        words = lowered.split()
        if not words:
            raise NotationError(f"nothing to log; {EXAMPLE}")
        for word in words:
            self.read(word)

    def read(self, word: str) -> None:
        if word in FLAGS:
            self.flags.append(word)
        elif word in ("warmup", "warm-up", "warm"):
            self.warmup = True
        elif match := LOAD.fullmatch(word):
            self.once(self.loads, SIDES[match[1]], to_kg(float(match[2]), match[3]), word)
        elif match := MARK.fullmatch(word):
            self.once(self.marks, match[1], float(match[2]), word)
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
            raise NotationError(
                f"“{word}” says it twice; a load of one side is written L20kg R22kg"
            )
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
        rir, effort, pain = self.common()
        return [
            Written(
                number=number,
                side=side,
                measures=replace(
                    measures,
                    load_kg=self.loads.get(side, self.loads.get(Side.BOTH)),
                    tempo_s=self.marks.get("t"),
                ),
                kind=SetKind.WARMUP if self.warmup else SetKind.WORK,
                rir=rir,
                effort=effort,
                pain=pain,
                flags=tuple(dict.fromkeys(self.flags)),
            )
            for side, amounts in self.sided().items()
            for number, measures in enumerate(amounts, start=1)
        ]

    def sided(self) -> dict[Side, list[Measures]]:
        work = dict(self.work)
        if Side.BOTH in work and len(work) > 1:
            raise NotationError("write either one amount or L and R, not both")
        sided_loads = self.loads.keys() - {Side.BOTH}
        if Side.BOTH in work and (self.per_side or sided_loads):
            both = work.pop(Side.BOTH)
            work = {Side.LEFT: both, Side.RIGHT: both}
        if sided_loads - work.keys():
            raise NotationError(f"a load stands for a side with no amount; {EXAMPLE}")
        if not work:
            raise NotationError(f"how many reps, seconds or metres? {EXAMPLE}")
        return work

    def common(self) -> tuple[float | None, float | None, int | None]:
        rir, rpe = self.marks.get("rir"), self.marks.get("rpe")
        if rpe is not None:
            rir = 10 - rpe
        effort, pain = self.marks.get("effort"), self.marks.get("pain")
        for name, value, most in (("rir", rir, 10), ("effort", effort, 10), ("pain", pain, 10)):
            if value is not None and not 0 <= value <= most:
                raise NotationError(f"{name} goes from 0 to {most}")
        if pain is not None and pain != int(pain):
            raise NotationError("pain is a whole number from 0 to 10")
        return rir, effort, None if pain is None else int(pain)


def _normal(text: str) -> tuple[str, bool]:
    """Lower case, one way to write each word, and whether ``/side`` stood anywhere."""
    text = text.lower().replace("×", "x")
    text, sided = re.subn(r"/\s?(?:side|leg|arm|hand|foot)s?\b", "", text)
    text = re.sub(r"\b(kgs|kilos?)\b", "kg", re.sub(r"(\d)\s*(?:kgs?|kilos?)\b", r"\1kg", text))
    text = re.sub(r"(\d)\s*lbs?\b", r"\1lb", text)
    text = re.sub(r"(\d)\s*(?:secs?|seconds?|s)\b", r"\1s", text)
    text = re.sub(r"(\d)\s*(?:mins?|minutes?)\b", r"\1min", text)
    text = re.sub(r"(\d)\s*(?:metres?|meters?|m)\b", r"\1m", text)
    text = re.sub(r"(\d)\s*(?:contacts?|c)\b", r"\1c", text)
    text = re.sub(r"(\d)\s*reps?\b", r"\1", text)
    text = re.sub(r"\b(rir|rpe|effort|pain|t)\s+(\d)", r"\1\2", text)
    text = re.sub(r"\bp(\d+)\b", r"pain\1", text)
    text = re.sub(r"\b([lr])\s+(\d)", r"\1\2", text)
    text = re.sub(r"(kg|lb)\s*x\s*(\d)", r"\1 \2", text)
    text = re.sub(r"(\d)\s*x\s*([\d.]+(?:kg|lb))", r"\1 \2", text)
    text = re.sub(r"(\d)\s*x\s*(?=\d)", r"\1x", text)
    return re.sub(r"\s*,\s*", ",", text), bool(sided)


def written(row: SetEntry) -> Written:
    """A logged row as it would have been typed."""
    return Written(
        number=row.number,
        side=row.side,
        measures=row.done,
        kind=row.kind,
        rir=row.rir,
        effort=row.effort,
        pain=row.pain,
        flags=row.flags,
        note=row.note,
    )


def show(rows: Iterable[Written], unit: str = "kg") -> str:
    """Rows in the notation that :func:`parse` reads, the shortest that says everything but the
    note, warm-ups first; ``unit`` is that of the loads shown. Sets left undone are left out. One
    set alone is shown as it is read with ``single``: ``8x5s``, not ``1x8x5s``."""
    ordered = sorted(rows, key=lambda row: (*_place(row), row.side))
    sets = [tuple(group) for _, group in groupby(ordered, key=_place)]
    groups = (tuple(group) for _, group in groupby(sets, key=_shared))
    shown = (_show_group(group, unit, single=len(sets) == 1) for group in groups)
    return "; ".join(filter(None, shown))


def _place(row: Written) -> tuple[bool, int]:
    """Which set a row belongs to: warm-ups are numbered apart, and come first."""
    return row.kind is SetKind.WORK, row.number


def _shared(rows: tuple[Written, ...]) -> tuple[object, ...]:
    """What sets must have in common to stand in one group."""
    first = rows[0]
    loads = tuple((row.side, row.measures.load_kg) for row in rows)
    bare = tuple(amount(row.measures) == "" for row in rows)
    return (loads, first.measures.tempo_s, first.kind, first.rir, first.effort, first.pain,
            first.flags, bare)  # fmt: skip


def _show_group(sets: Sequence[tuple[Written, ...]], unit: str, *, single: bool) -> str:
    first = sets[0]
    columns = [[amount(rows[i].measures) for rows in sets] for i in range(len(first))]
    sided = len(first) > 1 or first[0].side is not Side.BOTH
    loads = [row.measures.load_kg for row in first]
    same_load = len(set(loads)) == 1
    pair = len(first) == 2 and columns[0] == columns[1] and same_load
    words: list[str] = []
    heavy = load_text(loads[0], unit) if same_load and loads[0] is not None else ""
    if pair or not sided:
        amounts = _amounts(columns[0], single=single)
        if pair and amounts:
            amounts += "/side"
        listed = heavy and "," in amounts
        words += [f"{heavy} x {amounts}"] if listed else [amounts, heavy]
    else:
        for row, column in zip(first, columns, strict=True):
            mark = row.side.value[0].upper()
            if not any(column):
                continue
            words.append(mark + _amounts(column, single=single))
            if not same_load and row.measures.load_kg is not None:
                words.append(mark + load_text(row.measures.load_kg, unit))
        words.append(heavy)
    return " ".join(word for word in [*words, *_marks(first[0])] if word)


def _amounts(column: Sequence[str], *, single: bool) -> str:
    """The amounts of a group's sets, all of them bare or none."""
    if not any(column):
        return ""
    # Among other sets 8x5s would read as eight sets of five seconds.
    if len(set(column)) == 1 and (len(column) > 1 or ("x" in column[0] and not single)):
        return f"{len(column)}x{column[0]}"
    return ",".join(column)


def _marks(row: Written) -> list[str]:
    words = [] if row.measures.tempo_s is None else [f"t{plain(row.measures.tempo_s)}"]
    for name, value in (("rir", row.rir), ("effort", row.effort), ("pain", row.pain)):
        if value is not None:
            words.append(f"{name}{plain(value)}")
    words += row.flags
    if row.kind is SetKind.WARMUP:
        words.append("warmup")
    return words


def amount(m: Measures) -> str:
    """The amount of work without load and tempo: ``8``, ``8x5s``, ``40s``, ``40m``, ``20c``."""
    if m.holds is not None and m.hold_s is not None:
        return f"{m.holds}x{plain(m.hold_s)}s"
    if m.hold_s is not None:
        return f"{plain(m.hold_s)}s"
    if m.reps is not None:
        return str(m.reps)
    if m.distance_m is not None:
        return f"{plain(m.distance_m)}m"
    if m.duration_s is not None:
        return f"{plain(m.duration_s)}s"
    return "" if m.contacts is None else f"{m.contacts}c"


def planned(sets: Iterable[SetPlan], unit: str = "kg") -> str:
    """Planned sets in the notation: what to do, as it would be typed once done."""
    return show(
        (
            Written(number=s.number, side=g.side, measures=g.measures, kind=s.kind)
            for s in sets
            for g in s.goals
        ),
        unit,
    )
