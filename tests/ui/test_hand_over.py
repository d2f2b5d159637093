"""Of several windows on one log each takes the session over by a key, and gives way to another."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from tests.app.test_taking_over import Seconds, holding
from tests.ui.driver import Books, Driver, running
from tui.app.logbook import Logbook
from tui.app.taking_over import GRACE_S, PATIENCE_S, Answer, TakingOver
from tui.domain.session.actions import Clock, Log
from tui.store.errors import StoreError
from tui.ui.app import Stridelift
from tui.ui.screens.main import MainScreen
from tui.ui.screens.season import SeasonScreen

OTHER = "The session is logged from another window "


@pytest.fixture(autouse=True)
def apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """The logbooks of one process ask each other as if each had its own."""
    monkeypatch.setattr("tui.store.requests.abandoned", lambda _: False)


@pytest.fixture(autouse=True)
def polls(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds after which a screen asked to see again whether the other one let go; it only
    does when a test calls it."""
    asked: list[float] = []
    really = MainScreen.set_interval

    class NoTimer:
        def stop(self) -> None:
            asked.clear()

    def set_interval(screen: MainScreen, seconds: float, *rest: Any, **named: Any) -> Any:
        if rest != (screen.turns.look,):
            return really(screen, seconds, *rest, **named)
        asked.append(seconds)
        return NoTimer()

    monkeypatch.setattr(MainScreen, "set_interval", set_interval)
    return asked


@pytest.fixture
def seconds(monkeypatch: pytest.MonkeyPatch) -> Seconds:
    now = Seconds()
    monkeypatch.setattr("tui.ui.screens.turns.TakingOver", partial(TakingOver, now=now))
    return now


def begun(books: Books) -> Logbook:
    book = books.open().read_all()
    book.recorder.start(book.planner.next_plan(books.clock().date()))
    book.recorder.do(Log("1"))
    return book


async def look(ui: Driver) -> None:
    ui.main.look_around()
    await ui.settle()


async def give(ui: Driver, other: Logbook) -> None:
    """Another instance asks the screen, and gets it."""
    attempt = TakingOver(other)
    await look(ui)
    assert attempt.look() is Answer.TAKEN


async def take(ui: Driver, other: Logbook, key: str = "O") -> None:
    """The screen asks another instance, and gets it."""
    await ui.press(key)
    assert other.hand_over() is not None
    ui.main.turns.look()
    await ui.settle()


async def test_a_key_takes_the_session_over_where_it_stands(
    books: Books, polls: list[float]
) -> None:
    first = begun(books)
    first.recorder.do(Clock("space", "1"))
    async with running(books.open(), books.clock) as ui:
        assert ui.said.endswith("O logs from here.")
        await ui.press("down", "down", "O")
        assert polls == [0.02]
        assert ui.said == "Asking the other window …"
        ui.main.turns.look()
        assert "LOOKING ONLY" in ui.lines()[0]
        await ui.pass_time(3)
        phase = ui.clock_words()
        assert first.hand_over() is not None
        ui.main.turns.look()
        await ui.settle()
        assert polls == []
        assert ui.said == "This window logs now."
        assert "LOOKING ONLY" not in ui.text()
        assert phase.startswith(ui.clock_words())
        # Where the session goes on, not where this one looked.
        assert ui.today.item is not None
        assert ui.today.item.id == "1"
        await ui.press("o", "enter")
        assert ui.week_annotations()["wall-lean-hold"] == "●●○"
        assert [e["n"] for e in books.events()] == [*range(1, len(books.events()) + 1)]
        await ui.press("O")
        assert ui.said == "This window logs already."


async def test_one_that_is_asked_looks_from_then_on_and_can_take_it_back(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("enter")
        other = books.open().read_all()
        await give(ui, other)
        assert "LOOKING ONLY" in ui.lines()[0]
        assert ui.said.startswith(OTHER)
        assert ui.said.endswith("O takes it back.")
        other.recorder.do(Log("1"))
        await look(ui)
        assert ui.week_annotations()["wall-lean-hold"] == "●●○"
        assert ui.said.startswith(OTHER), "nothing else is said of it"
        await ui.press("enter")
        assert ui.said.startswith(OTHER)
        assert books.on_disk() == other.recorder.live
        await take(ui, other)
        assert "LOOKING ONLY" not in ui.text()
        await ui.press("u")
        assert ui.week_annotations()["wall-lean-hold"] == "●○○"


async def test_a_key_does_nothing_more_once_another_has_asked(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("enter")
        other = books.open().read_all()
        attempt = TakingOver(other)
        ui.pace = 10
        await ui.press("enter")
        assert "LOOKING ONLY" in ui.lines()[0]
        assert attempt.look() is Answer.TAKEN
        assert other.recorder.live == books.on_disk()
        assert other.recorder.live is not None
        assert len(other.recorder.live.rows) == 1


async def test_what_is_being_typed_stays_and_is_written_once_it_is_back(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("enter", "n", *"stiff")
        asked = ui.prompt()
        other = books.open().read_all()
        await give(ui, other)
        assert ui.prompt() == asked
        assert ui.said.endswith("ctrl+o takes it back.")
        await ui.press("enter")
        assert ui.prompt() == asked
        assert ui.said.startswith(f"! {OTHER}")
        assert ui.said.endswith("ctrl+o takes it back.")
        await ui.press("O")
        assert ui.prompt() == asked + "O", "a letter of the line"
        await ui.press("backspace")
        await take(ui, other, "ctrl+o")
        assert ui.prompt() == asked
        await ui.press("enter")
        assert ui.prompt() == ""
        assert any(e.get("text") == "stiff" or "stiff" in str(e) for e in books.events())


async def test_it_works_from_a_screen_over_the_panes(books: Books) -> None:
    first = begun(books)
    async with running(books.open(), books.clock) as ui:
        await ui.press("4")
        await take(ui, first)
        assert isinstance(ui.app.screen, SeasonScreen)
        assert ui.app.screen.said == ("This window logs now.", "good")
        assert "LOOKING ONLY" not in ui.text()
        other = books.open().read_all()
        await give(ui, other)
        assert ui.app.screen.said[0].startswith(OTHER)


async def test_a_session_of_another_day_is_left_as_it_is(books: Books) -> None:
    first = books.open()
    async with running(books.open(), books.clock) as ui:
        await ui.press("3")
        books.clock.forward(86_400)
        first.read_all().recorder.start(first.planner.next_plan(books.clock().date()))
        first.recorder.do(Log("1"))
        await take(ui, first)
        assert ui.main.current == "history"
        await ui.press("2")
        assert ui.week_annotations()["wall-lean-hold"] == "●○○"


async def test_bells_ring_where_it_is_logged(books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    rung: list[str] = []
    monkeypatch.setattr(Stridelift, "bell", lambda _: rung.append("ring"))
    first = begun(books)
    async with running(books.open(), books.clock) as ui:
        await ui.pass_time(70, step=35)
        assert rung == []
        await take(ui, first)
        await ui.press("enter")
        await ui.pass_time(70, step=35)
        assert rung


async def test_who_logs_is_said_again_when_it_changes_and_not_for_a_prompt(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(books)
    place = ["vm, pts/1"]
    monkeypatch.setattr("tui.store.lock.WriterLock.place", lambda _: place[0])
    async with running(books.open(), books.clock) as ui:
        assert "(vm, pts/1)" in ui.said
        ui.pace = 10
        await ui.press("e")
        await look(ui)
        assert "Another window" not in ui.said
        await ui.press("tab")
        for now in ("vm, pts/2", "vm, pts/1"):
            place[0] = now
            await look(ui)
            assert f"({now})" in ui.said


async def test_of_two_that_ask_the_one_that_is_left_says_who_logs(books: Books) -> None:
    first, third = begun(books), books.open().read_all()
    async with running(books.open(), books.clock) as ui:
        await ui.press("O")
        attempt = TakingOver(third)
        ui.main.turns.look()
        assert ui.said.startswith("Another window logs this session")
        first.hand_over()
        assert attempt.look() is Answer.TAKEN
        await ui.press("q")
        assert not books.paths.write_request.exists()


async def test_one_that_has_closed_is_followed_without_asking(books: Books) -> None:
    first = begun(books)
    async with running(books.open(), books.clock) as ui:
        first.close()
        await ui.press("O")
        ui.main.turns.look()
        assert ui.said == "This window logs now."


async def test_one_that_does_not_answer_is_ended_by_a_key(books: Books, seconds: Seconds) -> None:
    with holding(books.paths) as process:
        async with running(books.open(), books.clock) as ui:
            await ui.press("O")
            seconds.time = PATIENCE_S
            ui.main.turns.look()
            await ui.settle()
            assert f"Process {process.pid} does not answer." in ui.text()
            assert "k end it" in ui.prompt()
            assert ui.said == "All it logged is kept."
            assert process.poll() is None
            await ui.press("K")
            assert ui.said == "Ending it …"
            process.wait(20)
            ui.main.turns.look()
            await ui.settle()
            assert ui.said.startswith("This window logs now")


async def test_one_that_may_not_be_ended_is_left_alone(books: Books, seconds: Seconds) -> None:
    with holding(books.paths, own_group=False) as process:
        async with running(books.open(), books.clock) as ui:
            await ui.press("O")
            seconds.time = PATIENCE_S
            ui.main.turns.look()
            assert ui.said == f"Process {process.pid} does not answer. Close it there."
            assert process.poll() is None


async def test_a_line_being_typed_is_not_lost_to_the_question(
    books: Books, seconds: Seconds
) -> None:
    books.train()
    with holding(books.paths):
        async with running(books.open(), books.clock) as ui:
            await ui.press("3", "slash", "w", "ctrl+o")
            asked = ui.prompt()
            assert asked
            seconds.time = PATIENCE_S
            ui.main.turns.look()
            await ui.settle()
            assert ui.prompt() == asked
            assert "Leave this line, and try again." in ui.said


async def test_a_question_left_ends_nothing(books: Books, seconds: Seconds) -> None:
    with holding(books.paths) as process:
        async with running(books.open(), books.clock) as ui:
            await ui.press("O")
            seconds.time = PATIENCE_S
            ui.main.turns.look()
            await ui.settle()
            await ui.press("enter")
            seconds.time += GRACE_S
            ui.main.turns.look()
            assert process.poll() is None
            assert "LOOKING ONLY" in ui.lines()[0]


async def test_where_the_disk_refuses_nobody_is_asked(books: Books) -> None:
    book = books.open(write=False)
    book.access.close_to_writing(StoreError("the disk is read-only."))
    async with running(book, books.clock) as ui:
        await ui.press("O")
        assert ui.said == "Looking only: the disk is read-only."
        assert not books.paths.write_request.exists()


async def test_one_that_cannot_give_way_says_why_once(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("enter")
        attempt = TakingOver(books.open())

        def refuse(_: object) -> None:
            raise StoreError("the disk is full.")

        with monkeypatch.context() as full:
            full.setattr("tui.app.recorder.Recorder.let_go", refuse)
            await look(ui)
            assert ui.said == "the disk is full."
            ui.pace = 10
            await ui.press("down")
            await look(ui)
            assert ui.said == ""
            assert "LOOKING ONLY" not in ui.text()
        await look(ui)
        assert attempt.look() is Answer.TAKEN
