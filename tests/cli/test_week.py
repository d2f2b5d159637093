"""``stridelift week`` and what it makes of ``today``: the runner's week from the command line."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from tui.bootstrap import shipped_library
from tui.cli import main
from tui.domain.model.library.checks import HOUSEHOLD
from tui.domain.model.values import Kind

MONDAY = date(2026, 11, 2)
RACE_DAY = date(2026, 12, 5)  # a Saturday
TUE, FRI = 1, 4
Run = Callable[..., str]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command on one log so many days after the first Monday; gives what it printed or,
    where it is to fail with ``code``, its one line on stderr."""

    def run(*args: str, code: int = 0, on: int = 0) -> str:
        today = (MONDAY + timedelta(days=on)).isoformat()
        ended = main([*args, "--data-dir", str(tmp_path / "home"), "--today", today])
        said = capsys.readouterr()
        assert ended == code, said
        if not code:
            assert said.err == ""
            return said.out
        assert said.out == ""
        [line] = said.err.splitlines()
        return line.removeprefix("stridelift: ")

    return run


@pytest.fixture
def runner(run: Run) -> Run:
    """A runner with speed on Tuesday mornings, a long run on Sundays, and two lifts a week."""
    run("config", "set", "programme", "lift-and-spring")
    run("run", "add", "tue", "07:00", "speed")
    run("run", "add", "sun", "long")
    return run


def week(run: Run, *args: str, on: int = 0) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(run("week", "--json", *args, on=on))
    first = date.fromisoformat(made["monday"])
    assert first.weekday() == 0
    days = [(first + timedelta(days=n)).isoformat() for n in range(7)]
    assert [day["date"] for day in made["days"]] == days
    return made


def sessions(made: dict[str, Any]) -> list[tuple[int, dict[str, Any]]]:
    """The sessions of a week, each with its weekday."""
    return [(n, one) for n, day in enumerate(made["days"]) for one in day["sessions"]]


def today(run: Run, on: int = 0) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(run("today", "--json", on=on))
    return made


def codes(made: dict[str, Any]) -> list[str]:
    """The reasons of all exercises of today."""
    return [c for one in made["exercises"] if one["advice"] for c in one["advice"]["reasons"]]


def log(run: Run, number: int, part: str, programme: str = "lift-and-spring") -> None:
    """Do a part of a programme at 13:00 so many days after the first Monday."""
    day = (MONDAY + timedelta(days=number)).isoformat()
    row = {"date": day, "time": "13:00", "exercise": "back-squat", "set": 1, "reps": 5}
    done = {**row, "load_kg": 60, "session": f"{number}", "programme": programme, "part": part}
    file = Path(run("locate").split()[-1]).parent / f"{number}.jsonl"
    file.write_text(json.dumps(done) + "\n", encoding="utf-8")
    run("import", str(file), on=number)


# -- where the sessions go -------------------------------------------------------------------------


@pytest.mark.parametrize("args", [(), ("--of", "2026-11-11")])
def test_two_lifts_go_where_there_is_time_for_them(runner: Run, args: tuple[str, ...]) -> None:
    runner("config", "set", "slots", "tue 13:00 fri")
    made = week(runner, *args)
    (first, lift), (second, other) = sessions(made)
    assert (first, lift["start"], lift["part"]) == (TUE, "13:00", "lift")
    assert (second, other["start"], other["part"]) == (FRI, None, "lift")
    assert "HOURS_AFTER_RUN" in lift["reasons"] and "6 h after the speed run" in lift["why"]
    assert made["given_up"] == [] and made["race"] is None and made["phase"] == "lifting"
    assert made["days"][TUE]["runs"][0]["start"] == "07:00"
    assert made["days"][6]["runs"][0]["kind"] == "long"


def test_what_was_done_is_no_more_to_be_done_and_the_next_week_begins_anew(runner: Run) -> None:
    runner("config", "set", "slots", "tue 13:00 fri")
    log(runner, 1, "lift")
    first, second = week(runner, on=2), week(runner, on=7)
    assert [(day, one["start"]) for day, one in sessions(first)] == [(FRI, None)]
    assert [(day, one["start"]) for day, one in sessions(second)] == [(TUE, "13:00"), (FRI, None)]
    assert (first["week"], second["week"]) == (1, 2)
    assert first["days"][TUE]["done"] == [
        {"programme": "lift-and-spring", "part": "lift", "start": "13:00"}
    ]
    assert "Tue  speed run 07:00; Lift done" in runner("week", on=2)


@pytest.mark.parametrize("args", [(), ("--of", "2026-11-09")])
def test_without_slots_the_lift_comes_behind_the_speed_run(
    runner: Run, args: tuple[str, ...]
) -> None:
    (first, lift), (second, other) = sessions(week(runner, *args))
    assert (first, lift["start"], second, other["start"]) == (TUE, None, FRI, None)
    assert lift["not_before"] >= "13:00"
    assert other["not_before"] is None


def test_one_session_of_two_moves_on_when_a_day_was_missed(runner: Run) -> None:
    assert [day for day, _ in sessions(week(runner, on=2))][:1] != [TUE]
    # On Saturday there is room for one of them; the other is not made up for.
    made = week(runner, on=5)
    assert len(sessions(made)) == len(made["given_up"]) == 1
    assert made["given_up"][0]["reason"] in ("NO_DAY_LEFT", "PLAN_REDUCED", "NO_TIME_LEFT")


def test_today_is_the_session_that_is_due(runner: Run) -> None:
    runner("config", "set", "slots", "tue 13:00 fri")
    due = today(runner)["due"]
    assert (due["date"], due["start"], due["light"]) == ("2026-11-03", "13:00", False)
    assert due["reasons"] == sessions(week(runner))[0][1]["reasons"]
    assert "Planned for Tue 2026-11-03 13:00." in runner("today")
    assert "Planned for today 13:00." in runner("today", on=1)
    log(runner, 1, "lift")
    assert today(runner, on=1)["due"]["date"] == "2026-11-06"
    # The week is over: that of the next one.
    log(runner, 4, "lift")
    assert today(runner, on=4)["due"]["date"] == "2026-11-10"


# -- a race ----------------------------------------------------------------------------------------


def test_the_weeks_around_a_race(runner: Run) -> None:
    runner("race", "add", RACE_DAY.isoformat(), "Hill Race")
    taper, race, after, usual = (
        week(runner, "--of", (RACE_DAY + timedelta(days=n)).isoformat()) for n in (-7, 0, 7, 14)
    )
    for made in (taper, race, after, usual):
        assert made["race"] == {
            "day": "2026-12-05",
            "name": "Hill Race",
            "priority": "A",
            "taper_from": "2026-11-21",
            "race_week_from": "2026-11-28",
        }
    assert [mark["code"] for mark in taper["marks"]] == ["TAPER_WEEK"]
    assert all(day < 5 for day, _ in sessions(taper))
    assert sessions(race) == []
    assert {one["reason"] for one in race["given_up"]} == {"RACE_WEEK_NONE"}
    assert all("Hill Race" in one["why"] for one in race["given_up"])
    assert [mark["code"] for mark in race["marks"]] == ["RACE"]
    assert race["days"][5]["races"] == ["Hill Race"]
    [(_, light)] = sessions(after)
    assert light["light"] and "AFTER_RACE_LIGHT" in light["reasons"]
    assert after["given_up"] == []
    assert len(sessions(usual)) == 2 and usual["marks"] == []


def test_a_race_week_leaves_today_to_rest(runner: Run) -> None:
    runner("race", "add", "2026-11-07", "Hill Race")
    made = today(runner)
    assert made["exercises"] == []
    assert {code for one in made["resting"] for code in one["reasons"]} >= {"RACE_WEEK"}
    # The next one is the light one after the race.
    assert made["due"]["light"] and made["due"]["date"] > "2026-11-07"


def test_six_patterns_comes_once_a_week_near_a_race(run: Run) -> None:
    run("config", "set", "programme", "six-patterns")
    run("race", "add", RACE_DAY.isoformat(), "Hill Race")
    made = week(run, "--of", "2026-11-23")
    assert len(sessions(made)) == 1
    assert "FEWER_NEAR_RACE" in [mark["code"] for mark in made["marks"]]


# -- what is refused, and the plain week -----------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("--of", "2026-11-01"), "2026-11-01"),
        (("--of", "2027-11-08"), "2027-11-08"),
        (("--of", "2999-12-31"), "2999-12-31"),
        (("--of", "someday"), "A day is 14 feb"),
        (("-o", "week.ics"), "--ics"),
    ],
)
def test_a_week_that_cannot_be_planned_is_refused(
    run: Run, args: tuple[str, ...], words: str
) -> None:
    assert words in run("week", *args, code=2)


def test_a_year_ahead_and_the_days_of_this_week_are_planned(run: Run) -> None:
    assert week(run, "--of", "2027-11-07")["monday"] == "2027-11-01"
    assert week(run, "--of", "2026-11-02", on=6)["monday"] == "2026-11-02"


@pytest.mark.parametrize(
    "name", ["\x1b[31mRed\x1b[0m\x07\x9b2J", "Ridge " * 16 + "Race"], ids=["escapes", "long"]
)
def test_what_is_printed_is_narrow_and_harmless(runner: Run, name: str) -> None:
    runner("race", "add", RACE_DAY.isoformat(), name)
    for weeks in range(7):
        text = runner("week", "--of", (MONDAY + timedelta(weeks=weeks)).isoformat())
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", text)
        assert [line for line in text.splitlines() if len(line) > 80] == []
    assert "\x1b" not in runner("week", "--json") and "\x1b" not in runner("week", "--ics")


# -- the calendar file -----------------------------------------------------------------------------


def events(text: str) -> list[Any]:
    return list(Calendar.from_ical(text).walk("VEVENT"))


def test_the_week_as_a_calendar(runner: Run) -> None:
    runner("config", "set", "slots", "tue 13:00 fri")
    text = runner("week", "--ics")
    timed, free = events(text)
    assert timed["summary"] == free["summary"] == "Lift"
    # Of no zone: it is 13:00 wherever she is.
    assert timed["dtstart"].dt.isoformat() == "2026-11-03T13:00:00"
    assert timed["dtend"].dt.isoformat() == "2026-11-03T13:19:00"
    assert "6 h after the speed run" in timed["description"]
    assert (free["dtstart"].dt, free["dtend"].dt) == (date(2026, 11, 6), date(2026, 11, 7))
    assert free["transp"] == "TRANSPARENT"
    for line in text.split("\r\n"):
        assert "\n" not in line and len(line.encode()) <= 75
    assert text.endswith("END:VCALENDAR\r\n")


def test_a_session_behind_a_run_is_of_its_day_with_the_time_in_its_notes(runner: Run) -> None:
    first, _ = events(runner("week", "--ics"))
    assert first["dtstart"].dt == date(2026, 11, 3)
    assert first["description"].startswith("Not before 13:00. 6 h after the speed run")


def test_a_light_session_is_called_light_in_the_calendar(runner: Run) -> None:
    runner("race", "add", "2026-10-31", "Hill Race")
    assert "Lift (light)" in [str(one["summary"]) for one in events(runner("week", "--ics"))]


def test_the_same_week_is_the_same_file_but_for_its_stamp(runner: Run) -> None:
    once, again = (
        re.sub(r"DTSTAMP:\d{8}T\d{6}Z\r\n", "", runner("week", "--ics")) for _ in range(2)
    )
    assert once == again and "DTSTAMP" not in once
    # On a later day it is the same session, wherever its time has gone.
    runner("config", "set", "slots", "tue 14:00 fri")
    later = events(runner("week", "--ics"))
    assert [one["uid"] for one in later] == [one["uid"] for one in events(once)]


def test_a_session_that_moves_to_another_day_is_the_same_event(runner: Run) -> None:
    runner("config", "set", "slots", "tue fri")
    before = events(runner("week", "--ics"))
    runner("config", "set", "slots", "wed sat")
    after = events(runner("week", "--ics"))
    assert [one["dtstart"] for one in after] != [one["dtstart"] for one in before]
    assert [one["uid"] for one in after] == [one["uid"] for one in before]


def test_every_event_has_an_id_of_its_own(runner: Run) -> None:
    every = [
        str(one["uid"])
        for weeks in range(3)
        for one in events(
            runner("week", "--ics", "--of", (MONDAY + timedelta(weeks=weeks)).isoformat())
        )
    ]
    assert len(set(every)) == len(every) == 6
    assert all(uid.count("@") == 1 and uid.endswith("@stridelift") for uid in every), every


def test_the_calendar_goes_into_a_file(runner: Run, tmp_path: Path) -> None:
    file = tmp_path / "week.ics"
    file.write_text("old")
    said = runner("week", "--ics", "-o", str(file))
    assert "2026-11-02" in said and str(file) in said
    assert len(events(file.read_text(encoding="utf-8"))) == 2
    assert sorted(each.name for each in tmp_path.iterdir()) == ["home", "week.ics"]
    gone = tmp_path / "gone" / "week.ics"
    assert "the folder" in runner("week", "--ics", "-o", str(gone), code=1)


def test_a_week_without_sessions_makes_no_calendar(run: Run, tmp_path: Path) -> None:
    run("config", "set", "pause", "on")
    file = tmp_path / "week.ics"
    for where in ([], ["-o", str(file)]):
        said = run("week", "--ics", *where, code=1)
        assert "no session is planned in that week; stridelift week --of 2026-11-02" in said
    assert not file.exists()
    assert "paused" in run("week", "--of", "2026-11-02")


def test_the_week_that_is_written_is_no_run_when_it_comes_back(runner: Run, tmp_path: Path) -> None:
    file = tmp_path / "week.ics"
    runner("week", "--ics", "-o", str(file))
    before = runner("run", "list")
    runner("run", "import", str(file))
    assert runner("run", "list") == before


# -- days away -------------------------------------------------------------------------------------

LIBRARY = shipped_library()


def needs(made: dict[str, Any]) -> set[str]:
    """What the exercises of today take, beyond what every home has."""
    names = [one["exercise"] for one in made["exercises"]]
    return {thing for name in names for thing in LIBRARY.exercises[name].equipment} - HOUSEHOLD


@pytest.mark.parametrize("programme", ["trail-speed", "lift-and-spring", "six-patterns", "blocks"])
@pytest.mark.parametrize("at_hand", [None, "dumbbells band"])
def test_days_away_take_what_is_at_hand(run: Run, programme: str, at_hand: str | None) -> None:
    run("config", "set", "programme", programme)
    there = set((at_hand or "").split())
    at_home = today(run)
    assert needs(at_home) - there
    run("away", "add", "2026-11-02", "2026-11-03", *(["--with", at_hand] if at_hand else []))
    for on in (0, 1):
        made = today(run, on=on)
        assert made["exercises"] and needs(made) <= there
    assert [one["exercise"] for one in today(run, on=2)["exercises"]] == [
        one["exercise"] for one in at_home["exercises"]
    ]
    made = week(run)
    assert [day["away"] for day in made["days"]] == [sorted(there)] * 2 + [None] * 5


@pytest.mark.parametrize(
    ("lift", "kinds"),
    [
        ("back-squat", {Kind.HOLD}),
        # Of their category there is something without a weight that is no hold.
        ("deadlift", {Kind.HOLD, Kind.ECCENTRIC, Kind.BODYWEIGHT}),
        ("split-squat", {Kind.HOLD, Kind.BODYWEIGHT}),
        ("calf-raise", {Kind.HOLD, Kind.BODYWEIGHT}),
    ],
)
def test_without_a_gym_a_lift_becomes_a_hold_or_work_without_weight(
    run: Run, lift: str, kinds: set[Kind]
) -> None:
    run("away", "add", "2026-11-02")
    said = json.loads(run("next", lift, "--json"))
    assert said["action"] == "SUBSTITUTE" and "NO_EQUIPMENT" in said["reasons"]
    assert LIBRARY.exercises[said["variant"]].kind in kinds
    assert said["load_kg"] is None


# -- pauses ----------------------------------------------------------------------------------------


def test_a_pause_plans_nothing_and_the_weeks_stand_still(runner: Run) -> None:
    log(runner, 1, "lift")
    assert week(runner, on=7)["week"] == 2
    runner("config", "set", "pause", "on", on=7)
    for on, number in ((7, 2), (13, 2), (18, 2), (19, 1)):  # After 18 days away it goes back one.
        made = week(runner, on=on)
        assert (sessions(made), made["given_up"], made["week"]) == ([], [], number)
        assert [mark["code"] for mark in made["marks"]] == ["PAUSED"]
        assert "paused" in runner("week", on=on)
        assert today(runner, on=on)["due"] is None
    runner("config", "set", "pause", "off", on=21)
    made = week(runner, on=21)
    assert (len(sessions(made)), made["week"]) == (2, 1)
    assert [mark["code"] for mark in made["marks"]] == ["WEEKS_BACK"]
    assert today(runner, on=21)["due"]["date"] == "2026-11-24"
    assert week(runner, "--of", "2026-11-30", on=21)["week"] == 2


# -- course and cycle ------------------------------------------------------------------------------


def test_course_and_cycle_are_told_today(runner: Run) -> None:
    for lift in ("back-squat", "deadlift", "calf-raise"):
        runner("config", "set", f"max.{lift}", "100")
    plain = {one["exercise"]: one for one in today(runner)["exercises"]}
    assert not [code for code in codes(today(runner)) if code.startswith(("TERRAIN", "LEAN"))]
    runner("config", "set", "terrain", "steep")
    made = today(runner)
    assert "back-squat" in [one["exercise"] for one in made["exercises"]]
    assert "back-squat" not in plain
    assert "TERRAIN_CHOICE" in codes(made)
    assert "Chosen for a steep course." in " ".join(runner("today").split())
    runner("config", "set", "terrain", "flat")
    assert {"TERRAIN_MORE", "TERRAIN_LESS"} <= set(codes(today(runner)))
    runner("config", "set", "terrain", "mixed")
    runner("config", "set", "lean", "run")
    made = today(runner)
    assert "LEAN_RUN" in codes(made)
    [calves] = [one for one in made["exercises"] if one["exercise"] == "calf-raise"]
    assert len(calves["plan"]) == len(plain["calf-raise"]["plan"]) - 1
    marks = week(runner)
    assert len(sessions(marks)) == 1
    assert [mark["code"] for mark in marks["marks"]] == ["LEAN_RUN_WEEK"]


def test_next_tells_why_an_exercise_has_more_or_fewer_sets(runner: Run) -> None:
    runner("config", "set", "max.deadlift", "100")
    runner("config", "set", "lean", "lift")
    [planned] = [one for one in today(runner)["exercises"] if one["exercise"] == "deadlift"]
    said = json.loads(runner("next", "deadlift", "--json"))
    assert said["sets"] == planned["advice"]["sets"] == 4
    assert said["reasons"] == planned["advice"]["reasons"]


def test_choosing_a_programme_anew_begins_its_weeks_anew(runner: Run) -> None:
    log(runner, 1, "lift")
    assert week(runner, on=15)["week"] == 2
    runner("config", "set", "programme", "blocks", on=15)
    assert week(runner, on=15)["week"] == 1
    runner("config", "set", "programme", "lift-and-spring", on=20)
    assert week(runner, on=20)["week"] == 1


# -- sessions that name no programme ---------------------------------------------------------------


def test_sessions_logged_by_command_take_the_programme_on(run: Run) -> None:
    run("config", "set", "programme", "lift-and-spring")
    for day in (f"2026-11-{n:02}" for n in (3, 6, 10, 13, 17, 20, 24, 27)):
        for exercise in ("deadlift", "calf-raise"):
            run("log", exercise, "3x5 60kg rir2", "--on", day, on=29)
    made = json.loads(run("week", "--json", on=29))
    assert (made["week"], made["phase"]) == (5, "lifting and jumps")


def test_a_leg_session_logged_by_command_is_one_of_the_week(run: Run) -> None:
    run("config", "set", "programme", "lift-and-spring")
    run("log", "back-squat", "3x5 60kg")
    made = json.loads(run("week", "--json"))
    done = [one for day in made["days"] for one in day["done"]]
    placed = [one for day in made["days"] for one in day["sessions"]]
    assert ([one["part"] for one in done], [one["part"] for one in placed]) == (["lift"], ["lift"])


def test_what_is_no_part_of_the_programme_is_a_session_of_ones_own(run: Run) -> None:
    run("config", "set", "programme", "lift-and-spring")
    run("log", "push-up", "3x12")
    made = json.loads(run("week", "--json"))
    placed = [one["part"] for day in made["days"] for one in day["sessions"]]
    assert placed == ["lift", "lift"]


def test_on_a_clock_of_twelve_hours_the_words_change_and_the_json_stays(runner: Run) -> None:
    runner("config", "set", "slots", "tue 13:00 fri")
    docs = runner("week", "--json"), runner("today", "--json", on=TUE)
    assert "13:00" in runner("week")
    runner("config", "set", "clock", "12")
    week = runner("week")
    assert "1:00 pm" in week
    assert "speed run 7:00 am" in week
    assert not re.search(r"\b(07|13):00", week)
    assert "1:00 pm" in runner("today", on=TUE)
    assert (runner("week", "--json"), runner("today", "--json", on=TUE)) == docs
