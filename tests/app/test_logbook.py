"""The logbook where things go wrong: a disk that refuses, a writer that died, two at once."""

from __future__ import annotations

import json
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.strategies import TOO_HEAVY, new_id
from tests.ui.driver import Books
from tui import bootstrap
from tui.app.imports import import_sets
from tui.app.logbook import Logbook
from tui.app.write_access import ReadOnly
from tui.domain.calculator.advice import Race
from tui.domain.model.logged import with_sets
from tui.domain.model.notation import parse
from tui.domain.model.validation import BadDocument
from tui.domain.model.values import Kind, Record
from tui.domain.planning.calendar_changes import with_race
from tui.domain.planning.own_programmes import with_programme
from tui.domain.session.actions import Log, Refused, Undo
from tui.formats.setlog_reader import parse as parse_lines
from tui.formats.setlog_writer import render
from tui.store.errors import StoreError
from tui.store.journal import journal_path, pending
from tui.store.lock import WriterLock
from tui.store.repository import Repository


@pytest.fixture
def books(tmp_path: Path) -> Books:
    return Books(tmp_path / "data")


def begun(books: Books) -> Logbook:
    book = books.open().read_all()
    book.recorder.start(book.planner.next_plan(books.clock().date()))
    book.recorder.do(Log("1"))
    return book


def refuse(monkeypatch: pytest.MonkeyPatch, owner: type, name: str) -> None:
    def full(*_: object) -> None:
        raise StoreError("2026.json could not be written: the disk is full.")

    monkeypatch.setattr(owner, name, full)


def test_a_finish_that_the_disk_refuses_is_filed_by_the_next(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = begun(books)
    with monkeypatch.context() as broken:
        refuse(broken, Repository, "put_session")
        with pytest.raises(StoreError):
            book.recorder.finish()
        with pytest.raises(Refused, match="finished"):
            book.recorder.do(Log("1"))
    session = book.recorder.finish()
    assert session is not None
    assert book.recorder.live is None
    assert list(book.reader.sessions()) == [session]
    assert pending(books.paths) == []


def test_a_finish_that_was_never_filed_is_seen_by_one_that_looks_and_filed_by_one_that_writes(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = begun(books)
    with monkeypatch.context() as broken:
        refuse(broken, Repository, "put_session")
        with pytest.raises(StoreError):
            book.recorder.finish()
    book.close()
    looking = books.open(write=False).read_all()
    assert [s.programme for s in looking.reader.sessions()] == ["trail-speed"]
    assert looking.recorder.live is None
    assert Repository(books.paths, writable=False).years() == []
    writing = books.open().read_all()
    assert list(writing.reader.sessions()) == list(looking.reader.sessions())
    assert Repository(books.paths, writable=False).years() == [2026]


def test_where_the_disk_lets_nobody_write_one_can_still_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse(monkeypatch, WriterLock, "acquire")
    with pytest.raises(StoreError):
        bootstrap.open_logbook(str(tmp_path), None, write=True)
    book = bootstrap.open_logbook(str(tmp_path), None, write=True, else_look=True)
    assert not book.access.granted
    assert book.access.refusal == "read-only: 2026.json could not be written: the disk is full."
    assert book.notices() == ["2026.json could not be written: the disk is full."]
    with pytest.raises(ReadOnly, match="the disk is full"):
        book.recorder.start(None)


def test_the_second_one_looks_sees_more_when_it_looks_again_and_takes_over(books: Books) -> None:
    first = begun(books)
    second = books.open().read_all()
    assert not second.access.granted
    with pytest.raises(ReadOnly, match="process"):
        second.recorder.do(Log("1"))
    session = first.recorder.finish()
    assert list(second.reader.sessions()) == []
    second.look_around()
    assert list(second.read_all().reader.sessions()) == [session]
    assert not second.take_over()
    first.close()
    assert second.take_over()
    assert list(second.read_all().reader.sessions()) == [session]


def test_only_the_last_finish_can_be_taken_back_and_only_once(books: Books) -> None:
    book = begun(books)
    with pytest.raises(Refused, match="Nothing to undo here"):
        book.recorder.reopen()
    before = book.recorder.live
    book.recorder.finish()
    books.clock.forward(1)
    live = book.recorder.reopen()
    assert before is not None
    assert (live.id, live.rows, live.finished) == (before.id, before.rows, None)
    assert list(book.reader.sessions()) == []
    assert books.on_disk() == live
    with pytest.raises(Refused):
        book.recorder.reopen()
    books.clock.forward(1)
    session = book.recorder.finish()
    assert list(book.reader.sessions()) == [session]
    again = books.open(write=False).read_all()
    assert list(again.reader.sessions()) == [session]


def test_a_session_taken_back_keeps_the_note_written_after_its_finish(books: Books) -> None:
    book = begun(books)
    before = book.recorder.live
    filed = book.recorder.finish()
    assert before is not None and filed is not None
    books.clock.forward(1)
    for note in ("knee", "knee felt odd"):
        books.clock.forward(1)
        seen = book.reader.session(filed.id)
        assert seen is not None
        book.recorder.put(replace(seen, note=note), seen)
    live = book.recorder.reopen()
    assert (live.rows, live.note, live.finished) == (before.rows, "knee felt odd", None)
    assert books.on_disk() == live
    # Nor can the change of the log be undone or done again meanwhile.
    assert book.recorder.undo() is None and book.recorder.redo() is None
    assert list(book.reader.sessions()) == []
    books.clock.forward(1)
    session = book.recorder.finish()
    assert session is not None and session.note == "knee felt odd"
    again = books.open(write=False).read_all()
    assert list(again.reader.sessions()) == [session]
    assert not list(books.paths.root.glob("merged/*"))


def test_a_session_corrected_since_its_finish_is_not_taken_back(books: Books) -> None:
    book = begun(books)
    filed = book.recorder.finish()
    assert filed is not None
    book.recorder.delete_set(filed, filed.entries[0].sets[:1])
    with pytest.raises(Refused, match="changed since its finish"):
        book.recorder.reopen()


def test_a_session_taken_back_keeps_what_others_wrote_into_its_journal(books: Books) -> None:
    book = begun(books)
    book.close()
    [name] = pending(books.paths)
    path = journal_path(books.paths, name)
    [first, *others] = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([first.replace(b"{", b'{"x-app":{"version":3},', 1), *others]))
    book = books.open().read_all()
    book.recorder.finish()
    books.clock.forward(1)
    book.recorder.reopen()
    began = books.events()[0]
    assert began["x-app"] == {"version": 3}
    assert [*began] == ["n", "x-app", "e", "at", "id", "items", "programme", "part", "device"]


def test_a_plan_that_could_not_be_read_again_is_not_begun(books: Books) -> None:
    book = books.open().read_all()
    plan = book.planner.next_plan(books.clock().date())
    with pytest.raises(BadDocument, match="load_kg must be from 0 to 100000"):
        book.recorder.start(replace(plan, items=(TOO_HEAVY,)))
    assert book.recorder.live is None
    assert pending(books.paths) == []


# --- what is kept beside the log ----------------------------------------------------------------


def with_my_own(book: Logbook) -> None:
    """Follow a programme of one's own."""
    mine = replace(book.profile.library.programmes["trail-speed"], id="mine", name="Mine")
    book.profile.change_library(partial(with_programme, programme=mine))
    book.profile.set("programme", "mine")


def test_the_second_one_sees_the_library_of_the_first_when_it_looks_again(books: Books) -> None:
    first, second = books.open(), books.open()
    with_my_own(first)
    second.look_around()
    assert second.profile.programme == first.profile.programme
    assert second.profile.programme.name == "Mine"
    assert second.notices() == []


def test_who_takes_over_uses_the_library_as_it_was_left(books: Books) -> None:
    first, second = books.open(), books.open()
    with_my_own(first)
    first.close()
    assert second.take_over()
    assert second.profile.programme.name == "Mine"


def test_a_library_that_cannot_be_used_is_told_of_when_it_is_looked_at(books: Books) -> None:
    first, second = books.open(), books.open()
    with_my_own(first)
    books.paths.library.write_text("{")
    second.look_around()
    assert second.profile.library == books.library
    [broken] = second.notices()
    assert str(books.paths.library) in broken
    books.paths.library.write_text(json.dumps({"schema_version": 1, "exercises": [{}, {}]}))
    second.look_around()
    assert second.profile.library == books.library
    assert "stridelift library check" in second.notices()[-1]


def test_a_programme_that_is_none_is_told_of_once(books: Books) -> None:
    book = books.open()
    book.profile.set("programme", "marathon")
    assert [book.profile.programme.id for _ in range(3)] == ["trail-speed"] * 3
    [told] = book.notices()
    assert told == ("profile.json: programme: marathon is none; stridelift library list names all")


def test_a_change_of_the_calendar_is_kept_or_nothing_is(books: Books) -> None:
    race = Race(day=date(2026, 12, 20), name="Ridge")
    book = books.open()
    book.profile.change_calendar(with_race(race))
    book.profile.change_calendar(with_race(replace(race, name="RIDGE")))
    assert [each.name for each in book.profile.setup.calendar.races] == ["RIDGE"]
    with pytest.raises(ReadOnly):
        books.open().profile.change_calendar(with_race(race))


def test_a_year_that_is_refused_leaves_the_records_of_the_others(books: Books) -> None:
    book = books.open()
    for year in (2024, 2025, 2026):
        book.recorder.tell(Record(id=f"{year}", edited="", type="metric", day=date(year, 3, 1)))
    books.paths.year(2025).write_text('{"meta": {"schema_version": 99}}')
    looking = books.open(write=False)
    assert [record.day.year for _ in range(2) for record in looking.reader.records()] == [
        2024,
        2026,
    ] * 2
    [told] = looking.notices()
    assert "2025.json" in told


# --- what was undone stays undone, in other copies too -------------------------------------------


def exported(book: Logbook) -> list[bytes]:
    return [line.encode() for line in render(*book.reader.everything())]


def brought_in(book: Logbook, lines: list[bytes]) -> int:
    parsed = parse_lines(lines, book.profile.library, lambda moment: moment.astimezone())
    assert not parsed.problems
    return import_sets(book, parsed, dry_run=False).imported


def test_an_undone_correction_is_not_brought_back_by_an_older_export(books: Books) -> None:
    book = begun(books)
    session = book.recorder.finish()
    assert session is not None
    rows = session.entries[0].sets[:1]
    books.clock.forward(60)
    book.recorder.correct(session, rows, parse("L8x5s R7x5s", Kind.CLUSTER))
    older = exported(book)
    books.clock.forward(60)
    book.recorder.undo()
    before = [row.id for row in book.reader.sessions()[0].entries[0].live()]
    assert brought_in(book, older) == 0
    [again] = Repository(books.paths, writable=False).sessions(2026)
    assert [row.id for row in again.entries[0].live()] == before


def test_a_set_undone_after_a_finish_is_not_brought_back(books: Books) -> None:
    book = begun(books)
    books.clock.forward(60)
    book.recorder.do(Log("1"))
    book.recorder.finish()
    older = exported(book)
    books.clock.forward(60)
    book.recorder.reopen()
    book.recorder.do(Undo())
    books.clock.forward(60)
    session = book.recorder.finish()
    assert session is not None
    assert [r.number for r in session.entries[0].live() if not r.undone] == [1, 1]
    assert brought_in(book, older) == 0


def test_a_correction_of_what_was_seen_before_the_other_one_wrote_leaves_that(
    books: Books,
) -> None:
    books.train()
    looking = books.open(write=False).read_all()
    [seen] = looking.reader.sessions()
    first, second = (entry.sets for entry in seen.entries[:2])
    writing = books.open().read_all()
    writing.recorder.correct(seen, second[:1], parse("9x5s", Kind.CLUSTER))
    writing.close()
    assert looking.take_over()
    looking.recorder.correct(seen, first[:1], parse("7x5s", Kind.CLUSTER))
    [session] = books.open(write=False).read_all().reader.sessions()
    rows = {row.id: row.done.holds for entry in session.entries for row in entry.sets}
    assert (rows[first[0].id], rows[second[0].id]) == (7, 9)
    looking.recorder.undo()
    [session] = looking.reader.sessions()
    rows = {row.id: row.done.holds for entry in session.entries for row in entry.sets}
    assert (rows[first[0].id], rows[second[0].id]) == (first[0].done.holds, 9)


def test_undoing_the_first_set_of_a_day_leaves_what_another_logged_since(books: Books) -> None:
    one = books.open().read_all()
    squat = one.profile.library.exercises["back-squat"]
    one.recorder.log(squat, parse("5 60kg", Kind.LOADED), books.clock())
    [session] = one.reader.sessions()
    theirs = with_sets(
        session, squat, parse("3 80kg", Kind.LOADED), edited=session.edited, at="", new_id=new_id
    )[0]
    one.reader.repository.put_session(theirs)
    one.recorder.undo()
    [session] = one.reader.sessions()
    assert [row.done.load_kg for entry in session.live() for row in entry.live()] == [80]
