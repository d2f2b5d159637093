"""The way back after pain and layoffs, easier sessions, and the ladder as one thing."""

from __future__ import annotations

import pytest

from tests.domain.calculator.examples.asking import Row, Runner, both, library, work

SIT, CALF, PUSH, INCLINE = "wall-sit", "seated-calf-raise", "push-up", "incline-push-up"
STEP_DOWN = "2026-04-13"  # A Monday.


def eased(runner: Runner) -> None:
    runner.run("step-down", "add", STEP_DOWN)


# --- back by steps ------------------------------------------------------------------------------


def test_after_pain_a_hold_comes_back_five_seconds_at_a_time(runner: Runner) -> None:
    runner.did("2026-04-01", SIT, work(3, hold_s=50, effort=6, pain=5))
    for day in ("2026-04-04", "2026-04-07"):
        answer = runner.next(SIT, day)
        assert answer.hold == 40
        runner.did(day, SIT, work(2, hold_s=40, effort=6, pain=0), plan={"hold_s": 40})
    for day, hold in (("2026-04-10", 45), ("2026-04-13", 50), ("2026-04-16", 55)):
        answer = runner.next(SIT, day)
        assert (answer.action, answer.hold, answer.sets) == ("INCREASE", hold, 3)
        runner.did(day, SIT, work(3, hold_s=hold, effort=6, pain=0), plan={"hold_s": hold})


def test_after_pain_a_load_comes_back_one_step_at_a_time(runner: Runner) -> None:
    runner.did("2026-04-01", CALF, work(3, load_kg=40, reps=20, rir=3, pain=5))
    for day in ("2026-04-04", "2026-04-07"):
        assert runner.next(CALF, day).load == 30
        runner.did(day, CALF, work(2, load_kg=30, reps=20, rir=3, pain=0))
    days = ("2026-04-10", "2026-04-13", "2026-04-16", "2026-04-19", "2026-04-22")
    loads, counts = (32.5, 35, 37.5, 40, 40), (20, 20, 20, 20, 21)
    for day, load, reps in zip(days, loads, counts, strict=True):
        answer = runner.next(CALF, day)
        assert (answer.action, answer.load, answer.reps) == ("INCREASE", load, reps)
        assert answer.says("BACK_UP") == (day != days[-1])
        runner.did(day, CALF, work(3, load_kg=load, reps=reps, rir=3, pain=0))


def test_after_a_layoff_reps_come_back_one_at_a_time(runner: Runner) -> None:
    runner.did("2026-03-01", "lunge", both(3, reps=12))
    answer = runner.next("lunge", "2026-04-01")
    assert (answer.action, answer.reps, answer.sets) == ("LAYOFF", 10, 2)
    runner.did("2026-04-01", "lunge", both(2, reps=10), plan={"reps": 10})
    answer = runner.next("lunge", "2026-04-04")
    assert (answer.action, answer.reps, answer.sets) == ("INCREASE", 10, 3)
    runner.did("2026-04-04", "lunge", both(3, reps=10), plan={"reps": 10})
    assert runner.next("lunge", "2026-04-07").reps == 11


# --- eased sessions are no ceiling --------------------------------------------------------------


@pytest.mark.parametrize(
    ("exercise", "full", "easy", "after"),
    [
        (CALF, {"load_kg": 40, "reps": 20}, {"load_kg": 35, "reps": 18}, {"reps": 21}),
        (SIT, {"hold_s": 50}, {"hold_s": 45}, {"hold_s": 55}),
        ("back-extension", {"reps": 12}, {"reps": 10}, {"reps": 13}),
    ],
)
def test_after_an_easier_week_it_goes_on_from_the_last_full_session(
    runner: Runner, exercise: str, full: Row, easy: Row, after: Row
) -> None:
    eased(runner)
    runner.did("2026-04-09", exercise, work(3, **full))
    answer = runner.next(exercise, "2026-04-13")
    assert (answer.action, answer.sets) == ("DELOAD", 2)
    assert {name: answer.doc[name] for name in easy} == easy
    for day in ("2026-04-13", "2026-04-16"):
        runner.did(day, exercise, work(2, **easy), plan=easy)
    answer = runner.next(exercise, "2026-04-20")
    assert (answer.action, answer.sets) == ("INCREASE", 3)
    assert {name: answer.doc[name] for name in after} == after


def test_a_second_easy_session_is_no_lighter_than_the_first(runner: Runner) -> None:
    eased(runner)
    runner.did("2026-04-09", SIT, work(3, hold_s=50))
    runner.did("2026-04-13", SIT, work(2, hold_s=45), plan={"hold_s": 45})
    assert runner.next(SIT, "2026-04-16").hold == 45


def test_a_full_session_more_than_four_weeks_ago_counts_by_its_age(runner: Runner) -> None:
    runner.did("2026-03-30", SIT, work(3, hold_s=50))
    for day in ("2026-04-07", "2026-04-14", "2026-04-21", "2026-04-27"):
        runner.run("step-down", "add", day)
        runner.did(day, SIT, work(2, hold_s=45), plan={"hold_s": 45})
    within, after = runner.next(SIT, "2026-04-27"), runner.next(SIT, "2026-05-04")
    assert within.says("STEP_DOWN") and not within.says("EASED_LONG")
    assert (after.hold, after.codes) == (45, ["EASED_LONG"])  # 35 days: 0.9 x 50


# --- ease is felt -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("exercise", "full", "easy"),
    [
        (SIT, {"hold_s": 5}, {"hold_s": 4}),
        ("standing-knee-hold", {"holds": 8, "hold_s": 5}, {"holds": 7, "hold_s": 5}),
        ("towel-hamstring-eccentric", {"reps": 5, "tempo_s": 3}, {"reps": 4, "tempo_s": 3}),
        ("bird-dog", {"reps": 8}, {"reps": 6}),  # two to spare
    ],
)
def test_the_lowest_dose_gets_less_as_well(
    runner: Runner, exercise: str, full: Row, easy: Row
) -> None:
    eased(runner)
    make = work if exercise == SIT else both
    runner.did(("2026-04-06", "2026-04-09"), exercise, make(3, **full))
    answer = runner.next(exercise, "2026-04-13")
    assert {name: answer.doc[name] for name in easy} == easy


def test_where_nothing_lighter_is_owned_there_are_fewer_reps(runner: Runner) -> None:
    eased(runner)
    runner.owns("dumbbells", 40, 50)
    runner.did("2026-04-09", CALF, work(3, load_kg=40, reps=23, rir=3))
    answer = runner.next(CALF, "2026-04-13")
    assert (answer.load, answer.reps) == (40, 20)  # 0.9 x 23


def test_where_nothing_lighter_is_owned_a_carry_is_shorter(runner: Runner) -> None:
    eased(runner)
    runner.owns("kettlebells", 16, 20)
    runner.did("2026-04-09", "single-arm-farmers-march", both(3, load_kg=16, distance_m=40))
    answer = runner.next("single-arm-farmers-march", "2026-04-13")
    assert (answer.load, answer.doc["distance_m"]) == (16, 35)


# --- a ladder is one thing ----------------------------------------------------------------------


def failed(runner: Runner) -> None:
    """Push-ups too hard three times, after the easier ones were at their top."""
    runner.did(("2026-03-02", "2026-03-05"), INCLINE, work(3, reps=15))
    asked = {"reps": 8}
    runner.did(("2026-03-09", "2026-03-12", "2026-03-16"), PUSH, work(3, reps=4), plan=asked)


def test_three_misses_lead_to_the_easier_variant_a_little_below_its_top(runner: Runner) -> None:
    failed(runner)
    for exercise in (PUSH, INCLINE):
        answer = runner.next(exercise, "2026-03-19")
        assert (answer.action, answer.variant, answer.reps) == ("VARIANT_DOWN", INCLINE, 12)


def test_the_easier_variant_is_left_only_from_its_top(runner: Runner) -> None:
    failed(runner)
    days = ("2026-03-19", "2026-03-23", "2026-03-26", "2026-03-30", "2026-04-02")
    reps = (12, 13, 14, 15, 15)
    for day, count in zip(days, reps, strict=True):
        answer = runner.next(PUSH, day)
        assert (answer.variant, answer.reps) == (INCLINE, count)
        runner.did(day, INCLINE, work(3, reps=count), plan={"reps": count})
    for exercise in (PUSH, INCLINE):
        answer = runner.next(exercise, "2026-04-06")
        assert (answer.action, answer.variant, answer.reps) == ("VARIANT_UP", PUSH, 6)
    runner.did("2026-04-06", PUSH, work(3, reps=6), plan={"reps": 6})
    answer = runner.next(PUSH, "2026-04-09")
    assert (answer.action, answer.variant, answer.reps) == ("INCREASE", PUSH, 7)


def test_two_weeks_since_the_harder_variant_are_no_reason_to_go_back_to_it(runner: Runner) -> None:
    failed(runner)
    runner.did("2026-03-27", INCLINE, work(3, reps=12), plan={"reps": 12})
    answer = runner.next(PUSH, "2026-03-30")
    assert (answer.action, answer.variant, answer.reps) == ("INCREASE", INCLINE, 13)
    assert not answer.says("LAYOFF")


def test_the_gap_of_a_variant_counts_from_any_of_its_ladder(runner: Runner) -> None:
    runner.did("2026-03-02", PUSH, work(3, reps=10))
    runner.did(("2026-03-20", "2026-03-24"), INCLINE, work(3, reps=12))
    answer = runner.next(PUSH, "2026-03-27")
    assert (answer.variant, answer.reps) == (PUSH, 10)
    assert not answer.says("LAYOFF")
    assert runner.next(PUSH, "2026-04-07").says("LAYOFF_11_17")  # 14 days since the easier one


@pytest.mark.parametrize(
    ("exercise", "rows", "easier"),
    [
        ("copenhagen-plank", both(3, hold_s=2), "side-lying-inner-leg-raise"),
        ("towel-hamstring-eccentric", both(2, reps=3, tempo_s=3),
         "two-leg-towel-hamstring-eccentric"),
    ],
)  # fmt: skip
def test_the_lowest_dose_missed_three_times_leads_to_the_easier_variant(
    runner: Runner, exercise: str, rows: list[Row], easier: str
) -> None:
    plan = {"hold_s": 5} if "hold_s" in rows[0] else {"reps": 5, "tempo_s": 3}
    runner.did(("2026-03-02", "2026-03-05", "2026-03-09"), exercise, rows, plan=plan)
    answer = runner.next(exercise, "2026-03-12")
    assert (answer.action, answer.variant) == ("VARIANT_DOWN", easier)


# --- never above what was stated ----------------------------------------------------------------


def test_the_first_load_is_never_above_the_stated_maximum(runner: Runner) -> None:
    runner.owns("dumbbells", 10, 20)
    runner.config(f"max.{CALF}", "8")
    answer = runner.next(CALF, "2026-03-02")
    assert (answer.action, answer.load) == ("START", None)
    assert answer.says("TOO_HEAVY")


def test_a_first_load_near_the_maximum_is_lifted_less_often(runner: Runner) -> None:
    runner.owns("dumbbells", 20, 30)
    runner.config(f"max.{CALF}", "25")
    answer = runner.next(CALF, "2026-03-02")
    assert (answer.load, answer.reps) == (20, 4)  # 80 %: seven possible, three left


def test_a_first_load_leaves_three_of_twenty_five(runner: Runner) -> None:
    runner.config(f"max.{CALF}", "100")
    answer = runner.next(CALF, "2026-03-02")
    assert (answer.load, answer.reps) == (50, 25)  # 51.7 %


# --- one report, one share; then step by step ---------------------------------------------------

LEAN, LOWER, MARCH = "wall-lean-hold", "towel-hamstring-eccentric", "single-arm-farmers-march"
WEEKS = ("2026-04-04", "2026-04-08", "2026-04-12")


def make(exercise: str, sets: int, **measures: float) -> list[Row]:
    """Equal sets, on each side where the exercise has sides."""
    return (work if exercise in (SIT, CALF) else both)(sets, **measures)


@pytest.mark.parametrize(
    ("exercise", "full", "less"),
    [
        (SIT, {"hold_s": 50}, {"hold_s": 40}),
        (LEAN, {"holds": 8, "hold_s": 8}, {"holds": 8, "hold_s": 6}),
        (LOWER, {"reps": 8, "tempo_s": 10}, {"reps": 8, "tempo_s": 8}),
        ("lunge", {"reps": 12}, {"reps": 9}),
        (CALF, {"load_kg": 40, "reps": 20}, {"load_kg": 30, "reps": 20}),
        (MARCH, {"load_kg": 20, "distance_m": 40}, {"load_kg": 16, "distance_m": 40}),
    ],
)
def test_one_report_takes_its_share_once(
    runner: Runner, exercise: str, full: Row, less: Row
) -> None:
    runner.did(("2026-03-28", "2026-04-01"), exercise, make(exercise, 3, **full))
    region = library().exercises[exercise].region
    runner.morning("2026-04-01", region, 4)
    for day in WEEKS:
        answer = runner.next(exercise, day)
        assert (answer.action, answer.sets) == ("DECREASE", 2)
        assert {name: answer.doc[name] for name in less} == less
        runner.did(day, exercise, make(exercise, 2, **less), plan=less)


def test_what_hurts_again_when_it_was_less_gets_less_again(runner: Runner) -> None:
    runner.did("2026-04-01", SIT, work(3, hold_s=50, pain=5))
    runner.did("2026-04-04", SIT, work(2, hold_s=40, pain=4), plan={"hold_s": 40})
    assert runner.next(SIT, "2026-04-08").hold == 30  # 0.8 x 40, down to 5 s


@pytest.mark.parametrize(
    ("exercise", "full", "asked"),
    [
        (SIT, {"hold_s": 50}, [{"hold_s": 45}, {"hold_s": 45}, {"hold_s": 50}, {"hold_s": 55}]),
        (
            LEAN,
            {"holds": 8, "hold_s": 8},
            [{"hold_s": 6}, {"hold_s": 6}, {"hold_s": 8}, {"hold_s": 8}],
        ),
        (
            LEAN,
            {"holds": 6, "hold_s": 10},
            [{"hold_s": 8}, {"hold_s": 8}, {"hold_s": 10}, {"hold_s": 10}],
        ),
        (LOWER, {"reps": 8, "tempo_s": 10}, [{"tempo_s": s, "reps": 8} for s in (8, 8, 10, 10)]),
        ("lunge", {"reps": 12}, [{"reps": reps} for reps in (10, 10, 11, 12)]),
        (CALF, {"load_kg": 40, "reps": 20}, [{"load_kg": kg} for kg in (35, 35, 37.5, 40)]),
        (
            MARCH,
            {"load_kg": 20, "distance_m": 40},
            [
                {"load_kg": kg, "distance_m": m}
                for kg, m in ((16, 40), (16, 40), (20, 20), (20, 30))
            ],
        ),
    ],
)
def test_after_a_layoff_the_missing_set_comes_back_alone_and_then_a_step_at_a_time(
    runner: Runner, exercise: str, full: Row, asked: list[Row]
) -> None:
    runner.did(("2026-02-26", "2026-03-01"), exercise, make(exercise, 3, **full, rir=3))
    for day, sets, want in zip(("2026-04-01", *WEEKS), (2, 3, 3, 3), asked, strict=True):
        answer = runner.next(exercise, day)
        assert answer.sets == sets
        assert {name: answer.doc[name] for name in want} == want
        assert answer.says("MORE_SETS") == (day == WEEKS[0])
        plan = {name: answer.doc[name] for name in full}
        runner.did(day, exercise, make(exercise, sets, **plan, rir=3), plan=plan)


@pytest.mark.parametrize(
    ("exercise", "full", "asked"),
    [
        (LEAN, {"holds": 8, "hold_s": 8}, [{"hold_s": 6}, {"hold_s": 8}]),
        ("single-leg-wall-sit", {"hold_s": 50}, [{"hold_s": 45}, {"hold_s": 50}]),
        (LOWER, {"reps": 8, "tempo_s": 10}, [{"tempo_s": 8}, {"tempo_s": 10}]),
    ],
)
def test_the_one_more_set_outlasts_an_easier_day(
    runner: Runner, exercise: str, full: Row, asked: list[Row]
) -> None:
    runner.did(("2026-03-02", "2026-03-06"), exercise, make(exercise, 4, **full, effort=6))
    for day, want in zip(("2026-03-26", "2026-03-30"), asked, strict=True):
        answer = runner.next(exercise, day)
        assert answer.sets == 4
        assert {name: answer.doc[name] for name in want} == want
        plan = {name: answer.doc[name] for name in full}
        runner.did(day, exercise, make(exercise, 4, **plan, effort=6), plan=plan)


def test_when_slow_lowering_gets_its_third_set_it_gets_no_slower(runner: Runner) -> None:
    dose = {"reps": 5, "tempo_s": 8}
    runner.did(("2026-04-01", "2026-04-04"), LOWER, both(2, **dose), plan=dose)
    answer = runner.next(LOWER, "2026-04-08")
    assert (answer.action, answer.sets, answer.lowering) == ("INCREASE", 3, (5, 8))
    assert answer.codes[0] == "MORE_SETS"
    runner.did("2026-04-08", LOWER, both(3, **dose), plan=dose)
    answer = runner.next(LOWER, "2026-04-12")
    assert (answer.action, answer.sets, answer.lowering) == ("INCREASE", 3, (5, 10))
