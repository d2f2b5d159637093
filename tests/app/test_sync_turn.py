"""Only the process that writes joins: a sync takes its place, or asks it and waits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.app.doctor_folder import a_logbook, make_well
from tui.app.logbook import Logbook
from tui.app.sync_turn import PATIENCE_S, POLL_S, NoAnswer, in_turn
from tui.store.errors import StoreError
from tui.store.paths import Paths
from tui.store.requests import Requests


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    made = Paths(tmp_path / "data")
    make_well(made)
    return made


@pytest.fixture
def book(paths: Paths) -> Iterator[Logbook]:
    """That of the sync, which does not write yet."""
    made = a_logbook(paths)
    made.open(write=False)
    yield made
    made.close()


@pytest.fixture
def window(paths: Paths) -> Iterator[Logbook]:
    """That of a window that writes."""
    made = a_logbook(paths)
    made.open(write=True)
    yield made
    made.close()


def never() -> str:
    raise AssertionError("it has not the right to write")


def waiting(act: Callable[[int], object]) -> Callable[[float], object]:
    """Waits by acting, with the number of the wait."""
    waited: list[float] = []

    def wait(seconds: float) -> None:
        waited.append(seconds)
        act(len(waited))

    return wait


def test_where_nobody_writes_it_joins_itself(book: Logbook) -> None:
    def join() -> str:
        book.access.check()
        return "joined"

    assert in_turn(book, join, waiting(lambda _: pytest.fail("nothing to wait for"))) == "joined"
    assert not book.paths.sync_request.exists()


def test_a_window_that_writes_is_asked_and_answers(book: Logbook, window: Logbook) -> None:
    requests = Requests(window.paths.sync_request)
    asked = []

    def look(number: int) -> None:
        if number == 3:
            # In one process the asker would be ourselves.
            asked.append(window.paths.sync_request.exists())
            requests.answer()

    assert in_turn(book, never, waiting(look)) is None
    assert asked == [True]
    assert not book.access.granted


def test_if_the_window_is_closed_meanwhile_it_joins_itself(book: Logbook, window: Logbook) -> None:
    closing = waiting(lambda number: window.close() if number == 2 else None)
    assert in_turn(book, lambda: "joined", closing) == "joined"
    assert not book.paths.sync_request.exists()


def test_one_that_never_answers_is_named_and_the_request_taken_back(
    book: Logbook, window: Logbook
) -> None:
    waits: list[int] = []
    with pytest.raises(NoAnswer, match=r"process \d+ on .* does not answer; nothing is lost"):
        in_turn(book, never, waiting(waits.append))
    assert len(waits) * POLL_S == pytest.approx(PATIENCE_S)
    assert not window.paths.sync_request.exists()


def test_if_the_join_fails_nobody_is_asked(book: Logbook) -> None:
    def fail() -> str:
        raise StoreError("newer")

    with pytest.raises(StoreError, match="newer"):
        in_turn(book, fail, waiting(lambda _: pytest.fail("nothing to wait for")))
    assert not book.paths.sync_request.exists()
