"""The readiness questions on the screen: one key each, and how the plan follows."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.ui.driver import Books, Driver, running
from tui.domain.calculator.morning_pain import PAIN_WORDS
from tui.domain.model.readiness import LIGHTER_WORDS, Ready, read


def kept(ui: Driver) -> list[Ready]:
    found = (read(record) for record in ui.book.reader.records())
    return [ready for ready in found if ready is not None]


def today(ui: Driver, **told: int | str | bool) -> Ready:
    return Ready(**{"day": ui.clock().date(), **told})  # type: ignore[arg-type]  # by name


async def test_three_keys_and_no_enter(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("R")
        assert ui.prompt().startswith("How are your legs, 1 heavy to 5 fresh? [3]")
        await ui.press("4")
        assert ui.prompt().startswith("How did you sleep, 1 poor to 5 well? [3]")
        await ui.press("5")
        assert ui.prompt().startswith("Pain, 0 none to 10 worst? [0]")
        await ui.press("0")
        assert ui.prompt() == ""
        assert kept(ui) == [today(ui, legs=4, sleep=5, pain=0)]
        assert ui.said == "Noted: legs 4, sleep 5, pain 0."
        assert ui.app.focused is ui.today.rows
        await ui.press("j")
        assert "Legs 4, sleep 5, pain 0" in ui.text()
        assert "lighter" not in ui.text()


async def test_nothing_is_asked_and_one_key_begins(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        assert "How are your legs" not in ui.text()
        await ui.press("enter")
        assert ui.live.rows


@pytest.mark.parametrize(("keys", "light"), [("y", True), ("enter", True), ("n", False)])
async def test_a_low_day_is_offered_the_lighter_session(
    books: Books, keys: str, light: bool
) -> None:
    usual = sum(len(item.keys()) for item in books.planned())
    async with running(books.open(), books.clock) as ui:
        await ui.press("R", "2", "2")
        assert ui.prompt().startswith("A lighter one today?  y yes  n no  [y]")
        await ui.press(keys, "0")
        assert kept(ui) == [today(ui, legs=2, sleep=2, light=light)]
        sets = sum(len(item.keys()) for item in ui.today.session.live.items)
        assert (sets < usual) is light
        assert ui.said == (
            LIGHTER_WORDS
            if light
            else "Noted: legs 2, sleep 2, pain 0. The session stays as planned."
        )
        await ui.press("j")
        assert ("Legs 2, sleep 2, pain 0: a lighter session today" in ui.text()) is light
        await ui.press("enter")
        assert ui.live.rows
        assert "legs 2" not in ui.text()


async def test_the_day_after_it_is_over(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("R", "1", "5", "y", "0")
    books.clock.time += timedelta(days=1)
    async with running(books.open(), books.clock) as ui:
        assert "legs 1" not in ui.text()


async def test_from_three_on_it_is_asked_where(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("R", "4", "4", "3")
        assert ui.prompt().startswith("Where does it hurt?")
        assert "Knee, calf, shin, foot, hip, hamstring, back, shoulder or other;" in ui.text()
        await ui.press("z", "enter")
        assert ui.prompt().startswith("Where does it hurt?")
        await ui.answer("calf")
        assert kept(ui) == [today(ui, legs=4, sleep=4, pain=3, region="ankle-calf")]
        await ui.press("R", "4", "4", "7", "enter")
        assert kept(ui) == [today(ui, legs=4, sleep=4, pain=7, region="ankle-calf")]
        assert ui.said.endswith(PAIN_WORDS)


async def test_ten_is_a_second_digit_also_on_a_low_day(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        ui.pace = 0.5
        await ui.press("R", "2", "2", "n", "1", "0")
        assert ui.prompt().startswith("Where does it hurt?")
        await ui.answer("knee")
        assert kept(ui) == [today(ui, legs=2, sleep=2, pain=10, region="knee")]


async def test_enter_keeps_what_was_told_or_is_usual(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("R", "4", "enter", "enter")
        assert kept(ui) == [today(ui, legs=4, sleep=3)]
        await ui.press("R")
        assert ui.prompt().startswith("How are your legs, 1 heavy to 5 fresh? [4]")


async def test_another_key_asks_again_and_tab_leaves_it(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("R", "6", "x", "0")
        assert ui.prompt().startswith("How are your legs")
        assert ui.main.prompt.field.value == "0"
        assert ui.said == "! 1 to 5, please."
        await ui.press("3", "tab")
        assert (ui.prompt(), kept(ui)) == ("", [])
        await ui.press("R", "2", "2", "x")
        assert ui.prompt().startswith("A lighter one today?")
        await ui.press("tab")
        assert kept(ui) == []


async def test_keys_that_come_at_once_answer_one_question_each(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("R")
        ui.main.prompt.field.value = "230"
        await ui.settle()
        assert kept(ui) == [today(ui, legs=2, sleep=3)]


async def test_told_again_it_is_put_right(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("R", "2", "2", "y", "0", "R", "5", "5", "0")
        assert kept(ui) == [today(ui, legs=5, sleep=5)]


async def test_a_session_that_is_done_or_under_way_stays_what_it_was(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("enter", "R")
        assert ui.prompt() == ""
        assert "under way" in ui.said
        await ui.press("F", "enter", "q", "R", "1", "1", "0")
        assert kept(ui) == [today(ui, legs=1, sleep=1)]


async def test_whoever_only_looks_is_told_so(books: Books) -> None:
    writer = books.open()
    async with running(books.open(), books.clock) as ui:
        await ui.press("R", "4", "4", "0")
        assert "Another window logs this session" in ui.said
        assert kept(ui) == []
    writer.close()
