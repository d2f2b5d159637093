"""High-rep loads and bodyweight reps: one more rep, the next load, the harder variant."""

from __future__ import annotations

import pytest

from tests.domain.calculator.examples.asking import Row, Runner, both, each, sides, work

CALF = "seated-calf-raise"
DAYS = ("2026-03-02", "2026-03-05", "2026-03-09", "2026-03-12", "2026-03-16", "2026-03-19")
TODAY = "2026-03-23"
FOUR_DAYS_ON = "2026-03-06"
ASKED = {"load_kg": 40, "reps": 20}


def calves(reps: int, **said: object) -> list[Row]:
    return work(3, load_kg=40, reps=reps, **said)


def missed(**said: object) -> list[Row]:
    """The last set ends below the bottom of the range of 15 to 25."""
    return each("reps", [20, 18, 14], load_kg=40, **said)


# --- loaded, many reps --------------------------------------------------------------------------


def test_h1_one_rep_more(runner: Runner) -> None:
    runner.did("2026-03-02", CALF, calves(23, rir=3))
    answer = runner.next(CALF, "2026-03-05")
    assert (answer.action, answer.sets, answer.reps, answer.load) == ("INCREASE", 3, 24, 40)


def test_h2_the_next_load_after_two_sessions_at_the_top(runner: Runner) -> None:
    runner.did(DAYS[:2], CALF, calves(25, rir=2))
    answer = runner.next(CALF, DAYS[2])
    assert (answer.action, answer.sets, answer.reps, answer.load) == ("INCREASE", 3, 21, 42.5)


def test_h3_more_reps_before_a_wide_jump(runner: Runner) -> None:
    runner.owns("dumbbells", 40, 50)
    runner.did(DAYS[:2], CALF, calves(25, rir=2))
    answer = runner.next(CALF, DAYS[2])
    assert (answer.action, answer.sets, answer.reps, answer.load) == ("INCREASE", 3, 26, 40)
    assert answer.says("REP_EXTEND")


def test_after_the_extension_the_jump_is_taken(runner: Runner) -> None:
    runner.owns("dumbbells", 40, 50)
    for day, reps in zip(DAYS, (25, 25, 26, 27, 28), strict=False):
        runner.did(day, CALF, calves(reps, rir=2))
    runner.did(["2026-03-19", "2026-03-23"], CALF, calves(29, rir=2))
    answer = runner.next(CALF, "2026-03-26")
    assert (answer.action, answer.reps, answer.load) == ("INCREASE", 18, 50)  # 29 - 10 - 1


def test_within_the_extension_a_rep_more_each_time(runner: Runner) -> None:
    runner.owns("dumbbells", 40, 50)
    for day, reps in zip(DAYS, (25, 25, 26, 27), strict=False):
        runner.did(day, CALF, calves(reps, rir=2))
    answer = runner.next(CALF, DAYS[4])
    assert (answer.action, answer.reps, answer.load) == ("INCREASE", 28, 40)


def test_once_at_the_top_is_confirmed_first(runner: Runner) -> None:
    runner.did("2026-03-02", CALF, calves(25, rir=2))
    answer = runner.next(CALF, FOUR_DAYS_ON)
    assert (answer.action, answer.reps, answer.load) == ("HOLD", 25, 40)


def test_a_beginner_is_at_the_top_once(runner: Runner) -> None:
    runner.config("level", "beginner")
    runner.did("2026-03-02", CALF, calves(25, rir=2))
    answer = runner.next(CALF, FOUR_DAYS_ON)
    assert (answer.action, answer.reps, answer.load) == ("INCREASE", 21, 42.5)


def test_without_reps_left_it_goes_on(runner: Runner) -> None:
    runner.did("2026-03-02", CALF, calves(20))
    answer = runner.next(CALF, FOUR_DAYS_ON)
    assert (answer.action, answer.reps, answer.load) == ("INCREASE", 21, 40)


@pytest.mark.parametrize(
    "said", [{"rir": 0}, {"rir": 3, "flags": ["form"]}], ids=["no rep left", "form"]
)
def test_reps_that_were_not_clean_are_asked_again(runner: Runner, said: dict[str, object]) -> None:
    runner.did("2026-03-02", CALF, calves(20, **said), plan=ASKED)
    answer = runner.next(CALF, FOUR_DAYS_ON)
    assert (answer.action, answer.reps, answer.load) == ("HOLD", 20, 40)


def test_a_slow_set_that_was_done_leaves_one_rep_and_is_clean(runner: Runner) -> None:
    runner.did("2026-03-02", CALF, calves(20, rir=3, flags=["slow"]), plan=ASKED)
    answer = runner.next(CALF, FOUR_DAYS_ON)
    assert (answer.action, answer.reps, answer.load) == ("INCREASE", 21, 40)


def test_a_set_that_ended_slow_and_short_is_asked_again(runner: Runner) -> None:
    done = each("reps", [20, 20, 17], load_kg=40, flags=["slow"])
    runner.did("2026-03-02", CALF, done, plan=ASKED)
    answer = runner.next(CALF, FOUR_DAYS_ON)
    assert (answer.action, answer.reps, answer.load) == ("HOLD", 20, 40)


def test_short_but_within_the_range_is_asked_again_any_number_of_times(runner: Runner) -> None:
    runner.did(DAYS[:3], CALF, each("reps", [20, 19, 17], load_kg=40, rir=1), plan=ASKED)
    answer = runner.next(CALF, DAYS[3])
    assert (answer.action, answer.reps, answer.load) == ("HOLD", 20, 40)


def test_one_miss_holds(runner: Runner) -> None:
    runner.did("2026-03-02", CALF, missed(), plan=ASKED)
    answer = runner.next(CALF, FOUR_DAYS_ON)
    assert (answer.action, answer.load) == ("HOLD", 40)


def test_a_second_miss_takes_a_twentieth(runner: Runner) -> None:
    runner.did(DAYS[:2], CALF, missed(), plan=ASKED)
    answer = runner.next(CALF, DAYS[2])
    assert (answer.action, answer.load) == ("DECREASE", 37.5)  # 38, rounded down


def test_a_second_miss_goes_down_to_what_is_owned(runner: Runner) -> None:
    runner.owns("dumbbells", 30, 40, 50)
    runner.did(DAYS[:2], CALF, missed(), plan=ASKED)
    answer = runner.next(CALF, DAYS[2])
    assert (answer.action, answer.load) == ("DECREASE", 30)


def test_a_third_miss_takes_a_tenth_and_suggests_a_deload(runner: Runner) -> None:
    runner.did(DAYS[:3], CALF, missed(), plan=ASKED)
    answer = runner.next(CALF, DAYS[3])
    assert (answer.action, answer.load) == ("DECREASE", 35)  # 36, rounded down
    assert answer.says("DELOAD_SUGGEST")


def test_a_clean_session_ends_a_row_of_misses(runner: Runner) -> None:
    runner.did(DAYS[0], CALF, missed(), plan=ASKED)
    runner.did(DAYS[1], CALF, calves(20, rir=2), plan=ASKED)
    runner.did(DAYS[2], CALF, missed(), plan=ASKED)
    answer = runner.next(CALF, DAYS[3])
    assert (answer.action, answer.load) == ("HOLD", 40)


def test_a_miss_after_the_top_keeps_the_load(runner: Runner) -> None:
    runner.did(DAYS[0], CALF, calves(25, rir=2), plan={"load_kg": 40, "reps": 25})
    runner.did(DAYS[1], CALF, missed(), plan={"load_kg": 40, "reps": 25})
    answer = runner.next(CALF, DAYS[2])
    assert (answer.action, answer.load) == ("HOLD", 40)


def test_lighter_than_planned_is_no_success(runner: Runner) -> None:
    runner.did("2026-03-02", CALF, work(3, load_kg=35, reps=20, rir=4), plan=ASKED)
    answer = runner.next(CALF, FOUR_DAYS_ON)
    assert answer.action in {"HOLD", "DECREASE"}
    assert answer.load is not None and answer.load <= 40
    assert answer.says("LIGHTER_THAN_PLANNED")


@pytest.mark.parametrize("why", ["time", "equipment"])
def test_sets_left_out_for_a_reason_never_count_against_strength(runner: Runner, why: str) -> None:
    left_out = [*work(2, load_kg=40, reps=20, rir=3), {"set": 3, "undone": why}]
    runner.did(DAYS[:3], CALF, left_out, plan=ASKED)
    answer = runner.next(CALF, DAYS[3])
    assert answer.action in {"HOLD", "INCREASE"}
    assert answer.load == 40


def test_sets_left_out_without_a_reason_are_misses(runner: Runner) -> None:
    left_out = [*work(2, load_kg=40, reps=20, rir=3), {"set": 3, "undone": "other"}]
    runner.did(DAYS[:2], CALF, left_out, plan=ASKED)
    answer = runner.next(CALF, DAYS[2])
    assert (answer.action, answer.load) == ("DECREASE", 37.5)


def test_the_heaviest_that_is_owned_is_lowered_slowly(runner: Runner) -> None:
    runner.owns("dumbbells", 30, 40)
    runner.did(DAYS[:2], CALF, calves(25, rir=2))
    answer = runner.next(CALF, DAYS[2])
    assert (answer.action, answer.lowering, answer.load) == ("INCREASE", (15, 3), 40)


def test_at_the_ceiling_a_harder_exercise_if_there_is_one(runner: Runner) -> None:
    runner.owns("dumbbells", 10, 20)
    runner.did(DAYS[:2], "goblet-squat", work(3, load_kg=20, reps=15, rir=3))
    answer = runner.next("goblet-squat", DAYS[2])
    assert (answer.action, answer.variant) == ("VARIANT_UP", "back-squat")


@pytest.mark.parametrize("exercise", ["glute-sling", CALF])
@pytest.mark.parametrize(
    ("level", "reps"), [("beginner", 15), ("intermediate", 25), ("advanced", 25)]
)
def test_the_first_time_is_that_of_the_article_but_for_beginners(
    runner: Runner, exercise: str, level: str, reps: int
) -> None:
    runner.config("level", level)
    answer = runner.next(exercise, "2026-03-02")
    assert (answer.action, answer.sets, answer.reps) == ("START", 3, reps)
    assert answer.doc["target_rir"] >= 3
    assert answer.says("CHOOSE_LOAD")
    asks = [one for one in answer.doc["because"] if one["code"] == "ARTICLE_REPS"]
    assert asks == ([{"code": "ARTICLE_REPS", "sets": 3, "reps": 25}] if reps < 25 else [])


def test_a_band_without_kilograms_gains_reps(runner: Runner) -> None:
    runner.did("2026-03-02", "glute-sling", both(3, reps=20, rir=3))
    answer = runner.next("glute-sling", FOUR_DAYS_ON)
    assert (answer.action, answer.sets, answer.reps) == ("INCREASE", 3, 21)


def test_both_sides_must_be_clean(runner: Runner) -> None:
    left, right = work(3, load_kg=20, reps=10, rir=2), work(3, load_kg=20, reps=12, rir=2)
    runner.did("2026-03-02", "dumbbell-row", sides(left, right), plan={"load_kg": 20, "reps": 12})
    answer = runner.next("dumbbell-row", FOUR_DAYS_ON)
    assert (answer.action, answer.load) == ("HOLD", 20)
    assert answer.says("WEAK_SIDE")


# --- bodyweight ---------------------------------------------------------------------------------


def test_bodyweight_starts_at_the_bottom(runner: Runner) -> None:
    answer = runner.next("single-leg-squat", "2026-03-02")
    assert (answer.action, answer.sets, answer.reps) == ("START", 3, 8)
    assert len(answer.of("left")) == len(answer.of("right")) == 3


def test_bodyweight_gains_a_rep_a_side(runner: Runner) -> None:
    runner.did("2026-03-02", "single-leg-squat", both(3, reps=9))
    answer = runner.next("single-leg-squat", FOUR_DAYS_ON)
    assert (answer.action, answer.reps) == ("INCREASE", 10)


def test_bodyweight_short_of_the_plan_holds(runner: Runner) -> None:
    runner.did("2026-03-02", "lunge", both(3, reps=9), plan={"reps": 10})
    answer = runner.next("lunge", FOUR_DAYS_ON)
    assert (answer.action, answer.reps) == ("HOLD", 10)


def test_the_top_once_is_held(runner: Runner) -> None:
    runner.did("2026-03-02", "step-down-heel-tap", both(3, reps=12))
    answer = runner.next("step-down-heel-tap", FOUR_DAYS_ON)
    assert (answer.action, answer.reps) == ("HOLD", 12)


@pytest.mark.parametrize(
    ("exercise", "top", "harder", "bottom"),
    [
        ("step-down-heel-tap", 12, "single-leg-squat", 8),
        ("bird-dog", 15, "plank-shoulder-tap", 8),
        ("clamshell", 15, "side-lying-leg-raise", 10),
        ("bodyweight-calf-raise", 25, "single-leg-calf-raise", 10),
    ],
)
def test_the_top_twice_leads_to_the_harder_variant(
    runner: Runner, exercise: str, top: int, harder: str, bottom: int
) -> None:
    rows = work(3, reps=top) if exercise == "bodyweight-calf-raise" else both(3, reps=top)
    runner.did(DAYS[:2], exercise, rows)
    answer = runner.next(exercise, DAYS[2])
    assert (answer.action, answer.variant, answer.reps) == ("VARIANT_UP", harder, bottom)


RUNGS: list[tuple[Row, int, Row]] = [
    ({}, 3, {"tempo_s": 3}),
    ({"tempo_s": 3}, 3, {"tempo_s": 3, "pause_s": 2}),
    ({"tempo_s": 3, "pause_s": 2}, 3, {"load_kg": 2.5}),
    ({"load_kg": 2.5}, 4, {"load_kg": 2.5}),
]


@pytest.mark.parametrize(("done", "count", "rung"), RUNGS, ids=["slow", "pause", "load", "set"])
def test_the_top_twice_without_a_harder_variant_leads_to_the_next_rung(
    runner: Runner, done: Row, count: int, rung: Row
) -> None:
    runner.did(DAYS[:2], "fire-hydrant", both(3, reps=15, **done))
    answer = runner.next("fire-hydrant", DAYS[2])
    how = {name: answer.doc[name] for name in ("tempo_s", "pause_s", "load_kg")}
    assert how == {"tempo_s": None, "pause_s": None, "load_kg": None, **rung}
    reps = 12 if count == 4 else 10
    assert (answer.action, answer.sets, answer.reps) == ("INCREASE", count, reps)


def test_without_a_load_at_hand_the_pause_leads_to_one_more_set(runner: Runner) -> None:
    runner.config("equipment", "wall")
    runner.did(DAYS[:2], "fire-hydrant", both(3, reps=15, tempo_s=3, pause_s=2))
    answer = runner.next("fire-hydrant", DAYS[2])
    assert (answer.action, answer.sets, answer.reps) == ("INCREASE", 4, 12)
    assert (answer.doc["tempo_s"], answer.doc["pause_s"]) == (3, 2)


def test_one_more_set_at_its_top_is_enough(runner: Runner) -> None:
    runner.did(DAYS[:2], "fire-hydrant", both(4, reps=15, load_kg=2.5))
    answer = runner.next("fire-hydrant", DAYS[2])
    assert (answer.action, answer.sets, answer.reps) == ("HOLD", 4, 15)
    assert answer.codes == ["ENOUGH"]


def test_a_squat_on_one_leg_goes_on_to_the_next_load(runner: Runner) -> None:
    runner.did(DAYS[:2], "single-leg-squat", both(3, reps=12, load_kg=2.5))
    answer = runner.next("single-leg-squat", DAYS[2])
    assert (answer.action, answer.sets, answer.reps, answer.load) == ("INCREASE", 3, 8, 5)


def test_a_rung_missed_three_times_is_left_for_the_one_below(runner: Runner) -> None:
    asked = {"reps": 10, "tempo_s": 3, "pause_s": 2}
    runner.did(DAYS[:3], "fire-hydrant", both(3, reps=5, tempo_s=3, pause_s=2), plan=asked)
    answer = runner.next("fire-hydrant", DAYS[3])
    assert (answer.action, answer.lowering, answer.doc["pause_s"]) == ("DECREASE", (12, 3), None)


def test_a_tempo_of_which_nothing_is_said_was_kept(runner: Runner) -> None:
    runner.did(DAYS[0], "fire-hydrant", both(3, reps=10), plan={"reps": 10, "tempo_s": 3})
    answer = runner.next("fire-hydrant", FOUR_DAYS_ON)
    assert (answer.action, answer.lowering) == ("INCREASE", (11, 3))


def test_three_misses_lead_to_the_easier_variant(runner: Runner) -> None:
    runner.did(DAYS[:2], "single-leg-squat", both(3, reps=5), plan={"reps": 8})
    answer = runner.next("single-leg-squat", DAYS[2])
    assert (answer.action, answer.reps) == ("HOLD", 8)
    runner.did(DAYS[2], "single-leg-squat", both(3, reps=5), plan={"reps": 8})
    answer = runner.next("single-leg-squat", DAYS[3])
    assert (answer.action, answer.variant) == ("VARIANT_DOWN", "step-down-heel-tap")


# --- any answer ---------------------------------------------------------------------------------


def test_asked_twice_it_says_the_same(runner: Runner) -> None:
    runner.did(DAYS[:2], CALF, calves(25, rir=2))
    assert runner.next(CALF, DAYS[2]).doc == runner.next(CALF, DAYS[2]).doc


def test_a_session_that_is_deleted_was_never_there(runner: Runner) -> None:
    runner.did(DAYS[0], CALF, calves(20, rir=2))
    before = runner.next(CALF, DAYS[2]).doc
    runner.did(DAYS[1], CALF, [{**row, "id": f"late-{row['set']}"} for row in missed()], plan=ASKED)
    assert runner.next(CALF, DAYS[2]).doc != before
    for n in (1, 2, 3):
        stamp = f"{TODAY}T10:00:00+00:00"
        runner.lines.append({"type": "deleted", "id": f"late-{n}", "edited": stamp})
    assert runner.next(CALF, DAYS[2]).doc == before
