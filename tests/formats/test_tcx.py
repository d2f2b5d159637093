"""TCX: an activity is the sum of its laps."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from tests.formats.runfiles import found, tcx
from tui.formats.runs import BadFile

LAPS = (("2026-11-03T06:00:00Z", "600", "2000"), ("2026-11-03T06:10:00.000Z", "610.4", "2000.6"))


def test_an_activity_is_the_sum_of_its_laps() -> None:
    [run] = found("a.tcx", tcx(*LAPS, heights=(400, 410, 420, 420))).runs
    assert run.at == datetime(2026, 11, 3, 6, tzinfo=UTC)
    assert (run.day, run.start) == (date(2026, 11, 3), time(7, 0))
    assert (run.distance_m, run.duration_s) == (4001, 1210)
    assert run.climb_m == pytest.approx(20, abs=3)


def test_without_heights_there_is_no_climb() -> None:
    assert found("a", tcx(*LAPS)).runs[0].climb_m is None


@pytest.mark.parametrize("sport", ["Biking", "Other", ""])
def test_another_sport_is_counted(sport: str) -> None:
    read = found("a", tcx(*LAPS, sport=sport))
    assert (read.runs, read.others) == ((), 1)


def test_a_sport_that_is_not_known_is_named() -> None:
    read = found("a", tcx(*LAPS, sport="Other"))
    assert (read.others, read.unknown) == (1, ("Other",))


def test_a_sport_in_another_language_is_a_run() -> None:
    assert found("a", tcx(*LAPS, sport="Laufen")).runs


def test_wavering_heights_are_no_climb() -> None:
    heights = [100 + (2 if n % 2 else -2) for n in range(600)]
    assert found("a", tcx(*LAPS, heights=heights)).runs[0].climb_m is None


def test_a_run_still_to_come_is_refused() -> None:
    with pytest.raises(BadFile, match=r"activity 1: the run of 2046-.* is still to come"):
        found("a.tcx", tcx(("2046-11-03T06:00:00Z", "600", "2000")))


def test_a_lap_without_a_start_begins_with_its_activity() -> None:
    [run] = found("a", tcx(("", "600", "2000"))).runs
    assert run.at == datetime(2026, 11, 3, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("2000.6", "far", "activity 1: lap 2: DistanceMeters must be a number, not 'far'"),
        ("2000.6", "-9000", "activity 1: the distance in metres must be from 0"),
        ("2026-11-03T06:00:00Z", "today", "activity 1: StartTime must be a date and time"),
        ("2026-11-03T06:00:00Z", "2026-11-03T06:00:00", "activity 1: StartTime needs a UTC offset"),
        ("</Activities>", "", "is damaged or cut off"),
    ],
)
def test_what_is_wrong_is_told_of_by_its_place(old: str, new: str, words: str) -> None:
    with pytest.raises(BadFile, match=rf"^a\.tcx: .*{words}.*again$"):
        found("a.tcx", tcx(*LAPS).replace(old, new))


def test_an_activity_without_laps_is_refused() -> None:
    with pytest.raises(BadFile, match="activity 1: has no Lap"):
        found("a.tcx", tcx())


def test_a_course_is_no_activity() -> None:
    with pytest.raises(BadFile, match="holds no Activity"):
        found("a.tcx", "<TrainingCenterDatabase><Courses/></TrainingCenterDatabase>")


def test_entities_are_refused() -> None:
    text = tcx(*LAPS).replace("<Training", '<!DOCTYPE x [<!ENTITY a "1">]><Training', 1)
    with pytest.raises(BadFile, match="line 2: declares a document type"):
        found("a.tcx", text)
