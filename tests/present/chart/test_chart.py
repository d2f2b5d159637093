"""The axes of a chart, and its SVG."""

from __future__ import annotations

import math
import re
from datetime import date, timedelta
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.model.text import clean
from tui.domain.model.values import Side
from tui.present.chart.scale import (
    axis,
    column,
    courses,
    day_ticks,
    value_text,
    value_ticks,
)
from tui.present.chart.svg import svg
from tui.present.chart.values import Chart, Drawn, Event, Point, Series

FIRST = date(2026, 8, 3)
NAMESPACE = "{http://www.w3.org/2000/svg}"
days = st.dates(date(1990, 1, 1), date(2060, 12, 31))
numbers = st.floats(0, 100_000) | st.integers(0, 500).map(float)


def level(*values: float, side: Side = Side.BOTH, apart: int = 7) -> Series:
    """Values a week apart, from FIRST on."""
    return Series(
        side, tuple(Point(FIRST + timedelta(days=apart * n), v) for n, v in enumerate(values))
    )


def chart(*series: Series, measure: str = "load", unit: str = "kg", **how: object) -> Chart:
    given: dict[str, object] = {
        "title": "Back Squat: heaviest load",
        "short": "heaviest load",
        "drawn": Drawn.POINTS,
        "first": FIRST,
        "last": FIRST + timedelta(days=83),
    }
    return Chart(measure=measure, unit=unit, series=series, **{**given, **how})  # type: ignore[arg-type]  # tests say what differs


# -- values ----------------------------------------------------------------------------------------


@given(numbers, numbers, st.integers(1, 30), st.booleans())
def test_ticks_cover_the_values_in_few_nice_steps(
    one: float, other: float, most: int, whole: bool
) -> None:
    low, high = sorted((one, other))
    ticks = value_ticks(low, high, most, whole=whole)
    assert 2 <= len(ticks) <= max(3, most)
    step = ticks[1] - ticks[0]
    slack = 1e-6 * step + 1e-6
    assert ticks[0] <= low + slack
    assert high - slack <= ticks[-1]
    assert all(b - a == pytest.approx(step, rel=1e-6) for a, b in pairwise(ticks))
    digit = step / 10 ** math.floor(math.log10(step) + 1e-9)
    assert any(digit == pytest.approx(nice, rel=1e-6) for nice in (1, 2, 5))
    assert ticks[0] / step == pytest.approx(round(ticks[0] / step), abs=1e-4)
    assert ticks[0] >= 0
    if whole:
        assert all(tick == int(tick) for tick in ticks)


@pytest.mark.parametrize(
    ("low", "high", "most", "ticks"),
    [
        (62, 118, 5, (60, 80, 100, 120)),
        (60, 120, 7, (60, 70, 80, 90, 100, 110, 120)),
        (0.3, 0.7, 5, (0.3, 0.4, 0.5, 0.6, 0.7)),
        (62.5, 62.5, 5, (55, 60, 65, 70)),
        (0, 0, 5, (0, 0.5, 1)),
        (0, 7_400, 4, (0, 5_000, 10_000)),
        (-3, 4, 3, (-5, 0, 5)),
    ],
)
def test_ticks_of(low: float, high: float, most: int, ticks: tuple[float, ...]) -> None:
    assert value_ticks(low, high, most) == ticks


def test_wholes_have_no_ticks_between_them() -> None:
    assert value_ticks(2, 3, 8, whole=True) == (2, 3)
    assert value_ticks(3, 3, 8, whole=True) == (2, 3, 4)


def test_bars_and_what_is_felt_begin_at_zero() -> None:
    assert axis(chart(level(480, 520), drawn=Drawn.BARS), 5)[0] == 0
    assert axis(chart(level(480, 520)), 5)[0] == 480
    assert axis(chart(level(2.5, 3), measure="rir", unit="reps"), 5) == (0, 1, 2, 3, 4)
    # One of ten does not fill the chart.
    assert axis(chart(level(1), measure="pain", unit="of 10"), 6) == (0, 1, 2, 3, 4, 5)


def test_the_axis_has_room_for_the_noise_and_the_usual_range() -> None:
    noisy = Series(Side.BOTH, (Point(FIRST, 80, 71, 93),))
    assert axis(chart(noisy), 5)[0] <= 71
    assert axis(chart(noisy), 5)[-1] >= 93
    assert axis(chart(level(97, 98), usual=(85, 100)), 5)[0] == 85


def test_nothing_still_has_an_axis() -> None:
    assert axis(chart(), 5) == (0, 0.5, 1)


def test_values_are_written_as_a_person_does() -> None:
    assert [value_text(value) for value in (0.5, 60, 62.5, 1000, 12_000)] == [
        "0.5",
        "60",
        "62.5",
        "1,000",
        "12,000",
    ]


# -- days ------------------------------------------------------------------------------------------


@given(days, st.integers(0, 30 * 366), st.integers(0, 200))
def test_labels_of_days_never_touch_nor_leave_the_axis(
    first: date, length: int, width: int
) -> None:
    last = first + timedelta(days=length)
    ticks = day_ticks(first, last, width)
    assert all(first <= tick.day <= last for tick in ticks)
    assert all(before.day < after.day for before, after in pairwise(ticks))
    ends = [(tick.start, tick.start + len(tick.label)) for tick in ticks]
    assert all(start >= 0 and end <= width for start, end in ends)
    assert all(after[0] - before[1] >= 2 for before, after in pairwise(ends))
    for tick in ticks:
        at = column(tick.day, first, last, width)
        assert tick.start <= at < tick.start + len(tick.label)
    if width >= 20:
        assert ticks
        assert length == 0 or len(ticks) > 1


@pytest.mark.parametrize(
    ("first", "last", "width", "labels"),
    [
        ("2026-08-03", "2026-08-08", 70, "3 Aug|4 Aug|5 Aug|6 Aug|7 Aug|8 Aug"),
        ("2026-08-30", "2026-11-21", 70, "31 Aug|14 Sep|28 Sep|12 Oct|26 Oct|9 Nov"),
        ("2026-10-01", "2027-03-31", 48, "Oct|Nov|Dec|2027|Feb|Mar"),
        ("2025-11-22", "2027-11-21", 50, "2026|Apr|Jul|Oct|2027|Apr|Jul|Oct"),
        ("2007-03-01", "2026-11-21", 70, "2008|2010|2012|2014|2016|2018|2020|2022|2024|2026"),
        ("2007-03-01", "2026-11-21", 24, "2010|2015|2020|2025"),
        ("2026-08-03", "2026-08-03", 70, "3 Aug"),
        ("2026-08-04", "2026-08-09", 18, "4 Aug|9 Aug"),
        ("2026-08-04", "2026-08-09", 9, "9 Aug"),
        ("2026-08-04", "2026-08-09", 4, ""),
    ],
)
def test_days_are_labelled_as_the_span_asks(first: str, last: str, width: int, labels: str) -> None:
    ticks = day_ticks(date.fromisoformat(first), date.fromisoformat(last), width)
    assert "|".join(tick.label for tick in ticks) == labels


@given(st.lists(days, min_size=2, max_size=9, unique=True), st.integers(1, 120))
def test_a_later_day_is_never_further_left(found: list[date], width: int) -> None:
    found.sort()
    at = [column(day, found[0], found[-1], width) for day in found]
    assert at == sorted(at)
    assert (at[0], at[-1]) == (0, width - 1)


def test_a_pause_is_not_bridged() -> None:
    assert [len(run) for run in courses(chart(level(60, 62, 61, apart=45)))] == [3]
    assert [len(run) for run in courses(chart(level(60, 62, 61, apart=46)))] == [1, 1, 1]


def test_sides_that_take_turns_are_one_course() -> None:
    left = Series(Side.LEFT, (Point(FIRST, 92), Point(FIRST + timedelta(days=14), 94)))
    right = Series(Side.RIGHT, (Point(FIRST + timedelta(days=7), 96),))
    assert [[point.value for point in run] for run in courses(chart(left, right))] == [[92, 96, 94]]
    both = [level(92, 94, side=Side.LEFT), level(96, side=Side.RIGHT)]
    assert [len(run) for run in courses(chart(*both))] == [2, 1]


# -- the picture -----------------------------------------------------------------------------------


def drawn(shown: Chart) -> ET.Element:
    return ET.fromstring(svg(shown))  # our own text, not a stranger's


def words(root: ET.Element) -> list[str]:
    return [text.text or "" for text in root.iter(f"{NAMESPACE}text")]


def week_annotations(root: ET.Element) -> list[tuple[float, float]]:
    return [
        (float(one.attrib["cx"]), float(one.attrib["cy"]))
        for one in root.iter(f"{NAMESPACE}circle")
    ]


HOSTILE = '"><script>alert(1)</script><a href="http://x.y">\x1b[2J\x00\ud800\ufffe\u202e & ]]> é 力'


@given(
    st.text(max_size=40) | st.just(HOSTILE),
    st.lists(numbers, max_size=6),
    st.sampled_from(Drawn),
    st.sampled_from(Side),
)
def test_a_picture_is_well_formed_whatever_names_say(
    name: str, values: list[float], how: Drawn, side: Side
) -> None:
    event = Event(FIRST + timedelta(days=9), name, name)
    text = svg(
        chart(level(*values, side=side), title=name, unit=name, drawn=how, events=(event,) * 2)
    )
    root = ET.fromstring(text)
    assert {one.tag.removeprefix(NAMESPACE) for one in root.iter()} <= {
        *("svg", "title", "desc", "rect", "line", "text", "circle", "polygon", "polyline")
    }
    assert not any(re.search("href|^on|style", name) for e in root.iter() for name in e.attrib)
    assert not any("://" in value for one in root.iter() for value in one.attrib.values())
    assert all(clean(line) == line for line in text[:-1].split("\n"))
    text.encode()


def test_hostile_names_are_text() -> None:
    root = drawn(chart(level(60), title=HOSTILE))
    assert "<script" not in svg(chart(level(60), title=HOSTILE))
    title = root.findtext(f"{NAMESPACE}title")
    assert title is not None
    assert title.startswith('"><script>alert(1)</script>')
    assert "\x1b" not in title


def test_a_picture_says_what_it_is_of() -> None:
    race = Event(date(2026, 10, 11), "!", "race the Ridge Race (A)")
    root = drawn(chart(level(60, 62.5), events=(race,)))
    shown = words(root)
    assert "Back Squat: heaviest load" in shown
    assert "3 Aug 2026 to 25 Oct 2026" in shown
    assert "kg" in shown
    assert any(word.startswith("! race the Ridge Race") for word in shown)
    assert root.findtext(f"{NAMESPACE}desc") == (
        "2 values from 3 Aug 2026 to 25 Oct 2026. The last: 62.5 kg on 10 Aug 2026. "
        "race the Ridge Race (A) on 11 Oct 2026."
    )


def test_every_event_has_its_line_and_crowded_ones_at_least_their_sign() -> None:
    events = tuple(
        Event(FIRST + timedelta(days=40 + 3 * n), "!", f"race number {n} of them") for n in range(3)
    )
    root = drawn(chart(level(60), events=events))
    dotted = [e for e in root.iter(f"{NAMESPACE}line") if e.attrib["stroke-dasharray"] == "2 3"]
    assert len(dotted) == 3
    assert [word for word in words(root) if word.startswith("!")] == [
        "! race number 0 of them",
        "! race number 1 of them",
    ]


@given(st.lists(numbers, min_size=2, max_size=8, unique=True))
def test_more_is_higher_and_later_is_further_right(values: list[float]) -> None:
    found = week_annotations(drawn(chart(level(*values))))
    assert len(found) == len(values)
    assert [x for x, _ in found] == sorted(x for x, _ in found)
    ranked = [y for _, (_, y) in sorted(zip(values, found, strict=True))]
    assert ranked == sorted(ranked, reverse=True)


@given(st.lists(st.integers(0, 900), min_size=1, max_size=8))
def test_bars_are_as_high_as_they_say(values: list[int]) -> None:
    root = drawn(chart(level(*values), drawn=Drawn.BARS))
    heights = [
        float(one.attrib["height"])
        for one in root.iter(f"{NAMESPACE}rect")
        if one.attrib["fill"] == "#0b5394"
    ]
    most = max(values)
    assert len(heights) == len(values)
    for value, height in zip(values, heights, strict=True):
        assert height == pytest.approx(max(heights) * value / most if most else 0, abs=0.11)


def test_sides_are_told_by_shape_and_letter() -> None:
    root = drawn(chart(level(60, 62, side=Side.LEFT), level(58, 59, side=Side.RIGHT)))
    shown = words(root)
    assert {"L", "R", "L left", "R right"} <= set(shown)
    assert not week_annotations(root)
    hollow = [e for e in root.iter(f"{NAMESPACE}polygon") if e.attrib["fill"] == "none"]
    assert len(hollow) == 3  # two values and the legend


def test_noise_is_a_translucent_area_that_stops_at_a_pause() -> None:
    days = (0, 7, 60, 67)
    points = tuple(Point(FIRST + timedelta(days=n), 80, 75, 86) for n in days)
    root = drawn(chart(Series(Side.BOTH, points)))
    areas = [e for e in root.iter(f"{NAMESPACE}polygon") if "opacity" in e.attrib]
    assert len(areas) == 2
    assert "likely" in words(root)


def test_the_usual_range_is_shaded() -> None:
    assert "usual" in words(drawn(chart(level(95, 97), unit="%", usual=(85, 100))))
