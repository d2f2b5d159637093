"""The form of an exercise of one's own, and what its card can do more."""

from __future__ import annotations

from tests.ui.driver import Books, open_page, running
from tui.domain.model.library import checks
from tui.domain.model.values import Kind, Level, Sides
from tui.ui.screens.card import CardScreen
from tui.ui.screens.exercise_form import (
    CATEGORIES,
    KINDS,
    LEGS,
    REGIONS,
    SIDES,
    FormScreen,
)

NEW = ("1", "n", *"Side Plank, Long", "enter", "3", "y", "7", "1", *"bench", "enter", "1")


def test_every_answer_the_library_knows_can_be_given() -> None:
    assert {value for value, _ in KINDS.values()} == set(Kind)
    assert {value for value, _ in SIDES.values()} == set(Sides)
    assert {value for value, _ in CATEGORIES.values()} == set(checks.CATEGORIES)
    assert {value for value, _ in REGIONS.values()} == set(checks.REGIONS)
    assert {value for value, _ in LEGS.values()} == {0, 1, 2, 3}


async def test_eight_answers_make_an_exercise(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press(*NEW)
        assert "One side at a time?      each side" in ui.text()
        assert "To begin with? [3 × 20 s each side, rest 0:45]" in ui.text()
        await ui.press(*"3x25s/side rest 50", "enter")
        assert open_page(ui) == "Side Plank, Long"
        assert "Kept: Side Plank, Long. u takes it back." in ui.text()
        assert "Next      3 × 25 s each side · rest 0:50" in ui.text()
        made = ui.book.profile.library.exercises["side-plank-long"]
        assert (made.kind, made.category, made.region) == (Kind.HOLD, "hip", "hip")
        assert (made.equipment, made.leg_load) == (("bench",), 1)
        await ui.press("q", "/", *"side plank, l", "enter")
        assert open_page(ui) == "Side Plank, Long"
        await ui.press("a")
        assert ui.live.items[-1].exercise == "side-plank-long"
        assert "Side Plank, Long" in ui.text()


async def test_undo_right_after_it_is_made(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press(*NEW, "enter", "u")
        assert "Undone: Side Plank, Long is gone." in ui.text()
        assert "side-plank-long" not in ui.book.profile.library.exercises
        await ui.press("a", "e", "T", "w", "q")
        assert ui.app.screen is ui.main
        assert "Side Plank, Long" not in ui.text()


async def test_enter_takes_all_that_is_offered(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("1", "n", *"Mine", *["enter"] * 8)
        assert open_page(ui) == "Mine"
        assert ui.book.profile.library.exercises["mine"].kind is Kind.BODYWEIGHT


async def test_a_wrong_answer_keeps_the_question_and_says_what_to_write(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("1", "n", "enter")
        assert "! A name in letters, like Plank with Reach." in ui.text()
        await ui.press(*"Plank", "enter")
        assert "! There is a Plank already. Another name, like Plank 2." in ui.text()
        await ui.press(*" 2", "enter", "9")
        assert "! 1 to 8, please." in ui.text()
        await ui.press("3", "n", "5", "7", *"bech", "enter")
        assert "! “bech”? Write things like bench, or nothing." in ui.text()
        await ui.press(*["backspace"] * 4, "enter", "0", *"3x8", "enter")
        assert isinstance(ui.app.screen, FormScreen)
        await ui.press(*"s", "enter")
        made = ui.book.profile.library.exercises["plank-2"]
        assert made.doses[Level.INTERMEDIATE].measures.hold_s == 8


async def test_leaving_keeps_nothing(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        before = ui.book.profile.library
        await ui.press(*NEW, "tab")
        assert ui.app.screen is ui.main
        await ui.press("n", *"Mine", "enter", "q")
        assert ui.app.screen is ui.main
        assert ui.book.profile.library is before


async def test_one_of_ones_own_is_changed_and_deleted_and_both_come_back(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press(*NEW, "enter", "e", *"Star Plank", *["enter"] * 8)
        assert open_page(ui) == "Star Plank"
        assert ui.book.profile.library.exercises["side-plank-long"].name == "Star Plank"
        await ui.press("u")
        assert "Undone: Side Plank, Long is as it was." in ui.text()
        assert open_page(ui) == "Side Plank, Long"
        await ui.press("x")
        assert "Deleted: Side Plank, Long. u brings it back." in ui.text()
        assert "side-plank-long" not in ui.book.profile.library.exercises
        await ui.press("u")
        assert "side-plank-long" in ui.book.profile.library.exercises
        assert "Next      3 × 20 s each side" in ui.text()


async def test_a_shipped_one_is_copied_and_never_changed(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("d", "e")
        assert "Only your own can be changed" in ui.text()
        await ui.press("x")
        assert "Only your own can be deleted." in ui.text()
        await ui.press("u")
        assert "Nothing to undo here." in ui.text()
        await ui.press("c")
        assert "Name? [Wall Lean Hip Flexor Hold 2]" in ui.text()
        await ui.press(*["enter"] * 8)
        assert open_page(ui) == "Wall Lean Hip Flexor Hold 2"
        made = ui.book.profile.library.exercises
        assert made["wall-lean-hip-flexor-hold-2"].cues == made["wall-lean-hold"].cues
        assert made["wall-lean-hip-flexor-hold-2"].doses == made["wall-lean-hold"].doses


async def test_what_the_session_has_is_not_deleted(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press(*NEW, "enter", "a", "end", "d")
        screen = ui.app.screen
        assert isinstance(screen, CardScreen) and screen.is_own
        await ui.press("x")
        assert "is in today's session: leave it out there first." in ui.text()
        assert "side-plank-long" in ui.book.profile.library.exercises
