"""What stands in the big field of Today, and below it."""

from __future__ import annotations

from datetime import timedelta
from math import inf

import pytest
from msgspec.structs import replace

from tests.ui.driver import Books, running, shipped
from tui.app.today_session import TodaySession
from tui.domain.model.values import Goal, Level, Measures, SetPlan, Side
from tui.domain.planning.today import item as item_of
from tui.domain.session.cadence import compile_set
from tui.domain.session.clock import Stopwatch, spans
from tui.domain.session.live import Item, Live, Running
from tui.ui.panes.set_lines import told_lines
from tui.ui.panes.today_field import clock_field, set_field
from tui.ui.widgets.big_digits import MIDDLE, TALL
from tui.ui.widgets.big_field import field_lines
from tui.ui.widgets.styled_text import width_of

LEFT, RIGHT, BOTH = Side.LEFT, Side.RIGHT, Side.BOTH


@pytest.fixture
def session(books: Books) -> TodaySession:
    return TodaySession(books.open().read_all())


def item(name: str, *goals: Goal) -> Item:
    """An exercise with one set of these goals."""
    made = item_of(shipped().exercises[name], Level.INTERMEDIATE)
    return replace(made, now=replace(made.now, sets=(SetPlan(number=1, goals=goals),)))


def both(**measures: float) -> tuple[Goal, ...]:
    return (Goal(side=BOTH, measures=Measures(**measures)),)  # type: ignore[arg-type]  # whole ones


def each(**measures: float) -> tuple[Goal, ...]:
    [goal] = both(**measures)
    return replace(goal, side=LEFT), replace(goal, side=RIGHT)


@pytest.mark.parametrize(
    ("name", "goals", "number", "unit"),
    [
        ("back-squat", both(reps=5, load_kg=62.5), "5 × 62.5", "kg"),
        ("seated-calf-raise", both(reps=15), "15", ""),
        ("seated-calf-raise", both(reps=15, load_kg=0), "15", ""),
        ("glute-sling", each(reps=15), "15", "each side"),
        ("half-kneeling-chop", each(reps=8, load_kg=10), "8 × 10", "kg, each side"),
        ("farmers-carry", both(distance_m=40, load_kg=16), "40 × 16", "m, kg"),
        ("box-jump", both(reps=8), "8", "jumps, 16 contacts"),
    ],
)
def test_load_and_reps_before_a_set(
    session: TodaySession, name: str, goals: tuple[Goal, ...], number: str, unit: str
) -> None:
    one = item(name, *goals)
    session.live = Live(id="s", started=session.book.now(), items=(one,))
    found = set_field(session, one, one.keys()[0], 78)
    assert found is not None
    assert (found.number, found.unit) == (number, unit)


def test_loads_in_pounds(session: TodaySession) -> None:
    session.book.profile.set("unit", "lb")
    one = item("back-squat", *both(reps=5, load_kg=61.235))
    session.live = Live(id="s", started=session.book.now(), items=(one,))
    found = set_field(session, one, one.keys()[0], 78)
    assert found is not None
    assert (found.number, found.unit) == ("5 × 135", "lb")


@pytest.mark.parametrize(
    ("name", "goals"),
    [
        ("wall-lean-hold", each(holds=8, hold_s=5)),
        ("side-plank", each(hold_s=30)),
        ("rope-skipping", both(duration_s=180)),
        ("towel-hamstring-eccentric", each(reps=5, tempo_s=8)),
        (
            "glute-sling",
            (
                Goal(side=LEFT, measures=Measures(reps=8)),
                Goal(side=RIGHT, measures=Measures(reps=6)),
            ),
        ),
    ],
)
def test_nothing_large_before_what_the_clock_leads_or_where_sides_differ(
    session: TodaySession, name: str, goals: tuple[Goal, ...]
) -> None:
    one = item(name, *goals)
    session.live = Live(id="s", started=session.book.now(), items=(one,))
    assert set_field(session, one, one.keys()[0], 78) is None


def test_every_phase_of_every_exercise_can_be_drawn(session: TodaySession) -> None:
    now = session.book.now()
    seen = set()
    made = {}
    for exercise in shipped().exercises.values():
        one = item_of(exercise, Level.INTERMEDIATE)
        made[one.now.sets[0], one.kind, one.sides] = one
    for one in made.values():
        timeline = compile_set(one.now.sets[0], one.kind, one.sides, 90)
        clock = Running(
            key=one.keys()[0], timeline=timeline, watch=Stopwatch(now.timestamp()), led=True
        )
        session.live = Live(id="s", started=now, items=(one,), clock=clock)
        starts = [span.start for span in spans(timeline) if span.start < inf]
        for at in [*starts, starts[-1] + 1e5]:
            view = clock.view(now + timedelta(seconds=at))
            found = clock_field(session, clock, view, one, 78)
            for height in (MIDDLE, TALL):
                assert all(width_of(line) <= 78 for line in field_lines(found, height, 78))
            seen.add(found.words)
    assert {("HOLD", "LEFT"), ("CHANGE", "RIGHT"), ("READY", "LEFT"), ("REST",)} <= seen
    assert {("LOWER", "RIGHT"), ("REST", "DONE"), ("WORK",)} <= seen


# --- below it -----------------------------------------------------------------------------------


async def test_a_rest_asks_how_many_more_until_it_is_told(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("j", "enter")
        assert "Set 1       25 each side done.  r  How many more could you have done?" in ui.text()
        await ui.press("left")
        assert "Set 1 of 3  25 each side  logged" in ui.text()
        await ui.press("right")
        assert "How many more" in ui.text()
        await ui.press("r", "2")
        assert "How many more" not in ui.text()
        assert "Set 2 of 3  25 each side, 3 to spare · rest 1:15" in ui.text()


async def test_holds_are_not_asked_how_many_more(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("enter")
        assert ui.clock_words() == "REST 1:00"
        assert "How many more" not in ui.text()


async def test_a_set_that_ran_its_time_asks_whether_it_was_so(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("space")
        await ui.pass_time(130, step=65)
        assert "◐ Set 1     8 × 5 s each side ran its time. Was it so?" in ui.text()
        assert "enter yes   e it was different   f I stopped early" in ui.text()
        assert "then set 2 of 3: 8 × 5 s each side" in ui.text()
        assert "0 of 14 sets" in ui.text()
        await ui.pass_time(120, step=60)
        assert ui.clock_words().startswith("REST over")
        assert "space starts set 2\n" in ui.text()


async def test_enter_in_a_set_says_what_the_clock_had_seen(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("space")
        await ui.pass_time(20, step=20)
        await ui.press("enter")
        assert ui.said == (
            "Logged as planned. The clock had seen 2 of 16 holds; f says how far it went."
        )
        assert ui.done("1", 1) == "8x5s/side"


async def test_the_rest_before_an_exercise_says_what_to_fetch(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("enter", "enter", "enter")
        assert "then Glute Sling, set 1 of 3: 25 each side" in ui.text()
        assert "Fetch       band" in ui.text()
        await ui.press("enter")
        assert "Fetch" not in ui.text()


async def test_how_it_is_done_stands_there_until_it_was_ever_logged(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        assert "first time" in ui.text()
        assert "  1  Mini-band round both feet" in ui.text()
        await ui.press("enter")
        await ui.press("k")
        assert "first time" not in ui.text()
        assert "Mini-band round" not in ui.text()


async def test_a_superset_says_who_comes_next_and_what_was_done(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("S")
        assert "A1 Set 1 of 3  8 × 5 s each side, in turn · no rest, A2 comes next" in ui.text()
        await ui.press("enter")
        assert "A2 Set 1 of 3  25 each side" in ui.text()
        assert "Done        A1 Wall Lean Hip Flexor Hold set 1: 8 × 5 s each side" in ui.text()


def test_the_lines_of_a_set_fit_a_narrow_terminal(session: TodaySession) -> None:
    for exercise in shipped().exercises.values():
        one = item_of(exercise, Level.INTERMEDIATE)
        session.live = Live(id="s", started=session.book.now(), items=(one,))
        for width in (43, 58, 78):
            lines = told_lines(session, one, one.keys()[0], width, headed=False)
            assert all(width_of(line) <= width for _, line in lines), (exercise.id, width)
