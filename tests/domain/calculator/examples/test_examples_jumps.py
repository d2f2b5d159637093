"""Jumps in foot contacts, carries, and mobility."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.domain.calculator.examples.asking import Runner, both, each, sides, work

ROPE, SQUAT_JUMP, MARCH = "rope-skipping", "squat-jump", "single-arm-farmers-march"
LAST, TODAY = "2026-05-11", "2026-05-14"
TWICE = ("2026-05-07", LAST)


# --- jumps --------------------------------------------------------------------------------------


def test_e11_a_tenth_more_up_to_the_top_of_the_band(runner: Runner) -> None:
    runner.config("level", "beginner")
    runner.did(LAST, ROPE, work(4, contacts=24, pain=0))
    answer = runner.next(ROPE, TODAY)
    assert (answer.action, answer.contacts) == ("INCREASE", 100)


@pytest.mark.parametrize("low", [ROPE, "pogo"])
def test_e11_the_next_tier_begins_at_the_floor(runner: Runner, low: str) -> None:
    runner.config("level", "beginner")
    runner.did(TWICE, low, work(5, contacts=20, pain=0))
    answer = runner.next(low, TODAY)
    assert (answer.action, answer.variant, answer.contacts) == ("VARIANT_UP", SQUAT_JUMP, 80)
    assert [row["contacts"] for row in answer.plan] == [10] * 8


def test_e12_depth_jumps_wait_for_strength(runner: Runner) -> None:
    runner.config("level", "beginner")
    lifts = ("2026-04-27", "2026-04-30", "2026-05-04", "2026-05-07")
    runner.did(lifts, "back-squat", work(3, load_kg=40, reps=5, rir=3))
    answer = runner.next("depth-jump", "2026-05-12")
    assert (answer.action, answer.variant, answer.contacts) == ("SUBSTITUTE", ROPE, 80)
    assert answer.says("HIGH_PLYO_GATE")


@pytest.mark.parametrize(
    ("level", "floor", "more", "top"),
    [
        ("beginner", 80, 88, 100),
        ("intermediate", 100, 110, 120),
        ("advanced", 120, 132, 140),
    ],
)
def test_the_band_of_a_level(runner: Runner, level: str, floor: int, more: int, top: int) -> None:
    runner.config("level", level)
    answer = runner.next(SQUAT_JUMP, "2026-05-07")
    assert (answer.action, answer.contacts) == ("START", floor)
    runner.did("2026-05-07", SQUAT_JUMP, work(2, contacts=floor // 2))
    answer = runner.next(SQUAT_JUMP, LAST)
    assert (answer.action, answer.contacts) == ("INCREASE", more)
    runner.did(LAST, SQUAT_JUMP, work(2, contacts=top // 2))
    answer = runner.next(SQUAT_JUMP, TODAY)
    assert (answer.action, answer.contacts) == ("HOLD", top)


@pytest.mark.parametrize(("last", "more"), [(88, 96), (82, 90), (94, 100)])
def test_a_tenth_more_is_an_even_number(runner: Runner, last: int, more: int) -> None:
    runner.config("level", "beginner")
    runner.did(LAST, SQUAT_JUMP, work(2, contacts=last // 2))
    answer = runner.next(SQUAT_JUMP, TODAY)
    assert (answer.action, answer.contacts) == ("INCREASE", more)


def test_more_than_the_band_comes_back_into_it(runner: Runner) -> None:
    runner.did(LAST, SQUAT_JUMP, work(9, contacts=20))
    assert runner.next(SQUAT_JUMP, TODAY).contacts <= 120


@pytest.mark.parametrize(
    "said", [{"flags": ["landing"]}, {"effort": 8}], ids=["landing", "too hard"]
)
def test_jumps_that_were_not_clean_hold(runner: Runner, said: dict[str, object]) -> None:
    runner.did(LAST, SQUAT_JUMP, work(5, contacts=20, **said), plan={"contacts": 20})
    answer = runner.next(SQUAT_JUMP, TODAY)
    assert (answer.action, answer.contacts) == ("HOLD", 100)


def test_jumps_do_not_rise_within_48_hours_but_the_rope_does(runner: Runner) -> None:
    runner.did(LAST, SQUAT_JUMP, work(5, contacts=20, effort=5))
    assert runner.next(SQUAT_JUMP, "2026-05-12").action != "INCREASE"
    runner.did("2026-05-13", ROPE, work(5, contacts=20, effort=5))
    answer = runner.next(ROPE, TODAY)
    assert (answer.action, answer.contacts) == ("INCREASE", 110)


def test_the_rope_of_a_warm_up_is_not_counted(runner: Runner) -> None:
    runner.did(LAST, ROPE, work(1, kind="warmup", contacts=120))
    answer = runner.next(ROPE, TODAY)
    assert (answer.action, answer.contacts) == ("START", 100)


@pytest.mark.parametrize(
    ("exercise", "fewest", "most"), [("pogo", 5, 10), ("box-jump", 3, 5)], ids=["low", "box"]
)
def test_jumps_come_in_short_sets(runner: Runner, exercise: str, fewest: int, most: int) -> None:
    answer = runner.next(exercise, TODAY)
    assert answer.action == "START"
    assert all(2 * fewest <= row["contacts"] <= 2 * most for row in answer.plan)
    assert 120 <= answer.doc["rest_s"] <= 180


@pytest.mark.parametrize("exercise", ["depth-jump", "hop", "bound", "lateral-bound"])
def test_high_jumps_are_gated_without_a_history(runner: Runner, exercise: str) -> None:
    answer = runner.next(exercise, TODAY)
    assert answer.action == "SUBSTITUTE"
    assert answer.says("HIGH_PLYO_GATE")


@pytest.mark.parametrize(
    ("level", "weeks", "open_"),
    [("intermediate", 3, False), ("intermediate", 5, True), ("beginner", 5, False),
     ("beginner", 7, True)],
)  # fmt: skip
def test_the_gate_opens_after_weeks_of_strength(
    runner: Runner, level: str, weeks: int, open_: bool
) -> None:
    runner.config("level", level)
    monday = date(2026, 5, 11)
    days = [monday - timedelta(days=7 * n - 3 * k) for n in range(1, weeks + 1) for k in (0, 1)]
    lifts = [day.isoformat() for day in sorted(days)]
    runner.did(lifts, "back-squat", work(3, load_kg=40, reps=5, rir=3))
    answer = runner.next("depth-jump", TODAY)
    assert answer.says("HIGH_PLYO_GATE") is not open_
    assert (answer.action == "START") is open_


def test_few_strength_sessions_do_not_open_the_gate(runner: Runner) -> None:
    lifts = ("2026-03-23", "2026-04-01", "2026-04-10", "2026-04-20", "2026-05-07")
    runner.did(lifts, "back-squat", work(3, load_kg=40, reps=5, rir=3))
    assert runner.next("depth-jump", TODAY).says("HIGH_PLYO_GATE")


def test_sessions_of_jumps_are_no_strength_sessions(runner: Runner) -> None:
    days = [(date(2026, 3, 23) + timedelta(days=5 * n)).isoformat() for n in range(9)]
    runner.did(days, SQUAT_JUMP, work(5, contacts=20))
    assert runner.next("depth-jump", TODAY).says("HIGH_PLYO_GATE")
    runner.did(days, "back-squat", work(3, load_kg=40, reps=5, rir=3))
    assert not runner.next("depth-jump", TODAY).says("HIGH_PLYO_GATE")


# --- carries ------------------------------------------------------------------------------------


def carrier(runner: Runner) -> Runner:
    runner.owns("kettlebells", 8, 12, 16, 20, 24)
    return runner


def test_e17_the_next_kettlebell_from_the_shortest_way(runner: Runner) -> None:
    carrier(runner).did(TWICE, MARCH, both(3, load_kg=16, distance_m=40))
    answer = runner.next(MARCH, TODAY)
    assert (answer.action, answer.load, answer.doc["distance_m"]) == ("INCREASE", 20, 20)


@pytest.mark.parametrize("metres", [20, 30])
def test_a_carry_grows_longer_first(runner: Runner, metres: int) -> None:
    carrier(runner).did(TWICE, MARCH, both(3, load_kg=16, distance_m=metres))
    answer = runner.next(MARCH, TODAY)
    assert (answer.action, answer.load) == ("INCREASE", 16)
    assert answer.doc["distance_m"] == metres + 10


def test_a_kettlebell_a_third_heavier_waits(runner: Runner) -> None:
    carrier(runner).did(TWICE, MARCH, both(3, load_kg=12, distance_m=40))
    answer = runner.next(MARCH, TODAY)
    assert answer.load == 12
    assert answer.says("REP_EXTEND")


@pytest.mark.parametrize(
    ("done", "action", "count", "way"), [(3, "INCREASE", 4, 35), (4, "HOLD", 4, 40)]
)
def test_the_heaviest_kettlebell_gets_one_more_set_and_then_is_enough(
    runner: Runner, done: int, action: str, count: int, way: int
) -> None:
    carrier(runner).did(TWICE, MARCH, both(done, load_kg=24, distance_m=40))
    answer = runner.next(MARCH, TODAY)
    assert (answer.action, answer.load, answer.doc["distance_m"]) == (action, 24, way)
    assert answer.sets == count
    assert answer.codes == ["ENOUGH" if done == count else "MORE_SETS"]


def test_one_side_put_down_early_holds_the_carry(runner: Runner) -> None:
    left = work(3, load_kg=16, distance_m=40)
    right = each("distance_m", [40, 40, 30], load_kg=16)
    asked = {"load_kg": 16, "distance_m": 40}
    carrier(runner).did(LAST, MARCH, sides(left, right), plan=asked)
    answer = runner.next(MARCH, TODAY)
    assert (answer.action, answer.load, answer.doc["distance_m"]) == ("HOLD", 16, 40)


def test_a_carry_starts_at_twenty_metres(runner: Runner) -> None:
    answer = carrier(runner).next(MARCH, TODAY)
    assert (answer.action, answer.doc["distance_m"]) == ("START", 20)


# --- mobility -----------------------------------------------------------------------------------


def test_mobility_stays_as_it_is(runner: Runner) -> None:
    runner.did(("2026-05-04", *TWICE), "duck-walk", work(2, distance_m=10))
    answer = runner.next("duck-walk", TODAY)
    assert (answer.action, answer.sets, answer.doc["distance_m"]) == ("HOLD", 2, 10)


@pytest.mark.parametrize("days_to_race", [10, 5, 0])
def test_mobility_goes_on_up_to_the_race(runner: Runner, days_to_race: int) -> None:
    runner.races("2026-05-24")
    runner.did(TWICE, "duck-walk", work(2, distance_m=10))
    day = date(2026, 5, 24) - timedelta(days=days_to_race)
    answer = runner.next("duck-walk", day.isoformat())
    assert (answer.action, answer.sets, answer.doc["distance_m"]) == ("HOLD", 2, 10)


def test_every_day_is_a_day_for_mobility(runner: Runner) -> None:
    runner.did(LAST, "achilles-twist", work(1, reps=8))
    answer = runner.next("achilles-twist", "2026-05-12")
    assert (answer.action, answer.sets, answer.reps) == ("HOLD", 1, 8)
