"""What the calendar does to the advice: breaks, easy weeks, several things at once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.domain.calculator.examples.asking import Answer, Row, Runner, both, each, library, work

CALF, SQUAT, ROPE = "seated-calf-raise", "back-squat", "rope-skipping"
LAST, TODAY = "2026-04-13", "2026-04-16"  # a Monday and a Thursday
RACE = date(2026, 5, 24)
AIM = 3  # reps in reserve of a seated calf raise


def before_race(days: int) -> str:
    return (RACE - timedelta(days=days)).isoformat()


def calves(reps: int = 20, **said: object) -> list[Row]:
    return work(3, load_kg=40, reps=reps, rir=3, **said)


def dose(answer: Answer) -> tuple[str, int, float | None, int | None]:
    return answer.action, answer.sets, answer.load, answer.reps


def in_reserve(answer: Answer, *, reps: int, more: int) -> bool:
    """Whether this many more reps are left: as a higher target, or as fewer reps."""
    fewer = answer.reps is not None and answer.reps <= reps - more
    return fewer or (answer.reps == reps and answer.doc["target_rir"] >= AIM + more)


# --- breaks -------------------------------------------------------------------------------------


def after(days: int) -> str:
    return (date.fromisoformat(LAST) + timedelta(days=days)).isoformat()


def test_ten_days_are_no_break(runner: Runner) -> None:
    runner.did(LAST, CALF, calves())
    assert dose(runner.next(CALF, after(10))) == ("INCREASE", 3, 40, 21)


@pytest.mark.parametrize("days", [11, 17])
def test_a_short_break_holds(runner: Runner, days: int) -> None:
    runner.did(LAST, CALF, calves())
    answer = runner.next(CALF, after(days))
    assert answer.action in {"HOLD", "LAYOFF"}
    assert (answer.sets, answer.load) == (3, 40)
    assert in_reserve(answer, reps=20, more=1)
    assert answer.says("LAYOFF")


@pytest.mark.parametrize(
    ("days", "sets", "load"),
    [
        (18, 3, 37.5),  # 38
        (27, 3, 37.5),
        (28, 2, 35),  # 36
        (41, 2, 35),
        (42, 2, 30),  # 32
        (83, 2, 30),
        (84, 2, 27.5),  # 28
        (200, 2, 27.5),
    ],
)
def test_a_break_takes_load_and_sets(runner: Runner, days: int, sets: int, load: float) -> None:
    runner.did(LAST, CALF, calves())
    answer = runner.next(CALF, after(days))
    assert (answer.action, answer.sets, answer.load) == ("LAYOFF", sets, load)
    assert answer.reps is not None and answer.reps <= 20


@pytest.mark.parametrize("days", [20, 50])
def test_the_words_tell_the_weight_as_it_is(runner: Runner, days: int) -> None:
    runner.did(LAST, CALF, calves())
    answer = runner.next(CALF, after(days))
    assert answer.load is not None
    lighter = 100 * (1 - answer.load / 40)
    assert all(abs(said - lighter) < 1 for said in answer.lighter), (lighter, answer)


def test_a_break_shortens_holds_as_well(runner: Runner) -> None:
    runner.did(LAST, "wall-sit", work(3, hold_s=50))
    answer = runner.next("wall-sit", after(30))
    assert (answer.action, answer.sets, answer.hold) == ("LAYOFF", 2, 45)


@pytest.mark.parametrize(("days", "heavy"), [
    (20, [(70, 6), (70, 5), (70, 5)]),
    (30, [(67.5, 4), (67.5, 4)]),
    (50, [(60, 5), (60, 4)]),
])  # fmt: skip
def test_a_break_in_a_heavy_lift(runner: Runner, days: int, heavy: list[tuple[float, int]]) -> None:
    runner.config("extra_set", "off")
    runner.config("max.back-squat", "100")
    runner.did("2026-04-10", SQUAT, work(3, load_kg=65, reps=5, rir=3))
    runner.did(LAST, SQUAT, work(3, load_kg=75, reps=6, rir=2))
    answer = runner.next(SQUAT, after(days))
    assert answer.action == "LAYOFF"
    assert answer.loads_and_reps == heavy
    lighter = 100 * (1 - heavy[0][0] / 75)
    assert all(abs(said - lighter) < 1 for said in answer.lighter), (lighter, answer)


def test_three_weeks_without_jumps(runner: Runner) -> None:
    runner.did(LAST, "squat-jump", work(5, contacts=24))
    answer = runner.next("squat-jump", after(20))
    assert (answer.action, answer.contacts) == ("LAYOFF", 90)  # three quarters of 120


def test_a_month_without_jumps_begins_again_low(runner: Runner) -> None:
    runner.did(LAST, "squat-jump", work(5, contacts=24))
    answer = runner.next("squat-jump", after(30))
    assert library().exercises[answer.variant].jump_tier == "low"
    assert answer.contacts == 100


def test_a_break_ends_a_row_of_misses(runner: Runner) -> None:
    asked = {"load_kg": 40, "reps": 20}
    runner.did("2026-03-05", CALF, each("reps", [20, 18, 12], load_kg=40), plan=asked)
    runner.did("2026-03-26", CALF, each("reps", [20, 18, 12], load_kg=40), plan=asked)
    answer = runner.next(CALF, "2026-03-30")
    assert (answer.action, answer.load) == ("HOLD", 40)


# --- easy weeks ---------------------------------------------------------------------------------


def test_a_step_down_week_is_a_deload(runner: Runner) -> None:
    runner.run("step-down", "add", "2026-04-13")
    runner.did("2026-04-10", CALF, calves())
    answer = runner.next(CALF, TODAY)
    assert (answer.action, answer.sets, answer.load) == ("DELOAD", 2, 35)  # 36, rounded down
    assert in_reserve(answer, reps=20, more=2)


@pytest.mark.parametrize("day", ["2026-04-12", "2026-04-20"])
def test_the_weeks_beside_it_are_not(runner: Runner, day: str) -> None:
    runner.run("step-down", "add", "2026-04-13")
    runner.did("2026-04-10", CALF, calves())
    assert dose(runner.next(CALF, day)) == ("INCREASE", 3, 40, 21)


def test_a_step_down_week_of_jumps_holds_and_bodyweight(runner: Runner) -> None:
    runner.run("step-down", "add", "2026-04-13")
    runner.did("2026-04-10", ROPE, work(5, contacts=22))
    runner.did("2026-04-10", "wall-sit", work(3, hold_s=50))
    runner.did("2026-04-10", "lunge", both(3, reps=11))
    jumps = runner.next(ROPE, TODAY)
    assert (jumps.action, jumps.contacts in {54, 55}) == ("DELOAD", True)
    hold = runner.next("wall-sit", TODAY)
    assert (hold.action, hold.sets, hold.hold) == ("DELOAD", 2, 45)
    lunge = runner.next("lunge", TODAY)
    assert (lunge.action, lunge.sets, lunge.reps) == ("DELOAD", 2, 9)


def test_a_step_down_week_of_a_heavy_lift(runner: Runner) -> None:
    runner.run("step-down", "add", "2026-04-13")
    runner.config("extra_set", "off")
    runner.config("max.back-squat", "100")
    runner.did("2026-04-06", SQUAT, work(3, load_kg=65, reps=5, rir=3))
    runner.did("2026-04-09", SQUAT, work(3, load_kg=70, reps=8, rir=3))
    answer = runner.next(SQUAT, LAST)
    assert (answer.action, answer.loads_and_reps) == ("DELOAD", [(62.5, 6), (62.5, 5)])


def test_what_was_first_done_in_an_easy_week_is_known(runner: Runner) -> None:
    runner.run("step-down", "add", "2026-04-06")
    runner.did("2026-04-10", CALF, calves())
    answer = runner.next(CALF, TODAY)
    assert answer.action in {"HOLD", "INCREASE"}
    assert answer.load == 40


def weeks_of_squats(runner: Runner, weeks: int, last_two: Row) -> str:
    """Two sessions a week of squats, the last two as given; returns the day of the next."""
    runner.config("extra_set", "off")
    runner.config("max.back-squat", "100")
    monday = date(2026, 4, 20)
    days = [monday - timedelta(days=7 * n - 3 * k) for n in range(weeks, 0, -1) for k in (0, 1)]
    for n, day in enumerate(days):
        said = last_two if n >= len(days) - 2 else {"rir": 2}
        runner.did(day.isoformat(), SQUAT, work(3, **{"load_kg": 80, "reps": 5, **said}))
    return monday.isoformat()


def test_weeks_that_go_well_bring_no_deload(runner: Runner) -> None:
    today = weeks_of_squats(runner, 9, {"rir": 2})
    assert runner.next(SQUAT, today).action not in {"DELOAD", "DECREASE"}


def test_nothing_left_twice_after_five_weeks_is_a_deload(runner: Runner) -> None:
    today = weeks_of_squats(runner, 5, {"rir": 0})
    answer = runner.next(SQUAT, today)
    assert (answer.action, answer.sets) == ("DELOAD", 2)


def test_nothing_left_twice_in_the_second_week_is_not(runner: Runner) -> None:
    today = weeks_of_squats(runner, 2, {"rir": 0})
    assert runner.next(SQUAT, today).action != "DELOAD"


def test_two_lifts_that_miss_twice_are_a_deload(runner: Runner) -> None:
    runner.config("max.deadlift", "120")
    missed: Row = {"reps": 3, "prescribed": {"load_kg": 80, "reps": 5}}
    today = weeks_of_squats(runner, 5, missed)
    first = date.fromisoformat(today) - timedelta(days=35)
    for n in range(10):
        day = first + timedelta(days=7 * (n // 2) + 3 * (n % 2))
        said = {"reps": 3} if n >= 8 else {"reps": 5}
        asked = {"load_kg": 90, "reps": 5}
        runner.did(day.isoformat(), "deadlift", work(3, load_kg=90, **said), plan=asked)
    assert runner.next(SQUAT, today).action == "DELOAD"


# --- several at once ----------------------------------------------------------------------------


def test_pain_in_an_easy_week(runner: Runner) -> None:
    runner.run("step-down", "add", "2026-04-13")
    runner.did("2026-04-07", CALF, calves())
    runner.did("2026-04-10", CALF, calves(pain=4))
    answer = runner.next(CALF, TODAY)
    # Half of three sets, rounded up, minus one; the smaller of the factors, once.
    assert (answer.action, answer.sets, answer.load) == ("DECREASE", 1, 30)


def test_a_taper_after_a_break(runner: Runner) -> None:
    runner.races(RACE.isoformat())
    runner.did(before_race(40), CALF, calves())
    answer = runner.next(CALF, before_race(10))
    assert (answer.action, answer.sets, answer.load) == ("TAPER", 1, 35)
    assert answer.says("LAYOFF_28_41")


def test_a_break_before_an_easy_week(runner: Runner) -> None:
    runner.run("step-down", "add", "2026-04-13")
    runner.did("2026-03-26", CALF, calves())
    answer = runner.next(CALF, TODAY)
    assert (answer.action, answer.sets, answer.load) == ("LAYOFF", 2, 35)  # nine tenths, once
