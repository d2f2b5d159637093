"""Odd numbers: what is asked, what is not, and when one is believed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.strategies import examples, inventories, measures
from tui.bootstrap import shipped_library
from tui.domain.calculator.advice import Best
from tui.domain.calculator.loads import Inventory, Plate, Weight
from tui.domain.calculator.plausibility import (
    Known,
    doubt,
    doubt_of_maximum,
    doubted_sets,
    known_on,
    not_owned,
    question,
)
from tui.domain.model.notation import parse
from tui.domain.model.validation import BadDocument
from tui.domain.model.values import Entry, Measures, Session, SetEntry, SetKind, Side

M = Measures
SQUAT, WALL_SIT = "back-squat", "wall-sit"
FIRST = date(2026, 11, 2)
TODAY = FIRST + timedelta(days=60)


def row(done: Measures, id_: str = "s", **more: object) -> SetEntry:
    return SetEntry(id=id_, edited="", number=1, side=Side.BOTH, done=done, **more)  # type: ignore[arg-type]  # by name


def session(day: date, *rows: SetEntry, exercise: str = SQUAT) -> Session:
    entry = Entry(id="e", edited="", exercise=exercise, sets=rows)
    started = datetime(day.year, day.month, day.day, 18, tzinfo=UTC)
    return Session(id=day.isoformat(), edited="", started=started, entries=(entry,))


def log(*loads: float, reps: int = 8) -> list[Session]:
    """One set a session, every third day."""
    return [
        session(FIRST + timedelta(days=3 * n), row(M(load_kg=load, reps=reps), f"s{n}"))
        for n, load in enumerate(loads)
    ]


def known(*loads: float) -> Known:
    return known_on(TODAY, SQUAT, log(*loads))


# --- a load -------------------------------------------------------------------------------------


def test_600_for_60_is_asked_in_one_line() -> None:
    asked = question(M(load_kg=600, reps=8), None, known(60, 60, 60, 60))
    assert asked == "600 kg is 540 kg more than last time."


@pytest.mark.parametrize(
    ("load", "asked"),
    [
        (90, None),
        (90.5, "90.5 kg is 40.5 kg more than last time."),
        (50, None),
    ],
)
def test_a_load_is_measured_by_the_heaviest_and_told_by_the_last(
    load: float, asked: str | None
) -> None:
    assert question(M(load_kg=load, reps=5), None, known(60, 50)) == asked


def test_ten_kilograms_more_are_never_odd() -> None:
    assert question(M(load_kg=14, reps=5), None, known(4)) is None
    assert question(M(load_kg=14.5, reps=5), None, known(4)) is not None


def test_without_a_load_in_the_log_only_400_kg_is_odd() -> None:
    bodyweight = known_on(TODAY, SQUAT, [session(FIRST, row(M(reps=12)))])
    for nothing in (Known(), bodyweight):
        assert question(M(load_kg=400, reps=5), None, nothing) is None
        assert question(M(load_kg=401, reps=5), None, nothing) == "401 kg is more than 400 kg."


def test_a_load_is_measured_by_the_best_single() -> None:
    knows = replace(known(80), single_kg=95)
    assert question(M(load_kg=114, reps=1), None, knows) is None
    asked = question(M(load_kg=115, reps=1), None, knows)
    assert asked == "115 kg is far more than your best single, about 95 kg."
    # As after a lay-off, when less is expected than was lifted before.
    assert question(M(load_kg=80, reps=1), None, replace(knows, single_kg=60)) is None
    # A step of light dumbbells.
    assert question(M(load_kg=12.5, reps=1), None, replace(known(5), single_kg=6)) is None


def test_a_load_that_was_prescribed_is_not_asked_about() -> None:
    # The next kettlebell she has may be three times the last.
    knows = replace(known(8), single_kg=10)
    assert question(M(load_kg=24, reps=5), M(load_kg=24, reps=5), knows) is None
    assert question(M(load_kg=26, reps=5), M(load_kg=24, reps=5), knows) is not None


def test_loads_are_told_in_pounds() -> None:
    asked = question(M(load_kg=612.35), None, known(61.235), "lb")
    assert asked == "1350 lb is 1215 lb more than last time."


def test_a_first_day_may_go_up_fast_but_not_tenfold() -> None:
    today = [session(TODAY, row(M(load_kg=20, reps=5)))]
    live = [row(M(load_kg=30, reps=5))]
    knows = known_on(TODAY, SQUAT, today, live=live)
    assert question(M(load_kg=90, reps=5), None, knows) is None
    asked = question(M(load_kg=300, reps=5), None, knows)
    assert asked == "300 kg is 270 kg more than so far today."


def test_a_first_day_has_odd_sets_too() -> None:
    rows = [row(M(load_kg=load), f"{load}") for load in (20, 50, 600, 600, 60)]
    assert doubted_sets([session(FIRST, *rows)]) == {"600"}
    assert question(M(load_kg=600), None, known_on(FIRST, SQUAT, [session(FIRST, *rows)]))


def test_a_work_set_is_not_measured_by_its_warm_up() -> None:
    light = row(Measures(load_kg=20.0, reps=8), "w", kind=SetKind.WARMUP)
    heavy = row(Measures(load_kg=85.0, reps=5), "s")
    assert doubted_sets([session(date(2026, 3, 2), light, heavy)]) == frozenset()


def test_later_sessions_and_other_exercises_say_nothing() -> None:
    later = session(TODAY + timedelta(days=1), row(M(load_kg=600, reps=1)))
    other = session(FIRST, row(M(load_kg=600, reps=1)), exercise="deadlift")
    knows = known_on(TODAY, SQUAT, [other, *log(60), later])
    assert question(M(load_kg=600, reps=8), None, knows) is not None


# --- reps and holds -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("done", "prescribed", "asked"),
    [
        (M(reps=30), M(reps=8), None),
        (M(reps=31), M(reps=8), "31 reps is 23 more than planned."),
        (M(reps=36), M(reps=12), None),
        (M(reps=37), M(reps=12), "37 reps is 25 more than planned."),
        (M(hold_s=120), M(hold_s=40), None),
        (M(hold_s=400), M(hold_s=40), "400 s is 360 s more than planned."),
        (M(holds=8, hold_s=16), M(holds=8, hold_s=5), "16 s is 11 s more than planned."),
        (M(reps=500), M(hold_s=40), None),
        (M(reps=500), None, None),
    ],
)
def test_reps_and_holds_are_measured_by_the_plan(
    done: Measures, prescribed: Measures | None, asked: str | None
) -> None:
    assert question(done, prescribed, Known()) == asked


def test_without_a_plan_they_are_measured_by_the_most_so_far() -> None:
    before = [session(FIRST, row(M(hold_s=40)), exercise=WALL_SIT)]
    knows = known_on(TODAY, WALL_SIT, before)
    assert question(M(hold_s=120), None, knows) is None
    assert question(M(hold_s=400), None, knows) == "400 s is 360 s more than ever before."


def test_what_was_done_before_is_not_asked_about_again() -> None:
    before = [session(FIRST, row(M(hold_s=300)), exercise=WALL_SIT)]
    knows = known_on(TODAY, WALL_SIT, before)
    assert question(M(hold_s=300), M(hold_s=40), knows) is None


# --- what is believed ---------------------------------------------------------------------------


def test_an_odd_load_moves_no_limit_until_it_is_confirmed() -> None:
    odd = [*log(60), session(TODAY - timedelta(days=1), row(M(load_kg=600, reps=8), "odd"))]
    assert doubted_sets(odd) == {"odd"}
    assert question(M(load_kg=600), None, known_on(TODAY, SQUAT, odd)) is not None
    sure = row(M(load_kg=600, reps=8), "odd", confirmed=True)
    right = [*log(60), session(TODAY - timedelta(days=1), sure)]
    assert doubted_sets(right) == frozenset()
    assert question(M(load_kg=600), None, known_on(TODAY, SQUAT, right)) is None


def test_a_second_session_bears_an_odd_load_out() -> None:
    # Forty kilograms after the empty bar is odd once, and no question for ever.
    assert doubted_sets(log(20, 40)) == {"s1"}
    assert doubted_sets(log(20, 40, 42.5)) == frozenset()
    assert question(M(load_kg=45), None, known(20, 40, 42.5)) is None
    # Another number is no evidence.
    assert doubted_sets(log(60, 600, 300)) == {"s1", "s2"}


def test_the_set_that_is_corrected_does_not_count() -> None:
    sessions = [*log(60), session(TODAY, row(M(load_kg=90), "a"), row(M(load_kg=60), "b"))]
    assert question(M(load_kg=100), None, known_on(TODAY, SQUAT, sessions)) is None
    corrected = known_on(TODAY, SQUAT, sessions, besides={"a"})
    assert question(M(load_kg=100), None, corrected) is not None


def test_sets_deleted_or_left_out_say_nothing() -> None:
    gone = row(M(load_kg=600), deleted=True)
    left = row(M(load_kg=600), undone="time")
    assert known_on(TODAY, SQUAT, [session(FIRST, gone, left)]).of("load_kg").most == 0


@given(st.lists(measures, max_size=6), measures, measures)
@examples(200)
def test_the_same_again_and_the_plan_are_never_asked_about(
    before: list[Measures], done: Measures, again: Measures
) -> None:
    days = [session(FIRST + timedelta(days=n), row(m, f"{n}")) for n, m in enumerate(before)]
    assert question(done, done, known_on(TODAY, SQUAT, days)) is None
    twice = [session(TODAY - timedelta(days=n), row(again)) for n in (2, 1)]
    assert question(again, None, known_on(TODAY, SQUAT, [*days, *twice])) is None


@given(
    st.floats(1, 300),
    st.floats(1, 600),
    st.floats(1, 600),
    st.none() | st.floats(1, 300),
)
@examples(200)
def test_more_is_never_less_odd(
    heaviest: float, load: float, more: float, single: float | None
) -> None:
    knows = replace(known(heaviest), single_kg=single)
    if question(M(load_kg=load), None, knows) is not None:
        assert question(M(load_kg=load + more), None, knows) is not None


@given(st.lists(st.floats(1, 350), min_size=2, max_size=8))
@examples(200)
def test_a_log_that_goes_up_by_less_than_half_is_never_odd(loads: list[float]) -> None:
    steady = [loads[0]]
    for load in loads[1:]:
        steady.append(min(load, 1.5 * max(steady)))
    assert doubted_sets(log(*steady)) == frozenset()


# --- a line of sets -----------------------------------------------------------------------------


def test_the_first_odd_set_is_told_and_only_odd_ones_are_confirmed() -> None:
    typed = parse("8 60kg; 8 600kg; 8 700kg")
    odd = doubt(typed, {}, known(60))
    assert odd is not None
    assert odd.words == "600 kg is 540 kg more than last time."
    assert [each.confirmed for each in odd.confirmed] == [False, True, True]
    assert [replace(each, confirmed=False) for each in odd.confirmed] == list(typed)
    assert doubt(typed[:1], {}, known(60)) is None


def test_a_set_of_two_sides_is_measured_by_the_plan_of_its_side() -> None:
    plan = {Side.LEFT: M(hold_s=10), Side.RIGHT: M(hold_s=60)}
    odd = doubt(parse("L40s R40s"), plan, Known())
    assert odd is not None
    assert [(each.side, each.confirmed) for each in odd.confirmed] == [
        (Side.LEFT, True),
        (Side.RIGHT, False),
    ]
    assert doubt(parse("40s"), plan, Known()) is not None


def test_what_was_confirmed_is_not_asked_again() -> None:
    typed = parse("8 600kg rir1")
    assert doubt(typed, {}, known(60), sure=[M(load_kg=600, reps=8)]) is None
    assert doubt(typed, {}, known(60), sure=[M(load_kg=600, reps=7)]) is not None


# --- what is owned ------------------------------------------------------------------------------

LIBRARY = shipped_library().exercises
OWNS = Inventory(plates=(Plate(20.0), Plate(10.0)), dumbbells=(Weight(10.0), Weight(12.5)))


@pytest.mark.parametrize(
    ("exercise", "load", "told"),
    [
        ("back-squat", 60, None),
        ("back-squat", 63, "63 kg cannot be made of your plates; kept"),
        ("dumbbell-row", 12.5, None),
        ("dumbbell-row", 13, "13 kg is none of your dumbbells; kept"),
        ("dumbbell-row", 0, None),
        ("single-arm-farmers-march", 17, None),
        ("wall-sit", 17, None),
    ],
)
def test_a_load_she_does_not_own_is_told(exercise: str, load: float, told: str | None) -> None:
    assert not_owned(load, LIBRARY[exercise], OWNS) == told
    assert not_owned(load, LIBRARY[exercise], Inventory()) is None


@given(inventories, st.sampled_from(sorted(LIBRARY)), st.floats(0, 300))
@examples(200)
def test_a_load_that_can_be_made_is_never_told(
    inventory: Inventory, exercise: str, load: float
) -> None:
    loads = inventory.loads(LIBRARY[exercise])
    if loads is not None:
        assert not_owned(loads.down(load), LIBRARY[exercise], inventory) is None


# --- a stated maximum ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("single", "weight", "words"),
    [
        (210, 70, None),
        (211, 70, "211 kg is more than 3 times your weight, 70 kg"),
        (280, 70, "280 kg is more than 3 times your weight, 70 kg"),
        (400, None, None),
        (401, None, "401 kg is more than 400 kg"),
        (450, 150, "450 kg is more than 400 kg"),
        (500, None, "500 kg is more than 400 kg"),
    ],
)
def test_a_stated_maximum_may_be_odd(single: float, weight: float | None, words: str) -> None:
    assert doubt_of_maximum(Best(single), LIBRARY[SQUAT], weight) == words


@pytest.mark.parametrize(
    ("single", "weight", "words"),
    [
        (281, 70, "at most 4 times your weight, 70 kg, not 281 kg"),
        (501, None, "at most 500 kg, not 501 kg"),
        (501, 130, "at most 500 kg, not 501 kg"),
    ],
)
def test_a_maximum_that_nobody_has_is_refused(
    single: float, weight: float | None, words: str
) -> None:
    with pytest.raises(BadDocument) as refused:
        doubt_of_maximum(Best(single), LIBRARY[SQUAT], weight)
    assert str(refused.value) == words


def test_of_a_lift_with_the_body_in_it_all_counts() -> None:
    split = LIBRARY["split-squat"]
    assert doubt_of_maximum(Best(70), split, 70) is None
    said = doubt_of_maximum(Best(85), split, 70)
    assert said == "222.5 kg, body included, is more than 3 times your weight, 70 kg"
    with pytest.raises(BadDocument, match=r"at most 4 times your weight, 70 kg, not 302\.5 kg"):
        doubt_of_maximum(Best(125), split, 70)
