"""The weeks ahead: parts in turn, week numbers, phases, pauses, races, and marks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import combinations, pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.strategies import WEEK, days_around, diaries, examples
from tui.bootstrap import shipped_library
from tui.domain.calculator import Setup
from tui.domain.calculator.advice import Calendar, Dated, Lean, Priority, Profile, Race
from tui.domain.calculator.state import Followed, RecentSession, State
from tui.domain.model.dates import monday
from tui.domain.model.phases import is_snack
from tui.domain.model.values import Kind, Part, Programme, SetKind
from tui.domain.planning.diary import Diary, RunKind, WeeklyRun
from tui.domain.planning.horizon import Ahead, asked_for, weeks_ahead
from tui.domain.planning.run_parser import openings
from tui.domain.planning.today import session_work

LIBRARY = shipped_library()
PROGRAMMES = LIBRARY.programmes
SIX = PROGRAMMES["six-patterns"]
SPRING = PROGRAMMES["lift-and-spring"]
SNACKS = PROGRAMMES["gym-and-snacks"]
BLOCKS = PROGRAMMES["blocks"]
DAY = timedelta(days=1)
EVENING = time(18)


def done(programme: Programme, *parts: tuple[int, str]) -> State:
    """The state after these parts of a programme, by the days from the Monday of the week."""
    days = [WEEK + n * DAY for n, _ in parts]
    lately = tuple(
        RecentSession(day, EVENING, programme.id, part, legs=True)
        for day, (n, part) in zip(days, parts, strict=True)
        if n > -14
    )
    weeks = {monday(day): day for day in days}
    known = Followed(
        first=days[0],
        last=days[-1],
        parts=tuple(part for _, part in parts),
        trained=tuple((day, n) for n, day in enumerate(weeks.values(), 1)),
    )
    return State(followed={programme.id: known}, lately=lately, last=days[-1])


def ahead(
    programme: Programme = SIX,
    state: State | None = None,
    *,
    count: int = 3,
    today: date = WEEK,
    races: Sequence[Race] = (),
    step_down: frozenset[date] = frozenset(),
    diary: Diary | None = None,
    **profile: Any,
) -> list[Ahead]:
    calendar = Calendar(races=tuple(races), step_down=step_down)
    setup = Setup(library=LIBRARY, profile=Profile(**profile), calendar=calendar)
    return weeks_ahead(setup, state or State(), diary or Diary(), programme, today, count)


def parts(weeks: Sequence[Ahead]) -> list[list[str]]:
    return [[one.wanted.part for one in week.plan.placed] for week in weeks]


def numbers(weeks: Sequence[Ahead]) -> list[int]:
    return [week.number for week in weeks]


def marks(week: Ahead) -> set[str]:
    return {one.code for one in week.marks}


def lifts(week: Ahead) -> int:
    return sum(not one.wanted.snack for one in week.plan.placed)


def race(weekday: int, priority: Priority = Priority.A) -> Race:
    return Race(day=WEEK + weekday * DAY, name="Ridge", priority=priority)


# -- turn, weeks and phases ------------------------------------------------------------------------


def test_parts_go_on_in_turn_from_week_to_week() -> None:
    state = done(SIX, (-7, "pattern-a"))
    assert parts(ahead(state=state)) == [["pattern-b", "pattern-a"]] * 3
    assert parts(ahead(state=state, schedule="once", count=4)) == [
        ["pattern-b"],
        ["pattern-a"],
        ["pattern-b"],
        ["pattern-a"],
    ]


def test_a_part_without_a_place_comes_first_in_the_week_after() -> None:
    weeks = ahead(diary=Diary(openings=openings("mon 18:00 wed 06:00")))
    assert parts(weeks) == [["pattern-a"], ["pattern-b"], ["pattern-a"]]
    assert [one.reason.code for one in weeks[0].plan.given_up] == ["PLAN_REDUCED"]


def test_what_is_missed_is_never_doubled_up() -> None:
    weeks = ahead(state=done(SIX, (-6, "pattern-b")), today=WEEK + 6 * DAY)
    assert parts(weeks)[0] == ["pattern-a"]
    assert all(lifts(week) <= 2 for week in weeks)
    assert parts(weeks)[1] == ["pattern-b", "pattern-a"]


def test_what_is_done_in_the_week_is_not_asked_for_again() -> None:
    state = done(SIX, (1, "pattern-a"))
    week = ahead(state=state, today=WEEK + 2 * DAY)[0]
    assert [one.wanted.part for one in week.plan.placed] == ["pattern-b"]
    assert [one.day for one in week.done] == [WEEK + DAY]
    both = done(SIX, (0, "pattern-a"), (2, "pattern-b"), (4, "pattern-a"))
    assert parts(ahead(state=both, today=WEEK + 4 * DAY))[:2] == [[], ["pattern-b", "pattern-a"]]


def test_a_session_of_another_programme_counts_for_the_legs_alone() -> None:
    other = RecentSession(WEEK, EVENING, "blocks", "power-a", legs=True)
    week = ahead(state=State(lately=(other,)), today=WEEK + DAY)[0]
    assert [one.wanted.part for one in week.plan.placed] == ["pattern-a", "pattern-b"]
    assert week.plan.placed[0].day >= WEEK + 2 * DAY


def test_two_lifts_for_four_weeks_then_one_and_jumps() -> None:
    weeks = ahead(SPRING, count=6)
    assert numbers(weeks) == [1, 2, 3, 4, 5, 6]
    assert [sorted(week) for week in parts(weeks)] == [["lift"] * 2] * 4 + [["lift", "spring"]] * 2


def test_blocks_of_four_weeks_with_an_easier_one_between() -> None:
    weeks = ahead(BLOCKS, count=16)
    names = ["hypertrophy", "strength", "power"]
    told = [phase for name in names for phase in [name] * 4 + ["deload"]]
    assert [week.phase.name for week in weeks] == [*told, "hypertrophy"]
    assert ["DELOAD_WEEK" in marks(week) for week in weeks] == [
        name == "deload" for name in told
    ] + [False]


@pytest.mark.parametrize("weekday", range(7))
def test_the_week_of_the_first_session_is_week_one(weekday: int) -> None:
    state = done(SIX, (weekday - 7, "pattern-a"))
    assert numbers(ahead(state=state)) == [2, 3, 4]


def test_a_week_without_a_session_is_not_counted() -> None:
    state = done(SIX, (-21, "pattern-a"), (-14, "pattern-b"))
    assert numbers(ahead(state=state, diary=Diary(openings=openings("mon 18:00")))) == [3, 4, 5]
    assert numbers(ahead(state=state, diary=Diary(openings=()), races=[race(6)])) == [3, 3, 4]


def test_after_weeks_away_it_goes_on_from_an_earlier_week_and_says_so() -> None:
    weeks = [(7 * n - 56, "lift") for n in range(6)]  # The last one three weeks ago.
    state = replace(done(SPRING, *weeks), strength_count=9)
    seen = ahead(SPRING, state)
    assert numbers(seen) == [6, 7, 8]
    assert [marks(week) for week in seen] == [{"WEEKS_BACK"}, set(), set()]
    away = ahead(SPRING, state, today=WEEK + 21 * DAY)
    assert (numbers(away), away[0].phase.name) == ([4, 5, 6], "lifting")


def test_jumps_wait_ahead_for_six_sessions_of_strength() -> None:
    once = Diary(openings=openings("mon 18:00"))
    weeks = ahead(SPRING, diary=once, count=8)
    assert numbers(weeks) == list(range(1, 9))
    assert [week.phase.name for week in weeks[3:7]] == ["lifting"] * 3 + ["lifting and jumps"]
    assert [marks(week) for week in weeks[3:7]] == [set(), {"PHASE_WAITS"}, {"PHASE_WAITS"}, set()]


def test_weeks_are_counted_from_the_first_that_has_a_place() -> None:
    assert numbers(ahead(races=[race(6)])) == [1, 1, 2]


def test_a_programme_chosen_anew_begins_anew() -> None:
    state = done(SIX, (-28, "pattern-b"), (-21, "pattern-a"))
    chosen = [(-40, "six-patterns"), (-10, "blocks"), (-1, "six-patterns")]
    again = tuple(Dated(WEEK + n * DAY, name) for n, name in chosen)
    assert numbers(ahead(state=state, programmes=again[:1])) == [2, 3, 4]
    weeks = ahead(state=state, programmes=again)
    assert numbers(weeks) == [1, 2, 3]
    assert parts(weeks)[0] == ["pattern-a", "pattern-b"]


# -- a pause ---------------------------------------------------------------------------------------


def test_a_pause_plans_nothing_and_its_weeks_wait() -> None:
    state = done(SIX, (-5, "pattern-a"))
    weeks = ahead(state=state, paused=(Dated(WEEK, True),), count=2)
    assert numbers(weeks) == [2, 2]
    assert parts(weeks) == [[], []]
    assert all(marks(week) == {"PAUSED"} for week in weeks)


@pytest.mark.parametrize(("long", "week"), [(1, 4), (2, 3), (5, 1)])
def test_after_a_pause_it_goes_on_as_after_any_time_away(long: int, week: int) -> None:
    state = done(SIX, *((-7 * (long + n), "pattern-a") for n in (3, 2, 1)))
    over = (Dated(WEEK - long * 7 * DAY, True), Dated(WEEK, False))
    weeks = ahead(state=state, paused=over)
    assert numbers(weeks) == [week, week + 1, week + 2]
    assert parts(weeks)[0] == ["pattern-b", "pattern-a"]


def test_a_pause_that_ends_in_the_weeks_to_come_ends_there() -> None:
    state = done(SIX, (-3, "pattern-a"))
    weeks = ahead(state=state, paused=(Dated(WEEK, True), Dated(WEEK + 7 * DAY, False)), count=4)
    assert ["PAUSED" in marks(week) for week in weeks] == [True, False, False, False]
    assert numbers(weeks) == [2, 2, 3, 4]


# -- races, easier weeks, what a cycle leans to ----------------------------------------------------


def test_a_race_on_a_monday_marks_the_weeks_around_it() -> None:
    weeks = ahead(races=[race(28)], count=7)
    told: list[set[str]] = [set(), set(), {"TAPER_WEEK"}, {"RACE_REST"}, {"RACE"}]
    assert [marks(week) - {"FEWER_NEAR_RACE"} for week in weeks[:5]] == told
    assert not marks(weeks[5])  # Only one day of it is after the race.


def test_the_taper_before_a_race_on_a_sunday_is_a_taper() -> None:
    weeks = ahead(races=[race(34)], count=7)
    assert "TAPER_WEEK" in marks(weeks[3])
    assert "RACE" in marks(weeks[4])
    assert "AFTER_RACE_WEEK" in marks(weeks[5])
    assert not marks(weeks[1])
    assert not marks(weeks[6])


def test_what_is_missed_in_a_taper_is_left_out_and_nothing_moves_closer() -> None:
    races, wednesday = [race(13)], WEEK + 2 * DAY
    [monday] = ahead(SPRING, races=races, count=1)
    assert [one.day.weekday() for one in monday.plan.placed] == [0, 3]
    [missed] = ahead(SPRING, races=races, today=wednesday, count=1)
    assert parts([missed]) == [["lift"]]
    assert [one.reason.code for one in missed.plan.given_up] == ["MISSED_IN_TAPER"]
    # Done, it is not missed; and in a usual week both still find a day.
    [after] = ahead(SPRING, done(SPRING, (0, "lift")), races=races, today=wednesday, count=1)
    assert (parts([after]), after.plan.given_up) == ([["lift"]], ())
    assert parts(ahead(SPRING, today=wednesday, count=1)) == [["lift", "lift"]]


def test_the_only_session_of_a_taper_week_may_still_be_done_later() -> None:
    weeks = ahead(SIX, races=[race(13)], today=WEEK + 4 * DAY, count=1)
    assert parts(weeks) == [["pattern-a"]]
    assert not weeks[0].plan.given_up


BUSY = Diary(
    weekly=(
        WeeklyRun(1, RunKind.SPEED, time(7)),
        WeeklyRun(3, RunKind.EASY, time(7)),
        WeeklyRun(6, RunKind.LONG, time(8)),
    )
)
# Far into the programmes: lift and spring has jumps in turn.
LIFTED = done(SPRING, *((7 * n, "lift") for n in range(-8, 0)))


@pytest.mark.parametrize("weekday", range(7))
@pytest.mark.parametrize("name", [n for n in PROGRAMMES if n != "daily-bodyweight"])
def test_the_first_session_after_a_race_is_a_light_one_three_to_five_days_later(
    name: str, weekday: int
) -> None:
    one = Race(day=WEEK + (7 + weekday) * DAY, name="Ridge", priority=Priority.A)
    state = replace(LIFTED, strength=WEEK - 60 * DAY, strength_count=12)
    weeks = ahead(PROGRAMMES[name], state, count=4, races=[one], diary=BUSY)
    after = [
        placed
        for week in weeks
        for placed in week.plan.placed
        if placed.day > one.day and not placed.wanted.snack
    ]
    first, *others = after
    assert first.light and 3 <= (first.day - one.day).days <= 5
    assert first.day.weekday() not in (1, 6)  # Speed and the long run.
    assert not any(placed.light for placed in others)
    phase = next(week.phase for week in weeks if week.monday == monday(first.day))
    asked = {part.id: part for part in PROGRAMMES[name].parts}
    calm = [n for n in phase.parts if not has_jumps(asked[n]) and not is_snack(LIBRARY, asked[n])]
    assert not calm or first.wanted.part in calm


def has_jumps(part: Part) -> bool:
    work = [slot for slot in part.slots if slot.kind is SetKind.WORK]
    return any(LIBRARY.exercises[n].kind is Kind.PLYOMETRIC for s in work for n in s.exercises)


def test_a_c_race_has_no_taper() -> None:
    weeks = ahead(races=[race(34, Priority.C)], count=5)
    assert not any({"TAPER_WEEK", "FEWER_NEAR_RACE"} & marks(week) for week in weeks)
    assert "RACE" in marks(weeks[4])


def test_fewer_sessions_in_a_taper_where_the_programme_says_so() -> None:
    for programme, taper in ((SIX, 1), (SPRING, 2)):
        weeks = ahead(programme, races=[race(34)], count=6)
        assert [lifts(week) for week in weeks] == [2, 2, 2, taper, 0, 1]
        assert ("FEWER_NEAR_RACE" in marks(weeks[3])) is (taper == 1)
        assert parts(weeks)[4] == []


def test_a_week_that_steps_down_and_the_next_that_does_not() -> None:
    weeks = ahead(step_down=frozenset({WEEK + 7 * DAY}))
    assert [marks(week) for week in weeks] == [set(), {"STEP_DOWN_WEEK"}, set()]


def test_a_cycle_that_leans_to_running_has_half_the_lifts() -> None:
    for programme in (SIX, SPRING, BLOCKS):
        weeks = ahead(programme, lean=Lean.RUN)
        assert [lifts(week) for week in weeks] == [1, 1, 1]
        assert all("LEAN_RUN_WEEK" in marks(week) for week in weeks)
        assert [lifts(week) for week in ahead(programme, lean=Lean.LIFT)] == [2, 2, 2]
    assert parts(ahead(lean=Lean.RUN)) == [["pattern-a"], ["pattern-b"], ["pattern-a"]]


def test_a_cycle_that_leans_to_running_keeps_its_snacks() -> None:
    weeks = ahead(SNACKS, lean=Lean.RUN, count=4)
    assert [lifts(week) for week in weeks] == [1, 1, 1, 1]
    assert [len(week.plan.placed) for week in weeks] == [3, 3, 3, 3]


def test_one_session_a_week_stays_one() -> None:
    weeks = ahead(PROGRAMMES["trail-speed"], lean=Lean.RUN)
    assert parts(weeks) == [["whole"]] * 3
    assert not any(marks(week) for week in weeks)


# -- what parts ask for ----------------------------------------------------------------------------


def test_snacks_are_short_and_leave_the_legs_alone() -> None:
    setup, state = Setup(library=LIBRARY), State()
    asked = {
        (programme.id, part.id): asked_for(
            setup, state, part, WEEK, session_work(setup, state, programme, part, WEEK)
        )
        for programme in PROGRAMMES.values()
        for part in programme.parts
    }
    snacks = {name for (_, name), one in asked.items() if one.snack}
    assert {"hip-snack", "core-snack"} < snacks
    assert {part.id for part in PROGRAMMES["daily-bodyweight"].parts} < snacks
    assert not any(one.legs or one.high for one in asked.values() if one.snack)
    assert asked["gym-and-snacks", "plyometrics-one-leg"].high
    assert not asked["gym-and-snacks", "plyometrics"].high
    assert not asked["gym-and-snacks", "core-snack"].leg_work
    assert asked["gym-and-snacks", "hip-snack"].leg_work
    assert not asked["trail-speed", "hips-and-core"].legs


# -- every season ----------------------------------------------------------------------------------


@examples(60)
@given(
    diaries,
    st.sampled_from(sorted(PROGRAMMES)),
    st.lists(st.builds(Race, day=days_around(-9, 30)), max_size=2),
    days_around(0, 6),
    st.lists(st.integers(-7, 0), max_size=2, unique=True),
)
def test_the_rules_hold_from_one_week_to_the_next(
    diary: Diary, name: str, races: list[Race], today: date, before: list[int]
) -> None:
    programme = PROGRAMMES[name]
    past = [(n, programme.parts[0].id) for n in sorted(before)]
    state = done(programme, *past) if past else None
    weeks = ahead(programme, state, today=today, races=races, diary=diary, count=4)
    placed = [one for week in weeks for one in week.plan.placed]
    legs = [(one.day, one.start) for one in placed if one.wanted.legs]
    for one, other in combinations(legs, 2):
        if one[1] is None or other[1] is None:
            assert (other[0] - one[0]).days >= 2
        else:
            apart = datetime.combine(other[0], other[1]) - datetime.combine(one[0], one[1])
            assert apart >= timedelta(hours=48)
    assert all(one.day >= today for one in placed)
    assert not any(0 <= (r.day - one.day).days <= 7 for one in placed for r in races)
    for r in races:
        behind = [p for p in placed if not p.wanted.snack and 1 <= (p.day - r.day).days <= 5]
        assert len(behind) <= 1
    assert [week.monday for week in weeks] == [WEEK + n * 7 * DAY for n in range(4)]
    for sooner, later in pairwise(weeks):
        # Only weeks without a session, but for snacks, make it go back.
        assert later.number - sooner.number <= 1
        trained = any(not one.wanted.snack for one in sooner.plan.placed)
        assert later.number >= sooner.number or not trained


@examples(30)
@given(st.sampled_from(sorted(PROGRAMMES)), diaries)
def test_fewer_weeks_asked_for_are_the_first_of_more(name: str, diary: Diary) -> None:
    programme = PROGRAMMES[name]
    weeks = ahead(programme, diary=diary, count=4)
    assert ahead(programme, diary=diary, count=2) == weeks[:2]
