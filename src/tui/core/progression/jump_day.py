"""The jumps of one session: its budget of foot contacts, divided among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from tui.core.model import Dose, Exercise, Kind, Sides
from tui.core.progression import jumps
from tui.core.progression.question import question
from tui.core.progression.state import Setup, State


def session_jumps(
    setup: Setup,
    state: State,
    work: Sequence[tuple[Exercise, Dose]],
    today: date,
    *,
    deload: bool = False,
) -> dict[str, int]:
    """The foot contacts of each jump of a session, by exercise: the budget of its hardest jump that
    may be done, divided as the programme's doses say; 0 for those that must wait, empty where the
    session has no jumps."""
    asked = [
        (dose, question(setup, state, exercise, today, dose, deload=deload))
        for exercise, dose in work
        if exercise.kind is Kind.PLYOMETRIC
    ]
    if not asked:
        return {}
    # Where none may be done, the first is; the rope takes its place.
    able = [found for found in asked if jumps.waits(found[1]) is None] or asked[:1]
    hardest = max((ask for _, ask in able), key=lambda ask: jumps.tier_of(ask.exercise))
    _, total, _ = jumps.budget(hardest)
    wanted = {
        ask.exercise.id: (dose.measures.contacts or 0)
        * dose.sets
        * (1 if ask.exercise.sides is Sides.BOTH else 2)
        for dose, ask in able
    }
    exercises = {ask.exercise.id: ask.exercise for _, ask in able}
    shared = shares(exercises, wanted, total)
    return {ask.exercise.id: shared.get(ask.exercise.id, 0) for _, ask in asked}


def shares(
    exercises: Mapping[str, Exercise], wanted: Mapping[str, int], total: int
) -> dict[str, int]:
    """The budget of a session, ``total`` contacts, divided among its jumps in the proportions that
    the programme gives them (contacts by exercise); box jumps have thirty at most."""
    left = dict(wanted)
    made: dict[str, int] = {}
    if jumps.BOX in left and len(left) > 1:
        share = total * left[jumps.BOX] // sum(left.values())
        made[jumps.BOX] = min(jumps.BOX_CONTACTS, share) // 2 * 2
        del left[jumps.BOX]
        total -= made[jumps.BOX]
    weight = sum(left.values())
    for name in sorted(left, key=lambda name: exercises[name].jump_feet or 1, reverse=True):
        step = 2  # A landing on both feet, or one on each.
        share = total if weight == left[name] else total * left[name] // weight
        made[name] = share // step * step
        total -= made[name]
        weight -= left[name]
    return {name: made[name] for name in wanted}
