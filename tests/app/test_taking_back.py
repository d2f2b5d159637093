"""The last ``log`` and the last ``import`` taken back, days later, and in another process."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.store.conftest import Refuse, refuse
from tests.ui.driver import Books
from tui.app.file_import import Request, brought, gather
from tui.app.import_files import Contents
from tui.app.imports import import_sets
from tui.app.local_time import localised
from tui.app.logbook import Logbook
from tui.app.taking_back import take_back
from tui.app.write_access import ReadOnly
from tui.domain.model.notation import parse
from tui.domain.model.taking_back import TakenBack
from tui.domain.model.values import Kind, SetEntry
from tui.formats.setlog_reader import parse as parse_lines
from tui.store.errors import StoreError
from tui.store.steps import IMPORT, KEPT, LOG

__all__ = ["refuse"]


@pytest.fixture
def books(tmp_path: Path) -> Iterator[Books]:
    made = Books(tmp_path / "data")
    yield made
    made.close()


def log(books: Books, reps: int, days: int = 0) -> None:
    book = books.open().read_all()
    books.clock.forward(60)
    squat = book.profile.library.exercises["back-squat"]
    begun = books.clock() - timedelta(days=days)
    try:
        book.recorder.log(squat, parse(f"1x{reps} 60kg", Kind.LOADED), begun)
    finally:
        book.close()


def bring(books: Books, *lines: dict[str, object]) -> None:
    book = books.open().read_all()
    books.clock.forward(60)
    text = [json.dumps(line).encode() + b"\n" for line in lines]
    parsed = parse_lines(iter(text), book.profile.library, localised)
    assert not parsed.problems
    import_sets(book, parsed, dry_run=False)
    book.close()


def back(books: Books, kind: str) -> TakenBack | None:
    book = books.open().read_all()
    books.clock.forward(60)
    found = take_back(book, kind)
    book.close()
    return found


def rows(books: Books) -> list[SetEntry]:
    book = books.open(write=False).read_all()
    return [row for s in book.reader.sessions() for entry in s.live() for row in entry.live()]


def reps(books: Books) -> list[int]:
    return sorted(row.done.reps or 0 for row in rows(books))


def files(books: Books) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in books.paths.log_dir.iterdir()}


def test_logs_are_taken_back_one_after_the_other(books: Books) -> None:
    for number in (1, 2, 3):
        log(books, number, days=400 * (number == 2))
    for left in ([1, 2], [1], []):
        found = back(books, LOG)
        assert found is not None
        assert [row.done.reps for _, _, row in found.rows] == [len(left) + 1]
        assert reps(books) == left
    before = files(books)
    assert back(books, LOG) is None
    assert files(books) == before


def test_what_is_taken_back_is_deleted_in_other_copies_too(books: Books) -> None:
    log(books, 5)
    book = books.open().read_all()
    copied = book.reader.everything()
    book.close()
    back(books, LOG)
    book = books.open().read_all()
    book.reader.repository.put_many(*copied)
    book.close()
    assert reps(books) == []


def test_what_another_machine_put_into_the_session_meanwhile_stays(books: Books) -> None:
    other = Books(books.paths.root.parent / "other")
    other.clock.time -= timedelta(hours=1)
    log(other, 7)
    log(books, 5)
    back(books, LOG)
    theirs, book = other.open(write=False).read_all(), books.open().read_all()
    book.reader.repository.put_many(*theirs.reader.everything())
    book.close()
    assert reps(books) == [7]
    other.close()


def test_what_was_corrected_since_stays_and_is_told(books: Books) -> None:
    log(books, 5)
    log(books, 6)
    book = books.open().read_all()
    [session] = book.reader.sessions()
    row = session.live()[0].live()[1]
    book.recorder.correct(session, [row], parse("9 60kg", Kind.LOADED))
    book.close()
    found = back(books, LOG)
    assert found is not None
    assert (found.rows, found.stayed) == ((), 1)
    assert reps(books) == [5, 9]
    back(books, LOG)
    assert reps(books) == [9]


def test_a_session_that_was_moved_since_keeps_nothing_of_it(books: Books) -> None:
    log(books, 5)
    book = books.open().read_all()
    [session] = book.reader.sessions()
    book.recorder.move(session, session.started - timedelta(days=1))
    book.close()
    found = back(books, LOG)
    assert found is not None
    assert (len(found.rows), found.stayed) == (1, 0)
    assert reps(books) == []


def test_what_was_deleted_since_is_not_told_of_and_stays_deleted(books: Books) -> None:
    log(books, 5)
    book = books.open().read_all()
    [session] = book.reader.sessions()
    book.recorder.delete_set(session, session.live()[0].live())
    book.close()
    before = files(books)
    found = back(books, LOG)
    assert found is not None
    assert (found.rows, found.stayed, bool(found)) == ((), 0, False)
    assert files(books) == before


def test_after_it_the_day_goes_on_in_the_same_session(books: Books) -> None:
    log(books, 5)
    back(books, LOG)
    assert books.open(write=False).read_all().reader.sessions() == []
    log(books, 6)
    assert reps(books) == [6]
    assert len(json.loads(files(books)["2026.json"])["sessions"]) == 1


def test_a_step_that_never_came_into_the_log_is_passed_over(
    books: Books, refuse: Refuse, monkeypatch: pytest.MonkeyPatch
) -> None:
    log(books, 5)
    with monkeypatch.context():
        refuse("open", errno.ENOSPC, f".2026.json.{os.getpid()}.tmp")
        with pytest.raises(StoreError):
            log(books, 6)
        monkeypatch.undo()
    found = back(books, LOG)
    assert found is not None
    assert [row.done.reps for _, _, row in found.rows] == [5]


def test_a_step_that_cannot_be_remembered_is_logged_and_takes_the_others_along(
    books: Books, refuse: Refuse, monkeypatch: pytest.MonkeyPatch
) -> None:
    log(books, 5)
    with monkeypatch.context():
        refuse("open", errno.ENOSPC, f".log-000002.step.{os.getpid()}.tmp")
        log(books, 6)
        monkeypatch.undo()
    assert reps(books) == [5, 6]
    assert back(books, LOG) is None, "5 is not the last that was logged"
    assert reps(books) == [5, 6]


@pytest.mark.parametrize("data", [b"", b"{}", b"[" * 9000, b'["x",[["set"]]]'])
def test_a_damaged_step_is_none(books: Books, data: bytes) -> None:
    log(books, 5)
    for path in books.paths.cache_dir.glob("*.step"):
        path.write_bytes(data)
    assert back(books, LOG) is None
    assert reps(books) == [5]


def test_no_more_are_kept_than_anyone_takes_back(books: Books) -> None:
    for number in range(1, KEPT + 4):
        log(books, number)
    assert len(list(books.paths.cache_dir.glob("log-*.step"))) == KEPT
    assert back(books, LOG) is not None
    assert reps(books) == list(range(1, KEPT + 3))


def test_only_the_writer_takes_back(books: Books) -> None:
    log(books, 5)
    holder = books.open()
    looking = books.open(write=False).read_all()
    with pytest.raises(ReadOnly):
        take_back(looking, LOG)
    assert isinstance(holder, Logbook)


SET: dict[str, object] = {
    "date": "2026-03-01",
    "exercise": "back-squat",
    "set": 1,
    "load_kg": 60,
    "reps": 8,
    "id": "a",
    "session": "s",
    "edited": "2026-03-01T12:00:00+00:00",
}
MORNING: dict[str, object] = {
    "type": "morning",
    "id": "m",
    "date": "2026-03-02",
    "region": "knee",
    "pain": 2,
    "edited": "2026-03-02T12:00:00+00:00",
}


def test_an_import_is_taken_back_and_a_log_beside_it_stays(books: Books) -> None:
    bring(books, SET, MORNING)
    log(books, 5)
    found = back(books, IMPORT)
    assert found is not None
    assert (len(found.rows), found.records, found.earlier, found.stayed) == (1, 1, 0, 0)
    assert reps(books) == [5]
    assert books.open(write=False).reader.records() == []
    assert back(books, IMPORT) is None
    assert back(books, LOG) is not None


def test_what_an_import_changed_is_as_it_was(books: Books) -> None:
    bring(books, SET, MORNING)
    later = {"edited": "2026-03-05T12:00:00+00:00"}
    bring(books, SET | later | {"reps": 9}, MORNING | later | {"pain": 5})
    assert reps(books) == [9]
    found = back(books, IMPORT)
    assert found is not None
    assert (found.rows, found.records, found.earlier) == ((), 0, 2)
    assert reps(books) == [8]
    [morning] = books.open(write=False).reader.records()
    assert morning.values["pain"] == 2
    bring(books, SET | later | {"reps": 9})
    assert reps(books) == [8], "what was taken back is later than what was imported"


def test_what_an_import_deleted_comes_back(books: Books) -> None:
    bring(books, SET)
    bring(books, {"type": "deleted", "id": "s", "edited": "2026-03-05T12:00:00+00:00"})
    assert reps(books) == []
    back(books, IMPORT)
    assert reps(books) == [8]


def test_an_import_that_brought_nothing_is_not_the_last(books: Books) -> None:
    bring(books, SET)
    bring(books, SET)
    back(books, IMPORT)
    assert reps(books) == []


def test_a_session_that_an_import_brought_back_stays_if_something_was_done_in_it_since(
    books: Books,
) -> None:
    bring(books, SET)
    book = books.open().read_all()
    book.recorder.delete(book.reader.sessions()[0])
    book.close()
    back_again: dict[str, object] = {
        "type": "session",
        "id": "s",
        "date": "2026-03-01",
        "note": "back",
    }
    for since in (False, True):
        stamp = (books.clock() + timedelta(minutes=1)).isoformat()
        bring(books, back_again | {"edited": stamp})
        assert reps(books) == [8]
        books.clock.forward(60)
        if since:
            log(books, 5, days=(books.clock().date() - date(2026, 3, 1)).days)
        found = back(books, IMPORT)
        assert found is not None
        assert found.stayed == since
        assert reps(books) == ([5, 8] if since else [])


def test_a_deletion_of_what_was_never_here_is_no_record_that_goes(books: Books) -> None:
    gone: dict[str, object] = {
        "type": "deleted",
        "id": "NEVER",
        "edited": "2026-11-20T10:00:00+01:00",
    }
    bring(books, {"date": "2026-11-20", "exercise": "back-squat", "set": 1, "reps": 5}, gone)
    found = back(books, IMPORT)
    assert found is not None
    assert (len(found.rows), found.records) == (1, 0)


# -- the names of workouts -------------------------------------------------------------------------

WORKOUT = (
    "Date,Workout Name,Exercise Name,Set Order,Weight,Weight Unit,Reps,Distance,Seconds,Notes,"
    "Workout Notes,RPE\n2026-10-05 18:00:00,Legs,Squat (Barbell),1,60,kg,5,0,0,,,\n"
)


def bring_workout(books: Books, tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text(WORKOUT)
    book = books.open().read_all()
    books.clock.forward(60)
    files = Contents([str(tmp_path / "log.csv")], keep_going=False, logs=True)
    brought(book, gather(book, files, Request()), Request(), dry_run=False)
    book.close()


def notes(books: Books) -> list[str]:
    """The notes of all sessions that are shown."""
    return [s.note for s in books.open(write=False).read_all().reader.sessions()]


def test_no_session_is_left_of_a_workout_and_its_name_comes_again(
    books: Books, tmp_path: Path
) -> None:
    for _ in range(3):
        bring_workout(books, tmp_path)
        assert notes(books) == ["Legs"]
        found = back(books, IMPORT)
        assert found is not None
        assert (len(found.rows), found.earlier, found.stayed) == (1, 0, 0)
        assert notes(books) == []


def test_the_name_stays_where_the_runner_has_added_a_set(books: Books, tmp_path: Path) -> None:
    bring_workout(books, tmp_path)
    book = books.open().read_all()
    [session] = book.reader.sessions()
    books.clock.forward(60)
    squat = book.profile.library.exercises["back-squat"]
    book.recorder.add(session, squat, parse("1x4 90kg", Kind.LOADED))
    book.close()
    back(books, IMPORT)
    assert notes(books) == ["Legs"]
    assert [row.done.reps for row in rows(books)] == [4]
