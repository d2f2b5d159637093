"""Routines: a few minutes with what is at hand, sparing what hurts; work ones with its rules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta, timezone
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.strategies import examples
from tui.bootstrap import shipped_library
from tui.domain.calculator import Setup, fold
from tui.domain.calculator.advice import Calendar, Dated, Priority, Profile, Race
from tui.domain.calculator.loads import Inventory
from tui.domain.model.library.checks import EQUIPMENT, REGIONS
from tui.domain.model.logged import with_sets
from tui.domain.model.notation import parse, planned
from tui.domain.model.values import ROUTINE, Level, Record, Session, SetKind
from tui.domain.planning.diary import Diary, RunKind, WeeklyRun
from tui.domain.planning.easier_weeks import stand_in
from tui.domain.planning.horizon import weeks_ahead
from tui.domain.planning.routines import DayRoutine, on_day
from tui.domain.planning.today import plan

LIBRARY = shipped_library()
DAY = date(2026, 11, 25)  # A Wednesday.
ZONE = timezone(timedelta(hours=1))
MONDAY = date(2026, 11, 23)
QUIET = Diary()
PLAIN = Setup(library=LIBRARY)
BARE = Setup(library=LIBRARY, inventory=Inventory(equipment=frozenset()))
WORK = [name for name, one in LIBRARY.routines.items() if one.work]
LEG_WORK = ["no-gym", "balance"]
EASY = [name for name in LIBRARY.routines if name not in WORK]
every = pytest.mark.parametrize("name", LIBRARY.routines)
IDS = count(1)


def session(day: date, programme: str | None, part: str | None, **done: str) -> Session:
    """A session with sets of exercises, each in the notation (``_`` for ``-`` in an id)."""
    started = datetime.combine(day, time(18), ZONE)
    made = Session(id=f"S{next(IDS)}", edited="", started=started, programme=programme, part=part)
    for word, text in done.items():
        found = LIBRARY.exercises[word.replace("_", "-")]
        sets = parse(text, found.kind)
        made, _ = with_sets(made, found, sets, edited="", at="", new_id=lambda: f"I{next(IDS)}")
    return made


def ago(days: int) -> date:
    return DAY - timedelta(days=days)


def woke(region: str, pain: int) -> Record:
    """A morning with pain in a region."""
    values = {"region": region, "pain": pain}
    return Record(id=f"M-{region}", edited="", type="morning", day=DAY, values=values)


def made(
    name: str, setup: Setup = PLAIN, log: Sequence[Session | Record] = (), diary: Diary = QUIET
) -> DayRoutine:
    return on_day(setup, fold(setup, log), diary, setup.library.routines[name], DAY)


def names(found: DayRoutine) -> list[str]:
    return [item.exercise for item in found.plan.items]


def at(level: Level, setup: Setup = PLAIN) -> Setup:
    return replace(setup, profile=Profile(levels=(Dated(ago(400), level),)))


def codes(found: DayRoutine) -> list[str]:
    return [reason.code for reason in found.cautions]


def shown(found: DayRoutine) -> list[str]:
    """The sets of each exercise in the notation."""
    return [planned(item.plan.sets, "kg") for item in found.plan.items]


def done(day: date, found: DayRoutine) -> Session:
    """A session of a routine, done as asked."""
    sets = {
        item.exercise.replace("-", "_"): planned(item.plan.sets, "kg") for item in found.plan.items
    }
    return session(day, ROUTINE, found.routine.id, **sets)


def grown(name: str, setup: Setup, sessions: int) -> list[Session]:
    """So many sessions of a routine, every third day up to DAY, each done as asked then."""
    log: list[Session] = []
    for days in range(3 * sessions, 0, -3):
        known = fold(setup, log)
        log.append(done(ago(days), on_day(setup, known, QUIET, LIBRARY.routines[name], ago(days))))
    return log


def with_race(race: Race) -> Setup:
    return replace(PLAIN, calendar=Calendar(races=(race,)))


# -- what is in them -------------------------------------------------------------------------------


@every
@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("setup", [PLAIN, BARE], ids=["a gym", "nothing"])
def test_each_takes_three_to_ten_minutes_and_as_long_as_it_says(
    name: str, level: Level, setup: Setup
) -> None:
    found = made(name, at(level, setup))
    assert 3 <= found.plan.minutes <= 10
    assert abs(found.plan.minutes - LIBRARY.routines[name].minutes) <= 1


NAMED = {
    "before-run": ["ankle-circle", "leg-swing", "lunge", "bodyweight-squat"],
    "cool-down": ["calf-stretch", "hamstring-stretch", "quad-stretch", "hip-flexor-stretch"],
    "no-gym": ["wall-sit", "side-plank", "single-leg-squat-hold", "calf-hold"],
}


@pytest.mark.parametrize(("name", "asked"), NAMED.items())
def test_what_an_article_names_is_in_it_without_any_equipment(name: str, asked: list[str]) -> None:
    assert names(made(name, BARE)) == asked


def test_the_upper_body_pushes_pulls_and_carries() -> None:
    roles = [LIBRARY.exercises[name].role for name in names(made("upper-body"))]
    assert roles == ["push", "pull", "carry"]


def test_mobility_is_for_hips_ankles_and_upper_back_with_the_walk_and_the_twists() -> None:
    found = names(made("mobility", BARE))
    assert {LIBRARY.exercises[name].regions[0] for name in found} >= {"hip", "ankle-calf", "back"}
    assert {"duck-walk", "achilles-twist"} <= set(found)


@every
def test_it_says_in_a_sentence_when_it_is_for_and_owns_what_is_ours(name: str) -> None:
    one = LIBRARY.routines[name]
    assert one.about.split(" ")[0] in ("Before", "After", "On", "Once")
    assert one.about.endswith(".")
    assert one.sources[-1] == "project"
    assert len(one.sources) > 1


# -- what is done of them on a day -----------------------------------------------------------------


@given(
    name=st.sampled_from(sorted(LIBRARY.routines)),
    has=st.frozensets(st.sampled_from(sorted(EQUIPMENT))),
    level=st.sampled_from(Level),
)
@examples(60)
def test_only_what_can_be_done_is_in_it_and_nothing_twice(
    name: str, has: frozenset[str], level: Level
) -> None:
    inventory = Inventory(equipment=has)
    found = made(name, at(level, Setup(library=LIBRARY, inventory=inventory)))
    assert found.plan.items
    assert all(inventory.can_do(LIBRARY.exercises[one]) for one in names(found))
    assert len(set(names(found))) == len(found.plan.items)


@every
@pytest.mark.parametrize("region", sorted({*REGIONS} - {"other"}))
@pytest.mark.parametrize("pain", [4, 6, 9])
def test_nothing_in_it_loads_what_hurts(name: str, region: str, pain: int) -> None:
    found = made(name, PLAIN, [woke(region, pain)])
    sore = [one for one in names(found) if region in LIBRARY.exercises[one].regions]
    if not LIBRARY.routines[name].work:
        assert sore == []
    elif pain >= 6:
        # An exercise that loads it a little may stay with less of it below that.
        assert sore == []


def test_a_routine_of_which_everything_hurts_has_nothing_in_it() -> None:
    log = [woke("ankle-calf", 7), woke("knee", 7)]
    found = made("soft-tissue", PLAIN, log)
    assert found.plan.items == ()
    assert found.cautions == ()


@pytest.mark.parametrize("name", EASY)
def test_an_easy_one_is_the_same_every_time_and_no_work(name: str) -> None:
    fresh = made(name)
    assert {one.kind for item in fresh.plan.items for one in item.plan.sets} == {SetKind.WARMUP}
    assert fresh.plan.advice == {}
    log = [done(ago(days), fresh) for days in (9, 6, 3)]
    assert shown(made(name, PLAIN, log)) == shown(fresh)


# -- the work ones ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", WORK)
def test_a_work_one_is_prescribed_and_gets_harder(name: str) -> None:
    fresh = made(name)
    assert {one.kind for item in fresh.plan.items for one in item.plan.sets} == {SetKind.WORK}
    assert fresh.plan.advice.keys() == {item.id for item in fresh.plan.items}
    log = grown(name, PLAIN, 5)
    later = made(name, PLAIN, log)
    assert [said.exercise for said in later.plan.advice.values()] == names(fresh)
    changed = [a for a, b in zip(shown(fresh), shown(later), strict=True) if a != b]
    assert len(changed) >= len(fresh.plan.items) - 1


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("name", WORK)
def test_however_hard_it_gets_it_keeps_to_ten_minutes_and_its_lines(
    name: str, level: Level
) -> None:
    setup = at(level, BARE)
    fresh = made(name, setup)
    for sessions in (4, 8, 12, 16):
        later = made(name, setup, grown(name, setup, sessions))
        least = all(len(item.plan.sets) == 1 for item in later.plan.items)
        # One set of each stays, even at the top of its ladder.
        assert 3 <= later.plan.minutes <= (12 if least else 10)
        assert len(set(names(later))) == len(fresh.plan.items)
        for item, before in zip(later.plan.items, fresh.plan.items, strict=True):
            assert 1 <= len(item.plan.sets) <= len(before.plan.sets)
            assert item.now == item.plan == later.plan.advice[item.id].plan


@pytest.mark.parametrize("name", WORK)
def test_a_race_speaks_against_work_of_a_routine(name: str) -> None:
    ahead = Race(day=DAY + timedelta(days=3), name="Ridge", priority=Priority.A)
    behind = Race(day=DAY - timedelta(days=1), name="Ridge", priority=Priority.A)
    assert codes(made(name, with_race(ahead)))[0] == "RACE_WEEK_NONE"
    assert "RACE_IN_LEGS" in codes(made(name, with_race(behind)))


@pytest.mark.parametrize("name", EASY)
def test_nothing_speaks_against_an_easy_one(name: str) -> None:
    race = Race(day=DAY + timedelta(days=1), name="Ridge", priority=Priority.A)
    log = [session(ago(1), None, None, back_squat="3x5 60kg")]
    hard = Diary(weekly=tuple(WeeklyRun(day, RunKind.SPEED) for day in range(7)))
    assert made(name, with_race(race), log, hard).cautions == ()


@pytest.mark.parametrize(("days", "told"), [(0, True), (1, True), (2, False), (3, False)])
@pytest.mark.parametrize("name", LEG_WORK)
def test_work_for_the_legs_waits_48_hours_after_the_last(name: str, days: int, told: bool) -> None:
    log = [session(ago(days), None, None, back_squat="3x5 60kg")]
    assert ("LEGS_WORKED" in codes(made(name, PLAIN, log))) is told


def test_legs_that_a_routine_worked_wait_too() -> None:
    log = [done(ago(1), made("no-gym"))]
    assert codes(made("no-gym", PLAIN, log)) == ["LEGS_WORKED"]
    assert codes(made("upper-body", PLAIN, log)) == []


@pytest.mark.parametrize("name", LEG_WORK)
def test_work_for_the_legs_is_better_left_the_day_before_a_hard_run(name: str) -> None:
    thursday = Diary(weekly=(WeeklyRun(3, RunKind.SPEED),))
    easy = Diary(weekly=(WeeklyRun(3, RunKind.EASY),))
    assert codes(made(name, diary=thursday)) == ["HARD_RUN_NEXT"]
    assert codes(made(name, diary=easy)) == []


# -- beside the programme --------------------------------------------------------------------------


@every
def test_it_makes_no_week_of_the_programme_and_leaves_its_turn(name: str) -> None:
    programme = LIBRARY.programmes["six-patterns"]
    chosen = replace(PLAIN, profile=Profile(programmes=(Dated(ago(60), programme.id),)))
    log = [
        session(ago(days), programme.id, part, goblet_squat="3x8 20kg")
        for days, part in ((16, "pattern-a"), (14, "pattern-b"), (9, "pattern-a"))
    ]
    before, also = fold(chosen, log), [done(ago(days), made(name)) for days in (8, 7, 2)]
    after = fold(chosen, [*log, *also])
    first, then = (plan(chosen, known, programme, DAY) for known in (before, after))
    assert (then.week, then.phase, then.part) == (first.week, first.phase, first.part)
    assert after.followed[programme.id] == before.followed[programme.id]


def test_after_work_for_the_legs_the_week_goes_on_as_soon_as_they_are_rested() -> None:
    programme = LIBRARY.programmes["trail-speed"]
    log = [done(MONDAY, made("no-gym"))]
    [week, *_] = weeks_ahead(PLAIN, fold(PLAIN, log), QUIET, programme, MONDAY, 1)
    assert [one.day for one in week.plan.placed] == [MONDAY + timedelta(days=2)]
    [week, *_] = weeks_ahead(
        PLAIN, fold(PLAIN, [done(MONDAY, made("upper-body"))]), QUIET, programme, MONDAY, 1
    )
    assert [one.day for one in week.plan.placed] == [MONDAY]


# -- an easier week --------------------------------------------------------------------------------


@pytest.mark.parametrize(("day", "offered"), [(23, True), (29, True), (22, False), (30, False)])
def test_mobility_may_stand_in_on_any_day_of_an_easier_week(day: int, offered: bool) -> None:
    setup = replace(PLAIN, calendar=Calendar(step_down=frozenset({date(2026, 11, 23)})))
    found = stand_in(setup, date(2026, 11, day))
    assert found == (LIBRARY.routines["mobility"] if offered else None)


def test_on_the_day_of_a_race_nothing_stands_in() -> None:
    races = (Race(day=DAY),)
    setup = replace(PLAIN, calendar=Calendar(races=races, step_down=frozenset({ago(2)})))
    assert stand_in(setup, DAY) is None
    assert stand_in(setup, DAY + timedelta(days=1)) is not None


def test_a_library_without_the_routine_offers_none() -> None:
    setup = Setup(library=replace(LIBRARY, routines={}))
    assert stand_in(replace(setup, calendar=Calendar(step_down=frozenset({ago(2)}))), DAY) is None
