"""Who logs, line by line: the question, its answers, and a window that does not answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.test_taking_over import Seconds, holding
from tests.ui.driver import Books
from tui.app.lines.session import LineSession
from tui.app.lines.turn import LineTurn
from tui.app.logbook import Logbook
from tui.app.taking_over import PATIENCE_S, POLL_S
from tui.domain.session.actions import Log


@pytest.fixture
def books(tmp_path: Path) -> Iterator[Books]:
    made = Books(tmp_path / "data")
    yield made
    made.close()


@pytest.fixture(autouse=True)
def apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.store.requests.abandoned", lambda _: False)


def asked(books: Books) -> tuple[Logbook, LineTurn, Seconds]:
    """A window that logs, and the question whether to take over from it."""
    first = books.open().read_all()
    first.recorder.start(first.planner.next_plan(books.clock().date()))
    first.recorder.do(Log("1"))
    now = Seconds()
    turn = LineTurn(books.open().read_all(), now)
    (line,) = turn.begin().lines
    assert line == (
        "Another window logs this session (another process). Log from here? y yes, n no"
    )
    assert turn.wait_s() is None
    return first, turn, now


def test_a_yes_takes_the_session_over_and_it_goes_on(books: Books) -> None:
    first, turn, _ = asked(books)
    assert turn.line("y").lines == ()
    assert turn.wait_s() == POLL_S
    assert turn.line("7").lines == (), "nothing is asked now"
    assert first.hand_over() is not None
    assert turn.tick().lines == ("Logged from here now.",)
    assert turn.over
    assert turn.taken
    session = LineSession(turn.book)
    assert any("1 of 14 sets" in line for line in session.begin().lines)
    session.line("")
    assert books.on_disk() == turn.book.recorder.live


@pytest.mark.parametrize("typed", ["n", "no", "q"])
def test_a_no_leaves_it(books: Books, typed: str) -> None:
    first, turn, _ = asked(books)
    assert turn.line(typed).lines == ()
    assert turn.over
    assert not turn.taken
    assert first.hand_over() is None


def test_an_enter_and_a_set_are_no_answer(books: Books) -> None:
    _, turn, _ = asked(books)
    assert "Log from here?" in turn.line("").lines[-1]
    assert turn.line("7").lines[0].startswith("One of these, please")
    assert not turn.over


def test_who_leaves_asks_no_longer(books: Books) -> None:
    first, turn, _ = asked(books)
    turn.line("y")
    turn.leave()
    assert first.hand_over() is None


def test_one_that_does_not_answer_is_ended_if_told_so(books: Books) -> None:
    with holding(books.paths) as process:
        now = Seconds()
        turn = LineTurn(books.open().read_all(), now)
        turn.begin()
        turn.line("y")
        now.time = PATIENCE_S
        (line,) = turn.tick().lines
        assert line == f"Process {process.pid} does not answer. End it? y yes, n no"
        assert process.poll() is None
        turn.line("y")
        process.wait(20)
        assert turn.tick().lines == ("Logged from here now.",)
        assert turn.taken


def test_one_that_does_not_answer_and_may_not_be_ended_stays(books: Books) -> None:
    with holding(books.paths, own_group=False) as process:
        now = Seconds()
        turn = LineTurn(books.open().read_all(), now)
        turn.begin()
        turn.line("y")
        now.time = PATIENCE_S
        lines = turn.tick().lines
        assert lines[0] == f"Process {process.pid} does not answer. Close it there."
        assert "Log from here?" in lines[1]
        assert process.poll() is None
