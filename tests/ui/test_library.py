"""The Library pane: its rows, filters, the card of an exercise, adding to today."""

from __future__ import annotations

import pytest

from tests.ui.driver import Books, Driver, open_page, running
from tests.ui.test_advice import log
from tui.domain.model.library.parser import find
from tui.domain.model.values import Exercise


def shown(ui: Driver) -> list[str]:
    """The ids of the exercises in the list, or the filter values shown there."""
    return [v.id if isinstance(v, Exercise) else str(v) for v in ui.main.library.rows.values]


def runners(books: Books) -> list[Exercise]:
    """All exercises but those of the gym."""
    return [one for one in books.library.exercises.values() if not one.bare]


async def choose(ui: Driver, value: str) -> None:
    """Move the cursor to a value of the list, and press enter."""
    await ui.press("home", *["j"] * shown(ui).index(value), "enter")


async def test_all_exercises_stand_there_by_name(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("1")
        every = sorted(runners(books), key=lambda e: e.name)
        assert shown(ui) == [e.id for e in every]
        assert f"Library  {len(every)}" in ui.text()


@pytest.mark.parametrize(("key", "value"), [("c", "calf"), ("g", "mini-band"), ("i", "eccentric")])
async def test_a_filter_shows_its_values_then_what_fits(books: Books, key: str, value: str) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("1", key)
        assert "Only one " in ui.text()
        assert "enter chooses" in ui.text()
        offered = shown(ui)
        assert offered == sorted(offered)
        await choose(ui, value)
        fitting = {
            e.id for e in runners(books) if value in (e.category, e.kind.value, *e.equipment)
        }
        assert set(shown(ui)) == fitting
        assert 0 < len(fitting) < len(runners(books))
        assert value in ui.lines()[2]
        await ui.press(key)
        assert len(shown(ui)) == len(runners(books))


async def test_a_row_tells_name_last_day_next_time_and_what_it_needs(books: Books) -> None:
    log(books, "seated-calf-raise", "3x15 10kg", 2)
    async with running(books.open(), books.clock) as ui:
        await ui.press("1", "c")
        await choose(ui, "calf")
        [row] = [line for line in ui.lines() if "Seated Weighted Calf" in line]
        assert "31 Oct  3×" in row
        assert row.endswith("chair, step …")
        await ui.resize(60, 20)
        [row] = [line for line in ui.lines() if "Seated Weighted Calf" in line]
        assert "31 Oct" not in row


async def test_leaving_a_filter_unchosen_shows_all_again(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("1", "c", "x")
        assert len(shown(ui)) == len(runners(books))
        await ui.press("c", "/", "tab", "x")
        assert len(shown(ui)) == len(runners(books))


async def test_the_page_says_how_and_why(books: Books) -> None:
    async with running(books.open(), books.clock, (80, 50)) as ui:
        await ui.press("1", "/", *"towel", "enter", "d", "w")
        text = ui.text()
        exercise = find(books.library, "towel")[0]
        assert open_page(ui) == f"Why: {exercise.name}"
        assert "Strength Train For Trail Running Speed (Jon-Erik Kawamoto" in text
        await ui.press("w")
        assert "2 × 5 each side, 8 s down" in ui.text()
        assert exercise.cues[0][:40] in ui.text()
        await ui.press("q")
        assert ui.main.current == "library"


async def test_an_exercise_is_added_to_the_session_that_is_planned(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("1", "/", *"box jump", "enter", "a")
        assert ui.main.current == "today"
        assert [item.exercise for item in ui.live.items][-1] == "box-jump"
        assert len(ui.live.items) == 6


async def test_the_ends_and_pages_of_a_long_list(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("1", "end")
        rows = ui.main.library.rows
        last = max(e.name for e in runners(books))
        assert any(last[:30] in line and "›" in line for line in ui.lines())
        await ui.press("pageup")
        assert 0 < rows.cursor < len(rows.values) - 1
        assert any("›" in line for line in ui.lines())
        await ui.press("home", "k", "up")
        assert rows.cursor == 0
        await ui.press("pagedown", "down")
        assert any("›" in line for line in ui.lines())
