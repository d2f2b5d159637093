"""No reason contradicts the numbers beside it, whatever the log."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from hypothesis import given

from tests.domain.calculator.logs import LIBRARY, Case, Deed, cases, trained
from tests.strategies import FIRST_DAY, examples
from tui.domain.calculator import Advice, Setup
from tui.domain.calculator.advice import Action, Reason
from tui.domain.calculator.bouts import plan_of
from tui.domain.calculator.claims import CONDITIONS, sayable
from tui.domain.calculator.reasons import WORDS, brief, sentence, why
from tui.domain.calculator.rule_context import rule_context
from tui.domain.model.values import Kind, Measures

FEWER = examples(40)
SAME_AGAIN = {code for code, words in WORDS.items() if "the same again" in words.text} - {
    # A guard that only holds: what it holds at is its own matter, as the dose may be lower still.
    "LAYOFF_11_17",
}
RISING = (Action.INCREASE, Action.VARIANT_UP)
# A measure that a sentence tells, by its code and fact.
TOLD = {
    ("MORE_REPS", "reps"): "reps",
    ("LONGER", "seconds"): "hold_s",
    ("FURTHER", "metres"): "distance_m",
    ("NEXT_LOAD", "load"): "load_kg",
    ("NEXT_RUNG", "seconds"): "hold_s",
    ("SLOWER", "seconds"): "tempo_s",
    ("START_SHARE", "load"): "load_kg",
    ("ESTIMATE", "load"): "load_kg",
    ("ESTIMATE", "reps"): "reps",
    ("HURT_AT", "load"): "load_kg",
    ("BACK_TOWARDS", "load"): "load_kg",
    ("BACK_UP", "load"): "load_kg",
}


def first(advice: Advice) -> Measures:
    return advice.plan.sets[0].goals[0].measures if advice.plan.sets else Measures()


def heaviest(measures: list[Measures]) -> float:
    return max((m.load_kg or 0.0 for m in measures), default=0.0)


@FEWER
@given(cases(least=1))
def test_something_is_said_and_read_in_two_seconds(case: Case) -> None:
    advice = case.advice()
    assert why(advice, LIBRARY)
    short = brief(advice, LIBRARY)
    assert short
    assert len(re.sub(r" \([^()]*\)$", "", short)) <= 90, short


@FEWER
@given(cases(least=1))
def test_the_same_again_is_never_more_than_last_time(case: Case) -> None:
    advice = case.advice()
    codes = {reason.code for reason in advice.reasons}
    if not codes & SAME_AGAIN or advice.variant != case.exercise.id:
        return
    assert advice.action not in RISING
    rows = case.last(advice.variant)
    before = [m for row in rows for m in (plan_of(row), row.done)]
    exercise = LIBRARY.exercises[advice.variant]
    if not before or exercise.kind is Kind.PLYOMETRIC:
        return
    planned = [goal.measures for one in advice.plan.sets for goal in one.goals]
    assert heaviest(planned) <= heaviest(before) + 0.01


@FEWER
@given(cases(least=1))
def test_what_is_told_of_the_plan_stands_in_the_plan(case: Case) -> None:
    advice = case.advice()
    measures = first(advice)
    for reason in advice.reasons:
        for name, value in reason.facts.items():
            key = TOLD.get((reason.code, name))
            if key == "hold_s" and measures.hold_s is None:
                key = "duration_s"
            if key is not None:
                told = getattr(measures, key)
                assert told is not None
                assert isinstance(value, int | float)
                assert abs(told - value) <= 0.06, (reason, measures)


@FEWER
@given(cases(least=1))
def test_so_much_lighter_than_last_time_is_true(case: Case) -> None:
    advice = case.advice()
    found = [reason for reason in advice.reasons if reason.code == "LIGHTER"]
    last = heaviest([row.done for row in case.last(advice.variant) if row.done.reps != 0])
    odd = {"ODD_LOAD", "ODD_REPS"} & {reason.code for reason in advice.reasons}
    if not found or not last or odd:
        return  # An odd set is not what it was last time.
    planned = [goal.measures for one in advice.plan.sets for goal in one.goals]
    assert heaviest(planned) < max(heaviest([r.done for r in case.last(advice.variant)]), last)


def test_every_condition_is_that_of_a_reason_there_is() -> None:
    assert CONDITIONS.keys() <= WORDS.keys()


@pytest.mark.parametrize("code", ["HOLD_EFFORT", "MISSED", "CONFIRM_TOP", "LIGHTER_THAN_PLANNED"])
def test_what_does_not_hold_is_not_said(code: str) -> None:
    case = next_case()
    context = rule_context(case.setup, case.state(), case.exercise, case.today)
    said = sayable([Reason(code)], Action.INCREASE, (Measures(reps=20),), context)
    assert [reason.code for reason in said] == ["GOES_ON"]
    assert sentence(said[0], LIBRARY).endswith(".")


def next_case() -> Case:
    """A runner who did what was asked of a lunge once."""
    setup = Setup(library=LIBRARY)
    lunge = LIBRARY.exercises["lunge"]
    log = trained(setup, [lunge], [Deed()])
    return Case(setup=setup, log=tuple(log), exercise=lunge, today=FIRST_DAY + timedelta(days=6))
