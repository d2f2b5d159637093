"""What holds for every answer, whatever the log."""

from __future__ import annotations

import json
import re
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.domain.calculator.logs import (
    LIBRARY,
    OTHER,
    WITH_LOAD,
    WITH_REPS,
    Case,
    cases,
    swapped,
)
from tests.strategies import examples
from tui.domain.calculator import Advice, State, advance, fold
from tui.domain.calculator.advice import Action
from tui.domain.calculator.bouts import Ease, plan_of
from tui.domain.calculator.guards import guards
from tui.domain.calculator.heavy import SEARCH
from tui.domain.calculator.lift_fold import lift_of
from tui.domain.model.values import Kind, Measures, Session, Side
from tui.present.advice import advice_doc, advice_lines

# An example is a whole log, folded set by set: two fifths of the usual number of them.
FEWER = examples(40)
AMOUNTS = ("reps", "holds", "hold_s", "tempo_s", "contacts", "distance_m", "duration_s")


def goals(advice: Advice) -> list[Measures]:
    return [goal.measures for one in advice.plan.sets for goal in one.goals]


def heaviest(measures: list[Measures]) -> float:
    return max((m.load_kg or 0.0 for m in measures), default=0.0)


def most(measures: list[Measures], name: str) -> float:
    return max((getattr(m, name) or 0 for m in measures), default=0)


# -- never too much --------------------------------------------------------------------------------


@FEWER
@given(cases(names=WITH_LOAD, least=1))
def test_no_load_is_more_than_a_tenth_or_one_owned_step_above_the_last(case: Case) -> None:
    """Of a lift a fifth more of what is moved, while its load is looked for."""
    advice = case.advice()
    exercise = LIBRARY.exercises[advice.variant]
    loads = case.setup.inventory.loads(exercise)
    last = heaviest([row.done for row in case.last(exercise.id)])
    history = case.state().histories.get(exercise.id)
    # After sessions planned to be easy it goes on from the last full one.
    if history is not None and history.last.ease is Ease.PLANNED:
        if exercise.loading == "heavy":
            return
        last = max(last, history.bouts[-1].done.load_kg or 0.0)
    if not last or loads is None:
        return
    if advice.action is Action.START:
        return  # Nothing of it was ever done for a rep.
    planned = heaviest(goals(advice))
    most = max(1.10 * last, loads.above(last) or 0.0, loads.lightest)
    if exercise.loading == "heavy" and history is not None and history.trackers:
        lift = lift_of(case.setup, case.state(), exercise, loads)
        doses = [one.dose or 0.0 for one in history.trackers.values()]
        most = max(most, lift.in_hand(lift.stepped(max(last, *doses), SEARCH)))
    assert planned <= most + 1e-9


@FEWER
@given(cases())
def test_every_load_can_be_put_together_and_every_exercise_done(case: Case) -> None:
    advice = case.advice()
    exercise = LIBRARY.exercises[advice.variant]
    if not advice.plan.sets:
        return
    assert case.setup.inventory.can_do(exercise)
    loads = case.setup.inventory.loads(exercise)
    # Where it is not stated what is owned, what was lifted is.
    lifted = {row.done.load_kg for one in case.log for row in case.rows(one, exercise.id)}
    for measures in goals(advice):
        load = measures.load_kg
        if loads is not None and load is not None and (loads.owned or load not in lifted):
            assert loads.down(load) == load
        for name in AMOUNTS:
            value = getattr(measures, name)
            assert value is None or value > 0, name


def no_higher(case: Case, advice: Advice) -> None:
    """Neither load nor amount exceeds that of the exercise's last session, or of the last full one
    before it, planned or done."""
    rows = case.last(advice.variant)
    history = case.state().histories.get(advice.variant)
    if history is not None and history.last.ease is Ease.PLANNED and history.bouts:
        rows += case.on(advice.variant, history.bouts[-1].day)
    last = [measures for row in rows for measures in (plan_of(row), row.done)]
    exercise = LIBRARY.exercises[advice.variant]
    # Of a lift without a load nothing is known: it begins with a ramp.
    unknown = exercise.loading == "heavy" and not any(m.load_kg for m in last)
    if not last or not advice.plan.sets or unknown:
        return
    planned = goals(advice)
    if any(m.load_kg for m in last):
        loads = case.setup.inventory.loads(exercise)
        assert heaviest(planned) <= max(heaviest(last), loads.lightest if loads else 0)
    names = AMOUNTS if exercise.kind is not Kind.PLYOMETRIC else ()
    if exercise.loading == "heavy":
        # With less load there may be more reps.
        top = heaviest(last)
        planned = [m for m in planned if (m.load_kg or 0.0) >= top]
    for name in names:
        assert most(planned, name) <= most(last, name), name


EASED = {"PAIN_HOLD", "PAIN_LESS", "PAIN_STOP", "TAPER", "STEP_DOWN", "DELOAD_PLANNED"}
NEVER_UP = (Action.INCREASE, Action.VARIANT_UP)


@FEWER
@given(cases(least=1, eased=True))
def test_under_pain_a_taper_or_an_easier_week_nothing_rises(case: Case) -> None:
    state = case.state()
    fired = guards(case.setup, state, case.exercise, case.today, deload=case.deload)
    advice = case.advice(state)
    known = {guard.reason.code for guard in fired.fired}
    if not known & EASED:
        return
    assert advice.action not in NEVER_UP
    if advice.variant == case.exercise.id:
        no_higher(case, advice)
        if case.exercise.kind is Kind.PLYOMETRIC and state.jumps and advice.plan.sets:
            assert sum(m.contacts or 0 for m in goals(advice)) <= state.jumps[-1].contacts


def each_side(advice: Advice) -> list[Measures]:
    return goals(advice)


@FEWER
@given(cases(names=WITH_REPS, least=2))
def test_after_a_miss_nothing_rises(case: Case) -> None:
    """A miss: fewer reps than planned at the planned load or more (except for heavy lifts, fewer
    than the bottom of the range), or a set left out without a reason."""
    name = case.exercise.id
    mine = [rows for one in case.log if (rows := case.rows(one, name))]
    if not mine or not any(row.undone is None for row in mine[-1]):
        return
    last = [row for row in mine[-1] if row.undone is None]
    plans = [plan_of(row) for row in last]
    bottoms = [dose.measures.reps or 0 for dose in case.exercise.doses.values()]
    least = 999 if case.exercise.loading == "heavy" else min(bottoms)
    missed = any(row.undone == "other" for row in mine[-1]) or any(
        (row.done.reps or 0) < min(plan.reps or 0, least)
        and (row.done.load_kg or 0) >= (plan.load_kg or 0)
        for row, plan in zip(last, plans, strict=True)
    )
    # Of a lift without a load nothing is known: it begins with its ramp again.
    unknown = case.exercise.loading == "heavy" and not any(row.done.load_kg for row in last)
    if unknown or not missed:
        return
    advice = case.advice()
    if {"ODD_LOAD", "ODD_REPS"} & {reason.code for reason in advice.reasons}:
        return  # What was missed does not count yet.
    assert advice.action not in NEVER_UP
    if advice.variant != case.exercise.id:
        return
    planned = goals(advice)
    if heaviest(plans):
        loads = case.setup.inventory.loads(case.exercise)
        assert heaviest(planned) <= max(heaviest(plans), 0.0 if loads is None else loads.lightest)
        same = [m for m in planned if m.load_kg == heaviest(plans)]
        assert most(same, "reps") <= most(plans, "reps")
    else:
        assert most(planned, "reps") <= most(plans, "reps")


SIZE = ("load_kg", "tempo_s", "hold_s", "reps", "holds", "contacts", "distance_m", "duration_s")


def size(measures: list[Measures]) -> tuple[float, ...]:
    """The size of a set: by load, then slowness, length and amount; of jumps, that of the whole, as
    fewer of them can make longer sets."""
    if jumped := sum(m.contacts or 0 for m in measures):
        return (float(jumped),)
    return max((tuple(getattr(m, name) or 0.0 for name in SIZE) for m in measures), default=())


def hurting(case: Case, pain: int) -> Case:
    """The same log with this much pain in the last set of the last session."""
    *before, last = case.log
    assert isinstance(last, Session)
    [entry] = last.entries
    *sets, end = entry.sets
    changed = replace(entry, sets=(*sets, replace(end, pain=pain)))
    return replace(case, log=(*before, replace(last, entries=(changed,))))


@FEWER
@given(cases(least=1), st.integers(0, 10), st.integers(0, 10))
def test_more_pain_never_gives_more(case: Case, one: int, other: int) -> None:
    last = case.log[-1]
    assert isinstance(last, Session)
    if not last.entries[0].sets:
        return
    less, more = (hurting(case, pain).advice() for pain in sorted((one, other)))
    assert len(more.plan.sets) <= len(less.plan.sets) or more.variant != less.variant
    if less.variant == more.variant:
        assert size(goals(more)) <= size(goals(less))
    if not less.plan.sets:
        assert not more.plan.sets or more.variant != case.exercise.id


# -- the same answer -------------------------------------------------------------------------------


@FEWER
@given(cases())
def test_the_same_question_has_the_same_answer(case: Case) -> None:
    state = case.state()
    assert case.advice(state) == case.advice(state) == case.advice()


@FEWER
@given(cases())
def test_folding_at_once_and_by_steps_is_the_same_and_a_state_can_be_kept(case: Case) -> None:
    state = State()
    for happening in case.log:
        kept = msgspec.json.decode(msgspec.json.encode(state), type=State)
        assert kept == state
        state = advance(case.setup, kept, happening)
    assert state == fold(case.setup, case.log) == fold(case.setup, case.log[::-1])
    assert case.advice(state) == case.advice()


@FEWER
@given(cases(least=1))
def test_deleting_the_last_session_gives_the_earlier_answer_back(case: Case) -> None:
    *before, last = case.log
    earlier = fold(case.setup, before)
    gone = fold(case.setup, [*before, replace(last, deleted=True)])
    assert gone == earlier
    assert case.advice(gone) == case.advice(earlier)


def by_side(advice: Advice, names: dict[Side, Side]) -> dict[tuple[int, Side], Measures]:
    return {
        (one.number, names[goal.side]): goal.measures
        for one in advice.plan.sets
        for goal in one.goals
    }


@FEWER
@given(cases(least=1))
def test_left_and_right_are_treated_alike(case: Case) -> None:
    here = case.advice()
    there = replace(case, log=swapped(case.log)).advice()
    alike = {side: side for side in Side}
    assert by_side(here, OTHER) == by_side(there, alike)
    assert (here.action, here.variant, here.estimate) == (
        there.action,
        there.variant,
        there.estimate,
    )
    assert [r.code for r in here.reasons] == [r.code for r in there.reasons]


# -- wording ---------------------------------------------------------------------------------------

NUMBER = re.compile(r"\d+(?:\.\d+)?")


def numbers_in(value: Any) -> set[float]:
    """The numbers in a JSON document, including those in its names."""
    if isinstance(value, bool) or value is None:
        return set()
    if isinstance(value, int | float):
        return {round(float(value), 3)}
    if isinstance(value, str):
        return {float(found) for found in NUMBER.findall(value)}
    inner = value.values() if isinstance(value, dict) else value
    return set().union(*map(numbers_in, inner))


@FEWER
@given(cases())
def test_every_number_that_is_told_stands_in_the_document(case: Case) -> None:
    advice = case.advice()
    doc = json.loads(json.dumps(advice_doc(advice, LIBRARY, case.today)))
    why = doc.pop("why")
    assert why
    told = {float(found) for found in NUMBER.findall(why)}
    assert told <= numbers_in(doc), why
    assert advice_lines(advice, LIBRARY, "lb")


@FEWER
@given(cases())
def test_advice_names_only_what_the_library_has(case: Case) -> None:
    advice = case.advice()
    assert advice.exercise == case.exercise.id
    assert {advice.variant} <= LIBRARY.exercises.keys()
    assert set(advice.sources) <= LIBRARY.sources.keys()
    assert advice.reasons
    assert (advice.action is Action.REST) == (not advice.plan.sets)
    assert list(advice.days) == sorted(advice.days, reverse=True)
    assert all(day <= case.today for day in advice.days)
