"""Today before a session and on days without one: what it says, and what may begin."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.calendars import keep
from tests.ui.driver import Books, Driver, open_page, running
from tui.app.day_state import DayState, begin_question
from tui.app.logbook import Logbook
from tui.domain.calculator.morning_pain import PAIN_WORDS
from tui.domain.model.notation import parse
from tui.domain.session.actions import Write
from tui.ui.panes.today_states import body_lines, head_lines
from tui.ui.widgets.styled_text import width_of

DAY = timedelta(days=1)
SIZES = [(80, 24), (60, 20)]


def raced(books: Books, days: int, priority: str = "A") -> Logbook:
    """A logbook with a race that many days ahead."""
    book = books.open()
    day = (books.clock().date() + days * DAY).isoformat()
    keep(book, "races", [{"day": day, "name": "Ridge Ultra", "priority": priority}])
    return book


def words(ui: Driver) -> str:
    return " ".join(ui.text().split())


def state(ui: Driver) -> DayState:
    assert ui.today.session.day is not None
    return ui.today.session.day


async def test_before_a_session_stand_its_week_its_length_and_its_time(books: Books) -> None:
    book = books.open()
    keep(book, "weekly_runs", [{"weekday": "mon", "kind": "long", "time": "08:30"}])
    async with running(book, books.clock) as ui:
        assert "Trail Speed  week 1 · about 41 min · today from 14:30" in ui.text()
        assert begin_question(state(ui)) == ""


async def test_what_was_done_stays_in_sight_with_what_comes_next(books: Books) -> None:
    books.train()
    books.clock.forward(7 * 86_400)
    books.train()
    async with running(books.open(), books.clock) as ui:
        assert "DONE TODAY  Trail Speed" in ui.text()
        assert "18:33 to 19:01" in ui.text()
        assert "14 sets · 8:00 held · 28 min" in ui.text()
        assert ui.text().count("●") == 14
        assert "Next      Trail Speed, Mon 16 Nov, in 7 days" in ui.text()
        assert begin_question(state(ui)) == (
            "Trail Speed is for Mon 16 Nov. Begin it today all the same?"
        )
        await ui.press("down", "d")
        assert open_page(ui) == "Glute Sling"
        await ui.press("q", "r")
        assert ui.book.recorder.live is None
        await ui.press("y")
        assert "Trail Speed" in ui.app.clipboard
        await ui.press("e")
        assert ui.main.current == "history"


async def test_a_set_that_fell_short_a_best_and_pain_are_told_on_the_day(books: Books) -> None:
    books.train()
    books.clock.forward(7 * 86_400)
    async with running(books.open(), books.clock) as ui:
        await ui.press(*["enter"] * 14)
        calf = ui.live.items[3]
        for key, typed in zip(calf.keys(), ("40", "40", "9 pain3"), strict=True):
            ui.today.do(Write(key, tuple(parse(typed, calf.kind, single=True))))
        await ui.press("F", "enter", "q")
        assert "▲▲▼" in ui.text()
        assert "★ Seated Weighted Calf Raise: most reps, 40" in ui.text()
        assert "Tomorrow  m tells how your calf or ankle is" in ui.text()


async def test_an_exercise_added_to_a_day_that_is_done_begins_one_of_its_own(books: Books) -> None:
    books.train()
    async with running(books.open(), books.clock) as ui:
        await ui.press("a", *"plank", "enter")
        assert [item.exercise for item in ui.live.items] == ["plank"]
        assert ui.live.programme is None


@pytest.mark.parametrize("size", SIZES)
async def test_a_rest_day_says_why_what_comes_and_what_may_be_done(
    books: Books, size: tuple[int, int]
) -> None:
    books.train()
    books.clock.forward(8 * 86_400)
    book = books.open()
    keep(book, "weekly_runs", [{"weekday": "tue", "kind": "long", "time": "20:30"}])
    async with running(book, books.clock, size) as ui:
        assert "REST DAY" in ui.text()
        assert "Why Long run today at 20:30." in words(ui)
        assert "Planned for Wed 11 Nov" in ui.text()
        assert "z  a snack of 5 to 10 minutes" in ui.text()
        assert begin_question(state(ui)).startswith("Trail Speed is for Wed 11 Nov. Begin it")


async def test_no_key_begins_the_session_of_another_day_unasked(books: Books) -> None:
    books.train()
    books.clock.forward(86_400)
    async with running(books.open(), books.clock) as ui:
        for key in ("enter", "space", "+", "J"):
            await ui.press(key)
            assert ui.prompt().startswith("Trail Speed is for Mon 9 Nov. Begin it today all the")
            await ui.press("n")
            assert ui.book.recorder.live is None
        await ui.press("down", "]", "y")
        item = ui.live.items[1]
        assert not ui.live.rows
        assert item.now != item.plan


async def test_done_today_enter_asks_for_the_next_session(books: Books) -> None:
    books.train()
    async with running(books.open(), books.clock) as ui:
        await ui.press("enter", "y")
        assert (ui.live.programme, ui.live.rows) == ("trail-speed", {})


async def test_before_a_race_there_is_rest_and_mobility_to_begin(books: Books) -> None:
    async with running(raced(books, 4), books.clock) as ui:
        assert "RACE WEEK  Ridge Ultra (A), Fri 6 Nov, in 4 days" in ui.text()
        assert "Mobility, if you like" in ui.text()
        assert "After     a light session on Mon 9 Nov, if you like" in ui.text()
        assert begin_question(state(ui)) == ""
        await ui.press("enter")
        assert (ui.live.programme, ui.live.part) == ("routine", "mobility")
        assert len(ui.live.rows) == 1


@pytest.mark.parametrize(
    ("days", "shown"),
    [
        (0, "RACE DAY Ridge Ultra (A) Good legs."),
        (-1, "AFTER THE RACE a light session on Wed 4 Nov, if you like"),
        (-3, "AFTER THE RACE one light session, if you like"),
    ],
)
async def test_the_days_around_a_race_are_named(books: Books, days: int, shown: str) -> None:
    async with running(raced(books, days), books.clock) as ui:
        assert shown in words(ui)


async def test_in_a_taper_it_says_what_becomes_of_the_session(books: Books) -> None:
    books.train()
    books.clock.forward(7 * 86_400)
    async with running(raced(books, 11), books.clock) as ui:
        assert "TAPER  Ridge Ultra in 11 days: same weight, fewer sets" in ui.text()
        ui.book.profile.set("taper", "lighten")
        ui.main.show()
        await ui.settle()
        assert "TAPER  Ridge Ultra in 11 days: a tenth less weight, fewer sets" in ui.text()


async def test_the_first_thing_to_know_has_the_free_row_to_itself(books: Books) -> None:
    book = books.open()
    live = book.recorder.start(book.read_all().planner.next_plan(books.clock().date()))
    calf = live.items[3]
    sore = tuple(parse("9 pain3", calf.kind, single=True))
    book.recorder.do(Write(calf.keys()[0], sore))
    book.recorder.finish()
    books.clock.forward(86_400)
    async with running(book, books.clock) as ui:
        asked = "Your calf or ankle hurt 3 yesterday. How is it this morning? m tells"
        assert asked in ui.text()
        await ui.press("R", "4", "4", "0", "j")
        assert asked in ui.text()
        assert "legs 4" not in ui.text()
        await ui.press("m", "1", "j")
        assert asked not in ui.text()
        assert "Legs 4" in ui.text()


@pytest.mark.parametrize("width", [80, 60, 45])
async def test_every_line_of_a_day_fits(books: Books, width: int) -> None:
    books.train()
    books.clock.forward(86_400)
    async with running(raced(books, -1), books.clock) as ui:
        day = state(ui)
        legs = [("legs 71 h ago", "dim")]
        lines = [*head_lines(day, legs, width), *body_lines(day, width)]
        assert max(map(width_of, lines)) <= width
        assert "…" not in "".join(words for line in lines for words, _ in line)


async def test_leaving_out_is_not_said_while_it_is_asked_whether_to_begin(books: Books) -> None:
    books.train()
    books.clock.forward(86_400)
    async with running(books.open(), books.clock) as ui:
        await ui.press("x")
        assert "left out" not in ui.said
        await ui.press("n")
        assert ui.said == ""
        assert ui.book.recorder.live is None
        await ui.press("x", "y")
        assert ui.said == "Wall Lean Hip Flexor Hold is left out. u brings it back."


async def test_pain_typed_before_a_session_of_another_day_rests_what_hurts(books: Books) -> None:
    books.train()
    books.clock.forward(86_400)
    async with running(books.open(), books.clock) as ui:
        await ui.press("down", "e")
        await ui.answer("8 pain 9")
        await ui.press("y")
        assert ui.said == f"10 sets left out for it; u brings them back. {PAIN_WORDS}"
        assert any(rows[0].undone == "pain" for rows in ui.live.rows.values())


async def test_what_was_typed_for_a_session_that_changed_begins_none(books: Books) -> None:
    books.train()
    books.clock.forward(86_400)
    async with running(books.open(), books.clock) as ui:
        await ui.press("e")
        await ui.answer("8 × 5 s")
        ui.book.profile.set("programme", "daily-bodyweight")
        await ui.press("y")
        assert ui.said.startswith("The plan has changed meanwhile")
        assert ui.prompt() == ""
        assert ui.book.recorder.live is None
