"""A planned set becomes exactly the phases that a coach with a stopwatch would call out."""

from __future__ import annotations

from itertools import pairwise
from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.model.values import Goal, Kind, Measures, SetPlan, Side, Sides
from tui.domain.session.cadence import (
    MOST,
    WORKING,
    Pace,
    Phase,
    PhaseKind,
    compile_set,
    exact,
    rest_only,
)

READY, HOLD, RELEASE, SWITCH, LOWER, RESET, WORK, REST, _ = PhaseKind
BOTH, LEFT, RIGHT = Side


def plan(both: Measures | None = None, **sides: Measures) -> SetPlan:
    goals = [Goal(side=BOTH, measures=both)] if both is not None else []
    goals += [Goal(side=Side(side), measures=measures) for side, measures in sides.items()]
    return SetPlan(number=1, goals=tuple(goals))


def short(timeline: tuple[Phase, ...]) -> str:
    """One word per phase, as in ``ready5 holdL1/8:5 switchR2``."""
    words = []
    for phase in timeline:
        side = "" if phase.side is BOTH else phase.side.value[0].upper()
        count = f"{phase.index}/{phase.of}:" if phase.of > 1 else ""
        length = "~" if phase.target_s is None else f"{phase.target_s:g}"
        words.append(f"{phase.kind.value}{side}{count}{length}")
    return " ".join(words)


EIGHT_FIVES = Measures(holds=8, hold_s=5)


def test_eight_fives_a_leg_alternate_hold_by_hold() -> None:
    made = compile_set(
        plan(left=EIGHT_FIVES, right=EIGHT_FIVES), Kind.CLUSTER, Sides.ALTERNATING, 60
    )
    pairs: list[Phase] = []
    for n in range(1, 9):
        pairs += [
            Phase(SWITCH, 2, LEFT),
            Phase(HOLD, 5, LEFT, n, 8),
            Phase(SWITCH, 2, RIGHT),
            Phase(HOLD, 5, RIGHT, n, 8),
        ]
    assert made == (Phase(READY, 5), *pairs[1:], Phase(REST, 60))


def test_eight_fives_a_side_are_eight_left_a_change_and_eight_right() -> None:
    made = compile_set(plan(left=EIGHT_FIVES, right=EIGHT_FIVES), Kind.CLUSTER, Sides.PER_SIDE, 60)
    one_side = {}
    for side in (LEFT, RIGHT):
        holds = [
            p for n in range(1, 9) for p in (Phase(RELEASE, 2, side), Phase(HOLD, 5, side, n, 8))
        ]
        one_side[side] = holds[1:]
    change = Phase(SWITCH, 5, RIGHT)
    assert made == (Phase(READY, 5), *one_side[LEFT], change, *one_side[RIGHT], Phase(REST, 60))


FORTY, THIRTY_FIVE = Measures(hold_s=40), Measures(hold_s=35)
TEN_DOWN = Measures(reps=2, tempo_s=10)
REPS, TIMED = Measures(reps=10, load_kg=20), Measures(duration_s=30)
METRES, CONTACTS = Measures(distance_m=40, load_kg=16), Measures(contacts=20, reps=10)

WORKED = [
    (
        "cluster, both sides together",
        (plan(Measures(holds=3, hold_s=5)), Kind.CLUSTER, Sides.BOTH),
        "ready5 hold1/3:5 release2 hold2/3:5 release2 hold3/3:5",
    ),
    (
        "the side with more holds goes on alone",
        (
            plan(left=Measures(holds=3, hold_s=5), right=Measures(holds=1, hold_s=6)),
            Kind.CLUSTER,
            Sides.ALTERNATING,
        ),
        "ready5 holdL1/3:5 switchR2 holdR6 switchL2 holdL2/3:5 releaseL2 holdL3/3:5",
    ),
    (
        "a wall sit",
        (plan(Measures(hold_s=45)), Kind.HOLD, Sides.BOTH),
        "ready5 hold45",
    ),
    (
        "one hold a side, of different length",
        (plan(left=FORTY, right=THIRTY_FIVE), Kind.HOLD, Sides.PER_SIDE),
        "ready5 holdL40 switchR5 holdR35",
    ),
    (
        "one hold a side in turns is a change of whole sides",
        (plan(left=FORTY, right=THIRTY_FIVE), Kind.HOLD, Sides.ALTERNATING),
        "ready5 holdL40 switchR5 holdR35",
    ),
    (
        "slow lowerings, both legs",
        (plan(Measures(reps=5, tempo_s=5)), Kind.ECCENTRIC, Sides.BOTH),
        "ready5 lower1/5:5 reset3 lower2/5:5 reset3 lower3/5:5 reset3 lower4/5:5 reset3 lower5/5:5",
    ),
    (
        "slow lowerings, leg by leg",
        (plan(left=TEN_DOWN, right=TEN_DOWN), Kind.ECCENTRIC, Sides.PER_SIDE),
        "ready5 lowerL1/2:10 resetL3 lowerL2/2:10 switchR5 lowerR1/2:10 resetR3 lowerR2/2:10",
    ),
    (
        "slow lowerings in turns leave the time to get back up",
        (plan(left=TEN_DOWN, right=TEN_DOWN), Kind.ECCENTRIC, Sides.ALTERNATING),
        "ready5 lowerL1/2:10 switchR3 lowerR1/2:10 switchL3 lowerL2/2:10 switchR3 lowerR2/2:10",
    ),
    ("reps", (plan(REPS), Kind.LOADED, Sides.BOTH), "ready5 work~"),
    (
        "reps a side",
        (plan(left=REPS, right=REPS), Kind.LOADED, Sides.PER_SIDE),
        "ready5 workL~ workR~",
    ),
    (
        "reps in turns",
        (plan(left=REPS, right=REPS), Kind.BODYWEIGHT, Sides.ALTERNATING),
        "ready5 work~",
    ),
    (
        "one more set for the weaker side of reps in turns",
        (plan(left=REPS), Kind.BODYWEIGHT, Sides.ALTERNATING),
        "ready5 workL~",
    ),
    (
        "carry by distance",
        (plan(left=METRES, right=METRES), Kind.CARRY, Sides.PER_SIDE),
        "ready5 workL~ workR~",
    ),
    (
        "carry by time",
        (plan(left=TIMED, right=TIMED), Kind.CARRY, Sides.PER_SIDE),
        "ready5 workL30 switchR5 workR30",
    ),
    ("jumps", (plan(CONTACTS), Kind.PLYOMETRIC, Sides.BOTH), "ready5 work~"),
    ("rope by time", (plan(TIMED), Kind.PLYOMETRIC, Sides.BOTH), "ready5 work30"),
    ("mobility by reps", (plan(REPS), Kind.MOBILITY, Sides.BOTH), "ready5 work~"),
    (
        "a stretch",
        (plan(left=FORTY, right=FORTY), Kind.MOBILITY, Sides.PER_SIDE),
        "ready5 holdL40 switchR5 holdR40",
    ),
    (
        "reps with a pause in them are reps",
        (plan(Measures(reps=10, hold_s=2)), Kind.BODYWEIGHT, Sides.BOTH),
        "ready5 work~",
    ),
    (
        "a tempo squat goes at the runner's own pace",
        (plan(Measures(reps=5, tempo_s=3)), Kind.LOADED, Sides.BOTH),
        "ready5 work~",
    ),
    (
        "holds of no stated length",
        (plan(Measures(holds=2)), Kind.CLUSTER, Sides.BOTH),
        "ready5 hold1/2:~ hold2/2:~",
    ),
    (
        "lowerings of no stated number",
        (plan(Measures(tempo_s=10)), Kind.ECCENTRIC, Sides.BOTH),
        "ready5 lower10",
    ),
    ("nothing stated", (plan(Measures()), Kind.HOLD, Sides.BOTH), "ready5 work~"),
    (
        "zeros",
        (plan(Measures(reps=0, holds=0, hold_s=0)), Kind.CLUSTER, Sides.BOTH),
        "ready5 work~",
    ),
    (
        "a side of less than nothing is still a side",
        (plan(left=Measures(holds=-1), right=FORTY), Kind.HOLD, Sides.PER_SIDE),
        "ready5 workL~ switchR5 holdR40",
    ),
    ("no goals", (plan(), Kind.CLUSTER, Sides.ALTERNATING), "ready5 work~"),
    (
        "a slipped digit",
        (plan(Measures(holds=MOST + 1, hold_s=5)), Kind.CLUSTER, Sides.BOTH),
        "ready5 work~",
    ),
]


@pytest.mark.parametrize(
    ("given_plan", "expected"), [case[1:] for case in WORKED], ids=[case[0] for case in WORKED]
)
def test_worked_cases(given_plan: tuple[SetPlan, Kind, Sides], expected: str) -> None:
    assert short(compile_set(*given_plan, rest_s=0)) == expected


def test_each_pause_has_its_own_length_and_none_leaves_it_out() -> None:
    pace = Pace(ready_s=0, release_s=1, reset_s=0, turn_s=4, change_s=0)
    two = Measures(holds=2, hold_s=5)
    per_side = compile_set(plan(left=two, right=two), Kind.CLUSTER, Sides.PER_SIDE, 0, pace)
    assert short(per_side) == "holdL1/2:5 releaseL1 holdL2/2:5 holdR1/2:5 releaseR1 holdR2/2:5"
    in_turns = compile_set(plan(left=two, right=two), Kind.CLUSTER, Sides.ALTERNATING, 0, pace)
    assert (
        short(in_turns) == "holdL1/2:5 switchR4 holdR1/2:5 switchL4 holdL2/2:5 switchR4 holdR2/2:5"
    )
    down = compile_set(plan(TEN_DOWN), Kind.ECCENTRIC, Sides.BOTH, 0, pace)
    assert short(down) == "lower1/2:10 lower2/2:10"


@pytest.mark.parametrize("rest_s", [0, -1, nan, inf])
def test_no_rest_is_no_phase(rest_s: float) -> None:
    assert rest_only(rest_s) == ()
    assert short(compile_set(plan(REPS), Kind.LOADED, Sides.BOTH, rest_s)) == "ready5 work~"


def test_rest_alone() -> None:
    assert rest_only(120) == (Phase(REST, 120),)


def test_labels() -> None:
    phases = {
        "GET READY": Phase(READY, 5),
        "HOLD left 3/8": Phase(HOLD, 5, LEFT, 3, 8),
        "HOLD 2/3": Phase(HOLD, 5, BOTH, 2, 3),
        "HOLD right": Phase(HOLD, 40, RIGHT),
        "CHANGE to right": Phase(SWITCH, 2, RIGHT),
        "RELEASE": Phase(RELEASE, 2, LEFT),
        "LOWER left 2/5": Phase(LOWER, 10, LEFT, 2, 5),
        "RESET": Phase(RESET, 3, LEFT),
        "WORK": Phase(WORK),
        "REST": Phase(REST, 90),
    }
    assert [phase.label for phase in phases.values()] == list(phases)


def test_exact_keeps_to_a_grain_that_adds_without_error() -> None:
    assert exact(4.9999998) == 5.0
    assert exact(-3) == exact(nan) == 0.0
    assert exact(inf) == exact(1e300) == 1e9
    assert sum([exact(0.1)] * 1000) == 1000 * exact(0.1)


numbers = st.none() | st.integers(-5, 200_000) | st.floats()
counts = st.none() | st.integers(-5, 120) | st.just(100_000)
any_measures = st.builds(
    Measures,
    load_kg=numbers,
    reps=counts,
    holds=counts,
    hold_s=numbers,
    tempo_s=numbers,
    contacts=counts,
    distance_m=numbers,
    duration_s=numbers,
)
any_plan = st.builds(
    SetPlan,
    number=st.just(1),
    goals=st.lists(
        st.builds(Goal, side=st.sampled_from(Side), measures=any_measures), max_size=3
    ).map(tuple),
)


@given(any_plan, st.sampled_from(Kind), st.sampled_from(Sides), st.floats(), st.booleans())
def test_any_plan_at_all_becomes_a_timeline(
    planned: SetPlan, kind: Kind, sides: Sides, rest_s: float, ready: bool
) -> None:
    made = compile_set(planned, kind, sides, rest_s, Pace(ready_s=5 if ready else 0))
    working = [phase for phase in made if phase.kind in WORKING]
    assert working
    assert len(made) <= 2 * len(working) + 1
    assert all(phase.target_s is None or 0 < phase.target_s <= 86_400 for phase in made)
    for phase, following in pairwise(made):
        if phase.kind not in WORKING:
            assert following.kind in WORKING
        elif following.kind in (HOLD, LOWER) and following.target_s is not None:
            pytest.fail("a timed effort with no time to get ready for it")


@given(any_plan, st.sampled_from(Kind))
def test_each_side_has_its_efforts_and_turns_only_reorder_them(
    planned: SetPlan, kind: Kind
) -> None:
    in_turns = compile_set(planned, kind, Sides.ALTERNATING, 0)
    in_rows = compile_set(planned, kind, Sides.PER_SIDE, 0)
    if planned.goals:
        assert {p.side for p in in_rows if p.kind in WORKING} == {g.side for g in planned.goals}
    holds = [[p for p in made if p.kind in (HOLD, LOWER)] for made in (in_turns, in_rows)]
    assert sorted(map(repr, holds[0])) == sorted(map(repr, holds[1]))
