"""The strip on the first row of every screen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual._compositor import ChopsUpdate
from textual.screen import Screen

from tests.ui.driver import Books, running
from tui.ui.clicks import label_at
from tui.ui.widgets.header import PANES, Status, strip_line
from tui.ui.widgets.styled_text import Line, width_of

MOST_A_SECOND = 60
TABS = st.sampled_from((*PANES, "settings"))
STATUSES = st.builds(
    Status,
    clock=st.sampled_from(("", "REST 1:32", "HOLD left 3/8 0:04")),
    trouble=st.sampled_from(("", "LOOKING ONLY")),
    count=st.sampled_from(("", "2/14")),
)


def text(line: Line) -> str:
    return "".join(words for words, _ in line)


@pytest.mark.parametrize(
    ("width", "name", "status", "shown"),
    [
        (80, "", Status(), "1 Library   2 TODAY   3 History   4 Season   5 Review    stridelift"),
        (80, "", Status("REST 1:32", "LOOKING ONLY"), "4 Season   5 Review    REST 1:32"),
        (80, "0 SETTINGS", Status(), "4 Season   5 Review    0 SETTINGS"),
        (80, "0 SETTINGS", Status(trouble="LOOKING ONLY"), "5 Review    LOOKING ONLY"),
        (60, "", Status(count="2/14"), "2 TODAY   3 History   4 Season   5 Review"),
        (60, "", Status("REST 1:32"), "1  2 TODAY  3  4  5    REST 1:32"),
        (45, "", Status(count="2/14"), "1  2 TODAY  3  4  5    2/14"),
        (30, "", Status("HOLD left 3/8 0:04"), "2 TODAY   HOLD left 3/8 0:04"),
    ],
)
def test_panes_at_the_left_what_matters_most_at_the_right(
    width: int, name: str, status: Status, shown: str
) -> None:
    line = text(strip_line("today", name, status, width))
    left, _, right = shown.partition("    ")
    assert left in line
    assert line.rstrip().endswith(right)


@given(TABS, STATUSES, st.integers(10, 130))
def test_it_fits_and_its_clock_is_there_at_every_width(
    tab: str, status: Status, width: int
) -> None:
    line = strip_line(tab, "", status, width)
    assert width_of(line) <= max(width, len(text(strip_line(tab, "", Status(), 10))))
    if width >= 30:
        assert width_of(line) <= width
        assert status.clock in text(line)


@given(TABS, STATUSES, st.integers(30, 130))
def test_a_pane_is_where_its_number_stands(tab: str, status: Status, width: int) -> None:
    line = strip_line(tab, "", status, width)
    numbers = [column for column, char in enumerate(text(line)) if char in "12345"]
    found = [label_at(line, column) for column in numbers]
    shown = [PANES[int(label) - 1] for label in found if label]
    assert shown == ([tab] if len(shown) == 1 else list(PANES)[: len(shown)])
    assert label_at(line, width - 2) == ""


SCREENS = {
    "library": ("1",),
    "history": ("3",),
    "season": ("4",),
    "review": ("5",),
    "programmes": ("P",),
    "metrics": ("M",),
    "routines": ("Z",),
    "help": ("question_mark",),
    "how": ("d",),
    "trend": ("T",),
    "pick": ("V",),
    "palette": ("ctrl+p",),
}


@pytest.mark.parametrize("name", SCREENS)
async def test_every_screen_has_it_with_the_clock_that_runs(books: Books, name: str) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("space")
        await ui.pass_time(10, step=10)
        assert "CHANGE" not in ui.lines()[0], "Today has its own"
        await ui.press(*SCREENS[name])
        here = name if name in PANES else "today"
        assert f" {here.upper()} " in ui.lines()[0]
        before = ui.lines()
        assert before[0].endswith("CHANGE to right 0:02")
        await ui.pass_time(1)
        assert ui.lines()[0].endswith("CHANGE to right 0:01")
        if ui.app.screen is not ui.main:
            assert ui.lines()[1:] == before[1:]
        await ui.press("tab", "2")
        assert ui.app.screen is ui.main
        assert "CHANGE" not in ui.lines()[0]
        assert " TODAY " in ui.lines()[0]


@pytest.mark.parametrize("key", ["3", "4", "question_mark"])
async def test_a_second_of_its_clock_costs_little(
    books: Books, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("enter", key)
        await ui.pass_time(1.5, step=1.5)
        sent: list[str] = []
        really = ui.app._display

        def display(screen: Screen[object], update: object) -> None:
            assert isinstance(update, ChopsUpdate)
            sent.append(update.render_segments(ui.app.console))
            really(screen, update)

        monkeypatch.setattr(ui.app, "_display", display)
        await ui.pass_time(1)
        assert 0 < len("".join(sent)) <= MOST_A_SECOND


async def test_settings_are_no_pane(books: Books) -> None:
    books.train()
    async with running(books.open(), books.clock) as ui:
        await ui.press("0")
        assert ui.lines()[0] == (
            " 1 Library   2 Today   3 History   4 Season   5 Review               0 SETTINGS"
        )
