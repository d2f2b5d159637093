"""Typed runs and free times: what the words mean, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.model.date_parser import weekday_of
from tui.domain.model.validation import BadDocument
from tui.domain.planning.diary import Opening, Run, RunKind, WeeklyRun
from tui.domain.planning.run_parser import (
    a_run,
    clock,
    openings,
    openings_text,
    parse_run_words,
    run_text,
    weekly_text,
)

DAY = date(2026, 11, 29)  # a Sunday


def planned(**facts: object) -> Run:
    start = facts.get("start")
    name = f"{DAY}T{start:%H:%M}" if isinstance(start, time) else f"{DAY}"
    return Run(id=name, day=DAY, **facts)  # type: ignore[arg-type]  # facts by name


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tue 07:00 speed", WeeklyRun(1, RunKind.SPEED, time(7))),
        ("sun long", WeeklyRun(6, RunKind.LONG)),
        ("mon", WeeklyRun(0, RunKind.EASY)),
        ("Hills, 6:30 WEDNESDAY", WeeklyRun(2, RunKind.HILLS, time(6, 30))),
        ("tempo thurs 7am", WeeklyRun(3, RunKind.SPEED, time(7))),
        ("7:15pm track tues", WeeklyRun(1, RunKind.SPEED, time(19, 15))),
        ("12am fri", WeeklyRun(4, RunKind.EASY, time(0))),
        ("12 pm fri intervals", WeeklyRun(4, RunKind.SPEED, time(12))),
        ("saturday hill", WeeklyRun(5, RunKind.HILLS)),
        ("2026-11-29", planned()),
        (
            "2026-11-29 08:00 long 24km +900m",
            planned(kind=RunKind.LONG, start=time(8), distance_m=24000.0, climb_m=900.0),
        ),
        ("+900m 1:30h 2026-11-29", planned(climb_m=900.0, duration_s=5400.0)),
        ("sun 2026-11-29 90min", planned(duration_s=5400.0)),
        ("2026-11-29 1h30", planned(duration_s=5400.0)),
        ("2026-11-29 2h", planned(duration_s=7200.0)),
        ("2026-11-29 1h05min", planned(duration_s=3900.0)),
        ("2026-11-29 7.5 mi", planned(distance_m=12070.0)),
        ("2026-11-29 0.4km", planned(distance_m=400.0)),
    ],
)
def test_words_in_any_order_say_which_run_it_is(typed: str, meant: object) -> None:
    assert a_run(typed, DAY) == meant
    backwards = " ".join(reversed(typed.replace(" mi", "mi").replace(" pm", "pm").split()))
    assert a_run(backwards, DAY) == meant


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("", "a weekday or a date"),
        ("speed 07:00", "a weekday or a date"),
        ("tue jog", "'jog'"),
        ("tue 7", "'7'"),
        ("tue 25:00", "'25:00'"),
        ("tue 07:60", "'07:60'"),
        ("tue 13am", "'13am'"),
        ("tue 0pm", "'0pm'"),
        ("tue thu", "one weekday"),
        ("tue easy long", "one kind"),
        ("tue 07:00 19:00", "one time"),
        ("2026-11-29 2026-11-30", "one date"),
        ("2026-11-29 5km 3mi", "one length"),
        ("2026-11-29 90min 2h", "one duration"),
        ("2026-11-29 +1m +2m", "one climb"),
        ("mon 2026-11-29", "2026-11-29 is a Sun"),
        ("2026-02-30", "2026-02-30"),
        ("1200-01-01", "1900 to 2999"),
        ("3000-01-01", "1900 to 2999"),
        ("2026-11-29 400m", "0.4km"),
        ("2026-11-29 0km", "more than nothing"),
        ("2026-11-29 9999km", "1000km"),
        ("2026-11-29 +999999m", "+100000m"),
        ("2026-11-29 9999h", "'9999h'"),
        ("2026-11-29 0min", "more than nothing"),
        ("2026-11-29 1:75h", "'1:75h'"),
        ("2026-11-29 7,5,1km", "'7,5,1km'"),
        ("2026-11-29 \u0663km", "km"),
        ("sun 24km", "29 nov 24km"),
        ("sun +600m", "a date"),
        ("sun 90min", "a date"),
        ("tue " * 200, "too long"),
    ],
)
def test_what_makes_no_sense_is_refused_with_what_may_be_written(typed: str, hint: str) -> None:
    with pytest.raises(BadDocument) as refusal:
        a_run(typed, DAY)
    assert hint in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_what_was_not_said_is_none() -> None:
    assert (parse_run_words("tue", DAY).kind, parse_run_words("tue", DAY).start) == (None, None)
    assert parse_run_words("tue easy", DAY).kind is RunKind.EASY
    assert parse_run_words("", DAY).weekday is None


@pytest.mark.parametrize("word", ["m", "mo", "mondays", "day", "", "tuf", "2026"])
def test_a_weekday_is_at_least_three_letters_of_its_name(word: str) -> None:
    assert weekday_of(word) is None


@pytest.mark.parametrize("word", ["7", "007:00", "7:0", "24:00", "7:00:00", "-1:00", "\u0667:00"])
def test_a_time_has_hours_and_minutes(word: str) -> None:
    assert clock(word) is None


# --- what is shown can be typed again -------------------------------------------------------------

clocks = st.none() | st.times().map(lambda t: t.replace(second=0, microsecond=0))
kinds = st.sampled_from(RunKind)
days = st.dates(date(1900, 1, 1), date(2999, 12, 31))


@given(st.builds(WeeklyRun, st.integers(0, 6), kinds, clocks))
def test_a_weekly_run_that_is_shown_can_be_typed_again(run: WeeklyRun) -> None:
    assert a_run(weekly_text(run), DAY) == run


@st.composite
def planned_runs(draw: st.DrawFn) -> Run:
    """Runs that can be typed: lengths to ten metres, durations to the minute."""
    day, start = draw(days), draw(clocks)
    return Run(
        id=f"{day}" + (f"T{start:%H:%M}" if start else ""),
        day=day,
        kind=draw(kinds),
        start=start,
        distance_m=draw(st.none() | st.integers(1, 100_000).map(lambda n: n * 10.0)),
        climb_m=draw(st.none() | st.integers(1, 100_000).map(float)),
        duration_s=draw(st.none() | st.integers(1, 16_000).map(lambda n: n * 60.0)),
    )


@given(planned_runs())
def test_a_run_that_is_shown_can_be_typed_again(run: Run) -> None:
    assert a_run(run_text(run), DAY) == run


def test_a_run_is_shown_in_one_line() -> None:
    run = planned(kind=RunKind.LONG, start=time(8), distance_m=24000.0, climb_m=900.0)
    assert run_text(run) == "Sun 2026-11-29 08:00 long 24km +900m"
    assert weekly_text(WeeklyRun(1, RunKind.SPEED, time(7))) == "Tue 07:00 speed"
    assert weekly_text(WeeklyRun(6, RunKind.LONG)) == "Sun long"
    recorded = planned(start=time(8, 4, 31), distance_m=12345.6, climb_m=0.2, duration_s=3617.5)
    assert run_text(recorded) == "Sun 2026-11-29 08:04 easy 12.35km 1:00h"
    assert run_text(planned(duration_s=2699.9)).endswith("easy 45min")


# --- times that are free --------------------------------------------------------------------------

TUESDAY = Opening(1, time(13))


@pytest.mark.parametrize(
    ("typed", "meant", "kept"),
    [
        ("tue 13:00 fri", (TUESDAY, Opening(4)), "tue 13:00 fri"),
        ("Friday, tue 1pm", (TUESDAY, Opening(4)), "tue 13:00 fri"),
        ("tue 13:00 18:30", (TUESDAY, Opening(1, time(18, 30))), "tue 13:00 tue 18:30"),
        ("tue 13:00 tue 13:00", (TUESDAY,), "tue 13:00"),
        ("fri fri 12:00", (Opening(4), Opening(4, time(12))), "fri fri 12:00"),
        ("none", (), "none"),
    ],
)
def test_free_times_are_weekdays_with_times(
    typed: str, meant: tuple[Opening, ...], kept: str
) -> None:
    assert openings(typed) == meant
    assert openings_text(meant) == kept
    assert openings(kept) == meant


@pytest.mark.parametrize(
    "value", ["", "13:00", "13:00 tue", "tue noon", "tue none", 7, None, ["x"]]
)
def test_free_times_that_make_no_sense_are_refused(value: object) -> None:
    with pytest.raises(BadDocument, match="tue 13:00 fri, or none"):
        openings(value)


@given(st.sets(st.builds(Opening, st.integers(0, 6), clocks), max_size=12))
def test_free_times_that_are_shown_can_be_typed_again(some: set[Opening]) -> None:
    assert set(openings(openings_text(tuple(some)))) == some


@given(st.text(max_size=30), st.sampled_from([lambda typed: a_run(typed, DAY), openings]))
def test_whatever_is_typed_is_understood_or_refused(
    typed: str, read: Callable[[str], object]
) -> None:
    with suppress(BadDocument):
        read(typed)


@given(st.integers(0, 40), st.integers(0, 99))
def test_each_time_of_the_day_and_no_other_is_one(hours: int, minutes: int) -> None:
    there = hours < 24 and minutes < 60
    assert clock(f"{hours}:{minutes:02}") == (time(hours, minutes) if there else None)


@pytest.mark.parametrize("typed", ["29 nov", "29.11.", "29. november 2026", "29nov", "tomorrow"])
def test_the_date_of_a_run_is_typed_in_words(typed: str) -> None:
    run = a_run(f"{typed} 08:00 long 24,5 km", date(2026, 11, 28))
    assert run == Run(
        id="2026-11-29T08:00",
        day=DAY,
        kind=RunKind.LONG,
        start=time(8),
        distance_m=24500,
    )
