"""The screen of one week: its lines from plain values, and what each key does."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.ui.driver import Books, Driver, open_page, running, shipped
from tests.ui.review_logs import (
    JUMPS,
    LEFT,
    NAMES,
    RIGHT,
    SQUAT,
    here,
    plain,
    session,
    texts,
    texts_with_and_without_colour,
)
from tui.app.review_queries import week_of
from tui.domain.calculator.advice import Reason
from tui.domain.model.sums import Sums
from tui.domain.model.values import Measures, Side
from tui.domain.planning.placement import Placed, Wanted
from tui.domain.review.annotations import Annotation
from tui.domain.review.week import WeekReview
from tui.ui.screens.review_list import EDGES
from tui.ui.screens.week_lines import OneWeek, dots, week_rows
from tui.ui.screens.week_review import WeekScreen
from tui.ui.widgets.styled_text import width_of

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
MONDAY = date(2026, 11, 16)
TODAY = MONDAY + 2 * DAY


# --- the lines ----------------------------------------------------------------------------------

DID = session(MONDAY, SQUAT, JUMPS)
WILL = Placed(
    wanted=Wanted(part="spring", name="Spring", legs=True),
    day=MONDAY + 4 * DAY,
    reasons=(Reason("NO_RUN_DAY"),),
)


def week(*, done: bool = True, planned: bool = True, **more: Any) -> OneWeek:
    look = WeekReview(
        monday=more.pop("monday", MONDAY),
        done=((DID, Sums(sessions=1, sets=4, contacts=40, tonnage_kg=600, minutes=40)),)
        if done
        else (),
        planned=((WILL, Sums(sessions=1, sets=8, contacts=60, hold_s=90)),) if planned else (),
        sets=more.pop("sets", {"back-squat": (2, 1), "rope-skipping": (2, 0), "hop": (0, 7)}),
    )
    kept = {"marks": (), "library": shipped(), "unit": "kg", "today": TODAY, **more}
    return OneWeek(look=look, **kept)


def test_a_week_is_what_was_done_beside_what_is_still_planned() -> None:
    assert texts(week_rows(week(), 78)) == [
        "Week of Mon 16 Nov   this week",
        "",
        "               done   planned",
        "sessions          1         1   ●○",
        "leg sessions      1         1   ●○",
        "sets              4         8   ●●●●○○○○○○○○",
        "contacts         40        60   ●●●●●○○○○○○○",
        "kg lifted       600         –",
        "held              –      1:30   ○○○○○○○○○○○○",
        "",
        "Sessions",
        "● Mon 16 Nov  Trail Speed         4 sets  600 kg lifted  40 contacts  40 min",
        "○ Fri 20 Nov  Spring              8 sets  1:30 held  60 contacts",
        "",
        "Sets by exercise",
        "Back Squat          ●●○      2 of 3",
        "Rope Skipping       ●●       2",
        "Single-Leg Hop      ○○○○○○○  0 of 7",
    ]


def test_a_row_knows_what_enter_has_for_it() -> None:
    stops = [row for row in week_rows(week(), 78) if row.stops]
    assert [(row.session, row.exercise, row.words) for row in stops] == [
        (DID.id, None, ""),
        (None, None, "Fri 20 Nov: no run that day"),
        (None, "back-squat", ""),
        (None, "rope-skipping", ""),
        (None, "hop", ""),
    ]


def test_what_is_only_done_or_only_planned_has_no_second_column() -> None:
    past = texts(week_rows(week(planned=False, sets={"hop": (7, 0)}), 78))
    assert past[2:4] == ["               done", "sessions          1"]
    assert past[-1] == "Single-Leg Hop      ●●●●●●●  7"
    assert "○" not in "".join(past)
    ahead = texts(week_rows(week(done=False, sets={"hop": (0, 7)}), 78))
    assert ahead[2:4] == ["               planned", "sessions             1"]
    assert ahead[-1] == "Single-Leg Hop      ○○○○○○○  0 of 7"
    assert "●" not in "".join(ahead)


@pytest.mark.parametrize(
    ("weeks", "words"),
    [
        (0, "this week"),
        (1, "next week"),
        (-1, "last week"),
        (5, "in 5 weeks"),
        (-30, "30 weeks ago"),
    ],
)
def test_a_week_says_how_far_off_it_is(weeks: int, words: str) -> None:
    monday = MONDAY + weeks * WEEK
    title = texts(week_rows(week(monday=monday), 78))[0]
    assert title.startswith(f"Week of Mon {monday.day} {monday:%b}")
    assert title.endswith(words)


def test_a_week_of_another_year_says_which_and_its_marks() -> None:
    mark = Annotation(kind="race", day=MONDAY, name="Ridge (A)")
    title = texts(week_rows(week(monday=date(2025, 12, 29), marks=(mark,)), 78))[0]
    assert title == "Week of Mon 29 Dec 2025   46 weeks ago   race Ridge (A)"


def test_a_week_with_nothing_says_so_kindly() -> None:
    past = texts(week_rows(week(done=False, planned=False, monday=MONDAY - WEEK), 78))
    assert past[2] == "Nothing was logged this week; no need to make up for that."
    assert len(past[2]) <= 58
    ahead = texts(week_rows(week(done=False, planned=False), 78))
    assert ahead[2] == "Nothing is planned for this week; that is fine."


@pytest.mark.parametrize(
    ("done", "planned", "shown"),
    [
        (2, 1, "●●○"),
        (12, 0, "●" * 12),
        (0, 3, "○○○"),
        (1240.5, 1240.5, "●" * 6 + "○" * 6),
        (1, 1000, "●" + "○" * 11),
        (1000, 1, "●" * 11 + "○"),
        (1000, 0, "●" * 12),
    ],
)
def test_dots_are_things_or_shares_and_some_is_never_nothing(
    done: float, planned: float, shown: str
) -> None:
    assert plain(dots(done, planned)) == shown


@pytest.mark.parametrize("width", [58, 78, 118])
def test_no_line_is_wider_than_there_is_room_whatever_the_names(width: int) -> None:
    odd = session(MONDAY, (NAMES, Side.LEFT, Measures(reps=1)))
    placed = Placed(wanted=Wanted(part="a", name=NAMES), day=TODAY, light=True)
    many = Sums(sessions=1, sets=4000, contacts=400000, tonnage_kg=6e6, hold_s=1e5, minutes=400)
    look = WeekReview(
        monday=MONDAY, done=((odd, many),), planned=((placed, many),), sets={NAMES: (4000, 400)}
    )
    marks = (Annotation(kind="race", day=TODAY, name=NAMES),)
    made = OneWeek(look=look, marks=marks, library=shipped(), unit="lb", today=TODAY)
    lines = [row.line for row in week_rows(made, width)]
    assert [plain(line) for line in lines if width_of(line) > width] == []


# --- the screen ---------------------------------------------------------------------------------


@pytest.fixture
def trained(books: Books) -> Books:
    """Three sessions: today, a week ago, three weeks ago; the programme asks for one more each
    week."""
    book, today = books.open(), books.clock().date()
    book.profile.store.set("programme", "lift-and-spring", today - 4 * WEEK, books.clock())
    every = [session(today - n * WEEK, SQUAT, JUMPS, LEFT, RIGHT) for n in (0, 1, 3)]
    book.reader.repository.put_many(every, [])
    book.close()
    return books


def over(ui: Driver) -> WeekScreen:
    assert isinstance(ui.app.screen, WeekScreen)
    return ui.app.screen


def said(ui: Driver) -> str:
    found = over(ui).said
    return "" if found is None else found[0]


async def test_the_numbers_on_the_screen_are_those_of_log_and_plan(trained: Books) -> None:
    async with running(trained.open(), trained.clock) as ui:
        await ui.press("5", "enter")
        look, lines = week_of(ui.book, trained.clock().date()), ui.lines()
        assert lines[2] == " Week of Mon 2 Nov   this week"
        rows = {line[1:14].strip(): line[14:].split() for line in lines if line}
        done, planned = look.done_sums, look.planned_sums
        assert rows["sessions"][:2] == [f"{done.sessions}", f"{planned.sessions}"]
        assert rows["sets"][:2] == [f"{done.sets}", f"{planned.sets}"]
        assert rows["contacts"][0] == f"{done.contacts}"
        assert rows["kg lifted"][0] == f"{done.tonnage_kg:,.0f}"
        for _, made in (*look.done, *look.planned):
            assert any(f"  {made.sets} sets" in line for line in lines)
        listed = [row.exercise for row in over(ui).rows.values if row.exercise]
        assert listed == list(look.sets)


async def test_enter_opens_the_session_in_history_and_the_exercise(
    trained: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(trained.open(), trained.clock) as ui:
        opened: list[str] = []
        monkeypatch.setattr(ui.app.navigation, "open_trend", opened.append)
        await ui.press("5", "enter")
        planned = next(row for row in over(ui).rows.values if row.words)
        while not here(ui).words:
            await ui.press("j")
        await ui.press("enter")
        assert said(ui) == planned.words
        assert ": " in said(ui)
        while not here(ui).exercise:
            await ui.press("j")
        await ui.press("enter", "end", "enter")
        first, *_, last = [row.exercise for row in over(ui).rows.values if row.exercise]
        assert opened == [first, last]
        await ui.press("home", "enter", "e")
        assert ui.app.screen is ui.main
        assert ui.main.current == "history"
        assert ui.main.history.opened == f"s-{trained.clock().date()}"


async def test_weeks_go_back_to_the_first_and_on_to_a_year_ahead(
    trained: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    ahead = 4  # A year is as far, but takes seconds.
    monkeypatch.setattr("tui.ui.screens.week_review.MOST_AHEAD", ahead)
    async with running(trained.open(), trained.clock) as ui:
        await ui.press("5", "enter", "left")
        assert "last week" in ui.lines()[2]
        await ui.press("[")
        assert "Nothing was logged this week" in ui.text()
        await ui.press("enter", "j", "y", "h")
        assert "3 weeks ago" in ui.lines()[2]
        await ui.press("[", "left")
        assert said(ui) == "Your log begins with this week."
        assert "3 weeks ago" in ui.lines()[2]
        await ui.press(*["]"] * 3, "l")
        assert "next week" in ui.lines()[2]
        for _ in range(ahead - 1):
            await ui.press("right")
        assert f"in {ahead} weeks" in ui.lines()[2]
        assert said(ui) == ""
        await ui.press("]")
        assert said(ui) == "Weeks are planned for a year ahead at most."
        assert f"in {ahead} weeks" in ui.lines()[2]


async def test_another_week_begins_at_its_top(trained: Books) -> None:
    async with running(trained.open(), trained.clock, (60, 20)) as ui:
        await ui.press("5", "enter", "end")
        assert not ui.lines()[1].startswith(" Week of")
        await ui.press("[")
        assert ui.lines()[1].startswith(" Week of Mon 26 Oct")
        assert here(ui).session


async def test_from_history_to_the_week_of_a_session_and_back(trained: Books) -> None:
    async with running(trained.open(), trained.clock) as ui:
        await ui.press("3", "end", "w")
        assert "3 weeks ago" in ui.lines()[2]
        for key in ("q", "backspace", "w"):
            await ui.press(key)
            assert ui.app.screen is ui.main
            assert ui.main.current == "history"
            await ui.press("w")


async def test_a_week_too_far_ahead_is_said_to_be(trained: Books) -> None:
    async with running(trained.open(), trained.clock) as ui:
        ui.app.navigation.open_week(trained.clock().date() + 60 * WEEK)
        await ui.settle()
        assert "a year ahead at most" in ui.lines()[2]
        assert over(ui).shared() is None
        await ui.press("enter", "j", "]")
        assert said(ui) == "Weeks are planned for a year ahead at most."
        await ui.resize(60, 20)
        await ui.press("q")
        assert ui.app.screen is ui.main


async def test_other_keys_change_nothing_and_help_has_its_own_first(trained: Books) -> None:
    async with running(trained.open(), trained.clock) as ui:
        await ui.press("5", "enter")
        before = ui.text()
        await ui.press("x", "u", "e", "a", "k", "space", "f9")
        assert ui.text() == before
        await ui.press("?")
        assert open_page(ui) == "Keys"
        assert "One week" in ui.lines()[4]


async def test_while_the_log_is_read_it_says_so(
    trained: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(trained.open(), trained.clock) as ui:
        with monkeypatch.context() as patch:
            patch.setattr(ui.book.planner, "is_known", lambda: False)
            ui.app.navigation.open_week(trained.clock().date())
            await ui.settle()
            await ui.press("enter", "j")
            assert ui.lines()[2] == " Week   Your log is being read."
            assert over(ui).shared() is None
        ui.main.read_log()
        await ui.settle()
        assert ui.lines()[2] == " Week of Mon 2 Nov   this week"
        assert here(ui).session


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_all_of_it_fits_at_every_size(trained: Books, size: tuple[int, int]) -> None:
    async with running(trained.open(), trained.clock, size) as ui:
        await ui.press("5", "enter")
        rows = over(ui).rows.values
        assert [plain(row.line) for row in rows if width_of(row.line) > size[0] - EDGES] == []
        for words in ("Week of Mon 2 Nov", "planned", "›● Mon 2 Nov", "q back"):
            assert words in ui.text()
        await ui.press("end")
        assert here(ui) == rows[-1]


async def test_a_resize_keeps_the_row_and_shows_it(trained: Books) -> None:
    async with running(trained.open(), trained.clock) as ui:
        await ui.press("5", "enter", "end")
        last = here(ui).exercise
        for size in ((60, 20), (120, 40), (80, 24)):
            await ui.resize(*size)
            assert here(ui).exercise == last


async def test_without_colour_it_says_the_same(
    trained: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    those = await texts_with_and_without_colour(trained, monkeypatch, "5", "enter")
    assert those[0] == those[1]


async def test_what_is_shared_is_the_week(trained: Books) -> None:
    async with running(trained.open(), trained.clock) as ui:
        await ui.press("5", "enter", "[")
        shared = over(ui).shared()
        assert shared is not None
        assert shared.stem == "week-2026-10-26"
        assert "2026-10-26" in shared.report.title
        await ui.press("y")
        assert "sent to the terminal's clipboard" in ui.lines()[-2]
