"""The question before an odd set is written: y, e or n."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.ui.driver import Books, Driver, running, work
from tests.ui.review_logs import session
from tui.domain.model.notation import parse
from tui.domain.model.values import Measures, SetEntry, Side
from tui.store.repository import Repository

CALF = "seated-calf-raise"
ITEM = "4"
ASKED = "Log 8 × 600 kg?  y yes  e edit  n no  [e] "
# Two sets a session.
WEEK_AGO = [(60, False)] * 2
WHY = "600 kg is 540 kg more than last time."


@pytest.fixture
def trained(books: Books) -> None:
    """A session with 60 kg, a week ago."""
    day = books.clock().date() - timedelta(days=7)
    book = books.open()
    done = session(day, (CALF, Side.BOTH, Measures(reps=15, load_kg=60)))
    book.reader.repository.put_many([done], [])
    book.close()


pytestmark = pytest.mark.usefixtures("trained")


async def typed(ui: Driver, words: str) -> None:
    await ui.press("home", "j", "j", "j", "e")
    item = ui.today.item
    assert item is not None
    assert item.exercise == CALF
    await ui.answer(words)


def logged(ui: Driver) -> list[SetEntry]:
    live = ui.book.recorder.live
    return [] if live is None else [row for rows in live.rows.values() for row in rows]


async def test_an_odd_set_is_asked_about_before_it_is_written(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await typed(ui, "8 600kg rir1")
        assert ui.prompt() == ASKED
        assert WHY in ui.text()
        assert logged(ui) == []


@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
async def test_the_answers_are_all_on_the_screen(books: Books, size: tuple[int, int]) -> None:
    async with running(books.open(), books.clock, size) as ui:
        await typed(ui, "8 600kg")
        assert ASKED.strip() in ui.text()


async def test_y_writes_it_as_confirmed(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await typed(ui, "8 600kg rir1")
        await ui.press("y")
        assert ui.prompt() == ""
        assert WHY not in ui.text()
        [row] = logged(ui)
        assert (row.done.load_kg, row.rir, row.confirmed) == (600, 1, True)
        assert books.on_disk() == ui.live
        # The same again is plausible now, and so is a note on the set.
        await ui.press("e")
        await ui.answer("8 600kg")
        assert [row.done.load_kg for row in logged(ui)] == [600, 600]


async def test_n_writes_nothing(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await typed(ui, "8 600kg")
        await ui.press("n")
        assert ui.prompt() == ""
        assert WHY not in ui.text()
        assert logged(ui) == []


@pytest.mark.parametrize("key", ["e", "enter"])
async def test_e_and_enter_go_back_to_what_was_typed(books: Books, key: str) -> None:
    async with running(books.open(), books.clock) as ui:
        await typed(ui, "8 600kg rir1")
        await ui.press(key)
        assert ui.prompt() == "Set 1: 8 600kg rir1"
        assert WHY not in ui.text()
        assert logged(ui) == []
        await ui.answer("8 60kg rir1")
        [row] = logged(ui)
        assert (row.done.load_kg, row.confirmed) == (60, False)


async def test_three_hasty_enters_write_nothing(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await typed(ui, "8 600kg")
        await ui.press("enter", "enter", "enter")
        assert ui.prompt() == "Set 1: 8 600kg"
        assert logged(ui) == []


@pytest.mark.parametrize("key", ["tab", "escape"])
async def test_leaving_it_is_no(books: Books, key: str) -> None:
    async with running(books.open(), books.clock) as ui:
        await typed(ui, "8 600kg")
        await ui.press(key)
        assert ui.prompt() == ""
        assert WHY not in ui.text()
        assert logged(ui) == []


async def test_a_key_that_is_no_answer_asks_on(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await typed(ui, "8 600kg")
        await ui.press("x")
        assert ui.said == "! y yes, e edit or n no."
        assert logged(ui) == []
        await ui.press("y")
        assert len(logged(ui)) == 1


async def test_a_load_raised_with_plus_is_asked_about_once_it_is_odd(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        ui.book.profile.set("dumbbells", [60, 200])
        await ui.press("home", "j", "j", "j", "+", "enter")
        assert ui.prompt().startswith("Log 16 × 200 kg?")
        assert "200 kg is 140 kg more than last time." in ui.text()
        assert logged(ui) == []
        await ui.press("e")
        assert ui.prompt() == "Set 1: 16 200kg"
        await ui.press("tab", "enter", "y")
        [row] = logged(ui)
        assert (row.done.load_kg, row.confirmed) == (200, True)
        # Confirmed once, it is no question for the next set.
        await ui.press("enter")
        assert len(logged(ui)) == 2


async def test_a_plan_done_as_it_stands_is_never_asked_about(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press(*["enter"] * 14)
        assert ui.prompt() == ""
        assert len({(row.id) for row in logged(ui)}) == 25


async def test_a_load_that_is_not_owned_is_told(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        ui.book.profile.set("dumbbells", [60, 65])
        await typed(ui, "15 63kg")
        assert ui.said == "63 kg is none of your dumbbells; kept"
        assert work(ITEM, 1) in ui.live.rows


# --- History ------------------------------------------------------------------------------------


def stored(books: Books) -> list[tuple[float | None, bool]]:
    sessions = Repository(books.paths, writable=False).sessions(2026)
    rows = [row for s in sessions for entry in s.live() for row in entry.live()]
    return [(row.done.load_kg, row.confirmed) for row in rows]


@pytest.fixture
def odd(books: Books) -> None:
    """An odd set, logged on the command line yesterday without --yes."""
    book = books.open().read_all()
    calf = book.profile.library.exercises[CALF]
    book.recorder.log(calf, parse("8 600kg"), books.clock() - timedelta(days=1))
    book.close()


@pytest.mark.usefixtures("odd")
async def test_an_odd_set_of_the_log_is_confirmed_by_editing_it(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("3", "enter", "e")
        assert ui.prompt() == "Set 1, 8 × 600 kg. What was different? "
        await ui.press("enter")
        assert ui.prompt().strip().startswith("Log 8 × 600 kg?")
        assert stored(books) == [*WEEK_AGO, (600, False)]
        await ui.press("y")
        assert stored(books) == [*WEEK_AGO, (600, True)]
        # What is confirmed is not asked again.
        await ui.press("e", *" rir1", "enter")
        assert ui.prompt() == ""
        assert stored(books) == [*WEEK_AGO, (600, True)]


@pytest.mark.usefixtures("odd")
@pytest.mark.parametrize(
    ("key", "asks"), [("n", ""), ("e", "Set 1, 8 × 600 kg. What was different? 8 650kg")]
)
async def test_a_correction_that_is_odd_is_asked_about(books: Books, key: str, asks: str) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("3", "enter", "e")
        await ui.answer("8 650kg")
        assert "650 kg is 590 kg more than last time." in ui.text()
        await ui.press(key)
        assert ui.prompt() == asks
        assert stored(books) == [*WEEK_AGO, (600, False)]
