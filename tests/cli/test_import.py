"""``import`` as it is typed: what it asks, what it is told, and what it says."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from tui.bootstrap import open_logbook

Run = Callable[..., tuple[int, str, str]]
HEAD = "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes\n"
LEGS = '2026-03-02 18:05:00,"Legs",40m,'
LOG = (
    HEAD
    + f"{LEGS}Squat (Barbell),W,40,8,0,0,\n"
    + f"{LEGS}Squat (Barbell),1,60,8,0,0,\n"
    + f"{LEGS}Squat (Barbell),Rest Timer,0,0,0,90,\n"
    + f"{LEGS}Back Skuat,1,60,6,0,0,\n"
    + f"{LEGS}Leg Thing (Each Side),1,20,10,0,0,\n"
    + f"{LEGS}Plank,1,0,0,0,45,\n"
    + f"{LEGS}Treadmill,1,0,0,5,1800,\n"
    + f"{LEGS}Cycling,1,0,0,5,1800,\n"
)


@pytest.fixture
def log(tmp_path: Path) -> str:
    """The path of a log without a unit, with names to be asked about and a run."""
    path = tmp_path / "strong.csv"
    path.write_text(LOG, "utf-8")
    return str(path)


@pytest.fixture
def mapped(tmp_path: Path) -> Callable[[str], str]:
    """Writes a file of what names mean; gives its path."""

    def mapped(text: str) -> str:
        path = tmp_path / "names.csv"
        path.write_text(text, "utf-8")
        return str(path)

    return mapped


def exercises(home: Path) -> dict[str, list[float | None]]:
    """The loads of the sets in the log, by exercise."""
    book = open_logbook(str(home), None, write=False).read_all()
    found: dict[str, list[float | None]] = {}
    for session in book.reader.sessions():
        for entry in session.live():
            for row in entry.live():
                found.setdefault(entry.exercise, []).append(row.done.load_kg)
    return found


def test_what_it_says(run: Run, log: str) -> None:
    code, out, err = run("import", log, "--unit", "kg")
    assert (code, err) == (0, "")
    assert out.splitlines()[:4] == [
        "Strong: 5 sets in 1 workout, Mon 2026-03-02",
        "In the file: 1 warm-up, 1 hold",
        "Left out: 1 rest, 1 row of other endurance work, 1 run or walk",
        "2 new exercises of your own: Back Skuat; Leg Thing (Each Side)",
    ]
    assert "  Back Skuat (1 set): may be Back Squat (back-squat)" in out.splitlines()
    code, out, _ = run("import", log, "--unit", "kg")
    assert out.splitlines()[:2] == ["Strong: 0 sets in 0 workouts", "5 sets there already"]


def test_what_it_says_of_the_body(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "body.csv"
    path.write_text(
        "Date,Time,Measurement,Value,Unit\n2025-03-01,07:00:00,Bodyweight,70.5,kgs\n", "utf-8"
    )
    assert run("import", str(path)) == (0, "FitNotes: 1 body measurement\n", "")
    assert run("import", str(path)) == (0, "FitNotes: 0 body measurements\n", "")


def test_it_is_taken_back(run: Run, log: str, home: Path) -> None:
    run("import", log, "--unit", "kg", "--runs")
    code, out, err = run("import", "--undo")
    assert (code, err) == (0, "")
    taken, again = out.splitlines()
    assert taken.endswith("is taken back: 5 sides of sets, 1 run, 2 exercises of your own deleted")
    assert again.startswith("The file of another app can come in again")
    assert exercises(home) == {}
    run("import", log, "--unit", "kg", "--runs")
    _, out, _ = run("import", "--undo", "--json")
    assert json.loads(out) == {
        "sides_of_sets": 5,
        "records": 0,
        "runs": 1,
        "exercises": 2,
        "earlier": 0,
        "stayed": 0,
    }
    code, _, err = run("import", "--undo")
    assert code == 1
    assert err == (
        "stridelift: there is no import left to undo; delete in History what should go\n"
    )


def test_a_dry_run(run: Run, log: str, home: Path) -> None:
    code, out, err = run("import", log, "--unit", "kg", "--dry-run")
    assert (code, err) == (0, "")
    assert out.startswith("Strong: 5 sets in 1 workout")
    assert "Nothing has been imported yet" in out
    assert not (home / "log").exists()
    assert not (home / "library.json").exists()


def test_counts(run: Run, log: str) -> None:
    _, out, _ = run("import", log, "--unit", "lb", "--runs", "--json")
    assert json.loads(out) == {
        "imported": 5,
        "duplicate": 0,
        "odd": 0,
        "rest": 1,
        "refused": [],
        "passed_over": 0,
        "app": "Strong",
        "workouts": 1,
        "differ": 0,
        "elsewhere": 0,
        "elsewhere_days": [],
        "rows": 8,
        "skipped": 0,
        "empty": 0,
        "work": 4,
        "warmup": 1,
        "drop": 0,
        "failure": 0,
        "holds": 1,
        "assisted": 0,
        "endurance": 1,
        "left_out": 0,
        "metrics": 0,
        "runs_offered": 1,
        "runs_imported": 1,
        "new_exercises": ["back-skuat", "leg-thing-each-side"],
        "ask": [
            {"name": "Back Skuat", "sets": 1, "near": ["back-squat"], "each_side": False},
            {"name": "Leg Thing (Each Side)", "sets": 1, "near": [], "each_side": True},
        ],
    }


# --- names ----------------------------------------------------------------------------------------


def test_names_are_said_in_every_form(
    run: Run, log: str, home: Path, mapped: Callable[[str], str]
) -> None:
    names = mapped(
        "Back Skuat, back squat\n"
        "\n"
        "Leg Thing (Each Side),goblet-squat,2\r\n"
        '"Squat (Barbell)",-\n'
        "Plank,new hold\n"
        "Cycling , new\n"
        "Nobody knows this one,back-squat\n"
    )
    code, out, err = run("import", log, "--unit", "kg", "--map", names)
    assert (code, err) == (0, "")
    assert "Left out: 1 rest, 2 sets of names you leave out, 1 run or walk" in out.splitlines()
    assert "--map" not in out
    assert exercises(home) == {
        "back-squat": [60],
        "goblet-squat": [40],
        "plank-2": [None],
        "cycling": [None],
    }
    own = json.loads((home / "library.json").read_bytes())
    assert [(one["name"], one["kind"]) for one in own["exercises"]] == [
        ("Plank 2", "hold"),
        ("Cycling", "bodyweight"),
    ]
    # All of it is remembered.
    before = exercises(home)
    _, out, _ = run("import", log, "--unit", "kg", "--json")
    got = json.loads(out)
    assert (got["imported"], got["duplicate"], got["left_out"], got["ask"]) == (0, 4, 2, [])
    run("import", log, "--unit", "kg", "--map", names)
    assert exercises(home) == before


def test_the_weight_of_one_side_counts_twice_for_a_new_exercise_too(
    run: Run, log: str, home: Path, mapped: Callable[[str], str]
) -> None:
    names = mapped("Leg Thing (Each Side), new, 2\n")
    for _ in range(2):
        run("import", log, "--unit", "kg", "--map", names)
        assert exercises(home)["leg-thing-each-side"] == [40]
        assert len(json.loads((home / "library.json").read_bytes())["exercises"]) == 2
    # Said otherwise later, it counts from then on.
    later = Path(log)
    later.write_text(later.read_text("utf-8").replace("2026-03-02", "2026-03-09"), "utf-8")
    run("import", log, "--unit", "kg", "--map", mapped("Leg Thing (Each Side), new\n"))
    assert exercises(home)["leg-thing-each-side"] == [40, 20]
    assert len(json.loads((home / "library.json").read_bytes())["exercises"]) == 2


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("Back Skuat,new thing", "line 2: “thing” is no kind of exercise; write one of loaded,"),
        ("Back Skuat,goblet-squat,3", "line 2: the weight counts 1 or 2 times, not “3”"),
        ("Back Skuat,xyzzy", "line 2: "),
        ("Back Skuat,", "line 2: needs the app's name, a comma, and what it means here"),
        ("Back Skuat;back-squat", "line 2: needs the app's name, a comma"),
        (",back-squat", "line 2: needs the app's name, a comma"),
    ],
)
def test_a_name_said_wrongly_is_told(
    run: Run, log: str, home: Path, mapped: Callable[[str], str], line: str, problem: str
) -> None:
    names = mapped(f"Squat (Barbell),back-squat\n{line}\n")
    code, _, err = run("import", log, "--unit", "kg", "--map", names)
    assert code == 1
    [said] = err.splitlines()
    assert said.startswith(f"stridelift: {names}: {problem}")
    assert said.endswith("Nothing was imported")
    assert not (home / "log").exists()


def test_names_that_cannot_be_read(run: Run, log: str, tmp_path: Path) -> None:
    code, _, err = run("import", log, "--map", str(tmp_path / "gone"))
    assert code == 1
    assert len(err.splitlines()) == 1
    assert "is not there" in err
    damaged = tmp_path / "damaged"
    damaged.write_bytes(b'a,"b\n' + b"x" * 200_000)
    code, _, err = run("import", log, "--map", str(damaged))
    assert code == 1
    assert len(err.splitlines()) == 1
    assert "a bug" not in err


# --- refusals -------------------------------------------------------------------------------------


def refusal(run: Run, *args: str) -> str:
    """The one line with which an import is refused."""
    code, out, err = run("import", *args)
    assert (code, out) == (1, "")
    [line] = err.splitlines()
    assert line.startswith("stridelift: ")
    assert "a bug" not in line
    return line.removeprefix("stridelift: ")


def test_a_unit_has_to_be_said(run: Run, log: str) -> None:
    assert refusal(run, log) == (
        f"{log}: the file does not say whether its weights are kg or lb; say which: --unit kg or "
        "--unit lb. Nothing was imported"
    )


def test_a_bad_row_is_named(run: Run, tmp_path: Path, home: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(LOG.replace(",60,8,", ",heavy,8,"), "utf-8")
    assert refusal(run, str(path), "--unit", "kg") == (
        f"{path}: line 3: Weight must be a number, not 'heavy'. Nothing was imported; correct it, "
        "or leave it out with --keep-going"
    )
    code, out, _ = run("import", str(path), "--unit", "kg", "--json")
    assert (code, json.loads(out)["imported"]) == (1, 0)
    assert [(one["line"], one["file"]) for one in json.loads(out)["refused"]] == [(3, str(path))]
    assert not (home / "log").exists()
    code, out, err = run("import", str(path), "--unit", "kg", "--keep-going", "--json")
    assert (code, json.loads(out)["imported"], len(json.loads(out)["refused"])) == (1, 4, 1)
    code, out, err = run("import", str(path), "--unit", "kg", "--keep-going")
    assert code == 1
    assert err == (
        f"stridelift: note: left out: {path}: line 3: Weight must be a number, not 'heavy'\n"
    )


def test_many_bad_rows_are_few_lines(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(HEAD + f"{LEGS}Squat,1,heavy,8,0,0,\n" * 5000, "utf-8")
    line = refusal(run, str(path), "--unit", "kg")
    assert line.count("line ") == 3
    assert "more. Nothing was imported" in line


def test_a_workout_to_come(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "later.csv"
    path.write_text(LOG.replace("2026-03-02", "2027-03-02"), "utf-8")
    assert refusal(run, str(path), "--unit", "kg") == (
        f"{path}: line 2: the workout of 2027-03-02 is still to come; correct its date. "
        "Nothing was imported; correct it, or leave it out with --keep-going"
    )


def test_two_apps_at_once(run: Run, log: str, tmp_path: Path) -> None:
    other = tmp_path / "hevy.csv"
    other.write_text(
        "title,start_time,end_time,exercise_title,set_index,set_type,weight_kg,reps\n"
        'Legs,"3 Mar 2026, 18:05","3 Mar 2026, 18:45",Squat,0,normal,60,8\n',
        "utf-8",
    )
    assert refusal(run, log, str(other)) == (
        f"{other}: is the log of Hevy, not of Strong; import it on its own. Nothing was imported; "
        "correct it, or leave it out with --keep-going"
    )


def test_a_format_that_it_is_not(run: Run, log: str) -> None:
    assert refusal(run, log, "--format", "hevy").startswith(
        f"{log}: line 1: is not the first line of an export in the format hevy"
    )
    for wanted in ("wger", "garmin"):
        assert f"is not in the format {wanted}" in refusal(run, log, "--format", wanted)


def test_a_table_whose_columns_are_named(run: Run, tmp_path: Path, home: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("Tag;Was;Wdh;Last\n2026-03-02;Squat;8;62,5\n", "utf-8")
    line = refusal(run, str(path))
    assert "name its columns: --columns 'date=NAME, exercise=NAME, reps=NAME'" in line
    for wrong in ("date=Nirgends", "date", "=", "x=Tag", "date=Tag, date=Was"):
        assert refusal(run, str(path), "--columns", wrong)
    columns = "date=Tag, exercise=Was, reps=Wdh, weight:kg=Last"
    code, _, err = run("import", str(path), "--columns", columns)
    assert (code, err) == (0, "")
    assert exercises(home) == {"back-squat": [62.5]}
    # They are remembered for such a table.
    path.write_text(path.read_text("utf-8") + "2026-03-03;Squat;8;65\n", "utf-8")
    code, _, err = run("import", str(path))
    assert (code, err) == (0, "")
    assert exercises(home) == {"back-squat": [62.5, 65]}


def test_a_table_of_no_app_in_a_folder_is_named(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "all"
    folder.mkdir()
    (folder / "a.csv").write_text(LOG, "utf-8")
    (folder / "b.csv").write_text("Foo,Bar,Baz\n1,2,3\n", "utf-8")
    assert refusal(run, str(folder), "--unit", "kg").startswith(f"{folder}/b.csv: is a table of no")
    code, out, err = run("import", str(folder), "--unit", "kg", "--keep-going")
    assert code == 1
    assert out.startswith("Strong: 5 sets in 1 workout")
    assert err.startswith(f"stridelift: note: left out: {folder}/b.csv: is a table of no app")


def test_a_pipe_is_read_and_a_fifo_is_not(
    run: Run, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(LOG.encode())))
    code, _, err = run("import", "-", "--unit", "kg")
    assert (code, err) == (0, "")
    assert len(exercises(home)) == 4
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    assert refusal(run, str(fifo)).startswith(f"{fifo} is a pipe or a device, no file")


@pytest.mark.parametrize(
    "data", [b"", b"\n\n", b"\x00" * 99, b"hello", b"[]", b"null", b"PK\x03\x04"]
)
def test_what_is_no_log_is_refused_in_one_line(run: Run, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "nothing"
    path.write_bytes(data)
    line = refusal(run, str(path))
    assert line.startswith(f"{path}: ")
    assert "a file of runs;" not in line
