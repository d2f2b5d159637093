"""Amend a set by typing only what was different.

    7              7 reps; of a hold 7 seconds, of short holds 7 of them, of jumps 7, of a carry 7 m
    62.5kg 62,5 kg that weight
    a20kg 20 kg help   so much help, and no weight
    rir2 2 spare pain 3 slow    what is said of the set
    L8 R6          of each side; of one side alone the other stays
    4s             of short holds: the seconds of each
    6 60kg         all of it: what stood and is not said again is gone

Whatever is not typed stays as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from tui.domain.model.notation import NotationError, Written
from tui.domain.model.notation_group import Group, example
from tui.domain.model.notation_spelling import NUMBER
from tui.domain.model.text import clean
from tui.domain.model.validation import LIMIT
from tui.domain.model.values import FLAGS, MEASURES, Kind, Measures, Side

AMOUNTS = ("reps", "holds", "hold_s", "contacts", "distance_m", "duration_s")
# As in 62,5; nobody writes 8,60 for 8.6, but for 8 reps with 60 kg.
DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d{0,2}[1-9](?!\d))")
ONE_SET = "That is more than one set. Write one, like 8 60kg rir2."


def amend(
    standing: Sequence[Written],
    typed: str,
    kind: Kind | None = None,
    *,
    unit: str = "kg",
    feet: int | None = None,
) -> tuple[Written, ...]:
    """The sides of one set as they are with what was ``typed``; nothing typed changes nothing.

    A number alone counts what the set counts: reps, jumps, metres, the holds of a cluster (the
    seconds of each are the clock's), the seconds of a single hold. An amount with a weight is a
    whole notation, if it also says the tempo and the pause that stand: it replaces the set and all
    that was said of it.

    ``unit`` is the runner's, kg or lb; ``feet`` land in a jump. Raises NotationError with what to
    write.
    """
    body, _, note = typed.partition("#")
    body, note = DECIMAL_COMMA.sub(".", body), clean(note.strip())
    if not body.strip():
        return tuple(replace(row, note=note or row.note) for row in standing)
    stands = standing[0].measures
    _refuse_bare(body, stands, unit)
    if ";" in body:
        raise NotationError(ONE_SET)
    group = Group(body, kind, single=True, bare=_bare(stands))
    if stands.duration_s is not None and any(m.reps is not None for m in _amounts(group)):
        raise NotationError("Say s or min, like 30s or 2min.")
    if any(len(amounts) > 1 for amounts in group.work.values()) or any(
        len(loads) > 1 for loads in group.loads.values()
    ):
        raise NotationError(ONE_SET)
    if _is_whole(group, standing):
        worked = group.kind_of_set or standing[0].kind
        rows = [replace(row, number=standing[0].number, kind=worked) for row in group.rows()]
    else:
        rows = _merged(group, standing)
    if any((getattr(row.measures, name) or 0) > LIMIT for row in rows for name in MEASURES):
        raise NotationError(f"A number is too big to be true. {example(kind)}")
    per_jump = feet or _feet(stands)
    return tuple(
        replace(row, measures=_landed(row.measures, per_jump), note=note or row.note)
        for row in rows
    )


def _refuse_bare(body: str, stands: Measures, unit: str) -> None:
    """Refuse a broken number alone where whole things are counted."""
    if stands.holds is None and (stands.hold_s or stands.distance_m or stands.duration_s):
        return
    if re.fullmatch(NUMBER, body := body.strip()) and "." in body:
        counted = "holds (6)" if stands.holds is not None else "reps (8)"
        raise NotationError(
            f"{body} what? {unit} for a weight ({body} {unit}), nothing for {counted}."
        )


def _bare(stands: Measures) -> str:
    """What a number without a unit counts, as :class:`Group` names it."""
    if stands.holds is not None:
        return "holds"
    if stands.hold_s is not None:
        return "s"
    return "m" if stands.distance_m is not None and stands.reps is None else ""


def _amounts(group: Group) -> list[Measures]:
    return [m for of_side in group.work.values() for m in of_side]


def _is_whole(group: Group, standing: Sequence[Written]) -> bool:
    """Whether a typed group says a set in full."""
    stands = standing[0].measures
    said = {name for name, _ in group.marks}
    sides = {row.side for row in standing}
    return (
        bool(group.loads or group.help)
        and (Side.BOTH in group.work or sides <= group.work.keys())
        and all(m.holds is None or m.hold_s is not None for m in _amounts(group))
        and ("t" in said or stands.tempo_s is None)
        and ("p" in said or stands.pause_s is None)
    )


def _merged(group: Group, standing: Sequence[Written]) -> list[Written]:
    """The standing sides with what a group says of each."""
    if Side.BOTH in group.work and len(group.work) > 1:
        raise NotationError("Write either one amount, or L and R: L8 R6.")
    sides = {row.side: row for row in standing}
    named = ({*group.work} | {*group.loads} | {*group.help}) - {Side.BOTH}
    told = {side for _, side in (*group.marks, *group.flags)} - {Side.BOTH}
    if both := sides.get(Side.BOTH):
        if named or group.per_side:
            sides = {side: replace(both, side=side) for side in (Side.LEFT, Side.RIGHT)}
    else:
        for side in named - sides.keys():
            sides[side] = replace(
                standing[0], side=side, rir=None, effort=None, pain=None, flags=(), note=""
            )
    if told - sides.keys():
        raise NotationError("What is said of one side needs both: 8/side, or L8 R8.")
    order = [side for side in Side if side in sides]
    return [_with_said(group, sides[side]) for side in order]


def _with_said(group: Group, row: Written) -> Written:
    """One side with what a group says of it."""
    said, shared = group.common(row.side)
    measures = replace(row.measures, **{k: v for k, v in shared.items() if v is not None})
    if shared["assist_kg"] is not None:
        measures = replace(measures, load_kg=None)
    for load_kg in group.loads.get(row.side) or group.loads.get(Side.BOTH, []):
        measures = replace(measures, load_kg=load_kg, assist_kg=None)
    for amount in group.work.get(row.side) or group.work.get(Side.BOTH, []):
        measures = _with_amount(measures, amount)
    marks: dict[str, Any] = {
        name: value
        for name in ("rir", "effort", "pain")
        if (value := getattr(said, name)) is not None
    }
    flags = tuple(flag for flag in FLAGS if flag in row.flags or flag in said.flags)
    kind = group.kind_of_set or row.kind
    return replace(row, measures=measures, kind=kind, flags=flags, **marks)


def _with_amount(m: Measures, said: Measures) -> Measures:
    """Measures with another amount of work; holds and their seconds can be said apart."""
    if said.holds is not None and said.hold_s is None:
        return replace(m, holds=said.holds)
    if said.hold_s is not None and said.holds is None and m.holds is not None:
        return replace(m, hold_s=said.hold_s)
    return replace(m, **{name: getattr(said, name) for name in AMOUNTS})


def _feet(m: Measures) -> int | None:
    """The contacts of one jump in a set that counts both; None if it does not."""
    return m.contacts // m.reps if m.contacts and m.reps else None


def _landed(m: Measures, feet: int | None) -> Measures:
    """A set of jumps with their contacts; unchanged if it is of anything else."""
    if feet is None or m.reps is None:
        return m
    return replace(m, contacts=m.reps * feet)
