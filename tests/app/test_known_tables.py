"""The columns of tables of no known app are named once, and remembered."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.driver import Books
from tui.app.file_import import Request, brought, gather, known_columns
from tui.app.import_files import Contents
from tui.app.logbook import Logbook
from tui.formats.other_apps.apps import UnknownColumns

HEADER = ("Wann", "Was", "Wieviel", " Wie oft")
NAMED = "date=Wann, exercise=Was, weight:kg=Wieviel, reps=Wie oft"


@pytest.fixture
def book(tmp_path: Path) -> Logbook:
    return Books(tmp_path / "data").open().read_all()


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "mine.csv"
    file.write_text(f"{','.join(HEADER)}\n2026-10-02,Back Squat,60,5\n2026-10-02,Back Squat,62,5\n")
    return file


def files(*paths: Path, keep_going: bool = False) -> Contents:
    return Contents([*map(str, paths)], keep_going=keep_going, logs=True)


def test_a_table_of_no_app_says_what_is_in_it(book: Logbook, table: Path) -> None:
    with pytest.raises(UnknownColumns) as unknown:
        gather(book, files(table), Request())
    assert unknown.value.header == HEADER
    assert unknown.value.first == ("2026-10-02", "Back Squat", "60", "5")
    assert unknown.value.file == str(table)


def test_no_row_is_lost_to_a_look_at_the_first(book: Logbook, table: Path) -> None:
    found = gather(book, files(table), Request(columns=NAMED))
    assert found.log is not None
    assert found.log.log.rows == 2


def test_what_was_named_once_is_known_from_then_on(book: Logbook, table: Path) -> None:
    assert known_columns(book) == ()
    request = Request(tables=[NAMED])
    found = gather(book, files(table), request)
    brought(book, found, request, dry_run=True)
    assert known_columns(book) == ()
    came = brought(book, found, request, dry_run=False)
    assert came.plan is not None
    assert came.plan.sets == 2
    assert known_columns(book) == (NAMED,)


def test_what_is_no_text_in_the_setting_is_passed_over(book: Logbook) -> None:
    book.profile.set("import.columns", [3, "date=d"])
    assert known_columns(book) == ("date=d",)
    book.profile.set("import.columns", 7)
    assert known_columns(book) == ()


def test_dates_that_can_be_read_in_two_ways_are_a_question_of_columns(
    book: Logbook, tmp_path: Path
) -> None:
    file = tmp_path / "log.csv"
    file.write_text("Date,Exercise,Reps\n03/04/2026,Plank,5\n")
    with pytest.raises(UnknownColumns, match="can be read as two dates"):
        gather(book, files(file), Request())
    named = "date:mdy=Date, exercise=Exercise, reps=Reps"
    found = gather(book, files(file), Request(tables=[named]))
    assert found.log is not None
    assert f"{found.log.log.workouts[0].started:%m-%d}" == "03-04"


def test_such_a_table_is_left_out_to_keep_going(book: Logbook, table: Path) -> None:
    other = table.with_name("other.csv")
    other.write_text("Date,Exercise,Reps\n2026-10-02,Plank,5\n")
    found = gather(book, files(table, other, keep_going=True), Request(keep_going=True))
    assert [one.file for one in found.refused] == [str(table)]
    assert found.log is not None
    assert found.log.log.rows == 1
