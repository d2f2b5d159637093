"""Regions that were injured once: one rung lower, half steps, and never more than without them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.domain.calculator.logs import LIBRARY, Case, Deed, cases, trained
from tests.strategies import FIRST_DAY, examples
from tui.domain.calculator import Advice, Setup
from tui.domain.calculator.advice import Best, Dated, Profile
from tui.domain.calculator.bouts import size
from tui.domain.calculator.old_injuries import named_region
from tui.domain.calculator.reasons import WORDS
from tui.domain.model.library.checks import REGIONS
from tui.domain.model.regions import eased_for
from tui.domain.model.values import Exercise, Kind

OURS = ("SPARED_FIRST", "FEWER_FIRST", "HALF_STEP")
KNEE = ("knee",)


def with_old(case: Case, regions: tuple[str, ...]) -> Case:
    profile = replace(case.setup.profile, old_injuries=regions)
    return replace(case, setup=replace(case.setup, profile=profile))


def asked(
    name: str, deeds: list[Deed], regions: tuple[str, ...] = KNEE, *, log_of: str = ""
) -> Advice:
    """The advice three days after these sessions of an exercise, or of another one."""
    case = made(name, deeds, log_of=log_of)
    return with_old(case, regions).advice()


def made(name: str, deeds: list[Deed], *, log_of: str = "") -> Case:
    best = {"back-squat": (Dated(FIRST_DAY, Best(100.0)),)}
    setup = Setup(library=LIBRARY, profile=Profile(maxes=best))
    log = trained(setup, [LIBRARY.exercises[log_of or name]], deeds)
    today = FIRST_DAY + timedelta(days=3 * len(deeds) + 3)
    return Case(setup=setup, log=tuple(log), exercise=LIBRARY.exercises[name], today=today)


def codes(advice: Advice) -> list[str]:
    return [reason.code for reason in advice.reasons]


def below(exercise: Exercise) -> set[str]:
    """The ids of the easier variants of an exercise, all the way down."""
    found: set[str] = set()
    here: str | None = exercise.easier
    while here is not None and here not in found:
        found.add(here)
        here = LIBRARY.exercises[here].easier
    return found


def volume(exercise: Exercise, advice: Advice) -> float:
    """The foot contacts of a plan, or its sets."""
    goals = [goal.measures for one in advice.plan.sets for goal in one.goals]
    jumps = exercise.kind is Kind.PLYOMETRIC
    return sum(m.contacts or 0 for m in goals) if jumps else len(goals)


@examples(60)
@given(cases(), st.sets(st.sampled_from(REGIONS), min_size=1).map(tuple))
def test_no_dose_is_more_than_without_them(case: Case, regions: tuple[str, ...]) -> None:
    usual, spared = case.advice(), with_old(case, regions).advice()
    if spared.variant != usual.variant:
        assert "SPARED_FIRST" in codes(spared)
        return
    exercise = LIBRARY.exercises[usual.variant]
    assert volume(exercise, spared) <= volume(exercise, usual)
    if exercise.kind is Kind.PLYOMETRIC:
        return
    for mine, other in zip(spared.plan.sets, usual.plan.sets, strict=False):
        for goal, was in zip(mine.goals, other.goals, strict=False):
            assert size(exercise.kind, goal.measures) <= size(exercise.kind, was.measures)


def test_an_exercise_begins_one_rung_lower_until_that_went_well_twice() -> None:
    exercise = LIBRARY.exercises["single-leg-wall-sit"]
    assert exercise.easier is not None
    first = asked(exercise.id, [])
    assert (first.variant, codes(first)[0]) == (exercise.easier, "SPARED_FIRST")
    assert asked(exercise.id, [Deed()], log_of=exercise.easier).variant == exercise.easier
    ready = asked(exercise.id, [Deed(), Deed()], log_of=exercise.easier)
    assert ready.variant == exercise.id
    assert not set(codes(ready)) & set(OURS)


@pytest.mark.parametrize("name", [e.id for e in LIBRARY.exercises.values() if not e.blank])
def test_it_is_one_rung_and_the_way_up_is_never_shut(name: str) -> None:
    exercise = LIBRARY.exercises[name]
    regions = eased_for(exercise)
    advice = asked(name, [], regions)
    spared = sum(code == "SPARED_FIRST" for code in codes(advice))
    assert spared <= 1
    if spared:
        assert advice.variant != name
        assert "FEWER_FIRST" not in codes(advice) or advice.variant not in below(exercise)


def test_without_a_rung_below_the_first_session_is_smaller() -> None:
    usual, spared = asked("wall-sit", [], ()), asked("wall-sit", [])
    assert "FEWER_FIRST" in codes(spared)
    assert len(spared.plan.sets) == len(usual.plan.sets) - 1


def test_the_set_that_was_left_out_comes_back_alone() -> None:
    usual, spared = asked("wall-sit", [], ()), asked("wall-sit", [Deed()])
    first, now = usual.plan.sets[0].goals[0].measures, spared.plan.sets[0].goals[0].measures
    assert first.hold_s is not None and now.hold_s is not None
    assert now.hold_s > first.hold_s  # All sets were done: the log of a runner without the setting.
    case = with_old(made("wall-sit", []), KNEE)
    log = trained(case.setup, [case.exercise], [Deed()])
    later = replace(case, log=tuple(log), today=FIRST_DAY + timedelta(days=6)).advice()
    assert codes(later) == ["MORE_SETS"]
    assert len(later.plan.sets) == len(usual.plan.sets)
    assert later.plan.sets[0].goals[0].measures == first


def test_a_hold_rises_by_half_a_step() -> None:
    deeds = [Deed(), Deed()]
    usual, spared = asked("wall-sit", deeds, ()), asked("wall-sit", deeds)
    [long, short] = [one.plan.sets[0].goals[0].measures.hold_s or 0 for one in (usual, spared)]
    assert long - short == 2
    assert codes(spared)[0] == "HALF_STEP"
    assert "LONGER" not in codes(spared)


def test_a_heavy_lift_rises_by_half_and_by_at_least_one_plate() -> None:
    deeds = [Deed(rir=5), Deed(rir=5)]
    usual, spared = asked("back-squat", deeds, ()), asked("back-squat", deeds)
    [much, less] = [one.plan.sets[0].goals[0].measures.load_kg or 0 for one in (usual, spared)]
    last = made("back-squat", deeds).last("back-squat")[0].done.load_kg or 0
    assert last < less < much
    assert "HALF_STEP" in codes(spared)


def test_other_regions_change_nothing() -> None:
    assert asked("back-squat", [Deed()], ("shoulder",)) == asked("back-squat", [Deed()], ())
    stretch = next(e for e in LIBRARY.exercises.values() if e.kind is Kind.MOBILITY)
    assert named_region(Profile(old_injuries=REGIONS), stretch) is None


@pytest.mark.parametrize("code", OURS)
def test_it_is_said_without_a_label_and_how_to_change_it(code: str) -> None:
    words = WORDS[code]
    assert words.text.startswith("Since you named your {region}")
    assert not any(bad in words.text.lower() for bad in ("injur", "risk", "weak", "bad"))
    assert "old_injuries" in words.change
