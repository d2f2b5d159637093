"""Parse and show the one-line set notation that a runner types and the app shows everywhere.

    3x8 60kg rir3        three sets of eight with 60 kg, three reps in reserve
    60kg x 8,8,7         three sets with one load
    3x25/side            25 on the left and 25 on the right
    3x8x5s/side          clusters: eight five-second holds per side
    L40s R38s            one set, each side with its own amount
    3x5 t10              ten seconds on the way down
    3x8/side t3 p2       three seconds down, a stop of two at the hard point
    3x40m 16kg/side      carries
    60kg x 8; 55kg x 8,7 groups of sets, one after another

A set may be followed by ``rir2`` or ``rpe8``, ``effort7``, ``pain3``, ``warmup``, ``drop``,
``failure``, a flag (slow, form, landing, knee, hips, ankle, tempo, aborted) and, after ``#``, a
note. A side's letter in front limits a word to that side: ``8/side 20kg Lrir3 Rrir0 Rknee``.
``/side`` applies to reps, holds or metres; a load is always per implement.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from msgspec.structs import replace

from tui.domain.model.notation_group import EXAMPLE, MOST_SETS, Group, NotationError, Written
from tui.domain.model.text import clean
from tui.domain.model.units import load_text, plain
from tui.domain.model.validation import LIMIT
from tui.domain.model.values import MEASURES, Kind, Measures, SetEntry, SetKind, SetPlan, Side

__all__ = ["NotationError", "Written", "amount", "parse", "planned", "show", "written"]

# The longest possible set takes 265 characters, so whatever show returns can be parsed again.
LONGEST = 280 * MOST_SETS
KINDS = list(SetKind)


def parse(text: str, kind: Kind | None = None, *, single: bool = False) -> tuple[Written, ...]:
    """The typed sets as rows, one for each side of each set: warm-ups first, then work sets, each
    kind numbered from 1.

    ``kind`` tells holds from other timed work. With ``single`` the text is one set, so that
    ``8x5s`` is a cluster and not eight sets. Raises NotationError.
    """
    body, _, note = text.partition("#")
    if len(body) > LONGEST:
        raise NotationError(f"too long for a line of sets; {EXAMPLE}")
    rows: list[Written] = []
    for group in body.split(";"):
        more = Group(group, kind, single).rows()
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


def written(row: SetEntry) -> Written:
    """A logged row in the form it would have been typed."""
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
    """Rows in the shortest notation that :func:`parse` reads back, without notes, warm-ups first,
    loads in ``unit``. Sets left undone are omitted. A single set is shown the way ``single`` reads
    it: ``8x5s``, not ``1x8x5s``."""
    ordered = sorted(rows, key=lambda row: (*_place(row), row.side))
    sets = [tuple(group) for _, group in groupby(ordered, key=_place)]
    groups = (tuple(group) for _, group in groupby(sets, key=_shared))
    shown = (_show_group(group, unit, single=len(sets) == 1) for group in groups)
    return "; ".join(filter(None, shown))


def _place(row: Written) -> tuple[int, int]:
    """The set a row belongs to, as a sort key: each kind of set is numbered separately, and
    warm-ups come first."""
    return KINDS.index(row.kind), row.number


def _shared(rows: tuple[Written, ...]) -> tuple[object, ...]:
    """What sets must have in common to be shown as one group."""
    loads = tuple((row.side, row.measures.load_kg) for row in rows)
    bare = tuple(amount(row.measures) == "" for row in rows)
    return loads, rows[0].kind, tuple(map(_said, rows)), bare


def _said(row: Written) -> tuple[object, ...]:
    """The marks of a row: tempo, pause, RIR, effort, pain and flags."""
    m = row.measures
    return m.tempo_s, m.pause_s, row.rir, row.effort, row.pain, row.flags


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
    # The parser refuses marks for a side that has no amount.
    told = [row for row in first if amount(row.measures)] or first
    return " ".join(word for word in [*words, *_marks(told)] if word)


def _amounts(column: Sequence[str], *, single: bool) -> str:
    """The amounts of a group's sets in notation; either all sets have an amount or none."""
    if not any(column):
        return ""
    # Unless the set is parsed with ``single``, 8x5s would mean eight sets of five seconds.
    if len(set(column)) == 1 and (len(column) > 1 or ("x" in column[0] and not single)):
        return f"{len(column)}x{column[0]}"
    return ",".join(column)


def _marks(rows: Sequence[Written]) -> list[str]:
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


def _sided(rows: Sequence[Written], words: Sequence[Sequence[str]]) -> list[str]:
    """The words of each side behind its letter, or the words once if the sides agree."""
    if all(mine == words[0] for mine in words):
        return list(words[0])
    sides = [row.side.value[0].upper() for row in rows]
    return [f"{side}{word}" for side, mine in zip(sides, words, strict=True) for word in mine]


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


def planned(sets: Iterable[SetPlan], unit: str = "kg") -> str:
    """Planned sets in the notation, as they would be typed once done as planned."""
    return show(
        (
            Written(number=s.number, side=g.side, measures=g.measures, kind=s.kind)
            for s in sets
            for g in s.goals
        ),
        unit,
    )
