"""The routines screen: what it shows, starts, and puts before or after today's session."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.ui.driver import Books, Driver, running
from tui.domain.model.dates import monday
from tui.domain.model.library.catalog import exercise_name
from tui.domain.model.values import SetKind
from tui.domain.planning.calendar_changes import easier_week
from tui.ui.screens.list_screen import ListScreen
from tui.ui.screens.main import MainScreen
from tui.ui.screens.routines import RoutinesScreen
from tui.ui.screens.season import SeasonScreen

SIZES = [(60, 20), (80, 24), (120, 40)]
COOL = ["calf-stretch", "hamstring-stretch", "quad-stretch", "hip-flexor-stretch"]


def over(ui: Driver) -> ListScreen:
    """The screen over the panes."""
    top = ui.app.screen
    assert isinstance(top, ListScreen)
    return top


def said(ui: Driver) -> str:
    found = over(ui).said
    return "" if found is None else found[0]


async def on(ui: Driver, name: str) -> None:
    """Open the routines, with the cursor on one."""
    await ui.press("Z")
    screen = over(ui)
    assert isinstance(screen, RoutinesScreen)
    names = [one.id for one in screen.rows.values]
    await ui.press("home", *["j"] * names.index(name))


def exercises(ui: Driver) -> list[str]:
    return [item.exercise for item in ui.live.items]


def here(ui: Driver) -> str:
    """The exercise under the cursor in Today."""
    assert ui.today.item is not None
    return ui.today.item.exercise


# -- what is shown ---------------------------------------------------------------------------------


@pytest.mark.parametrize("keys", [("4", "Z"), ("1", "Z"), ("2", "Z"), ("3", "Z")])
async def test_it_opens_from_the_season_and_every_pane_and_goes_back(
    books: Books, keys: tuple[str, ...]
) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press(*keys)
        assert isinstance(ui.app.screen, RoutinesScreen)
        await ui.press("escape")
        assert isinstance(ui.app.screen, SeasonScreen if keys[0] == "4" else MainScreen)


@pytest.mark.parametrize("size", SIZES)
async def test_each_shows_all_its_exercises_whole_and_what_it_is_for(
    books: Books, size: tuple[int, int]
) -> None:
    async with running(books.open(), books.clock, size) as ui:
        await ui.press("Z", "home")
        for one in books.library.routines.values():
            screen = over(ui)
            assert screen.rows.value == one
            assert isinstance(screen, RoutinesScreen)
            assert screen.day is not None
            lines = [line.strip() for line in ui.lines()]
            for item in screen.day.plan.items:
                name = exercise_name(books.library, item.exercise)
                assert any(line.startswith(f"{name}  ") for line in lines), name
            about = one.about[:60] if size == SIZES[0] else one.about
            assert about in " ".join(" ".join(lines).split())
            await ui.press("j")


async def test_a_name_too_long_for_a_line_with_its_sets_keeps_whole(books: Books) -> None:
    name = "Quadriceps Stretch With A Strap, Standing By The Wall, Slowly"
    stretch = replace(books.library.exercises["quad-stretch"], name=name)
    known = {**books.library.exercises, stretch.id: stretch}
    books.library = replace(books.library, exercises=known)
    async with running(books.open(), books.clock, (60, 20)) as ui:
        await on(ui, "cool-down")
        words = " ".join(ui.text().split())
        assert f"{name} 30 s each side Hip Flexor Stretch 30 s each side" in words


async def test_the_palette_has_it(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("ctrl+p", *"routines", "enter")
        assert isinstance(ui.app.screen, RoutinesScreen)


# -- start -----------------------------------------------------------------------------------------


async def test_it_starts_on_its_first_exercise_wherever_the_cursor_was(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("end")
        await on(ui, "cool-down")
        await ui.press("enter")
        assert (ui.live.programme, ui.live.part) == ("routine", "cool-down")
        assert exercises(ui) == COOL
        assert here(ui) == COOL[0]
        assert "Cool-down" in ui.text()
        assert "Mobility 1 of 1  30 s each side" in ui.text()
        assert "warmup" not in ui.text()


async def test_it_is_logged_as_mobility_and_the_plan_stays(books: Books) -> None:
    before = books.planned()
    async with running(books.open(), books.clock) as ui:
        await on(ui, "cool-down")
        await ui.press("enter")
        for _ in COOL:
            await ui.press("enter")
            await ui.pass_time(60)
        await ui.press("F")
        await ui.press("enter")
        [session] = ui.book.reader.sessions()
        assert (session.programme, session.part) == ("routine", "cool-down")
        rows = [row for entry in session.live() for row in entry.live()]
        assert {row.kind for row in rows} == {SetKind.WARMUP}
        assert len(rows) == 2 * len(COOL)
    assert books.planned() == before


async def test_a_work_one_stands_in_the_week_by_its_name_and_todays_session_is_still_due(
    books: Books,
) -> None:
    async with running(books.open(), books.clock) as ui:
        await on(ui, "upper-body")
        await ui.press("enter", *["enter"] * 6, "F", "t", "enter")
        assert ui.book.recorder.live is None
        assert "enter log set 1" in ui.text()
        assert "DONE TODAY" not in ui.text()
        await ui.press("4")
        assert "● Upper body" in ui.text()


async def test_a_work_one_says_why_and_nothing_was_harder_before_it_began(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await on(ui, "no-gym")
        await ui.press("enter", "w")
        assert "2 × 30 s" in ui.text()
        assert "harder than" not in ui.text()
        assert "Asked anew" not in ui.text()


async def test_while_a_session_is_under_way_none_starts(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("enter")
        live = ui.live
        await on(ui, "balance")
        await ui.press("enter")
        assert said(ui).startswith("A session is under way. b puts this before")
        assert ui.live == live


async def test_what_is_better_left_is_asked_first(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await on(ui, "no-gym")
        await ui.press("enter", *["enter"] * 8, "F", "enter")
        await on(ui, "no-gym")
        assert "legs again within 48 hours" in " ".join(ui.text().split())
        await ui.press("enter")
        assert over(ui).prompt.is_open
        await ui.press("n")
        assert ui.book.recorder.live is None
        await ui.press("enter", "y")
        assert ui.live.part == "no-gym"


async def test_a_looker_starts_none(books: Books) -> None:
    books.open()
    async with running(books.open(write=False), books.clock) as ui:
        await on(ui, "mobility")
        await ui.press("enter")
        assert said(ui)
        assert ui.book.recorder.live is None


# -- before or after the session -------------------------------------------------------------------


@pytest.mark.parametrize("begun", [False, True])
@pytest.mark.parametrize("key", ["b", "a"])
async def test_it_goes_before_or_after_the_session_and_back_with_one_key(
    books: Books, key: str, begun: bool
) -> None:
    async with running(books.open(), books.clock) as ui:
        if begun:
            await ui.press("enter")
        planned = [item.exercise for item in books.planned()]
        await on(ui, "cool-down")
        await ui.press(key)
        assert exercises(ui) == ([*COOL, *planned] if key == "b" else [*planned, *COOL])
        assert here(ui) == COOL[0]
        assert ui.live.programme == "trail-speed"
        assert len({item.id for item in ui.live.items}) == len(ui.live.items)
        assert books.on_disk() == ui.live
        await ui.press("u")
        assert exercises(ui) == planned


async def test_it_is_put_to_no_session_of_another_day(books: Books) -> None:
    book = books.open()
    book.profile.set("slots", "tue")
    today = books.clock().date()
    due = book.planner.due(today)
    assert due is not None
    assert due.day > today
    async with running(book, books.clock) as ui:
        await on(ui, "cool-down")
        await ui.press("a")
        assert "enter starts the routine by itself" in said(ui)
        assert ui.book.recorder.live is None


async def test_without_a_session_to_put_it_to_it_says_how_to_begin(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("m")
        for region in ("knee", "ankle-calf", "hip", "back", "hamstring", "shoulder"):
            await ui.answer(f"{region} 9")
            await ui.press("m")
        await ui.press("tab")
        assert not ui.book.planner.next_plan(books.clock().date()).items
        await on(ui, "before-run")
        await ui.press("b")
        assert said(ui)
        assert ui.book.recorder.live is None


async def test_the_why_of_what_was_put_to_a_session_is_its_own(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await on(ui, "no-gym")
        await ui.press("a", "w", "w")
        assert "Why: Wall Sit" in ui.text()
        assert "harder than" not in ui.text()
        await ui.press("q")
        await on(ui, "cool-down")
        await ui.press("a", "w", "w")
        assert "Mobility, as the library has it." in ui.text()


# -- an easier week --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "words"),
    [
        ((60, 20), "An easier week: mobility will do. Z routines"),
        ((80, 24), "You run less this week: mobility alone will do. Z routines"),
    ],
)
async def test_an_easier_week_names_mobility_and_its_key(
    books: Books, size: tuple[int, int], words: str
) -> None:
    book = books.open()
    async with running(book, books.clock, size) as ui:
        assert words not in ui.text()
        book.profile.change_calendar(easier_week(monday(books.clock().date())))
        ui.main.show()
        await ui.settle()
        assert words in ui.text()
        await ui.press("4")
        assert "mobility alone will do: Z" in ui.text()
        await on(ui, "mobility")
        await ui.press("enter")
        assert ui.live.part == "mobility"
        assert words not in ui.text()
