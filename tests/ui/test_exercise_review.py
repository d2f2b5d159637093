"""The screen of one exercise: opened from each pane, charts and periods, sessions and bests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.strategies import new_id
from tests.ui.driver import EVENING, Books, Driver, open_page, running, shipped
from tests.ui.review_logs import plain
from tests.ui.test_safety import EVIL, NEWER, harmless
from tui.app import review_queries as looks
from tui.domain.model.library.parser import Library
from tui.domain.model.logged import with_sets
from tui.domain.model.notation import parse
from tui.domain.model.values import Session, Side
from tui.domain.planning.wording import short_day
from tui.domain.review.exercise_history import DatedBest, Trained, dated_bests, trained
from tui.domain.review.exercise_review import ExerciseReview
from tui.present.chart.values import Chart, Drawn, Point, Series
from tui.present.exercise_charts import Period
from tui.ui.screens.exercise_review import ExerciseScreen
from tui.ui.screens.exercise_review_lines import (
    Held,
    apart,
    next_lines,
    row_line,
    rows_of,
    said_lines,
    session_of,
    tabs_line,
    title_line,
)
from tui.ui.widgets.styled_text import Line, width_of

SLING, SPLIT, SQUAT, CALF = "glute-sling", "split-squat", "back-squat", "calf-raise"
TODAY = EVENING.date()
SIZES = [(60, 20), (80, 24), (120, 40)]


def session(days_ago: int, typed: str, exercise: str = SPLIT, *, note: str = "") -> Session:
    """A session so many days ago, with sets in the notation."""
    started = EVENING - timedelta(days=days_ago, hours=1)
    empty = Session(id=f"{days_ago:05}-{exercise}", edited="", started=started, note=note)
    known = shipped().exercises[exercise]
    made, _ = with_sets(empty, known, parse(typed, known.kind), edited="", at="", new_id=new_id)
    return made


# Sessions of the last twelve weeks, of the year, and before it.
LOG = (
    session(500, "3x8 10kg/side"),
    session(200, "3x8 12kg/side rir3"),
    session(40, "L3x8 R3x8 15kg rir2"),
    session(20, "L3x7 R3x8 15kg rir2"),
    session(9, "L3x7 R3x8 15kg rir2 # knee steady", note="tired"),
    session(3, "L3x8 R3x9 15kg rir1"),
)


def filed(books: Books, *sessions: Session) -> None:
    """Put sessions on the disk."""
    book = books.open()
    book.reader.repository.put_many(sessions, [])
    book.close()


def review(*log: Session, name: str = SPLIT, library: Library | None = None) -> ExerciseReview:
    """A review without advice."""
    known = library or shipped()
    found = trained(log, name, known.exercises.get(name), TODAY)
    return ExerciseReview(name=name, library=known, found=found, today=TODAY)


def over(ui: Driver) -> ExerciseScreen:
    """The screen of the exercise, which must be on top."""
    screen = ui.app.screen
    assert isinstance(screen, ExerciseScreen)
    return screen


def said(ui: Driver) -> str:
    words = over(ui).said
    return "" if words is None else words[0]


def shown(ui: Driver) -> str:
    """The measure whose chart is shown."""
    chart = over(ui).chart
    return "" if chart is None else chart.measure


def period_of(screen: ExerciseScreen) -> Period:
    """The period shown."""
    return screen.period


async def opened(ui: Driver, name: str = SPLIT) -> ExerciseScreen:
    ui.app.navigation.open_trend(name)
    await ui.settle()
    return over(ui)


# -- opening ---------------------------------------------------------------------------------------


async def test_from_today_in_one_key(books: Books) -> None:
    books.train()
    books.clock.forward(3 * 86_400)
    first = books.planned()[0]
    async with running(books.open(), books.clock) as ui:
        await ui.press("T")
        assert over(ui).exercise == first.exercise
        text = ui.text()
        assert books.library.exercises[first.exercise].name in text
        assert "1 session, last Mon 2 Nov" in text
        assert "Next " in text
        assert "3 × (8 × 5 s) each side" in text
        await ui.press("T")
        assert ui.app.screen is ui.main
        assert ui.main.current == "today"


async def test_from_the_library_and_from_history(books: Books) -> None:
    filed(books, *LOG)
    async with running(books.open(), books.clock) as ui:
        await ui.press("1", "/", *"split squat", "enter", "T")
        assert over(ui).exercise == SPLIT
        await ui.press("q", "3", "enter", "T")
        assert over(ui).exercise == SPLIT
        await ui.press("backspace")
        assert ui.main.current == "history"
        assert ui.main.history.opened == LOG[-1].id


async def test_what_was_done_what_is_next_and_why(books: Books) -> None:
    filed(books, *LOG)
    async with running(books.open(), books.clock) as ui:
        screen = await opened(ui)
        assert screen.seen is not None and screen.seen.advice is not None
        lines = ui.lines()
        assert lines[2].startswith(" Split Squat")
        assert lines[2].endswith("6 sessions, last Fri 30 Oct")
        assert lines[3].startswith(" Next   ")
        assert "  ·  " in lines[3]
        place = lines.index(" Last sessions")
        assert lines[place + 1].startswith("›Fri 30 Oct   3 × 8 left, 3 × 9 right · 15 kg, 1 spare")
        assert lines[place + 2].startswith(
            " Sat 24 Oct   3 × 7 left, 3 × 8 right · 15 kg, 2 spare  # knee steady; tired"
        )


async def test_an_exercise_never_done_says_so_and_what_comes_first(books: Books) -> None:
    filed(books, *LOG)
    async with running(books.open(), books.clock) as ui:
        screen = await opened(ui, CALF)
        assert "not done yet" in ui.text()
        assert "You have not done it yet." in ui.text()
        assert "Next " in ui.text()
        await ui.press("left", "right", "plus", "minus", "enter", "j", "end")
        assert said(ui) == ""
        await ui.press("y")
        assert said(ui) == "There is nothing to share here."
        await ui.press("d")
        assert open_page(ui) == books.library.exercises[CALF].name
        await ui.press("q")
        assert over(ui) is screen


async def test_of_an_empty_log(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("T")
        assert "You have not done it yet." in ui.text()
        await ui.press("s", "w")
        assert open_page(ui) == "Wall Lean Hip Flexor Hold"


async def test_one_that_the_library_has_no_more_goes_by_its_id(books: Books) -> None:
    filed(books, *LOG)
    known = dict(books.library.exercises)
    del known[SPLIT]
    books.library = replace(books.library, exercises=known)
    async with running(books.open(), books.clock) as ui:
        await opened(ui)
        assert ui.lines()[2].startswith(" split-squat ")
        assert "It is not in your library any more" in ui.text()
        assert "Next" not in ui.text()
        assert shown(ui) == "load"
        for key in "wd":
            await ui.press(key)
            assert said(ui).startswith("It is not in your library any more")
        await ui.press("s")
        assert said(ui).startswith("It is not in your library any more")
        await ui.press("enter", "e")
        assert ui.main.history.opened == LOG[-1].id


async def test_while_the_log_is_being_read_it_says_so_and_shows_it_then(books: Books) -> None:
    filed(books, *LOG)
    async with running(books.open(), books.clock) as ui:
        ui.book.reader.forget()
        screen = await opened(ui)
        assert screen.seen is None
        assert "Your log is being read." in ui.text()
        await ui.press("left", "minus", "s", "enter", "j")
        assert said(ui) == ""
        await ui.press("Y")
        assert said(ui) == "There is nothing to share here."
        ui.main.read_log()
        await ui.settle()
        assert "6 sessions, last Fri 30 Oct" in ui.text()
        assert screen.rows.cursor == 1


async def test_a_log_with_a_damaged_year_says_so(books: Books) -> None:
    filed(books, *LOG)
    books.paths.year(2025).write_bytes(orjson.dumps(NEWER))
    async with running(books.open(), books.clock) as ui:
        await opened(ui)
        assert ui.lines()[2].endswith("Part of your log cannot be read.")
        assert "3 × 8 left, 3 × 9 right · 15 kg, 1 spare" in ui.text()


# -- charts ----------------------------------------------------------------------------------------


async def test_from_measure_to_measure_and_round(books: Books) -> None:
    filed(books, *LOG)
    async with running(books.open(), books.clock) as ui:
        screen = await opened(ui)
        every = [chart.measure for chart in screen.charts]
        assert every[0] == "single" and every[-1] == "sides"
        seen = []
        for _ in every:
            seen.append(shown(ui))
            assert f"‹ {screen.chart and screen.chart.short} ›" in ui.text()
            await ui.press("right")
        assert seen == every
        assert shown(ui) == every[0]
        await ui.press("h", "l", "left")
        assert shown(ui) == every[-1]


async def test_longer_and_shorter_times(books: Books) -> None:
    filed(books, *LOG)
    async with running(books.open(), books.clock) as ui:
        screen = await opened(ui)
        # Fewer than six sessions lie in a year.
        assert period_of(screen) is Period.ALL
        await ui.press("minus")
        assert said(ui) == "That is the whole log."
        await ui.press("plus")
        assert (period_of(screen), said(ui)) == (Period.YEAR, "a year")
        assert ui.lines()[5].endswith("a year")
        await ui.press("plus", "plus")
        assert period_of(screen) is Period.QUARTER
        assert said(ui) == "No time is shorter than 12 weeks."
        assert ui.lines()[5].endswith("12 weeks")
        assert screen.chart is not None and screen.chart.first == TODAY - timedelta(days=83)
        await ui.press("_")
        assert period_of(screen) is Period.YEAR


async def test_a_chosen_measure_comes_back_with_the_time_that_has_it(books: Books) -> None:
    filed(books, session(300, "3x8 10kg rir3"), session(290, "3x8 10kg rir3"), session(2, "3x8"))
    async with running(books.open(), books.clock) as ui:
        screen = await opened(ui)
        await ui.press("right")
        assert shown(ui) == "load"
        await ui.press("plus", "plus")
        assert period_of(screen) is Period.QUARTER
        assert shown(ui) == "reps"
        await ui.press("minus")
        assert shown(ui) == "load"


async def test_a_time_without_it_leads_back_to_one_with_it(books: Books) -> None:
    filed(books, session(300, "3x8 10kg rir3"))
    async with running(books.open(), books.clock) as ui:
        screen = await opened(ui)
        assert period_of(screen) is Period.YEAR
        place = ui.lines().index(" Last sessions")
        await ui.press("plus")
        assert "Nothing of it was counted or timed in 12 weeks." in ui.text()
        assert ui.lines()[5].strip() == "12 weeks"
        assert ui.lines().index(" Last sessions") == place
        await ui.press("right", "minus")
        assert shown(ui) == "single"
        assert "most reps" in ui.text()


async def test_looking_elsewhere_reviews_nothing_anew(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    filed(books, *LOG)
    asked: list[str] = []

    def counting(book: Any, name: str) -> ExerciseReview:
        asked.append(name)
        return of(book, name)

    def listing(found: Sequence[Trained], unit: str) -> list[DatedBest]:
        asked.append("bests")
        return dated_bests(found, unit)

    of = looks.exercise_of
    monkeypatch.setattr("tui.ui.screens.exercise_review.exercise_of", counting)
    monkeypatch.setattr("tui.domain.review.exercise_review.dated_bests", listing)
    async with running(books.open(), books.clock) as ui:
        await opened(ui)
        await ui.press("right", "plus", "minus", "s", "j", "left")
        await ui.resize(100, 40)
        assert asked == [SPLIT, "bests"]
        ui.book.reader.repository.put_session(session(1, "3x8 20kg"))
        ui.book.reader.forget()
        ui.main.read_log()
        await ui.settle()
        assert asked == [SPLIT, "bests"] * 2
        assert "7 sessions, last Sun 1 Nov" in ui.text()


async def test_left_against_right(books: Books) -> None:
    filed(books, *(session(days, f"L3x20 R3x{reps}", SLING) for days, reps in ((9, 20), (3, 25))))
    async with running(books.open(), books.clock) as ui:
        await opened(ui, SLING)
        await ui.press("s")
        assert shown(ui) == "sides"
        assert "Last, Fri 30 Oct: left 80 % of right. Sides that differ by 5 to 15 %" in ui.text()
        assert said(ui) == ""


async def test_left_against_right_takes_the_time_that_has_it(books: Books) -> None:
    before = [session(days, "L3x20 R3x25", SLING) for days in (200, 190)]
    filed(books, *before, session(2, "L3x20", SLING))
    async with running(books.open(), books.clock) as ui:
        screen = await opened(ui, SLING)
        await ui.press("plus", "plus")
        assert period_of(screen) is Period.QUARTER
        await ui.press("s")
        assert (period_of(screen), shown(ui)) == (Period.YEAR, "sides")


@pytest.mark.parametrize(
    ("exercise", "typed", "words"),
    [
        (SQUAT, "3x8 60kg rir2", "Both sides work at once here"),
        (SPLIT, "L3x8 R3x8 15kg", "Left against right takes two sessions"),
    ],
)
async def test_where_there_are_no_sides_to_compare(
    books: Books, exercise: str, typed: str, words: str
) -> None:
    filed(books, session(2, typed, exercise))
    async with running(books.open(), books.clock) as ui:
        await opened(ui, exercise)
        before = shown(ui)
        await ui.press("s")
        assert said(ui).startswith(words)
        assert shown(ui) == before
        await ui.press("j")
        assert said(ui) == ""


async def test_keys_that_mean_nothing_do_nothing(books: Books) -> None:
    filed(books, *LOG)
    async with running(books.open(), books.clock) as ui:
        screen = await opened(ui)
        before = ui.text()
        await ui.press("x", "e", "u", "a", "f", "F", "r", "p", "n", "z")
        assert over(ui) is screen
        assert ui.text() == before
        assert len(ui.book.reader.sessions()) == len(LOG)
        assert ui.book.recorder.live is None


# -- going -----------------------------------------------------------------------------------------


async def test_enter_opens_the_session_and_e_leads_to_it_in_history(books: Books) -> None:
    filed(books, *LOG, session(1, "3x8 60kg", SQUAT))
    async with running(books.open(), books.clock) as ui:
        await ui.press("3", "/", *"tired", "enter", "2")
        screen = await opened(ui)
        await ui.press("j", "enter")
        assert open_page(ui).startswith("Sat 24 Oct 2026  ")
        await ui.press("q")
        assert over(ui) is screen
        await ui.press("enter", "e")
        assert ui.app.screen is ui.main
        assert ui.main.current == "history"
        assert ui.main.history.opened == LOG[-2].id
        assert ui.lines()[2].startswith(" Sat 24 Oct, 17:05  Split Squat")
        assert ui.main.history.rows.has_focus
        await ui.press("left")
        assert len(ui.main.history._found) == len(LOG) + 1


async def test_enter_on_a_best_opens_where_it_was_reached_first(books: Books) -> None:
    more = session(9, "2x4 15kg")
    filed(books, *LOG, replace(more, id="0-earlier", started=more.started - timedelta(hours=4)))
    async with running(books.open(), books.clock) as ui:
        screen = await opened(ui)
        while not isinstance(screen.rows.value, Held):
            await ui.press("j")
        best = screen.rows.value.one.best
        assert (best.measure, best.shown) == ("load", "8 15kg")
        assert screen.seen is not None
        assert plain(row_line(screen.seen, screen.rows.value, 79)).endswith("left and right")
        await ui.press("enter", "e")
        assert ui.main.history.opened == LOG[2].id


async def test_why_and_how_lead_back_here(books: Books) -> None:
    filed(books, *LOG)
    async with running(books.open(), books.clock) as ui:
        screen = await opened(ui)
        await ui.press("right", "j", "w", "w")
        assert open_page(ui) == "Why: Split Squat"
        assert "What it rests on" in ui.text()
        await ui.press("w")
        assert open_page(ui) == "Split Squat"
        await ui.press("q", "d")
        assert open_page(ui) == "Split Squat"
        await ui.press("q", "?")
        assert open_page(ui) == "Keys"
        assert "Left against right" in ui.text()
        await ui.press("q")
        assert over(ui) is screen
        assert shown(ui) == "load"
        assert screen.rows.cursor == 2


async def test_what_is_under_way_stays_and_can_be_taken_back(books: Books) -> None:
    filed(books, *LOG)
    async with running(books.open(), books.clock) as ui:
        await ui.press("enter", "y", "enter", "enter")
        before = ui.live
        assert len(before.rows) == 2
        await ui.press("T", "s", "right", "j", "u", "enter")
        await ui.press("2")
        assert ui.app.screen is ui.main
        assert ui.live == before
        await ui.press("u")
        assert len(ui.live.rows) == 1


async def test_it_is_shared_with_the_chart_that_is_shown(books: Books) -> None:
    filed(books, *LOG)
    async with running(books.open(), books.clock) as ui:
        screen = await opened(ui)
        await ui.press("right")
        shared = screen.shared()
        assert shared is not None
        assert shared.stem == "split-squat-2026-11-02"
        assert shared.report.title == "Split Squat"
        assert shared.chart is screen.chart
        await ui.press("y")
        assert said(ui).startswith("Markdown")
        await ui.press("Y")
        assert "Save as?" in ui.text()
        await ui.press("tab", "j")
        assert screen.rows.cursor == 2


# -- sizes and text that means no good -------------------------------------------------------------


def cursor_seen(ui: Driver) -> bool:
    return any(line.lstrip().startswith("›") for line in ui.lines())


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", [SPLIT, CALF, "gone-from-the-library"])
async def test_every_size_has_all_it_needs(books: Books, size: tuple[int, int], name: str) -> None:
    filed(books, *LOG)
    async with running(books.open(), books.clock, size) as ui:
        screen = await opened(ui, name)
        for _ in range(1 + len(screen.charts)):
            harmless(ui)
            assert "back" in ui.lines()[-1]
            await ui.press("right")
        if name == SPLIT:
            assert cursor_seen(ui)
            # The last five sessions are visible without scrolling.
            days = [short_day(one.day) for one in LOG[1:]]
            assert all(any(day in line[:12] for line in ui.lines()) for day in days)
            while screen.rows.cursor < len(screen.rows.values) - 1:
                await ui.press("j")
                assert cursor_seen(ui)


async def test_another_size_while_it_is_open(books: Books) -> None:
    filed(books, *LOG)
    async with running(books.open(), books.clock, (120, 40)) as ui:
        screen = await opened(ui)
        await ui.press("right", "s", "j", "j")
        for size in [(60, 20), (80, 24), (20, 8), (10, 3), (200, 60), (80, 24)]:
            await ui.resize(*size)
            harmless(ui)
            assert shown(ui) == "sides"
            assert screen.rows.cursor in (3, 2)
        assert cursor_seen(ui)


@pytest.mark.parametrize("evil", EVIL)
async def test_names_and_notes_are_shown_and_never_acted_on(books: Books, evil: str) -> None:
    words = EVIL[evil]
    made = session(3, "3x8 15kg", note=words)
    entry = made.entries[0]
    rows = tuple(replace(row, note=words) for row in entry.sets)
    filed(books, replace(made, entries=(replace(entry, sets=rows),)))
    known = {**books.library.exercises}
    known[SPLIT] = replace(known[SPLIT], name=words)
    books.library = replace(books.library, exercises=known)
    async with running(books.open(), books.clock, (60, 20)) as ui:
        await opened(ui)
        for key in ("right", "s", "minus", "end", "home"):
            await ui.press(key)
            harmless(ui)
        assert "3 × 8 each side · 15 kg" in ui.text()
        assert "1 session, last Fri 30 Oct" in ui.text()


async def test_an_id_that_means_no_good_is_harmless(books: Books) -> None:
    made = session(3, "3x8 15kg")
    gone = replace(made.entries[0], exercise=EVIL["clipboard"])
    filed(books, replace(made, entries=(gone,)))
    async with running(books.open(), books.clock) as ui:
        screen = await opened(ui, EVIL["clipboard"])
        harmless(ui)
        assert "52;c;cm0gLXJm" in ui.lines()[2]
        await ui.press("Y")
        harmless(ui)
        await ui.press("tab")
        assert over(ui) is screen


# -- lines from plain values -----------------------------------------------------------------------


def chart(*series: Series, measure: str = "load", drawn: Drawn = Drawn.POINTS) -> Chart:
    return Chart(
        measure=measure,
        title=f"Split Squat: {measure}",
        short=measure,
        unit="kg",
        drawn=drawn,
        series=series,
        first=TODAY - timedelta(days=83),
        last=TODAY,
    )


def series(*values: float, side: Side = Side.BOTH) -> Series:
    """Points a week apart, the last one today."""
    days = [TODAY - timedelta(weeks=n) for n in reversed(range(len(values)))]
    return Series(side, tuple(Point(day, value) for day, value in zip(days, values, strict=True)))


def words_of(shown: Chart | None, seen: ExerciseReview, period: Period = Period.QUARTER) -> str:
    return " ".join(plain(line).strip() for line in said_lines(seen, shown, period, 200, 2)).strip()


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        (
            chart(series(15, 20, 17.5)),
            "Load: 17.5 kg on Mon 2 Nov; the highest in 12 weeks: 20 kg on Mon 26 Oct.",
        ),
        (chart(series(15, 20)), "Load: 20 kg on Mon 2 Nov, the highest in 12 weeks."),
        (
            chart(series(900, 1500), measure="lifted", drawn=Drawn.BARS),
            "Lifted: 1,500 kg on Mon 2 Nov, the most in 12 weeks.",
        ),
        (
            chart(series(8, side=Side.LEFT), series(9, 10, side=Side.RIGHT)),
            "Load: left 8 kg, right 10 kg on Mon 2 Nov, the highest in 12 weeks.",
        ),
        (
            chart(series(2, 0, 1), measure="pain"),
            "Pain: 1 kg on Mon 2 Nov; 0 to 2 in 12 weeks.",
        ),
        (chart(series(2, 2), measure="rir"), "Rir: 2 kg on Mon 2 Nov."),
        (
            chart(series(8, side=Side.LEFT), series(9, 8, side=Side.RIGHT)),
            (
                "Load: left and right 8 kg on Mon 2 Nov; "
                "the highest in 12 weeks: right 9 kg on Mon 26 Oct."
            ),
        ),
        (
            chart(series(90, 92, side=Side.LEFT), measure="sides"),
            "Last, Mon 2 Nov: left 92 % of right. Sides that differ by 5 to 15 % are normal.",
        ),
        (
            chart(series(100), measure="sides"),
            "Last, Mon 2 Nov: alike. Sides that differ by 5 to 15 % are normal.",
        ),
        (None, "Nothing of it was counted or timed in 12 weeks."),
    ],
)
def test_a_chart_in_words(shown: Chart | None, words: str) -> None:
    assert words_of(shown, review(*LOG)) == words


@given(
    shorts=st.lists(
        st.sampled_from(["load", "most reps", "lifted in all"]), min_size=1, max_size=9
    ),
    place=st.integers(0, 8),
    width=st.integers(40, 120),
    period=st.sampled_from(Period),
)
def test_the_chosen_tab_is_always_seen(
    shorts: list[str], place: int, width: int, period: Period
) -> None:
    place = min(place, len(shorts) - 1)
    charts = [
        replace(chart(series(1)), measure=f"{n}", short=short) for n, short in enumerate(shorts)
    ]
    line = tabs_line(charts, charts[place], period, width)
    assert width_of(line) <= width
    text = plain(line)
    assert text.count("‹") == 1
    assert f"‹ {shorts[place]} ›" in text
    assert text.endswith(period.value)


def test_tabs_that_do_not_fit_are_told_of() -> None:
    charts = [replace(chart(series(1)), short=f"measure {n}") for n in range(9)]
    first = plain(tabs_line(charts, charts[0], Period.ALL, 60))
    assert first.startswith(" ‹ measure 0 ›  measure 1 ")
    assert first.removesuffix("all").rstrip().endswith("…")
    middle = plain(tabs_line(charts, charts[4], Period.ALL, 60))
    assert middle.startswith("…") and middle.removesuffix("all").rstrip().endswith("…")
    last = plain(tabs_line(charts, charts[8], Period.ALL, 60))
    assert last.startswith("…") and "‹ measure 8 ›" in last
    assert "…" not in last[1:]


def test_the_list_has_the_last_sessions_bests_and_those_before() -> None:
    seen = review(*LOG)
    rows = rows_of(seen)
    titles = [value for value in rows if isinstance(value, str)]
    assert titles == ["Last sessions", "Bests", "Sessions before"]
    sessions = [session_of(seen, value) for value in rows[1:6]]
    assert sessions == [one.id for one in reversed(LOG[1:])]
    assert session_of(seen, rows[-1]) == LOG[0].id
    assert [value for value in apart(rows) if value] == rows
    assert [n for n, value in enumerate(apart(rows)) if value == ""] == [
        n + blanks for blanks, n in enumerate(map(rows.index, titles[1:]))
    ]
    bests = [value for value in rows if isinstance(value, Held)]
    assert sum(len(one.sides) for one in bests) == len(seen.bests)
    assert session_of(seen, "Bests") is None
    assert apart(rows_of(review())) == []


def test_dates_of_other_years_have_the_year() -> None:
    seen = review(*LOG)
    rows = rows_of(seen)
    assert plain(row_line(seen, rows[-1], 79)) == "20 Jun 2025  3 × 8 each side · 10 kg"
    assert plain(title_line(review(LOG[0]), "", 80)).endswith("1 session, last 20 Jun 2025")


@given(width=st.integers(56, 160), evil=st.sampled_from(list(EVIL.values())))
def test_no_line_is_too_wide(width: int, evil: str) -> None:
    known = {**shipped().exercises}
    known[SPLIT] = replace(known[SPLIT], name=evil)
    seen = review(*LOG, library=replace(shipped(), exercises=known))
    lines: Sequence[Line] = [
        title_line(seen, "", width),
        title_line(seen, "Part of your log cannot be read.", width),
        *next_lines(seen, width, 2),
        *said_lines(seen, chart(series(1)), Period.ALL, width, 2),
        *(row_line(seen, row, width) for row in rows_of(seen)[:6]),
    ]
    assert [plain(line) for line in lines if width_of(line) > width] == []
