"""The season up to the race: the kind of each week, and the sessions done and planned."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.bootstrap import shipped_library
from tui.domain.calculator import Setup, State
from tui.domain.calculator.advice import Calendar, Dated, Priority, Profile, Race, Reason
from tui.domain.model.phases import DELOAD
from tui.domain.model.values import SNACK, Phase, Session
from tui.domain.planning.diary import Diary
from tui.domain.planning.horizon import Ahead, weeks_ahead
from tui.domain.planning.outlook import (
    MOST_AHEAD,
    WEEKS_AHEAD,
    WEEKS_BACK,
    goal,
    outlook,
    rest_from,
    taper_from,
    weeks_to_show,
)
from tui.domain.planning.placement import Placed, Wanted, WeekPlan
from tui.domain.planning.race_weeks import WeekKind, race_mark, week_kind

MONDAY = date(2026, 11, 2)
LIFT = Wanted(part="lift", name="Lift", legs=True)
HIPS = Wanted(part="hips", name="Hips", snack=True)
A, B, C = Priority


def day(number: int) -> date:
    """The day this many days after the Monday of this week."""
    return MONDAY + timedelta(days=number)


def race(number: int, priority: Priority = A, name: str = "Ridge") -> Race:
    return Race(day=day(number), name=name, priority=priority)


def races(*found: Race, **more: Any) -> Calendar:
    return Calendar(races=found, **more)


def session(number: int, **more: Any) -> Session:
    started = datetime.combine(day(number), time(18), UTC)
    return Session(id=str(number), edited="", started=started, **more)


def week(number: int, *wanted: Wanted, phase: str = "lifting", **more: Any) -> Ahead:
    """The week this many weeks ahead, with these sessions from its Monday on."""
    first = day(7 * number)
    placed = tuple(
        Placed(wanted=one, day=first + timedelta(days=n)) for n, one in enumerate(wanted)
    )
    return Ahead(
        monday=first,
        number=number + 1,
        phase=Phase(first_week=1, last_week=None, parts=("lift",), name=phase),
        plan=WeekPlan(monday=first, placed=placed),
        **more,
    )


# -- the race it leads to --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("found", "leads_to"),
    [
        ([], None),
        ([race(-1)], None),
        ([race(0)], 0),
        ([race(40), race(20)], 20),
        ([race(20, B), race(40, A)], 20),
        # A C race is not the goal of the season if there is another race.
        ([race(20, C), race(40, B)], 40),
        ([race(40, C), race(20, C)], 20),
        ([race(20, C), race(-3, A)], 20),
    ],
)
def test_the_season_leads_to_the_next_race_that_is_tapered_for(
    found: list[Race], leads_to: int | None
) -> None:
    chosen = goal(races(*found), MONDAY)
    assert (chosen and chosen.day) == (None if leads_to is None else day(leads_to))


@pytest.mark.parametrize(
    ("of", "today", "weeks"),
    [
        (None, 0, WEEKS_AHEAD),
        (0, 0, 2),
        (6, 0, 2),
        (6, 6, 2),
        (7, 6, 3),
        (40, 0, 7),
        (40, 3, 7),
        (400, 0, MOST_AHEAD),
        (-1, 0, WEEKS_AHEAD),
    ],
)
def test_the_weeks_go_to_the_one_after_the_race(of: int | None, today: int, weeks: int) -> None:
    calendar = Calendar() if of is None else races(race(of))
    assert weeks_to_show(calendar, day(today)) == weeks


@pytest.mark.parametrize(
    ("priority", "c_week", "taper", "rest"),
    [
        (A, True, 14, 7),
        (B, True, 14, 7),
        (B, False, 14, 7),
        (C, True, None, 7),
        (C, False, None, 3),
    ],
)
def test_taper_and_rest_begin_so_many_days_before_a_race(
    priority: Priority, c_week: bool, taper: int | None, rest: int
) -> None:
    one = race(30, priority)
    assert taper_from(one) == (None if taper is None else day(30 - taper))
    assert rest_from(one, c_week=c_week) == day(30 - rest)
    made = outlook([week(0)], [], races(one), MONDAY, c_week=c_week)
    assert (made.race, made.taper_from, made.rest_from) == (
        one,
        taper_from(one),
        rest_from(one, c_week=c_week),
    )


def test_without_a_race_there_is_no_taper_and_no_rest() -> None:
    assert taper_from(None) is None
    made = outlook([week(0)], [], races(race(-9)), MONDAY, c_week=True)
    assert (made.race, made.taper_from, made.rest_from) == (None, None, None)


# -- what a week is --------------------------------------------------------------------------------

USUAL, TAPER, REST, RACE, AFTER = (
    WeekKind.USUAL,
    WeekKind.TAPER,
    WeekKind.REST,
    WeekKind.RACE,
    WeekKind.AFTER,
)


@pytest.mark.parametrize(
    ("found", "c_week", "kinds"),
    [
        ([], True, [USUAL] * 6),
        # A Saturday: two weeks before it five days are tapered, the week before has the race.
        ([race(26)], True, [USUAL, USUAL, TAPER, RACE, AFTER, USUAL]),
        # A Monday: the whole week before it rests, and of the week after it one day is left.
        ([race(21)], True, [USUAL, TAPER, REST, RACE, USUAL, USUAL]),
        # A Wednesday: most of the week after it is as usual again.
        ([race(23)], True, [USUAL, TAPER, REST, RACE, USUAL, USUAL]),
        ([race(26, B)], True, [USUAL, USUAL, TAPER, RACE, AFTER, USUAL]),
        ([race(26, C)], True, [USUAL, USUAL, USUAL, RACE, AFTER, USUAL]),
        ([race(21, C)], True, [USUAL, USUAL, REST, RACE, USUAL, USUAL]),
        ([race(21, C)], False, [USUAL, USUAL, USUAL, RACE, USUAL, USUAL]),
        # With two races, the week with a race in it is a race week.
        ([race(26), race(33, C)], True, [USUAL, USUAL, TAPER, RACE, RACE, AFTER]),
        ([race(33, C), race(26)], True, [USUAL, USUAL, TAPER, RACE, RACE, AFTER]),
    ],
)
def test_a_week_is_what_most_of_its_days_are(
    found: list[Race], c_week: bool, kinds: list[WeekKind]
) -> None:
    calendar = races(*found)
    made = [week_kind(calendar, day(7 * n), c_week=c_week) for n in range(6)]
    assert made == kinds
    marks = [race_mark(calendar, day(7 * n), c_week=c_week) for n in range(6)]
    codes = {RACE: "RACE", REST: "RACE_REST", TAPER: "TAPER_WEEK", AFTER: "AFTER_RACE_WEEK"}
    assert [mark and mark.code for mark in marks] == [codes.get(kind) for kind in kinds]


def test_a_mark_names_the_race_and_its_day() -> None:
    mark = race_mark(races(race(26)), day(21), c_week=True)
    rest = {"rest": day(19).isoformat()}
    assert mark == Reason("RACE", {"race": "Ridge", "day": day(26).isoformat(), **rest})
    mark = race_mark(races(race(26, B, "")), day(14), c_week=True)
    assert mark == Reason("TAPER_WEEK", {"race": "your B race", "day": day(26).isoformat(), **rest})


# -- the bars --------------------------------------------------------------------------------------


def test_the_bars_go_on_from_some_weeks_back() -> None:
    made = outlook([week(n) for n in range(3)], [], Calendar(), day(3), c_week=True)
    assert [bar.monday for bar in made.bars] == [day(7 * n) for n in range(-WEEKS_BACK, 3)]
    past, ahead = made.bars[:WEEKS_BACK], made.bars[WEEKS_BACK:]
    assert {(bar.kind, bar.number, bar.phase, bar.planned) for bar in past} == {
        (WeekKind.PAST, 0, "", 0)
    }
    assert [(bar.kind, bar.number, bar.phase) for bar in ahead] == [
        (USUAL, n + 1, "lifting") for n in range(3)
    ]


def test_a_bar_has_what_was_done_and_what_is_still_planned() -> None:
    log = [
        session(-29),
        session(-28),
        session(-7),
        session(-1),
        session(0),
        session(2),
        session(2, deleted=True),
    ]
    weeks = [week(0, LIFT, HIPS), week(1, LIFT, HIPS, LIFT), week(2)]
    made = outlook(weeks, log, Calendar(), day(3), c_week=True)
    assert [bar.done for bar in made.bars] == [1, 0, 0, 2, 2, 0, 0]
    assert [bar.planned for bar in made.bars] == [0, 0, 0, 0, 2, 3, 0]


def test_snacks_of_no_programme_are_no_sessions_of_a_bar() -> None:
    log = [session(-2, programme=SNACK, part=SNACK), session(1, programme=SNACK, part=SNACK)]
    made = outlook([week(0)], log, Calendar(), day(3), c_week=True)
    assert [(bar.done, bar.planned) for bar in made.bars] == [(0, 0)] * (WEEKS_BACK + 1)


def test_a_bar_has_the_races_of_its_week() -> None:
    found = [race(-3, C), race(6), race(7, B)]
    made = outlook([week(0), week(1)], [], races(*found), MONDAY, c_week=True)
    assert [list(bar.races) for bar in made.bars[3:]] == [[one] for one in found]


@pytest.mark.parametrize(
    ("one", "calendar", "kind"),
    [
        (week(0), Calendar(), USUAL),
        (week(0, phase=DELOAD), Calendar(), WeekKind.EASIER),
        (week(0), Calendar(step_down=frozenset({MONDAY})), WeekKind.EASIER),
        (week(0), Calendar(step_down=frozenset({day(7)})), USUAL),
        # A race outranks an easier week, and a pause outranks a race.
        (week(0, phase=DELOAD), races(race(5)), RACE),
        (week(0, phase=DELOAD), races(race(14)), TAPER),
        (week(0, marks=(Reason("PAUSED"),)), races(race(5)), WeekKind.PAUSED),
    ],
)
def test_the_kind_of_a_bar(one: Ahead, calendar: Calendar, kind: WeekKind) -> None:
    made = outlook([one], [], calendar, MONDAY, c_week=True)
    assert made.bars[-1].kind is kind


# -- together with the plan of the weeks -----------------------------------------------------------


def season(profile: Profile, calendar: Calendar, programme: str, count: int) -> list[Ahead]:
    library = shipped_library()
    setup = Setup(library=library, profile=profile, calendar=calendar)
    chosen = library.programmes[programme]
    return weeks_ahead(setup, State(), Diary(), chosen, MONDAY, count)


@pytest.mark.parametrize(
    ("programme", "planned"),
    [
        # One light session after the race; Six Patterns comes once a week in the taper as well.
        ("lift-and-spring", [2, 2, 2, 0, 1, 2]),
        ("six-patterns", [2, 2, 1, 0, 1, 2]),
        ("trail-speed", [1, 1, 1, 0, 1, 1]),
        ("daily-bodyweight", [4, 4, 4, 0, 4, 4]),
    ],
)
def test_the_sessions_up_to_a_race_and_after_it(programme: str, planned: list[int]) -> None:
    calendar = races(race(27))
    weeks = season(Profile(), calendar, programme, 6)
    made = outlook(weeks, [], calendar, MONDAY, c_week=True)
    assert [bar.planned for bar in made.bars[WEEKS_BACK:]] == planned


def test_blocks_show_their_phases_and_easier_weeks() -> None:
    made = outlook(season(Profile(), Calendar(), "blocks", 16), [], Calendar(), MONDAY, c_week=True)
    bars = made.bars[WEEKS_BACK:]
    block = ["hypertrophy"] * 4, ["strength"] * 4, ["power"] * 4
    assert [bar.phase for bar in bars] == [
        *(name for names in block for name in (*names, "deload")),
        "hypertrophy",
    ]
    assert [bar.number for bar in bars if bar.kind is WeekKind.EASIER] == [5, 10, 15]


@pytest.mark.parametrize(("schedule", "planned"), [(None, 2), ("once", 1)])
def test_six_patterns_comes_once_or_twice_a_week_in_turn(
    schedule: str | None, planned: int
) -> None:
    weeks = season(Profile(schedule=schedule), Calendar(), "six-patterns", 4)
    parts = [[one.wanted.part for one in each.plan.placed] for each in weeks]
    assert {len(each) for each in parts} == {planned}
    every = [part for each in parts for part in each]
    assert every == (["pattern-a", "pattern-b"] * 4)[: len(every)]


def test_a_pause_leaves_no_session_in_any_week() -> None:
    paused = Profile(paused=(Dated(MONDAY, True),))
    weeks = season(paused, races(race(12)), "lift-and-spring", 4)
    made = outlook(weeks, [], races(race(12)), MONDAY, c_week=True)
    assert {(bar.kind, bar.planned) for bar in made.bars[WEEKS_BACK:]} == {(WeekKind.PAUSED, 0)}


@given(st.lists(st.builds(race, st.integers(-20, 90), st.sampled_from(Priority)), max_size=4))
def test_an_outlook_always_ends_with_the_week_after_its_race(found: list[Race]) -> None:
    calendar = races(*found)
    count = weeks_to_show(calendar, MONDAY)
    made = outlook([week(n) for n in range(count)], [], calendar, MONDAY, c_week=True)
    assert len(made.bars) == WEEKS_BACK + count
    if made.race is not None:
        assert made.race in made.bars[-2].races
        assert made.bars[-2].kind is RACE
