"""What each command prints with --json is of the type that docs/json.md gives it."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.json_types import Types
from tui.app.demo_log import calendar, settings, year_of_training
from tui.bootstrap import open_logbook
from tui.cli import main
from tui.cli.outline import outlines
from tui.domain.session.actions import Log

PAGE = (Path(__file__).parents[2] / "docs" / "json.md").read_text(encoding="utf-8")
TYPES = Types(PAGE)
# The type of what a command prints, by the command as it is written in the table.
PRINTED = dict(re.findall(r"^\| `([^`]+)`[^|]* \| `([^`]+)`", PAGE, re.MULTILINE))
TODAY = "2026-11-29"
APP_LOG = """\
Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,RPE
2026-11-02 18:00:00,"Legs",1h,"Squat (Barbell)",1,60,5,0,0,"",8
2026-11-02 18:00:00,"Legs",1h,"Squat (Barbell)",2,60,5,0,0,"",
2026-11-02 18:00:00,"Legs",1h,"Tyre Flip",1,10,12,0,0,"hard",
2026-11-04 18:00:00,"Hold",30m,"Plank",1,0,0,0,60,"",
"""
SET_LOG = """\
{"exercise":"plank","date":"2026-11-03","set":1,"hold_s":60}
{"exercise":"plank","date":"2026-11-03","set":99999}
"""
RUN = """\
<gpx version="1.1" creator="test" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>
<trkpt lat="47.0" lon="8.0"><time>2026-11-20T07:00:00Z</time></trkpt>
<trkpt lat="47.01" lon="8.0"><time>2026-11-20T07:06:00Z</time></trkpt>
</trkseg></trk></gpx>
"""
# What is typed for each command of the table: all of it has to fit.
TYPED = {
    "today": ["today"],
    "next EXERCISE": ["next back-squat", "next plank", "next box-jump"],
    "next --all": ["next --all"],
    "week": ["week", "week --of 2026-12-22"],
    "history": ["history"],
    "history EXERCISE": ["history back-squat"],
    "review": ["review"],
    "review EXERCISE": ["review back-squat", "review glute-sling"],
    "review --week": ["review --week"],
    "session list": ["session list", "session list --deleted"],
    "metric list": ["metric list"],
    "metric list METRIC": ["metric list single-leg-heel"],
    "race list": ["race list"],
    "run list": ["run list"],
    "away list": ["away list"],
    "step-down list": ["step-down list"],
    "config list": ["config list"],
    "config get KEY": ["config get max.back-squat", "config get terrain"],
    "locate": ["locate"],
}
# What comes in and goes out, and whether all is well.
IN_AND_OUT = {
    "backup": ["backup {folder}/backup.zip"],
    "backup list": ["backup list"],
    "restore": ["restore"],
    "restore FILE": ["restore {folder}/backup.zip --preview"],
    "run import": ["run import {folder}/run.gpx --dry-run"],
    "import": [
        "import {folder}/app.csv --unit kg --dry-run",
        "import {folder}/sets.jsonl --dry-run --keep-going",
        "import {folder}/sets.jsonl",
        "import {folder}/run.gpx --dry-run",
    ],
    "merge": ["merge {folder}/other --dry-run"],
    "sync status": ["sync status"],
    "doctor": ["doctor"],
}
# Those that say the same of every log.
OF_NO_LOG = {
    "routine list": ["routine list"],
    "routine show ROUTINE": ["routine show cool-down", "routine show activation"],
    "library list": ["library list"],
    "library show EXERCISE": ["library show back-squat"],
    "library show PROGRAMME": ["library show blocks", "library show gym-and-snacks"],
    "library check": ["library check"],
    "demo": ["demo"],
}
# What is true of a runner beside the sets.
TOLD = [
    "morning knee 4",
    "metric add single-leg-heel L24 R22",
    "race add 2027-03-01 Ridge",
    "run add tue 07:00 speed",
    "run add 2026-12-05 08:00 long 24km +900m",
    "away add 2026-12-20 2026-12-27 --with band",
    "step-down add 2026-12-14",
    "config set max.back-squat 80x5",
    "config set level advanced",
    "log back-squat 1x5 60kg rir2 pain1",
]

Ask = Callable[[str, Path], str]


def tell(typed: str, home: Path) -> None:
    """Run a command on a log."""
    main([*typed.split(), "--data-dir", str(home), "--today", TODAY])


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    """Runs a command on a log, and gives what it printed."""

    def ask(typed: str, home: Path) -> str:
        capsys.readouterr()
        tell(typed, home)
        return capsys.readouterr().out

    return ask


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the logs demo, imported and other, and files to bring in."""
    folder = tmp_path_factory.mktemp("logs")
    (folder / "app.csv").write_text(APP_LOG)
    (folder / "sets.jsonl").write_text(SET_LOG)
    (folder / "run.gpx").write_text(RUN)
    book = open_logbook(str(folder / "demo"), date.fromisoformat(TODAY), write=True)
    now = book.now()
    sessions = year_of_training(book.profile.library, now.date(), now.tzinfo)
    for key, value in settings().items():
        book.profile.store.set(key, value, sessions[0].day, now)
    for change in calendar(now.date()):
        book.profile.change_calendar(change)
    book.reader.repository.put_many(sessions, [])
    book.close()
    for told in TOLD:
        tell(told, folder / "demo")
    tell(f"import {folder}/app.csv --unit kg", folder / "imported")
    tell("log glute-sling as planned", folder / "other")
    return folder


@pytest.fixture
def folder(tmp_path: Path, prepared: Path) -> Path:
    """A copy of what is prepared; the log empty is not there."""
    return Path(shutil.copytree(prepared, tmp_path / "logs"))


def faults(folder: Path, log: str, asked: dict[str, list[str]], ask: Ask) -> list[str]:
    """What does not fit, over all that is typed."""
    found = []
    for command, every in asked.items():
        for typed in every:
            said = ask(f"{typed.format(folder=folder)} --json", folder / log)
            if not said:
                found.append(f"{typed}: printed nothing")
                continue
            wrong = TYPES.faults(json.loads(said), PRINTED[command])
            found += [f"{typed}: {each}" for each in wrong]
    return found


@pytest.mark.parametrize("log", ["empty", "demo", "imported"])
def test_what_is_printed_of_a_log_is_as_documented(folder: Path, ask: Ask, log: str) -> None:
    assert faults(folder, log, TYPED, ask) == []


def test_what_is_printed_of_files_is_as_documented(folder: Path, ask: Ask) -> None:
    assert faults(folder, "imported", IN_AND_OUT, ask) == []


def test_what_is_printed_of_no_log_is_as_documented(folder: Path, ask: Ask) -> None:
    assert faults(folder, "empty", OF_NO_LOG, ask) == []


def test_a_session_under_way_is_as_documented(folder: Path, ask: Ask) -> None:
    home, day = folder / "demo", date.fromisoformat(TODAY)
    book = open_logbook(str(home), day, write=True)
    live = book.recorder.start(book.planner.next_plan(day))
    book.recorder.do(Log(live.items[0].id))
    said = json.loads(ask("today --json", home))
    book.close()
    assert said["live"]["sets_done"] == 1
    assert any(one["done"] for one in said["exercises"])
    assert TYPES.faults(said, "Today") == []


def test_what_is_restored_mended_and_taken_back_is_as_documented(folder: Path, ask: Ask) -> None:
    home = folder / "imported"
    ask(f"backup {folder}/old.zip", home)
    [newest, _] = json.loads(ask("session list --json", home))["sessions"]
    ask(f"session delete {newest['id']}", home)
    restored = json.loads(ask(f"restore {folder}/old.zip --replace --json", home))
    assert [one["id"] for one in restored["sessions"]] == [newest["id"]]
    assert TYPES.faults(restored, "Restored") == []
    backups = json.loads(ask("backup list --json", home))
    assert backups["backups"]
    assert TYPES.faults(backups, "Backups") == []
    back = json.loads(ask("import --undo --json", home))
    assert back["exercises"] == 1
    assert TYPES.faults(back, "TakenBack") == []
    (home / "log" / "2024.json").write_text("{")
    mended = json.loads(ask("doctor --repair --json", home))
    assert mended["mended"]
    assert TYPES.faults(mended, "Doctor") == []


def test_the_table_has_every_command_that_prints_json() -> None:
    able = {
        one.name
        for one in outlines()
        for option in one.options
        if "--json" in option.names and one.name
    }
    assert {command.split()[0] for command in PRINTED} == able
    assert PRINTED.keys() == {*TYPED, *IN_AND_OUT, *OF_NO_LOG, "import --undo"}


SAMPLE = """
```ts
type One = { day: Day, side?: "left" | "right" } & { marks: Record<string, number>[] }  // said
type Two = { one: One | null, [other: string]: unknown }
```
"""


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ({"day": "2026-11-29", "marks": []}, None),
        ({"day": "2026-11-29", "marks": [{"a": 1}], "side": "left"}, None),
        ({"day": "29 Nov", "marks": []}, "$.day: '29 Nov' is no Day"),
        ({"marks": []}, "$.day: is missing"),
        ({"day": "2026-11-29", "marks": [], "more": 1}, "$.more: is not documented"),
        ({"day": "2026-11-29", "marks": [{"a": True}]}, "$.marks[0].a: True is no number"),
        ({"day": "2026-11-29", "marks": {}}, "$.marks: {} is no list"),
        ([], "$: [] is no object"),
    ],
)
def test_what_is_not_of_its_type_is_seen(value: Any, fault: str | None) -> None:
    types = Types(SAMPLE)
    assert types.faults(value, "One") == ([fault] if fault else [])
    assert types.faults({"one": value, "more": 1}, "Two") == (
        [fault.replace("$", "$.one", 1)] if fault else []
    )


@pytest.mark.parametrize("text", ["type A = ", "type A = {a}", "type A = B C", "a", "type A = 'b'"])
def test_a_type_that_is_not_understood_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"not understood|wanted"):
        Types(f"```ts\n{text}\n```")
