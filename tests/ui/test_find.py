"""Find: from any screen to the card of an exercise, or into today's session."""

from __future__ import annotations

import pytest

from tests.ui.driver import Books, Driver, open_page, running
from tests.ui.test_advice import SQUAT, log
from tui.domain.model.library.search import find
from tui.domain.model.values import Exercise
from tui.ui.screens.find import FindScreen, New
from tui.ui.widgets.prompt import Prompt


def found(ui: Driver) -> list[str]:
    """The ids of the exercises in the list."""
    screen = ui.app.screen
    assert isinstance(screen, FindScreen)
    return [row.id for row in screen.rows.values if isinstance(row, Exercise)]


def said(ui: Driver) -> str:
    screen = ui.app.screen
    assert isinstance(screen, FindScreen)
    return "" if screen.said is None else screen.said[0]


async def test_the_list_narrows_and_enter_opens_the_card(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("/")
        counts = []
        for key in "split":
            await ui.press(key)
            counts.append(len(found(ui)))
        assert counts == sorted(counts, reverse=True)
        assert found(ui) == [e.id for e in find(books.library, "split")]
        assert f"{counts[-1]} of {len(books.library.exercises)}" in ui.text()
        await ui.press("down", "enter")
        assert open_page(ui) == find(books.library, "split")[1].name
        await ui.press("q")
        assert found(ui)[0] == find(books.library, "split")[0].id
        await ui.press("q")
        assert ui.app.screen is ui.main


async def test_what_was_done_last_stands_first_with_last_and_next(books: Books) -> None:
    log(books, SQUAT, "62.5kg x 8,7,6 rir2", 2)
    log(books, "plank", "3x40s", 4)
    async with running(books.open(), books.clock) as ui:
        await ui.press("/")
        assert found(ui)[:2] == [SQUAT, "plank"]
        rest = [books.library.exercises[name].name for name in found(ui)[2:]]
        assert rest == sorted(rest)
        row = next(line for line in ui.lines() if "Back Squat" in line)
        assert "31 Oct" in row
        assert "8, 7, 6 62.5 kg" in row


@pytest.mark.parametrize("keys", [("ctrl+f",), ("1", "/"), ("3", "ctrl+f"), ("4", "ctrl+f"),
                                  ("d", "ctrl+f")])  # fmt: skip
async def test_it_is_reached_from_everywhere(books: Books, keys: tuple[str, ...]) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press(*keys)
        assert isinstance(ui.app.screen, FindScreen)
        await ui.press(*"plank", "enter")
        assert open_page(ui) == "Plank"


async def test_the_palette_leads_to_it_with_what_was_typed(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("ctrl+p", *"copenh")
        assert "Find exercise “copenh” …" in ui.text()
        await ui.press("enter")
        assert found(ui) == ["copenhagen-plank"]
        await ui.press("enter")
        assert open_page(ui) == "Copenhagen Plank"


@pytest.mark.parametrize("key", ["tab", "escape"])
async def test_leaving_the_prompt_leaves_the_screen(books: Books, key: str) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("/", *"qu", key)
        assert ui.app.screen is ui.main
        assert ui.book.recorder.live is None


async def test_adding_puts_it_into_today(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("a")
        assert "Add to today" in ui.text()
        await ui.press(*"box jump", "enter")
        assert ui.app.screen is ui.main
        assert ui.main.current == "today"
        assert [item.exercise for item in ui.live.items][-1] == "box-jump"
        assert len(ui.live.items) == 6
        assert ui.said == "Added: Box Jump. u takes it out again."


async def test_what_is_nowhere_is_asked_twice_before_it_is_made(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("/", *"zzqx", "enter")
        assert said(ui).startswith("! Nothing is called “zzqx”.")
        assert ui.app.screen.query_one(Prompt).field.value == "zzqx"
        await ui.press("y", "enter")
        assert said(ui).startswith("! Nothing is called “zzqxy”.")
        await ui.press("enter")
        assert "Name? [Zzqxy]" in ui.text()
        await ui.press("tab")
        assert isinstance(ui.app.screen, FindScreen)


async def test_the_last_row_makes_a_new_one(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("/", *"calf ra")
        screen = ui.app.screen
        assert isinstance(screen, FindScreen)
        assert screen.rows.values[-1] == New("calf ra")
        assert "New exercise “calf ra” …" in ui.text()
        await ui.press(*["down"] * 20, "enter")
        assert "Name? [Calf ra]" in ui.text()


async def test_the_name_is_whole_where_there_is_room(books: Books) -> None:
    async with running(books.open(), books.clock, (60, 20)) as ui:
        await ui.press("/", *"calf")
        assert "Seated Weighted Calf Raise" in ui.text()
        assert "3×15" in ui.text()


async def test_those_of_the_gym_wait_until_they_are_searched(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("/")
        assert not [name for name in found(ui) if books.library.exercises[name].bare]
        assert f"101 of {len(books.library.exercises)}" in ui.text()
        await ui.press(*"press")
        names = found(ui)
        gym = [books.library.exercises[name].bare for name in names]
        assert gym == sorted(gym)
        assert "In the gym" in ui.text()
        await ui.press(*["backspace"] * 5, *"shrug", "enter")
        assert open_page(ui) == "Barbell Shrug"


async def test_what_was_done_in_the_gym_stands_with_the_others(books: Books) -> None:
    log(books, "bench-press", "3x8 60kg rir2", 2)
    async with running(books.open(), books.clock) as ui:
        await ui.press("/")
        assert found(ui)[0] == "bench-press"
        await ui.press(*"press")
        rows = [line.strip() for line in ui.lines()]
        at = next(i for i, line in enumerate(rows) if line.startswith("In the gym"))
        assert any("Bench Press" in line and "31 Oct" in line for line in rows[:at])
        await ui.press("tab", "1")
        assert "bench-press" in [one.id for one in ui.main.library.rows.values]
