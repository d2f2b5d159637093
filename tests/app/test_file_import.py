"""The log of another app comes in: once, whole, to be taken back, and with what the runner says."""

from __future__ import annotations

import json
import os
import re
import signal
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.formats.other_apps import test_garmin_fit as garmin
from tests.formats.other_apps.exports import EXPORTS
from tests.formats.runfiles import fit, session, tcx
from tests.formats.test_tcx import LAPS
from tests.ui.driver import Books, shipped
from tui.app.file_import import Brought, NotRead, Request, brought, gather
from tui.app.imports import import_sets
from tui.app.local_time import localised
from tui.app.logbook import Logbook
from tui.app.taking_back import take_back
from tui.domain.model.library.catalog import NameChoice
from tui.domain.model.library.parser import overlay
from tui.domain.model.notation import parse
from tui.domain.model.taking_back import TakenBack
from tui.domain.model.validation import BadDocument
from tui.domain.model.values import Kind, Session, SetEntry
from tui.domain.model.visible import visible
from tui.domain.planning.calendar_codec import RUNS, listed
from tui.formats.other_apps.apps import UnknownColumns
from tui.formats.setlog_reader import parse as parse_lines
from tui.store.errors import StoreError
from tui.store.steps import IMPORT

HEAD = "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes\n"
MONDAY = '2026-03-02 18:05:00,"Legs",40m,'
FRIDAY = '2026-03-06 18:05:00,"Legs",40m,'
FIRST = (
    f"{MONDAY}Squat (Barbell),1,60,8,0,0,\n"
    f"{MONDAY}Squat (Barbell),2,60,7,0,0,\n"
    f"{MONDAY}Hack Squat Deluxe,1,80,10,0,0,\n"
    f"{MONDAY}Treadmill,1,0,0,5,1800,\n"
)
SECOND = f"{FRIDAY}Squat (Barbell),1,62.5,6,0,0,\n"
OLD, NEW = HEAD + FIRST, HEAD + SECOND + FIRST
HACK = "hack-squat-deluxe"


class Given:
    """Files that are named and read already."""

    def __init__(self, *datas: bytes | str) -> None:
        self.passed_over = 0
        self.refused: list[str] = []
        self._datas = [data.encode() if isinstance(data, str) else data for data in datas]

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        return ((f"{n}.csv", data) for n, data in enumerate(self._datas, start=1))


@pytest.fixture
def books(tmp_path: Path) -> Iterator[Books]:
    made = Books(tmp_path / "data")
    yield made
    made.close()


def opened(books: Books, *, write: bool = True) -> Logbook:
    """A logbook as a program opens it that starts now: with the runner's own library."""
    books.library = overlay(shipped(), library(books))[0]
    return books.open(write=write).read_all()


def bring(
    books: Books, *datas: bytes | str, dry_run: bool = False, unit: str = "kg", **request: Any
) -> Brought:
    """Import files as a program does that starts for it."""
    books.clock.forward(60)
    book = opened(books)
    try:
        wanted = Request(unit=unit, **request)
        return brought(book, gather(book, Given(*datas), wanted), wanted, dry_run=dry_run)
    finally:
        book.close()


def came(books: Books, *datas: bytes | str, **request: Any) -> tuple[int, int, int]:
    """How many sets an import brings, how many are there, and workouts from elsewhere."""
    plan = bring(books, *datas, **request).plan
    assert plan is not None
    return plan.sets, plan.duplicate, len(plan.elsewhere)


def back(books: Books) -> TakenBack | None:
    books.clock.forward(60)
    book = opened(books)
    try:
        return take_back(book, IMPORT)
    finally:
        book.close()


def sessions(books: Books) -> list[Session]:
    book = opened(books, write=False)
    return [one for one in map(visible, book.reader.sessions()) if one.live()]


def sets(books: Books) -> list[tuple[str, SetEntry]]:
    return [
        (entry.exercise, row)
        for one in sessions(books)
        for entry in one.live()
        for row in entry.live()
    ]


def reps(books: Books) -> list[int]:
    return sorted(row.done.reps or 0 for _, row in sets(books))


def library(books: Books) -> Any:
    path = books.paths.library
    return json.loads(path.read_text("utf-8")) if path.exists() else {}


def own(books: Books) -> list[str]:
    return [one["id"] for one in library(books).get("exercises", []) if not one.get("deleted")]


def runs(books: Books) -> int:
    book = opened(books, write=False)
    return len(listed(book.profile.store.histories(), RUNS, book.notice))


def files(books: Books) -> dict[str, bytes]:
    """All that is kept of the log: its years, the profile and the library."""
    root = books.paths.root
    kept = [*books.paths.log_dir.glob("*"), *root.glob("*.json")]
    return {str(path.relative_to(root)): path.read_bytes() for path in kept if path.is_file()}


# --- once -----------------------------------------------------------------------------------------


def test_the_same_file_twice_adds_nothing(books: Books) -> None:
    assert came(books, OLD) == (3, 0, 0)
    before = files(books)
    assert came(books, OLD) == (0, 3, 0)
    assert files(books) == before
    assert own(books) == [HACK]


def test_a_later_export_adds_what_is_new(books: Books) -> None:
    came(books, OLD)
    assert came(books, NEW) == (1, 3, 0)
    longer = NEW.replace(SECOND, SECOND + SECOND.replace(",1,62.5,6", ",2,62.5,5"))
    assert came(books, longer) == (1, 4, 0)
    assert reps(books) == [5, 6, 7, 8, 10]
    assert [len(one.live()) for one in sessions(books)] == [2, 1]


def test_numbers_written_otherwise_are_the_same_sets(books: Books) -> None:
    came(books, OLD)
    drifted = OLD.replace(",60,8,0,0,", ",60.0,8.0,0.0,0.0,")
    assert came(books, drifted) == (0, 3, 0)


def test_an_older_and_a_newer_export_together_are_one(books: Books) -> None:
    assert came(books, OLD, NEW) == (4, 0, 0)
    assert reps(books) == [6, 7, 8, 10]


def test_what_the_runner_corrected_and_deleted_stays_so(books: Books) -> None:
    came(books, OLD)
    book = opened(books)
    [session] = book.reader.sessions()
    squat, hack = session.live()
    book.recorder.correct(session, [squat.live()[0]], parse("9 65kg", Kind.LOADED))
    [session] = book.reader.sessions()
    book.recorder.delete_set(session, hack.live())
    book.close()
    assert came(books, NEW) == (1, 3, 0)
    assert reps(books) == [6, 7, 9]


def test_a_workout_that_the_runner_deleted_stays_deleted(books: Books) -> None:
    came(books, OLD)
    book = opened(books)
    book.recorder.delete(book.reader.sessions()[0])
    book.close()
    assert came(books, NEW) == (1, 3, 0)
    assert reps(books) == [6]


def test_a_workout_that_the_log_has_from_elsewhere_is_left_out(books: Books) -> None:
    hevy = (
        "title,start_time,end_time,exercise_title,set_index,set_type,weight_kg,reps\n"
        'Legs,"2 Mar 2026, 18:05","2 Mar 2026, 18:45",Squat (Barbell),0,normal,60,8\n'
        'Legs,"3 Mar 2026, 18:05","3 Mar 2026, 18:45",Squat (Barbell),0,normal,60,3\n'
    )
    came(books, OLD)
    assert came(books, hevy) == (1, 0, 1)
    assert reps(books) == [3, 7, 8, 10]
    assert came(books, hevy) == (0, 1, 1)


def test_a_day_is_no_time_at_which_something_else_may_be_there(books: Books) -> None:
    notes = "Date,Exercise,Category,Weight,Weight Unit,Reps\n2026-03-02,Squat,Legs,60,kgs,5\n"
    came(books, OLD)
    assert came(books, notes) == (1, 0, 0)


# --- taken back -----------------------------------------------------------------------------------


def test_an_import_is_taken_back_and_comes_again(books: Books) -> None:
    for _ in range(3):
        assert came(books, OLD, with_runs=True) == (3, 0, 0)
        assert (reps(books), own(books), runs(books)) == ([7, 8, 10], [HACK], 1)
        assert came(books, OLD, with_runs=True) == (0, 3, 0)
        found = back(books)
        assert found is not None
        assert (len(found.rows), found.runs, found.exercises) == (3, 1, 1)
        assert (reps(books), own(books), runs(books)) == ([], [], 0)
    assert back(books) is None


def test_names_that_were_said_are_taken_back(books: Books) -> None:
    said = {"Hack Squat Deluxe": NameChoice(exercise="goblet-squat")}
    came(books, OLD, names=said)
    assert set(library(books)["names"]) == set(said)
    back(books)
    assert [name for name, one in library(books)["names"].items() if not one.get("deleted")] == []
    came(books, OLD)
    assert own(books) == [HACK]
    assert exercises(books) == {"back-squat", HACK}
    # And so does a set that a later export has of it.
    came(books, OLD.replace("80,10,0,0,\n", f"80,10,0,0,\n{MONDAY}Hack Squat Deluxe,2,80,9,0,0,\n"))
    assert [exercise for exercise, row in sets(books) if row.done.load_kg == 80] == [HACK, HACK]


def test_what_was_taken_back_comes_again_beside_what_the_runner_added(books: Books) -> None:
    came(books, OLD)
    book = opened(books)
    [session] = book.reader.sessions()
    squat = book.profile.library.exercises["back-squat"]
    book.recorder.add(session, squat, parse("1x4 90kg", Kind.LOADED))
    book.close()
    back(books)
    assert reps(books) == [4]
    assert came(books, OLD) == (3, 0, 0)
    assert reps(books) == [4, 7, 8, 10]


def test_only_the_last_import_is_taken_back(books: Books) -> None:
    came(books, OLD)
    came(books, NEW)
    back(books)
    assert (reps(books), own(books)) == ([7, 8, 10], [HACK])
    back(books)
    assert (reps(books), own(books)) == ([], [])


def test_body_measurements_are_taken_back_and_come_again(books: Books) -> None:
    body = EXPORTS["fitnotes, the body"].data

    def there() -> int:
        return len(opened(books, write=False).reader.records())

    for _ in range(3):
        bring(books, body)
        assert there() == 3
        bring(books, body)
        assert there() == 3
        back(books)
        assert there() == 0


def test_an_exercise_that_is_in_use_since_stays(books: Books) -> None:
    came(books, OLD)
    book = opened(books)
    exercise = book.profile.library.exercises[HACK]
    book.recorder.log(exercise, parse("1x4 90kg", Kind.LOADED), books.clock())
    book.close()
    back(books)
    assert (reps(books), own(books)) == ([4], [HACK])


# --- nothing or all -------------------------------------------------------------------------------


def test_a_dry_run_writes_nothing(books: Books) -> None:
    before = files(books)
    assert came(books, OLD, dry_run=True, with_runs=True) == (3, 0, 0)
    assert files(books) == before
    assert back(books) is None


def test_a_unit_that_nobody_said_is_asked_for(books: Books) -> None:
    before = files(books)
    with pytest.raises(BadDocument, match="--unit kg or --unit lb"):
        bring(books, OLD, unit="")
    assert files(books) == before
    unloaded = HEAD + f"{MONDAY}Push Up,1,0,8,0,0,\n"
    assert came(books, unloaded, unit="") == (1, 0, 0)


def test_a_bad_row_refuses_all_unless_the_runner_goes_on(books: Books) -> None:
    bad = OLD.replace(",60,7,", ",60,many,")
    before = files(books)
    with pytest.raises(NotRead) as refused:
        bring(books, bad)
    assert [(one.file, one.line) for one in refused.value.refused] == [("1.csv", 3)]
    assert files(books) == before
    found = bring(books, bad, keep_going=True)
    assert [str(one) for one in found.refused] == [
        "1.csv: line 3: Reps must be a number, not 'many'"
    ]
    assert reps(books) == [8, 10]
    # Mended, the file adds what was missing.
    assert came(books, OLD)[0] == 1
    assert reps(books) == [7, 8, 10]


def test_the_logs_of_two_apps_come_one_after_the_other(books: Books) -> None:
    before = files(books)
    with pytest.raises(BadDocument, match="is the log of Hevy, not of Strong"):
        bring(books, OLD, EXPORTS["hevy in kilograms"].data)
    assert files(books) == before


def test_a_workout_of_the_future_is_refused(books: Books) -> None:
    before = files(books)
    with pytest.raises(BadDocument, match=r"line 2: the workout of 2046-03-02 is still to come"):
        bring(books, OLD.replace("2026-03-02", "2046-03-02"))
    assert files(books) == before
    _, *rows = OLD.replace("2026-03-02", "2046-03-02").splitlines(keepends=True)
    some = came(books, "".join([OLD.rstrip() + "\n", *rows]), keep_going=True)
    assert some[0] > 0
    assert came(books, OLD) == (0, some[0], 0)


def test_what_is_interrupted_before_the_log_is_written_leaves_nothing(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    strange = re.sub(r"Squat[^,\n]*", "Skull Thing", OLD)

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("tui.store.repository.Repository.put_many", interrupted)
        with pytest.raises(KeyboardInterrupt):
            bring(books, strange)
    book = opened(books)
    assert "skull-thing" not in book.profile.library.exercises
    assert book.reader.everything() == ([], [])
    book.close()
    assert came(books, strange)[0] > 0


def test_a_table_of_no_known_app_asks_for_its_columns(books: Books) -> None:
    table = "Foo,Bar,Baz\n2026-03-02,Squat,8\n"
    with pytest.raises(UnknownColumns) as asked:
        bring(books, OLD, table)
    assert (asked.value.header, asked.value.file) == (("Foo", "Bar", "Baz"), "2.csv")
    found = bring(books, OLD, table, keep_going=True)
    assert [one.file for one in found.refused] == ["2.csv"]
    assert reps(books) == [7, 8, 10]
    assert came(books, table, columns="date=foo, exercise=bar, reps=baz") == (1, 0, 0)


def test_more_names_than_a_library_takes_are_refused(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.app.other_logs.MOST_ENTRIES", 20)
    rows = "".join(f"{MONDAY}Machine number {n},1,20,5,0,0,\n" for n in range(21))
    with pytest.raises(BadDocument, match="21 exercises that are new"):
        bring(books, HEAD + rows)
    assert not own(books)


def test_a_folder_with_a_watch_and_runs(books: Books) -> None:
    books.clock.forward(30 * 24 * 3600)
    strength = fit(garmin.done(0, reps=8, weight=1000), session(garmin.AT, garmin.TRAINING))
    run = fit(session(garmin.AT - timedelta(days=1)))
    found = bring(books, strength, tcx(*LAPS), run, "line of nothing\n", keep_going=True)
    assert found.plan is not None
    assert found.runs is not None
    assert (found.plan.log.app, found.plan.sets, found.runs.imported) == ("Garmin", 1, 2)
    assert [one.file for one in found.refused] == ["4.csv"]
    taken = back(books)
    assert taken is not None
    assert (len(taken.rows), taken.runs) == (1, 2)


def test_a_set_log_beside_another_apps_log_is_one_import(books: Books) -> None:
    line = {"date": "2026-03-09", "exercise": "plank", "set": 1, "hold_s": 30}
    found = bring(books, OLD, json.dumps(line))
    assert found.plan is not None
    assert (found.imported, found.plan.sets) == (1, 3)
    back(books)
    assert reps(books) == []


def test_a_disk_that_refuses_leaves_a_log_that_takes_the_import_later(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise StoreError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr("tui.store.repository.Repository.put_many", refuse)
        with pytest.raises(StoreError):
            bring(books, OLD)
    assert reps(books) == []
    assert came(books, OLD) == (3, 0, 0)
    assert own(books) == [HACK]


def test_killed_between_the_library_and_the_log(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    child = os.fork()
    if child == 0:
        monkeypatch.setattr("tui.store.repository.Repository.put_many", die)
        try:
            bring(books, OLD)
        finally:
            os._exit(1)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    assert (own(books), reps(books)) == ([HACK], [])
    assert came(books, OLD) == (3, 0, 0)
    assert (own(books), reps(books)) == ([HACK], [7, 8, 10])
    back(books)
    assert reps(books) == []


# --- what the runner says -------------------------------------------------------------------------


def exercises(books: Books) -> set[str]:
    return {exercise for exercise, _ in sets(books)}


def test_what_is_said_of_a_name_is_remembered(books: Books) -> None:
    said = {
        "Hack Squat Deluxe": NameChoice(exercise="goblet-squat", weights=2),
        "Squat (Barbell)": NameChoice(),
    }
    plan = bring(books, OLD, names=said).plan
    assert plan is not None
    assert (plan.sets, plan.counts["left_out"]) == (1, 2)
    [(exercise, row)] = sets(books)
    assert (exercise, row.done.load_kg) == ("goblet-squat", 160)
    plan = bring(books, NEW).plan
    assert plan is not None
    assert (plan.sets, plan.duplicate, plan.counts["left_out"]) == (0, 1, 3)


def test_a_name_that_was_left_out_may_come_in_later(books: Books) -> None:
    bring(books, OLD, names={"Squat (Barbell)": NameChoice()})
    assert exercises(books) == {HACK}
    bring(books, OLD, new={"Squat (Barbell)": None})
    assert exercises(books) == {HACK, "squat-barbell"}


def test_a_new_exercise_is_new_once(books: Books) -> None:
    said: dict[str, Kind | None] = {"Squat (Barbell)": Kind.HOLD}
    for there in (OLD, OLD, NEW):
        bring(books, there, new=said)
    assert own(books) == ["squat-barbell", HACK]
    assert library(books)["exercises"][0]["kind"] == "hold"
    assert exercises(books) == {"squat-barbell", HACK}
    # It is remembered, too.
    third = NEW.replace("2026-03-06", "2026-03-09")
    assert came(books, third) == (1, 3, 0)
    assert exercises(books) == {"squat-barbell", HACK}


def test_a_run_may_be_an_exercise(books: Books) -> None:
    bring(books, OLD, new={"Treadmill": None})
    assert "treadmill" in exercises(books)


def test_a_choice_whose_exercise_is_gone_is_no_choice(books: Books) -> None:
    came(books, OLD, names={"Squat (Barbell)": NameChoice(exercise="goblet-squat")})
    doc = library(books)
    doc["names"]["Squat (Barbell)"]["exercise"] = "no-longer-here"
    books.paths.library.write_text(json.dumps(doc), "utf-8")
    came(books, NEW)
    assert "back-squat" in exercises(books)


def test_names_that_are_near_or_may_be_of_one_side_are_asked_about(books: Books) -> None:
    rows = (
        f"{MONDAY}Back Skuat,1,60,8,0,0,\n"
        f"{MONDAY}Leg Thing (Each Side),1,20,8,0,0,\n"
        f"{MONDAY}Arm Thing (Each Side),1,0,8,0,0,\n"
    )
    book = opened(books)
    request = Request(unit="kg")
    there = gather(book, Given(HEAD + rows), request).log
    book.close()
    assert there is not None
    assert [(one.name, one.each_side) for one in there.open_names] == [
        ("Back Skuat", False),
        ("Leg Thing (Each Side)", True),
    ]
    assert there.open_names[0].match.near == ("back-squat",)
    # What is not answered becomes an exercise of its own.
    bring(books, HEAD + rows)
    assert len(own(books)) == 3


def test_new_exercises_are_of_the_kind_that_they_look_like(books: Books) -> None:
    rows = (
        f"{MONDAY}Thing Hold,1,0,0,0,30,\n"
        f"{MONDAY}Skull Thing,1,20,8,0,0,\n"
        f"{MONDAY}Thing Up (Assisted),1,20,8,0,0,\n"
        f"{MONDAY}Thing Jump,1,0,8,0,0,\n"
        f"{MONDAY}\x1b[31mRed\x07 Thing,1,0,8,0,0,\n"
    )
    came(books, HEAD + rows)
    assert [(one["name"], one["kind"]) for one in library(books)["exercises"]] == [
        ("Thing Hold", "hold"),
        ("Skull Thing", "loaded"),
        ("Thing Up (Assisted)", "bodyweight"),
        ("Thing Jump", "plyometric"),
        ("·[31mRed· Thing", "bodyweight"),
    ]


# --- what else is in a log ------------------------------------------------------------------------


def test_runs_come_only_if_asked_for(books: Books) -> None:
    plan = bring(books, OLD).plan
    assert plan is not None
    assert (plan.offered, len(plan.runs), runs(books)) == (1, 0, 0)
    plan = bring(books, OLD, with_runs=True).plan
    assert plan is not None
    assert (len(plan.runs), runs(books)) == (1, 1)
    book = opened(books, write=False)
    [run] = listed(book.profile.store.histories(), RUNS, book.notice)
    assert (run.name, run.distance_m, run.duration_s) == ("Treadmill", 5000, 1800)
    plan = bring(books, OLD, with_runs=True).plan
    assert plan is not None
    assert (len(plan.runs), runs(books)) == (0, 1)


def test_runs_of_one_workout_follow_each_other(books: Books) -> None:
    rows = f"{MONDAY}Running,1,0,0,3,1200,\n{MONDAY}Walking,1,0,0,0,600,\n"
    for there in (3, 0):
        plan = bring(books, OLD + rows, with_runs=True).plan
        assert plan is not None
        assert (plan.offered, len(plan.runs), runs(books)) == (3, there, 3)
    book = opened(books, write=False)
    every = listed(book.profile.store.histories(), RUNS, book.notice)
    assert [(run.name, f"{run.start:%H:%M}") for run in every] == [
        ("Treadmill", "18:05"),
        ("Running", "18:35"),
        ("Walking", "18:55"),
    ]


def test_runs_of_a_day_alone(books: Books) -> None:
    head = "Date,Exercise,Category,Weight,Weight Unit,Reps,Distance,Distance Unit,Time\n"
    rows = "".join(
        f"2026-10-{day:02d},{name},Cardio,,,,{far},km,0:20:00\n"
        for day in (1, 2)
        for name, far in (("Running (Treadmill)", 5), ("Running (Outdoor)", 3), ("Walking", 2))
    )
    for there in (6, 0):
        plan = bring(books, head + rows, with_runs=True).plan
        assert plan is not None
        assert (plan.offered, len(plan.runs), runs(books)) == (6, there, 6)
    found = back(books)
    assert found is not None
    assert (found.runs, runs(books)) == (6, 0)


def test_times_are_those_of_the_wall_clock(books: Books) -> None:
    came(books, OLD)
    [session] = sessions(books)
    assert session.started == localised(datetime(2026, 3, 2, 18, 5))  # noqa: DTZ001  local
    assert session.finished == session.started + timedelta(minutes=40)
    assert session.note == "Legs"


def test_what_looks_like_a_typing_error_is_counted(books: Books) -> None:
    days = [f"2026-02-{day:02d} 18:05:00" for day in range(1, 13, 2)]
    rows = "".join(f"{day},Legs,40m,Squat (Barbell),1,60,8,0,0,\n" for day in days)
    assert bring(books, HEAD + rows).odd == 0
    assert bring(books, OLD.replace(",60,8,", ",600,8,")).odd == 1


def test_our_own_lines_are_read_as_before(books: Books) -> None:
    lines: Sequence[dict[str, object]] = [
        {"date": "2026-03-09", "exercise": "plank", "set": 1, "hold_s": 30}
    ]
    book = opened(books)
    text = [json.dumps(line).encode() + b"\n" for line in lines]
    import_sets(book, parse_lines(iter(text), book.profile.library, localised), dry_run=False)
    book.close()
    found = bring(books, text[0])
    assert (found.plan, found.imported, found.duplicate) == (None, 0, 1)
