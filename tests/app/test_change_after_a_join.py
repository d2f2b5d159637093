"""A change of what was on the screen before another copy was joined in, and its undo: neither
touches what came with the copy."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from tests.copies import take_in
from tests.ui.driver import Books
from tui.app.logbook import Logbook
from tui.domain.model.notation import parse
from tui.domain.model.values import Kind, Session


def machine(folder: Path, number: int) -> Logbook:
    """A new log on a machine of its own, whose clock is some minutes ahead of the others'."""
    books = Books(folder)
    books.clock.forward(60 * number)
    books._chance = count(number << 79, 1 << 40)
    return books.open().read_all()


class Two:
    """A logbook with one session of three sets, and a copy of it."""

    def __init__(self, folder: Path) -> None:
        self.book = machine(folder / "here", 0)
        self.log(self.book, 1, 2, 3)
        self.seen = self.session(self.book)
        self.copy = machine(folder / "there", 1)
        take_in(self.copy, *self.book.reader.everything())
        self.copy.read_all()

    @staticmethod
    def session(book: Logbook) -> Session:
        return book.read_all().reader.sessions()[0]

    @staticmethod
    def log(book: Logbook, *reps: int) -> None:
        squat = book.profile.library.exercises["back-squat"]
        for done in reps:
            book.recorder.log(squat, parse(f"1x{done} 60kg", Kind.LOADED), book.now())

    @staticmethod
    def correct(book: Logbook, session: Session, old: int, new: int) -> None:
        [row] = [r for e in session.live() for r in e.live() if r.done.reps == old]
        book.recorder.correct(session, [row], parse(f"{new} 60kg", Kind.LOADED))

    def joined(self) -> None:
        """Take in what the copy has by now; a screen reads it a little later."""
        take_in(self.book, *self.copy.reader.everything())

    def reps(self) -> list[int]:
        self.book.read_all()
        sessions = self.book.reader.sessions()
        return sorted(r.done.reps or 0 for s in sessions for e in s.live() for r in e.live())


@pytest.fixture
def two(tmp_path: Path) -> Two:
    return Two(tmp_path)


def delete_set(book: Logbook, session: Session) -> None:
    book.recorder.delete_set(session, [session.live()[0].sets[0]])


CHANGES: dict[str, tuple[Callable[[Logbook, Session], None], list[int]]] = {
    "log": (lambda book, _: Two.log(book, 9), [1, 2, 3, 9]),
    "correct": (lambda book, session: Two.correct(book, session, 1, 9), [2, 3, 9]),
    "delete a set": (delete_set, [2, 3]),
    "delete": (lambda book, session: book.recorder.delete(session), []),
}


@pytest.mark.parametrize("what", CHANGES)
@pytest.mark.parametrize("read", [True, False], ids=["read", "not yet read"])
def test_an_undo_leaves_what_came_with_a_copy(two: Two, what: str, *, read: bool) -> None:
    change, _ = CHANGES[what]
    change(two.book, two.seen)
    two.correct(two.copy, two.session(two.copy), 3, 30)
    two.log(two.copy, 7)
    two.joined()
    if read:
        two.book.read_all()
    two.book.recorder.undo()
    assert two.reps() == [1, 2, 7, 30]


@pytest.mark.parametrize("what", ["correct", "delete a set", "delete"])
@pytest.mark.parametrize("undo", [False, True], ids=["", "undone"])
def test_a_change_leaves_what_came_before_it_was_seen(two: Two, what: str, *, undo: bool) -> None:
    change, there = CHANGES[what]
    two.log(two.copy, 7)
    two.correct(two.copy, two.session(two.copy), 3, 30)
    two.joined()
    change(two.book, two.seen)
    if undo:
        two.book.recorder.undo()
        assert two.reps() == [1, 2, 7, 30]
    else:
        assert two.reps() == sorted({7, *([30] if 3 in there else []), *there} - {3})


def test_the_undo_of_the_first_set_of_a_day_leaves_those_of_another_machine(tmp_path: Path) -> None:
    here, there = machine(tmp_path / "here", 0), machine(tmp_path / "there", 1)
    Two.log(here, 1)
    Two.log(there, 2)
    take_in(here, *there.reader.everything())
    here.recorder.undo()
    here.read_all()
    assert [r.done.reps for e in here.reader.sessions()[0].live() for r in e.live()] == [2]


@pytest.mark.parametrize("undo_first", [False, True])
def test_an_undo_deletes_no_set_of_a_copy_that_it_did_not_know(
    tmp_path: Path, *, undo_first: bool
) -> None:
    """Neither where both machines began the day, nor in an exercise that both went on with."""
    here, there = machine(tmp_path / "here", 9), machine(tmp_path / "there", 1)
    if not undo_first:
        Two.log(here, 1)
        take_in(there, *here.reader.everything())
        there.read_all()
    Two.log(there, 2)
    if undo_first:
        Two.log(here, 1)
    here.recorder.undo()
    assert here.reader.sessions() == []
    take_in(here, *there.reader.everything())
    here.read_all()
    assert [r.done.reps for e in here.reader.sessions()[0].live() for r in e.live()] == [2]


def test_a_set_logged_after_an_undo_is_numbered_as_if_there_had_been_none(tmp_path: Path) -> None:
    book = machine(tmp_path, 0)
    box = book.profile.library.exercises["box-jump"]
    book.recorder.log(box, parse("1x5", Kind.PLYOMETRIC), book.now())
    Two.log(book, 1)
    book.recorder.undo()
    Two.log(book, 2)
    assert [r.number for e in book.reader.sessions()[0].live() for r in e.live()] == [1, 1]
