"""Runs from files: the kind of each, and which the diary has already."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tui.domain.planning.diary import Run, RunKind, WeeklyRun
from tui.domain.planning.run_matching import (
    NewRuns,
    kind_of,
    match_new_runs,
)

TUESDAY = date(2026, 11, 3)
SEVEN = time(7, 0)
EASY, SPEED, LONG, HILLS = RunKind.EASY, RunKind.SPEED, RunKind.LONG, RunKind.HILLS


def planned(id_: str, start: time | None = SEVEN, day: date = TUESDAY, **more: object) -> Run:
    return replace(Run(id=id_, day=day, start=start), **more)


def recorded(id_: str, start: time = SEVEN, day: date = TUESDAY, **more: object) -> Run:
    """A run recorded by a watch, in UTC."""
    at = datetime.combine(day, start, UTC)
    run = Run(id=id_, day=day, start=start.replace(second=0), at=at)
    return replace(run, **more)


# --- the kind -------------------------------------------------------------------------------------


def test_the_name_comes_before_the_week_and_the_week_before_the_length() -> None:
    week = [WeeklyRun(1, SPEED)]
    run = recorded("a", duration_s=7200)
    assert kind_of(replace(run, name="Easy lake"), week, []) is EASY
    assert kind_of(replace(run, name="Lake"), week, []) is SPEED
    assert kind_of(replace(run, name="Lake"), [WeeklyRun(2, SPEED)], []) is LONG


@pytest.mark.parametrize(
    ("start", "kind"), [(time(6, 30), EASY), (time(17, 0), SPEED), (None, EASY)]
)
def test_of_two_weekly_runs_of_a_day_the_nearer_one_counts(
    start: time | None, kind: RunKind
) -> None:
    week = [WeeklyRun(1, EASY, time(7, 0)), WeeklyRun(1, SPEED, time(18, 0))]
    assert kind_of(planned("a", start), week, []) is kind


def test_a_weekly_run_with_a_time_comes_before_one_without() -> None:
    week = [WeeklyRun(1, EASY), WeeklyRun(1, SPEED, time(18, 0))]
    assert kind_of(recorded("a"), week, []) is SPEED


@pytest.mark.parametrize(("seconds", "kind"), [(5399, EASY), (5400, LONG)])
def test_long_is_from_ninety_minutes(seconds: float, kind: RunKind) -> None:
    assert kind_of(recorded("a", duration_s=seconds), [], []) is kind


def of_lengths(*metres: float | None) -> list[Run]:
    """Runs on the days before, the latest last."""
    first = TUESDAY - timedelta(days=len(metres))
    return [
        recorded(str(n), day=first + timedelta(days=n), distance_m=each)
        for n, each in enumerate(metres)
    ]


@pytest.mark.parametrize(
    ("before", "metres", "kind"),
    [
        ([10_000] * 5, 15_000, LONG),
        ([10_000] * 5, 14_999, EASY),
        ([10_000] * 4, 15_000, EASY),
        ([10_000] * 4 + [None], 15_000, EASY),
        # The median, not the mean.
        ([8_000, 9_000, 10_000, 11_000, 60_000], 15_000, LONG),
        ([8_000, 9_000, 10_000, 11_000, 12_000, 60_000], 15_749, EASY),
        # Only the last ten runs count.
        ([50_000] * 20 + [10_000] * 10, 15_000, LONG),
        ([10_000] * 5, None, EASY),
    ],
)
def test_long_is_half_as_much_again_as_the_last_runs(
    before: list[float | None], metres: float | None, kind: RunKind
) -> None:
    run = recorded("a", distance_m=metres)
    assert kind_of(run, [], of_lengths(*before)) is kind
    assert kind_of(run, [], of_lengths(*before)[::-1]) is kind


def test_a_run_is_not_measured_against_itself() -> None:
    run = recorded("a", distance_m=15_000)
    assert kind_of(run, [], [*of_lengths(*[10_000] * 4), run]) is EASY


def test_without_lengths_the_times_are_compared() -> None:
    before = [replace(run, duration_s=2400) for run in of_lengths(*[None] * 5)]
    assert kind_of(recorded("a", duration_s=3600), [], before) is LONG
    assert kind_of(recorded("a", duration_s=3599), [], before) is EASY


@pytest.mark.parametrize(
    ("climb", "metres", "kind"),
    [(300, 10_000, HILLS), (299, 10_000, EASY), (300, None, EASY), (None, 10_000, EASY)],
)
def test_hills_are_from_thirty_metres_of_climb_a_kilometre(
    climb: float | None, metres: float | None, kind: RunKind
) -> None:
    assert kind_of(recorded("a", climb_m=climb, distance_m=metres), [], []) is kind


# --- what is new ----------------------------------------------------------------------------------


def brings(found: list[Run], known: list[Run]) -> tuple[list[str], list[str], int]:
    """The ids that are new and replaced, and how many runs were there already."""
    read = match_new_runs(found, known)
    return [r.id for r in read.new], [r.id for r in read.replaced], read.duplicates


@pytest.mark.parametrize(
    ("start", "seconds", "new"),
    [
        # A watch and a phone, started and stopped apart.
        (time(7, 4, 30), 3500, []),
        # Half of the shorter run, before, within and after.
        (time(6, 30), 3600, []),
        (time(6, 29, 59), 3600, ["b"]),
        (time(7, 30), 3600, []),
        (time(7, 30, 1), 3600, ["b"]),
        (time(7, 59), 120, []),
        (time(7, 59, 1), 120, ["b"]),
        # A part of it, as other programs split a run.
        (time(7, 20), 600, []),
        (time(5, 0), 20_000, []),
        # One after the other.
        (time(8), 3600, ["b"]),
    ],
)
def test_recorded_runs_that_overlap_by_half_of_the_shorter_are_one(
    start: time, seconds: float, new: list[str]
) -> None:
    known = recorded("a", duration_s=3600)
    assert brings([recorded("b", start, duration_s=seconds)], [known]) == (new, [], 1 - len(new))


def test_a_false_start_does_not_swallow_the_long_run() -> None:
    start = recorded("a", time(8), duration_s=200, distance_m=500)
    run = recorded("b", time(8, 4, 30), duration_s=7200, distance_m=20_000)
    assert brings([start, run], []) == (["a", "b"], [], 0)
    assert brings([run], [start]) == (["b"], [], 0)


@pytest.mark.parametrize(
    ("start", "metres", "new"),
    [
        (time(7, 2), None, []),
        (time(6, 58), 10_000, []),
        (time(7, 2), 9_000, []),
        (time(7, 2), 8_999, ["b"]),
        (time(7, 2), 500, ["b"]),
        (time(7, 2, 1), 10_000, ["b"]),
        (time(8), None, ["b"]),
    ],
)
@pytest.mark.parametrize("seconds", [None, 3600])
def test_without_durations_recorded_runs_of_one_start_and_length_are_one(
    start: time, metres: float | None, seconds: float | None, new: list[str]
) -> None:
    known = recorded("a", distance_m=10_000, duration_s=seconds)
    assert brings([recorded("b", start, distance_m=metres)], [known]) == (new, [], 1 - len(new))


some_recorded = st.builds(
    lambda minutes, seconds: recorded(
        f"{minutes} {seconds}",
        (datetime.combine(TUESDAY, SEVEN) + timedelta(minutes=minutes)).time(),
        duration_s=seconds,
    ),
    st.integers(0, 600),
    st.none() | st.integers(1, 20_000).map(float),
)


@given(some_recorded, some_recorded)
def test_of_two_recorded_runs_either_may_be_the_known_one(one: Run, other: Run) -> None:
    is_new = bool(brings([one], [other])[0])
    assert bool(brings([other], [one])[0]) is is_new


@given(st.integers(1, 20_000), st.data())
def test_any_part_of_a_run_is_that_run(seconds: int, data: st.DataObject) -> None:
    begins = data.draw(st.integers(0, seconds - 1))
    lasts = data.draw(st.integers(1, seconds - begins))
    start = (datetime.combine(TUESDAY, SEVEN) + timedelta(seconds=begins)).time()
    known = recorded("a", duration_s=float(seconds))
    assert brings([recorded("b", start, duration_s=float(lasts))], [known]) == ([], [], 1)


def test_the_same_instant_elsewhere_is_the_same_run_on_whatever_day() -> None:
    here = recorded("a", time(23, 30))
    there = replace(here, id="b", day=TUESDAY + timedelta(days=1), start=time(0, 30))
    assert brings([there], [here]) == ([], [], 1)


@pytest.mark.parametrize(("start", "new"), [(time(7, 5), []), (time(7, 6), ["b"])])
def test_runs_known_by_the_clock_alone_are_one_within_five_minutes(
    start: time, new: list[str]
) -> None:
    assert brings([planned("b", start)], [planned("a")])[0] == new


@pytest.mark.parametrize(
    ("metres", "new"), [(10_200, []), (9_800, []), (10_300, ["b"]), (None, ["b"])]
)
def test_without_times_a_day_and_a_length_make_one_run(
    metres: float | None, new: list[str]
) -> None:
    known = planned("a", None, distance_m=10_000)
    assert brings([planned("b", None, distance_m=metres)], [known])[0] == new
    assert brings([planned("b", SEVEN, distance_m=metres)], [known])[0] == new
    tomorrow = TUESDAY + timedelta(days=1)
    other = planned("b", None, tomorrow, distance_m=metres)
    assert brings([other], [known])[0] == ["b"]


def test_one_run_in_two_files_at_once_comes_in_once() -> None:
    assert brings([recorded("a"), recorded("b", time(7, 1))], []) == (["a"], [], 1)


@pytest.mark.parametrize("start", [None, SEVEN, time(18, 0)])
def test_a_recorded_run_takes_the_place_of_the_planned_one_of_its_day(start: time | None) -> None:
    assert brings([recorded("b")], [planned("a", start)]) == (["b"], ["a"], 0)


def test_of_two_planned_runs_the_nearer_one_is_replaced() -> None:
    known = [planned("early", time(6, 0)), planned("late", time(18, 0))]
    assert brings([recorded("b", time(17, 0))], known) == (["b"], ["late"], 0)


def test_a_planned_run_of_another_day_stays() -> None:
    known = [planned("a", None, TUESDAY - timedelta(days=1))]
    assert brings([recorded("b")], known) == (["b"], [], 0)


@pytest.mark.parametrize(("name", "kind"), [("Morning Run", LONG), ("Easy lake", EASY)])
def test_the_kind_that_was_planned_stays_unless_the_name_says_another(
    name: str, kind: RunKind
) -> None:
    [run] = match_new_runs([recorded("b", name=name)], [planned("a", kind=LONG)]).new
    assert run.kind is kind


def test_a_plan_brought_in_after_its_run_is_no_news() -> None:
    assert brings([planned("a", time(6, 0))], [recorded("b")]) == ([], [], 1)


def test_of_two_planned_runs_after_one_recorded_the_other_comes_in() -> None:
    both = [planned("early", time(6, 0)), planned("late", time(18, 0))]
    assert brings(both, [recorded("b", time(18, 30))]) == (["early"], [], 1)
    assert brings(both, [recorded("b", time(6, 30))]) == (["late"], [], 1)


def test_a_planned_run_that_was_changed_takes_the_place_of_what_it_was() -> None:
    moved = planned("a", SEVEN, TUESDAY + timedelta(days=1))
    assert brings([moved], [planned("a")]) == (["a"], ["a"], 0)
    assert match_new_runs([moved], [planned("a")]).new == (moved,)


def test_a_kind_that_the_runner_gave_is_no_change_of_the_plan() -> None:
    assert brings([planned("a")], [planned("a", kind=SPEED)]) == ([], [], 1)


def some_run(day: int, minute: int, form: str, metres: float | None, n: int) -> Run:
    """A run from one source: recorded, or planned with or without a time."""
    when = TUESDAY + timedelta(days=day)
    if form == "recorded":
        return recorded(f"r{n}", time(7, minute), when, distance_m=metres)
    return planned(f"p{n}", None if form == "day" else time(7, minute), when, distance_m=metres)


def lists_of(minutes: st.SearchStrategy[int], metres: list[float | None]) -> st.SearchStrategy[Any]:
    """Runs on few days, so that some match."""
    run = st.builds(
        some_run,
        st.integers(0, 2),
        minutes,
        st.sampled_from(["recorded", "time", "day"]),
        st.sampled_from(metres),
        st.integers(0, 30),
    )
    return st.lists(run, max_size=8, unique_by=lambda run: run.id)


many = lists_of(st.integers(0, 20), [None, 5000.0, 5050.0, 9000.0])
# If one planned run matches two others that do not match each other, which one stays is arbitrary.
clear = lists_of(st.sampled_from([0, 20, 40]), [None])


def after(known: list[Run], read: NewRuns) -> list[Run]:
    """The diary after importing a file."""
    return [run for run in known if run not in read.replaced] + list(read.new)


@given(clear, clear)
def test_to_bring_in_the_same_again_brings_nothing(found: list[Run], known: list[Run]) -> None:
    again = match_new_runs(found, after(known, match_new_runs(found, known)))
    assert (again.new, again.replaced, again.duplicates) == ((), (), len(found))


@given(many, many)
def test_each_run_is_new_or_a_duplicate(found: list[Run], known: list[Run]) -> None:
    read = match_new_runs(found, known)
    assert len(read.new) + read.duplicates == len(found)
    assert set(read.replaced) <= set(known)
    assert all(run.at is None for run in read.replaced)


@given(many, many, st.data())
def test_the_order_of_a_file_does_not_matter(
    found: list[Run], known: list[Run], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(found))
    assert match_new_runs(shuffled, known) == match_new_runs(found, known)


@given(many)
def test_into_an_empty_diary_a_day_apart_all_come_in(found: list[Run]) -> None:
    apart = [
        replace(
            run,
            day=run.day + timedelta(days=10 * n),
            at=run.at and run.at + timedelta(days=10 * n),
        )
        for n, run in enumerate(found)
    ]
    assert sorted(run.id for run in match_new_runs(apart, []).new) == sorted(
        run.id for run in apart
    )
