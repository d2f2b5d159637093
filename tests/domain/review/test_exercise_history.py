from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.domain.review.review_logs import ROPE, SPLIT, SQUAT, TODAY, lines, logs, sessions
from tests.strategies import examples
from tui.bootstrap import shipped_library
from tui.domain.calculator import Setup, fold
from tui.domain.calculator.advice import Calendar, Estimate, Race
from tui.domain.model.sums import bests
from tui.domain.model.values import Entry, Measures, Session, SetEntry, SetKind, Side
from tui.domain.review.e1rm_history import E1rm, Verdict, e1rm_history, movement
from tui.domain.review.exercise_history import dated_bests, trained
from tui.domain.review.exercise_review import ExerciseReview
from tui.domain.review.sides import pairs
from tui.present.exercise import exercise_report
from tui.present.report import plain_lines, table_lines

LIBRARY = shipped_library()
SETUP = Setup(library=LIBRARY)
M = Measures
MONDAY = date(2026, 11, 2)
HOLD = "side-plank"


def row(done: Measures, number: int = 1, side: Side = Side.BOTH, **how: Any) -> SetEntry:
    return SetEntry(id=f"{number}{side}", edited="", number=number, side=side, done=done, **how)


def session(exercise: str, *rows: SetEntry, day: date = MONDAY, id_: str = "") -> Session:
    started = datetime.fromisoformat(f"{day}T18:00+01:00")
    entry = Entry(id="e", edited="", exercise=exercise, sets=rows)
    return Session(id=id_ or str(day), edited="", started=started, entries=(entry,))


def review(name: str, log: Sequence[Session], unit: str = "kg") -> ExerciseReview:
    exercise = LIBRARY.exercises.get(name)
    found = trained(log, name, exercise, TODAY)
    lifts = [] if exercise is None else e1rm_history(fold(SETUP, log), exercise)
    return ExerciseReview(
        name=name, library=LIBRARY, found=found, today=TODAY, lifts=lifts, unit=unit
    )


def numbers(words: str) -> list[str]:
    return re.findall(r"\d[\d,.:-]*\d|\d", words.replace("pain, of 10:", ""))


def exercise_review_lines(seen: ExerciseReview) -> list[str]:
    return plain_lines(exercise_report(seen))


# -- against a slow count --------------------------------------------------------------------------


@given(logs, st.sampled_from([SQUAT, SPLIT, ROPE, "gone-from-the-library"]))
@examples(80)
def test_sessions_of_an_exercise_agree_with_a_slow_count(log: list[Session], name: str) -> None:
    mine = [line for line in lines(log) if line["exercise"] == name]
    places = {line["session"]: (line["day"], line["started"]) for line in mine}
    order = sorted(places, key=lambda place: places[place])
    found = trained(log, name, LIBRARY.exercises.get(name), TODAY)
    assert [(one.day, one.session.started) for one in found] == [places[n] for n in order]
    by_id = {id(one): one for one in found}
    assert len(by_id) == len(order)
    for place in set(order):
        rows = [line for line in mine if line["session"] == place]
        at = places[place]
        alike = [one for one in found if (one.day, one.session.started) == at]
        every = [line for line in lines(log, work=False) if line["session"] == place]
        pains = [
            line["pain"]
            for line in every
            if line["exercise"] == name and line["kind"] is SetKind.WORK
        ]
        assert any(slow(name, rows, pains) == quick(one) for one in alike)


def slow(name: str, rows: list[dict[str, Any]], pains: list[int | None]) -> tuple[Any, ...]:
    done = [line["done"] for line in rows]
    rirs = [line["rir"] for line in rows if line["rir"] is not None]
    feet = 2 if name == ROPE else 0
    contacts = [d.contacts if d.contacts is not None else (d.reps or 0) * feet for d in done]
    holds = [(d.hold_s or 0) * (1 if d.holds is None else d.holds) for d in done]
    return (
        len({(line["entry"], line["number"]) for line in rows}),
        max((d.load_kg for d in done if d.load_kg is not None and d.reps != 0), default=None),
        sum(d.reps or 0 for d in done),
        sum(contacts),
        round(sum(holds), 6),
        round(sum((d.load_kg or 0) * (d.reps or 0) for d in done), 6),
        round(sum(rirs) / len(rirs), 6) if rirs else None,
        max((pain for pain in pains if pain is not None), default=None),
    )


def quick(one: Any) -> tuple[Any, ...]:
    return (
        one.sums.sets,
        one.load_kg,
        one.reps,
        one.sums.contacts,
        round(one.sums.hold_s, 6),
        round(one.sums.tonnage_kg, 6),
        None if one.rir is None else round(one.rir, 6),
        one.pain,
    )


@given(logs, st.sampled_from(["kg", "lb"]))
@examples(100)
def test_bests_are_those_of_the_log_with_the_first_day_of_each(
    log: list[Session], unit: str
) -> None:
    found = trained(log, SPLIT, LIBRARY.exercises[SPLIT], TODAY)
    dated = dated_bests(found, unit)
    past = [s for s in log if s.day <= TODAY]
    values = {
        (b.measure, b.side): b.value for key, b in bests(past, unit).items() if key[0] == SPLIT
    }
    assert {(d.best.measure, d.best.side): d.best.value for d in dated} == values
    for one in dated:
        key = (SPLIT, one.best.measure, one.best.side)
        reached = [
            s.day
            for s in past
            if (of_session := bests([s], unit).get(key)) and of_session.value == one.best.value
        ]
        assert one.day == min(reached)
    loads = [one.best.measure == "load" for one in dated]
    assert loads == sorted(loads, reverse=True)


@given(st.lists(sessions(oldest=40), max_size=6), st.sampled_from([SQUAT, SPLIT, ROPE, HOLD]))
@examples(60)
def test_every_line_fits(log: list[Session], name: str) -> None:
    for unit in ("kg", "lb"):
        report = exercise_report(review(name, log, unit))
        assert all(len(line) <= 80 for line in (*plain_lines(report), *table_lines(report)))
        for section in report.sections:
            if section.table:
                cells = " ".join(word for row in section.table.rows for word in row)
                missing = set(numbers(" ".join(section.statements))) - set(numbers(cells))
                assert not missing, section


# -- the best single -------------------------------------------------------------------------------


def lifts(count: int, *, load: float = 60, rise: float = 0, rir: float | None = 2) -> list[Session]:
    """Sessions of three sets of five, twice a week."""
    return [
        session(
            SQUAT,
            *(row(M(load_kg=load + rise * n, reps=5), k, rir=rir) for k in (1, 2, 3)),
            day=MONDAY + timedelta(days=7 * n // 2),
        )
        for n in range(count)
    ]


def test_singles_are_those_of_the_calculator_after_each_session() -> None:
    log = lifts(6, rise=2.5)
    found = e1rm_history(fold(SETUP, log), LIBRARY.exercises[SQUAT])
    assert [one.day for one in found] == [one.day for one in log]
    for n, one in enumerate(found, start=1):
        tracker = fold(SETUP, log[:n]).histories[SQUAT].trackers[Side.BOTH]
        assert one.estimate.one_rm_kg == pytest.approx(math.exp(tracker.z), abs=0.06)
        assert one.estimate.low_kg < math.exp(tracker.z - 2 * tracker.sd) + 0.06
        assert one.sd == tracker.sd


def test_of_what_lies_more_than_a_year_back_the_last_of_each_month_stays() -> None:
    log = lifts(300, rise=0.5)
    found = [one.day for one in e1rm_history(fold(SETUP, log), LIBRARY.exercises[SQUAT])]
    every = [one.day for one in log]
    newest = every[-1].replace(day=1)  # Old estimates were thinned out at the start of the month.
    late = [day for day in every if day >= newest - timedelta(days=400 - 31)]
    assert found[-len(late) :] == late
    old = found[: -len(late)]
    of_month = {(day.year, day.month): day for day in every}
    assert set(old) >= {of_month[day.year, day.month] for day in every if day < old[-1]} - set(late)
    early = [day for day in old if day < newest - timedelta(days=400 + 31)]
    assert early == [of_month[day.year, day.month] for day in early], "one a month"
    assert len(early) > 12


def test_without_reports_there_is_no_estimate_and_other_work_has_none() -> None:
    exercise = LIBRARY.exercises[SQUAT]
    assert e1rm_history(fold(SETUP, lifts(4, rir=None)), exercise) == []
    assert e1rm_history(fold(SETUP, lifts(4)), LIBRARY.exercises[ROPE]) == []
    # Left out without a reason: nothing was lifted that day.
    log = lifts(3)
    left_out = session(SQUAT, row(M(), undone="other"), day=MONDAY + timedelta(days=20))
    assert len(e1rm_history(fold(SETUP, [*log, left_out]), exercise)) == 3


def test_a_session_that_told_nothing_has_no_estimate() -> None:
    # If effort is not logged, the calculator proceeds as if it were getting easier.
    log = [*lifts(1), *lifts(14, rir=None)[1:]]
    seen = review(SQUAT, log)
    assert [one.day for one in seen.lifts] == [log[0].day]
    told = lifts(15)[-1]
    assert [one.day for one in review(SQUAT, [*log, told]).lifts] == [log[0].day, told.day]


def test_sides_are_compared_where_both_told_something() -> None:
    def split(day: date, left: int | None, right: int | None) -> Session:
        sides = ((Side.LEFT, left), (Side.RIGHT, right))
        rows = [row(M(load_kg=20, reps=5), side=side, rir=rir) for side, rir in sides]
        return session(SPLIT, *rows, day=day)

    days = [MONDAY + timedelta(days=3 * n) for n in range(8)]
    log = [split(day, 2 if n < 2 else None, 2) for n, day in enumerate(days)]
    seen = review(SPLIT, log)
    assert [pair.day for pair in seen.pairs] == days[:2]
    assert {pair.weak for pair in seen.pairs} == {None}
    ratios = fold(SETUP, log).histories[SPLIT].ratios
    assert ratios == fold(SETUP, log[:2]).histories[SPLIT].ratios


def test_sides_of_a_lift_of_which_nothing_was_told_are_those_of_its_sets() -> None:
    log = [
        session(
            SPLIT,
            row(M(load_kg=20, reps=8), side=Side.LEFT),
            row(M(load_kg=20, reps=6 + n), side=Side.RIGHT),
            day=MONDAY + timedelta(days=7 * n),
        )
        for n in range(3)
    ]
    found = review(SPLIT, log).pairs
    assert [(one.weak, one.percent) for one in found] == [
        (Side.RIGHT, 75),
        (Side.RIGHT, 87.5),
        (None, 100),
    ]


@pytest.mark.parametrize("kilograms", [0.6, 260.0])
def test_the_lightest_of_lifts_has_a_band_as_well(kilograms: float) -> None:
    rows = row(M(load_kg=kilograms, reps=5), rir=2)
    log = [session(SQUAT, rows, day=MONDAY + timedelta(days=3 * n)) for n in range(4)]
    seen = review(SQUAT, log)
    assert seen.movements[Side.BOTH].verdict in Verdict
    assert seen.lifts
    assert all(0 < one.sd < 0.5 for one in seen.lifts)


def test_a_second_session_of_a_day_is_no_second_estimate() -> None:
    log = lifts(3)
    again = replace(log[2], id="again", started=log[2].started + timedelta(hours=2))
    found = e1rm_history(fold(SETUP, [*log, again]), LIBRARY.exercises[SQUAT])
    assert [one.day for one in found] == [one.day for one in log]


def points(*kilograms: float, sd: float = 0.04) -> list[E1rm]:
    return [
        E1rm(
            MONDAY + timedelta(days=7 * n),
            Side.BOTH,
            math.log(kg),
            sd,
            Estimate(one_rm_kg=kg, low_kg=kg, high_kg=kg),
        )
        for n, kg in enumerate(kilograms)
    ]


@pytest.mark.parametrize(
    ("kilograms", "verdict"),
    [
        ((100,), Verdict.FEW),
        ((100, 150), Verdict.FEW),
        ((100, 100, 104.2), Verdict.SAME),
        ((100, 100, 111), Verdict.SAME),  # two SD of the difference are 12 %
        ((100, 100, 113), Verdict.UNSURE),
        ((100, 113, 113), Verdict.MORE),
        ((100, 113, 100), Verdict.SAME),
        ((100, 88, 88), Verdict.LESS),
        ((100, 100, 88), Verdict.UNSURE),
        ((100, 113, 88), Verdict.UNSURE),
    ],
)
def test_a_gain_takes_more_than_one_estimate(
    kilograms: tuple[float, ...], verdict: Verdict
) -> None:
    moved = movement(points(*kilograms))
    assert moved.verdict is verdict
    assert moved.percent == pytest.approx(kilograms[-1] - 100)


def test_a_gain_is_not_told_where_the_band_explains_it() -> None:
    same = exercise_review_lines(review(SQUAT, lifts(5)))
    assert not any("gain" in line for line in same)
    assert any(
        line.startswith("  No change from 2026-11-02") or "within the" in line for line in same
    )
    more = " ".join(exercise_review_lines(review(SQUAT, lifts(12, load=50, rise=5))))
    assert "in two sessions: a gain." in " ".join(more.split())


# -- sides -----------------------------------------------------------------------------------------


def holds(left: float, right: float, day: int) -> Session:
    rows = (row(M(hold_s=left), 1, Side.LEFT), row(M(hold_s=right), 1, Side.RIGHT))
    return session(HOLD, *rows, day=MONDAY + timedelta(days=day))


def test_sides_are_compared_from_two_sessions_on() -> None:
    exercise = LIBRARY.exercises[HOLD]
    log = [holds(36, 40, 0), holds(40, 38, 3), holds(40, 40, 7)]
    found = trained(log, HOLD, exercise, TODAY)
    assert pairs(exercise, found[:1], ()) == []
    assert [(one.percent, one.weak) for one in pairs(exercise, found, ())] == [
        (90, Side.LEFT),
        (95, Side.RIGHT),
        (100, None),
    ]
    text = exercise_review_lines(review(HOLD, log))
    assert "  Mon 2026-11-02: left 90 % of right" in text
    assert "  Mon 2026-11-09: alike" in text
    assert "  Sides that differ by 5 to 15 % are normal." in text


def test_only_the_same_on_both_sides_is_compared() -> None:
    exercise = LIBRARY.exercises[HOLD]
    alone = session(HOLD, row(M(hold_s=40), 1, Side.LEFT), day=MONDAY + timedelta(days=9))
    heavier = session(
        HOLD,
        row(M(hold_s=40, load_kg=5), 1, Side.LEFT),
        row(M(hold_s=40), 1, Side.RIGHT),
        day=MONDAY + timedelta(days=10),
    )
    found = trained([holds(36, 40, 0), alone, heavier], HOLD, exercise, TODAY)
    assert pairs(exercise, found, ()) == []
    both = LIBRARY.exercises[SQUAT]
    assert pairs(both, trained(lifts(3), SQUAT, both, TODAY), points(100, 100)) == []


def test_the_sides_of_a_heavy_lift_are_those_of_its_estimates() -> None:
    exercise = LIBRARY.exercises[SPLIT]
    log = [
        session(
            SPLIT,
            row(M(load_kg=20, reps=5), 1, Side.LEFT, rir=1),
            row(M(load_kg=20, reps=8), 1, Side.RIGHT, rir=3),
            day=MONDAY + timedelta(days=4 * n),
        )
        for n in range(3)
    ]
    made = e1rm_history(fold(SETUP, log), exercise)
    assert len(made) == 6
    found = pairs(exercise, trained(log, SPLIT, exercise, TODAY), made)
    assert [one.weak for one in found] == [Side.LEFT] * 3
    last = {one.side: one.z for one in made[-2:]}
    assert found[-1].percent == pytest.approx(100 * math.exp(last[Side.LEFT] - last[Side.RIGHT]))


def test_the_heaviest_load_is_one_that_was_moved() -> None:
    log = [session(SQUAT, row(M(load_kg=90, reps=3)), row(M(load_kg=100, reps=0), 2))]
    [found] = trained(log, SQUAT, LIBRARY.exercises[SQUAT], TODAY)
    assert found.load_kg == 90
    held = [session(HOLD, row(M(load_kg=5, hold_s=30)))]
    assert trained(held, HOLD, LIBRARY.exercises[HOLD], TODAY)[0].load_kg == 5


def test_less_help_from_session_to_session_is_told_as_such() -> None:
    log = [
        session("push-up", row(M(reps=8, assist_kg=20)), row(M(reps=0, assist_kg=5), 2)),
        session("push-up", row(M(reps=6, assist_kg=15)), day=MONDAY + timedelta(days=3)),
    ]
    seen = review("push-up", log)
    assert [(one.load_kg, one.assist_kg) for one in seen.found] == [(None, 20), (None, 15)]
    said = exercise_review_lines(seen)
    assert any("least help, kg: 20, 15" in line for line in said)
    assert [(one.best.measure, one.best.value) for one in dated_bests(seen.found)][:1] == [
        ("least help", 15)
    ]


def test_pain_and_sets_to_failure_count_like_those_of_work() -> None:
    hard = row(M(load_kg=60, reps=4), kind=SetKind.FAILURE, pain=3)
    drop = row(M(load_kg=40, reps=9), kind=SetKind.DROP, pain=4)
    [found] = trained([session(SQUAT, hard, drop)], SQUAT, LIBRARY.exercises[SQUAT], TODAY)
    assert (found.sums.sets, found.load_kg, found.reps, found.pain) == (2, 60, 13, 4)


def test_a_set_left_out_for_pain_is_one_that_hurt() -> None:
    hurt = row(M(), 2, pain=7, undone="pain")
    log = [session(SQUAT, row(M(load_kg=60, reps=5), pain=2), hurt)]
    [found] = trained(log, SQUAT, LIBRARY.exercises[SQUAT], TODAY)
    assert (found.pain, found.sums.sets) == (7, 1)
    assert "  pain, of 10: 7" in exercise_review_lines(review(SQUAT, log))


# -- in words --------------------------------------------------------------------------------------


def test_the_review_of_an_exercise_in_lines() -> None:
    log = lifts(2, rise=2.5)
    warm = row(M(load_kg=40, reps=5), 1, kind=SetKind.WARMUP)
    undone = row(M(), 4, undone="time")
    entry = log[1].entries[0]
    log[1] = replace(log[1], entries=(replace(entry, sets=(warm, *entry.sets, undone)),))
    text = exercise_review_lines(review(SQUAT, log))
    assert text[:5] == [
        "Back Squat",
        "2 sessions, the first on Mon 2026-11-02, the last on Thu 2026-11-05.",
        "",
        "Bests",
        "  load: 5 × 62.5 kg, on Thu 2026-11-05",
    ]
    assert "The last 2 sessions, oldest first" in text
    assert "  heaviest load, kg: 60, 62.5" in text
    assert "  reps in all: 15, 15" in text
    assert "  reps left, on average: 2, 2" in text
    assert "  Thu 2026-11-05: 3 × 5 · 62.5 kg, 2 spare" in text
    assert "  heaviest load, lb: 132.3, 137.8" in exercise_review_lines(review(SQUAT, log, "lb"))


def test_an_exercise_never_done_and_one_gone_from_the_library() -> None:
    assert exercise_review_lines(review(SQUAT, []))[:2] == [
        "Back Squat",
        "Nothing of it is logged yet.",
    ]
    text = exercise_review_lines(review("gone", [session("gone", row(M(reps=5)))]))
    assert text[:2] == [
        "gone",
        "1 session, the first on Mon 2026-11-02, the last on Mon 2026-11-02.",
    ]
    assert text[-1] == "  It is not in your library any more, so nothing does."


def test_an_exercise_of_the_library_is_never_said_to_be_gone() -> None:
    text = exercise_review_lines(review(SQUAT, lifts(1)))
    assert not any("library" in line for line in text)
    assert "What comes next" not in text


def test_older_bests_are_counted_in_words_for_anyone() -> None:
    log = [
        session(SQUAT, row(M(load_kg=50 + n, reps=5)), day=MONDAY + timedelta(days=n))
        for n in range(12)
    ]
    # A load, and reps at each of twelve loads: ten bests are listed.
    text = exercise_review_lines(review(SQUAT, log))
    assert "  3 older bests beside these" in text


def test_a_taper_does_not_move_the_estimate_apart_from_the_calculators() -> None:
    race = Race(day=MONDAY + timedelta(days=24), name="Ridge")
    setup = replace(SETUP, calendar=Calendar(races=(race,)))
    log = lifts(5, rir=5)
    found = e1rm_history(fold(setup, log), LIBRARY.exercises[SQUAT])
    # Reps left in the easy sessions at the end give no estimate.
    told = [one for one in log if one.day <= found[-1].day]
    assert 0 < len(told) < len(log)
    tracker = fold(setup, told).histories[SQUAT].trackers[Side.BOTH]
    assert found[-1].estimate.one_rm_kg == pytest.approx(math.exp(tracker.z), abs=0.06)
