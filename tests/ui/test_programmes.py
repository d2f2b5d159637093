"""The programmes screen: browse, follow, schedules, pause, copy, undo; and swapping an exercise in
Today."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from tests.ui.driver import Books, Driver, open_page, running
from tui.bootstrap import whole_library
from tui.domain.calculator.morning_pain import PAIN_WORDS
from tui.domain.model.library.parser import Library
from tui.domain.model.library.substitutes import substitutes
from tui.domain.model.values import Exercise, Level, Phase, Programme
from tui.ui.screens.editor import EditorScreen
from tui.ui.screens.list_screen import ListScreen
from tui.ui.screens.main import MainScreen
from tui.ui.screens.pick import PickScreen
from tui.ui.screens.programme_lines import Stand, programme_lines
from tui.ui.screens.programmes import ProgrammesScreen
from tui.ui.widgets.styled_text import width_of

WIDE = (120, 40)


def over(ui: Driver) -> ListScreen:
    """The screen over the panes."""
    top = ui.app.screen
    assert isinstance(top, ListScreen)
    return top


def said(ui: Driver) -> str:
    found = over(ui).said
    return "" if found is None else found[0]


async def answer(ui: Driver, line: str) -> None:
    """Replace what the prompt offers by a line, and press enter."""
    field = over(ui).prompt.field
    assert field.has_focus
    field.value = line
    await ui.press("enter")


def listed(ui: Driver) -> list[str]:
    """The ids in the list."""
    values: list[Programme | Exercise] = list(over(ui).rows.values)
    return [value.id for value in values]


async def go(ui: Driver, name: str) -> None:
    """Move the cursor to the programme with an id."""
    await ui.press("home", *["j"] * listed(ui).index(name))


def settings(ui: Driver) -> dict[str, Any]:
    histories = ui.book.profile.store.histories()
    return {key: held[-1][1] for key, held in histories.items()}


async def copy(ui: Driver, of: str, name: str) -> None:
    """Make a copy, and leave the editor that opens on it."""
    await go(ui, of)
    await ui.press("c")
    await answer(ui, name)
    assert isinstance(ui.app.screen, EditorScreen)
    await ui.press("q")


# -- what is shown -----------------------------------------------------------------------------


@pytest.mark.parametrize("pane", ["1", "2", "3"])
async def test_it_opens_from_every_pane_on_the_one_that_is_followed(
    books: Books, pane: str
) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press(pane, "P")
        assert isinstance(ui.app.screen, ProgrammesScreen)
        assert listed(ui) == list(books.library.programmes)
        assert over(ui).rows.value.id == "trail-speed"
        [row] = [line for line in ui.lines() if "followed" in line]
        assert "● Trail Speed" in row
        assert "1 a week" in row
        assert "44 min  Kawamoto" in row
        await ui.press("q")
        assert isinstance(ui.app.screen, MainScreen)
        assert ui.main.current == {"1": "library", "2": "today", "3": "history"}[pane]


async def test_it_says_what_a_programme_is_and_where_one_stands(books: Books) -> None:
    end = books.clock.time
    books.clock.time = end - timedelta(days=14)
    books.train()
    books.clock.time = end
    async with running(books.open(), books.clock, WIDE) as ui:
        await ui.press("P")
        text = ui.text()
        assert "You are in week 2" in text
        assert "● One session a week" in text
        assert "○ Split in two, 2 to 3 days apart" in text
        [used] = [line for line in ui.lines() if "in use" in line]
        assert "One session a week" in used
        for part in books.library.programmes["trail-speed"].parts:
            assert part.name in text
        assert any("Glute Sling" in line and "3 × 25 each side" in line for line in ui.lines())


async def test_what_the_article_left_out_is_marked(books: Books) -> None:
    async with running(books.open(), books.clock, (120, 70)) as ui:
        await ui.press("P")
        assert "ours" not in ui.text()
        await go(ui, "gym-and-snacks")
        every = {e.name: e for e in books.library.exercises.values()}
        articles = {*books.library.programmes["gym-and-snacks"].sources} - {"project"}
        seen = {}
        for line in ui.lines():
            name = line.rpartition("│")[2].strip().split("  ")[0]
            if name in every:
                ours = not articles & set(every[name].sources)
                assert line.endswith("ours") is ours, name
                seen[name] = ours
        assert not seen["Back Squat"]
        assert not seen["Romanian Deadlift"]
        assert seen["Clamshell"]
        await ui.press(*["space"] * 9)
        assert "ours: the article leaves it open" in ui.text()


async def test_the_text_is_read_on_by_pages_and_begins_anew(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("P")
        await go(ui, "blocks")
        assert "Source:" in ui.text()
        assert "weeks 6 to 9: strength" in ui.text()
        await ui.press("space")
        assert "Source:" not in ui.text()
        assert over(ui).rows.value.id == "blocks"
        await ui.press("pageup")
        assert "Source:" in ui.text()
        await ui.press("pagedown", "k", "j")
        assert "Source:" in ui.text()


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_nothing_is_cut_off_that_matters(books: Books, size: tuple[int, int]) -> None:
    async with running(books.open(), books.clock, size) as ui:
        await ui.press("P")
        for programme in books.library.programmes.values():
            assert any(programme.name in line and "a week" in line for line in ui.lines())
            await ui.press("j")
        assert "enter follow" in ui.lines()[-1]
        assert "q back" in ui.lines()[-1]
        assert all(len(line) <= size[0] for line in ui.lines())


# -- following ---------------------------------------------------------------------------------


async def test_enter_follows_it_from_today_and_u_goes_back(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        ui.book.profile.store.set(
            "programme", "lift-and-spring", books.clock().date(), books.clock()
        )
        ui.book.profile.forget()
        await ui.press("P")
        assert over(ui).rows.value.id == "lift-and-spring"
        await go(ui, "six-patterns")
        await ui.press("enter")
        assert said(ui) == "Six Patterns from today, week 1; what you did stays. u takes it back."
        assert settings(ui) == {"programme": "six-patterns"}
        await go(ui, "blocks")
        await ui.press("enter", "u")
        assert settings(ui) == {"programme": "six-patterns"}
        await ui.press("u", "u")
        assert said(ui) == "Nothing to undo here."
        assert settings(ui) == {"programme": "lift-and-spring"}


async def test_what_was_never_set_is_not_set_after_undo(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("P", "j", "enter", "p", "s", "u", "u", "u")
        assert settings(ui) == {}
        assert ui.book.profile.programme.id == "trail-speed"


async def test_an_earlier_choice_keeps_its_day(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        long_ago = books.clock().date() - timedelta(days=40)
        ui.book.profile.store.set("programme", "blocks", long_ago, books.clock())
        ui.book.profile.forget()
        before = ui.book.profile.store.histories()
        await ui.press("P")
        await go(ui, "six-patterns")
        await ui.press("enter")
        assert [value for _, value in ui.book.profile.store.history("programme")] == [
            "blocks",
            "six-patterns",
        ]
        await ui.press("u")
        assert ui.book.profile.store.histories() == before


async def test_the_session_that_is_next_is_of_the_new_one_at_once(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("P")
        await go(ui, "six-patterns")
        await ui.press("enter", "q")
        assert "Six Patterns" in ui.text()
        assert ui.today.session.plan is not None
        assert ui.today.session.plan.programme.id == "six-patterns"


async def test_the_one_that_is_followed_goes_on_as_it_is(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("P", "enter")
        assert "You follow Trail Speed already" in said(ui)
        assert settings(ui) == {}


async def test_schedules_go_round(books: Books) -> None:
    async with running(books.open(), books.clock, WIDE) as ui:
        await ui.press("P", "s")
        assert settings(ui) == {"schedule": "split"}
        assert "Split in two" in said(ui)
        [used] = [line for line in ui.lines() if "in use" in line]
        assert "Split in two" in used
        assert "2 a week" in next(line for line in ui.lines() if "followed" in line)
        await ui.press("s")
        assert settings(ui) == {"schedule": "weekly"}


async def test_the_schedules_are_those_of_the_followed_one(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        ui.book.profile.set("programme", "daily-bodyweight")
        await ui.press("P", "home", "s")
        assert said(ui) == "Daily Bodyweight has one schedule only."
        assert settings(ui) == {"programme": "daily-bodyweight"}


async def test_pausing_and_going_on(books: Books) -> None:
    async with running(books.open(), books.clock, WIDE) as ui:
        await ui.press("P", "p")
        assert settings(ui) == {"pause": True}
        assert said(ui) == "Trail Speed is paused and the weeks wait; p goes on. u takes it back."
        assert any("Trail Speed" in line and "paused" in line for line in ui.lines())
        assert "Paused in week 1" in ui.text()
        await ui.press("p")
        assert settings(ui) == {"pause": False}
        assert "goes on" in said(ui)
        assert any("Trail Speed" in line and "followed" in line for line in ui.lines())


async def test_one_that_is_chosen_anew_is_not_paused(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("P", "p", "j", "enter")
        assert settings(ui) == {"pause": False, "programme": "six-patterns"}
        await ui.press("u")
        assert settings(ui) == {"pause": True}


async def test_one_that_only_looks_is_told_so(books: Books) -> None:
    writer = books.open()
    async with running(books.open(), books.clock) as ui:
        assert not ui.book.access.granted
        await ui.press("P", "j", "enter")
        assert "Another window logs this session" in said(ui)
        await ui.press("c")
        await answer(ui, "Mine")
        assert "Another window logs this session" in said(ui)
    assert writer.profile.store.histories() == {}
    assert not books.paths.library.exists()


# -- programmes of one's own -------------------------------------------------------------------


async def test_a_copy_is_there_at_once_and_can_be_followed(books: Books) -> None:
    async with running(books.open(), books.clock, WIDE) as ui:
        await ui.press("P")
        await copy(ui, "six-patterns", "My hills")
        assert listed(ui)[-1] == "my-hills"
        assert over(ui).rows.value.id == "my-hills"
        await ui.press("enter", "q")
        assert "My hills" in ui.text()
        assert ui.today.session.plan is not None
        assert ui.today.session.plan.programme.id == "my-hills"
    library, problems = whole_library(books.paths)
    assert problems == []
    assert library.programmes["my-hills"].parts == books.library.programmes["six-patterns"].parts


async def test_two_copies_of_one_name_have_two_ids(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("P")
        await copy(ui, "blocks", "Blocks")
        await copy(ui, "blocks", "Blocks")
        assert listed(ui)[-2:] == ["blocks-2", "blocks-3"]
        assert "Yours, after" in ui.text()
        assert "yours" in next(line for line in ui.lines() if "›" in line)
        assert "2 of your own" in ui.text()


async def test_what_comes_with_the_program_is_copied_before_it_is_changed(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("P", "e")
        assert "It is copied first. Name of your copy? [My Trail Speed]" in ui.text()
        await ui.press("enter")
        assert isinstance(ui.app.screen, EditorScreen)
        assert "My Trail Speed" in ui.text()
        await ui.press("q", "e")
        assert isinstance(ui.app.screen, EditorScreen)
        assert listed_names(ui).count("My Trail Speed") == 1


def listed_names(ui: Driver) -> list[str]:
    return [programme.name for programme in ui.book.profile.library.programmes.values()]


def asked(ui: Driver) -> str:
    """What the prompt says in brackets."""
    return ui.lines()[-1].rpartition("[")[2].rstrip("]")


async def test_a_name_that_is_free_is_offered_for_a_copy(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("P")
        offered = []
        for _ in range(3):
            await ui.press("home", "c")
            offered.append(asked(ui))
            await ui.press("enter", "q")
        assert offered == ["My Trail Speed", "My Trail Speed 2", "My Trail Speed 3"]
        await ui.press("c")
        assert asked(ui) == "My Trail Speed 3 2"


async def test_nothing_of_ones_own_is_told_to_be_ours(books: Books) -> None:
    async with running(books.open(), books.clock, (120, 70)) as ui:
        await ui.press("P")
        await copy(ui, "gym-and-snacks", "Mine")
        assert "Yours, after Des Clarke" in ui.text()
        assert not [line for line in ui.lines() if line.endswith(" ours")]


async def test_a_copy_is_given_up_by_leaving_the_prompt(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("P", "c", "tab")
        assert isinstance(ui.app.screen, ProgrammesScreen)
        await ui.press("j")
        assert over(ui).rows.value.id == "six-patterns"
        assert not books.paths.library.exists()


async def test_one_of_ones_own_is_deleted_and_comes_back(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("P")
        await copy(ui, "blocks", "Mine")
        made = ui.book.profile.library.programmes["mine"]
        await ui.press("x")
        assert said(ui) == "Mine is deleted. u takes it back."
        assert listed(ui) == list(books.library.programmes)
        await ui.press("u")
        assert said(ui) == "Undone: Mine is deleted. U does it again."
        assert ui.book.profile.library.programmes["mine"] == made
        await ui.press("u")
        assert said(ui) == "Undone: the copy Mine. U does it again."
        assert "mine" not in ui.book.profile.library.programmes
    assert whole_library(books.paths) == (books.library, [])


async def test_what_is_followed_and_what_comes_with_the_program_stay(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("P", "x")
        assert "comes with Stridelift" in said(ui)
        await copy(ui, "blocks", "Mine")
        await ui.press("enter", "x")
        assert said(ui) == "You follow Mine. enter on another first, then x."
        assert "mine" in ui.book.profile.library.programmes


async def test_a_damaged_library_is_told_of_and_left_alone(books: Books) -> None:
    books.paths.root.mkdir(parents=True)
    books.paths.library.write_bytes(b"{half")
    async with running(books.open(), books.clock) as ui:
        await ui.press("P")
        assert "is no JSON" in ui.text()
        assert listed(ui) == list(books.library.programmes)
        await ui.press("c", "enter")
        assert isinstance(ui.app.screen, ProgrammesScreen)
        assert "is no JSON" in ui.text()
    assert books.paths.library.read_bytes() == b"{half"


async def test_a_name_that_is_too_long_is_refused(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("P", "c")
        await answer(ui, "long " * 20)
        assert isinstance(ui.app.screen, ProgrammesScreen)
        assert "at most 60 characters" in said(ui)
        assert not books.paths.library.exists()


async def test_the_keys_are_told(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("P", "?")
        assert open_page(ui) == "Keys"
        assert "Follow it from today" in ui.text()
        await ui.press("q")
        assert isinstance(ui.app.screen, ProgrammesScreen)


# -- another exercise of its kind, in Today ----------------------------------------------------


async def test_another_of_its_kind_takes_the_place_of_what_is_open(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("j", "V")
        sling = books.library.exercises["glute-sling"]
        offered = [e.id for e in substitutes(books.library, sling, lambda _: True)]
        assert listed(ui) == offered
        assert "In place of Glute Sling: hip extension" in ui.text()
        await go(ui, "glute-bridge")
        await ui.press("enter")
        assert [item.exercise for item in ui.live.items][1] == "glute-bridge"
        assert len(ui.live.items) == 5
        await ui.press("u")
        assert [item.exercise for item in ui.live.items][1] == "glute-sling"


async def test_only_what_can_be_done_with_what_is_at_hand_is_offered(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        ui.book.profile.set("equipment", [])
        await ui.press("j", "V")
        every = books.library.exercises
        assert listed(ui)
        assert all(ui.book.profile.setup.inventory.can_do(every[name]) for name in listed(ui))
        assert "hip-thrust" not in listed(ui)


async def test_what_rests_for_pain_is_not_offered(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("end", "V")
        assert "plank" in listed(ui)
        await ui.press("q", "m")
        await ui.answer("shoulder 9")
        await ui.press("end", "V")
        assert "dead-bug" in listed(ui)
        assert not {"plank", "side-plank"} & set(listed(ui))


async def test_no_harder_variant_is_offered_that_rests_for_pain(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("m")
        await ui.answer("knee 9")
        await ui.press("a", *"side-lying leg raise", "enter", "v")
        assert "easier: Clamshell" in ui.prompt()
        assert "harder" not in ui.prompt()
        await ui.press("escape", "a", *"rope skip", "enter")
        assert [item.exercise for item in ui.live.items][-1] == "rope-skipping"
        assert ui.said.endswith(PAIN_WORDS)
        await ui.press("v")
        assert (ui.prompt(), ui.said) == ("", PAIN_WORDS)


async def test_it_is_found_by_its_name(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("j", "V", "/", *"wall", "enter")
        assert isinstance(ui.app.screen, MainScreen)
        assert [item.exercise for item in ui.live.items][1] == "wall-sit"


async def test_looking_at_them_takes_none(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("V", "d")
        assert open_page(ui)
        await ui.press("q")
        assert isinstance(ui.app.screen, PickScreen)
        await ui.press("q")
        assert ui.book.recorder.live is None


async def test_nothing_else_of_its_kind_is_said(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        ui.book.profile.library = alone(books.library, "glute-sling")
        ui.book.profile.forget()
        await ui.press("j", "V")
        assert "Nothing like Glute Sling" in ui.said


def alone(library: Library, name: str) -> Library:
    """A library in which one exercise is the only one of its category and role."""
    kept = library.exercises[name]
    changed = {
        e.id: e if e is kept else replace(e, category="upper", role="push")
        for e in library.exercises.values()
    }
    return replace(library, exercises=changed)


# -- where one stands, in words ----------------------------------------------------------------

PHASE = Phase(first_week=5, last_week=8, parts=("a",), name="strength")


@pytest.mark.parametrize(
    ("stand", "words"),
    [
        (Stand(paused=False, schedule=None, week=6, phase=PHASE), "You are in week 6, strength"),
        (Stand(paused=True, schedule=None, week=6, phase=PHASE), "Paused in week 6, strength: its"),
        (Stand(paused=False, schedule=None), "your log is still being read"),
        (Stand(paused=True, schedule=None), "Paused: its weeks wait"),
    ],
)
def test_where_one_stands_is_said_as_far_as_it_is_known(
    books: Books, stand: Stand, words: str
) -> None:
    blocks = books.library.programmes["blocks"]
    lines = programme_lines(books.library, blocks, stand, Level.BEGINNER, 90, own=False)
    assert any(words in "".join(text for text, _ in line) for line in lines)


async def test_the_phase_of_now_is_marked(books: Books) -> None:
    async with running(books.open(), books.clock, WIDE) as ui:
        ui.book.profile.set("programme", "blocks")
        await ui.press("P")
        [now] = [line for line in ui.lines() if "│  › weeks" in line]
        assert "weeks 1 to 4: hypertrophy" in now
        assert "and from the beginning again" in ui.text()


def test_no_line_of_a_programme_is_wider_than_its_room_whatever_the_letters(books: Books) -> None:
    name = "山" * 30
    first = books.library.programmes["trail-speed"]
    parts = tuple(replace(part, name=name, focus=name) for part in first.parts)
    wide = replace(first, name=name, about=name * 4, parts=parts)
    phase = Phase(first_week=1, last_week=None, parts=("a",), name=name)
    stand = Stand(paused=True, schedule=None, week=3, phase=phase)
    for width in (40, 77):
        lines = programme_lines(books.library, wide, stand, Level.BEGINNER, width, own=True)
        assert [line for line in lines if width_of(line) > width] == []
        shown = "".join(words for line in lines for words, _ in line)
        assert shown.count("山") >= 4 * len(name), "the words about it are folded, not cut"
