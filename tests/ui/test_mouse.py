"""The mouse: it leads about, points and opens, and never logs, skips or deletes."""

from __future__ import annotations

import random

import pytest
from textual import events

from tests.ui.driver import Books, Driver, open_page, running
from tui.bootstrap import run_screen
from tui.ui.app import Stridelift
from tui.ui.clicks import key_of, label_at, mark_at
from tui.ui.panes.library import LibraryPane
from tui.ui.screens.base_screen import BaseScreen
from tui.ui.typeahead import NOTHING_TYPED


async def click(ui: Driver, words: str, within: str = "", *, more: int = 0) -> None:
    """Click ``more`` cells into the first ``words`` in the first row that has ``within`` too."""
    lines = ui.lines()
    y = next(y for y, line in enumerate(lines) if words in line and within in line)
    await click_at(ui, lines[y].index(words) + more, y)


async def click_at(ui: Driver, x: int, y: int) -> None:
    """Press and release the mouse in a cell, as the terminal tells of it."""
    for kind in (events.MouseDown, events.MouseUp):
        ui.app.post_message(kind(None, x, y, 0, 0, 1, False, False, False, x, y))
        await ui.settle()


@pytest.mark.parametrize(
    ("column", "label"),
    [(0, ""), (1, "enter"), (3, "enter"), (8, "enter"), (16, "+"), (18, "-"), (22, "+"), (40, "")],
)
def test_a_key_is_where_it_and_its_words_stand(column: int, label: str) -> None:
    hints = [
        (" ", ""),
        ("enter", "accent"),
        (" log set  ", "dim"),
        ("+ -", "accent"),
        (" weight  ", "dim"),
    ]
    assert label_at(hints, column) == label


@pytest.mark.parametrize(
    ("label", "key", "char"),
    [("e", "e", "e"), ("?", "question_mark", "?"), ("space", "space", " "), ("[y]", "y", "y"),
     ("enter", "enter", None), ("]", "right_square_bracket", "]")],
)  # fmt: skip
def test_a_label_is_the_key_of_that_name(label: str, key: str, char: str | None) -> None:
    found = key_of(label)
    assert (found.key, found.character) == (key, char)


def test_marks_are_counted_from_the_right() -> None:
    line = [("Side Plank ● ", ""), ("  ", ""), ("∘", ""), ("[", ""), ("○", ""), ("]", "")]
    assert [mark_at(line, column, 2) for column in (11, 15, 17)] == [None, 0, 1]


async def test_a_tab_leads_to_its_pane_from_everywhere(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await click(ui, "1 Library")
        assert ui.main.current == "library"
        await click(ui, "4 Season", more=3)
        assert ui.app.screen is not ui.main
        await click(ui, "4 SEASON", more=3)
        assert ui.app.screen is not ui.main, "it is there already"
        await ui.press("question_mark")
        await click(ui, "3 History")
        assert ui.main.current == "history"
        await ui.press("slash")
        await click(ui, "2 Today")
        assert ui.main.current == "today"
        assert not ui.main.prompt.is_open


async def test_a_hint_is_its_key_unless_that_changes_the_log(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await click(ui, "enter log set", more=7)
        assert ui.book.recorder.live is None
        await click(ui, "? help")
        assert open_page(ui) == "Keys"
        await click(ui, "q back", more=3)
        assert open_page(ui) == ""
        await ui.press("enter")
        for hint in ("enter log set", "u undo"):
            await click(ui, hint)
            assert ui.week_annotations()["wall-lean-hold"] == "●○○"
        await click(ui, "e different")
        assert ui.main.prompt.is_open
        await click(ui, "HOLD" if "HOLD" in ui.text() else "REST")
        assert ui.week_annotations()["wall-lean-hold"] == "●○○"


async def test_an_option_of_a_question_is_its_key(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("s")
        await click(ui, "p pain", more=3)
        assert not ui.main.prompt.is_open
        assert ui.week_annotations()["wall-lean-hold"] == "–○○"


async def test_a_row_is_pointed_at_first_and_opened_then(books: Books) -> None:
    books.train()
    async with running(books.open(), books.clock) as ui:
        await ui.press("1")
        await click(ui, "Back Extension", more=3)
        library = ui.main.query_one(LibraryPane)
        assert library.rows.value.name == "Back Extension"
        assert open_page(ui) == ""
        await click(ui, "Back Extension", more=3)
        assert open_page(ui) == "Back Extension"
        await ui.press("q", "2", "enter", "y")
        for _ in range(2):
            await click(ui, "Glute Sling", more=3)
        assert open_page(ui) == ""
        assert ui.today.item is not None
        assert ui.today.item.exercise == "glute-sling"


async def test_a_mark_picks_its_set_and_the_clock_is_space(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await click(ui, "○○○", "Glute Sling", more=1)
        assert ui.today.picked is not None
        assert (ui.today.picked.item, ui.today.picked.number) == ("2", 2)
        assert ui.book.recorder.live is None
        await ui.press("space")
        await ui.pass_time(10, step=10)
        await click(ui, "Set 1 of 3")
        assert ui.live.clock is not None
        assert ui.live.clock.watch.paused_at is None
        await click(ui, "██", more=1)
        clock = ui.live.clock
        assert clock is not None
        assert clock.watch.paused_at is not None


async def test_no_click_logs_skips_or_deletes(books: Books) -> None:
    books.train()
    chance = random.Random(8)
    async with running(books.open(), books.clock) as ui:
        await ui.press("enter", "y")
        before, stored = dict(ui.live.rows), ui.book.reader.sessions()
        for _ in range(40):
            top = ui.app.screen
            shown = [(y, x) for y, line in enumerate(ui.lines()) for x in range(len(line))]
            y, x = chance.choice(shown)
            await click_at(ui, x, y)
            assert isinstance(ui.app.screen, BaseScreen)
            if chance.random() < 0.1:
                await ui.press("2")
        assert ui.live.rows == before
        assert ui.book.reader.sessions() == stored
        assert top is not None


@pytest.mark.parametrize("wanted", [True, False])
def test_without_it_the_terminal_selects_text_as_ever(
    books: Books, monkeypatch: pytest.MonkeyPatch, *, wanted: bool
) -> None:
    given: list[dict[str, object]] = []
    monkeypatch.setattr(Stridelift, "run", lambda _, **options: given.append(options))
    book = books.open()
    book.profile.set("mouse", wanted)
    run_screen(book, NOTHING_TYPED)
    assert given == [{"mouse": wanted}]
