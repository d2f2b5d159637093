"""Changes of the log are undone and done again at any depth, and deletions are brought back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from msgspec.structs import replace

from tests.ui.driver import Books
from tui.app.logbook import Logbook
from tui.domain.model.deleted import Deleted, deletions
from tui.domain.model.notation import parse
from tui.domain.model.values import Kind, Session, SetEntry
from tui.domain.session.actions import Refused
from tui.store.repository import Repository


@pytest.fixture
def books(tmp_path: Path) -> Iterator[Books]:
    made = Books(tmp_path / "data")
    yield made
    made.close()


@pytest.fixture
def book(books: Books) -> Logbook:
    """A log of two sessions."""
    books.train(note="muddy")
    books.clock.forward(3 * 86_400)
    books.train()
    return books.open().read_all()


def shown(sessions: Sequence[Session]) -> list[object]:
    """What is shown of a log, without stamps."""
    return [
        (
            session.started,
            session.note,
            [
                (entry.exercise, [(row.number, row.side, row.done) for row in entry.live()])
                for entry in session.live()
            ],
        )
        for session in sessions
        if not session.deleted
    ]


def set_of(session: Session, chance: Random) -> list[SetEntry]:
    entry = chance.choice(session.live())
    number = chance.choice(entry.live()).number
    return [row for row in entry.live() if row.number == number]


def change(book: Logbook, chance: Random) -> Callable[[], object]:
    """Any change of the log."""
    recorder = book.recorder
    squat = book.profile.library.exercises["back-squat"]
    typed = parse(f"{chance.randint(1, 9)} 60kg", Kind.LOADED)
    begun = book.now() - timedelta(days=chance.randint(1, 400))
    fresh = Session(id=recorder.new_id(), edited="", started=begun, finished=begun)
    made: list[Callable[[], object]] = [lambda: recorder.add(fresh, squat, typed)]
    if book.reader.sessions():
        session = chance.choice(book.reader.sessions())
        rows = set_of(session, chance)
        made += [
            lambda: recorder.add(session, squat, typed),
            lambda: recorder.delete(session),
            lambda: recorder.delete_set(session, rows),
            lambda: recorder.correct(session, rows, typed),
            lambda: recorder.move(session, session.started - timedelta(hours=30)),
            lambda: recorder.put(replace(session, note=f"note {chance.random()}"), session),
        ]
    return chance.choice(made)


@pytest.mark.parametrize("seed", range(3))
def test_any_depth_back_and_forth(books: Books, book: Logbook, seed: int) -> None:
    chance = Random(seed)
    states = [shown(book.reader.sessions())]
    for _ in range(8):
        books.clock.forward(chance.randint(-50, 50))
        change(book, chance)()
        states.append(shown(book.reader.sessions()))
    at = 8
    for back in [*[True] * 3, False, *[True] * 5, *[False] * 7, *[True] * 8, *[False] * 8]:
        books.clock.forward(chance.randint(-50, 50))
        assert (book.recorder.undo() if back else book.recorder.redo()) is not None
        at += -1 if back else 1
        assert shown(book.reader.sessions()) == states[at], at
    assert book.recorder.redo() is None
    filed = Repository(books.paths, writable=False)
    stored = [one for year in sorted(filed.years()) for one in filed.sessions(year)]
    assert shown(sorted(stored, key=lambda one: one.started)) == states[at]


def test_after_another_change_nothing_is_done_again(book: Logbook) -> None:
    first, second = book.reader.sessions()
    book.recorder.delete(first)
    book.recorder.undo()
    book.recorder.delete(second)
    assert book.recorder.redo() is None
    assert len(book.reader.sessions()) == 1


def gone(book: Logbook) -> list[Deleted]:
    return deletions(book.reader.everything()[0])


def test_what_was_deleted_comes_back_after_a_restart(books: Books, book: Logbook) -> None:
    before = shown(book.reader.sessions())
    first, second = book.reader.sessions()
    rows = [row for row in second.live()[1].live() if row.number == 2]
    book.recorder.delete_set(second, rows)
    books.clock.forward(60)
    book.recorder.delete(first)
    book.close()
    book = books.open().read_all()
    whole, part = gone(book)
    assert (whole.session.id, whole.rows) == (first.id, ())
    assert not whole.session.deleted
    assert [row.id for row in part.rows] == [row.id for row in rows]
    assert part.entry is not None
    assert part.entry.exercise == second.live()[1].exercise
    book.recorder.restore_sets(second.id, part.rows)
    book.recorder.restore(first.id)
    assert shown(book.reader.sessions()) == before
    assert gone(book) == []
    book.recorder.undo()
    book.recorder.undo()
    assert [one.session.id for one in gone(book)] == [first.id, second.id]


def test_a_set_whose_session_is_gone_too_waits_for_it(book: Logbook) -> None:
    session = book.reader.sessions()[0]
    rows = session.live()[0].live()[:2]
    book.recorder.delete_set(session, rows)
    book.recorder.delete(book.reader.sessions()[0])
    assert [one.rows for one in gone(book)] == [()]
    with pytest.raises(Refused):
        book.recorder.restore_sets(session.id, rows)
    book.recorder.restore(session.id)
    assert [len(one.rows) for one in gone(book)] == [2]


def test_a_side_that_a_correction_replaced_was_not_deleted(book: Logbook) -> None:
    session = book.reader.sessions()[0]
    book.recorder.correct(session, session.live()[0].live()[:2], parse("L7x5s", Kind.CLUSTER))
    assert gone(book) == []


def test_a_session_whose_every_set_was_deleted_has_its_sets_back(book: Logbook) -> None:
    before = shown(book.reader.sessions())
    for entry in book.reader.sessions()[1].live():
        for number in {row.number for row in entry.live()}:
            session = book.reader.session(book.reader.sessions()[1].id)
            assert session is not None
            rows = [r for e in session.live() for r in e.live() if e.id == entry.id]
            book.recorder.delete_set(session, [row for row in rows if row.number == number])
    assert len(book.reader.sessions()) == 1
    for one in gone(book):
        book.recorder.restore_sets(one.session.id, one.rows)
    assert shown(book.reader.sessions()) == before
