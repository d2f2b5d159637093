"""The editor of the runner's own programmes: each change is on disk at once, and valid."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from msgspec.structs import replace

from tests.ui.driver import Books, Driver, open_page, running
from tests.ui.test_programmes import answer, copy, go, listed, over, said
from tui.bootstrap import open_logbook, whole_library
from tui.domain.model.library.substitutes import substitutes
from tui.domain.model.values import Programme, SetKind, Slot
from tui.domain.planning.own_programmes import with_programme
from tui.ui.screens.editor import EditorScreen, Place
from tui.ui.screens.pick import PickScreen
from tui.ui.screens.programmes import ProgrammesScreen

SIZE = (80, 24)
# The line of Lift and Spring that has three exercises.
CHOICE = 3


@asynccontextmanager
async def editing(
    books: Books, of: str = "six-patterns", size: tuple[int, int] = SIZE
) -> AsyncIterator[Driver]:
    """The editor on a copy called Mine."""
    async with running(books.open(), books.clock, size) as ui:
        await ui.press("P")
        await copy(ui, of, "Mine")
        await ui.press("e")
        assert isinstance(ui.app.screen, EditorScreen)
        yield ui


def mine(ui: Driver, books: Books) -> Programme:
    """The programme as it is used, which must equal the one on disk."""
    library, problems = whole_library(books.paths)
    assert problems == []
    assert library == ui.book.profile.library == ui.book.profile.setup.library
    return library.programmes["mine"]


def names(programme: Programme, part: int = 0) -> list[tuple[str, ...]]:
    return [slot.exercises for slot in programme.parts[part].slots]


async def stand(ui: Driver, part: int, slot: int | None = None, which: int = 0) -> None:
    """Move the cursor to a session, or an exercise in it."""
    rows = over(ui).rows
    rows.go(rows.values.index(Place(part, slot, which)))
    await ui.settle()


def row(ui: Driver) -> str:
    """The row under the cursor."""
    return next(line for line in ui.lines() if line.startswith(" ›"))


async def test_sessions_and_their_lines_stand_there(books: Books) -> None:
    async with editing(books) as ui:
        text = ui.text()
        assert text.split("\n")[2].startswith(" Mine  yours")
        for part in books.library.programmes["six-patterns"].parts:
            assert part.name in text
        await stand(ui, 0, 1)
        assert row(ui).split() == ["›", "Lunge", "3", "×", "8-12", "each", "side", "rest", "1:00"]
        assert "stay those of the programme it was copied from" in text


async def test_a_choice_shows_how_many_are_done(books: Books) -> None:
    async with editing(books, "lift-and-spring") as ui:
        lines = ui.lines()
        at = next(i for i, line in enumerate(lines) if "one of these, taking turns" in line)
        assert [line.split()[0] for line in lines[at + 1 : at + 4]] == ["Deadlift", "Back", "Split"]
        await stand(ui, 0, CHOICE, 2)
        await ui.press("k", "k", "k")
        assert over(ui).rows.value == Place(0, CHOICE - 1)


# -- doses -------------------------------------------------------------------------------------


async def test_a_dose_is_typed_over_the_one_that_stands_there(books: Books) -> None:
    async with editing(books) as ui:
        await stand(ui, 0, 2)
        await ui.press("e")
        assert "[3 × 3-8, 1 to spare, rest 2:30]" in ui.text()
        await answer(ui, "4x5-6 rir2 rest 120")
        dose = {"sets": 4, "reps": 5, "reps_top": 6, "target_rir": 2, "rest_s": 120}
        assert mine(ui, books).parts[0].slots[2].dose == dose
        assert row(ui).split()[-5:] == ["2", "to", "spare", "rest", "2:00"]


async def test_own_gives_back_the_dose_of_the_exercise(books: Books) -> None:
    async with editing(books, "trail-speed") as ui:
        await stand(ui, 0, 1)
        before = mine(ui, books)
        await ui.press("e")
        await answer(ui, "own")
        asks = before.parts[0].slots[1].asks
        assert asks
        assert mine(ui, books).parts[0].slots[1] == Slot(exercises=("glute-sling",), asks=asks)
        await ui.press("u")
        assert mine(ui, books) == before


async def test_a_dose_that_is_left_stays(books: Books) -> None:
    async with editing(books) as ui:
        await stand(ui, 0, 1)
        before = mine(ui, books)
        await ui.press("e", *"99", "tab")
        assert mine(ui, books) == before


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("3x8 60kg", "A dose has no weight"),
        ("25x8", "sets: must be a whole number from 1 to 10"),
        ("3x30s", "is given in reps"),
        ("3x8-5", "reps_top is the top of a range"),
        ("lots", "“lots”?"),
    ],
)
async def test_a_dose_that_cannot_be_is_refused(books: Books, typed: str, words: str) -> None:
    async with editing(books) as ui:
        await stand(ui, 0, 2)
        before, on_disk = mine(ui, books), books.paths.library.read_bytes()
        await ui.press("e")
        await answer(ui, typed)
        assert words in said(ui)
        assert mine(ui, books) == before
        assert books.paths.library.read_bytes() == on_disk
        assert over(ui).prompt.field.value == typed
        await ui.press("tab", "u")
        assert said(ui) == "Nothing to undo here."


async def test_a_warm_up_is_written_so(books: Books) -> None:
    async with editing(books) as ui:
        await stand(ui, 0, 1)
        await ui.press("e")
        await answer(ui, "1x6/side warmup rest 15")
        assert mine(ui, books).parts[0].slots[1].kind is SetKind.WARMUP


# -- exercises ---------------------------------------------------------------------------------


async def test_another_exercise_is_of_the_same_category(books: Books) -> None:
    async with editing(books) as ui:
        await stand(ui, 0, 2)
        old = books.library.exercises["landmine-deadlift"]
        await ui.press("v")
        assert listed(ui) == [e.id for e in substitutes(books.library, old, lambda _: True)]
        await go(ui, "hex-bar-deadlift")
        await ui.press("enter")
        assert names(mine(ui, books))[2] == ("hex-bar-deadlift",)
        assert row(ui).split()[1] == "Hex-Bar"


async def test_what_is_not_at_hand_says_so(books: Books) -> None:
    async with editing(books) as ui:
        ui.book.profile.set("equipment", [])
        await stand(ui, 0, 2)
        await ui.press("v")
        assert any("Hex-Bar" in line and "not at hand" in line for line in ui.lines())
        assert any("Back Extension" in line and "not at" not in line for line in ui.lines())


async def test_one_with_another_kind_of_work_comes_with_its_own_dose(books: Books) -> None:
    async with editing(books, "trail-speed") as ui:
        await stand(ui, 0, 1)
        await ui.press("v")
        await go(ui, "wall-sit")
        await ui.press("enter")
        assert said(ui) == "Wall Sit, with its own dose"
        assert mine(ui, books).parts[0].slots[1] == Slot(exercises=("wall-sit",))


async def test_one_of_several_is_exchanged_and_removed(books: Books) -> None:
    async with editing(books, "lift-and-spring") as ui:
        await stand(ui, 0, CHOICE, 1)
        await ui.press("v")
        await go(ui, "hip-thrust")
        await ui.press("enter")
        old = books.library.programmes["lift-and-spring"].parts[0].slots[CHOICE].exercises
        assert names(mine(ui, books))[CHOICE] == (old[0], "hip-thrust", old[2])
        await ui.press("x")
        assert names(mine(ui, books))[CHOICE] == (old[0], old[2])
        await ui.press("x", "x")
        assert names(mine(ui, books))[CHOICE] != (old[0], old[2])


async def test_an_exercise_is_found_and_added_below(books: Books) -> None:
    async with editing(books) as ui:
        await stand(ui, 1, 0)
        before = names(mine(ui, books), 1)
        await ui.press("a")
        assert isinstance(ui.app.screen, PickScreen)
        assert over(ui).prompt.is_open
        await ui.press(*"towel", "enter")
        after = names(mine(ui, books), 1)
        assert after == [before[0], ("towel-hamstring-eccentric",), *before[1:]]
        assert over(ui).rows.value == Place(1, 1)


async def test_on_a_session_it_is_added_as_the_first(books: Books) -> None:
    async with editing(books) as ui:
        await stand(ui, 1)
        await ui.press("a", *"side plank", "enter")
        assert names(mine(ui, books), 1)[0] == ("side-plank",)


async def test_finding_nothing_adds_nothing(books: Books) -> None:
    async with editing(books) as ui:
        before = mine(ui, books)
        await ui.press("a", *"zzzz", "enter", "enter", "d", "q")
        assert "! No exercise here is called that" in ui.text()
        await ui.press("tab", "enter", "d", "q")
        assert isinstance(ui.app.screen, EditorScreen)
        assert mine(ui, books) == before


async def test_the_last_exercise_of_a_session_stays(books: Books) -> None:
    async with editing(books) as ui:
        await stand(ui, 0, 0)
        await ui.press("x", "x", "x", "x", "x")
        assert len(mine(ui, books).parts[0].slots) == 1
        assert "a adds another first" in said(ui)


async def test_a_line_moves_and_the_cursor_with_it(books: Books) -> None:
    async with editing(books) as ui:
        before = names(mine(ui, books))
        await stand(ui, 0, 1)
        await ui.press("J", "J", "J")
        assert names(mine(ui, books)) == [before[0], *before[2:], before[1]]
        assert row(ui).split()[1] == "Lunge"
        await ui.press("J")
        assert said(ui) == "This line is the last of its session already."
        await ui.press("K", "K", "K")
        assert names(mine(ui, books)) == before


async def test_a_session_is_named(books: Books) -> None:
    async with editing(books) as ui:
        await stand(ui, 1, 2)
        await ui.press("n")
        await answer(ui, "Thursday")
        assert mine(ui, books).parts[1].name == "Thursday"
        assert "Thursday" in ui.text()
        await ui.press("n")
        await answer(ui, "x" * 61)
        assert "at most 60 characters" in said(ui)
        assert mine(ui, books).parts[1].name == "Thursday"


@pytest.mark.parametrize("key", ["e", "v", "x", "J", "K"])
async def test_a_session_itself_is_no_exercise(books: Books, key: str) -> None:
    async with editing(books) as ui:
        before = mine(ui, books)
        await stand(ui, 1)
        await ui.press(key)
        assert said(ui) == "This line is a session. n names a session, a adds an exercise."
        assert mine(ui, books) == before


# -- undo, and what follows --------------------------------------------------------------------


async def test_undo_goes_back_over_all_and_from_there_over_the_copy(books: Books) -> None:
    async with editing(books) as ui:
        first = mine(ui, books)
        await stand(ui, 0, 1)
        await ui.press("x", "J", "n")
        await answer(ui, "Monday")
        assert mine(ui, books) != first
        await ui.press("u", "u", "u")
        assert mine(ui, books) == first
        await ui.press("u")
        assert said(ui) == "Nothing to undo here."
        await ui.press("x", "enter")
        assert isinstance(ui.app.screen, ProgrammesScreen)
        await ui.press("u")
        assert mine(ui, books) == first
        await ui.press("u")
        assert "mine" not in ui.book.profile.library.programmes


async def test_a_change_of_what_is_followed_is_next_at_once(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("P")
        await copy(ui, "six-patterns", "Mine")
        await ui.press("enter", "e")
        await stand(ui, 0, 2)
        await ui.press("v")
        await go(ui, "romanian-deadlift")
        await ui.press("enter", "q", "q")
        assert "Romanian Deadlift" in ui.text()
        assert "Landmine" not in ui.text()
    book = open_logbook(str(books.paths.root), books.clock().date(), write=False)
    plan = book.read_all().planner.next_plan(books.clock().date())
    assert "romanian-deadlift" in [item.exercise for item in plan.items]
    book.close()


async def test_what_another_hand_broke_is_not_written_over(books: Books) -> None:
    async with editing(books) as ui:
        broken = books.paths.library.read_bytes()[:-40]
        books.paths.library.write_bytes(broken)
        await stand(ui, 0, 1)
        await ui.press("x")
        assert "is no JSON" in said(ui)
        assert "Lunge" in row(ui)
    assert books.paths.library.read_bytes() == broken


async def test_names_that_mean_no_good_are_harmless(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        old = books.library.programmes["six-patterns"]
        evil = replace(old, id="evil", name="[red]深蹲[/red]")
        ui.book.profile.change_library(lambda own: with_programme(own, evil))
        await ui.press("P")
        await go(ui, "evil")
        assert "[red]深蹲[/red]" in ui.text()
        await ui.press("e")
        assert "[red]深蹲[/red]" in ui.lines()[2]


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_name_dose_and_rest_stand_in_every_width(books: Books, size: tuple[int, int]) -> None:
    async with editing(books, "lift-and-spring", size) as ui:
        await stand(ui, 0, CHOICE, 2)
        dose = "3×3-8" if size[0] < 70 else "3 × 3-8"
        assert row(ui).split()[1:] == f"Split Squat {dose} each side, 1 to spare rest 2:30".split()
        assert ui.lines()[-1].startswith(" e dose")
        assert "q back" in ui.lines()[-1]


async def test_the_keys_are_told(books: Books) -> None:
    async with editing(books) as ui:
        await ui.press("?")
        assert open_page(ui) == "Keys"
        assert "Another exercise of its kind" in ui.text()
