"""Strava's activities.csv: columns by place, times in UTC, a bad row told of by its line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

import pytest

from tests.formats.runfiles import HEAD_2021, HEAD_2025, activity, found, strava
from tui.formats.runs import BadFile


@pytest.mark.parametrize("head", [HEAD_2021, HEAD_2025])
def test_a_run_of_either_shape(head: Sequence[str]) -> None:
    read = found("activities.csv", strava(head, activity(head)))
    [run] = read.runs
    assert read.others == 0
    assert run.at == datetime(2020, 7, 14, 22, 36, 55, tzinfo=UTC)
    # In Berlin that is after midnight.
    assert (run.day, run.start) == (date(2020, 7, 15), time(0, 36))
    assert (run.distance_m, run.climb_m, run.duration_s) == (10024, 88, 3000)
    assert run.name == "Morning Run"


def test_the_shapes_are_as_wide_as_real_ones() -> None:
    assert (len(HEAD_2021), len(HEAD_2025)) == (80, 94)


@pytest.mark.parametrize(
    ("when", "start"),
    [
        ("Jan 5, 2026, 6:00:00 AM", time(7, 0)),
        ("Jul 5, 2026, 6:00:00 AM", time(8, 0)),
        ("Jul 5, 2026, 12:00:00 AM", time(2, 0)),
        ("Jul 5, 2026, 6:12:03\u202fAM", time(8, 12)),
        ("5 Jul 2026, 16:12:03", time(18, 12)),
        ("2026-07-05 16:12:03", time(18, 12)),
    ],
)
def test_times_are_utc_and_become_those_of_the_runner(when: str, start: time) -> None:
    [run] = found("x", strava(HEAD_2025, activity(HEAD_2025, when))).runs
    assert run.start == start


@pytest.mark.parametrize(("metres", "length"), [("10024.5", 10024), ("", 3110), ("0.0", 3110)])
def test_the_metres_of_the_second_distance_count_where_they_are(metres: str, length: int) -> None:
    row = activity(HEAD_2025, kilometres="3.11", metres=metres)
    [run] = found("x", strava(HEAD_2025, row)).runs
    assert run.distance_m == length


def test_an_archive_of_the_first_columns_alone_is_read() -> None:
    head = HEAD_2021[:12]
    row = ["1", "Nov 3, 2026, 6:00:00 AM", "Easy", "Run", "", "3100", "10.02", *[""] * 5]
    [run] = found("x", strava(head, row)).runs
    assert (run.distance_m, run.climb_m, run.duration_s) == (10020, None, 3100)


def test_labels_that_strava_failed_to_translate_are_read_through() -> None:
    head = list(HEAD_2025)
    head[6] = f'<span class="translation_missing" title="x">{head[6]}</span>'
    [run] = found("x", strava(head, activity(HEAD_2025))).runs
    assert run.distance_m == 10024


def test_what_is_no_run_is_counted() -> None:
    sports = ["Ride", "Trail Run", "Weight Training", "Virtual Run", "Walk", "Run"]
    read = found("x", strava(HEAD_2021, *(activity(HEAD_2021, sport=s) for s in sports)))
    assert (len(read.runs), read.others) == (3, 3)


def test_a_name_may_have_commas_quotes_and_lines() -> None:
    [run] = found("x", strava(HEAD_2021, activity(HEAD_2021, name='Lake, "easy"\nwith Ana'))).runs
    assert run.name == 'Lake, "easy" with Ana'


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"when": "Foo 14, 2020"}, "Activity Date must be one such as .* not 'Foo 14, 2020'"),
        ({"metres": "ten"}, "Distance must be a number, not 'ten'"),
        ({"metres": "-4"}, "the distance in metres must be from 0"),
        ({"moving": "1e400"}, "the duration in seconds must be from 0"),
        ({"climb": "steep"}, "Elevation Gain must be a number"),
    ],
)
def test_a_row_that_is_wrong_is_told_of_by_its_line(change: dict[str, str], words: str) -> None:
    # The second row runs over two lines.
    rows = [activity(HEAD_2021), activity(HEAD_2021, name="a\nb"), activity(HEAD_2021, **change)]
    with pytest.raises(BadFile, match=rf"^activities\.csv: line 5: {words}.*again$"):
        found("activities.csv", strava(HEAD_2021, *rows))


def test_a_row_of_another_width_is_refused() -> None:
    with pytest.raises(BadFile, match="line 2: has 79 fields where the first line has 80"):
        found("x", strava(HEAD_2021, activity(HEAD_2021)[:-1]))


def test_a_file_cut_off_within_a_field_is_refused() -> None:
    whole = strava(HEAD_2021, activity(HEAD_2021), activity(HEAD_2021, name="Last"))
    with pytest.raises(BadFile, match="line 3: is damaged or cut off"):
        found("x", whole[: whole.index("Last") + 2])


def test_another_header_is_refused() -> None:
    head = ["Activity ID", "Activity Date", "Activity Name", "Activity Type", "Distance"]
    with pytest.raises(BadFile, match=r"line 1: is not the header of Strava's activities\.csv"):
        found("x", strava(head))


def test_a_list_of_nothing_is_refused() -> None:
    with pytest.raises(BadFile, match="holds no activity"):
        found("x", strava(HEAD_2021))


def test_what_is_no_utf8_is_told_of_by_its_line() -> None:
    data = strava(HEAD_2021, activity(HEAD_2021, name="Caf?")).encode().replace(b"?", b"\xe9")
    with pytest.raises(BadFile, match="line 2: is not UTF-8 text"):
        found("x", data)
