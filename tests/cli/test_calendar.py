"""Races, runs, days away and step-down weeks from the command line: what is kept, what is said."""

from __future__ import annotations

import datetime as dt
import json
import os
import shlex
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.calendars import KINDS, keep
from tests.formats.runfiles import calendar, event
from tui.app.local_time import LocalZone
from tui.app.logbook import Logbook
from tui.app.write_access import ReadOnly
from tui.bootstrap import open_logbook
from tui.cli import main
from tui.domain.model.validation import BadDocument
from tui.domain.planning.calendar_changes import typed_change
from tui.domain.planning.calendar_codec import Listed
from tui.domain.planning.diary import Opening
from tui.store.lock import WriterLock
from tui.store.paths import Paths
from tui.store.profile import ProfileStore

TODAY = "2026-11-20"  # a Friday
Run = Callable[..., str]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command on the log at ``home``; gives what it printed on stdout or, where it is to
    fail with ``code``, its one line on stderr."""

    def run(*args: str, code: int = 0, today: str = TODAY, notes: int = 0) -> str:
        ended = main([*args, "--data-dir", str(home), "--today", today])
        said = capsys.readouterr()
        assert ended == code, said
        lines = said.err.splitlines()
        if not code:
            assert len(lines) == notes, said
            return said.out
        assert said.out == ""
        [line] = lines
        assert "fault" not in line
        return line.removeprefix("stridelift: ")

    return run


def kept(home: Path, key: str) -> Any:
    """What a list of the calendar holds: the fields of each document, sorted, odd ones last."""
    table = ProfileStore(Paths(home), writable=False).documents(key)
    assert all(doc["id"] == name for name, doc in table.items())
    hidden = {"edited"} if key == "runs" else {"edited", "id"}
    left = [
        {field: value for field, value in doc.items() if field not in hidden}
        for doc in table.values()
    ]
    return sorted(left, key=partial(_place, KINDS[key]))


def _place(kind: Listed[Any], doc: object) -> tuple[bool, Any]:
    try:
        return False, kind.order(kind.read(doc))
    except BadDocument:
        return True, str(doc)


def by_hand(home: Path, **values: object) -> None:
    home.mkdir(exist_ok=True)
    settings = {key: {"value": value} for key, value in values.items()}
    (home / "profile.json").write_text(json.dumps({"settings": settings}), encoding="utf-8")


LISTS = {
    "race": ("races", "No races yet"),
    "run": ("runs", "No runs yet"),
    "away": ("away", "No days away"),
    "step-down": ("weeks", "No step-down weeks"),
}


@pytest.mark.parametrize("command", LISTS)
def test_where_nothing_was_said_a_list_says_so_and_makes_no_file(
    run: Run, home: Path, command: str
) -> None:
    key, words = LISTS[command]
    assert run(command, "list").startswith(words)
    assert json.loads(run(command, "list", "--json"))[key] == []
    assert not home.exists()


# --- races ----------------------------------------------------------------------------------------


def test_a_race_is_kept_and_what_goes_before_it_is_said(run: Run, home: Path) -> None:
    assert run("race", "add", "2026-12-20", "Ridge", " Race") == (
        "Sun 2026-12-20  Ridge Race (A), in 30 days, "
        "taper from Sun 2026-12-06, race week from Sun 2026-12-13\n"
    )
    assert kept(home, "races") == [{"day": "2026-12-20", "name": "Ridge Race", "priority": "A"}]


def test_the_same_race_added_again_is_replaced_and_another_of_that_day_is_not(
    run: Run, home: Path
) -> None:
    run("race", "add", "2026-12-20", "Ridge Race")
    run("race", "add", "2026-12-20", "Relay", "--priority", "c")
    run("race", "add", "--priority", "B", "2026-12-20", "ridge race")
    assert [(race["name"], race["priority"]) for race in kept(home, "races")] == [
        ("Relay", "C"),
        ("ridge race", "B"),
    ]


def test_races_to_come_stand_before_those_behind(run: Run) -> None:
    for day, name, priority in (
        ("2026-10-01", "First", "A"),
        ("2026-11-10", "Second", "B"),
        ("2027-05-09", "Fifth", "A"),
        ("2026-11-20", "Third", "B"),
        ("2026-11-21", "Fourth", "C"),
    ):
        run("race", "add", day, name, "--priority", priority)
    lines = run("race", "list").splitlines()
    assert [line for line in lines if not line.startswith(" ")] == [
        "Fri 2026-11-20  Third (B), today",
        "Sat 2026-11-21  Fourth (C), in 1 day",
        "Sun 2027-05-09  Fifth (A), in 170 days",
        "Tue 2026-11-10  Second (B), 10 days ago",
        "Thu 2026-10-01  First (A), 50 days ago",
    ]
    assert lines[3].strip() == "race week from Sat 2026-11-14"
    found = json.loads(run("race", "list", "--json"))["races"]
    assert [race["days"] for race in found] == [0, 1, 170, -10, -50]
    assert found[1] == {
        "day": "2026-11-21",
        "name": "Fourth",
        "priority": "C",
        "days": 1,
        "taper": None,
        "race_week": "2026-11-14",
    }
    assert found[2]["taper"] == "2027-04-25"


def test_a_c_race_that_takes_no_week_rests_three_days(run: Run) -> None:
    run("config", "set", "race_week", "off")
    said = run("race", "add", "2026-12-20", "Relay", "--priority", "C")
    assert said.endswith("in 30 days, rest from Thu 2026-12-17\n")


def test_a_race_is_removed_by_its_day_its_name_or_both(run: Run, home: Path) -> None:
    for day in ("2026-12-20", "2027-12-19"):
        run("race", "add", day, "Ridge Race")
        run("race", "add", day, "Relay")
    assert "2 match" in run("race", "remove", "2026-12-20", code=1)
    several = run("race", "remove", "ridge", code=1)
    assert "Sun 2026-12-20  Ridge Race (A); Sun 2027-12-19  Ridge Race (A)" in several
    assert "there is no race hill" in run("race", "remove", "hill", code=1)
    assert len(kept(home, "races")) == 4
    said = run("race", "remove", "2026-12-20", "ridge")
    assert said == "Sun 2026-12-20  Ridge Race (A): removed\n"
    run("race", "remove", "2026-12-20")
    run("race", "remove", "relay")
    assert run("race", "remove", "ridge", "RACE").startswith("Sun 2027-12-19")
    assert kept(home, "races") == []


# --- runs -----------------------------------------------------------------------------------------


def test_a_weekday_makes_a_run_weekly_and_a_date_a_single_one(run: Run, home: Path) -> None:
    assert run("run", "add", "tue", "07:00", "speed") == "Tue 07:00 speed, every week\n"
    assert run("run", "add", "long", "sun") == "Sun long, every week\n"
    assert run("run", "add", "2026-11-29", "08:00", "long", "24km", "+900m") == (
        "Sun 2026-11-29 08:00 long 24km +900m\n"
    )
    assert kept(home, "weekly_runs") == [
        {"weekday": "tue", "kind": "speed", "time": "07:00"},
        {"weekday": "sun", "kind": "long"},
    ]
    [doc] = kept(home, "runs")
    assert (doc["day"], doc["time"], doc["distance_m"]) == ("2026-11-29", "08:00", 24000)


def test_a_run_of_the_same_time_is_replaced(run: Run, home: Path) -> None:
    for words in ("tue", "tue 07:00", "tue speed", "2026-11-29 8am", "2026-11-29 8:00 hills"):
        run("run", "add", *words.split())
    assert [doc["kind"] for doc in kept(home, "weekly_runs")] == ["speed", "easy"]
    assert [doc["kind"] for doc in kept(home, "runs")] == ["hills"]


RECORDED = {
    "id": "r1",
    "day": "2026-11-19",
    "kind": "speed",
    "time": "18:04:31",
    "name": "Track",
    "at": "2026-11-19T18:04:31+01:00",
    "distance_m": 10240.5,
    "climb_m": 120,
    "by": "hand",
}


def test_a_recorded_run_is_not_replaced_by_a_planned_one(run: Run, home: Path) -> None:
    by_hand(home, runs=[RECORDED])
    run("run", "add", "2026-11-19", "18:04")
    assert len(kept(home, "runs")) == 2
    assert RECORDED in kept(home, "runs")


def test_the_list_has_the_week_what_comes_and_the_last_days(run: Run, home: Path) -> None:
    old = {**RECORDED, "id": "r0", "day": "2026-11-06", "at": "2026-11-06T18:00:00+01:00"}
    today = {**RECORDED, "id": "r2", "day": TODAY, "time": "06:00", "at": f"{TODAY}T06:00:00+01:00"}
    by_hand(home, runs=[old, RECORDED, today])
    for words in ("sun long", "mon", "2026-11-29 8:00 long", "2026-11-18 hills", f"{TODAY} 19:00"):
        run("run", "add", *words.split())
    assert run("run", "list").splitlines() == [
        "Every week",
        "  Mon easy",
        "  Sun long",
        "To come",
        "  Fri 2026-11-20 19:00 easy",
        "  Sun 2026-11-29 08:00 long",
        "The last 14 days",
        "  Fri 2026-11-20 06:00 speed 10.24km +120m  Track",
        "  Thu 2026-11-19 18:04 speed 10.24km +120m  Track",
        "  Wed 2026-11-18 hills, as planned",
    ]
    found = json.loads(run("run", "list", "--json"))
    assert [doc["weekday"] for doc in found["weekly"]] == ["mon", "sun"]
    assert [doc["id"] for doc in found["runs"]][:2] == ["r0", "2026-11-18"]
    assert len(found["runs"]) == 6


def test_where_all_runs_are_long_behind_the_list_says_so(run: Run, home: Path) -> None:
    by_hand(home, runs=[{**RECORDED, "day": "2026-11-06"}])
    assert run("run", "list") == "No runs to come, none in the last 14 days.\n"
    assert len(json.loads(run("run", "list", "--json"))["runs"]) == 1


def test_a_run_is_removed_by_when_it_is(run: Run, home: Path) -> None:
    by_hand(home, runs=[RECORDED])
    for words in ("tue", "tue 07:00 speed", "2026-11-19 9:00", "2026-11-29"):
        run("run", "add", *words.split())
    several = run("run", "remove", "tue", code=1)
    assert "2 match: Tue easy, every week; Tue 07:00 speed, every week; give" in several
    assert run("run", "remove", "tue", "7am") == "Tue 07:00 speed, every week: removed\n"
    assert run("run", "remove", "tuesday") == "Tue easy, every week: removed\n"
    assert "no run every Tue" in run("run", "remove", "tue", code=1)
    assert "2 match" in run("run", "remove", "2026-11-19", code=1)
    assert "no such run on Thu 2026-11-19" in run("run", "remove", "2026-11-19", "10:00", code=1)
    assert run("run", "remove", "2026-11-19", "18:04").startswith("Thu 2026-11-19 18:04 speed")
    run("run", "remove", "2026-11-29")
    assert [doc["id"] for doc in kept(home, "runs")] == ["2026-11-19T09:00"]


# --- runs from files ------------------------------------------------------------------------------

GPX = """<?xml version="1.0"?>
<gpx version="1.1" creator="x" xmlns="http://www.topografix.com/GPX/1/1"><trk><name>{name}</name>
<type>{sport}</type><trkseg>
<trkpt lat="47.0" lon="11.0"><ele>600</ele><time>{day}T09:00:00Z</time></trkpt>
<trkpt lat="{lat}" lon="11.0"><ele>600</ele><time>{day}T{end}:00Z</time></trkpt>
</trkseg></trk></gpx>
"""


@pytest.fixture
def gpx(tmp_path: Path) -> Callable[..., str]:
    """Writes a run as a GPX file; gives its name."""

    def gpx(
        day: str, *, minutes: int = 50, name: str = "Tempo", sport: str = "running", lat: str = ""
    ) -> str:
        path = tmp_path / f"{day}-{sport}.gpx"
        end = f"{9 + minutes // 60:02}:{minutes % 60:02}"
        facts = {"name": name, "sport": sport, "lat": lat or "47.01", "end": end}
        path.write_text(GPX.format(day=day, **facts), encoding="utf-8")
        return str(path)

    return gpx


@pytest.fixture
def berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A computer in a zone that changes its clocks."""
    with monkeypatch.context() as patch:
        patch.setitem(os.environ, "TZ", "Europe/Berlin")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("berlin")
def test_runs_of_files_come_in_once_with_the_kind_they_look_like(
    run: Run, home: Path, gpx: Callable[..., str]
) -> None:
    files = [
        gpx("2026-11-18"),
        gpx("2026-07-15", name="x", minutes=100),
        gpx("2026-11-17", sport="cycling"),
    ]
    run("run", "add", "2026-11-18", "hills")
    would = run("run", "import", "--dry-run", *files)
    assert would == (
        "2 runs would be imported; 0 already there; 1 in place of planned ones; "
        "1 activity was not a run\n"
    )
    assert len(kept(home, "runs")) == 1
    counts = {"imported": 2, "duplicate": 0, "replaced": 1, "cancelled": 0, "no_run": 1}
    none: dict[str, object] = {"outside": 0, "passed_over": 0}
    none |= {key: [] for key in ("unknown", "notes", "refused", "races")}
    assert json.loads(run("run", "import", "--json", *files)) == {**counts, **none}
    summer, winter = kept(home, "runs")
    assert (summer["day"], summer["time"], summer["kind"]) == ("2026-07-15", "11:00", "long")
    assert (winter["day"], winter["time"], winter["kind"]) == ("2026-11-18", "10:00", "speed")
    assert winter["at"] == "2026-11-18T10:00:00+01:00"
    before = (home / "profile.json").read_bytes()
    assert (
        run("run", "import", *files)
        == "0 runs imported; 2 already there; 1 activity was not a run\n"
    )
    assert (home / "profile.json").read_bytes() == before


def test_if_one_file_is_wrong_none_comes_in(
    run: Run, home: Path, gpx: Callable[..., str], tmp_path: Path
) -> None:
    wrong = tmp_path / "wrong.gpx"
    wrong.write_text("<gpx><trk>", encoding="utf-8")
    good = gpx("2026-11-18")
    assert "wrong.gpx" in run("run", "import", good, str(wrong), code=1)
    assert "is not there" in run("run", "import", good, str(tmp_path / "none.gpx"), code=1)
    assert "wrong.gpx" in run("run", "import", good, str(tmp_path), code=1)
    assert not (home / "profile.json").exists()


def test_a_run_is_called_long_beside_those_before_it_alone(
    run: Run, home: Path, gpx: Callable[..., str]
) -> None:
    short = [gpx(f"2026-10-0{day}", name="x") for day in range(1, 6)]
    before, after = (gpx(day, name="x", lat="47.05") for day in ("2026-09-30", "2026-10-07"))
    run("run", "import", after, *short, before)
    assert [doc["kind"] for doc in kept(home, "runs")] == [*["easy"] * 6, "long"]


@pytest.fixture
def plan(tmp_path: Path) -> Callable[..., str]:
    """Writes a calendar of events, each a day, a title and further lines; gives its name. An event
    is known by its title."""

    def plan(*events: tuple[str, ...]) -> str:
        path = tmp_path / "plan.ics"
        made = (
            event(f"SUMMARY:{title}", *more, uid=title, start=f"DTSTART;VALUE=DATE:{day}")
            for day, title, *more in events
        )
        path.write_bytes(calendar(*made))
        return str(path)

    return plan


def test_a_run_that_a_calendar_calls_off_is_planned_no_more(
    run: Run, home: Path, plan: Callable[..., str]
) -> None:
    days = {"Tempo": "20261125", "Easy": "20261126", "Long": "20261119"}
    run("run", "import", plan(*((day, title) for title, day in days.items())))
    run("run", "add", "2026-11-25", "18:00", "hills")
    # One that was recorded stays, even under the same id.
    at = {"at": "2026-11-19T07:00:00+01:00"}
    by_hand(home, runs=[d | at if d["day"] == "2026-11-19" else d for d in kept(home, "runs")])
    off = "STATUS:CANCELLED"
    file = plan(("20261125", "Tempo", off), ("20261126", "Easy"), ("20261119", "Long", off))
    said = run("run", "import", "--dry-run", file)
    assert (
        said
        == "0 runs would be imported; 1 already there; 1 cancelled; 0 activities were not runs\n"
    )
    assert len(kept(home, "runs")) == 4
    assert run("run", "import", file).endswith(
        "1 already there; 1 cancelled; 0 activities were not runs\n"
    )
    left = [(doc.get("name"), doc["kind"]) for doc in kept(home, "runs")]
    assert left == [("Long", "long"), (None, "hills"), ("Easy", "easy")]
    assert "cancelled" not in run("run", "import", file)


def test_what_sounds_like_a_race_is_proposed_for_the_calendar(
    run: Run, plan: Callable[..., str]
) -> None:
    file = plan(
        ("20261201", "Zurich Half Marathon"),
        ("20261206", "It's $(reboot); race --now"),
        ("20261207", "Easy run"),
        ("20261119", "Past race"),
        *((f"202701{day}", f"Race {day}") for day in range(10, 20)),
    )
    said = run("run", "import", file).splitlines()
    head = "This looks like a race: stridelift race add"
    assert said[1] == f"{head} 2026-12-01 Zurich Half Marathon"
    assert said[2].startswith(f"{head} 2026-12-06 ")
    assert shlex.split(said[2].partition("add ")[2])[1:] == ["It's", "$(reboot);", "race", "now"]
    assert [line.split()[-1] for line in said[3:]] == ["10", "11", "12"]
    run("race", "add", "2026-12-01", "My race")
    run(*shlex.split(said[2].partition("stridelift ")[2]))
    found = json.loads(run("run", "import", "--json", file))["races"]
    assert found[0] == {"day": "2027-01-10", "name": "Race 10"}


@pytest.mark.parametrize("name", ["\\u001b[31m race" + "x" * 200, "Race \x1b[2J\x9b31m"])
def test_the_name_of_a_race_is_clean_and_short(
    run: Run, plan: Callable[..., str], name: str
) -> None:
    said = run("run", "import", plan(("20261201", name)))
    assert "\x1b" not in said and "\x9b" not in said
    assert all(len(line) < 150 for line in said.splitlines())


@pytest.mark.usefixtures("berlin")
@pytest.mark.parametrize("hour", range(4))
def test_each_instant_has_its_time_on_the_wall_where_clocks_change(hour: int) -> None:
    for day in (datetime(2026, 10, 24, 22, 30, tzinfo=UTC), datetime(2026, 3, 29, tzinfo=UTC)):
        instant = day + timedelta(hours=hour)
        here = instant.astimezone(LocalZone())
        assert here.timestamp() == instant.timestamp()
        assert here.utcoffset() == instant.astimezone().utcoffset()
        assert here.replace(tzinfo=None) == instant.astimezone().replace(tzinfo=None)


# --- days away, step-down weeks -------------------------------------------------------------------


def test_days_away_are_kept_with_what_is_at_hand(run: Run, home: Path) -> None:
    assert run("away", "add", "2026-12-20", "2027-01-03", "--with", "dumbbells, band") == (
        "Sun 2026-12-20 to Sun 2027-01-03: band, dumbbells\n"
    )
    assert run("away", "add", "2026-11-01") == "Sun 2026-11-01: nothing at hand\n"
    assert kept(home, "away") == [
        {"first": "2026-11-01", "last": "2026-11-01", "equipment": []},
        {"first": "2026-12-20", "last": "2027-01-03", "equipment": ["band", "dumbbells"]},
    ]
    assert run("away", "list").splitlines()[0].startswith("Sun 2026-12-20")
    assert [each["first"] for each in json.loads(run("away", "list", "--json"))["away"]] == [
        *("2026-12-20", "2026-11-01")
    ]
    assert run("away", "add", "2026-12-20", "2026-12-21").endswith("nothing at hand\n")
    assert run("away", "remove", "2026-11-01") == "Sun 2026-11-01: nothing at hand: removed\n"
    assert [each["last"] for each in kept(home, "away")] == ["2026-12-21"]
    assert "no days away begin on Sun 2026-11-01" in run("away", "remove", "2026-11-01", code=1)


def test_a_step_down_week_is_that_of_any_of_its_days(run: Run, home: Path) -> None:
    said = "Week of Mon 2026-12-07: easier running, and easier strength\n"
    assert run("step-down", "add", "2026-12-09") == said
    assert run("step-down", "add", "2026-12-07") == said
    run("step-down", "add", "2026-11-10")
    run("step-down", "add", "2026-11-16")
    assert [week["monday"] for week in kept(home, "step_down")] == [
        *("2026-11-09", "2026-11-16", "2026-12-07")
    ]
    weeks = json.loads(run("step-down", "list", "--json"))["weeks"]
    assert [week["monday"] for week in weeks] == ["2026-11-16", "2026-12-07", "2026-11-09"]
    assert run("step-down", "remove", "2026-12-13") == "Week of Mon 2026-12-07: as usual\n"
    assert "is not a step-down week" in run("step-down", "remove", "2026-12-13", code=1)
    assert "2026-12-07" not in run("step-down", "list")


# --- what the plan sees of it ---------------------------------------------------------------------


@pytest.fixture
def book(home: Path) -> Iterator[Logbook]:
    book = open_logbook(str(home), date.fromisoformat(TODAY), write=True)
    yield book
    book.close()


def test_the_diary_has_the_runs_of_the_last_weeks_and_what_is_to_come(run: Run, home: Path) -> None:
    by_hand(home, runs=[RECORDED, {"day": "2026-09-20", "kind": "?"}, {"day": "2026-09-21"}])
    run("run", "add", "2027-11-29")
    run("config", "set", "slots", "tue", "13:00", "fri")
    book = open_logbook(str(home), date.fromisoformat(TODAY), write=False)
    assert [f"{run.day}" for run in book.profile.diary.runs] == [
        "2026-09-21",
        "2026-11-19",
        "2027-11-29",
    ]
    assert book.profile.diary.openings == (Opening(1, dt.time(13)), Opening(4))
    assert book.profile.diary is book.profile.diary
    assert book.notices() == []


def weekly(book: Logbook) -> int:
    return len(book.profile.diary.weekly)


def test_a_change_of_the_calendar_is_seen_and_can_be_taken_back(book: Logbook) -> None:
    setup = book.profile.setup
    assert weekly(book) == 0
    keep(book, "weekly_runs", [{"weekday": "tue"}])
    keep(book, "weekly_runs", [{"weekday": "tue"}, {"weekday": "thu"}])
    keep(book, "races", [{"day": "2026-12-20"}])
    assert weekly(book) == 2
    assert book.profile.setup.calendar.races
    assert [book.profile.unkeep(), book.profile.unkeep()] == ["races", "weekly_runs"]
    assert book.profile.setup == setup
    assert weekly(book) == 1
    assert [book.profile.unkeep(), book.profile.unkeep()] == ["weekly_runs", None]
    assert weekly(book) == 0


def test_runs_are_no_part_of_what_the_log_is_folded_by(book: Logbook) -> None:
    setup = book.profile.setup
    keep(book, "runs", [RECORDED])
    keep(book, "weekly_runs", [{"weekday": "tue"}])
    keep(book, "away", [{"first": TODAY}])
    assert book.profile.setup == setup


def test_who_only_looks_keeps_nothing(book: Logbook, home: Path) -> None:
    looking = open_logbook(str(home), date.fromisoformat(TODAY), write=False)
    with pytest.raises(ReadOnly):
        keep(looking, "races", [])
    with pytest.raises(ReadOnly):
        looking.profile.unkeep()
    assert book.access.granted


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("race", "add", "2027-02-14", "Ridge", "--priority", "B"), "race 2027-02-14 Ridge B"),
        (("run", "add", "tue", "07:00", "speed"), "run tue 07:00 speed"),
        (("run", "add", "2026-11-29", "long"), "run 2026-11-29 long"),
        (("away", "add", "2026-12-20", "--with", "all"), "away 2026-12-20 all"),
        (("step-down", "add", "2026-12-09"), "easy 2026-12-09"),
    ],
)
def test_a_command_and_a_line_on_the_screen_make_the_same_change(
    run: Run, home: Path, book: Logbook, words: tuple[str, ...], line: str
) -> None:
    change = typed_change(line, date.fromisoformat(TODAY))
    book.profile.change_calendar(change)
    before = kept(home, change.listed.key)
    book.close()
    run(*words)
    assert kept(home, change.listed.key) == before


# --- what cannot be done --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("race add 14 feb Ridge Ultra", "Sun 2027-02-14  Ridge Ultra (A), in 86 days"),
        ("race add 14.2. Ridge", "Sun 2027-02-14  Ridge (A)"),
        ("race add 14.2.2028 Ridge", "Mon 2028-02-14  Ridge (A)"),
        ("race add sun Ridge", "Sun 2026-11-22  Ridge (A), in 2 days"),
        ("run add 29 nov 08:00 long 24,5 km", "Sun 2026-11-29 08:00 long 24.5km"),
        ("run add tomorrow", "Sat 2026-11-21 easy"),
        ("away add 20 dec 3 jan", "Sun 2026-12-20 to Sun 2027-01-03: nothing at hand"),
        ("step-down add 7 dec", "2026-12-07"),
    ],
)
def test_a_day_without_a_year_is_the_next_one(run: Run, typed: str, shown: str) -> None:
    assert shown in run(*typed.split())


def test_a_race_is_removed_by_its_day_in_words_or_by_its_name(run: Run) -> None:
    run("race", "add", "2027-02-14", "Sun", "Run")
    run("race", "add", "2027-05-09", "Ridge")
    assert "Sun Run" in run("race", "remove", "sun", "run")
    assert "Ridge" in run("race", "remove", "9", "may")


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("race", "add|list|remove"),
        ("race show", "add"),
        ("race add 2026-12-20", "a DATE and a NAME"),
        ("race add soon x", "A day is 14 feb"),
        ("race add 3026-12-20 x", "years 1900 to 2999"),
        (f"race add 2026-12-20 {'x' * 101}", "up to 100 letters"),
        ("race add 2026-12-20 x --priority D", "--priority is A, B or C, not D"),
        ("race list x", "nothing more"),
        ("race list --priority A", "race list takes no --priority; use it with add"),
        ("race add 2026-12-20 x --json", "takes no --json; use it with list"),
        ("race remove", "a DATE, a NAME or both"),
        ("run add", "a weekday or a date"),
        ("run add jog tue", "'jog'"),
        ("run add tue 24km", "only with a date"),
        (
            "run add 2026-02-30",
            "run add takes a day of the calendar from 1900 to 2999, not 2026-02-30",
        ),
        (
            "run add 3026-02-03",
            "run add takes a day of the calendar from 1900 to 2999, not 3026-02-03",
        ),
        ("run add mon 2026-11-29", "takes the weekday of its date or none: 2026-11-29 is a Sun"),
        ("run add tue --dry-run", "takes no --dry-run; use it with import"),
        ("run remove speed", "a weekday or a date"),
        ("run remove tue 24km", "a weekday or a date"),
        ("run remove x", "'x'"),
        ("run import", "one or more files, folders"),
        ("away add 2026-12-20 2026-12-19", "2026-12-20 or later"),
        ("away add 2026-12-20 --with dumbels", "--with takes all, none, or things like"),
        ("away list --with band", "away list takes no --with; use it with add"),
        ("away remove x", "A day is 14 feb"),
        ("step-down add", "one DATE"),
        ("step-down add 2026-12-07 2026-12-14", "one DATE"),
    ],
)
def test_what_was_not_understood_is_one_line_and_writes_nothing(
    run: Run, home: Path, words: str, hint: str
) -> None:
    assert hint in run(*words.split(), code=2)
    assert not (home / "profile.json").exists()


ADDS = {
    "races": ("race", "add", "2026-12-20", "Ridge"),
    "weekly_runs": ("run", "add", "tue"),
    "runs": ("run", "add", "2026-12-20"),
    "away": ("away", "add", "2026-12-20"),
    "step_down": ("step-down", "add", "2026-12-20"),
}


@pytest.mark.parametrize("key", ADDS)
def test_what_was_written_by_hand_and_makes_no_sense_stays(run: Run, home: Path, key: str) -> None:
    by_hand(home, **{key: [{"odd": 1}, "?"]})
    # What advice rests on is told of whenever the plan is worked out anew.
    run(*ADDS[key], notes={"races": 1, "step_down": 2}.get(key, 0))
    assert len(kept(home, key)) == 3
    week = key == "step_down"
    odd = [{"monday": {"odd": 1}}, {"monday": "?"}] if week else [{"odd": 1}, {"value": "?"}]
    left = [{k: v for k, v in doc.items() if k != "id"} for doc in kept(home, key)[1:]]
    assert sorted(left, key=str) == sorted(odd, key=str)
    by_hand(home, **{key: "?"})
    run(*ADDS[key], notes=1 if key in ("races", "step_down") else 0)
    [last] = kept(home, key)[1:]
    assert {k: v for k, v in last.items() if k != "id"} == odd[1]


@pytest.mark.parametrize(("key", "command"), [("races", "race"), ("away", "away")])
def test_a_list_tells_of_what_makes_no_sense(run: Run, home: Path, key: str, command: str) -> None:
    by_hand(home, **{key: [{"day": "x", "first": "\x1b"}]})
    assert "\x1b" not in run(command, "list", notes=1)


def test_a_name_cannot_act_on_the_terminal(run: Run) -> None:
    assert "\x1b" not in run("race", "add", "2026-12-20", "a\x1b[31mb")
    assert "\x1b" not in run("race", "list")
    assert "\x1b" not in run("race", "remove", "none\x1b", code=1)


@pytest.mark.parametrize("key", ADDS)
def test_while_another_instance_writes_nothing_is_kept(run: Run, home: Path, key: str) -> None:
    other = WriterLock(Paths(home))
    assert other.acquire()
    try:
        assert "open" in run(*ADDS[key], code=1)
    finally:
        other.release()
    assert not (home / "profile.json").exists()
