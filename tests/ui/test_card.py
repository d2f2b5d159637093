"""The card of an exercise: one page for how, why and how it went, and what can be done from it."""

from __future__ import annotations

import pytest

from tests.ui.driver import Books, Driver, open_page, running
from tests.ui.test_advice import SQUAT, log
from tui.domain.model.library.substitutes import ladder
from tui.domain.planning.wording import short_day
from tui.ui.screens.card_lines import card_lines
from tui.ui.widgets.styled_text import width_of

CALF = "seated-calf-raise"


def plain(ui: Driver, exercise: str, width: int) -> list[str]:
    """The card of an exercise, line by line."""
    card = ui.app.navigation.card(ui.book.profile.library.exercises[exercise])
    lines = card_lines(card, width)
    assert all(width_of(line) <= width for line in lines)
    return ["".join(words for words, _ in line).rstrip() for line in lines]


@pytest.mark.parametrize("width", [26, 41, 76])
async def test_it_fits_any_width_and_leaves_nothing_out(books: Books, width: int) -> None:
    books.train()
    log(books, "split-squat", "3x8 L10kg R12kg rir2", 6)
    log(books, "split-squat", "3x9 L10kg R12kg rir2", 3)
    async with running(books.open(), books.clock) as ui:
        for name, exercise in ui.book.profile.library.exercises.items():
            if exercise.bare:
                continue
            text = " ".join(" ".join(plain(ui, name, width)).split())
            assert exercise.name in text
            for label in ("Next", "Why", "Last", "Sides", "How", "Easier", "Harder", "Rule"):
                assert f" {label} " in f" {text} "
            assert exercise.cues[-1].split()[-1] in text


async def test_the_last_sessions_stand_there_newest_first_with_their_trend(books: Books) -> None:
    for days, reps in ((9, 20), (7, 21), (5, 23), (3, 25)):
        log(books, CALF, f"3x{reps} 10kg", days)
    async with running(books.open(), books.clock) as ui:
        lines = plain(ui, CALF, 76)
        at = next(i for i, line in enumerate(lines) if line.startswith("Last"))
        assert "Fri 30 Oct" in lines[at]
        assert "Wed 28 Oct" in lines[at + 1]
        assert lines[at + 2].endswith("▁▂▅█ reps")
        assert not any("Sat 24 Oct" in line for line in lines)


async def test_the_best_is_that_of_the_stronger_side(books: Books) -> None:
    log(books, "side-plank", "L40s R35s", 5)
    log(books, "split-squat", "3x8/side 10kg", 5)
    async with running(books.open(), books.clock) as ui:
        assert any(line.startswith("Best      left 40 s, 28 Oct") for line in
                   plain(ui, "side-plank", 76))  # fmt: skip
        assert any(line.startswith("Best      8 × 10 kg, 28 Oct") for line in
                   plain(ui, "split-squat", 76))  # fmt: skip


async def test_where_nothing_changed_there_is_no_trend(books: Books) -> None:
    for days in (7, 5, 3):
        log(books, CALF, "3x20 10kg", days)
    async with running(books.open(), books.clock) as ui:
        assert not any("▄" in line for line in plain(ui, CALF, 76))


async def test_it_tells_on_what_day_it_comes(books: Books) -> None:
    books.train()
    async with running(books.open(), books.clock) as ui:
        plan = ui.today.session.plan
        assert plan is not None and plan.due is not None
        [line] = [line for line in plain(ui, CALF, 76) if line.startswith("Next")]
        assert line.endswith(f"on {short_day(plan.due.day)}")
        [line] = [line for line in plain(ui, SQUAT, 76) if line.startswith("Next")]
        assert " on " not in line


async def test_v_walks_the_ladder_and_begins_again(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("home", "j", "j", "d")
        library = books.library
        rungs = ladder(library, library.exercises["towel-hamstring-eccentric"])
        assert len(rungs) > 1
        seen = [open_page(ui)]
        for _ in rungs:
            await ui.press("v")
            seen.append(open_page(ui))
        assert seen[0] == seen[-1]
        assert {library.exercises[name].name for name in rungs} == set(seen)
        await ui.press("q")
        assert not open_page(ui)


async def test_a_note_of_ones_own_is_kept_and_can_be_taken_away(books: Books) -> None:
    book = books.open()
    async with running(book, books.clock, (80, 40)) as ui:
        await ui.press("d", "n", *"band on the third hole", "enter")
        assert "Note      band on the third hole" in ui.text()
    book.close()
    async with running(books.open(), books.clock, (80, 40)) as ui:
        await ui.press("d")
        assert "Note      band on the third hole" in ui.text()
        await ui.press("n", "enter")
        assert "Note      band on the third hole" in ui.text()
        await ui.press("n", "-", "enter")
        assert "third hole" not in ui.text()


async def test_a_adds_it_to_the_session(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("d", "v", "a")
        assert not open_page(ui)
        assert len(ui.live.items) == 6


async def test_the_charts_open_over_it(books: Books) -> None:
    books.train()
    async with running(books.open(), books.clock) as ui:
        await ui.press("d", "T")
        assert not open_page(ui)
        await ui.press("q")
        assert open_page(ui) == "Wall Lean Hip Flexor Hold"


async def test_one_dose_alone_after_the_runner_changed_it(books: Books) -> None:
    async with running(books.open(), books.clock, (80, 40)) as ui:
        await ui.press("enter", "]", "d")
        item = ui.today.item
        assert item is not None
        shown = ui.text()
        assert "You made it" in shown
        assert shown.count("Next ") == 1


async def test_of_a_bare_one_stands_there_what_is_known(books: Books) -> None:
    log(books, "bench-press", "3x8 60kg rir2", 2)
    async with running(books.open(), books.clock) as ui:
        lines = plain(ui, "bench-press", 76)
        labels = [line[:10].strip() for line in lines if line[:10].strip()]
        assert labels == ["Bench Pres", "Next", "Why", "Last", "Best", "Rule"]
        assert "3 × 9 · 60 kg, 2 to spare" in lines[2]
        await ui.press("/", *"bench press", "enter", "w")
        assert open_page(ui) == "Why: Bench Press"
        assert "Why a runner does it" not in ui.text()
