"""At the end of a session it is asked how the regions are that were injured once."""

from __future__ import annotations

import pytest

from tests.ui.driver import Books, Driver, open_page, running
from tui.app.logbook import Logbook
from tui.domain.calculator.morning_pain import PAIN_WORDS
from tui.domain.model.values import Level
from tui.domain.planning.today import item
from tui.domain.session.actions import Log, Mark, Put
from tui.domain.session.live import Key


def begun(books: Books, *regions: str, exercises: tuple[str, ...] = ("wall-sit",)) -> Logbook:
    """A session of these exercises with all sets done, of a runner who named these regions."""
    book = books.open()
    book.profile.set("old_injuries", list(regions))
    book.recorder.start(None)
    for name in exercises:
        live = book.recorder.do(
            Put(item(book.profile.library.exercises[name], Level.BEGINNER), None)
        )
        for _ in live.items[-1].keys():
            book.recorder.do(Log(live.items[-1].id))
    return book


def pains(ui: Driver) -> dict[str, list[int]]:
    """The pain reported in the last session, by exercise."""
    session = ui.book.reader.sessions()[-1]
    return {
        entry.exercise: [row.pain for row in entry.live() if row.pain is not None]
        for entry in session.live()
    }


async def test_each_named_region_is_asked_about_in_turn(books: Books) -> None:
    book = begun(books, "knee", "ankle-calf", exercises=("wall-sit", "calf-hold", "plank"))
    async with running(book, books.clock) as ui:
        await ui.press("F")
        assert ui.prompt() == "Knee now, 0 none to 10 worst? "
        await ui.press("x", "enter")
        assert ui.prompt() == "Knee now, 0 none to 10 worst? x"
        await ui.press("backspace", "2", "enter")
        assert ui.prompt() == "Calf or ankle now, 0 none to 10 worst? "
        await ui.press("0", "enter")
        assert open_page(ui) == "Well done. The session is in your history."
        assert pains(ui) == {"wall-sit": [2], "calf-hold": [0], "plank": []}


async def test_enter_alone_passes_it_over(books: Books) -> None:
    async with running(begun(books, "knee"), books.clock) as ui:
        await ui.press("F", "enter")
        assert open_page(ui) == "Well done. The session is in your history."
        assert pains(ui) == {"wall-sit": []}


async def test_much_pain_points_to_a_professional(books: Books) -> None:
    async with running(begun(books, "knee"), books.clock) as ui:
        await ui.press("F", "7", "enter", "q")
        assert ui.said.endswith(PAIN_WORDS)


@pytest.mark.parametrize("regions", [(), ("shoulder",)])
async def test_no_one_else_is_asked(books: Books, regions: tuple[str, ...]) -> None:
    async with running(begun(books, *regions), books.clock) as ui:
        await ui.press("F")
        assert open_page(ui) == "Well done. The session is in your history."


async def test_what_was_told_with_a_set_is_not_asked_again(books: Books) -> None:
    book = begun(books, "knee")
    live = book.recorder.live
    assert live is not None
    key: Key = live.items[0].keys()[0]
    book.recorder.do(Mark(key, "pain", 1))
    async with running(book, books.clock) as ui:
        await ui.press("F")
        assert open_page(ui) == "Well done. The session is in your history."
