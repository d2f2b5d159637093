"""History: sessions by week; open, correct, delete, take back; all of it still there after."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.ui.driver import Books, Driver, running
from tui.core.model import Session
from tui.store.repository import Repository


@pytest.fixture
def trained(books: Books) -> list[str]:
    """The ids of three sessions in three weeks, oldest first."""
    end = books.clock.time
    ids = []
    for weeks, word in ((2, "muddy"), (1, ""), (0, "")):
        books.clock.time = end - timedelta(weeks=weeks, hours=30)
        ids.append(books.train(note=word))
    books.clock.time = end
    return ids


def filed(books: Books) -> dict[str, Session]:
    """The sessions on disk that are not deleted."""
    found = Repository(books.paths, writable=False).sessions(2026)
    return {session.id: session for session in found if not session.deleted}


def listed(ui: Driver) -> list[str]:
    return [v.id for v in ui.main.history.rows.values if isinstance(v, Session)]


async def test_an_empty_log_says_where_to_begin(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("3")
        assert "No sessions yet." in ui.text()
        await ui.press("enter", "x", "e", "u", "left")
        assert ui.said == ""


async def test_weeks_with_the_newest_first(books: Books, trained: list[str]) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("3")
        assert listed(ui) == trained[::-1]
        text = ui.text()
        assert text.index("Week 44, 2026") < text.index("Week 43, 2026") < text.index("Week 42")
        assert "Sun 01 Nov" in text


async def test_open_correct_and_take_back(books: Books, trained: list[str]) -> None:
    before = filed(books)[trained[-1]]
    async with running(books.open(), books.clock) as ui:
        await ui.press("3", "enter")
        assert "Sun 01 Nov 2026" in ui.text()
        assert "Wall Lean Hip Flexor Hold" in ui.text()
        await ui.press("j", "e")
        assert ui.prompt() == "set 2: 8x6s/side"
        await ui.answer("L8x6s R4x6s # cramp")
        assert "L8x6s R4x6s  cramp" in ui.text()
        after = filed(books)[trained[-1]]
        assert [row.done.holds for row in after.entries[0].sets] == [8, 8, 8, 4, 8, 8]
        assert {row.note for row in after.entries[0].sets[2:4]} == {"cramp"}
        await ui.press("u")
        assert "cramp" not in ui.text()
        assert filed(books)[trained[-1]].entries == before.entries


@pytest.mark.usefixtures("trained")
async def test_a_wrong_correction_changes_nothing(books: Books) -> None:
    before = filed(books)
    async with running(books.open(), books.clock) as ui:
        await ui.press("3", "enter", "e")
        await ui.answer("lots")
        assert ui.said.startswith("cannot read")
        await ui.press("e", "tab", "e", "9", "tab")
    assert filed(books) == before


async def test_delete_a_set_and_take_it_back(books: Books, trained: list[str]) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("3", "enter", "x")
        assert ui.said == "deleted; u brings it back"
        assert len(filed(books)[trained[-1]].live()[0].live()) == 4
        await ui.press("u")
        assert len(filed(books)[trained[-1]].live()[0].live()) == 6
        await ui.press("u")
        assert ui.said == "nothing to undo here"


async def test_delete_sessions_and_take_them_back_in_turn(books: Books, trained: list[str]) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("3", "x", "x")
        assert listed(ui) == trained[:1]
        await ui.press("u")
        assert listed(ui) == trained[1::-1]
        await ui.press("u")
        assert listed(ui) == trained[::-1]
        assert len(filed(books)) == 3


async def test_changes_survive_a_restart(books: Books, trained: list[str]) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("3", "x", "enter", "e")
        await ui.answer("L7x5s R7x5s")
        assert "7x5s/side" in ui.text()
    books.close()
    async with running(books.open(), books.clock) as ui:
        await ui.press("3")
        assert listed(ui) == trained[1::-1]
        await ui.press("enter")
        assert "7x5s/side" in ui.text()


@pytest.mark.usefixtures("trained")
async def test_enter_and_left_lead_back_to_where_one_was(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("3", "j")
        here = ui.main.history.rows.value
        await ui.press("enter", "j", "left")
        assert ui.main.history.rows.value == here
        await ui.press("enter", "enter")
        assert ui.main.history.rows.value == here


async def test_find_a_session_by_exercise_or_note(books: Books, trained: list[str]) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("3", "/", *"mudd")
        assert listed(ui) == trained[:1]
        await ui.press("y", "enter")
        assert listed(ui) == trained[:1]
        await ui.press("enter")
        assert "Note: muddy" not in ui.text()
        await ui.press("end")
        assert "Note: muddy" in ui.text()
        await ui.press("left", "/", *["backspace"] * 5, *"glute sl", "enter")
        assert listed(ui) == trained[::-1]
        await ui.press("/", *["backspace"] * 8, *"zz", "enter")
        assert listed(ui) == []
        assert "None with that word." in ui.text()
        await ui.press("/", "backspace", "backspace", "enter")
        assert listed(ui) == trained[::-1]


@pytest.mark.usefixtures("trained")
async def test_today_says_what_was_done_last_time(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        assert "Last time  3x8x6s/side  (01 Nov 2026)" in ui.text()
        assert "legs 30 h ago" in ui.text()


async def test_a_load_comes_back_next_time(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("end", "k", "e")
        await ui.answer("25 30kg")
        await ui.press("enter", "enter", "F", "enter", "q", "end", "k")
        assert "Last time  30kg x 25,15,15" in ui.text()
    books.close()
    books.clock.forward(3 * 86_400)
    async with running(books.open(), books.clock) as ui:
        assert "3x16 30kg" in ui.text()
