"""Metrics: typed, one value a day, changed and undone, and shown in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.model.metrics import (
    METRICS,
    Metric,
    Series,
    named,
    read,
    reverted_records,
    series,
    undefined,
    with_metric_value,
    without_metric_value,
)
from tui.domain.model.validation import BadDocument
from tui.domain.model.values import Record, Side
from tui.present.metrics import BARS, change, doc, example, improved, one_side, shown, spark, typed

DAY = date(2026, 11, 20)
JUMP, PACE = METRICS["vertical-jump-cm"], METRICS["pace-at-effort-s-per-km"]
WEIGHT, HOP = METRICS["body-weight-kg"], METRICS["single-leg-hop-cm"]
RAISES = METRICS["single-leg-heel-raises"]
OWN = Metric(id="mood", name="mood")
BOTH, LEFT, RIGHT = Side.BOTH, Side.LEFT, Side.RIGHT


def line(value: object, day: date = DAY, id: str = "", edited: str = "", **how: Any) -> Record:  # noqa: A002  as in a line
    values = {"metric": JUMP.id, "value": value, **how}
    return Record(id=id or f"{day}{how}", edited=edited, type="metric", day=day, values=values)


def of(metric: Metric, *measured: tuple[int, Mapping[Side, float]]) -> Series:
    """A metric with values from this many days ago."""
    records: list[Record] = []
    for ago, values in measured:
        records += with_metric_value(records, metric, DAY - timedelta(days=ago), values, "")
    return found(records, metric.id)


def legs(left: float, right: float) -> dict[Side, float]:
    return {LEFT: left, RIGHT: right}


def found(records: Iterable[Record], name: str = JUMP.id) -> Series:
    return next(one for one in series(records) if one.metric.id == name)


@pytest.mark.parametrize(
    ("name", "called", "unit", "value", "words"),
    [
        ("waist-cm", "Waist", "cm", 82.5, "82.5 cm"),
        ("left-biceps-in", "Left biceps", "in", 13.25, "13.25 in"),
        ("body-fat-percent", "Body fat", "%", 18, "18 %"),
        ("muscle-mass-kg", "Muscle mass", "kg", 31, "31 kg"),
        ("resting-heart-rate-bpm", "Resting heart rate", "bpm", 48, "48 bpm"),
        ("left-calf", "Left calf", "", 38, "38"),
        ("mood", "mood", "", 7, "7"),
        ("cm", "cm", "", 7, "7"),
        ("Waist-CM", "Waist-CM", "", 82, "82"),
        ("waist cm", "waist cm", "", 82, "82"),
        ("-cm", "-cm", "", 82, "82"),
    ],
)
def test_what_a_body_tracker_measured_goes_by_its_id(
    name: str, called: str, unit: str, value: float, words: str
) -> None:
    [one] = (each for each in series([line(value, metric=name)]) if each.metric.id == name)
    assert (one.metric.name, one.metric.unit) == (called, unit)
    assert shown(one.metric, one.points[0].values) == words
    assert typed(one.metric, words) == {BOTH: value}
    assert named([one], called) == one
    assert doc(one, DAY)["unit"] == unit


def test_a_weight_of_another_name_is_in_the_runners_unit() -> None:
    muscle = undefined("muscle-mass-kg")
    assert shown(muscle, {BOTH: 31.751}, "lb") == "70 lb"
    assert typed(muscle, "70", "lb") == {BOTH: 31.751}
    assert example(undefined("waist-cm")) == "a number of cm"
    with pytest.raises(BadDocument, match="Waist takes a number of cm, not '82 kg'"):
        typed(undefined("waist-cm"), "82 kg")


# -- as it is typed --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("metric", "text", "wanted"),
    [
        (JUMP, "41", {BOTH: 41}),
        (JUMP, " 41.5 cm ", {BOTH: 41.5}),
        (PACE, "5:12", {BOTH: 312}),
        (PACE, "5:12/km", {BOTH: 312}),
        (WEIGHT, "70", {BOTH: 70}),
        (WEIGHT, "154lb", {BOTH: 69.853}),
        (RAISES, "24/22", {LEFT: 24, RIGHT: 22}),
        (RAISES, "L24 R22", {LEFT: 24, RIGHT: 22}),
        (RAISES, "l 24 r 22", {LEFT: 24, RIGHT: 22}),
        (RAISES, "r0", {RIGHT: 0}),
        (HOP, "142.5 / 138cm", {LEFT: 142.5, RIGHT: 138}),
        (OWN, "7", {BOTH: 7}),
    ],
)
def test_what_can_be_typed(metric: Metric, text: str, wanted: dict[Side, float]) -> None:
    assert typed(metric, text) == wanted


def test_a_bare_weight_is_in_the_runners_unit() -> None:
    assert typed(WEIGHT, "154", "lb") == {BOTH: 69.853}
    assert typed(WEIGHT, "70kg", "lb") == {BOTH: 70}


@pytest.mark.parametrize(
    ("metric", "text"),
    [
        *(
            (JUMP, text)
            for text in ("", "x", "4", "151", "41 kg", "-41", "1e3", "41,5", "٤١", "nan")
        ),
        *((PACE, text) for text in ("312", "5:60", "1:59", "20:01", "5:12/mi", "5")),
        *((WEIGHT, text) for text in ("0", "19", "351", "154 stone")),
        *((RAISES, text) for text in ("24", "24.5/22", "24/", "L24 L22", "24/22/20", "201/3", "")),
        (OWN, "much"),
    ],
)
def test_what_cannot_says_what_can(metric: Metric, text: str) -> None:
    with pytest.raises(BadDocument, match=f"{metric.name} takes "):
        typed(metric, text)


def test_one_side_named_apart() -> None:
    assert one_side(RAISES, "24", LEFT) == {LEFT: 24}
    with pytest.raises(BadDocument, match="has no sides"):
        one_side(JUMP, "41", LEFT)


def test_examples_name_bounds_in_the_runners_unit() -> None:
    assert example(JUMP) == "a number from 5 to 150 cm"
    assert example(WEIGHT, "lb") == "a number from 44.1 to 771.6 lb"
    assert example(RAISES).startswith("a whole number")
    assert example(OWN) == "a number"


# -- in the log ------------------------------------------------------------------------------------


def test_one_value_a_day_and_side_is_kept_as_a_line_says_it() -> None:
    [first] = with_metric_value([], JUMP, DAY, {BOTH: 41.0}, "a")
    assert first.type == "metric"
    assert first.values == {"metric": JUMP.id, "value": 41}
    [again] = with_metric_value([first], JUMP, DAY, {BOTH: 42.5}, "b")
    assert (again.id, again.values["value"]) == (first.id, 42.5)
    left, right = with_metric_value([], RAISES, DAY, {LEFT: 24, RIGHT: 22}, "a")
    assert (left.values["side"], right.values["side"]) == ("left", "right")
    others = with_metric_value([], JUMP, DAY + timedelta(1), {BOTH: 41}, "a")
    assert len({first.id, left.id, right.id, others[0].id}) == 4


def test_told_again_what_a_line_brought_in_is_put_right_with_all_it_says() -> None:
    brought = line(40, id="X", by="me", note="tired")
    [again] = with_metric_value([brought], JUMP, DAY, {BOTH: 41}, "b")
    assert again.id == "X"
    assert again.values == {"metric": JUMP.id, "value": 41, "by": "me", "note": "tired"}


def test_of_two_of_one_day_the_one_edited_last_counts() -> None:
    new, old = "2026-11-20T12:00:00+00:00", "2026-11-20T11:00:00+00:00"
    two = [line(41, id="A", edited=new), line(40, id="B", edited=old)]
    assert [p.values for p in found(two).points] == [{BOTH: 41}]
    assert with_metric_value(two, JUMP, DAY, {BOTH: 1}, "")[0].id == "A"
    assert {r.id for r in without_metric_value(two, JUMP, DAY, "")} == {"A", "B"}


@pytest.mark.parametrize(
    "odd",
    [
        line(None),
        line("41"),
        line(True),
        line(float("nan")),
        line(float("inf")),
        line(10**400),
        line(41, side="up"),
        line(41, side=3),
        Record(id="x", edited="", type="metric", day=DAY, values={"value": 3}),
        Record(id="x", edited="", type="metric", day=DAY, values={"metric": ["a"], "value": 3}),
        Record(id="x", edited="", type="morning", day=DAY, values=line(41).values),
        Record(id="x", edited="", type="metric", day=DAY, values=line(41).values, deleted=True),
    ],
)
def test_what_makes_no_sense_is_passed_over(odd: Record) -> None:
    assert read(odd) is None
    assert all(not one.points for one in series([odd]))


def test_a_measure_that_only_the_log_knows_is_shown_as_it_is() -> None:
    records = [line(7, metric="mood", note="good"), line(3, metric="grip", side="left", id="l")]
    every = series(records)
    assert [one.metric.id for one in every] == [*METRICS, "grip", "mood"]
    grip, mood = every[-2:]
    assert (grip.metric.sides, mood.metric.sides) == (True, False)
    assert shown(grip.metric, grip.points[0].values) == "L3"
    assert shown(mood.metric, mood.points[0].values) == "7"
    assert mood.points[0].note == "good"


def test_removing_and_taking_back() -> None:
    before = with_metric_value([], RAISES, DAY, {LEFT: 24, RIGHT: 22}, "a")
    gone = without_metric_value(before, RAISES, DAY, "b")
    assert all(record.deleted and record.edited == "b" for record in gone)
    assert sorted(reverted_records(before, gone), key=lambda r: r.id) == sorted(
        before, key=lambda r: r.id
    )
    assert [r.values["side"] for r in without_metric_value(before, RAISES, DAY, "b", LEFT)] == [
        "left"
    ]
    assert without_metric_value(before, RAISES, DAY - timedelta(1), "b") == []
    assert without_metric_value(before, JUMP, DAY, "b") == []
    new = with_metric_value([], JUMP, DAY, {BOTH: 41}, "b")
    assert [record.deleted for record in reverted_records([], new)] == [True]


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("vertical-jump-cm", JUMP.id),
        ("Vertical", JUMP.id),
        ("pace at a fixed", PACE.id),
        ("body", WEIGHT.id),
        ("single-leg-hop", HOP.id),
        ("single-leg-s", "single-leg-squats"),
        ("single", None),
        ("jump", None),
        ("", None),
        (" ", None),
    ],
)
def test_a_metric_by_its_id_its_name_or_how_it_begins(word: str, wanted: str | None) -> None:
    one = named(series([]), word)
    assert (one.metric.id if one else None) == wanted


# -- in words --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("metric", "values", "unit", "wanted"),
    [
        (JUMP, {BOTH: 41}, "kg", "41 cm"),
        (PACE, {BOTH: 312}, "kg", "5:12/km"),
        (PACE, {BOTH: 299.6}, "kg", "5:00/km"),
        (WEIGHT, {BOTH: 69.853}, "kg", "69.9 kg"),
        (WEIGHT, {BOTH: 69.853}, "lb", "154 lb"),
        (RAISES, {LEFT: 24, RIGHT: 22}, "kg", "L24 R22"),
        (HOP, {RIGHT: 138}, "kg", "R138 cm"),
    ],
)
def test_values_with_their_unit(
    metric: Metric, values: dict[Side, float], unit: str, wanted: str
) -> None:
    assert shown(metric, values, unit) == wanted


@pytest.mark.parametrize(
    ("known", "wanted", "better"),
    [
        (of(JUMP), "", False),
        (of(JUMP, (0, {BOTH: 41})), "", False),
        (of(JUMP, (56, {BOTH: 38}), (28, {BOTH: 45}), (0, {BOTH: 41})), "+3.0 cm in 8 weeks", True),
        (of(JUMP, (85, {BOTH: 9}), (84, {BOTH: 38}), (0, {BOTH: 41})), "+3.0 cm in 12 weeks", True),
        (of(JUMP, (90, {BOTH: 38}), (0, {BOTH: 41})), "", False),
        (of(JUMP, (10, {BOTH: 41}), (0, {BOTH: 41})), "+0.0 cm in 10 days", False),
        (of(JUMP, (1, {BOTH: 41}), (0, {BOTH: 40.5})), "-0.5 cm in 1 day", False),
        (of(PACE, (28, {BOTH: 320}), (0, {BOTH: 312})), "-8 s/km in 4 weeks", True),
        (of(WEIGHT, (14, {BOTH: 70}), (0, {BOTH: 68.8})), "-1.2 kg in 2 weeks", False),
        (of(RAISES, (21, legs(20, 21)), (0, legs(25, 21))), "L+5 R+0 in 3 weeks", True),
        (of(RAISES, (21, legs(20, 21)), (0, legs(25, 20))), "L+5 R-1 in 3 weeks", False),
        (of(RAISES, (21, {LEFT: 20}), (7, {RIGHT: 20}), (0, {RIGHT: 22})), "R+2 in 7 days", True),
    ],
)
def test_the_change_of_twelve_weeks(known: Series, wanted: str, better: bool) -> None:
    assert change(known, DAY) == wanted
    assert improved(known, DAY) is better


def test_the_change_of_a_weight_in_pounds() -> None:
    known = of(WEIGHT, (14, {BOTH: 70}), (0, {BOTH: 69}))
    assert change(known, DAY, "lb") == "-2.2 lb in 2 weeks"


def test_bars_show_the_last_twelve() -> None:
    assert spark([]) == ""
    assert spark([5]) == BARS[3]
    assert spark([5, 5]) == BARS[3] * 2
    assert spark([1, 8, 4.5]) in ("▁█▄", "▁█▅")
    assert spark([100, *range(12)])[0] == BARS[0]
    assert len(spark(list(range(40)))) == 12


@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=30))
def test_any_values_make_bars(values: list[float]) -> None:
    assert set(spark(values)) <= set(BARS)


def test_as_json() -> None:
    known = of(RAISES, (14, {LEFT: 20, RIGHT: 18}), (0, {LEFT: 24}))
    told_of = doc(known, DAY)
    assert told_of["metric"] == "single-leg-heel-raises"
    assert (told_of["better"], told_of["sides"], told_of["change"]) == (
        "higher",
        True,
        "L+4 in 2 weeks",
    )
    assert [(v["date"], v["side"], v["value"]) for v in told_of["values"]] == [
        ("2026-11-06", "left", 20),
        ("2026-11-06", "right", 18),
        ("2026-11-20", "left", 24),
    ]
