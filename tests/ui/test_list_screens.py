"""What all screens over the panes share: number keys go on to others, the palette knows their keys,
and a terminal that is too small is reported."""

from __future__ import annotations

import pytest
from textual import events

from tests.ui.driver import Books, Driver, key_name, open_page, running
from tui.ui.screens.list_screen import ListScreen
from tui.ui.screens.palette import PaletteScreen
from tui.ui.screens.season import SeasonScreen
from tui.ui.widgets.prompt import Prompt

OPENED = {"season": "4", "review": "5", "metrics": "M", "programmes": "P", "trend": "T"}


@pytest.mark.parametrize("key", OPENED.values())
@pytest.mark.parametrize(("number", "pane"), [("1", "library"), ("2", "today"), ("3", "history")])
async def test_a_number_leads_to_its_pane(books: Books, key: str, number: str, pane: str) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press(key)
        assert isinstance(ui.app.screen, ListScreen)
        await ui.press(number)
        assert len(ui.app.screen_stack) == 1
        assert ui.main.current == pane
        assert ui.main.focused is ui.main.pane().rows


async def test_from_one_screen_to_another_and_its_own_number_leaves(books: Books) -> None:
    books.train()
    async with running(books.open(), books.clock) as ui:
        await ui.press("5", "enter", "4")
        assert isinstance(ui.app.screen, SeasonScreen)
        assert len(ui.app.screen_stack) == 2
        await ui.press("4")
        assert len(ui.app.screen_stack) == 1
        await ui.press("5", "5")
        assert len(ui.app.screen_stack) == 1


async def test_what_was_changed_over_the_panes_is_seen_on_them(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("4", "a")
        screen = ui.app.screen
        assert isinstance(screen, ListScreen)
        screen.prompt.field.value = "race 2026-11-08 Town Run"
        await ui.press("enter", "2")
        assert "Town Run" in ui.text()


@pytest.mark.parametrize("key", OPENED.values())
async def test_the_palette_has_the_commands_of_the_screen(books: Books, key: str) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press(key, "ctrl+p")
        palette = ui.app.screen
        assert isinstance(palette, PaletteScreen)
        found = {entry.words for entry in palette.entries}
        assert {"All keys", "Today's session"} <= found
        assert "Start or pause the clock" not in found


@pytest.mark.parametrize("key", OPENED.values())
async def test_below_its_least_size_it_says_so_and_comes_back(books: Books, key: str) -> None:
    books.train()
    async with running(books.open(), books.clock) as ui:
        await ui.press(key)
        before = ui.text()
        for width, height in ((29, 24), (80, 9), (20, 5)):
            await ui.resize(width, height)
            assert " ".join(lines(ui)) == "Too small: 30 by 10 at least."
        await ui.resize(80, 24)
        assert ui.text() == before
        await ui.press("q")
        assert len(ui.app.screen_stack) == 1


def lines(ui: Driver) -> list[str]:
    return [line.strip() for line in ui.lines() if line.strip()]


async def test_below_its_least_size_no_key_does_what_nobody_sees(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("4")
        before = ui.book.profile.diary, ui.book.profile.setup.calendar
        for keys in ("", "a"):
            await ui.press(*keys)
            await ui.resize(29, 9)
            assert lines(ui) == ["Too small: 30 by 10 at least."]
            await ui.press("s", "g", "x", "u", "m")
            assert (ui.book.profile.diary, ui.book.profile.setup.calendar) == before
            assert isinstance(ui.app.screen, SeasonScreen)
            await ui.resize(80, 24)
        assert ui.app.screen.query_one(Prompt).is_open
        await ui.press("tab")
        await ui.resize(29, 9)
        await ui.press("2")
        assert len(ui.app.screen_stack) == 1


async def test_a_number_leads_on_from_a_session_that_is_looked_at(books: Books) -> None:
    books.train()
    async with running(books.open(), books.clock) as ui:
        await ui.press("5", "enter", "enter")
        assert open_page(ui).startswith("Mon 2 Nov 2026")
        await ui.press("ctrl+p", *"correct")
        assert "in History" in ui.text()
        await ui.press("tab", "q", "4")
        assert isinstance(ui.app.screen, SeasonScreen)
        assert len(ui.app.screen_stack) == 2


async def test_a_session_that_is_looked_at_has_help_and_says_where_it_is_saved(
    books: Books,
) -> None:
    books.train()
    async with running(books.open(), books.clock) as ui:
        await ui.press("5", "enter", "enter", "?")
        assert open_page(ui) == "Keys"
        await ui.press("q", "Y")
        assert "there Y saves a file" in ui.text()


async def test_what_was_left_out_is_still_part_of_the_week(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        every = sum(len(item.now.sets) for item in books.planned())
        await ui.press("enter", "F")
        await ui.answer("time")
        await ui.press("q", "5")
        assert f"1 of {every} sets" in ui.text()
        await ui.press("enter")
        assert "left out" in ui.text()


async def test_what_was_being_typed_is_left_where_a_number_leads_back(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("N")
        ui.main.action_screen("season")
        await ui.settle()
        await ui.press("2")
        assert not ui.main.prompt.is_open
        assert ui.main.focused is ui.main.pane().rows


async def test_every_screen_over_the_panes_is_left_by_q_backspace_and_escape(
    books: Books,
) -> None:
    books.train()
    async with running(books.open(), books.clock) as ui:
        for opened in (("4",), ("5",), ("P",), ("M",), ("Z",), ("?",), ("T",), ("d",)):
            for leave in ("q", "backspace", "escape"):
                await ui.press(*opened)
                assert len(ui.app.screen_stack) == 2, opened
                await ui.press(leave)
                assert len(ui.app.screen_stack) == 1, (opened, leave)


async def test_where_today_has_nothing_to_look_at_it_says_where(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("E", "T")
        assert ui.said == "No exercise is here to look at. In the Library (1) T shows any."
        assert len(ui.app.screen_stack) == 1


async def test_while_the_log_is_read_today_says_so_for_a_trend(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(books.open(), books.clock) as ui:
        monkeypatch.setattr(ui.book.planner, "is_known", lambda: False)
        ui.main.show()
        await ui.settle()
        await ui.press("T")
        assert ui.said == "Your log is being read."
        assert len(ui.app.screen_stack) == 1


async def test_keys_that_close_a_screen_before_it_is_drawn_again_end_nothing(books: Books) -> None:
    books.train()
    async with running(books.open(), books.clock) as ui:
        for number in "045":
            # Help lies over it; the number leads through both at once.
            for key in (number, "?", number):
                ui.type(events.Key(key_name(key), key))
            await ui.settle()
            assert ui.app.fault is None
            assert len(ui.app.screen_stack) <= 2
            await ui.press("2")
