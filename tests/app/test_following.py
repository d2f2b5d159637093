"""What someone else writes while a logbook is open: another instance, a sync program, a person."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.ui.driver import Books
from tui.app.logbook import Logbook
from tui.domain.model.notation import parse
from tui.domain.model.values import Session
from tui.domain.planning.own_programmes import with_programme
from tui.domain.session.actions import Clock, Log
from tui.store.paths import Paths
from tui.store.repository import Repository


@pytest.fixture
def books(tmp_path: Path) -> Books:
    return Books(tmp_path / "data")


def elsewhere(books: Books, change: Callable[[Repository], object]) -> None:
    """Change a copy of the log on another machine, and let a sync program bring it here."""
    there = Paths(books.paths.root.with_name("elsewhere"))
    shutil.copytree(books.paths.log_dir, there.log_dir, dirs_exist_ok=True)
    change(Repository(there, writable=True))
    for path in there.log_dir.glob("*.json"):
        arriving = books.paths.log_dir / f".syncthing.{path.name}.tmp"
        shutil.copy(path, arriving)
        arriving.replace(books.paths.log_dir / path.name)
    shutil.rmtree(there.root)


def noted(session: Session, books: Books, note: str) -> Callable[[Repository], object]:
    return lambda log: log.edit_session(replace(session, note=note), books.clock())


def shown(book: Logbook) -> dict[str, str]:
    return {session.id: session.note for session in book.reader.sessions()}


# -- one that looks --------------------------------------------------------------------------------


def test_it_follows_sets_the_clock_the_finish_and_settings(books: Books) -> None:
    books.train()
    writer = books.open().read_all()
    looking = books.open().read_all()
    assert not looking.look_around()
    writer.recorder.start(writer.planner.next_plan(books.clock().date()))
    for command in (Log("1"), Clock("space", "1"), Log("2")):
        books.clock.forward(30)
        live = writer.recorder.do(command)
        assert looking.look_around()
        assert looking.recorder.live == live
    writer.profile.set("unit", "lb")
    assert looking.look_around()
    assert looking.profile.unit == "lb"
    assert looking.profile.setup == writer.profile.setup
    done = writer.recorder.finish()
    assert looking.look_around()
    assert looking.recorder.live is None
    assert done in looking.reader.sessions()
    assert not looking.look_around()


def test_nothing_is_read_while_nothing_has_changed(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    books.train()
    looking = books.open(write=False).read_all()
    opened: list[object] = []
    monkeypatch.setattr("tui.store.files.open_file", lambda *asked: opened.append(asked))
    assert not looking.look_around()
    assert opened == []


def test_a_journal_that_grew_is_read_without_the_years(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    for year in range(2020, 2027):
        books.clock.time = books.clock.time.replace(year=year)
        books.train()
    writer, looking = books.open().read_all(), books.open().read_all()
    writer.recorder.start(None)
    monkeypatch.setattr(Repository, "_values", lambda *_: pytest.fail("a year was read"))
    assert looking.look_around()
    assert looking.recorder.live == writer.recorder.live


def test_of_seven_years_the_one_that_changed_is_read(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = []
    for year in range(2020, 2027):
        books.clock.time = books.clock.time.replace(year=year)
        ids.append(books.train())
    writer, looking = books.open().read_all(), books.open().read_all()
    old = writer.reader.session(ids[2])
    assert old is not None
    writer.recorder.put(replace(old, note="of old"))
    decoded: list[Path] = []
    really = Repository._values

    def values(log: Repository, database: object, *rest: object) -> object:
        decoded.append(database.path)  # type: ignore[attr-defined]
        return really(log, database, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Repository, "_values", values)
    assert looking.look_around()
    assert set(decoded) == {books.paths.year(2022)}
    assert shown(looking) == dict.fromkeys(ids, "") | {ids[2]: "of old"}


def test_a_folder_that_is_away_for_a_moment_empties_nothing(books: Books) -> None:
    done = books.train()
    looking = books.open(write=False).read_all()
    away = books.paths.log_dir.with_name("away")
    books.paths.log_dir.rename(away)
    looking.look_around()
    assert shown(looking) == {done: ""}
    away.rename(books.paths.log_dir)
    looking.look_around()
    assert shown(looking) == {done: ""}


# -- one that writes -------------------------------------------------------------------------------


def test_a_year_that_a_sync_program_replaced_is_shown_and_written_on(books: Books) -> None:
    done = books.train()
    book = books.open().read_all()
    before = book.reader.session(done)
    assert before is not None
    elsewhere(books, noted(before, books, "from the other machine"))
    assert book.look_around()
    assert shown(book) == {done: "from the other machine"}
    assert not book.look_around()


def test_a_year_that_arrives_is_shown_and_one_that_goes_is_not(books: Books) -> None:
    new = books.train()
    book = books.open().read_all()
    old = book.reader.session(new)
    assert old is not None
    began = old.started.replace(year=2019)
    first = replace(old, id="01DXKQ0000000000000000000A", started=began, finished=began)
    elsewhere(books, lambda log: log.put_session(first))
    assert book.look_around()
    assert list(shown(book)) == [first.id, new]
    for path in books.paths.log_dir.glob("2019*"):
        path.unlink()
    assert book.look_around()
    assert list(shown(book)) == [new]


def test_what_it_writes_itself_changes_nothing_at_the_next_look(books: Books) -> None:
    done = books.train()
    book = books.open().read_all()
    session = book.reader.session(done)
    assert session is not None
    book.recorder.put(replace(session, note="mine"))
    before = book.reader.sessions()
    assert not book.look_around()
    assert book.reader.sessions() is before


def test_a_session_of_its_own_is_not_read_back(books: Books) -> None:
    book = books.open().read_all()
    live = book.recorder.start(None)
    book.look_around()
    assert book.recorder.live is live


def test_settings_and_library_from_elsewhere_are_used(books: Books) -> None:
    book = books.open().read_all()
    book.profile.set("unit", "kg")
    other = Logbook(
        Paths(books.paths.root.with_name("other")),
        books.library,
        now=books.clock,
        random_bits=lambda: 7,
    )
    other.open(write=True)
    other.profile.set("unit", "lb")
    mine = replace(books.library.programmes["trail-speed"], id="mine", name="Mine")
    other.profile.change_library(partial(with_programme, programme=mine))
    for name in ("profile.json", "library.json"):
        (other.paths.root / name).replace(books.paths.root / name)
    other.close()
    assert book.look_around()
    assert book.profile.unit == "lb"
    assert book.profile.library.programmes["mine"].name == "Mine"


# -- undo ------------------------------------------------------------------------------------------


def test_an_undo_takes_back_its_own_change_and_nothing_that_came_since(books: Books) -> None:
    done = books.train()
    book = books.open().read_all()
    session = book.reader.session(done)
    assert session is not None
    entry = session.live()[0]
    rows = [row for row in entry.live() if row.number == 1]
    exercise = book.profile.library.exercises[entry.exercise]
    books.clock.forward(60)
    book.recorder.correct(session, rows, parse("3x9s/side", exercise.kind, single=True))
    corrected = book.reader.session(done)
    assert corrected is not None

    def on_the_other_machine(log: Repository) -> None:
        other = corrected.live()[1]
        [*_, last] = other.live()
        more = replace(last, id="MORE", number=last.number + 1, edited=books.clock().isoformat())
        entries = [
            replace(one, sets=(*one.sets, more)) if one.id == other.id else one
            for one in corrected.entries
        ]
        entries[0] = replace(
            entries[0],
            sets=tuple(
                replace(row, note="theirs") if row.number == 3 else row for row in entries[0].sets
            ),
        )
        log.edit_session(replace(corrected, note="theirs", entries=tuple(entries)), books.clock())

    books.clock.forward(60)
    elsewhere(books, on_the_other_machine)
    assert book.look_around()
    books.clock.forward(60)
    assert book.recorder.undo() is not None
    back = book.reader.session(done)
    assert back is not None
    again = Repository(books.paths, writable=False).sessions(2026)[0]
    assert again == back
    assert back.note == "theirs"
    kept = back.live()
    assert [row.done for row in kept[0].live()] == [row.done for row in entry.live()]
    assert {row.note for row in kept[0].live() if row.number == 3} == {"theirs"}
    assert "MORE" in {row.id for row in kept[1].live()}


def test_a_change_of_what_was_shown_leaves_what_came_just_before_it(books: Books) -> None:
    done = books.train()
    book = books.open().read_all()
    session = book.reader.session(done)
    assert session is not None
    books.clock.forward(60)
    elsewhere(books, noted(session, books, "theirs"))
    books.clock.forward(60)
    rows = [row for row in session.live()[0].live() if row.number == 1]
    book.recorder.delete_set(session, rows)
    now = book.reader.session(done)
    assert now is not None
    assert now.note == "theirs"
    assert not {row.id for row in rows} & {row.id for row in now.live()[0].live()}
