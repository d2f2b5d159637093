"""Calendars: which events are runs, when they take place, what is wrong and where."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.formats.runfiles import WINDOW, calendar, event, found
from tui.domain.planning.diary import Run
from tui.formats import ics, ics_events
from tui.formats.ics_writer import Event, render
from tui.formats.runs import BadFile

BERLIN_START = "DTSTART;TZID=Europe/Berlin:20261019T180000"


def runs(*parts: str, head: str = "") -> tuple[Run, ...]:
    """The runs of a calendar."""
    return found("plan.ics", calendar(*parts, head=head)).runs


def days(*lines: str, start: str = "DTSTART:20261103T070000Z") -> list[str]:
    """The days, and times where there are any, of one event with further lines."""
    return [
        run.day.isoformat() + (f" {run.start:%H:%M}" if run.start else "")
        for run in runs(event("SUMMARY:Run", *lines, start=start))
    ]


# --- which events are runs ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "lines",
    [
        ["SUMMARY:Easy run"],
        ["SUMMARY:JOGGING with Ana"],
        ["SUMMARY:parkrun"],
        ["SUMMARY:Tempo 3 x 10 min"],
        ["SUMMARY:Berlin Half-Marathon"],
        ["SUMMARY:Run + strength"],
        ["SUMMARY:Walk/run 5 x 3 min"],
        # Nothing but words of training.
        ["SUMMARY:Hill repeats"],
        ["SUMMARY:Track Tuesday"],
        ["SUMMARY:Long"],
        ["SUMMARY:Race day"],
        ["SUMMARY:Easy 45 min"],
        ["SUMMARY:Marathon"],
        ["SUMMARY:Ultra trail race"],
        ["SUMMARY:10k race"],
        # A kind of run with repeats, whatever else there is.
        ["SUMMARY:Speed 6x1000 [red]x[/red]"],
        # The categories say it.
        ["SUMMARY:W3D2", "CATEGORIES:Training,Running"],
        # A kind of run with a distance; running and a distance in the description.
        ["SUMMARY:Easy with Ana\\, 30 km"],
        ["SUMMARY:W3D2", "DESCRIPTION:Running\\, 6.2 mi at leisure"],
    ],
)
def test_an_event_that_is_a_run(lines: list[str]) -> None:
    assert len(runs(event(*lines))) == 1


@pytest.mark.parametrize(
    "lines",
    [
        ["SUMMARY:Dentist", "DESCRIPTION:I may be running late"],
        ["SUMMARY:Bike ride 40 km"],
        ["SUMMARY:Strength for after the run"],
        ["SUMMARY:Rest or easy run"],
        ["SUMMARY:Dry run of the talk"],
        ["SUMMARY:School run"],
        ["SUMMARY:Long lunch"],
        ["SUMMARY:Vitamins 2x1000"],
        ["SUMMARY:Race packet pick-up"],
        ["SUMMARY:Track the parcel"],
        ["SUMMARY:Drive to Ulm\\, 140 km"],
        ["SUMMARY:Swim intervals", "CATEGORIES:Running"],
        [],
    ],
)
def test_an_event_that_is_none_is_counted(lines: list[str]) -> None:
    read = found("x", calendar(event(*lines)))
    assert (read.runs, read.others) == ((), 1)


def test_in_a_calendar_called_after_running_a_distance_is_enough() -> None:
    parts = event("SUMMARY:W3 8 km"), event("SUMMARY:Rest", uid="2")
    read = found("x", calendar(*parts, head="X-WR-CALNAME:Marathon plan\r\n"))
    assert (len(read.runs), read.others) == (1, 1)
    assert runs(*parts, head="X-WR-CALNAME:Home\r\n") == ()


def test_a_cancelled_event_is_passed_over() -> None:
    read = found("x", calendar(event("SUMMARY:Run", "STATUS:CANCELLED")))
    assert (read.runs, read.others) == ((), 0)


# --- what is off ----------------------------------------------------------------------------------

SERIES = event("SUMMARY:Run", "RRULE:FREQ=WEEKLY;COUNT=3", start=BERLIN_START)
SECOND = "RECURRENCE-ID;TZID=Europe/Berlin:20261026T180000"
SECOND_START = "DTSTART;TZID=Europe/Berlin:20261026T180000"


def ids(*parts: str) -> list[str]:
    return [run.id for run in runs(*parts)]


def off(*parts: str, head: str = "") -> frozenset[str]:
    """The ids that a calendar calls off."""
    return found("x", calendar(*parts, head=head)).cancelled


def test_a_run_that_is_off_is_known_by_its_id() -> None:
    known = ids(event("SUMMARY:Run"))
    assert set(known) <= off(event("SUMMARY:Run", "STATUS:CANCELLED"))
    assert set(known) <= off(event(), head="METHOD:CANCEL\r\n")
    # Without a title or a time it is still that one.
    assert set(known) <= off(event("STATUS:CANCELLED", start="COMMENT:none"))
    assert not off(event("SUMMARY:Run", "STATUS:CONFIRMED"))
    assert not set(known) & off(event("STATUS:CANCELLED", uid="2"))


def test_a_series_that_is_off_is_so_on_all_its_days() -> None:
    every = event(
        "SUMMARY:Run", "RRULE:FREQ=WEEKLY;COUNT=3", "STATUS:CANCELLED", start=BERLIN_START
    )
    assert set(ids(SERIES)) <= off(every)


@pytest.mark.parametrize("start", [SECOND_START, "COMMENT:none"])
def test_one_of_a_series_is_off(start: str) -> None:
    one = event("SUMMARY:Run", "STATUS:CANCELLED", SECOND, start=start)
    first, second, third = ids(SERIES)
    assert off(SERIES, one) == off(one) == {second}
    assert ids(SERIES, one) == [first, third]


def test_what_takes_place_in_the_same_file_is_not_off() -> None:
    again = event("SUMMARY:Run", "STATUS:CANCELLED")
    assert not set(ids(event("SUMMARY:Run"), again)) & off(event("SUMMARY:Run"), again)


# --- what sounds like a race ----------------------------------------------------------------------


def test_what_sounds_like_a_race_is_told_of_even_where_it_is_taken_for_no_run() -> None:
    titles = ("10k race", "Town 10k", "Easy run", "Marathon expo")
    parts = [event(f"SUMMARY:{title}", uid=title) for title in titles]
    read = found("x", calendar(*parts, event("SUMMARY:Lake 10k", uid="x", start="DTSTART:soon")))
    assert [race.name for race in read.races] == ["10k race", "Town 10k"]
    assert {run.name for run in read.runs} == {"10k race", "Easy run"}


def test_this_programs_own_week_is_passed_over() -> None:
    own = Event(
        uid="a@stridelift", day=date(2026, 11, 3), start=None, minutes=40, title="After the run"
    )
    read = found("week.ics", render([own], datetime.fromisoformat("2026-11-01T08:00:00+01:00")))
    assert (read.runs, read.others) == ((), 0)


# --- what they say --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "about", "metres"),
    [
        ("Run 10 km", "", 10_000),
        ("Run 10k", "", 10_000),
        ("Run 6\\,2 mi", "", 9978),
        ("Run", "Distance: 12.5 km\\nat 5:30 min/km", 12_500),
        ("Run", "Distance:12.5 km", 12_500),
        ("Run", "Warm up 2 km\\, tempo 5 km\\, distance 9 km", 9_000),
        ("Run", "10 km (6.2 mi)", 10_000),
        ("Run 10 km", "the last 2 km fast", 10_000),
        ("Run", "Warm up 2 km\\, tempo 5 km", None),
        ("Run 5 x 1 km", "", None),
        ("Run at 4:30/km", "", None),
        ("Run 45 min", "12 km/h", None),
        ("Run", "", None),
    ],
)
def test_a_distance_is_read_where_it_is_plain(title: str, about: str, metres: float | None) -> None:
    [run] = runs(event(f"SUMMARY:{title}", f"DESCRIPTION:{about}"))
    assert run.distance_m == metres


def test_a_planned_run_has_no_instant_and_the_title_for_its_name() -> None:
    [run] = runs(event("SUMMARY:Easy run\\, lake", "DTEND:20261103T080000Z"))
    assert (run.at, run.name) == (None, "Easy run, lake")
    assert (run.day, run.start, run.duration_s) == (date(2026, 11, 3), time(8, 0), 3600)


@pytest.mark.parametrize(
    ("lines", "seconds"),
    [
        (["DURATION:PT1H30M"], 5400),
        ([], None),
        # The clock shows four hours; one of them comes twice.
        (["DTEND;TZID=Europe/Berlin:20261025T050000"], 5 * 3600),
    ],
)
def test_how_long_it_takes(lines: list[str], seconds: float | None) -> None:
    start = "DTSTART;TZID=Europe/Berlin:20261025T010000"
    [run] = runs(event("SUMMARY:Run", *lines, start=start))
    assert run.duration_s == seconds


@pytest.mark.parametrize(
    ("start", "when"),
    [
        ("DTSTART;VALUE=DATE:20261103", "2026-11-03"),
        ("DTSTART:20261103T180000", "2026-11-03 18:00"),
        ("DTSTART:20261103T233000Z", "2026-11-04 00:30"),
        ("DTSTART:20260703T180000Z", "2026-07-03 20:00"),
        ("DTSTART;TZID=America/New_York:20261103T180000", "2026-11-04 00:00"),
        ("DTSTART;TZID=W. Europe Standard Time:20261103T180000", "2026-11-03 18:00"),
    ],
)
def test_when_it_begins_by_the_runners_clock(start: str, when: str) -> None:
    assert days(start=start) == [when]


def test_a_zone_that_the_calendar_explains_itself_is_known() -> None:
    zone = (
        "BEGIN:VTIMEZONE\r\nTZID:Camp\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
        "TZOFFSETFROM:+0300\r\nTZOFFSETTO:+0300\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    )
    [run] = runs(zone, event("SUMMARY:Run", start="DTSTART;TZID=Camp:20261103T100000"))
    assert run.start == time(8, 0)


def test_what_lies_outside_the_window_is_left_out() -> None:
    assert days(start="DTSTART:20251231T120000Z") == []
    assert days(start="DTSTART:20260101T120000Z") == ["2026-01-01 13:00"]
    assert days(start="DTSTART;VALUE=DATE:20261231") == ["2026-12-31"]
    assert days(start="DTSTART:20261231T233000Z") == []


# --- repeating ------------------------------------------------------------------------------------


def test_a_weekly_run_keeps_its_clock_when_the_clocks_change() -> None:
    assert days("RRULE:FREQ=WEEKLY;COUNT=2", start=BERLIN_START) == [
        "2026-10-19 18:00",
        "2026-10-26 18:00",
    ]
    assert days("RRULE:FREQ=WEEKLY;COUNT=2", start="DTSTART:20261019T160000Z") == [
        "2026-10-19 18:00",
        "2026-10-26 17:00",
    ]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20261028T170000Z", ["19", "21", "26", "28"]),
        ("FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20261028T165959Z", ["19", "21", "26"]),
        ("FREQ=WEEKLY;UNTIL=20261026", ["19", "26"]),
        ("FREQ=DAILY;INTERVAL=3;COUNT=3", ["19", "22", "25"]),
        ("FREQ=WEEKLY;INTERVAL=2;COUNT=2", ["19", "02"]),
        ("FREQ=MONTHLY;BYDAY=3MO;COUNT=2", ["19", "16"]),
    ],
)
def test_rules_of_repeating(rule: str, expected: list[str]) -> None:
    found_days = days(f"RRULE:{rule}", start=BERLIN_START)
    assert [each[8:10] for each in found_days] == expected


def test_a_rule_without_an_end_ends_with_the_window() -> None:
    read = days("RRULE:FREQ=WEEKLY", start="DTSTART;VALUE=DATE:20200106")
    assert len(read) == 52
    assert (read[0], read[-1]) == ("2026-01-05", "2026-12-28")


def test_a_rule_that_falls_on_no_day_is_refused_and_not_followed_for_ever() -> None:
    never = "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"
    plan = (event("SUMMARY:Run", never, uid=str(n)) for n in range(500))
    with pytest.raises(BadFile, match="falls on no day"):
        found("plan.ics", calendar(*plan, event("SUMMARY:Run")))


def test_a_rule_that_ended_before_it_began_has_no_day() -> None:
    ended = "RRULE:FREQ=WEEKLY;UNTIL=20200101T000000Z"
    assert runs(event("SUMMARY:Run", ended)) == ()


@pytest.mark.parametrize(
    "out",
    [
        "EXDATE;TZID=Europe/Berlin:20261026T180000",
        "EXDATE:20261026T170000Z",
        "EXDATE;VALUE=DATE:20261026",
        "EXDATE;TZID=Europe/Berlin:20261027T180000,20261026T180000",
    ],
)
def test_a_day_that_is_taken_out(out: str) -> None:
    read = days("RRULE:FREQ=WEEKLY;COUNT=3", out, start=BERLIN_START)
    assert [each[5:10] for each in read] == ["10-19", "11-02"]


def test_a_day_that_is_put_in() -> None:
    read = days("RDATE;TZID=Europe/Berlin:20261022T070000", start=BERLIN_START)
    assert read == ["2026-10-19 18:00", "2026-10-22 07:00"]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (["SUMMARY:Run"], ["10-19 18:00", "10-27 07:00", "11-02 18:00"]),
        (["SUMMARY:Rest"], ["10-19 18:00", "11-02 18:00"]),
        (["SUMMARY:Run", "STATUS:CANCELLED"], ["10-19 18:00", "11-02 18:00"]),
    ],
)
def test_one_of_a_series_that_was_changed(change: list[str], expected: list[str]) -> None:
    series = event("SUMMARY:Run", "RRULE:FREQ=WEEKLY;COUNT=3", start=BERLIN_START)
    moved = event(
        *change,
        "RECURRENCE-ID;TZID=Europe/Berlin:20261026T180000",
        start="DTSTART;TZID=Europe/Berlin:20261027T070000",
    )
    read = runs(series, moved)
    assert [f"{run.day:%m-%d} {run.start:%H:%M}" for run in read] == expected


# --- ids ------------------------------------------------------------------------------------------


def test_a_run_that_was_moved_is_still_the_same() -> None:
    [before] = runs(event("SUMMARY:Run", uid="a"))
    [after] = runs(event("SUMMARY:Run", uid="a", start="DTSTART:20261105T070000Z"))
    assert before.id == after.id
    assert before.day != after.day


def test_one_of_a_series_keeps_its_id_when_it_is_moved() -> None:
    series = event("SUMMARY:Run", "RRULE:FREQ=WEEKLY;COUNT=3", start=BERLIN_START)
    moved = event(
        "SUMMARY:Run",
        "RECURRENCE-ID;TZID=Europe/Berlin:20261026T180000",
        start="DTSTART;TZID=Europe/Berlin:20261027T070000",
    )
    assert [run.id for run in runs(series)] == [run.id for run in runs(series, moved)]


@pytest.mark.parametrize("uid", ["same", ""])
def test_events_that_share_an_id_are_told_apart(uid: str) -> None:
    read = runs(
        event("SUMMARY:Run", uid=uid),
        event("SUMMARY:Run", uid=uid, start="DTSTART:20261105T070000Z"),
    )
    assert len({run.id for run in read}) == 2


def test_events_without_an_id_at_the_same_time_are_told_apart_by_their_title() -> None:
    both = [event("SUMMARY:Easy run", uid=""), event("SUMMARY:Club run", uid="")]
    read = runs(*both)
    assert len({run.id for run in read}) == 2
    assert {run.id for run in runs(*reversed(both))} == {run.id for run in read}


# --- what is wrong --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "lines", "words"),
    [
        ("DTSTART:20261302T180000Z", [], "DTSTART must be a date such as"),
        ("DTSTART:18000102T180000Z", [], "1800"),
        ("COMMENT:none", [], "DTSTART is missing"),
        ("DTSTART:20261102T180000Z", ["DTEND:20261102T170000Z"], "ends before it begins"),
        ("DTSTART:20261102T180000Z", ["DURATION:long"], "DURATION must be one such as"),
        ("DTSTART:20261102T180000Z", ["RRULE:FREQ=SOMETIMES"], "RRULE must be a rule"),
        ("DTSTART:20261102T180000Z", ["RRULE:FREQ=MONTHLY;BYDAY=53SU"], "RRULE must be a rule"),
        ("DTSTART:20261102T180000Z", ["RRULE:FREQ=SECONDLY"], "more often than any run"),
        ("DTSTART:20261102T180000Z", ["RRULE:FREQ=DAILY;INTERVAL=0"], "INTERVAL must be 1 or more"),
        (
            "DTSTART:20261102T180000Z",
            ["RRULE:FREQ=DAILY;BYHOUR=1,2,3;BYMINUTE=1,2"],
            "more often than any run",
        ),
        ("DTSTART:20261102T180000Z", ["RRULE:FREQ=DAILY", "EXDATE:x"], "EXDATE must be dates"),
    ],
)
def test_what_is_wrong_is_told_of_by_the_line_of_its_event(
    start: str, lines: list[str], words: str
) -> None:
    first = event("SUMMARY:Run", "DESCRIPTION:over\r\n  two lines", uid="1")
    data = calendar(first, event("SUMMARY:Run", *lines, uid="2", start=start))
    with pytest.raises(BadFile, match=rf"^plan\.ics: line 11, .*{words}"):
        found("plan.ics", data)


def test_a_title_under_a_false_flag_is_read_all_the_same() -> None:
    data = calendar(event("SUMMARY;VALUE=DATE:Run", "STATUS;VALUE=INTEGER:x"))
    assert len(found("x", data).runs) == 1


def test_what_is_wrong_in_an_event_that_is_no_run_does_not_matter() -> None:
    read = found(
        "x", calendar(event("SUMMARY:Dentist", start="DTSTART:soon"), event("SUMMARY:Run"))
    )
    assert (len(read.runs), read.others) == (1, 1)


@pytest.mark.parametrize(
    ("cut", "words"),
    [
        ("END:VCALENDAR", "line 1: BEGIN:VCALENDAR has no END"),
        ("END:VEVENT", "line 8: END:VCALENDAR has no BEGIN"),
        ("BEGIN:VEVENT", "line 7: END:VEVENT has no BEGIN"),
    ],
)
def test_a_calendar_cut_off_is_no_smaller_calendar(cut: str, words: str) -> None:
    data = calendar(event("SUMMARY:Run")).replace(cut.encode() + b"\r\n", b"")
    with pytest.raises(BadFile, match=words):
        found("plan.ics", data)


def test_what_is_no_utf8_is_told_of_by_its_line() -> None:
    data = calendar(event("SUMMARY:Run caf?")).replace(b"?", b"\xe9")
    with pytest.raises(BadFile, match="line 7: is not UTF-8 text"):
        found("plan.ics", data)


# --- titles and blocks ----------------------------------------------------------------------------


def test_workouts_in_words() -> None:
    texts = [
        ("Tempo run", "2 km warm-up\\, 5 km tempo\\, 2 km cool-down"),
        ("Tempo run", "2 km warm-up\\, 20 min tempo\\, 2 km cool-down"),
        ("Intervals 6x800m @ 5k pace", "easy between"),
        ("Easy run 5-6 km", ""),
        ("Half marathon pace run", "at 21.1 km pace"),
        ("Easy run 10.000 m", ""),
    ]
    parts = [
        event(f"SUMMARY:{title}", f"DESCRIPTION:{about}", uid=title + about)
        for title, about in texts
    ]
    read = found("x", calendar(*parts))
    by_name = {(run.name, run.distance_m) for run in read.runs}
    assert (len(read.runs), read.others, read.races) == (6, 0, ())
    assert by_name == {
        ("Tempo run", 9000),
        ("Tempo run", None),
        ("Intervals 6x800m @ 5k pace", None),
        ("Easy run 5-6 km", None),
        ("Half marathon pace run", None),
        ("Easy run 10.000 m", 10_000),
    }


def test_the_time_in_the_title_beats_the_block() -> None:
    [run] = runs(event("SUMMARY:Long run 50 min Z2", "DURATION:PT2H"))
    assert run.duration_s == 3000


def test_strength_for_runners_is_no_run() -> None:
    strength = event("SUMMARY:Run: Core Stability or Functional", "DURATION:PT2H")
    read = found("x", calendar(strength))
    assert (read.runs, read.others) == ((), 1)


# --- all of a series from one on ------------------------------------------------------------------

WEEKLY = event(
    "SUMMARY:Easy run",
    "RRULE:FREQ=WEEKLY;COUNT=5",
    "DURATION:PT1H",
    start="DTSTART;TZID=Europe/Berlin:20261201T180000",
)
FROM_THIRD = "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20261215T180000"


def onwards(*lines: str, start: str = "DTSTART;TZID=Europe/Berlin:20261215T070000") -> str:
    """What changes the series from its third run on."""
    return event(*(lines or ["SUMMARY:Easy run", "DURATION:PT50M"]), FROM_THIRD, start=start)


def when(*parts: str) -> list[str]:
    return [
        f"{run.day:%m-%d}" + (f" {run.start:%H:%M}" if run.start else "") for run in runs(*parts)
    ]


def test_all_from_one_on_are_moved() -> None:
    early = ["12-15 07:00", "12-22 07:00", "12-29 07:00"]
    assert when(WEEKLY, onwards()) == ["12-01 18:00", "12-08 18:00", *early]
    assert when(onwards(), WEEKLY) == ["12-01 18:00", "12-08 18:00", *early]
    read = runs(WEEKLY, onwards())
    assert [run.duration_s for run in read] == [3600, 3600, 3000, 3000, 3000]
    # They are still the same runs.
    assert [run.id for run in read] == ids(WEEKLY)


def test_all_from_one_on_may_go_to_another_day_zone_or_to_whole_days() -> None:
    kept = ["12-01 18:00", "12-08 18:00"]
    thursday = onwards(start="DTSTART;TZID=Europe/Berlin:20261217T070000")
    assert when(WEEKLY, thursday) == [*kept, "12-17 07:00", "12-24 07:00", "12-31 07:00"]
    abroad = onwards(start="DTSTART;TZID=America/New_York:20261215T070000")
    assert when(WEEKLY, abroad) == [*kept, "12-15 13:00", "12-22 13:00", "12-29 13:00"]
    whole = onwards("SUMMARY:Run", start="DTSTART;VALUE=DATE:20261216")
    assert when(WEEKLY, whole) == [*kept, "12-16", "12-23", "12-30"]


@given(st.integers(0, 4), st.integers(-100, 100))
def test_all_from_one_on_are_moved_by_as_much_and_stay_who_they_are(from_: int, hours: int) -> None:
    first = datetime.combine(date(2026, 11, 2), time(18))
    place = first + timedelta(weeks=from_)
    series = event(
        "SUMMARY:Run", "RRULE:FREQ=WEEKLY;COUNT=5", start=f"DTSTART:{first:%Y%m%dT%H%M%S}"
    )
    change = event(
        "SUMMARY:Run",
        f"RECURRENCE-ID;RANGE=THISANDFUTURE:{place:%Y%m%dT%H%M%S}",
        start=f"DTSTART:{place + timedelta(hours=hours):%Y%m%dT%H%M%S}",
    )
    before = {run.id: run for run in runs(series)}
    after = {run.id: run for run in runs(series, change)}
    assert before.keys() == after.keys()
    for n, (id_, run) in enumerate(before.items()):
        assert run.start is not None
        at = datetime.combine(run.day, run.start) + timedelta(hours=hours if n >= from_ else 0)
        assert (after[id_].day, after[id_].start) == (at.date(), at.time())


def test_all_from_one_on_come_into_the_window_from_outside() -> None:
    start = "DTSTART;TZID=Europe/Berlin:20270105T180000"
    late = event("SUMMARY:Run", "RRULE:FREQ=WEEKLY;COUNT=3", start=start)
    earlier = event(
        "SUMMARY:Run",
        "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20270112T180000",
        start="DTSTART;TZID=Europe/Berlin:20261229T180000",
    )
    assert when(late) == []
    assert when(late, earlier) == ["12-29 18:00"]


def test_one_is_changed_again_after_all_were() -> None:
    one = event(
        "SUMMARY:Easy run",
        "RECURRENCE-ID;TZID=Europe/Berlin:20261222T180000",
        start="DTSTART;TZID=Europe/Berlin:20261223T120000",
    )
    again = event(
        "SUMMARY:Easy run",
        "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20261229T180000",
        start="DTSTART;TZID=Europe/Berlin:20261229T090000",
    )
    expected = ["12-01 18:00", "12-08 18:00", "12-15 07:00", "12-23 12:00", "12-29 09:00"]
    assert sorted(when(WEEKLY, again, one, onwards())) == expected


def test_all_from_one_on_may_be_something_else_or_off() -> None:
    assert when(WEEKLY, onwards("SUMMARY:Yoga")) == ["12-01 18:00", "12-08 18:00"]
    cancelled = onwards("SUMMARY:Easy run", "STATUS:CANCELLED")
    assert when(WEEKLY, cancelled) == ["12-01 18:00", "12-08 18:00"]
    assert off(WEEKLY, cancelled) == frozenset(ids(WEEKLY)[2:])
    yoga = event("SUMMARY:Yoga", "RRULE:FREQ=WEEKLY;COUNT=5", start="DTSTART:20261201T170000Z")
    assert when(yoga, onwards()) == ["12-15 07:00", "12-22 07:00", "12-29 07:00"]


def test_all_from_one_on_without_their_series_are_one() -> None:
    assert when(onwards()) == ["12-15 07:00"]


def test_a_series_is_not_moved_by_years() -> None:
    far = onwards(start="DTSTART;TZID=Europe/Berlin:20290115T070000")
    with pytest.raises(BadFile, match=r"line 11, .* moves a series by more than 366 days"):
        runs(WEEKLY, far)


# --- versions -------------------------------------------------------------------------------------


def test_of_two_versions_the_later_counts() -> None:
    old = event("SUMMARY:Run", "SEQUENCE:1")
    new = event("SUMMARY:Run", "SEQUENCE:2", start="DTSTART:20261105T070000Z")
    assert when(old, new) == when(new, old) == ["11-05 08:00"]
    assert ids(old, new) == ids(event("SUMMARY:Run"))
    assert runs(old, event("SUMMARY:Run", "SEQUENCE:2", "STATUS:CANCELLED")) == ()
    assert off(old, event("SUMMARY:Run", "SEQUENCE:2", "STATUS:CANCELLED")) >= set(ids(old))
    assert not off(new, event("SUMMARY:Run", "SEQUENCE:1", "STATUS:CANCELLED"))
    assert len(runs(new, event("SUMMARY:Run", "SEQUENCE:9", uid="2"))) == 2


def test_of_two_versions_of_one_of_a_series_the_later_counts() -> None:
    def version(sequence: int, hour: int, at: str) -> str:
        start = f"DTSTART;TZID=Europe/Berlin:20261208T{hour:02}0000"
        return event("SUMMARY:Easy run", f"SEQUENCE:{sequence}", at, start=start)

    second = "RECURRENCE-ID;TZID=Europe/Berlin:20261208T180000"
    both = version(3, 9, second), version(2, 7, "RECURRENCE-ID:20261208T170000Z")
    assert [day for day in when(WEEKLY, *both) if "12-08" in day] == ["12-08 09:00"]


def test_versions_that_cannot_be_read_are_the_first() -> None:
    old = event("SUMMARY:Run", "SEQUENCE:many")
    new = event("SUMMARY:Run", "SEQUENCE:1", start="DTSTART:20261105T070000Z")
    assert when(old, new) == ["11-05 08:00"]


# --- no ghosts ------------------------------------------------------------------------------------

WHOLE_DAYS = event("SUMMARY:Run", "RRULE:FREQ=WEEKLY;COUNT=3", start="DTSTART;VALUE=DATE:20261201")
FLOATING = event("SUMMARY:Run", "RRULE:FREQ=WEEKLY;COUNT=3", start="DTSTART:20261201T180000")


@pytest.mark.parametrize(
    ("series", "which"),
    [
        # The zone of the organiser, or none.
        (WEEKLY, "RECURRENCE-ID:20261208T170000Z"),
        (WEEKLY, "RECURRENCE-ID;TZID=America/New_York:20261208T120000"),
        (WEEKLY, "RECURRENCE-ID:20261208T180000"),
        (WEEKLY, "RECURRENCE-ID;VALUE=DATE:20261208"),
        (WHOLE_DAYS, "RECURRENCE-ID;VALUE=DATE:20261208"),
        (WHOLE_DAYS, "RECURRENCE-ID;TZID=W. Europe Standard Time:20261208T000000"),
        (WHOLE_DAYS, "RECURRENCE-ID;TZID=Pacific Standard Time:20261208T000000"),
        (WHOLE_DAYS, "RECURRENCE-ID:20261208T000000"),
        # Midnight in Berlin, and in California.
        (WHOLE_DAYS, "RECURRENCE-ID:20261207T230000Z"),
        (WHOLE_DAYS, "RECURRENCE-ID:20261208T080000Z"),
        (FLOATING, "RECURRENCE-ID:20261208T170000Z"),
        (FLOATING, "RECURRENCE-ID;TZID=Europe/Berlin:20261208T180000"),
    ],
)
@pytest.mark.parametrize(
    ("start", "moved"),
    [
        ("DTSTART;TZID=Europe/Berlin:20261209T070000", "12-09 07:00"),
        ("DTSTART;TZID=Asia/Tokyo:20261209T150000", "12-09 07:00"),
        ("DTSTART;VALUE=DATE:20261209", "12-09"),
    ],
)
def test_one_that_was_moved_leaves_no_ghost(
    series: str, which: str, start: str, moved: str
) -> None:
    read = when(series, event("SUMMARY:Run", which, start=start))
    assert [day for day in read if day[:5] in ("12-08", "12-09")] == [moved]
    assert len(read) == len(when(series))
    # Also none in the diary, where it takes the place of what it was.
    assert sorted(ids(series)) == sorted(ids(series, event("SUMMARY:Run", which, start=start)))


def test_a_day_taken_out_of_times_without_a_zone() -> None:
    out = event(
        "SUMMARY:Run",
        "RRULE:FREQ=WEEKLY;COUNT=3",
        "EXDATE:20261208T170000Z",
        start="DTSTART:20261201T180000",
    )
    assert when(out) == ["12-01 18:00", "12-15 18:00"]


# --- time zones -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "zone",
    [
        '"(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna"',
        "W. Europe Standard Time",
        "/freeassociation.sourceforge.net/Europe/Berlin",
        "europe/berlin",
    ],
)
def test_programs_have_names_of_their_own_for_zones(
    zone: str, recwarn: pytest.WarningsRecorder
) -> None:
    read = found("x", calendar(event("SUMMARY:Run", start=f"DTSTART;TZID={zone}:20261201T090000")))
    assert [(run.start, read.notes) for run in read.runs] == [(time(9), ())]
    assert not recwarn.list


def test_a_zone_that_nobody_knows_refuses_its_event_alone() -> None:
    start = "DTSTART;TZID=Eastern Standard Time 1:20261201T090000"
    more = "DTSTART;TZID=Eastern Standard Time 1:20261203T090000"
    good = event("SUMMARY:Easy run", uid="2")
    read = found("x", calendar(event("SUMMARY:Long run", start=start), good))
    assert [run.name for run in read.runs] == ["Easy run"]
    [note] = read.notes
    assert note == (
        "x: line 4: 'Long run' is left out: its time zone 'Eastern Standard Time 1' is not known; "
        "enter it by hand"
    )
    both = event("SUMMARY:Long run", start=start), event("SUMMARY:Run", uid="3", start=more)
    [note] = found("x", calendar(*both)).notes
    assert note.startswith("x: line 4: 'Long run' and 1 more are left out")
    # What is no run is nobody's concern.
    assert found("x", calendar(event("SUMMARY:Dentist", start=start))).notes == ()


def test_only_some_of_many_unknown_zones_are_named() -> None:
    parts = (
        event("SUMMARY:Run", uid=str(n), start=f"DTSTART;TZID=Camp {n}:20261201T090000")
        for n in range(9)
    )
    read = found("x", calendar(*parts))
    assert len(read.notes) == 6
    assert read.notes[-1] == "x: 4 more in other time zones that are not known"


def test_a_change_in_an_unknown_zone_leaves_its_series_as_it_is() -> None:
    unknown = "DTSTART;TZID=Camp:20261215T070000"
    for change in (
        onwards(start=unknown),
        event("SUMMARY:Run", "RECURRENCE-ID;TZID=Camp:20261215T180000", start=unknown),
    ):
        read = found("x", calendar(WEEKLY, change))
        assert len(read.runs) == 5
        assert len(read.notes) == 1


def test_one_of_a_series_in_an_unknown_zone_still_comes_in() -> None:
    start = "DTSTART;TZID=Camp:20261201T180000"
    series = event("SUMMARY:Long run", "RRULE:FREQ=DAILY", start=start)
    one = event("SUMMARY:Run", "RECURRENCE-ID:20261208T170000Z", start="DTSTART:20261209T060000Z")
    assert when(series, one) == ["12-09 07:00"]


def camp(offset: str, rule: str = "") -> str:
    """A time zone that a file defines."""
    return (
        "BEGIN:VTIMEZONE\r\nTZID:Camp\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
        f"{rule}TZOFFSETFROM:{offset}\r\nTZOFFSETTO:{offset}\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    )


def test_two_files_may_mean_other_zones_by_one_name() -> None:
    at_camp = event("SUMMARY:Run", start="DTSTART;TZID=Camp:20261103T100000")
    assert [when(camp(to), at_camp) for to in ("+0300", "+0500")] == [
        ["11-03 08:00"],
        ["11-03 06:00"],
    ]
    assert found("x", calendar(at_camp)).notes


@pytest.mark.parametrize("rule", ["FREQ=SECONDLY", "FREQ=YEARLY;INTERVAL=0", "BYMONTH=3"])
def test_a_zone_that_cannot_be_used_is_not_known(rule: str) -> None:
    at_camp = event("SUMMARY:Run", start="DTSTART;TZID=Camp:20261103T100000")
    read = found("x", calendar(camp("+0300", f"RRULE:{rule}\r\n"), at_camp, WEEKLY))
    assert len(read.runs) == 5
    assert "time zone 'Camp' is not known" in read.notes[0]


def test_what_the_library_cannot_read_is_told_of_in_plain_words() -> None:
    with pytest.raises(BadFile, match="is not a calendar that can be read; export it"):
        found("x.ics", calendar(WEEKLY, head="no colon\r\n"))


# --- limits, and what is left out -----------------------------------------------------------------


def test_what_lies_outside_the_window_is_counted() -> None:
    ended = "RRULE:FREQ=DAILY;UNTIL=20200101T000000Z"
    read = found(
        "x",
        calendar(
            event("SUMMARY:Run", uid="1", start="DTSTART:20251231T120000Z"),
            event("SUMMARY:Run", uid="2", start="DTSTART:20270101T120000Z"),
            event("SUMMARY:Run", ended, uid="3", start="DTSTART:20190101T120000Z"),
            event("SUMMARY:Dentist", uid="4", start="DTSTART:20270101T120000Z"),
            WEEKLY,
        ),
    )
    assert (len(read.runs), read.outside, read.others) == (5, 3, 1)


def test_twenty_years_of_plans_are_read() -> None:
    days_of = (date(2026, 12, 31) - timedelta(n) for n in range(2500))
    parts = (
        event("SUMMARY:Easy run", uid=str(day), start=f"DTSTART:{day:%Y%m%d}T070000Z")
        for day in days_of
    )
    read = found("x", calendar(*parts))
    assert (len(read.runs), read.outside) == (365, 2135)


def test_more_than_one_runner_can_do_is_refused() -> None:
    daily = (event("SUMMARY:Run", "RRULE:FREQ=DAILY", uid=str(n)) for n in range(100))
    with pytest.raises(BadFile, match=r"more than 2000 runs from 2026-01-01 .* your runs alone"):
        runs(*daily)
    hours = ",".join(f"202611{n % 28 + 1:02}T{n % 24:02}{n % 59:02}00Z" for n in range(20_000))
    with pytest.raises(BadFile, match="more than 2000 runs"):
        runs(event("SUMMARY:Run", f"RDATE:{hours}"))


def test_more_than_can_be_followed_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    # Each goes on for over a century, and has no run in the window.
    rule = "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29"
    old = [
        event("SUMMARY:Run", rule, uid=str(n), start="DTSTART:19010101T070000Z") for n in range(3)
    ]
    assert runs(*old) == ()
    monkeypatch.setattr(ics, "MOST_EFFORT", 130_000)
    with pytest.raises(BadFile, match="too many repeating events"):
        runs(*old)


def test_a_calendar_of_too_many_lines_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ics_events, "MOST_LINES", 10)
    with pytest.raises(BadFile, match="more than 10 lines"):
        runs(WEEKLY)
    monkeypatch.setattr(ics_events, "MOST_BYTES", 0)
    with pytest.raises(BadFile, match="larger than 0 MB"):
        runs(WEEKLY)


@pytest.mark.parametrize(
    "until", ["", ";UNTIL=99991231T235959Z", ";UNTIL=99991231", ";UNTIL=99991231T235959"]
)
def test_a_rule_without_a_day_is_refused_whatever_its_end(until: str) -> None:
    with pytest.raises(BadFile, match="falls on no day"):
        runs(event("SUMMARY:Run", f"RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30{until}"))


@pytest.mark.parametrize(("until", "count"), [("230000Z", 2), ("225959Z", 1)])
def test_an_end_is_an_instant_whatever_the_zone_of_its_series(until: str, count: int) -> None:
    rule = f"RRULE:FREQ=WEEKLY;UNTIL=20261208T{until}"
    assert len(days(rule, start="DTSTART;TZID=America/New_York:20261201T180000")) == count


def test_an_end_beyond_all_years_is_none() -> None:
    rule = "RRULE:FREQ=WEEKLY;UNTIL=99991231T235959Z"
    assert len(days(rule, start="DTSTART;TZID=America/New_York:20261201T180000")) == 5


@given(st.dates(date(2024, 1, 1), date(2026, 12, 1)), st.sampled_from([7, 14, 35]))
def test_a_rule_without_an_end_is_even(first: date, apart: int) -> None:
    start = f"DTSTART;VALUE=DATE:{first:%Y%m%d}"
    rule = event("SUMMARY:Run", f"RRULE:FREQ=WEEKLY;INTERVAL={apart // 7}", start=start)
    step = timedelta(apart)
    fits = range((max(first, WINDOW[0]) - first) // step, (WINDOW[1] - first) // step + 1)
    every = [first + n * step for n in fits]
    assert [run.day for run in runs(rule)] == [day for day in every if day >= WINDOW[0]]


BITS = [
    b"99991231T235959Z", b"00010101T000000Z", b"-1", b"999999999999", b"FREQ=YEARLY;BYWEEKNO=54",
    b"BYSETPOS=9", b";INTERVAL=7", b";COUNT=0", b"\xff", b"\0", b"=", b":", b";", b",",
    b"TZID=Camp", b"VALUE=DATE", b"0", b"9", b"T", b"\r\n", b" ", b"+9999",
    b"BYMONTHDAY=31", b"SECONDLY", b"",
]  # fmt: skip
WHOLE = calendar(camp("+0300", "RRULE:FREQ=YEARLY;BYMONTH=3\r\n"), WEEKLY, onwards(), WHOLE_DAYS)


@given(
    st.lists(
        st.tuples(st.integers(0, len(WHOLE)), st.integers(0, 8), st.sampled_from(BITS)),
        min_size=1,
        max_size=4,
    )
)
def test_a_damaged_calendar_is_read_or_refused(damage: list[tuple[int, int, bytes]]) -> None:
    data = WHOLE
    for at, long, bit in damage:
        data = data[:at] + bit + data[at + long :]
    with suppress(BadFile):
        found("plan.ics", data)
