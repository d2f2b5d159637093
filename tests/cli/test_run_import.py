"""``run import`` of whole archives and folders: what comes in, what is named, what is said."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.formats.runfiles import HEAD_2025, activity, gpx, strava, tcx
from tests.formats.zips import zipped
from tui.cli import main
from tui.store.paths import Paths
from tui.store.profile import ProfileStore

TODAY = "2026-11-29"


class Said(NamedTuple):
    """What a command printed, and how it ended."""

    code: int
    out: list[str]
    err: list[str]


Run = Callable[..., Said]


@pytest.fixture(autouse=True)
def utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A computer at Greenwich."""
    with monkeypatch.context() as patch:
        patch.setitem(os.environ, "TZ", "UTC")
        time.tzset()
        yield
    time.tzset()


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs ``run import`` on an empty log."""

    def run(*args: str | Path) -> Said:
        home = ["--data-dir", str(tmp_path / "home"), "--today", TODAY]
        code = main(["run", "import", *map(str, args), *home])
        said = capsys.readouterr()
        return Said(code, said.out.splitlines(), said.err.splitlines())

    return run


@pytest.fixture
def kept(tmp_path: Path) -> Callable[[], list[Any]]:
    """Reads the runs of the log, by day."""

    def kept() -> list[Any]:
        store = ProfileStore(Paths(tmp_path / "home"), writable=False)
        return sorted(store.documents("runs").values(), key=lambda doc: str(doc["day"]))

    return kept


Kept = Callable[[], list[Any]]


def a_run(day: int, *, sport: str = "running", month: int = 11, year: int = 2026) -> str:
    """Ten minutes of running."""
    at = f"{year}-{month:02}-{day:02}"
    points = ((47.0, 400, f"{at}T06:00:00Z"), (47.02, 400, f"{at}T06:10:00Z"))
    return gpx(*points, sport=sport, name=f"Day {day}")


def listed(when: str, file: str, sport: str = "Run") -> list[str]:
    row = activity(HEAD_2025, when, sport=sport)
    row[HEAD_2025.index("Filename")] = file
    return row


ARCHIVE: dict[str, bytes | str] = {
    "activities/1.gpx": a_run(3),
    "activities/2.tcx": tcx(("2026-11-04T06:00:00Z", "600", "2000")),
    "activities/3.gpx": "damaged, and never read, as the list has it",
    # Strava's list lacks it.
    "activities/4.gpx": a_run(6),
    "activities.csv": strava(
        HEAD_2025,
        listed("Nov 3, 2026, 6:00:00 AM", "activities/1.gpx"),
        listed("Nov 4, 2026, 6:00:00 AM", "activities/2.tcx"),
        listed("Nov 5, 2026, 6:00:00 AM", "activities/3.gpx", "Ride"),
    ),
    "routes/1.gpx": gpx((47.0, 1, ""), (47.1, 1, "")),
    "profile.csv": "Athlete ID\n1\n",
    "media/1.jpg": b"1",
}


@pytest.fixture(params=["zip", "folder"])
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A whole archive of Strava's, packed or unpacked."""
    path = tmp_path / "export"
    if request.param == "zip":
        path.write_bytes(zipped(ARCHIVE))
        return path
    for name, data in ARCHIVE.items():
        file = path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def test_of_a_whole_archive_each_run_comes_in_once(run: Run, archive: Path, kept: Kept) -> None:
    said = run(archive)
    assert said == Said(
        0,
        [
            "3 runs imported; 0 already there; 1 activity was not a run",
            "3 files passed over: hidden, or nothing to import by name",
        ],
        [],
    )
    # From the list: there it has a climb.
    assert [(doc["day"], doc.get("climb_m")) for doc in kept()] == [
        ("2026-11-03", 88), ("2026-11-04", 88), ("2026-11-06", None)
    ]  # fmt: skip
    assert run(archive).out[0].startswith("0 runs imported; 3 already there; ")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of good runs, one damaged and one still to come."""
    path = tmp_path / "runs"
    path.mkdir()
    files = {"a": a_run(3), "b": "<gpx>", "c": a_run(30), "d": a_run(14, month=4, year=2007)}
    for name, text in files.items():
        (path / f"{name}.gpx").write_text(text, encoding="utf-8")
    return path


def test_all_come_in_or_none(run: Run, folder: Path, kept: Kept) -> None:
    said = run(folder)
    assert (said.code, said.out) == (1, [])
    [line] = said.err
    assert f"{folder}/b.gpx: " in line
    assert line.endswith("Nothing was imported; --keep-going imports the rest")
    assert kept() == []
    [alone] = run(folder / "b.gpx").err
    assert alone.endswith("Nothing was imported")


def test_to_keep_going_each_bad_file_is_named_and_the_others_come_in(
    run: Run, folder: Path, kept: Kept
) -> None:
    said = run(folder, folder / "none", "--keep-going")
    assert said.code == 1
    assert said.out == ["2 runs imported; 0 already there; 0 activities were not runs"]
    note, *left_out = said.err
    assert note.startswith(f"stridelift: note: {folder}/d.gpx: 1 run of 2007-04-14")
    assert [line.partition("runs/")[2].partition(" is ")[0] for line in left_out] == [
        "none", "b.gpx: line 1:", "c.gpx: track 1: the run of 2026-11-30 at 06:00"
    ]  # fmt: skip
    assert all(line.startswith("stridelift: note: left out: ") for line in left_out)
    assert [doc["day"] for doc in kept()] == ["2007-04-14", "2026-11-03"]


def test_a_bad_line_of_a_list_is_named_and_the_others_come_in(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "activities.csv"
    rows = [listed("Nov 3, 2026, 6:00:00 AM", "a"), listed("yesterday", "b")]
    path.write_text(strava(HEAD_2025, *rows), encoding="utf-8")
    assert run(path).err[0].endswith("; --keep-going imports the rest")
    said = run(path, "--keep-going", "--json")
    assert said.code == 1
    found = json.loads("\n".join(said.out))
    assert (found["imported"], len(found["refused"])) == (1, 1)
    assert f"{path}: line 3: Activity Date must be" in found["refused"][0]


def test_sports_that_are_not_known_are_named(run: Run, tmp_path: Path) -> None:
    for day in range(1, 9):
        (tmp_path / f"{day}.gpx").write_text(a_run(day, sport="Laufsport"), encoding="utf-8")
    one = run(tmp_path / "1.gpx").out
    assert one[1:] == ["1 activity of a sport we do not know: Day 1 (Laufsport)"]
    many = run(tmp_path).out
    assert many[1] == (
        "8 activities of sports we do not know: Day 1 (Laufsport), Day 2 (Laufsport), "
        "Day 3 (Laufsport), Day 4 (Laufsport), Day 5 (Laufsport), Day 6 (Laufsport) and 2 more"
    )
    found = json.loads("\n".join(run(tmp_path, "--json").out))
    assert (found["no_run"], len(found["unknown"])) == (8, 8)


def test_many_notes_are_cut_short(run: Run, tmp_path: Path) -> None:
    for day in range(1, 15):
        (tmp_path / f"{day}.gpx").write_text(a_run(day, year=2007), encoding="utf-8")
    said = run(tmp_path, "--dry-run")
    assert said.code == 0
    assert len(said.err) == 11
    assert said.err[-1] == "stridelift: note: 4 more notes; --json has them all"
    assert len(json.loads("\n".join(run(tmp_path, "--dry-run", "--json").out))["notes"]) == 14


def test_keep_going_is_of_the_import_alone(tmp_path: Path) -> None:
    assert main(["run", "list", "--keep-going", "--data-dir", str(tmp_path)]) == 2
