"""The slots of a day for strength, and what is on a day: its runs, free times and races."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import example, given

from tests.strategies import WEEK, diaries, examples
from tui.domain.calculator.advice import Calendar, Priority, Race
from tui.domain.planning.calendar_queries import (
    away_on,
    ends,
    openings_on,
    race_behind,
    race_rest,
    runs_on,
)
from tui.domain.planning.diary import Away, Diary, Opening, Run, RunKind, WeeklyRun
from tui.domain.planning.time_slots import (
    TimeSlot,
    earliest_start,
    lift_time_slots,
    snack_time_slots,
)

DAY = timedelta(days=1)
NO_RACE = Calendar()
EASY, SPEED, LONG, HILLS = RunKind.EASY, RunKind.SPEED, RunKind.LONG, RunKind.HILLS


def run(kind: RunKind, start: time | None = None, weekday: int = 0, **more: float) -> Run:
    return Run(id="", day=WEEK + weekday * DAY, kind=kind, start=start, **more)  # type: ignore[arg-type]  # a duration


def lifting(
    *runs: Run, free: Sequence[time | None] = (None,), races: Sequence[Race] = ()
) -> list[TimeSlot]:
    diary = Diary(runs=runs, openings=tuple(Opening(0, start) for start in free))
    return list(lift_time_slots(diary, Calendar(races=tuple(races)), WEEK))


def the_place(*runs: Run, free: time | None = None) -> TimeSlot:
    (found,) = lifting(*runs, free=(free,))
    return found


def codes(spot: TimeSlot) -> list[str]:
    return [reason.code for reason in spot.reasons]


# -- after a hard run ------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [SPEED, LONG, HILLS])
def test_six_hours_after_the_start_of_a_hard_run_is_best(kind: RunKind) -> None:
    place = the_place(run(kind, time(7)))
    assert (place.start, place.not_before) == (None, time(13))
    assert codes(place) == ["HOURS_AFTER_RUN"]
    assert place.reasons[0].facts == {"run": kind.value, "hours": 6}


@pytest.mark.parametrize(
    ("begun", "lasts_s", "from_", "code"),
    [
        (time(7), 3600.0, time(13), "HOURS_AFTER_RUN"),
        (time(7), 8 * 3600.0, time(15), "HOURS_AFTER_RUN"),
        (time(15), 3600.0, time(21), "HOURS_AFTER_RUN"),
        (time(15, 1), 3600.0, time(18, 1), "SOON_AFTER_RUN"),
        (time(18), 3600.0, time(21), "SOON_AFTER_RUN"),
        (time(18, 30), 3600.0, time(19, 30), "SOON_AFTER_RUN"),
        (time(20), 3600.0, time(21), "SOON_AFTER_RUN"),
    ],
)
def test_where_six_hours_are_too_late_three_are_taken_or_none(
    begun: time, lasts_s: float, from_: time, code: str
) -> None:
    place = the_place(run(SPEED, begun, duration_s=lasts_s))
    assert place.not_before == from_
    assert codes(place) == [code]


@pytest.mark.parametrize(
    ("begun", "lasts_s"),
    [(time(20, 30), 3600.0), (time(23, 30), None), (time(12), 10 * 3600.0), (time(20), 90000.0)],
)
def test_a_hard_run_that_ends_late_leaves_no_place(begun: time, lasts_s: float | None) -> None:
    late = run(SPEED, begun) if lasts_s is None else run(SPEED, begun, duration_s=lasts_s)
    assert lifting(late) == []


def test_the_nearer_to_the_hard_run_the_dearer() -> None:
    costs = [the_place(run(SPEED, time(7)), free=time(hour)).cost for hour in (13, 10, 8)]
    assert costs == sorted(set(costs))
    assert costs[0] < the_place(run(EASY, time(7))).cost


@pytest.mark.parametrize(
    ("free", "fits"),
    [(time(6), False), (time(7), False), (time(7, 59), False), (time(8), True), (time(20), True)],
)
def test_a_named_time_counts_once_the_hard_run_is_over(free: time, fits: bool) -> None:
    found = lifting(run(SPEED, time(7)), free=(free,))
    assert [one.start for one in found] == [free] * fits


def test_the_last_of_two_hard_runs_counts() -> None:
    twice = [run(SPEED, time(7)), run(HILLS, time(12))]
    assert the_place(*twice).not_before == time(18)
    assert lifting(*twice, free=(time(10),)) == []
    within = [run(LONG, time(7), duration_s=6 * 3600.0), run(SPEED, time(9))]
    assert lifting(*within, free=(time(12),)) == []


def test_an_untimed_hard_run_makes_a_place_behind_it_at_no_known_time() -> None:
    assert codes(the_place(run(SPEED))) == ["AFTER_RUN"]
    assert the_place(run(SPEED), free=time(6)).start == time(6)


def test_an_untimed_hard_run_does_not_hide_a_timed_one() -> None:
    both = [run(SPEED, time(18)), run(HILLS)]
    assert lifting(*both, free=(time(7),)) == []
    assert lifting(*both, free=(time(18, 30),)) == []


# -- other days ------------------------------------------------------------------------------------


def test_what_speaks_for_a_day_without_a_hard_run() -> None:
    assert codes(the_place()) == ["NO_RUN_DAY"]
    assert codes(the_place(run(EASY))) == ["EASY_RUN_DAY"]
    assert codes(the_place(run(SPEED, weekday=-1))) == ["DAY_AFTER_RUN"]
    assert codes(the_place(run(EASY), run(HILLS, weekday=-1))) == ["DAY_AFTER_RUN"]
    assert codes(the_place(run(EASY, weekday=-1))) == ["NO_RUN_DAY"]


def test_the_morning_after_is_better_than_any_other_day_but_not_than_a_hard_one() -> None:
    hard, after = the_place(run(SPEED, time(7))), the_place(run(SPEED, weekday=-1))
    assert hard.cost < after.cost < the_place().cost
    assert after.cost < the_place(run(EASY)).cost


@pytest.mark.parametrize(
    ("free", "tomorrow", "near"),
    [
        (time(7), time(7), False),
        (time(7, 1), time(7), True),
        (time(7), time(6, 59), True),
        (None, time(23), True),
        (time(7), None, True),
        (None, None, True),
    ],
)
def test_leg_work_within_a_day_of_the_next_hard_run_costs_more(
    free: time | None, tomorrow: time | None, near: bool
) -> None:
    place = the_place(run(LONG, tomorrow, weekday=1), free=free)
    assert (place.cost_before > 0) is near
    assert ("DAY_BEFORE_RUN" in codes(place)) is near
    assert the_place(run(EASY, tomorrow, weekday=1), free=free).cost_before == 0


def test_no_place_begins_within_an_easy_run() -> None:
    jog = run(EASY, time(12), duration_s=1800.0)
    free = (time(11, 59), time(12), time(12, 29), time(12, 30))
    assert [one.start for one in lifting(jog, free=free)] == [time(11, 59), time(12, 30)]


def test_no_place_begins_within_a_run_that_went_through_the_night() -> None:
    night = run(LONG, time(20), weekday=-1, duration_s=12 * 3600.0)
    assert [one.start for one in lifting(night, free=(time(6), time(8)))] == [time(8)]


def test_a_place_after_a_race_is_marked_and_only_light() -> None:
    for weekday in (-5, -3):
        ran = Race(day=WEEK + weekday * DAY, name="Ridge")
        (place,) = lifting(races=[ran])
        assert place.after_race
        assert codes(place)[-1] == "AFTER_RACE_LIGHT"
        assert place.reasons[-1].facts == {"race": "Ridge"}
    (place,) = lifting(races=[Race(day=WEEK - 6 * DAY)])
    assert not place.after_race


@pytest.mark.parametrize("weekday", [-1, -2])
def test_nothing_is_lifted_with_a_race_in_the_legs(weekday: int) -> None:
    assert lifting(races=[Race(day=WEEK + weekday * DAY)]) == []


# -- snacks ----------------------------------------------------------------------------------------


def snack(*runs: Run) -> TimeSlot:
    (found,) = snack_time_slots(Diary(runs=runs), WEEK)
    return found


def test_a_snack_comes_behind_the_last_run_of_the_day() -> None:
    place = snack(run(EASY, time(18)), run(SPEED, time(7)))
    assert place.not_before == time(18, 45)
    assert place.reasons[0].facts == {"run": "easy"}
    assert earliest_start(place) == datetime.combine(WEEK, time(18, 45))
    assert snack(run(LONG)).not_before is None
    assert codes(snack(run(LONG))) == ["SNACK_AFTER_RUN"]


def test_a_snack_after_a_run_through_midnight_has_no_time() -> None:
    assert snack(run(EASY, time(23, 30))).not_before is None


def test_a_snack_needs_no_run_but_likes_one() -> None:
    free = snack()
    assert codes(free) == ["SNACK_ANY_TIME"]
    assert earliest_start(free) is None
    assert free.cost > snack(run(EASY)).cost


# -- what a day holds ------------------------------------------------------------------------------


def test_a_run_told_of_a_day_stands_in_for_the_weekly_ones() -> None:
    diary = Diary(
        weekly=(WeeklyRun(0, SPEED, time(7)), WeeklyRun(0, EASY, time(6))),
        runs=(run(EASY, time(12), weekday=7),),
    )
    assert [(one.kind, one.start) for one in runs_on(diary, WEEK)] == [
        (EASY, time(6)),
        (SPEED, time(7)),
    ]
    assert [one.start for one in runs_on(diary, WEEK + 7 * DAY)] == [time(12)]
    assert runs_on(diary, WEEK + DAY) == ()
    assert all(one.day == WEEK + 14 * DAY for one in runs_on(diary, WEEK + 14 * DAY))


def test_how_long_a_run_takes_where_nobody_said() -> None:
    usual = {EASY: (7, 45), SPEED: (8, 0), HILLS: (8, 10), LONG: (9, 0)}
    for kind, over in usual.items():
        assert ends(run(kind, time(7))) == datetime.combine(WEEK, time(*over))
    assert ends(run(EASY)) is None
    assert ends(run(LONG, time(22), duration_s=3 * 3600.0)) == datetime.combine(WEEK + DAY, time(1))


def test_every_day_is_free_until_the_runner_names_one() -> None:
    assert openings_on(Diary(), WEEK + 4 * DAY) == (Opening(4),)
    named = Diary(openings=(Opening(0, time(18)), Opening(0, time(6)), Opening(2)))
    assert [one.start for one in openings_on(named, WEEK)] == [time(6), time(18)]
    assert openings_on(named, WEEK + DAY) == ()


def test_away_from_the_first_day_to_the_last() -> None:
    far = Away(first=WEEK, last=WEEK + 6 * DAY)
    within = Away(first=WEEK + 2 * DAY, last=WEEK + 3 * DAY, equipment=frozenset({"band"}))
    diary = Diary(away=(within, far))
    found = [away_on(diary, WEEK + n * DAY) for n in (-1, 0, 2, 3, 4, 6, 7)]
    assert found == [None, far, within, within, far, far, None]


@pytest.mark.parametrize(
    ("priority", "c_week", "rests"),
    [
        (Priority.A, True, 7),
        (Priority.A, False, 7),
        (Priority.B, False, 7),
        (Priority.C, True, 7),
        (Priority.C, False, 3),
    ],
)
def test_how_long_before_a_race_there_is_no_strength(
    priority: Priority, c_week: bool, rests: int
) -> None:
    race = Race(day=WEEK, priority=priority)
    resting = [
        n
        for n in range(-1, 12)
        if race_rest(Calendar(races=(race,)), WEEK - n * DAY, c_week=c_week) is race
    ]
    assert resting == list(range(rests + 1))


def test_the_last_race_behind_a_day() -> None:
    races = tuple(Race(day=WEEK + n * DAY) for n in (0, 3))
    found = [race_behind(Calendar(races=races), WEEK + n * DAY, 7) for n in (0, 1, 3, 4, 10, 11)]
    assert found == [None, races[0], races[0], races[1], races[1], None]


def days(diary: Diary) -> list[date]:
    return [WEEK + n * DAY for n in range(7) if openings_on(diary, WEEK + n * DAY)]


@examples(60)
@given(diaries)
@example(Diary(weekly=tuple(WeeklyRun(n, kind) for n in range(7) for kind in RunKind)))
def test_a_place_is_on_its_day_and_says_why(diary: Diary) -> None:
    for day in days(diary):
        free = {one.start for one in openings_on(diary, day)}
        for spot in lift_time_slots(diary, NO_RACE, day):
            assert spot.day == day
            assert spot.start in free
            assert spot.start is None or spot.not_before is None
            assert spot.reasons
            assert spot.cost >= 0
            assert spot.cost_before >= 0
        assert [one.day for one in snack_time_slots(diary, day)] == [day]
