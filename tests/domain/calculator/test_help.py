"""Sets that a machine or a band helped with: the reps go up, the help comes down by the runner."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import examples
from tui.bootstrap import shipped_library
from tui.domain.calculator import Advice, Setup, fold, prescribe
from tui.domain.calculator.advice import Action
from tui.domain.calculator.bouts import plan_of
from tui.domain.model.values import Entry, Measures, Session, SetEntry, Side

LIBRARY = shipped_library()
SETUP = Setup(library=LIBRARY)
DAY = date(2026, 10, 5)
M = Measures


def session(
    done: Sequence[Measures], after: int, plan: Measures | None = None, exercise: str = "push-up"
) -> Session:
    day = DAY + timedelta(days=after)
    rows = tuple(
        SetEntry(
            id=f"{number}",
            edited="",
            number=number,
            side=Side.BOTH,
            done=measures,
            prescribed=plan,
            rir=2,
        )
        for number, measures in enumerate(done, start=1)
    )
    started = datetime(day.year, day.month, day.day, 18, tzinfo=UTC)
    entry = Entry(id="e", edited="", exercise=exercise, sets=rows)
    return Session(id=str(after), edited="", started=started, finished=started, entries=(entry,))


def following(*sessions: Session, exercise: str = "push-up") -> Advice:
    last = max(one.day for one in sessions)
    state = fold(SETUP, sessions)
    return prescribe(SETUP, state, LIBRARY.exercises[exercise], last + timedelta(days=3))


def asked(advice: Advice) -> Measures:
    return advice.plan.sets[0].goals[0].measures


def codes(advice: Advice) -> set[str]:
    return {reason.code for reason in advice.reasons}


def test_a_clean_session_asks_for_one_rep_more_with_the_same_help() -> None:
    advice = following(session([M(reps=8, assist_kg=20)] * 3, 0))
    assert asked(advice) == M(reps=9, assist_kg=20)
    assert advice.action is Action.INCREASE


def test_the_top_twice_asks_for_less_help_and_fewer_reps_not_for_a_harder_exercise() -> None:
    high = LIBRARY.exercises["push-up"].doses[SETUP.profile.level(DAY)].reps_top or 0
    plan = M(reps=high, assist_kg=20)
    advice = following(*(session([plan] * 3, day, plan) for day in (0, 3)))
    assert (advice.variant, advice.action) == ("push-up", Action.INCREASE)
    assert asked(advice) == M(reps=high - 4, assist_kg=20)
    assert "LESS_HELP" in codes(advice)
    # She takes less of it for so many reps, and it goes on from there.
    advice = following(
        *(session([plan] * 3, day, plan) for day in (0, 3)),
        session([M(reps=high - 4, assist_kg=15)] * 3, 6, asked(advice)),
    )
    assert asked(advice) == M(reps=high - 3, assist_kg=15)


@pytest.mark.parametrize(
    ("done", "plan", "counts_as"),
    [
        (M(reps=8, assist_kg=15), M(reps=8, assist_kg=20), M(reps=8, assist_kg=15)),
        (M(reps=8), M(reps=8, assist_kg=20), M(reps=8)),
        (M(reps=8, load_kg=5), M(reps=8, assist_kg=20), M(reps=8, load_kg=5)),
        (M(reps=6, assist_kg=15), M(reps=8, assist_kg=20), M(reps=8, assist_kg=20)),
        (M(reps=8, assist_kg=25), M(reps=8, assist_kg=20), M(reps=8, assist_kg=20)),
        (M(reps=8, assist_kg=25), M(reps=8), M(reps=8, assist_kg=25)),
        (M(reps=8, assist_kg=25), M(reps=8, load_kg=5), M(reps=8, load_kg=5)),
    ],
)
def test_less_help_for_as_many_reps_is_what_counts(
    done: Measures, plan: Measures, counts_as: Measures
) -> None:
    [row] = session([done], 0, plan).entries[0].sets
    assert plan_of(row) == counts_as


def test_more_help_than_planned_is_lighter_and_the_plan_stays() -> None:
    plan = M(reps=8, assist_kg=20)
    advice = following(
        session([plan] * 3, 0, plan), session([M(reps=8, assist_kg=30)] * 3, 3, plan)
    )
    assert asked(advice) == plan
    assert "LIGHTER_THAN_PLANNED" in codes(advice)


def test_sets_with_help_behind_those_without_change_nothing() -> None:
    alone, band = M(reps=9), M(reps=12, assist_kg=20)
    assert asked(following(session([alone, alone, band], 0))) == M(reps=10)
    lifted = M(reps=5, load_kg=60)
    advice = following(session([lifted] * 3 + [band], 0, exercise="back-squat"),
                       exercise="back-squat")  # fmt: skip
    assert (asked(advice).load_kg or 0) >= 60
    # Where help was planned, one set without it does not undo the plan.
    plan = M(reps=8, assist_kg=20)
    advice = following(session([M(reps=8), plan, plan], 0, plan))
    assert asked(advice) == M(reps=9, assist_kg=20)


def test_help_in_a_heavy_lift_says_nothing_of_its_maximum_and_gets_no_load() -> None:
    for name in ("back-squat", "split-squat"):
        sessions = [session([M(reps=5, assist_kg=20)] * 3, day, exercise=name) for day in (0, 3)]
        assert not fold(SETUP, sessions).histories[name].trackers
        advice = following(*sessions, exercise=name)
        assert {goal.measures.load_kg for one in advice.plan.sets for goal in one.goals} == {None}


HELPED = st.lists(
    st.tuples(st.integers(3, 20), st.sampled_from([5.0, 12.5, 20.0]), st.integers(1, 9)),
    min_size=1,
    max_size=6,
)


@given(HELPED, st.sampled_from(["push-up", "glute-bridge", "back-squat", "seated-calf-raise"]))
@examples(30)
def test_after_help_there_is_never_a_load(told: list[tuple[int, float, int]], name: str) -> None:
    day, sessions = 0, []
    for reps, help_kg, gap in told:
        day += gap
        sessions.append(session([M(reps=reps, assist_kg=help_kg)] * 3, day, exercise=name))
    advice = following(*sessions, exercise=name)
    if advice.variant == name:
        for one in advice.plan.sets:
            for goal in one.goals:
                assert goal.measures.load_kg is None
                assert goal.measures.assist_kg in {kg for _, kg, _ in told}
