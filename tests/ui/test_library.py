"""The Library pane: search, filters, the page of an exercise, adding to today."""

from __future__ import annotations

import pytest

from tests.ui.driver import Books, Driver, open_page, running
from tui.domain.model.library.parser import find
from tui.domain.model.values import Exercise, Kind


def shown(ui: Driver) -> list[str]:
    """The ids of the exercises in the list, or the filter values shown there."""
    return [v.id if isinstance(v, Exercise) else str(v) for v in ui.main.library.rows.values]


async def choose(ui: Driver, value: str) -> None:
    """Move the cursor to a value of the list, and press enter."""
    await ui.press("home", *["j"] * shown(ui).index(value), "enter")


async def test_all_exercises_stand_there_by_name(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("1")
        every = sorted(books.library.exercises.values(), key=lambda e: e.name)
        assert shown(ui) == [e.id for e in every]
        assert f"Library  {len(every)}" in ui.text()


async def test_find_as_one_types(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("1", "/")
        counts = []
        for key in "split":
            await ui.press(key)
            counts.append(len(shown(ui)))
        assert counts == sorted(counts, reverse=True)
        assert shown(ui) == [e.id for e in find(books.library, "split")]
        assert "split-squat" in shown(ui)
        await ui.press("enter")
        assert ui.prompt() == ""
        assert shown(ui)[0] == find(books.library, "split")[0].id
        await ui.press("enter")
        assert open_page(ui) == find(books.library, "split")[0].name


async def test_nothing_found_is_no_harm(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("1", "/", *"zzzz", "enter", "enter")
        assert ui.said.startswith("! No exercise here is called that")
        assert "No exercise fits." in ui.text()
        await ui.press("tab", "enter", "a", "d")
        assert shown(ui) == []
        assert not open_page(ui)
        assert ui.book.recorder.live is None
        await ui.press("x")
        assert len(shown(ui)) == len(books.library.exercises)
        assert "No exercise fits." not in ui.text()


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
            e.id
            for e in books.library.exercises.values()
            if value in (e.category, e.kind.value, *e.equipment)
        }
        assert set(shown(ui)) == fitting
        assert 0 < len(fitting) < len(books.library.exercises)
        assert value in ui.lines()[2]
        await ui.press(key)
        assert len(shown(ui)) == len(books.library.exercises)


async def test_filters_and_a_word_work_together(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("1", "i")
        await choose(ui, "loaded")
        await ui.press("/", *"squat", "enter")
        every = books.library.exercises
        assert shown(ui)
        assert all(every[name].kind is Kind.LOADED for name in shown(ui))
        assert set(shown(ui)) < {e.id for e in find(books.library, "squat")}
        await ui.press("x")
        assert len(shown(ui)) == len(every)


async def test_leaving_a_filter_unchosen_shows_all_again(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("1", "c", "x")
        assert len(shown(ui)) == len(books.library.exercises)
        await ui.press("c", "/", "tab")
        assert len(shown(ui)) == len(books.library.exercises)


async def test_the_page_says_how_and_why(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("1", "/", *"towel", "enter", "d")
        text = ui.text()
        exercise = find(books.library, "towel")[0]
        assert open_page(ui) == exercise.name
        assert "3x5/side t8" in text
        assert exercise.cues[0][:40] in text
        assert "Source      Strength Train For Trail Running Speed (Jon-Erik Kawamoto" in text
        await ui.press("q")
        assert ui.main.current == "library"


async def test_an_exercise_is_added_to_the_session_that_is_planned(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("1", "/", *"box jump", "enter", "a")
        assert ui.main.current == "today"
        assert [item.exercise for item in ui.live.items][-1] == "box-jump"
        assert len(ui.live.items) == 6


async def test_adding_is_given_up_by_going_elsewhere(books: Books) -> None:
    async with running(books.open(), books.clock, (130, 40)) as ui:
        await ui.press("a")
        assert "Add to today" in ui.text()
        await ui.press("tab", "2")
        assert "Add to today" not in ui.text()
        await ui.press("1", "enter")
        assert open_page(ui)
        assert ui.book.recorder.live is None


async def test_find_in_today_leads_to_the_library(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("/", *"bound")
        assert ui.main.current == "library"
        assert shown(ui)[0] == "bound"


async def test_the_ends_and_pages_of_a_long_list(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("1", "end")
        rows = ui.main.library.rows
        last = max(e.name for e in books.library.exercises.values())
        assert any(last[:30] in line and "›" in line for line in ui.lines())
        await ui.press("pageup")
        assert 0 < rows.cursor < len(rows.values) - 1
        assert any("›" in line for line in ui.lines())
        await ui.press("home", "k", "up")
        assert rows.cursor == 0
        await ui.press("pagedown", "down")
        assert any("›" in line for line in ui.lines())
