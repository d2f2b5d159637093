"""GPX: length, climb and time of a track, and XML that would do harm."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from tests.formats.runfiles import found, gpx
from tui.formats.runs import BadFile

HILL = gpx(
    (47.000, 400, "2026-11-03T06:00:00Z"),
    (47.005, 420, "2026-11-03T06:02:30Z"),
    (47.010, 440, "2026-11-03T06:05:00Z"),
    (47.015, 440, "2026-11-03T06:07:30Z"),
)
# The meridian is a tenth of a circle that is 40 030 km long, as gpxpy takes the Earth.
DEGREE_M = 111_195


def test_a_track_is_a_run() -> None:
    [run] = found("a.gpx", HILL).runs
    assert run.at == datetime(2026, 11, 3, 6, tzinfo=UTC)
    assert (run.day, run.start, run.duration_s) == (date(2026, 11, 3), time(7, 0), 450)
    assert run.distance_m == pytest.approx(0.015 * DEGREE_M, rel=0.005)
    assert run.climb_m == pytest.approx(40, abs=2)
    assert run.name == "Lake"


def test_the_length_is_that_on_the_map() -> None:
    flat = gpx((47.0, 0, "2026-11-03T06:00:00Z"), (47.001, 0, "2026-11-03T06:05:00Z"))
    steep = gpx((47.0, 0, "2026-11-03T06:00:00Z"), (47.001, 500, "2026-11-03T06:05:00Z"))
    assert found("a", flat).runs[0].distance_m == found("a", steep).runs[0].distance_m


def test_a_pause_between_segments_is_no_time_of_running() -> None:
    paused = HILL.replace('<trkpt lat="47.01"', '</trkseg><trkseg><trkpt lat="47.01"')
    [run] = found("a", paused).runs
    assert run.duration_s == 300


@pytest.mark.parametrize(
    ("sport", "name", "runs"),
    [
        ("running", "x", 1),
        ("trail_running", "x", 1),
        ("9", "x", 1),
        ("cycling", "Morning Run", 0),
        ("1", "x", 0),
        ("", "Lake", 1),
        ("", "Morning Ride", 0),
    ],
)
def test_a_track_of_another_sport_is_no_run(sport: str, name: str, runs: int) -> None:
    read = found("a", gpx((47.0, 1, "2026-11-03T06:00:00Z"), sport=sport, name=name))
    assert (len(read.runs), read.others) == (runs, 1 - runs)


@pytest.mark.parametrize(
    ("when", "start"),
    [
        ("2026-07-03T06:00:00Z", time(8, 0)),
        ("2026-07-03T06:00:00", time(8, 0)),
        ("2026-07-03T06:00:00.500Z", time(8, 0)),
        ("2026-07-03T06:00:00-04:00", time(12, 0)),
    ],
)
def test_times_are_utc_where_they_do_not_say(when: str, start: time) -> None:
    assert found("a", gpx((47.0, 1, when))).runs[0].start == start


def test_a_point_may_lack_its_time() -> None:
    [run] = found("a", gpx((47.0, 1, ""), (47.001, 1, "2026-11-03T06:00:00Z"))).runs
    assert run.start == time(7, 0)


@pytest.mark.parametrize(
    "when",
    [
        " 2026-11-03T06:00:00Z\n",
        "2026-11-03 06:00:00 Z",
        "\t2026-11-03T07:00:00 +01:00 ",
        "2026-11-03 06:00:00",
    ],
)
def test_times_may_have_blanks(when: str) -> None:
    [run] = found("a", gpx((47.0, 1, when), (47.001, 1, "2026-11-03T06:05:00Z"))).runs
    assert (run.start, run.duration_s) == (time(7, 0), 300)


def test_an_empty_time_is_none() -> None:
    points = gpx((47.0, 1, "2026-11-03T06:00:00Z"), (47.001, 1, " "))
    assert found("a", points).runs[0].start == time(7, 0)


MINUTES = [(50 + n * 0.01, 100.0, f"2026-11-28T07:{5 * n:02}:00Z") for n in range(3)]


def test_points_newest_first_are_put_in_order() -> None:
    for points in (MINUTES, MINUTES[::-1], [MINUTES[1], MINUTES[2], MINUTES[0]]):
        [run] = found("a", gpx(*points)).runs
        assert run.at == datetime(2026, 11, 28, 7, tzinfo=UTC)
        assert run.day == date(2026, 11, 28)
        assert run.start == time(8, 0)
        assert run.duration_s == 600
        assert run.distance_m == pytest.approx(2224, abs=3)


def test_segments_newest_first_are_put_in_order_and_their_pause_stays_one() -> None:
    text = gpx(*MINUTES[::-1]).replace('<trkpt lat="50.0"', '</trkseg><trkseg><trkpt lat="50.0"')
    [run] = found("a", text).runs
    assert (run.at, run.duration_s) == (datetime(2026, 11, 28, 7, tzinfo=UTC), 300)


def test_a_run_still_to_come_is_refused() -> None:
    track = gpx((47.0, 1, "2046-07-14T07:00:00Z"))
    with pytest.raises(BadFile, match="track 1: the run of 2046-07-14 at 09:00 is still to come"):
        found("a.gpx", track)
    soon = gpx((47.0, 1, "2026-11-29T12:05:00Z"))
    assert found("a.gpx", soon).runs  # Two clocks are never quite the same.
    with pytest.raises(BadFile, match="still to come"):
        found("a.gpx", soon, now=datetime(2026, 11, 29, 11, tzinfo=UTC))


@pytest.mark.parametrize("year", [1901, 2007, 2011])
def test_a_run_of_long_ago_comes_in_with_a_note_that_names_its_date(year: int) -> None:
    read = found("a.gpx", gpx((47.0, 1, f"{year}-04-14T07:00:00Z")))
    assert read.runs[0].day == date(year, 4, 14)
    [note] = read.notes
    assert note.startswith(f"a.gpx: 1 run of {year}-04-14, more than 15 years ago")


def test_a_run_of_fourteen_years_ago_has_no_note() -> None:
    assert found("a", gpx((47.0, 1, "2012-04-14T07:00:00Z"))).notes == ()


def test_a_flat_hour_with_wavering_heights_does_not_climb() -> None:
    points = [
        (47 + n * 3e-5, 100 + (2 if n % 3 else -2), f"2026-11-03T06:{n // 60:02}:{n % 60:02}Z")
        for n in range(3600)
    ]
    assert found("a", gpx(*points)).runs[0].climb_m is None


def track(kmh: float, *, sport: str = "", climb: float = 0.0, minutes: int = 20) -> str:
    """So many minutes at a steady speed, a point every ten seconds."""
    north = kmh / 3.6 / DEGREE_M
    return gpx(
        *(
            (47 + at * north, climb * at, f"2026-11-03T06:{at // 60:02}:{at % 60:02}Z")
            for at in range(0, minutes * 60, 10)
        ),
        sport=sport,
        name="Sunday",
    )


@pytest.mark.parametrize(
    ("kmh", "words"),
    [(3.0, "slower than a walk"), (28.0, "faster than anyone runs"), (90.0, "faster than")],
)
def test_a_track_without_a_sport_that_nobody_runs_is_no_run(kmh: float, words: str) -> None:
    read = found("a.gpx", track(kmh))
    assert (read.runs, read.others) == ((), 1)
    [note] = read.notes
    assert note.startswith("a.gpx: track 1 “Sunday” says no sport and is ")
    assert words in note
    assert len(found("a", track(kmh, sport="running")).runs) == 1


@pytest.mark.parametrize("kmh", [6.0, 10.0, 20.0, 24.0])
def test_a_track_without_a_sport_at_a_runners_pace_is_a_run(kmh: float) -> None:
    read = found("a", track(kmh))
    assert (len(read.runs), read.notes) == (1, ())


def test_a_steep_climb_may_be_slow() -> None:
    assert found("a", track(3.0, climb=0.1)).runs


def test_one_jump_of_the_position_is_no_speed() -> None:
    text = track(10.0)
    point = '<trkpt lat="47.0'
    far = text.replace(point, '<trkpt lat="47.1', 2).replace('"47.1', '"47.0', 1)
    assert far != text
    assert found("a", far).runs


@pytest.mark.parametrize("sport", ["Laufen", "course à pied", "бег", "ランニング"])  # noqa: RUF001
def test_running_is_known_in_other_languages(sport: str) -> None:
    read = found("a", gpx(*MINUTES, sport=sport, name="Feierabend"))
    assert (len(read.runs), read.unknown) == (1, ())


@pytest.mark.parametrize("sport", [" running\n", " "])
def test_blanks_around_a_sport_say_nothing(sport: str) -> None:
    assert found("a", gpx(*MINUTES, sport=sport)).runs


def test_a_sport_that_is_not_known_is_no_run_and_named() -> None:
    read = found("a", gpx(*MINUTES, sport="Laufsport", name="Feierabend"))
    assert (read.runs, read.others, read.unknown) == ((), 1, ("Feierabend (Laufsport)",))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "windows-1252"])
def test_a_file_is_read_in_the_encoding_it_names(encoding: str) -> None:
    text = HILL.replace("UTF-8", encoding).replace("Lake", "Zürich")
    assert found("a", text.encode(encoding)).runs[0].name == "Zürich"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("2026-11-03T06:05:00Z", "2026-13-03T06:05:00Z", "line 6: time must be one such as"),
        ("2026-11-03T06:05:00Z", "soon", "line 6: time must be one such as .* not 'soon'"),
        ('lat="47.01"', 'lat="north"', "north"),
        ('lat="47.01"', 'lat="147.01"', "track 1, point 3: is nowhere on Earth"),
        ("<ele>440", "<ele>nan", "track 1, point 3: is nowhere on Earth"),
        ("</trkseg>", "", "line 8: is damaged or cut off"),
        ("UTF-8", "utf-7", "line 1: cannot be read as 'utf-7'"),
        ("Lake", "&lake;", "line 3: is damaged or cut off"),
        ("Lake", "<a>" * 60 + "</a>" * 60, "line 3: is nested deeper"),
    ],
)
def test_what_is_wrong_is_told_of_by_its_place(old: str, new: str, words: str) -> None:
    assert old in HILL
    with pytest.raises(BadFile, match=rf"^a\.gpx: .*{words}"):
        found("a.gpx", HILL.replace(old, new))


def test_a_track_without_times_is_a_route() -> None:
    with pytest.raises(BadFile, match="track 1: has no times, so it is a route, not a run"):
        found("a.gpx", gpx((47.0, 1, ""), (47.001, 1, "")))


def test_a_file_without_a_track_is_refused() -> None:
    with pytest.raises(BadFile, match="holds no track"):
        found("a.gpx", '<gpx version="1.1" creator="x"><wpt lat="1" lon="1"/></gpx>')


# --- XML that would do harm -----------------------------------------------------------------------


def test_entities_that_grow_are_refused_before_they_do() -> None:
    grow = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(12))
    bomb = f'<!DOCTYPE gpx [<!ENTITY a0 "ha">{grow}]>'
    text = HILL.replace("<gpx", f"{bomb}<gpx", 1).replace("Lake", "&a12;")
    with pytest.raises(BadFile, match="line 2: declares a document type"):
        found("a.gpx", text)


def test_an_entity_from_a_file_is_refused(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret")
    kind = f'<!DOCTYPE gpx [<!ENTITY s SYSTEM "{secret.as_uri()}">]>'
    text = HILL.replace("<gpx", f"{kind}<gpx", 1).replace("Lake", "&s;")
    with pytest.raises(BadFile, match="declares a document type") as refused:
        found("a.gpx", text)
    assert "secret" not in str(refused.value)


def test_a_document_type_in_another_encoding_is_seen_too() -> None:
    text = HILL.replace("UTF-8", "utf-16").replace("<gpx", "<!DOCTYPE gpx><gpx", 1)
    with pytest.raises(BadFile, match="declares a document type"):
        found("a.gpx", text.encode("utf-16"))
