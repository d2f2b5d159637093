"""Before a race, in its week, and after it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.domain.calculator.examples.asking import Answer, Row, Runner, both, each, work

CALF, SQUAT, ROPE = "seated-calf-raise", "back-squat", "rope-skipping"
RACE = date(2026, 5, 24)


def before_race(days: int) -> str:
    return (RACE - timedelta(days=days)).isoformat()


def calves(reps: int = 20, **said: object) -> list[Row]:
    return work(3, load_kg=40, reps=reps, rir=3, **said)


def trained_before_race(runner: Runner, last: int, exercise: str = CALF) -> None:
    """A session outside any taper, and one this many days before the race."""
    rows = calves() if exercise == CALF else work(5, contacts=22)
    runner.did([before_race(last + 7), before_race(last)], exercise, rows)


def dose(answer: Answer) -> tuple[str, int, float | None, int | None]:
    return answer.action, answer.sets, answer.load, answer.reps


@pytest.mark.parametrize("days", [14, 10, 8])
def test_a_taper_keeps_the_load_and_halves_the_sets(runner: Runner, days: int) -> None:
    runner.races(RACE.isoformat())
    trained_before_race(runner, days + 3)
    assert dose(runner.next(CALF, before_race(days))) == ("TAPER", 2, 40, 20)


def test_three_weeks_out_the_sets_are_as_usual(runner: Runner) -> None:
    runner.races(RACE.isoformat())
    runner.did(before_race(18), CALF, calves())
    answer = runner.next(CALF, before_race(15))
    assert (answer.sets, answer.load) == (3, 40)
    assert answer.action != "TAPER"


def test_three_weeks_out_there_is_no_extra_set(runner: Runner) -> None:
    runner.config("extra_set", "on")
    runner.config("max.back-squat", "100")
    runner.did("2026-04-29", SQUAT, work(3, load_kg=65, reps=5, rir=3))
    monday = before_race(20)  # of week 19
    assert date.fromisoformat(monday).isocalendar().week == 19
    runner.races("2026-05-31")
    runner.did(monday, SQUAT, work(3, load_kg=70, reps=6, rir=3))
    even_week = "2026-05-11"
    assert runner.next(SQUAT, even_week).sets == 3
    runner.races("2026-07-31")
    assert runner.next(SQUAT, even_week).sets == 4


@pytest.mark.parametrize("priority", ["A", "B", "C"])
@pytest.mark.parametrize("days", [7, 3, 0])
def test_race_week_is_for_rest(runner: Runner, priority: str, days: int) -> None:
    runner.races(RACE.isoformat(), priority)
    runner.did(before_race(9), CALF, calves())
    assert runner.next(CALF, before_race(days)).action == "REST"


def test_a_c_race_may_keep_its_week(runner: Runner) -> None:
    runner.config("race_week", "off")
    runner.races(RACE.isoformat(), "C")
    runner.did(before_race(9), CALF, calves())
    assert dose(runner.next(CALF, before_race(5))) == ("INCREASE", 3, 40, 21)
    assert runner.next(CALF, before_race(3)).action == "REST"


def test_what_was_first_done_in_a_taper_keeps_its_load(runner: Runner) -> None:
    runner.races(RACE.isoformat())
    runner.did(before_race(13), CALF, calves())
    assert dose(runner.next(CALF, before_race(10))) == ("TAPER", 2, 40, 20)
    assert runner.next(CALF, before_race(-8)).load == 40


def test_a_b_race_takes_a_third_of_the_sets(runner: Runner) -> None:
    runner.races(RACE.isoformat(), "B")
    trained_before_race(runner, 13)
    assert dose(runner.next(CALF, before_race(10))) == ("TAPER", 2, 40, 20)


def test_a_c_race_has_no_taper(runner: Runner) -> None:
    runner.races(RACE.isoformat(), "C")
    runner.did(before_race(13), CALF, calves())
    assert dose(runner.next(CALF, before_race(10))) == ("INCREASE", 3, 40, 21)


def test_a_taper_halves_the_jumps(runner: Runner) -> None:
    runner.races(RACE.isoformat())
    trained_before_race(runner, 13, ROPE)
    answer = runner.next(ROPE, before_race(10))
    assert (answer.action, answer.contacts in {54, 55}) == ("TAPER", True)


def test_a_taper_begins_nothing_new(runner: Runner) -> None:
    runner.races(RACE.isoformat())
    runner.did(before_race(13), CALF, calves())
    assert runner.next("wall-sit", before_race(10)).action not in {"START", "INCREASE"}
    runner.did([before_race(16), before_race(13)], "bird-dog", both(3, reps=15))
    assert runner.next("bird-dog", before_race(10)).action != "VARIANT_UP"


def test_a_taper_can_lighten(runner: Runner) -> None:
    runner.config("taper", "lighten")
    runner.races(RACE.isoformat())
    trained_before_race(runner, 13)
    answer = runner.next(CALF, before_race(10))
    assert (answer.action, answer.sets, answer.load) == ("TAPER", 2, 35)  # 36, rounded down


def test_a_taper_of_a_heavy_lift_never_rises(runner: Runner) -> None:
    runner.config("extra_set", "off")
    runner.config("max.back-squat", "100")
    runner.races(RACE.isoformat())
    runner.did(before_race(20), SQUAT, work(3, load_kg=65, reps=5, rir=3))
    runner.did(before_race(17), SQUAT, work(3, load_kg=70, reps=8, rir=4))
    answer = runner.next(SQUAT, before_race(13))
    assert (answer.action, answer.loads_and_reps) == ("TAPER", [(70, 8), (70, 8)])


@pytest.mark.parametrize("days", [1, 5])
def test_after_the_race_a_light_session(runner: Runner, days: int) -> None:
    runner.races(RACE.isoformat())
    trained_before_race(runner, 8)
    answer = runner.next(CALF, before_race(-days))
    assert (answer.sets, answer.load) == (2, 35)  # 36, rounded down
    assert answer.action not in {"INCREASE", "START"}


def test_the_session_after_the_light_one_goes_on_from_before_the_race(runner: Runner) -> None:
    runner.races(RACE.isoformat())
    trained_before_race(runner, 18)
    runner.did(before_race(-4), CALF, work(2, load_kg=35, reps=20), {"load_kg": 35, "reps": 20})
    answer = runner.next(CALF, before_race(-7))
    assert (answer.sets, answer.load) == (3, 40)


def test_the_first_session_a_week_after_a_race_is_an_ordinary_one(runner: Runner) -> None:
    runner.races(RACE.isoformat())
    trained_before_race(runner, 8)
    answer = runner.next(CALF, before_race(-6))
    assert (answer.action, answer.sets, answer.load) == ("HOLD", 3, 40)


@pytest.mark.parametrize(
    ("known", "stands_in"),
    [
        ([("back-squat", 16), ("deadlift", 20)], "deadlift"),
        ([("back-squat", 16), ("split-squat", 20)], "back-squat"),
        ([("split-squat", 20), ("back-squat", 16), ("single-leg-glute-bridge", 15)], "back-squat"),
    ],
    ids=["a hinge", "the lift done last", "no bodyweight exercise"],
)
def test_a_known_lift_takes_the_place_of_a_new_one_in_a_taper(
    runner: Runner, known: list[tuple[str, int]], stands_in: str
) -> None:
    """The last lift before an A race stays."""
    runner.races(RACE.isoformat())
    for name, days in known:
        rows = (
            both(3, reps=10) if name == "single-leg-glute-bridge" else work(3, load_kg=60, reps=5)
        )
        runner.did(before_race(days), name, rows)
    answer = runner.next("hex-bar-deadlift", before_race(10))
    assert (answer.action, answer.variant) == ("TAPER", stands_in)
    assert answer.says("NOTHING_NEW")
    assert answer.sets > 0


def test_with_no_lift_known_in_a_taper_a_new_one_rests(runner: Runner) -> None:
    runner.races(RACE.isoformat())
    runner.did(before_race(16), "push-up", work(3, reps=10))
    assert runner.next("hex-bar-deadlift", before_race(10)).action == "REST"


def test_rest_before_a_race_is_no_break(runner: Runner) -> None:
    runner.races(RACE.isoformat())
    trained_before_race(runner, 8)
    answer = runner.next(CALF, before_race(-8))
    assert answer.action != "LAYOFF"
    assert (answer.sets, answer.load) == (3, 40)


def test_pain_comes_before_the_race(runner: Runner) -> None:
    runner.races(RACE.isoformat())
    runner.did(before_race(20), CALF, calves())
    runner.did(before_race(13), CALF, calves(pain=4))
    answer = runner.next(CALF, before_race(10))
    assert (answer.action, answer.sets, answer.load) == ("DECREASE", 1, 30)


def test_rest_before_a_race_ends_a_row_of_misses(runner: Runner) -> None:
    asked = {"load_kg": 40, "reps": 20}
    runner.races(RACE.isoformat(), "C")
    runner.did(before_race(25), CALF, calves())
    for day in (before_race(9), before_race(-8)):
        runner.did(day, CALF, each("reps", [20, 18, 12], load_kg=40), plan=asked)
    answer = runner.next(CALF, before_race(-11))
    assert (answer.action, answer.load) == ("HOLD", 40)
