"""What titles say of runs: whether they are, their kind, how far, how long."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.planning.diary import RunKind
from tui.domain.planning.run_titles import (
    distance_said,
    duration_said,
    kind_named,
    means_run,
    race_named,
    sport_named,
)

EASY, SPEED, LONG, HILLS = RunKind.EASY, RunKind.SPEED, RunKind.LONG, RunKind.HILLS
MILE = 1609.344
HOUR = 3600.0

# --- the kind -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Long run with Ana", LONG),
        ("Easy long run", LONG),
        ("Sunday long", LONG),
        ("Long Beach Marathon", LONG),
        ("Marathon", LONG),
        ("Zurich Half Marathon", LONG),
        ("Race: Berlin half-marathon", LONG),
        ("Ultra trail race", LONG),
        ("Ultramarathon", LONG),
        ("Tempo before the marathon", SPEED),
        ("Race pace, marathon group", SPEED),
        ("Recovery after the marathon", EASY),
        ("Marathon pace", None),
        ("Half marathon race pace", SPEED),
        ("Medium-long 14 mi", LONG),
        ("General aerobic 7 mi", EASY),
        ("Walk-jog 30 min", EASY),
        ("Marathon training", None),
        ("Time trial 5k", SPEED),
        ("Hill repeats 8x", HILLS),
        ("Over the hills", HILLS),
        ("Primrose Hill loop", None),
        ("Tempo 3x10", SPEED),
        ("6x800 easy jog between", SPEED),
        ("5 x 1 km", SPEED),
        ("Track", SPEED),
        ("10k race", SPEED),
        ("parkrun #42", SPEED),
        ("Recovery after the race", EASY),
        ("Easy + strides", EASY),
        ("shake-out", EASY),
        ("Morning Run", None),
        ("Racetrack Lane", None),
        ("Tracking the river", None),
        ("", None),
    ],
)
def test_a_name_may_say_the_kind(name: str, kind: RunKind | None) -> None:
    assert kind_named(name) is kind


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("Morning Run", True),
        ("Walk/run", True),
        ("Walk-jog 30 min", True),
        ("Walk the dog", False),
        ("Core Stability", False),
        ("Run: Core Stability or Functional", False),
        ("Easy run - core after", True),
        ("Register for the Berlin Marathon", False),
        ("Sign up for the 10k race", False),
        ("Watch the city marathon", False),
        ("Ride, then run", False),
        ("Run, then ride", True),
        ("Half marathon", True),
        ("Ultra trail race", True),
        ("City race", True),
        ("Time trial", True),
        ("Bike race", False),
        ("Boat race", False),
        ("Movie marathon", False),
        ("Ultra-sound", False),
        ("Ultrasound", False),
        ("Race packet pick-up", False),
        ("Marathon expo", False),
        ("No run today", False),
        ("Runner's world", None),
        ("Restaurant", None),
        ("Dentist", None),
    ],
)
def test_the_sport_named_first_counts(text: str, runs: bool | None) -> None:
    assert sport_named(text) is runs


@pytest.mark.parametrize(
    ("name", "race"),
    [
        ("Zurich Half Marathon", True),
        ("Ultra trail race", True),
        ("10k race", True),
        ("Town 10k", True),
        ("Run 10k", False),
        ("Easy 10k", False),
        ("Threshold 10k", False),
        ("10k", False),
        ("Lake 12k", False),
        ("Race pace 3x2 km", False),
        ("Long run before the race", False),
        ("Recovery after the race", False),
        ("Marathon training", False),
        ("HM pace", False),
        ("10k at HM pace", False),
        ("Couch to 5k week 3", False),
        ("Half marathon goal pace", False),
        ("4 mi @ 15k to half marathon race pace", False),
        ("Register for the Berlin Marathon", False),
        ("Registration opens: Town 10k", False),
        ("Marathon expo", False),
        ("Bike race", False),
        ("Braces", False),
        ("Dentist", False),
    ],
)
def test_a_name_may_sound_like_a_race(name: str, race: bool) -> None:
    assert race_named(name) is race


@pytest.mark.parametrize(
    "title",
    [
        "General aerobic 7 mi",
        "General aerobic + speed 8 mi with 10 x 100 m strides",
        "Medium-long 14 mi",
        "Goal pace",
        "Goal Pace (1:25:00 @ 4:58/km)",
        "HM pace 8 km",
        "Walk-jog 30 min",
        "Strides",
        "Easy + Strides (50-60 min)",
        "Easy Z2 45 min",
    ],
)
def test_plans_name_runs_like_this(title: str) -> None:
    assert means_run(title, "", "", of_runs=False)


@pytest.mark.parametrize(
    "title",
    ["General meeting", "Goal setting", "Goal", "Medium", "Aerobic", "Run: Core Stability", ""],
)
def test_and_not_like_this(title: str) -> None:
    assert not means_run(title, "", "", of_runs=False)


# --- how far --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "metres"),
    [
        ("Easy run 8km", 8000),
        ("Run 42,195 km", 42_195),
        ("General aerobic 7 mi", 7 * MILE),
        ("20 miler", 20 * MILE),
        # The same in two units.
        ("Run 10 km (6.2 mi)", 10_000),
        ("Run 10 km / 6 mi", 10_000),
        # In metres, with the thousands apart.
        ("Easy run 10.000 m", 10_000),
        ("Easy run 10,000m", 10_000),
        ("Easy run 10 000 m", 10_000),
        ("Easy run 10000 m", 10_000),
        ("Track 800 m", None),
        ("Trail 12 km 1.200 m ascent", 12_000),
        ("Trail +1200 m", None),
        # What it contains.
        ("10 km with 5 x 1 km", 10_000),
        ("10 km, last 2 km fast", 10_000),
        ("Threshold 8 mi w/ 4 mi @ 15k to half marathon race pace", 8 * MILE),
        ("VO2max 9 mi w/ 6 x 800 m @ 5k race pace", 9 * MILE),
        ("8 km HM pace", 8000),
        # Paces, repeats, ranges.
        ("Intervals 6x800m @ 5k pace", None),
        ("Half marathon pace run at 21.1 km pace", None),
        ("12 km/h", None),
        ("Easy run 5-6 km", None),
        ("Easy run 5 to 6 km", None),
        ("Week 3 - 10 km", 10_000),
        ("5 x 1 km", None),
        ("1 km x 5", None),
        ("1 km repeats", None),
        ("2 km + 5 x 1 km", None),
        ("6 km with 5 x 1 km", 6000),
        ("6 km + 5 x 1 km", None),
        ("10 km, 4 x (1 km + 1 km)", 10_000),
        # Parts that are whole, and parts that are not.
        ("Tempo run: 2 km warm-up, 5 km tempo, 2 km cool-down", 9000),
        ("2 km warm-up\n5 km at 10k pace\n2 km cool-down", 9000),
        ("2k wu, 3k, 2k cd", 7000),
        ("10 km, bring warm clothes", 10_000),
        ("2 km warm-up, 20 min tempo, 2 km cool-down", None),
        ("2 km warm-up, 4 x 1 km, 2 km cool-down", None),
        ("2 km warm-up, 5 km, 2 km cool-down, 3 km walk", None),
        ("2 km warm-up, 20 min tempo", None),
        ("Warm up 2 km, tempo 5 km", None),
        ("First 2 km easy, then 6 km tempo", None),
        # Elsewhere.
        ("Meet 2 km from the station", None),
        ("40 km this week", None),
    ],
)
def test_a_distance_is_taken_where_it_is_clear(text: str, metres: float | None) -> None:
    assert distance_said(text, "") == metres
    assert distance_said("Run", text) == metres


def test_the_title_comes_first_and_the_label_before_it() -> None:
    assert distance_said("Run 8 km", "10 km in all") == 8000
    assert distance_said("Run 8 km", "Distance: 10 km") == 10_000
    assert distance_said("Run 5-6 km", "10 km") is None
    assert distance_said("Run at 5k pace", "10 km") == 10_000


@given(st.integers(1, 99), st.sampled_from(["km", "k", "mi", "miles"]))
def test_a_distance_alone_counts_and_its_pace_does_not(number: int, unit: str) -> None:
    metres = number * (MILE if unit.startswith("m") else 1000)
    assert distance_said(f"Easy {number} {unit}", "") == metres
    assert distance_said(f"Easy at {number}{unit} pace", "") is None
    assert distance_said(f"Easy {number}-{number + 1} {unit}", "") is None


@given(st.lists(st.integers(1, 30), min_size=1, max_size=4))
def test_parts_from_warm_up_to_cool_down_are_summed(parts: list[int]) -> None:
    middle = "".join(f", {part} km tempo" for part in parts)
    assert distance_said(f"2 km warm-up{middle}, 1 km cool-down", "") == (sum(parts) + 3) * 1000


# --- how long -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "block", "seconds"),
    [
        ("Long run 50 min Z2", 2 * HOUR, 3000),
        ("Walk-jog 30 min", HOUR, 1800),
        ("Easy 45 min", None, 2700),
        ("Easy 45’", None, 2700),
        ("Run 1h30", None, 5400),
        ("Run 1:30 h", None, 5400),
        ("Run 1 h 15 min", None, 4500),
        ("Run 1.5 hours", None, 5400),
        ("Run 2h", HOUR, 2 * HOUR),
        ("Easy 30 min + 6 x 20 s strides", HOUR, 1800),
        ("45 min with 6 x 400 m", HOUR, 2700),
        ("20 min warm-up, 20 min tempo, 10 min cool-down", 2 * HOUR, 3000),
        # A range picks nothing, but the block may lie within.
        ("Easy + Strides (50-60 min)", 2 * HOUR, None),
        ("Easy + Strides (50-60 min)", 3300, 3300),
        ("Easy + Strides (50-60 min)", None, None),
        # No time of the whole run.
        ("Tempo 3 x 10 min", HOUR, HOUR),
        ("6 x 800 m (2 min rest)", HOUR, HOUR),
        ("6 x 800, 3 min jog", HOUR, HOUR),
        ("2 km warm-up, 20 min tempo", HOUR, HOUR),
        ("Run 5 min/km", HOUR, HOUR),
        ("10k sub 40 min", HOUR, HOUR),
        ("Goal Pace (1:25:00 @ 4:58/km)", HOUR, HOUR),
        ("Run 18h30", HOUR, HOUR),
        ("Run at 7h30", HOUR, HOUR),
        ("Easy run", None, None),
    ],
)
def test_the_time_in_the_title_beats_the_block(
    title: str, block: float | None, seconds: float | None
) -> None:
    assert duration_said(title, block) == seconds


@given(st.integers(1, 360), st.none() | st.integers(1, 20_000).map(float))
def test_minutes_alone_count_whatever_the_block(minutes: int, block: float | None) -> None:
    assert duration_said(f"Easy {minutes} min", block) == minutes * 60


@given(st.text(max_size=20), st.text(max_size=20))
def test_no_text_is_too_strange(title: str, about: str) -> None:
    metres = distance_said(title, about)
    assert metres is None or metres > 0
    assert duration_said(title, None) is None or duration_said(title, None) != 0
    means_run(title, "", about, of_runs=True)
