"""The review: the map of the year and the lines, from plain values; then the screen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from tests.calendars import keep
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
from tui.app.review_queries import overview_of, week_of
from tui.domain.model.sums import Sums
from tui.domain.model.values import Session, Side
from tui.domain.planning.placement import Placed, Wanted
from tui.domain.review.annotations import Annotation
from tui.domain.review.plan_compliance import Compliance
from tui.domain.review.side_balance import SideTrend
from tui.domain.review.sides import Pair
from tui.domain.review.week import WeekReview
from tui.domain.review.weeks import WEEKS, Change, Overview, Week
from tui.domain.review.year import Year
from tui.ui.screens.base_screen import ROOMY
from tui.ui.screens.review import ReviewScreen
from tui.ui.screens.review_lines import (
    against_rows,
    bar_of,
    change_rows,
    contact_rows,
    side_rows,
    this_week_line,
    title_line,
    week_table,
)
from tui.ui.screens.review_list import EDGES
from tui.ui.screens.review_table import Row
from tui.ui.widgets.styled_text import width_of
from tui.ui.widgets.year_map import Shades, map_lines, shades

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
TODAY = date(2028, 3, 8)  # a Wednesday, eight days after a leap day
MONDAY = TODAY - 2 * DAY
FIRST = date(2027, 3, 8)


# --- the map of the year ------------------------------------------------------------------------

DONE = {
    date(2027, 12, 31): 3,
    date(2028, 1, 1): 10,
    date(2028, 1, 3): 12,
    date(2028, 1, 5): 13,
    date(2028, 2, 29): 14,
    TODAY: 30,
}
MARKS = {
    date(2028, 1, 3): (Annotation(kind="programme", day=date(2028, 1, 5), name="Other"),),
    date(2028, 2, 28): (
        Annotation(kind="race", day=date(2028, 3, 5), name="Ridge"),
        Annotation(kind="step_down", day=date(2028, 2, 28)),
    ),
}


def year(sets: Mapping[date, int] = DONE, marks: Any = MARKS, **more: Any) -> Year:
    kept = {"known": 53, "trained": 5, "streak": 2, "longest": 2, **more}
    every = {FIRST + n * WEEK: marks.get(FIRST + n * WEEK, ()) for n in range(53)}
    return Year(first=FIRST, today=TODAY, sets=sets, legs=frozenset(), marks=every, **kept)


def mapped(made: Year, width: int) -> list[str]:
    lines = map_lines(made, width)
    assert all(width_of(line) <= width for line in lines)
    return [plain(line) for line in lines]


def test_the_year_has_a_cell_a_week_a_row_a_day_and_its_signs_said_beside_it() -> None:
    assert mapped(year(), 78) == [
        "    Mar Apr May  Jun Jul Aug  Sep Oct Nov  Dec Jan  Feb",
        "Mon ···········································▒·········   ░ 1–8",
        "Tue ···················································▒·   ▒ 9–17",
        "Wed ···········································▒········█◂  █ 18+ sets",
        "Thu ····················································    ! race",
        "Fri ··········································░·········    P programme",
        "Sat ··········································▒·········    e easier",
        "Sun ····················································    ◂ today",
        "                                               P       !    · none",
        "",
    ]


def test_without_room_beside_it_the_signs_are_said_below_as_many_as_fit() -> None:
    assert mapped(year(), 58)[-2:] == [
        "░ 1–8  ▒ 9–17  █ 18+ sets  ! race  P programme  e easier",
        "",
    ]
    assert mapped(year(), 58)[:9] == [line[:58].rstrip() for line in mapped(year(), 78)[:9]]
    narrow = mapped(year(), 40)
    assert narrow[2] == "Tue ·································▒·", "the last weeks are those seen"
    assert narrow[0] == "       Aug  Sep Oct Nov  Dec Jan  Feb", "names do not touch"


def test_with_room_a_week_has_two_cells_and_both_its_marks() -> None:
    wide = mapped(year(), 118)
    assert wide[3].startswith("Wed · · ·")
    assert wide[3].endswith("▒ · · · · · · · · █ ◂")
    assert wide[8].index("!e") == wide[2].rindex("▒"), "29 February lies in the week of the race"
    assert len(wide[3]) == 4 + 2 * 53 + 1


@pytest.mark.parametrize(("width", "cell"), [(58, 1), (78, 1), (118, 2)])
def test_every_day_of_the_year_stands_in_its_place(width: int, cell: int) -> None:
    lines = mapped(year(), width)
    shade = shades(year())
    for n in range(53 * 7):
        day = FIRST + n * DAY
        row = lines[1 + day.weekday()].ljust(width)
        sets = DONE.get(day, 0)
        wanted = shade.sign(sets) if sets else "·" if day <= TODAY else " "
        assert row[4 + n // 7 * cell] == wanted, day


def test_weeks_before_the_log_begins_are_blank() -> None:
    lines = mapped(year({TODAY: 4}, {}, known=3), 78)
    assert lines[1][:60] == "Mon" + " " * 51 + "···   "
    assert lines[3][:59] == "Wed" + " " * 51 + "··▒◂ "
    assert lines[7].split() == ["Sun", "··"]
    assert len(lines) == 9, "no row for marks where there are none"


@pytest.mark.parametrize(
    ("every", "usual", "many"),
    [([1], 1, 2), ([2], 2, 3), ([3, 3, 9], 2, 5), ([12, 15, 18], 10, 21)],
)
def test_usual_lies_within_a_third_of_the_day_in_the_middle(
    every: list[int], usual: int, many: int
) -> None:
    shade = shades(year({FIRST + n * DAY: sets for n, sets in enumerate(every)}))
    assert (shade.usual, shade.many) == (usual, many)
    assert [shade.sign(sets) for sets in (usual - 1, usual, many - 1, many)][1:] == ["▒", "▒", "█"]


def test_shades_are_worked_out_once_for_a_map(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Year] = []

    def counted(made: Year) -> Shades:
        asked.append(made)
        return shades(made)

    monkeypatch.setattr("tui.ui.widgets.year_map.shades", counted)
    mapped(year(), 78)
    assert len(asked) == 1


def test_a_shade_that_no_number_has_is_not_explained() -> None:
    legend = plain(map_lines(year({TODAY: 1}, {}), 58)[-2])
    assert legend == "▒ 1  █ 2+ sets  ◂ today  · none"


# --- the lines ----------------------------------------------------------------------------------


def overview(*weeks: Week, trained: int = 2, streak: int = 2, **more: Any) -> Overview:
    return Overview(
        weeks=weeks or (Week(monday=MONDAY, days=1, sums=Sums(sessions=1, sets=8)),),
        known=more.pop("known", len(weeks) or 1),
        trained=trained,
        changes=more.pop("changes", ()),
        year=year(streak=streak),
        against=more.pop("against", ()),
        accuracy=None,
        sides=more.pop("sides", ()),
        today=TODAY,
    )


@pytest.mark.parametrize(
    ("known", "trained", "streak", "words"),
    [
        (12, 11, 6, "Trained in 11 of the last 12 weeks, 6 weeks in a row"),
        (12, 3, 1, "Trained in 3 of the last 12 weeks"),
        (12, 3, 0, "Trained in 3 of the last 12 weeks"),
        (4, 3, 2, "Trained in 3 of the 4 weeks since you began, 2 weeks in a row"),
        (1, 1, 1, "Your first week"),
        (12, 0, 0, "No session in the last 12 weeks. Begin again whenever you like."),
    ],
)
def test_the_title_says_how_steadily_without_any_guilt(
    known: int, trained: int, streak: int, words: str
) -> None:
    line = title_line(overview(known=known, trained=trained, streak=streak), 78)
    assert plain(line) == f"Review      {words}"


def test_a_title_that_does_not_fit_is_said_in_fewer_words() -> None:
    seen = overview(known=12, trained=11, streak=31)
    assert plain(title_line(seen, 58)) == "Review      Trained in 11 of 12 weeks, 31 in a row"
    none = overview(known=12, trained=0)
    assert plain(title_line(none, 58)) == "Review      No session in the last 12 weeks"


def test_a_row_that_reaches_over_a_week_without_a_session_says_why() -> None:
    done = Sums(sessions=1, sets=8)
    weeks = [Week(monday=MONDAY - n * WEEK, days=n != 3, sums=done) for n in range(12)]
    seen = overview(*weeks, trained=11, streak=31)
    words = "11 of the last 12 weeks, 31 in a row (weeks of rest break none)"
    assert plain(title_line(seen, 78)) == f"Review      {words}"
    assert plain(title_line(seen, 118)).startswith("Review      Trained in 11 of the last 12 weeks")
    assert plain(title_line(seen, 60)).endswith("31 in a row (rest breaks none)")
    before = overview(*weeks, trained=11, streak=3)
    assert plain(title_line(before, 78)).endswith("weeks, 3 weeks in a row")
    now = [Week(monday=MONDAY - n * WEEK, days=n != 0, sums=done) for n in range(12)]
    assert "rest" not in plain(title_line(overview(*now, trained=11, streak=31), 78))


def look(done: Sums | None, planned: Sums | None) -> WeekReview:
    session = Session(id="s", edited="", started=datetime.combine(TODAY, time(7)))
    placed = Placed(wanted=Wanted(part="a", name="A"), day=TODAY)
    return WeekReview(
        monday=MONDAY,
        done=((session, done),) if done else (),
        planned=((placed, planned),) if planned else (),
        sets={},
    )


def test_this_week_is_what_is_done_of_all_that_is_planned_as_much_as_fits() -> None:
    done = Sums(sessions=2, sets=14, contacts=40, tonnage_kg=1240, hold_s=90, distance_m=80)
    more = Sums(sessions=1, sets=8, contacts=40, hold_s=30)
    whole = (
        "2 of 3 sessions · 14 of 22 sets · 40 of 80 contacts · 1,240 kg lifted · 1:30 of 2:00 held"
    )
    line = this_week_line(look(done, more), "kg", 118)
    assert plain(line) == f"This week   {whole} · 80 m carried"
    assert plain(this_week_line(look(done, more), "kg", 58)).endswith("22 sets · 80 m carried")
    assert "2,734 lb lifted" in plain(this_week_line(look(done, more), "lb", 118))
    assert plain(this_week_line(look(done, None), "kg", 45)).endswith("· 14 of 14 sets")
    usual = plain(this_week_line(look(done, None), "kg", 78, 7))
    assert "14 of 14 sets (7 in a usual week)" in usual
    assert "usual" not in plain(this_week_line(look(done, None), "kg", 78, 14))
    assert "Nothing is planned" in plain(this_week_line(look(None, None), "kg", 78))


RICH = Week(
    monday=MONDAY - WEEK,
    days=3,
    legs=2,
    sums=Sums(sessions=3, sets=41, contacts=120, tonnage_kg=12400.4, hold_s=725),
    usual=36,
    contacts={"low": 80, "high": 40},
    pain=2,
    marks=MARKS[date(2028, 2, 28)],
)
BARE = Week(monday=MONDAY, days=1, sums=Sums(sessions=1, sets=8), usual=36)
NONE = Week(monday=MONDAY - 2 * WEEK, usual=36)


def test_a_week_is_a_row_of_numbers_with_its_marks_in_words() -> None:
    rows = week_table(overview(BARE, RICH, NONE), "kg", 78)
    assert texts(rows) == [
        "Week    Days  Legs  Sets/usual  Contacts   Held  kg lifted  Pain",
        " 6 Mar     1              8/36                                    so far",
        "28 Feb     3     2       41/36       120  12:05     12,400     2  race Ridge;…",
        "21 Feb     –",
    ]
    assert [row.week for row in rows] == [None, MONDAY, MONDAY - WEEK, MONDAY - 2 * WEEK]
    assert [row.stops for row in rows] == [False, True, True, True]
    pounds = texts(week_table(overview(BARE, RICH), "lb", 118))
    assert "lb lifted" in pounds[0]
    assert pounds[2].split()[7:] == ["27,338", "2", "race", "Ridge;", "easier", "running"]


def test_columns_in_which_nothing_stands_are_left_out_and_marks_are_signs_without_room() -> None:
    assert texts(week_table(overview(replaced(BARE, usual=None)), "kg", 78)) == [
        "Week    Days  Sets",
        " 6 Mar     1     8  so far",
    ]
    assert plain(week_table(overview(BARE, RICH), "kg", 62)[2].line).endswith(" 2 !e")
    assert len(week_table(overview(BARE, RICH, known=1), "kg", 78)) == 2, "none before the log"


def replaced(week: Week, **more: Any) -> Week:
    kept = {name: getattr(week, name) for name in week.__struct_fields__}
    return Week(**{**kept, **more})


def test_the_last_weeks_stand_beside_those_before() -> None:
    changes = (Change("sessions", 8, 6), Change("hold_s", 0, 0), Change("tonnage_kg", 1200.0, 0))
    rows = change_rows(changes, "kg")
    assert texts(rows) == [
        "Last 4 weeks beside the 4 before",
        "           last 4  4 before",
        "sessions        8         6        +33 %",
        "kg lifted   1,200         0  none before",
    ]
    assert [row.stops for row in rows] == [False, False, True, True]
    assert change_rows((Change("sets", 0, 0),), "kg") == []


def test_contacts_are_numbers_and_a_bar_whose_parts_are_as_long_as_they_are_many() -> None:
    rows = contact_rows(overview(BARE, RICH), 78)
    assert texts(rows)[:3] == [
        "Contacts by tier   ░ low   █ high",
        "Week    low  high  in all",
        " 6 Mar    –     –       –",
    ]
    assert texts(rows)[3].startswith("28 Feb   80    40     120  ")
    assert [rows[3].week, rows[0].week] == [RICH.monday, None]
    bar = texts(rows)[3].split()[-1]
    assert bar == "░" * (2 * len(bar) // 3) + "█" * (len(bar) - 2 * len(bar) // 3)
    tiny = replaced(RICH, contacts={"low": 1000, "medium": 1})
    assert texts(contact_rows(overview(tiny), 78))[2].endswith("░▒"), "some is never nothing"
    assert contact_rows(overview(BARE), 78) == []


def test_what_was_lifted_stands_beside_the_plan_with_a_bar() -> None:
    found = (Compliance("calf", 1475, 1605), Compliance("hip-dominant", 900, 450))
    rows = against_rows(overview(against=found), "kg", 78)
    assert texts(rows) == [
        "Lifted against the plan, last 4 weeks   kg",
        "calf          1,475 of 1,605   92 %  ██████████████████████",
        "hip-dominant    900 of   450  200 %  " + "█" * 24,
    ]
    assert all(row.words for row in rows[1:])
    assert against_rows(overview(), "kg", 78) == []


@pytest.mark.parametrize(
    ("share", "bar"),
    [(0, ""), (0.01, ""), (1 / 32, "▏"), (0.2, "▊"), (0.5, "██"), (0.99, "████"), (1, "████")],
)
def test_a_bar_has_eighths_of_cells(share: float, bar: str) -> None:
    assert bar_of(share, 4).rstrip() == bar
    assert len(bar_of(share, 4)) == 4


def pair(percent: float, weak: Side | None) -> Pair:
    return Pair(TODAY, percent, weak)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (pair(86, Side.LEFT), pair(92, Side.LEFT), "left 92 % of right was 86 %"),
        (pair(97, Side.RIGHT), pair(92, Side.LEFT), "left 92 % of right was right 97 % of left"),
        (pair(100, None), pair(92, Side.RIGHT), "right 92 % of left was alike"),
        (pair(90, Side.LEFT), pair(100, None), "alike was left 90 % of right"),
        (pair(100, None), pair(100, None), "alike"),
    ],
)
def test_left_against_right_is_told_as_a_trend(first: Pair, last: Pair, words: str) -> None:
    rows = side_rows([SideTrend("split-squat", (first, last))], shipped(), 78)
    assert plain(rows[0].line) == "Left against right"
    assert " ".join(plain(rows[1].line).split()) == f"Split Squat {words}"
    assert rows[1].exercise == "split-squat"
    assert plain(rows[2].line) == "Sides that differ by 5 to 15 % are normal."
    assert side_rows([], shipped(), 78) == []


@pytest.mark.parametrize("width", [58, 78, 118])
def test_no_line_is_wider_than_there_is_room_whatever_the_names(width: int) -> None:
    marks = tuple(Annotation(kind=kind, day=TODAY, name=NAMES) for kind in ("race", "programme"))
    one = replaced(RICH, marks=marks)
    pairs = (pair(86, Side.LEFT), pair(97, Side.RIGHT))
    seen = overview(
        one, one, against=(Compliance(NAMES, 1e5, 1e5),), sides=(SideTrend(NAMES, pairs),)
    )
    rows = [
        Row(title_line(seen, width)),
        *week_table(seen, "kg", width),
        *contact_rows(seen, width),
        *against_rows(seen, "kg", width),
        *side_rows(seen.sides, shipped(), width),
    ]
    assert [plain(row.line) for row in rows if width_of(row.line) > width] == []


# --- the screen ---------------------------------------------------------------------------------


@pytest.fixture
def trained(books: Books) -> Books:
    """Twenty weeks, each but two with a session, the last one today; and a race."""
    book, today = books.open(), books.clock().date()
    every = [
        session(today - n * WEEK, SQUAT, JUMPS, LEFT, RIGHT) for n in range(20) if n not in (3, 9)
    ]
    book.reader.repository.put_many(every, [])
    keep(book, "races", [{"day": str(today - 2 * WEEK + 4 * DAY), "name": "Ridge Ultra"}])
    book.close()
    return books


def over(ui: Driver) -> ReviewScreen:
    assert isinstance(ui.app.screen, ReviewScreen)
    return ui.app.screen


async def to(ui: Driver, what: str) -> Row:
    """Move down to the first row that has the field ``what`` for enter to open or say."""
    while not getattr(here(ui), what):
        before = over(ui).rows.cursor
        await ui.press("j")
        assert over(ui).rows.cursor > before
    return here(ui)


async def test_the_numbers_on_the_screen_are_those_of_the_log(trained: Books) -> None:
    async with running(trained.open(), trained.clock) as ui:
        await ui.press("5")
        seen, lines = overview_of(ui.book), ui.lines()
        assert (seen.trained, seen.year.streak) == (10, 3)
        assert lines[2] == " Review      Trained in 10 of the last 12 weeks, 3 weeks in a row"
        planned = week_of(ui.book, seen.today)
        assert f"1 of {1 + len(planned.planned)} sessions · " in lines[3]
        assert f"{planned.done_sums.sets} of " in lines[3]
        await ui.press("pagedown")
        await ui.press("home")
        row = next(line for line in ui.lines() if line.startswith("› 2 Nov"))
        now = seen.weeks[0]
        assert row[1:].split()[2:7] == [
            f"{now.days}",
            f"{now.legs}",
            f"{now.sums.sets}/{now.usual}",
            f"{now.sums.contacts}",
            f"{now.sums.tonnage_kg:,.0f}",
        ]
        assert "race Ridge Ultra (A)" in ui.text()
        assert any(line.startswith("Mon ") and line.endswith("▒◂") for line in map_of(ui))


def map_of(ui: Driver) -> list[str]:
    """The map of the year on the screen, without its legend."""
    start = next(n for n, line in enumerate(ui.lines()) if line.startswith(" Mon"))
    return [line[1:60].rstrip() for line in ui.lines()[start : start + 8]]


async def test_enter_opens_the_week_under_the_cursor(
    trained: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(trained.open(), trained.clock) as ui:
        opened: list[object] = []
        monkeypatch.setattr(ui.app.navigation, "open_week", opened.append)
        monkeypatch.setattr(ui.app.navigation, "open_trend", opened.append)
        await ui.press("5", "enter", "j", "enter")
        assert opened == [date(2026, 11, 2), date(2026, 10, 26)]
        row = await to(ui, "words")
        await ui.press("enter")
        assert over(ui).said == (row.words, "")
        row = await to(ui, "exercise")
        await ui.press("enter")
        assert opened[2:] == ["lunge"]
        assert "left 80 % of right" in plain(row.line)
        assert ui.lines()[-3] == " Sides that differ by 5 to 15 % are normal."


async def test_every_row_of_it_is_seen_on_the_way_down(trained: Books) -> None:
    async with running(trained.open(), trained.clock, (60, 20)) as ui:
        await ui.press("5")
        seen = set(ui.lines())
        while over(ui).rows.cursor < over(ui).rows._nearest(len(over(ui).rows.values) - 1, -1):
            await ui.press("j")
            assert here(ui).stops
            seen |= set(ui.lines())
        texts = {line[1:].rstrip("▁▂▃▄▅▆▇█ ") for line in seen}
        wanted = {plain(row.line).rstrip("▁▂▃▄▅▆▇█ ") for row in over(ui).rows.values}
        assert {line for line in wanted if line not in texts} == set()
        await ui.press("home")
        assert ui.lines()[1].startswith(" Review")


@pytest.mark.parametrize("key", ["q", "5", "backspace", "left"])
@pytest.mark.parametrize("pane", ["1", "2", "3"])
async def test_from_every_pane_and_back(trained: Books, pane: str, key: str) -> None:
    async with running(trained.open(), trained.clock) as ui:
        await ui.press(pane, "5")
        assert over(ui).focused is over(ui).rows
        await ui.press(key)
        assert ui.app.screen is ui.main
        assert ui.app.focused is ui.main.pane().rows


async def test_other_keys_change_nothing_and_help_has_its_own_first(trained: Books) -> None:
    async with running(trained.open(), trained.clock) as ui:
        await ui.press("5")
        before = ui.text()
        await ui.press("u", "e", "a", "k", "space", "f9")
        assert ui.text() == before
        await ui.press("?")
        assert open_page(ui) == "Keys"
        assert "Review" in ui.lines()[4]


async def test_with_an_empty_log_it_says_what_to_press(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("5", "enter", "j", "pagedown", "end")
        assert "No session is finished yet." in ui.text()
        assert " q goes back; on Today enter logs your first set" in ui.lines()
        assert over(ui).shared() is None
    books.close()
    book = books.open()
    book.reader.repository.put_many([session(books.clock().date() - 60 * WEEK, SQUAT)], [])
    book.close()
    async with running(books.open(), books.clock) as ui:
        await ui.press("5", "enter")
        assert "No session in the last year. Begin again whenever you like." in ui.text()


async def test_while_the_log_is_read_it_says_so(
    trained: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(trained.open(), trained.clock) as ui:
        with monkeypatch.context() as patch:
            patch.setattr(ui.book.planner, "is_known", lambda: False)
            await ui.press("5", "enter", "j")
            assert ui.lines()[2] == " Review   Your log is being read."
            assert over(ui).shared() is None
        ui.main.read_log()
        await ui.settle()
        assert ui.lines()[2].startswith(" Review      Trained in 10")
        assert here(ui).week == date(2026, 11, 2)


async def test_a_log_is_summed_up_once_however_often_it_is_drawn(
    trained: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(trained.open(), trained.clock) as ui:
        await ui.press("5")
        monkeypatch.setattr(
            "tui.ui.screens.review.overview_of", lambda _: pytest.fail("summed up again")
        )
        await ui.resize(120, 40)
        await ui.resize(60, 20)
        assert here(ui).week == date(2026, 11, 2)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_all_of_it_fits_at_every_size(trained: Books, size: tuple[int, int]) -> None:
    async with running(trained.open(), trained.clock, size) as ui:
        await ui.press("5")
        rows = over(ui).rows.values
        assert [plain(row.line) for row in rows if width_of(row.line) > size[0] - EDGES] == []
        for words in ("Trained in 10", "This week", "Sets", "› 2 Nov", "q back"):
            assert words in ui.text()
        assert ("Wed " in ui.text()) is (size[1] >= ROOMY), "the map comes last in a low one"
        assert len(ui.lines()) == size[1]


async def test_a_resize_keeps_the_row_and_shows_it(trained: Books) -> None:
    async with running(trained.open(), trained.clock) as ui:
        await ui.press("5", *"jjjj")
        before = here(ui)
        for size in ((60, 20), (120, 40), (80, 24)):
            await ui.resize(*size)
            assert here(ui).week == before.week
        await to(ui, "exercise")
        await ui.resize(120, 40)
        assert here(ui).exercise == "lunge"


async def test_without_colour_it_says_the_same(
    trained: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    those = await texts_with_and_without_colour(trained, monkeypatch, "5", "end")
    assert those[0] == those[1]


async def test_names_of_others_are_text_and_nothing_else(trained: Books) -> None:
    book, today = trained.open(), trained.clock().date()
    odd = [session(today - n * WEEK, ("x\x1b[31m", side, done)) for n in (1, 2)
           for _, side, done in (LEFT, RIGHT)]  # fmt: skip
    book.reader.repository.put_many(odd, [])
    keep(book, "races", [{"day": str(today), "name": "[red]\x9b2J\u202eUltra" + "山" * 40}])
    book.profile.store.set("programme", "no\x1b]0;such", today - WEEK, trained.clock())
    book.close()
    for size in ((60, 20), (80, 24), (120, 40)):
        async with running(trained.open(), trained.clock, size) as ui:
            await ui.press("5")
            assert not any(
                ord(char) < 32 or char in "\x9b\u202e" for char in ui.text() if char != "\n"
            )
            rows = over(ui).rows.values
            assert [plain(row.line) for row in rows if width_of(row.line) > size[0] - EDGES] == []
        trained.close()


async def test_what_is_shared_is_the_review_of_the_day(trained: Books) -> None:
    async with running(trained.open(), trained.clock) as ui:
        await ui.press("5")
        shared = over(ui).shared()
        assert shared is not None
        assert shared.stem == "review-2026-11-02"
        assert shared.chart is None
        assert "10 of the last 12 weeks" in str(shared.report)
        await ui.press("y")
        assert "sent to the terminal's clipboard" in ui.lines()[-2]
        assert len(overview_of(ui.book).weeks) == WEEKS
