"""Holds, clusters of holds, and slow lowering."""

from __future__ import annotations

import pytest

from tests.domain.calculator.examples.asking import Row, Runner, both, each, sides, work

DAYS = ("2026-04-06", "2026-04-09", "2026-04-13")
TODAY = "2026-04-16"
LEAN, LOWER = "wall-lean-hold", "towel-hamstring-eccentric"
EASY_LOWER = "two-leg-towel-hamstring-eccentric"


# --- single holds -------------------------------------------------------------------------------


def test_e07_the_weaker_side_holds_both(runner: Runner) -> None:
    left, right = each("hold_s", [40, 40, 40]), each("hold_s", [40, 40, 38])
    runner.did("2026-04-13", "side-plank", sides(left, right), plan={"hold_s": 40})
    answer = runner.next("side-plank", TODAY)
    assert (answer.action, answer.hold, answer.sets) == ("HOLD", 40, 3)
    assert answer.says("WEAK_SIDE")
    assert not answer.says("WATCH") and not answer.says("IMBALANCE")


@pytest.mark.parametrize("said", [{"effort": 7}, {"effort": 8}, {}])
def test_five_seconds_more(runner: Runner, said: Row) -> None:
    runner.did("2026-04-13", "wall-sit", work(3, hold_s=30, **said))
    answer = runner.next("wall-sit", TODAY)
    assert (answer.action, answer.hold, answer.sets) == ("INCREASE", 35, 3)


def test_an_effort_of_nine_holds(runner: Runner) -> None:
    runner.did("2026-04-13", "wall-sit", work(3, hold_s=30, effort=9))
    answer = runner.next("wall-sit", TODAY)
    assert (answer.action, answer.hold) == ("HOLD", 30)


@pytest.mark.parametrize(
    ("exercise", "below", "cap"),
    [("wall-sit", 55, 60), ("calf-hold", 40, 45), ("calf-hold", 45, 45), ("wall-sit", 60, 60)],
)
def test_never_longer_than_the_cap(runner: Runner, exercise: str, below: int, cap: int) -> None:
    runner.did("2026-04-13", exercise, work(3, hold_s=below, effort=6))
    answer = runner.next(exercise, TODAY)
    assert (answer.action, answer.hold) == ("INCREASE" if below < cap else "HOLD", cap)


@pytest.mark.parametrize(
    ("exercise", "cap", "harder", "hold"),
    [
        ("wall-sit", 60, "single-leg-wall-sit", 20),
        ("side-plank", 60, "side-plank-leg-raise", 30),
        ("calf-hold", 45, "single-leg-calf-hold", 20),  # half of 45, down to 5 s
    ],
)
def test_the_cap_twice_leads_to_the_harder_variant(
    runner: Runner, exercise: str, cap: int, harder: str, hold: int
) -> None:
    make = both if exercise == "side-plank" else work
    runner.did(DAYS[1:], exercise, make(3, hold_s=cap, effort=8))
    answer = runner.next(exercise, TODAY)
    assert (answer.action, answer.variant, answer.hold) == ("VARIANT_UP", harder, hold)
    assert len(answer.of("left")) == len(answer.of("right")) == answer.sets


def test_a_squat_hold_at_its_cap_twice_becomes_the_squat(runner: Runner) -> None:
    runner.did(DAYS[1:], "single-leg-squat-hold", both(3, hold_s=45, effort=7))
    answer = runner.next("single-leg-squat-hold", TODAY)
    assert (answer.action, answer.variant) == ("VARIANT_UP", "single-leg-squat")


def test_the_cap_twice_with_effort_nine_stays(runner: Runner) -> None:
    runner.did(DAYS[1:], "wall-sit", work(3, hold_s=60, effort=9))
    answer = runner.next("wall-sit", TODAY)
    assert (answer.action, answer.variant, answer.hold) == ("HOLD", "wall-sit", 60)


@pytest.mark.parametrize(
    ("exercise", "done", "first", "code"),
    [
        ("single-leg-wall-sit", {"hold_s": 60}, {"hold_s": 50}, "ENOUGH_HOLD"),
        ("single-leg-calf-hold", {"hold_s": 45}, {"hold_s": 35}, "ENOUGH_HOLD"),
        (LEAN, {"holds": 6, "hold_s": 10}, {"holds": 8, "hold_s": 8}, "ENOUGH"),
        (LOWER, {"reps": 8, "tempo_s": 10}, {"reps": 7, "tempo_s": 10}, "ENOUGH"),
    ],
)
def test_the_top_without_a_harder_variant_has_one_more_set_and_then_is_enough(
    runner: Runner, exercise: str, done: Row, first: Row, code: str
) -> None:
    runner.did(DAYS[1:], exercise, both(3, **done, effort=6))
    answer = runner.next(exercise, TODAY)
    assert (answer.action, answer.sets) == ("INCREASE", 4)
    assert {name: answer.doc[name] for name in first} == first
    runner.did(("2026-04-16", "2026-04-20"), exercise, both(4, **done, effort=6))
    answer = runner.next(exercise, "2026-04-23")
    assert (answer.action, answer.sets) == ("HOLD", 4)
    assert {name: answer.doc[name] for name in done} == done
    assert answer.codes == [code]


def test_a_little_short_holds_any_number_of_times(runner: Runner) -> None:
    runner.did(DAYS, "wall-sit", each("hold_s", [40, 40, 36]), plan={"hold_s": 40})
    answer = runner.next("wall-sit", TODAY)
    assert (answer.action, answer.hold) == ("HOLD", 40)


@pytest.mark.parametrize(("misses", "action", "hold"), [(2, "HOLD", 40), (3, "DECREASE", 30)])
def test_three_misses_take_a_fifth(runner: Runner, misses: int, action: str, hold: int) -> None:
    runner.did(DAYS[3 - misses :], "wall-sit", each("hold_s", [40, 35, 30]), plan={"hold_s": 40})
    answer = runner.next("wall-sit", TODAY)
    assert (answer.action, answer.hold) == (action, hold)  # 32 s, down to 5 s


def test_a_single_leg_hold_starts_on_both_sides(runner: Runner) -> None:
    answer = runner.next("single-leg-wall-sit", TODAY)
    assert (answer.action, len(answer.of("left")), len(answer.of("right"))) == ("START", 3, 3)
    assert answer.hold == 15


# --- clusters -----------------------------------------------------------------------------------


def test_e09_six_seconds_after_two_clean_sessions(runner: Runner) -> None:
    runner.did(DAYS[1:], LEAN, both(3, holds=8, hold_s=5, effort=6))
    answer = runner.next(LEAN, TODAY)
    assert (answer.action, answer.variant) == ("INCREASE", LEAN)
    assert (answer.sets, answer.cluster) == (3, (8, 6))


@pytest.mark.parametrize(
    ("done", "rung"), [((8, 6), (8, 8)), ((8, 8), (6, 10))], ids=["second", "third"]
)
def test_the_rungs_of_a_cluster(
    runner: Runner, done: tuple[int, int], rung: tuple[int, int]
) -> None:
    runner.did(DAYS[1:], LEAN, both(3, holds=done[0], hold_s=done[1], effort=7))
    answer = runner.next(LEAN, TODAY)
    assert (answer.action, answer.cluster) == ("INCREASE", rung)


def test_the_last_rung_twice_leads_to_the_harder_variant(runner: Runner) -> None:
    runner.did(DAYS[1:], "standing-knee-hold", both(3, holds=6, hold_s=10, effort=6))
    answer = runner.next("standing-knee-hold", TODAY)
    assert (answer.action, answer.variant, answer.cluster) == ("VARIANT_UP", LEAN, (8, 5))


@pytest.mark.parametrize(
    ("days", "effort"), [(DAYS[2:], 6), (DAYS[1:], 8)], ids=["once", "too hard"]
)
def test_a_cluster_that_is_not_settled_holds(
    runner: Runner, days: tuple[str, ...], effort: int
) -> None:
    runner.did(days, LEAN, both(3, holds=8, hold_s=5, effort=effort))
    answer = runner.next(LEAN, TODAY)
    assert (answer.action, answer.cluster) == ("HOLD", (8, 5))


def test_one_lost_hold_on_one_side_holds(runner: Runner) -> None:
    asked = {"holds": 8, "hold_s": 5}
    runner.did(DAYS[1], LEAN, both(3, holds=8, hold_s=5, effort=6), plan=asked)
    left = each("holds", [8, 8, 7], hold_s=5, effort=6)
    right = work(3, holds=8, hold_s=5, effort=6)
    runner.did(DAYS[2], LEAN, sides(left, right), plan=asked)
    answer = runner.next(LEAN, TODAY)
    assert (answer.action, answer.cluster) == ("HOLD", (8, 5))


def test_three_lost_holds_lead_a_rung_down(runner: Runner) -> None:
    left = each("holds", [8, 8, 5], hold_s=6, effort=8)
    right = work(3, holds=8, hold_s=6, effort=8)
    runner.did(DAYS[2], LEAN, sides(left, right), plan={"holds": 8, "hold_s": 6})
    answer = runner.next(LEAN, TODAY)
    assert (answer.action, answer.cluster) == ("DECREASE", (8, 5))


def test_a_hold_counts_from_nine_tenths_of_its_time(runner: Runner) -> None:
    asked = {"holds": 8, "hold_s": 5}
    runner.did(DAYS[1:], LEAN, both(3, holds=8, hold_s=4.5, effort=6), plan=asked)
    answer = runner.next(LEAN, TODAY)
    assert (answer.action, answer.cluster) == ("INCREASE", (8, 6))


# --- slow lowering ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("level", "variant", "seconds"),
    [("beginner", EASY_LOWER, 5), ("intermediate", LOWER, 8), ("advanced", LOWER, 10)],
)
def test_lowering_starts_by_level(runner: Runner, level: str, variant: str, seconds: int) -> None:
    runner.config("level", level)
    answer = runner.next(LOWER, TODAY)
    assert (answer.variant, answer.lowering, answer.sets) == (variant, (5, seconds), 2)
    asks = [one["seconds"] for one in answer.doc["because"] if one["code"] == "ARTICLE_TEMPO"]
    assert asks == ([10] if seconds < 10 else [])


def test_the_second_session_has_two_sets_as_well(runner: Runner) -> None:
    runner.did(DAYS[2], LOWER, both(2, reps=5, tempo_s=6))
    answer = runner.next(LOWER, TODAY)
    assert (answer.action, answer.lowering, answer.sets) == ("HOLD", (5, 6), 2)


@pytest.mark.parametrize(("done", "rung"), [(3, 5), (5, 6), (6, 8), (8, 10)])
def test_the_rungs_of_lowering(runner: Runner, done: int, rung: int) -> None:
    runner.did(DAYS[:2], LOWER, both(2, reps=5, tempo_s=done))
    answer = runner.next(LOWER, DAYS[2])
    assert (answer.action, answer.lowering, answer.sets) == ("INCREASE", (5, done), 3)
    runner.did(DAYS[2], LOWER, both(3, reps=5, tempo_s=done))
    answer = runner.next(LOWER, TODAY)
    assert (answer.action, answer.lowering, answer.sets) == ("INCREASE", (5, rung), 3)


def test_after_ten_seconds_the_reps_rise(runner: Runner) -> None:
    runner.did(DAYS[1:], LOWER, both(3, reps=5, tempo_s=10))
    answer = runner.next(LOWER, TODAY)
    assert (answer.action, answer.doc["tempo_s"]) == ("INCREASE", 10)
    assert answer.reps is not None and 5 < answer.reps <= 8


def test_on_two_legs_the_last_rung_leads_to_one_leg(runner: Runner) -> None:
    runner.did(DAYS[1:], EASY_LOWER, work(3, reps=8, tempo_s=10))
    answer = runner.next(EASY_LOWER, TODAY)
    assert (answer.action, answer.variant) == ("VARIANT_UP", LOWER)


def test_a_lowering_counts_from_four_fifths_of_its_time(runner: Runner) -> None:
    runner.did(DAYS[1:], LOWER, both(3, reps=5, tempo_s=6.4), plan={"reps": 5, "tempo_s": 8})
    answer = runner.next(LOWER, TODAY)
    assert (answer.action, answer.lowering) == ("INCREASE", (5, 10))


@pytest.mark.parametrize(
    ("partials", "action", "seconds"), [(1, "HOLD", 8), (2, "DECREASE", 6)], ids=["one", "two"]
)
def test_two_sessions_cut_short_lead_a_rung_down(
    runner: Runner, partials: int, action: str, seconds: int
) -> None:
    asked = {"reps": 5, "tempo_s": 8}
    runner.did(DAYS[0], LOWER, both(3, reps=5, tempo_s=8), plan=asked)
    left, right = each("reps", [5, 5, 4], tempo_s=8), work(3, reps=5, tempo_s=8)
    runner.did(DAYS[3 - partials :], LOWER, sides(left, right), plan=asked)
    answer = runner.next(LOWER, TODAY)
    assert (answer.action, answer.lowering) == (action, (5, seconds))
