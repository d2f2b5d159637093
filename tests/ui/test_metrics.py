"""The metrics screen: rows, today's value in a few keys, undo."""

from __future__ import annotations

from datetime import timedelta

import pytest
from rich.cells import cell_len

from tests.ui.driver import Books, Driver, open_page, running
from tui.domain.model.metrics import METRICS, series, with_metric_value
from tui.domain.model.values import Record, Side
from tui.ui.screens.main import MainScreen
from tui.ui.screens.metrics import MetricsScreen
from tui.ui.widgets.styled_text import Lines

JUMP, RAISES = METRICS["vertical-jump-cm"], METRICS["single-leg-heel-raises"]


@pytest.fixture
def measured(books: Books) -> Books:
    """Three jumps in eight weeks, heel raises of both legs, and a metric of the runner's own."""
    book = books.open()
    now = books.clock()
    records: list[Record] = []
    for ago, value in ((56, 38.0), (28, 39.5), (3, 41.0)):
        day = now.date() - timedelta(days=ago)
        records += with_metric_value([], JUMP, day, {Side.BOTH: value}, now.isoformat())
    sides = {Side.LEFT: 24.0, Side.RIGHT: 22.0}
    records += with_metric_value(
        [], RAISES, now.date() - timedelta(days=400), sides, now.isoformat()
    )
    values = {"metric": "mood\x1b[2J", "value": 6}
    records.append(
        Record(id="m", edited=now.isoformat(), type="metric", day=now.date(), values=values)
    )
    for record in records:
        book.recorder.tell(record)
    book.close()
    return books


def values(ui: Driver, name: str = JUMP.id) -> list[tuple[int, dict[Side, float]]]:
    """The records of a metric: how many days ago, and the values."""
    [one] = [one for one in series(ui.book.reader.records()) if one.metric.id == name]
    today = ui.clock().date()
    return [((today - point.day).days, dict(point.values)) for point in one.points]


def screen(ui: Driver) -> MetricsScreen:
    found = ui.app.screen
    assert isinstance(found, MetricsScreen)
    return found


def row(ui: Driver, name: str) -> str:
    return next(line for line in ui.lines() if line[1:].startswith(name))


async def test_a_row_says_the_last_value_its_day_the_change_and_the_course(measured: Books) -> None:
    async with running(measured.open(), measured.clock) as ui:
        await ui.press("M")
        jump = row(ui, "Vertical jump").split("  ")
        assert [part.strip() for part in jump if part.strip()] == [
            "›Vertical jump",
            "41 cm",
            "30 Oct",
            "+3.0 cm in 8 weeks",
            "▁▅█",
        ]
        assert "L24 R22      28 Sep 25" in row(ui, "Single-leg heel raises")
        assert "not measured yet" in row(ui, "Body weight")
        assert row(ui, "mood·[2J").split()[1:] == ["6", "2", "Nov", "▄"]
        assert "+3.0 cm in 8 weeks, better" in ui.text()
        assert ui.lines()[-1] == " enter measure  x remove  u undo  ? help  q back"


@pytest.mark.parametrize("key", ["q", "backspace", "left", "M"])
@pytest.mark.parametrize("pane", ["1", "2", "3"])
async def test_from_every_pane_and_back(measured: Books, pane: str, key: str) -> None:
    async with running(measured.open(), measured.clock) as ui:
        await ui.press(pane, "M")
        assert screen(ui).focused is screen(ui).rows
        await ui.press(key)
        assert isinstance(ui.app.screen, MainScreen)
        assert ui.app.focused is ui.main.pane().rows


async def test_todays_value_takes_its_digits_and_enter(measured: Books) -> None:
    async with running(measured.open(), measured.clock) as ui:
        await ui.press("M", "enter")
        assert "Vertical jump, a number from 5 to 150 cm:" in ui.lines()[-1]
        await ui.press("4", "2", "enter")
        assert values(ui)[-1] == (0, {Side.BOTH: 42})
        assert "Vertical jump 42 cm is noted. u takes it back." in ui.lines()[-2]
        assert "42 cm" in row(ui, "Vertical jump")
        assert screen(ui).focused is screen(ui).rows
        await ui.press("enter", "4", "3", "enter")
        assert [value for ago, value in values(ui) if not ago] == [{Side.BOTH: 43}]
        await ui.press("u")
        assert values(ui)[-1] == (0, {Side.BOTH: 42})
        await ui.press("u")
        assert values(ui)[-1] == (3, {Side.BOTH: 41})
        await ui.press("U")
        assert values(ui)[-1] == (0, {Side.BOTH: 42})
        assert "Done again: Vertical jump 42 cm is noted. u undoes it." in ui.lines()[-2]
        await ui.press("u")
        await ui.press("u")
        assert "Nothing to undo here." in ui.lines()[-2]


async def test_both_sides_in_one_line(measured: Books) -> None:
    async with running(measured.open(), measured.clock) as ui:
        await ui.press("M", "j", "j", "j", "enter", *"26/25", "enter")
        assert values(ui, RAISES.id)[-1] == (0, {Side.LEFT: 26, Side.RIGHT: 25})
        assert "L26 R25" in row(ui, "Single-leg heel raises")
        await ui.press("enter", "2", "6", "enter")
        assert "left and right, as in 24/22" in ui.lines()[-2]
        await ui.press("tab", "j")
        assert "enter measure" in ui.lines()[-1]


async def test_the_last_value_goes_and_comes_back(measured: Books) -> None:
    async with running(measured.open(), measured.clock) as ui:
        await ui.press("M", "j", "j", "j", "x")
        assert values(ui, RAISES.id) == []
        assert "is removed. u takes it back." in ui.lines()[-2]
        await ui.press("x")
        assert "not measured yet" in ui.lines()[-2]
        await ui.press("u")
        assert values(ui, RAISES.id) == [(400, {Side.LEFT: 24, Side.RIGHT: 22})]
        await ui.press("home", "x", "x")
        assert [ago for ago, _ in values(ui)] == [56]
        await ui.press("u", "u")
        assert [ago for ago, _ in values(ui)] == [56, 28, 3]


async def test_tab_leaves_the_question(measured: Books) -> None:
    async with running(measured.open(), measured.clock) as ui:
        before = ui.book.reader.records()
        await ui.press("M", "enter", "4", "tab", "j")
        assert ui.book.reader.records() == before
        assert "›Pace" in ui.text()


async def test_its_keys_are_of_the_registry_and_can_be_the_runners_own(measured: Books) -> None:
    book = measured.open()
    book.profile.set("keys", {"remove-value": "z", "measure": "m"})
    async with running(book, measured.clock) as ui:
        await ui.press("M", "x")
        assert len(values(ui)) == 3
        assert "m measure  z remove" in ui.lines()[-1]
        await ui.press("z")
        assert len(values(ui)) == 2
        await ui.press("?")
        assert open_page(ui) == "Keys"
        body = ui.app.screen.query_one("#page-body", Lines).plain().split("\n")
        assert body[0] == "What you measure"
        assert any(line.split()[:4] == ["q", "left", "backspace", "M"] for line in body)
        assert any(line.split() == ["z", "Remove", "the", "last", "value"] for line in body)


async def test_a_name_in_wide_letters_keeps_its_columns(measured: Books) -> None:
    book = measured.open()
    now = measured.clock()
    kept = {"metric": "垂直跳", "value": 6}
    book.recorder.tell(
        Record(id="w", edited=now.isoformat(), type="metric", day=now.date(), values=kept)
    )
    async with running(book, measured.clock) as ui:
        await ui.press("M")
        wide, plain = row(ui, "垂直跳"), row(ui, "mood")
        assert cell_len(wide.partition("2 Nov")[0]) == cell_len(plain.partition("2 Nov")[0])


async def test_whoever_only_looks_is_told_so(measured: Books) -> None:
    writer = measured.open()
    async with running(measured.open(), measured.clock) as ui:
        await ui.press("M", "x")
        assert "Another window logs this session" in ui.text()
        assert len(values(ui)) == 3
    writer.close()


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_at_any_size_each_metric_has_its_row(measured: Books, size: tuple[int, int]) -> None:
    async with running(measured.open(), measured.clock, size) as ui:
        await ui.press("M")
        for metric in METRICS.values():
            assert row(ui, metric.name)
        assert all(len(line) <= size[0] for line in ui.lines())
        assert ("in 8 weeks" in row(ui, "Vertical jump")) is (size[0] >= 80)
        assert "▁▅█" in row(ui, "Vertical jump")
        assert "enter measure" in ui.lines()[-1]
