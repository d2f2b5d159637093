"""Any file of runs: what it is shows in it, and one that is wrong gives nothing but one line."""

from __future__ import annotations

import gzip
import subprocess
import sys
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.formats.runfiles import (
    BERLIN,
    HEAD_2021,
    HEAD_2025,
    activity,
    calendar,
    event,
    fit,
    found,
    gpx,
    session,
    strava,
    tcx,
)
from tui.domain.model.validation import BadDocument
from tui.domain.planning.diary import RunKind
from tui.formats import runs as runs_module
from tui.formats.run_file import named, run_of
from tui.formats.runs import BadFile

AT = datetime(2026, 11, 3, 6, 0, tzinfo=UTC)
GPX = gpx((47.0, 400, "2026-11-03T06:00:00Z"), (47.01, 440, "2026-11-03T06:05:00Z"))
FILES = {
    "ics": calendar(event("SUMMARY:Run", "RRULE:FREQ=WEEKLY", start="DTSTART:20261103T060000Z")),
    "csv": strava(HEAD_2021, activity(HEAD_2021, "Nov 3, 2026, 6:00:00 AM")).encode(),
    "fit": fit(session(AT)),
    "gpx": GPX.encode(),
    "tcx": tcx(("2026-11-03T06:00:00Z", "600", "2000")).encode(),
}
KINDS = sorted(FILES)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_what_a_file_is_shows_in_it_whatever_its_name(kind: str, pack: type[bytes]) -> None:
    run = found("download", pack(FILES[kind])).runs[0]
    assert (run.day, run.start) == (date(2026, 11, 3), time(7, 0))
    assert run.kind is RunKind.EASY
    assert run.at in (None, AT)


def test_recorded_runs_of_one_instant_have_one_id_whatever_the_format() -> None:
    ids = {found("x", FILES[kind]).runs[0].id for kind in ("csv", "fit", "gpx", "tcx")}
    assert len(ids) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_file_gives_the_same_ids(kind: str) -> None:
    assert found("a", FILES[kind]) == found("b", FILES[kind])


@pytest.mark.parametrize("kind", ["ics", "gpx", "tcx", "csv"])
def test_a_byte_order_mark_is_passed_over(kind: str) -> None:
    assert found("x", b"\xef\xbb\xbf" + FILES[kind]) == found("x", FILES[kind])


def test_runs_are_in_order_of_time() -> None:
    when = ["Nov 3, 2026, 6:00:00 AM", "Nov 1, 2026, 6:00:00 AM", "Nov 3, 2026, 5:00:00 AM"]
    read = found("x", strava(HEAD_2025, *(activity(HEAD_2025, each) for each in when))).runs
    assert [(r.day.day, r.start and r.start.hour) for r in read] == [(1, 7), (3, 6), (3, 7)]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.gpx", b"", "is empty"),
        ("a.txt", b"hello", "is not a file of runs; import .ics"),
        ("export.zip", b"PK\x03\x04rest", "zip archive; unpack it"),
        ("a.fit", b"hello there, no watch", "damaged or cut off"),
        ("a.gpx", b"hello", "line 1: is damaged or cut off"),
        ("a.tcx", b"hello", "line 1: is damaged or cut off"),
        ("a.ics", b"hello", "is not a calendar"),
        ("a.csv", b"Date,Weight\n", "line 1: is not the header"),
        ("a.gpx.gz", gzip.compress(GPX.encode(), mtime=0)[:-20], "inside its .gz"),
        ("a.gpx.gz", gzip.compress(gzip.compress(b"x", mtime=0), mtime=0), "packed twice"),
    ],
    ids=range(10),
)
def test_a_file_that_is_none_is_refused_with_its_name(name: str, data: bytes, words: str) -> None:
    with pytest.raises(BadFile, match=words) as refused:
        found(name, data)
    assert str(refused.value).startswith(f"{name}: ")
    assert "\n" not in str(refused.value)


def test_what_gzip_unpacks_to_is_never_held_beyond_the_limit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(runs_module, "MOST_BYTES", 1_000_000)
    bomb = gzip.compress(b"\0" * 3_000_000)
    with pytest.raises(BadFile, match="larger than 1 MB"):
        found("bomb.fit.gz", bomb)
    with pytest.raises(BadFile, match="larger than 1 MB"):
        found("large.fit", b"\0" * 1_000_001)


def test_what_gzip_unpacks_far_too_well_is_refused() -> None:
    with pytest.raises(BadFile, match="unpacks to far more than a file of runs"):
        found("bomb.fit.gz", gzip.compress(bytes(3_000_000)))
    with pytest.raises(BadFile, match="line 1: is damaged"):
        found("small.gpx.gz", gzip.compress(bytes(900_000)))


def refusal(name: str, data: bytes) -> str:
    """What is said of a file; empty if it is read."""
    try:
        found(name, data)
    except BadFile as bad:
        return str(bad)
    return ""


# A FIT file ends in its session, which counts.
@pytest.mark.parametrize("kind", sorted({*KINDS} - {"fit"}))
@given(data=st.data())
def test_a_file_cut_off_anywhere_gives_nothing(kind: str, data: st.DataObject) -> None:
    whole = FILES[kind]
    part = whole[: data.draw(st.integers(0, len(whole) - 1))]
    said = refusal(f"cut.{kind}", part)
    # At the end of the last line there may be nothing that was said.
    assert said.startswith(f"cut.{kind}: ") or found("x", part) == found("x", whole)


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_a_file_with_any_bytes_gone_wrong_gives_runs_or_one_line(
    kind: str, data: st.DataObject
) -> None:
    broken = bytearray(FILES[kind])
    for _ in range(data.draw(st.integers(1, 4))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    assert "\n" not in refusal(f"x.{kind}", bytes(broken))


@given(st.binary(max_size=300), st.sampled_from(["a", *(f"a.{kind}" for kind in KINDS)]))
def test_any_bytes_give_runs_or_one_line_that_names_the_file(data: bytes, name: str) -> None:
    said = refusal(name, data)
    assert not said or said.startswith(f"{name}: ")


# --- what the formats share -----------------------------------------------------------------------


def test_the_wall_clock_is_that_of_the_day_on_both_sides_of_a_change_of_clocks() -> None:
    before = run_of(datetime(2026, 10, 24, 23, 30, tzinfo=UTC), BERLIN)
    after = run_of(datetime(2026, 10, 25, 1, 30, tzinfo=UTC), BERLIN)
    assert (before.day, before.start) == (date(2026, 10, 25), time(1, 30))
    assert (after.day, after.start) == (date(2026, 10, 25), time(2, 30))
    assert before.id != after.id


def test_a_start_is_of_whole_minutes_and_its_instant_of_seconds() -> None:
    run = run_of(datetime(2026, 11, 3, 6, 0, 59, 999_999, tzinfo=UTC), BERLIN)
    assert run.start == time(7, 0)
    assert run.at == datetime(2026, 11, 3, 6, 0, 59, tzinfo=UTC)


def test_what_a_device_does_not_know_is_left_out() -> None:
    run = run_of(AT, BERLIN, distance_m=0, climb_m=0.2, duration_s=None)
    assert (run.distance_m, run.climb_m, run.duration_s) == (None, None, None)


@pytest.mark.parametrize("metres", [-1, 1e7, float("nan"), float("inf")])
def test_a_length_that_no_run_has_is_refused(metres: float) -> None:
    with pytest.raises(BadDocument, match="the distance in metres must be"):
        run_of(AT, BERLIN, distance_m=metres)


def test_a_start_of_another_age_is_refused() -> None:
    with pytest.raises(BadDocument, match="1899"):
        run_of(datetime(1899, 1, 1, tzinfo=UTC), BERLIN)


def test_a_name_is_clean_and_short() -> None:
    assert named(" Lake\n\x1b[31mloop ") == "Lake ·[31mloop"
    assert len(named("x" * 1000)) == 100


def test_nothing_is_loaded_until_a_file_is_read() -> None:
    code = (
        "import sys, tui.formats.runs, tui.formats.ics_writer\n"
        "dear = {'icalendar', 'dateutil', 'fitdecode', 'gpxpy', 'xml', 'csv', 'gzip'}\n"
        "print(dear & set(sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "set()"
