"""Show sets in the notation, in the form that suits who reads it.

    compact   3x8x5s/side            in JSON, exports and whatever keeps a line of sets
    long      3 × (8 × 5 s) each side    for people
    short     3×8×5 s each side          for people with less than 60 columns

:func:`tui.domain.model.notation.parse` reads all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from itertools import groupby

from msgspec.structs import replace

from tui.domain.model.notation_group import Written
from tui.domain.model.notation_spelling import BODYWEIGHT
from tui.domain.model.units import load_text, load_words, plain, shown_load
from tui.domain.model.values import Measures, SetKind, SetPlan, Side, Way

KINDS = list(SetKind)
MINUTE_S = 60
WARM_UP = "warm-up"
HELP = "help"  # What a machine or a band takes off the body.
USUAL = Way()

Rows = tuple[Written, ...]


class Form(StrEnum):
    """How sets are written out."""

    COMPACT = "compact"
    LONG = "long"
    SHORT = "short"


def show(
    rows: Iterable[Written],
    unit: str = "kg",
    form: Form = Form.COMPACT,
    *,
    way: Way = USUAL,
) -> str:
    """Rows in the notation, without notes, warm-ups first, loads in ``unit``. Sets left undone are
    omitted. A single set is shown the way ``single`` reads it: ``8x5s``, not ``1x8x5s``.

    In the long and the short form ``way`` makes jumps of contacts, and says that a load is in each
    hand."""
    ordered = sorted(rows, key=lambda row: (*place(row), row.side))
    if way.feet and form is not Form.COMPACT:
        ordered = [_with_jumps(row, way.feet) for row in ordered]
    sets = [tuple(group) for _, group in groupby(ordered, key=place)]
    groups = [tuple(group) for _, group in groupby(sets, key=_shared)]
    single = len(sets) == 1
    if form is Form.COMPACT:
        shown = [_compact(group, unit, single=single) for group in groups]
    else:
        words = _Words(unit, tight=form is Form.SHORT, hands=way.hands)
        shown = [words.of(group, single=single) for group in _ladders(groups)]
    return "; ".join(filter(None, shown))


def planned(
    sets: Iterable[SetPlan],
    unit: str = "kg",
    form: Form = Form.COMPACT,
    *,
    way: Way = USUAL,
) -> str:
    """Planned sets in the notation, as they would be typed once done as planned."""
    rows = (
        Written(number=s.number, side=g.side, measures=g.measures, kind=s.kind)
        for s in sets
        for g in s.goals
    )
    return show(rows, unit, form, way=way)


def place(row: Written) -> tuple[int, int]:
    """The set a row belongs to, as a sort key: each kind of set is numbered separately, and
    warm-ups come first."""
    return KINDS.index(row.kind), row.number


def amount(m: Measures) -> str:
    """The amount of work, without load or tempo: ``8``, ``8x5s``, ``40s``, ``40m``, ``20c``."""
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


def _shared(rows: Rows) -> tuple[object, ...]:
    """What sets must have in common to be shown as one group."""
    loads = tuple((row.side, row.measures.load_kg, row.measures.assist_kg) for row in rows)
    return loads, *_alike(rows), tuple(amount(row.measures) == "" for row in rows)


def _alike(rows: Rows) -> tuple[object, ...]:
    return rows[0].kind, tuple(map(_said, rows))


def _said(row: Written) -> tuple[object, ...]:
    """The marks of a row: tempo, pause, RIR, effort, pain and flags."""
    m = row.measures
    return m.tempo_s, m.pause_s, row.rir, row.effort, row.pain, row.flags


def _told(rows: Rows) -> Rows:
    """The sides of which something can be said: the parser refuses marks for a side that has no
    amount."""
    return tuple(row for row in rows if amount(row.measures)) or rows


# -- compact ---------------------------------------------------------------------------------------


def _compact(sets: Sequence[Rows], unit: str, *, single: bool) -> str:
    first = sets[0]
    columns = [[amount(rows[i].measures) for rows in sets] for i in range(len(first))]
    sided = len(first) > 1 or first[0].side is not Side.BOTH
    loads = [_net(row.measures, unit) for row in first]
    same_load = _alike_loaded(first)
    pair = len(first) == 2 and columns[0] == columns[1] and same_load
    words: list[str] = []
    heavy = loads[0] if same_load else ""
    if pair or not sided:
        amounts = _amounts(columns[0], single=single)
        if pair and amounts:
            amounts += "/side"
        listed = first[0].measures.load_kg is not None and "," in amounts
        words += [f"{heavy} x {amounts}"] if listed else [amounts, heavy]
    else:
        for row, column, load in zip(first, columns, loads, strict=True):
            mark = row.side.value[0].upper()
            if not any(column):
                continue
            words.append(mark + _amounts(column, single=single))
            if not same_load and load:
                words.append(mark + load)
        words.append(heavy)
    return " ".join(word for word in [*words, *_marks(_told(first))] if word)


def _alike_loaded(rows: Rows) -> bool:
    """Whether the sides of a set have the same load, or the same help."""
    return len({(row.measures.load_kg, row.measures.assist_kg) for row in rows}) == 1


def _net(m: Measures, unit: str) -> str:
    """The load or the help of a set; empty if it has neither."""
    if m.assist_kg is not None:
        return f"a{load_text(m.assist_kg, unit)}"
    return "" if m.load_kg is None else load_text(m.load_kg, unit)


def _amounts(column: Sequence[str], *, single: bool) -> str:
    """The amounts of a group's sets in notation; either all sets have an amount or none."""
    if not any(column):
        return ""
    # Unless the set is parsed with ``single``, 8x5s would mean eight sets of five seconds.
    if len(set(column)) == 1 and (len(column) > 1 or ("x" in column[0] and not single)):
        return f"{len(column)}x{column[0]}"
    return ",".join(column)


def _marks(rows: Rows) -> list[str]:
    """The marks of a set as words; if the sides differ, each word starts with its side's letter."""
    told = zip(*(_said(row)[:-1] for row in rows), strict=True)
    words = []
    for name, values in zip(("t", "p", "rir", "effort", "pain"), told, strict=True):
        words += _sided(rows, [() if v is None else (f"{name}{plain(v)}",) for v in values])
    common = [flag for flag in rows[0].flags if all(flag in row.flags for row in rows)]
    apart = [[flag for flag in row.flags if flag not in common] for row in rows]
    words += [*common, *_sided(rows, apart)]
    kind = rows[0].kind
    return words if kind is SetKind.WORK else [*words, kind.value]


def _sided(rows: Rows, words: Sequence[Sequence[str]]) -> list[str]:
    """The words of each side behind its letter, or the words once if the sides agree."""
    if all(mine == words[0] for mine in words):
        return list(words[0])
    sides = [row.side.value[0].upper() for row in rows]
    return [f"{side}{word}" for side, mine in zip(sides, words, strict=True) for word in mine]


# -- long and short --------------------------------------------------------------------------------


def seconds_text(seconds: float, *, minutes: bool = False) -> str:
    """Seconds as a person reads them: ``40 s``, ``1:30``; whole minutes as ``3 min`` if
    ``minutes``."""
    if seconds < MINUTE_S or seconds != int(seconds):
        return f"{plain(seconds)} s"
    if minutes and seconds % MINUTE_S == 0:
        return f"{int(seconds) // MINUTE_S} min"
    return f"{int(seconds) // MINUTE_S}:{int(seconds) % MINUTE_S:02}"


def _with_jumps(row: Written, feet: int) -> Written:
    """A set of which only the contacts are known, with the jumps that make so many."""
    m = row.measures
    if m.contacts is None or m.reps is not None or m.contacts % feet:
        return row
    return replace(row, measures=replace(m, reps=m.contacts // feet))


def _ladders(groups: Iterable[tuple[Rows, ...]]) -> list[tuple[Rows, ...]]:
    """Groups of sets, those joined that are equal in all but the load: ``5 × 20, 30, 40 kg``."""
    return [
        tuple(rows for group in joined for rows in group)
        for _, joined in groupby(groups, key=_ladder_key)
    ]


def _ladder_key(group: tuple[Rows, ...]) -> tuple[object, ...]:
    """The same for groups that differ in nothing but the load; of its own for any other group."""
    rows = group[0]
    m = rows[0].measures
    sides = [row.side for row in rows]
    stepped = m.load_kg and m.reps is not None and amount(m) == str(m.reps) and m.contacts is None
    if not stepped or sides not in ([Side.BOTH], [Side.LEFT, Side.RIGHT]):
        return (id(group),)
    done = {(row.measures.reps, row.measures.load_kg) for each in group for row in each}
    others = {(row.measures.holds, row.measures.contacts) for each in group for row in each}
    if len(done) > 1 or others != {(None, None)}:
        return (id(group),)
    return m.reps, len(rows), *_alike(rows)


class _Words:
    """Writes groups of sets out for people, loads in ``unit``; ``tight`` for a narrow screen,
    ``hands`` if the loads are in each hand."""

    def __init__(self, unit: str, *, tight: bool, hands: bool) -> None:
        self.unit, self.tight, self.hands = unit, tight, hands
        self.times, self.joint = ("×", " ") if tight else (" × ", " · ")

    def of(self, sets: Sequence[Rows], *, single: bool) -> str:
        """One group of sets, or a ladder of them."""
        first = sets[0]
        jumps = _feet(sets)
        columns = [[self.amount(rows[i].measures) for rows in sets] for i in range(len(first))]
        pair = len(first) == 2 and columns[0] == columns[1]
        loads = [rows[0].measures.load_kg for rows in sets]
        if len(set(loads)) > 1:
            steps = self.ladder(loads)
            head = (
                f"{columns[0][0]} each side × {steps}"
                if pair
                else f"{columns[0][0]}{self.times}{steps}"
            )
        else:
            noun = "" if jumps is None else " jumps"
            if pair or first[0].side is Side.BOTH:
                amounts = self.amounts(columns[0], noun, single=single)
                amounts += " each side" if pair and amounts else ""
            else:
                amounts = ", ".join(
                    f"{self.amounts(column, noun, single=single)} {row.side.value}"
                    for row, column in zip(first, columns, strict=True)
                    if any(column)
                )
            if jumps is not None:
                total = sum(row.measures.contacts or 0 for rows in sets for row in rows)
                amounts += f" ({total})" if self.tight else f" ({total} contacts)"
            of_reps = first[0].measures.reps is not None and amount(first[0].measures).isdecimal()
            factor = (
                len(sets) == 1 and of_reps and (pair or first[0].side is Side.BOTH) and not noun
            )
            times = " × " if pair else self.times
            factor = factor and first[0].measures.assist_kg is None
            head = self.loaded(amounts, _told(first), times if factor else self.joint)
        return ", ".join(filter(None, [head, *self.marks(_told(first))]))

    def amount(self, m: Measures) -> str:
        """The amount of one side of one set."""
        if m.holds is not None and m.hold_s is not None:
            return f"{m.holds}{self.times}{seconds_text(m.hold_s)}"
        if m.hold_s is not None:
            return seconds_text(m.hold_s)
        if m.reps is not None:
            return str(m.reps)
        if m.distance_m is not None:
            return f"{plain(m.distance_m)} m"
        if m.duration_s is not None:
            return seconds_text(m.duration_s, minutes=True)
        return "" if m.contacts is None else f"{m.contacts} contacts"

    def amounts(self, column: Sequence[str], noun: str, *, single: bool) -> str:
        """The amounts of one side of all sets."""
        if not any(column):
            return ""
        if len(set(column)) > 1:
            return ", ".join(column) + noun
        one = column[0]
        if "×" in one and not self.tight and not (single and len(column) == 1):
            one = f"({one})"
        if len(column) > 1 or (self.tight and "×" in one and not single):
            one = f"{len(column)}{self.times}{one}"
        return one + noun

    def ladder(self, loads: Sequence[float | None]) -> str:
        """The loads of equal sets. Two of them carry the unit each: ``5 × 20, 30 kg`` would be five
        sets of twenty."""
        texts = [plain(shown_load(load or 0.0, self.unit)) for load in loads]
        between = ", " if len(texts) > 2 else f" {self.unit}, "
        return f"{between.join(texts)} {self.unit}"

    def loaded(self, amounts: str, rows: Rows, joint: str) -> str:
        """Amounts with the load of each side of their sets."""
        loads = [self.load(row.measures) for row in rows]
        if not _alike_loaded(rows):
            sided = zip(rows, loads, strict=True)
            heavy = ", ".join(f"{load} {row.side.value}" for row, load in sided if load)
            joint = self.joint
        else:
            heavy, some = loads[0], rows[0].measures.load_kg
            joint = joint if some else self.joint
            if some and self.hands and rows[0].side is Side.BOTH:
                heavy += " each hand"
        return joint.join(filter(None, [amounts, heavy]))

    def load(self, m: Measures) -> str:
        """A load with its unit, or what helped; a load of nothing is the body's weight alone."""
        if m.assist_kg is not None:
            return f"{load_words(m.assist_kg, self.unit)} {HELP}"
        if m.load_kg is None:
            return ""
        return load_words(m.load_kg, self.unit) if m.load_kg else BODYWEIGHT

    def marks(self, rows: Rows) -> list[str]:
        """What is said of a set, each thing for the sides that it is true of."""
        told = zip(*(_said(row)[:-1] for row in rows), strict=True)
        patterns = ("{} s down", "{} s pause", "{} spare", "effort {}", "pain {}")
        words: list[str] = []
        for pattern, values in zip(patterns, told, strict=True):
            texts = ["" if v is None else pattern.format(plain(v)) for v in values]
            if "spare" in pattern and all(texts) and len(set(texts)) > 1:
                # Said once, the second number is understood: 2 spare left, 4 right.
                texts[1] = texts[1].removesuffix(" spare")
            words += self.sided(rows, texts)
        for flag in dict.fromkeys(flag for row in rows for flag in row.flags):
            words += self.sided(rows, [flag if flag in row.flags else "" for row in rows])
        kind = {SetKind.WORK: [], SetKind.WARMUP: [WARM_UP]}
        return words + kind.get(rows[0].kind, [rows[0].kind.value])

    @staticmethod
    def sided(rows: Rows, texts: Sequence[str]) -> list[str]:
        """The words of each side with its name, or the words once if the sides agree."""
        if len(set(texts)) == 1:
            return [text for text in texts[:1] if text]
        sided = zip(rows, texts, strict=True)
        return [f"{text} {row.side.value}" for row, text in sided if text]


def _feet(sets: Sequence[Rows]) -> int | None:
    """The contacts of one jump if all sets count both jumps and contacts, and agree; else None."""
    found: set[float] = set()
    for m in (row.measures for rows in sets for row in rows):
        if m.reps is None or m.contacts is None or m.hold_s is not None or not m.reps:
            return None
        found.add(m.contacts / m.reps)
    feet = found.pop()
    return int(feet) if not found and feet >= 1 and feet == int(feet) else None
