"""Warm-up sets before a lift, rising in load but below the work (trailrunner-lift asks for light
sets first; their loads and reps are the project's)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from tui.domain.calculator.loads import Inventory
from tui.domain.model.values import Exercise, Measures, SetKind, SetPlan

# The share of the work load, and reps.
RAMP = ((0.5, 5), (0.7, 3))
LAST_OF_RAMP = (0.85, 2)
BAR_REPS = 8
# In bar weights: half the work load from which the empty bar comes first, and the work load from
# which the last step is added.
WELL_ABOVE, FAR_ABOVE = 1.25, 3.0
Light = Callable[[float], float]  # Rounds a load in kg down to one that the runner has.


def ramp(
    work_kg: float, light: Light, *, heavy: bool, bar_kg: float | None
) -> list[tuple[float, int]]:
    """Loads in kg and reps of the warm-up sets before ``work_kg``: 50 % and 70 %; for a ``heavy``
    lift with a bar also the empty bar before and 85 % after, if they are far enough from the
    others. The loads always rise and stay below the work."""
    wanted: list[tuple[float, int]] = [(light(work_kg * share), reps) for share, reps in RAMP]
    if heavy and bar_kg is not None:
        if work_kg * RAMP[0][0] >= bar_kg * WELL_ABOVE:
            wanted.insert(0, (bar_kg, BAR_REPS))
        if work_kg >= bar_kg * FAR_ABOVE:
            share, reps = LAST_OF_RAMP
            wanted.append((light(work_kg * share), reps))
    rising: list[tuple[float, int]] = []
    for load, reps in wanted:
        if (rising[-1][0] if rising else 0.0) < load < work_kg:
            rising.append((load, reps))
    return rising


def warmup_sets(
    work: Sequence[SetPlan], light: Light, *, heavy: bool, bar_kg: float | None
) -> tuple[SetPlan, ...]:
    """The warm-up sets before these work sets; one short set if they have no load."""
    model = next((s for s in work if s.goals[0].measures.load_kg is not None), work[0])
    loads = [goal.measures.load_kg for goal in model.goals if goal.measures.load_kg]
    steps: list[tuple[float | None, int]] = [(None, RAMP[0][1])]
    if loads:
        steps = list(ramp(min(loads), light, heavy=heavy, bar_kg=bar_kg))
    return tuple(
        SetPlan(
            number=number,
            kind=SetKind.WARMUP,
            goals=tuple(replace(g, measures=_light(g.measures, load, reps)) for g in model.goals),
        )
        for number, (load, reps) in enumerate(steps, start=1)
    )


def lift_ramp(
    inventory: Inventory, exercise: Exercise, work: Sequence[SetPlan]
) -> tuple[SetPlan, ...]:
    """The warm-up sets of a heavy lift with the runner's equipment; none without a load."""
    loads = inventory.loads(exercise)
    if loads is None or not work or not work[0].goals[0].measures.load_kg:
        return ()
    bar = inventory.bar_of(exercise)
    return warmup_sets(work, loads.down, heavy=True, bar_kg=None if bar is None else bar.kg)


def _light(m: Measures, load: float | None, reps: int) -> Measures:
    """A warm-up set: reps capped at those of the work, or at five if the work has fewer."""
    most = max(m.reps or 0, RAMP[0][1])
    return replace(m, load_kg=load, reps=None if m.reps is None else min(reps, most))
