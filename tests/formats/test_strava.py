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


GERMAN = {
    "Activity ID": "Aktivitäts-ID", "Activity Date": "Aktivitätsdatum",
    "Activity Name": "Name der Aktivität", "Activity Type": "Aktivitätsart",
    "Elapsed Time": "Verstrichene Zeit", "Distance": "Distanz",
    "Moving Time": "Bewegungszeit", "Elevation Gain": "Höhenzunahme",
    "Filename": "Dateiname",
}  # fmt: skip


@pytest.mark.parametrize("head", [HEAD_2021, HEAD_2025, [*HEAD_2021[:-5]], [*HEAD_2025, "neu"]])
def test_a_whole_list_in_another_language_is_read_by_position(head: Sequence[str]) -> None:
    german = [GERMAN.get(name, f"de {name}") for name in head]
    rows = [
        activity(head, "14.07.2020, 22:36:55", sport="Lauf", kilometres="10,02"),
        activity(head, "14.07.2020, 08:36:55", sport="Radfahrt", kilometres="40,02"),
        activity(head, "13.07.2020, 08:36:55", sport="Schneckenpost", name="Garten"),
    ]
    read = found("activities.csv", strava(german, *rows))
    [run] = read.runs
    assert run.at == datetime(2020, 7, 14, 22, 36, 55, tzinfo=UTC)
    assert (run.distance_m, run.climb_m, run.duration_s) == (10024, 88, 3000)
    assert (read.others, read.unknown) == (2, ("Garten (Schneckenpost)",))


def test_labels_that_do_not_repeat_leave_the_real_numbers_of_columns() -> None:
    labels = [f"col {place}" for place in range(94)]
    row = activity(HEAD_2025, "14 juil. 2020 à 22:36:55", sport="Course à pied")
    [run] = found("activities.csv", strava(labels, row)).runs
    assert (run.distance_m, run.climb_m, run.duration_s) == (10024, 88, 3000)
    with pytest.raises(BadFile, match="line 1: is not the header"):
        found("activities.csv", strava([*labels, "one more"], [*row, ""]))


@pytest.mark.parametrize(
    "when",
    [
        "14 jul 2020, 22:36:55",
        "14 de jul. de 2020, 22:36:55",
        "14 lug 2020, 22:36:55",
        "14 juli 2020 22:36:55",
        "14 lip 2020, 22:36:55",
        "14 июл. 2020 г., 22:36:55",  # noqa: RUF001  Russian
        "2020/07/14 22:36:55",
    ],
)
def test_dates_of_other_languages(when: str) -> None:
    [run] = found("x", strava(HEAD_2025, activity(HEAD_2025, when))).runs
    assert run.at == datetime(2020, 7, 14, 22, 36, 55, tzinfo=UTC)


@pytest.mark.parametrize(
    ("metres", "length"),
    [("311,4", 311), ("10,024", 10024), ("1,024.5", 1024), ("10.024,5", 10024), ("0,925", 1)],
)
def test_a_comma_is_the_decimal_one_unless_it_parts_thousands(metres: str, length: int) -> None:
    file = strava(HEAD_2021, activity(HEAD_2021, metres=metres))
    assert found("x", file).runs[0].distance_m == length


OLD = ["id", "date", "name", "type", "description", "elapsed_time", "distance", "commute", "gear",
       "filename"]  # fmt: skip


@pytest.mark.parametrize("zone", ["", " UTC"])
def test_an_old_list_is_in_metres(zone: str) -> None:
    row = ["1", f"2018-11-27 19:11:32{zone}", "Evening", "Run", "", "1468", "6075.0", "false", "",
           "activities/1.fit.gz"]  # fmt: skip
    read = found("activities.csv", strava(OLD, row))
    [run] = read.runs
    assert run.at == datetime(2018, 11, 27, 19, 11, 32, tzinfo=UTC)
    assert (run.distance_m, run.duration_s) == (6075, 1468)
    assert read.listed == {"activities/1.fit.gz"}


@pytest.mark.parametrize("head", [HEAD_2021, HEAD_2025])
def test_the_files_that_a_list_was_made_from_are_named(head: Sequence[str]) -> None:
    row = activity(head)
    row[head.index("Filename")] = "activities/42.gpx"
    assert found("x", strava(head, row)).listed == {"activities/42.gpx"}
    labels = [f"de {GERMAN.get(name, name)}" for name in head]
    assert found("activities.csv", strava(labels, row)).listed == {"activities/42.gpx"}


def test_a_part_of_a_list_in_another_language_is_refused_with_what_to_do() -> None:
    head = [GERMAN.get(name, name) for name in HEAD_2021[:12]]
    with pytest.raises(BadFile, match=r"it has 12 of 80 or more; .*the whole archive, as it is$"):
        found("activities.csv", strava(head, ["1", "28.11.2026, 07:00:00", *[""] * 10]))


def test_two_runs_of_one_morning_are_both_there() -> None:
    early = activity(HEAD_2025, "Nov 28, 2026, 8:00:00 AM", kilometres="0.5", metres="500.0")
    late = activity(HEAD_2025, "Nov 28, 2026, 8:04:30 AM", kilometres="20", metres="20000.0")
    assert [run.distance_m for run in found("x", strava(HEAD_2025, early, late)).runs] == [
        500,
        20000,
    ]


def test_a_bad_row_is_refused_alone_where_the_rest_may_come_in() -> None:
    rows = [activity(HEAD_2021), activity(HEAD_2021, "Jul 1, 2046, 8:00:00 AM")]
    file = strava(HEAD_2021, *rows)
    with pytest.raises(BadFile, match="line 3: the run of 2046-07-01 at 10:00 is still to come"):
        found("x", file)
    read = found("x", file, keep_going=True)
    assert len(read.runs) == 1
    assert [line[: line.index(" the run")] for line in read.refused] == ["x: line 3:"]
    alone = found("x", strava(HEAD_2021, rows[1]), keep_going=True)
    assert (alone.runs, len(alone.refused)) == ((), 1)


def test_another_header_is_refused() -> None:
    head = ["Activity ID", "Activity Date", "Activity Name", "Activity Type", "Distance"]
    with pytest.raises(BadFile, match=r"line 1: is not the header of Strava's activities\.csv"):
        found("x", strava(head))


def test_a_list_of_nothing_is_refused() -> None:
    with pytest.raises(BadFile, match="holds no activity"):
        found("x", strava(HEAD_2021))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_list_that_a_spreadsheet_wrote_again_is_read(encoding: str, delimiter: str) -> None:
    text = strava(HEAD_2021, [*activity(HEAD_2021, name="Café"), ""])
    text = text.replace('","', f'"{delimiter}"').replace("\n", "\r\n")
    [run] = found("activities.csv", text.encode(encoding)).runs
    assert (run.name, run.distance_m) == ("Café", 10024)
