"""Snacks: which exercises go into a few minutes after a run."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tui.bootstrap import shipped_library
from tui.domain.calculator import Setup, State
from tui.domain.calculator.advice import Calendar, Race
from tui.domain.calculator.loads import Inventory
from tui.domain.model.library.checks import HOUSEHOLD
from tui.domain.model.values import Kind
from tui.domain.planning.diary import Diary, RunKind, WeeklyRun
from tui.domain.planning.micro_session import snack

LIBRARY = shipped_library()
DAY = date(2026, 11, 25)
DAYS = [DAY + timedelta(days=n) for n in range(30)]
BARE = Setup(library=LIBRARY, inventory=Inventory(equipment=frozenset()))
QUIET = Diary()


def exercises(setup: Setup, diary: Diary, day: date) -> list[str]:
    return [item.exercise for item in snack(setup, State(), diary, day).items]


@pytest.mark.parametrize("day", DAYS[:12])
def test_a_snack_is_one_set_each_for_hips_core_calves_and_mobility(day: date) -> None:
    made = snack(Setup(library=LIBRARY), State(), QUIET, day)
    categories = [LIBRARY.exercises[item.exercise].category for item in made.items]
    assert categories[0] == "hip"
    assert categories[1] == "core"
    assert categories[2] in ("calf", "balance")
    assert categories[3] == "mobility"
    assert all(len(item.plan.sets) == 1 for item in made.items)


def test_it_is_another_one_on_the_next_day() -> None:
    assert exercises(BARE, QUIET, DAY) != exercises(BARE, QUIET, DAY + timedelta(days=1))


@pytest.mark.parametrize("day", DAYS)
def test_without_equipment_it_needs_none(day: date) -> None:
    needs = {
        word for name in exercises(BARE, QUIET, day) for word in LIBRARY.exercises[name].equipment
    }
    assert needs <= HOUSEHOLD


@pytest.mark.parametrize("kind", [RunKind.SPEED, RunKind.LONG])
@pytest.mark.parametrize("day", DAYS[:7])
def test_the_day_before_a_hard_run_it_leaves_the_legs_alone(day: date, kind: RunKind) -> None:
    diary = Diary(weekly=tuple(WeeklyRun(n, kind) for n in range(7)))
    loads = [LIBRARY.exercises[name].leg_load for name in exercises(BARE, diary, day)]
    assert max(loads) == 0


def test_it_has_none_of_the_gyms() -> None:
    gym = {one.id for one in LIBRARY.exercises.values() if one.bare}
    days = (DAY + timedelta(days=n) for n in range(60))
    assert all(gym.isdisjoint(exercises(Setup(library=LIBRARY), QUIET, day)) for day in days)


def test_it_is_never_hard_on_the_legs() -> None:
    loads = [LIBRARY.exercises[n].leg_load for day in DAYS for n in exercises(BARE, QUIET, day)]
    assert max(loads) == 1


@pytest.mark.parametrize("left", range(8))
def test_in_race_week_it_is_mobility_only(left: int) -> None:
    race = Race(day=DAY + timedelta(days=left), name="Hill Race")
    setup = Setup(library=LIBRARY, calendar=Calendar(races=(race,)))
    made = exercises(setup, QUIET, DAY)
    assert len(set(made)) == 3
    assert {LIBRARY.exercises[name].kind for name in made} == {Kind.MOBILITY}
