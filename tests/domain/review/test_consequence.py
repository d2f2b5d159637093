"""What a session changes most about the next one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.calculator import Advice
from tui.domain.calculator.advice import Action
from tui.domain.model.values import Prescription
from tui.domain.review.consequence import LESS, MORE, RESTS, consequence


def said(name: str, action: Action, rest_s: int = 60) -> Advice:
    plan = Prescription(sets=(), rest_s=rest_s)
    return Advice(exercise=name, variant=name, action=action, plan=plan)


@pytest.mark.parametrize(
    ("first", "second"),
    [(Action.REST, Action.DECREASE), (Action.DECREASE, Action.INCREASE)],
)
def test_what_must_change_comes_before_what_gets_more(first: Action, second: Action) -> None:
    before = said("x", Action.HOLD)
    advice = {"b": (before, said("b", second)), "a": (before, said("a", first))}
    found = consequence(advice, ())
    assert found is not None
    assert found.action is first


def test_a_set_that_fell_short_is_told_even_if_all_stays_the_same() -> None:
    same = said("a", Action.HOLD)
    more = (said("b", Action.HOLD), said("b", Action.INCREASE))
    assert consequence({"a": (same, same)}, ()) is None
    assert consequence({"b": more, "a": (same, same)}, {"a"}) is same


@given(st.lists(st.sampled_from(list(Action)), max_size=5))
def test_only_a_change_that_matters_is_told(actions: list[Action]) -> None:
    old = said("x", Action.START, 90)
    advice = {str(n): (old, said(str(n), action)) for n, action in enumerate(actions)}
    found = consequence(advice, ())
    wanted = (RESTS | LESS | MORE) & set(actions)
    assert (found is None) == (not wanted)
    assert found is None or found.action in wanted
