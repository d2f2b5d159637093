"""What is sent to the terminal: never more than needed, and the terminal shows the same for it."""

from __future__ import annotations

from statistics import median

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.color import Color
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from tests.ui.driver import Books, Driver, running
from tui.ui.app import Stridelift
from tui.ui.wire import Wire

WIDTH, HEIGHT = 12, 3
CONSOLE = Console(force_terminal=True, color_system="truecolor", width=WIDTH)
GREEN, GREY, OWN = Color.parse("#7fd1ae"), Color.parse("#12171b"), Color.parse("default")
STYLES = [
    None,
    Style(),
    Style(color=GREEN),
    Style(color=OWN, bgcolor=OWN, bold=True),
    Style(color=GREEN, bgcolor=GREY, bold=True),
    Style(bgcolor=GREY),
    Style(color=GREEN, dim=True),
    Style(bgcolor=GREY, underline=True),
    Style(reverse=True),
]
Row = list[tuple[str, Style | None]]
cells = st.tuples(st.sampled_from(["a", "b", " ", " ", "█", "界"]), st.sampled_from(STYLES))
rows = st.lists(cells, min_size=WIDTH, max_size=WIDTH)
screens = st.lists(rows, min_size=HEIGHT, max_size=HEIGHT)


def strip(row: Row) -> Strip:
    """A row of exactly WIDTH cells."""
    made = Strip([Segment(text, style) for text, style in row])
    return made.adjust_cell_length(WIDTH)


def whole(screen: list[Row]) -> LayoutUpdate:
    return LayoutUpdate([[strip(row)] for row in screen], Region(0, 0, WIDTH, HEIGHT))


def part(row: Row, y: int) -> ChopsUpdate:
    chops = [{0: strip(row)} if at == y else {0: None} for at in range(HEIGHT)]
    return ChopsUpdate(chops, [(y, 0, WIDTH)], [[WIDTH]] * HEIGHT)


class Shown:
    """A terminal."""

    def __init__(self) -> None:
        self.screen = pyte.Screen(WIDTH, HEIGHT)
        self.stream = pyte.Stream(self.screen)

    def cells(self) -> list[tuple[object, ...]]:
        """What can be seen."""
        found = []
        for y in range(HEIGHT):
            for x in range(WIDTH):
                c = self.screen.buffer[y][x]
                marked = c.underscore or c.reverse
                seen = (c.fg, c.bold) if c.data.strip() or marked else ()
                found.append((c.data, c.bg, c.underscore, c.reverse, *seen))
        return found


@given(st.lists(screens | st.tuples(rows, st.integers(0, HEIGHT - 1)), min_size=1, max_size=5))
def test_the_terminal_shows_what_textual_would_have_sent(
    course: list[list[Row] | tuple[Row, int]],
) -> None:
    wire, lean, plain = Wire(), Shown(), Shown()
    for step in course:
        update = part(*step) if isinstance(step, tuple) else whole(step)
        lean.stream.feed(wire.lean(update).render_segments(CONSOLE))
        plain.stream.feed(update.render_segments(CONSOLE))
        assert lean.cells() == plain.cells()


@given(screens)
def test_what_is_shown_already_is_not_sent_again(screen: list[Row]) -> None:
    wire = Wire()
    wire.lean(whole(screen)).render_segments(CONSOLE)
    assert wire.lean(whole(screen)).render_segments(CONSOLE) == ""
    assert wire.lean(part(screen[1], 1)).render_segments(CONSOLE) == ""


def test_a_terminal_that_may_show_anything_gets_everything_again() -> None:
    wire = Wire()
    screen: list[Row] = [[("a", None)] * WIDTH] * HEIGHT
    first = wire.lean(whole(screen)).render_segments(CONSOLE)
    wire.forget()
    assert wire.lean(whole(screen)).render_segments(CONSOLE) == first


def test_one_cell_of_another_colour_takes_one_move_and_one_colour() -> None:
    wire = Wire()
    screen: list[Row] = [[("a", None)] * WIDTH] * HEIGHT
    wire.lean(whole(screen)).render_segments(CONSOLE)
    row: Row = [*screen[1][:4], ("b", Style(color=GREEN)), *screen[1][5:]]
    sent = wire.lean(part(row, 1)).render_segments(CONSOLE)
    assert sent == "\x1b[2;5H\x1b[38;2;127;209;174mb\x1b[0m"


def test_other_renderables_are_left_alone() -> None:
    assert Wire().lean("words") == "words"
    assert Wire().lean(None) is None


# -- what keys and seconds cost --------------------------------------------------------------------


class Line:
    """A line that counts the bytes on it."""

    def __init__(self) -> None:
        self.bytes = 0

    async def press(self, ui: Driver, *keys: str) -> int:
        """The bytes of some keys."""
        self.bytes = 0
        await ui.press(*keys)
        return self.bytes

    async def second(self, ui: Driver) -> int:
        """The bytes of a second."""
        self.bytes = 0
        await ui.pass_time(1)
        return self.bytes


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> Line:
    """Counts what the app would send, as it sends nothing in tests."""
    counted = Line()
    really = Stridelift._display

    def display(app: Stridelift, screen: object, renderable: object) -> None:
        really(app, screen, renderable)  # type: ignore[arg-type]  # as Textual calls it
        if renderable is not None:
            sent = app._wire.lean(renderable).render_segments(app.console)
            counted.bytes += len(sent.encode())

    monkeypatch.setattr(Stridelift, "_display", display)
    return counted


async def test_a_second_costs_little_and_a_standing_screen_nothing(
    books: Books, line: Line
) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("space")
        seconds = [await line.second(ui) for _ in range(20)]
        assert sorted(seconds)[-6] <= 350, "but where the phase changes"
        await ui.press("enter")
        seconds = [await line.second(ui) for _ in range(20)]
        assert max(seconds) <= 350
        assert median(seconds) <= 150
        await ui.pass_time(45, step=45)
        assert ui.clock_words() == "REST over"
        assert await line.second(ui) == 0


async def test_keys_send_what_they_change(books: Books, line: Line) -> None:
    books.train()
    async with running(books.open(), books.clock) as ui:
        await ui.press("enter", "y", "o")
        assert 0 < await line.press(ui, "j") <= 1000
        assert 0 < await line.press(ui, "1") <= 10_000
        assert 0 < await line.press(ui, "2") <= 10_000
        assert 0 < await line.press(ui, "?") <= 20_000
        await ui.press("q")
        assert 0 < await line.press(ui, "e") <= 4000


async def test_without_a_row_the_cursor_stands_at_the_top(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("3")
        rows = ui.main.rows
        assert not any(map(rows.stops, rows.values))
        assert ui.app.cursor_position == rows.content_region.offset
        await ui.press("1")
        library = ui.main.rows
        library.scroll_to(y=40, animate=False, immediate=True)
        await ui.settle()
        assert ui.app.cursor_position == library.content_region.offset, "its row is out of view"
        await ui.press("j")
        assert ui.lines()[ui.app.cursor_position.y][ui.app.cursor_position.x] == "›"
        await ui.resize(20, 5)
        assert ui.app.cursor_position == (0, 0), "a terminal too small shows no list"
