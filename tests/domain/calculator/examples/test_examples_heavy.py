"""Heavy lifts: loads and reps from the runner's log, day by day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.domain.calculator.examples.asking import Row, Runner, both, each, sides, work

FIRST = date(2026, 3, 2)
Done = tuple[float, int, int, int | None]  # load, reps asked, reps done, reps left

WITH_RIR: dict[int, list[Done]] = {
    1: [(65, 5, 5, 4), (65, 5, 5, 4), (65, 5, 5, 3)],
    4: [(70, 6, 6, 3), (70, 6, 6, 3), (70, 5, 5, 3)],
    8: [(75, 5, 5, 3), (75, 5, 5, 2), (75, 4, 4, 2)],
    11: [(82.5, 3, 3, 2), (82.5, 3, 3, 2), (80, 3, 3, 1)],
    15: [(82.5, 3, 3, 2), (82.5, 3, 3, 1), (82.5, 3, 3, 1)],
    18: [(85, 3, 3, 0), (82.5, 3, 3, 0), (80, 3, 2, 0)],
    22: [(80, 3, 3, 1), (80, 3, 3, 1), (77.5, 3, 3, 1)],
    50: [(70, 4, 4, 3), (70, 3, 3, 3), (67.5, 3, 3, 3)],
    53: [(75, 4, 4, 2), (75, 4, 4, 2), (75, 3, 3, 2)],
}
WITHOUT_RIR: dict[int, list[Done]] = {
    1: [(65, 5, 5, None)] * 3,
    4: [(70, 8, 8, None)] * 3,
    8: [(75, 8, 8, None)] * 3,
    11: [(82.5, 8, 8, None), (82.5, 8, 8, None), (82.5, 7, 7, None)],
    15: [(90, 8, 8, None), (90, 7, 7, None), (90, 7, 6, None)],
    18: [(90, 6, 6, None), (90, 6, 6, None), (90, 5, 5, None)],
    22: [(97.5, 4, 4, None), (97.5, 4, 4, None), (97.5, 3, 3, None)],
}
AFTER_A_BREAK = 50  # the layers above the tracker take a set and ask for one more in reserve


def on(day: int) -> str:
    return (FIRST + timedelta(days=day - 1)).isoformat()


def rows(done: list[Done]) -> list[Row]:
    return [
        {"set": n, "load_kg": kg, "reps": reps, "prescribed": {"load_kg": kg, "reps": asked}}
        | ({} if rir is None else {"rir": rir})
        for n, (kg, asked, reps, rir) in enumerate(done, 1)
    ]


def squatter(runner: Runner, kilograms: float = 100, level: str = "intermediate") -> Runner:
    runner.config("level", level)
    runner.config("extra_set", "off")
    runner.config("max.back-squat", f"{kilograms:g}")
    return runner


@pytest.mark.parametrize("log", [WITH_RIR, WITHOUT_RIR], ids=["F1", "F2"])
def test_f1_f2_the_plan_of_each_day(runner: Runner, log: dict[int, list[Done]]) -> None:
    squatter(runner)
    for day, done in log.items():
        answer = runner.next("back-squat", on(day))
        if day == AFTER_A_BREAK:
            assert (answer.action, answer.sets) == ("LAYOFF", 2)
        else:
            # Sets after the first may have been made lighter within the session.
            asked = [(kg, reps) for kg, reps, _, _ in done]
            assert answer.loads_and_reps[0] == asked[0], (day, answer)
            assert all(now >= then for now, then in zip(answer.loads_and_reps, asked, strict=True))
        runner.did(on(day), "back-squat", rows(done))


def test_f1_the_actions_on_the_way(runner: Runner) -> None:
    squatter(runner)
    actions = {}
    for day, done in WITH_RIR.items():
        actions[day] = runner.next("back-squat", on(day)).action
        runner.did(on(day), "back-squat", rows(done))
    assert actions[1] == "START"
    assert {actions[day] for day in (4, 8, 11, 15, 18)} == {"INCREASE"}
    assert (actions[22], actions[50]) == ("DECREASE", "LAYOFF")


def test_f1_the_estimate_is_the_trackers(runner: Runner) -> None:
    squatter(runner)
    for day in (1, 4, 8):
        runner.did(on(day), "back-squat", rows(WITH_RIR[day]))
    answer = runner.next("back-squat", on(11))
    assert answer.doc["e1rm"] == pytest.approx(93.4, abs=0.1)


def test_f2_no_estimate_before_a_rir_or_a_miss(runner: Runner) -> None:
    squatter(runner)
    assert runner.next("back-squat", on(1)).doc["e1rm"] is None
    for day in (1, 4, 8, 11):
        runner.did(on(day), "back-squat", rows(WITHOUT_RIR[day]))
    assert runner.next("back-squat", on(15)).doc["e1rm"] is None
    runner.did(on(15), "back-squat", rows(WITHOUT_RIR[15]))
    assert runner.next("back-squat", on(18)).doc["e1rm"] == pytest.approx(113.5, abs=0.1)


# A split squat of a runner of 70 kg without a stated maximum, dumbbells of 2.5 to 40 kg: both sides
# do the same.
DUMBBELLS: dict[int, list[Done]] = {
    1: [(0, 5, 5, 5), (2.5, 5, 5, 5), (5, 5, 5, 5)],
    4: [(7.5, 8, 8, 5), (10, 5, 5, 5), (15, 5, 5, 3)],
    8: [(17.5, 7, 7, 2), (17.5, 6, 6, 2), (17.5, 6, 6, 2)],
    11: [(20, 6, 6, 2), (20, 5, 5, 1), (20, 5, 5, 1)],
    15: [(22.5, 4, 4, 2), (22.5, 4, 4, 1), (22.5, 4, 4, 2)],
    18: [(25, 3, 3, 1), (25, 3, 3, 1), (22.5, 4, 4, 1)],
}


@pytest.mark.parametrize("weight", ["setting", "metric"])
def test_dumbbells_are_found_within_two_sessions(runner: Runner, weight: str) -> None:
    runner.config("extra_set", "off")
    runner.owns("dumbbells", *(2.5 * n for n in range(1, 17)))
    if weight == "setting":
        runner.config("body_weight", "70")
    else:
        runner.config("body_weight", "90")
        runner.measured(on(1), "body-weight-kg", 70)
    for day, done in DUMBBELLS.items():
        answer = runner.next("split-squat", on(day))
        planned = [(row["load_kg"], row["reps"]) for row in answer.of("left")]
        asked = [(kg, reps) for kg, reps, _, _ in done]
        assert planned[0] == asked[0], (day, answer)
        if day > 4:  # Before, the load rises from set to set within the session.
            assert planned[1][0] >= asked[1][0]
        runner.did(on(day), "split-squat", both_alike(done))
    answer = runner.next("split-squat", on(22))
    assert answer.doc["e1rm"] == pytest.approx(32.3, abs=0.3)


def both_alike(done: list[Done]) -> list[Row]:
    return [{"side": "both", **row} for row in rows(done)]


def test_a_typing_error_does_not_count_until_it_is_confirmed(runner: Runner) -> None:
    squatter(runner)
    typed: dict[int, list[Done]] = {
        1: [(65, 5, 5, 4), (65, 5, 5, 4), (65, 5, 5, 3)],
        4: [(70, 6, 6, 3), (70, 6, 6, 3), (70, 5, 5, 3)],
        8: [(75, 5, 5, 2), (75, 5, 5, 2), (75, 4, 4, 2)],
    }
    for day, done in typed.items():
        logged = rows(done)
        if day == 8:
            logged[1]["load_kg"] = 750
        runner.did(on(day), "back-squat", logged)
    answer = runner.next("back-squat", on(11))
    assert answer.loads_and_reps == [(82.5, 3), (80, 3), (80, 3)]
    assert answer.doc["e1rm"] == pytest.approx(92.5, abs=0.1)
    assert answer.doc["reasons"][0] == "ODD_LOAD"


def test_the_forecasts_are_told_with_how_they_fared(runner: Runner) -> None:
    squatter(runner)
    assert runner.next("back-squat", on(1)).doc["accuracy"] is None
    for day in (1, 4, 8, 11, 15, 18):
        runner.did(on(day), "back-squat", rows(WITH_RIR[day]))
    answer = runner.next("back-squat", on(22))
    assert answer.doc["accuracy"]["sessions"] == 5  # Before the first there was no estimate.
    assert answer.doc["accuracy"]["heavy"] == 1
    assert answer.doc["expected_rir"]["low"] < answer.doc["expected_rir"]["high"]


def test_h4_after_31_days(runner: Runner) -> None:
    squatter(runner, 115)
    for day in (1, 4, 8):
        runner.did(on(day), "back-squat", rows([(100, 3, 3, 1)] * 3))
    soon = runner.next("back-squat", on(11))
    answer = runner.next("back-squat", on(8 + 31))
    assert (answer.action, answer.sets) == ("LAYOFF", 2)
    assert answer.says("LAYOFF_28_41")
    assert answer.loads_and_reps == [(87.5, 3), (87.5, 3)]
    assert answer.doc["e1rm"] == pytest.approx(soon.doc["e1rm"], rel=0.005)


# --- the first session --------------------------------------------------------------------------


@pytest.mark.parametrize(("level", "sets"), [("beginner", 2), ("intermediate", 3), ("advanced", 3)])
def test_a_stated_max_starts_at_65_percent(runner: Runner, level: str, sets: int) -> None:
    runner.config("level", level)
    runner.config("extra_set", "off")
    runner.config("max.deadlift", "120")
    answer = runner.next("deadlift", "2026-03-02")
    assert answer.action == "START"
    assert answer.loads_and_reps == [(77.5, 5)] * sets


def test_a_load_that_can_be_done_five_times_tells_the_max(runner: Runner) -> None:
    runner.config("extra_set", "off")
    runner.config("max.back-squat", "80x5")  # about 92.7 kg
    answer = runner.next("back-squat", "2026-03-02")
    assert (answer.action, answer.loads_and_reps) == ("START", [(60, 5)] * 3)


def test_a_small_max_starts_with_the_empty_bar(runner: Runner) -> None:
    squatter(runner, 25)
    answer = runner.next("back-squat", "2026-03-02")
    assert (answer.action, answer.loads_and_reps) == ("START", [(20, 5)] * 3)


@pytest.mark.parametrize(
    ("weight", "exercise", "load"),
    [(None, "back-squat", 35), ("60", "back-squat", 30), (None, "deadlift", 40),
     (None, "split-squat", 0), ("60", "calf-raise", 0), ("100", "hip-thrust", 55)],
)  # fmt: skip
def test_nothing_known_starts_at_half_of_a_careful_guess(
    runner: Runner, weight: str | None, exercise: str, load: float
) -> None:
    runner.config("extra_set", "off")
    if weight is not None:
        runner.config("body_weight", weight)
    answer = runner.next(exercise, "2026-03-02")
    assert (answer.action, answer.load, answer.reps, answer.sets) == ("START", load, 5, 3)
    assert (answer.doc["e1rm"], answer.doc["confidence"]) == (None, "low")
    assert answer.says("START_UNKNOWN" if weight is None else "START_GUESS")


def test_a_bar_above_the_stated_max_gives_way_to_something_lighter(runner: Runner) -> None:
    squatter(runner, 20)
    answer = runner.next("back-squat", "2026-03-02")
    assert (answer.action, answer.variant) == ("SUBSTITUTE", "goblet-squat")
    assert answer.says("BAR_TOO_HEAVY")


def test_the_heaviest_set_of_the_ramp_is_the_first_guess(runner: Runner) -> None:
    runner.config("extra_set", "off")
    runner.did("2026-03-02", "back-squat", each("load_kg", [20, 40, 60], reps=5, rir=4))
    answer = runner.next("back-squat", "2026-03-05")
    # 60 kg with nine reps in it is a single near 79 kg, of which 65 % are 50 kg.
    assert answer.load is not None and 50 <= answer.load <= 66
    assert answer.doc["e1rm"] is None or 70 <= answer.doc["e1rm"] <= 90


def test_a_calf_raise_starts_like_a_heavy_lift(runner: Runner) -> None:
    runner.config("extra_set", "off")
    runner.config("max.calf-raise", "40")
    answer = runner.next("calf-raise", "2026-03-02")
    # With nearly all of her 70 kg, 12.5 kg in each hand is 65 % of what she lifts once.
    assert (answer.action, answer.loads_and_reps) == ("START", [(12.5, 5)] * 3)


# --- what the log says --------------------------------------------------------------------------


def two_sessions(runner: Runner, second: list[Done]) -> None:
    squatter(runner)
    runner.did(on(1), "back-squat", rows([(65, 5, 5, 3)] * 3))
    runner.did(on(4), "back-squat", rows(second))


def test_a_clean_session_raises_the_load(runner: Runner) -> None:
    two_sessions(runner, [(70, 8, 8, 3)] * 3)
    answer = runner.next("back-squat", on(8))
    assert answer.action == "INCREASE"
    assert answer.loads_and_reps == [(75, 5)] * 3


def test_after_a_miss_the_load_does_not_rise(runner: Runner) -> None:
    two_sessions(runner, [(80, 5, 3, 0)] * 3)
    answer = runner.next("back-squat", on(8))
    assert answer.action == "DECREASE"
    assert answer.loads_and_reps == [(77.5, 3), (77.5, 3), (75, 3)]


def test_after_a_slow_bar_nothing_rises(runner: Runner) -> None:
    two_sessions(runner, [])
    asked = {"load_kg": 70, "reps": 8}
    slow = work(3, load_kg=70, reps=8, rir=3, flags=["slow"])
    runner.did(on(4), "back-squat", slow, plan=asked)
    answer = runner.next("back-squat", on(8))
    assert answer.loads_and_reps == [(70, 8)] * 3
    assert answer.codes[0] == "HOLD_SLOW"


@pytest.mark.parametrize("flag", ["form", "knee", "hips", "ankle", "tempo"])
def test_after_lost_form_nothing_rises(runner: Runner, flag: str) -> None:
    two_sessions(runner, [])
    asked = {"load_kg": 70, "reps": 8}
    runner.did(on(4), "back-squat", work(3, load_kg=70, reps=8, rir=3, flags=[flag]), plan=asked)
    answer = runner.next("back-squat", on(8))
    assert answer.loads_and_reps == [(70, 8)] * 3
    assert answer.codes[0] == "HOLD_FORM"


def test_a_set_stopped_for_time_is_no_miss(runner: Runner) -> None:
    two_sessions(runner, [(70, 8, 8, 3)] * 2)
    left_out = {"set": 3, "undone": "time", "prescribed": {"load_kg": 70, "reps": 8}}
    runner.did(on(4), "back-squat", [left_out])
    answer = runner.next("back-squat", on(8))
    assert (answer.action, answer.load) == ("INCREASE", 75)


def test_the_load_rises_by_a_step_or_a_tenth_at_most(runner: Runner) -> None:
    squatter(runner)
    runner.did(on(1), "back-squat", work(3, load_kg=40, reps=5, rir=4))
    assert runner.next("back-squat", on(4)).load == 42.5


def test_from_a_light_start_the_load_rises_faster(runner: Runner) -> None:
    squatter(runner)
    runner.did(on(1), "back-squat", work(3, load_kg=40, reps=5, rir=5))
    answer = runner.next("back-squat", on(4))
    assert (answer.load, answer.reps) == (47.5, 8)
    assert answer.says("SEARCH")


def test_an_empty_bar_rises_by_one_step(runner: Runner) -> None:
    squatter(runner)
    runner.did(on(1), "back-squat", work(3, load_kg=20, reps=5, rir=5))
    assert runner.next("back-squat", on(4)).loads_and_reps == [(22.5, 8)] * 3


def test_a_beginner_does_no_fewer_than_five(runner: Runner) -> None:
    squatter(runner, 60, "beginner")
    runner.did(on(1), "back-squat", work(2, load_kg=37.5, reps=5, rir=4))
    assert runner.next("back-squat", on(4)).loads_and_reps == [(40, 7), (40, 6)]


def test_a_beginner_has_three_sets_from_the_third_week(runner: Runner) -> None:
    squatter(runner, 60, "beginner")
    for day, kg in ((1, 37.5), (8, 40), (15, 42.5)):
        runner.did(on(day), "back-squat", work(2, load_kg=kg, reps=5, rir=3))
    assert runner.next("back-squat", on(22)).sets == 3


def test_a_warm_up_set_says_nothing(runner: Runner) -> None:
    two_sessions(runner, [(70, 8, 8, 3)] * 3)
    before = runner.next("back-squat", on(8)).doc
    runner.did(on(4), "back-squat", work(2, kind="warmup", load_kg=40, reps=2, rir=0))
    assert runner.next("back-squat", on(8)).doc == before


def test_plates_of_five_kilograms_a_pair(runner: Runner) -> None:
    squatter(runner)
    runner.config("barbell.plates", "20x4 10x2 5x2 2.5x2")
    assert runner.next("back-squat", on(1)).loads_and_reps == [(65, 5)] * 3
    runner.did(on(1), "back-squat", rows([(65, 5, 5, 3)] * 3))
    assert runner.next("back-squat", on(4)).loads_and_reps == [(70, 6), (70, 5), (70, 5)]
    runner.did(on(4), "back-squat", rows([(70, 8, 8, 2)] * 3))
    assert runner.next("back-squat", on(8)).loads_and_reps == [(75, 5), (75, 5), (75, 4)]


def test_the_heaviest_load_there_is_goes_on_in_reps(runner: Runner) -> None:
    squatter(runner)
    runner.config("barbell.plates", "20x2 2.5x2 1.25x2")
    runner.did([on(1), on(4)], "back-squat", work(3, load_kg=67.5, reps=8, rir=4))
    answer = runner.next("back-squat", on(8))
    assert (answer.action, answer.load, answer.reps) == ("INCREASE", 67.5, 11)
    runner.did([on(8), on(11)], "back-squat", work(3, load_kg=67.5, reps=15, rir=4))
    answer = runner.next("back-squat", on(15))
    assert (answer.action, answer.load, answer.reps) == ("HOLD", 67.5, 15)
    assert answer.says("AT_CEILING")


@pytest.mark.parametrize(
    ("at_hand", "harder"),
    [("barbell plates landmine hex-bar", "hex-bar-deadlift"),
     ("barbell plates landmine", "deadlift")],
)  # fmt: skip
def test_out_of_plates_a_harder_lift_that_can_be_set_up(
    runner: Runner, at_hand: str, harder: str
) -> None:
    runner.config("equipment", at_hand)
    runner.config("barbell.plates", "10x2")
    runner.did([on(1), on(4)], "landmine-deadlift", work(3, load_kg=40, reps=15, rir=4))
    answer = runner.next("landmine-deadlift", on(8))
    assert (answer.action, answer.variant) == ("VARIANT_UP", harder)


def test_the_extra_set_of_an_even_week(runner: Runner) -> None:
    runner.config("extra_set", "on")
    runner.config("level", "intermediate")
    runner.config("max.back-squat", "100")
    runner.did("2026-03-02", "back-squat", work(3, load_kg=65, reps=5, rir=3))
    assert runner.next("back-squat", "2026-03-05").sets == 3  # the second session of week 10
    assert runner.next("back-squat", "2026-03-10").sets == 3  # an odd week
    runner.did("2026-03-10", "back-squat", work(3, load_kg=67.5, reps=5, rir=3))
    assert runner.next("back-squat", "2026-03-16").sets == 4
    runner.config("extra_set", "off")
    assert runner.next("back-squat", "2026-03-16").sets == 3


@pytest.mark.parametrize(
    ("level", "programme", "sets"),
    [
        ("intermediate", "blocks", 4),
        ("beginner", "blocks", 3),
        ("intermediate", "lift-and-spring", 3),
        ("intermediate", "gym-and-snacks", 3),
    ],
)
def test_only_blocks_add_a_set_of_themselves(
    runner: Runner, level: str, programme: str, sets: int
) -> None:
    runner.config("level", level)
    runner.config("programme", programme)
    runner.config("max.back-squat", "100")
    runner.did("2026-02-23", "back-squat", work(3, load_kg=60, reps=8, rir=3))
    runner.did("2026-03-10", "back-squat", work(3, load_kg=60, reps=8, rir=3))
    # The programme's next session has squats, and the week is an even one.
    assert runner.next("back-squat", "2026-03-16").sets == sets


def test_light_sets_before_a_heavy_lift_stand_apart(runner: Runner) -> None:
    runner.config("max.back-squat", "100")
    answer = runner.next("back-squat", on(1))
    assert answer.loads_and_reps[0][0] == 65
    warm = [(row["load_kg"], row["reps"]) for row in answer.doc["warmup"]]
    assert warm == [(20, 5), (32.5, 5), (45, 3), (55, 2)]
    assert (answer.sets, len(answer.plan)) == (3, 3)
    assert "ramp: 5 × 20 kg, 5 × 32.5 kg" in runner.run("next", "back-squat", today=on(1))
    assert runner.next("side-plank", on(1)).doc["warmup"] == []
    runner.config("max.back-squat", "30")
    assert runner.next("back-squat", on(1)).doc["warmup"] == []


# --- each side apart ----------------------------------------------------------------------------


def test_the_weaker_side_sets_load_and_reps(runner: Runner) -> None:
    runner.config("extra_set", "off")
    runner.config("max.split-squat", "40")
    assert runner.next("split-squat", on(1)).of("left")[0]["load_kg"] == 15
    strong, weak = work(3, load_kg=25, reps=5, rir=4), work(3, load_kg=25, reps=5, rir=1)
    runner.did(on(1), "split-squat", sides(strong, weak))
    answer = runner.next("split-squat", on(4))
    planned = [(row["load_kg"], row["reps"]) for row in answer.of("right")]
    assert planned == [(30, 3), (27.5, 4), (27.5, 3)]
    assert [(row["load_kg"], row["reps"]) for row in answer.of("left")] == planned


def test_a_miss_on_one_side_keeps_both_from_rising(runner: Runner) -> None:
    runner.config("extra_set", "off")
    runner.config("max.split-squat", "40")
    runner.did(on(1), "split-squat", both(3, load_kg=25, reps=5, rir=3))
    asked = {"load_kg": 27.5, "reps": 5}
    left = work(3, load_kg=27.5, reps=5, rir=3)
    right = each("reps", [5, 5, 3], load_kg=27.5, rir=1)
    runner.did(on(4), "split-squat", sides(left, right), plan=asked)
    answer = runner.next("split-squat", on(8))
    assert answer.action in {"HOLD", "DECREASE"}
    assert all(row["load_kg"] <= 27.5 for row in answer.plan)


def test_left_and_right_can_be_swapped(runner: Runner) -> None:
    runner.config("extra_set", "off")
    answers = []
    for exercise, flip in (("split-squat", False), ("step-up", True)):
        runner.config(f"max.{exercise}", "40")
        one, other = work(3, load_kg=25, reps=5, rir=4), work(3, load_kg=25, reps=5, rir=1)
        runner.did(on(1), exercise, sides(other, one) if flip else sides(one, other))
        answers.append(runner.next(exercise, on(4)))
    straight, swapped = answers
    assert straight.action == swapped.action
    assert straight.loads_and_reps == swapped.loads_and_reps
