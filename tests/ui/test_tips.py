"""The tip of the week in Review: shown, and gone with a key until the next week."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.ui.driver import Books, running, shipped
from tui.domain.planning.tips import TIPS
from tui.ui.screens.review_lines import tip_rows
from tui.ui.widgets.styled_text import width_of

WEEK_S = 7 * 86_400


def said(lines: Sequence[str]) -> str:
    return " ".join(" ".join(lines).split())


async def test_a_key_in_review_puts_it_away_until_next_week(books: Books) -> None:
    books.train()
    first, second = TIPS[0].text, TIPS[1].text
    async with running(books.open(), books.clock) as ui:
        await ui.press("5")
        assert first in said(ui.lines())
        assert "(Clarke)" in ui.text()
        assert "x tip away" in ui.lines()[-1]
        await ui.press("x")
        assert first not in said(ui.lines())
        assert "Away until next week" in ui.text()
        assert "tip away" not in ui.lines()[-1]
        await ui.press("x")
        assert "There is no tip to put away" in ui.text()
    books.clock.forward(WEEK_S)
    async with running(books.open(), books.clock) as ui:
        await ui.press("5")
        assert first not in said(ui.lines())
        assert second in said(ui.lines())


async def test_without_the_setting_there_is_none(books: Books) -> None:
    books.train()
    book = books.open()
    book.profile.set("tips", False)
    async with running(book, books.clock) as ui:
        await ui.press("5")
        assert "Review" in ui.text()
        assert TIPS[0].text not in said(ui.lines())


async def test_a_book_only_looked_at_keeps_its_tip(books: Books) -> None:
    books.train()
    writer = books.open()
    async with running(books.open(write=False), books.clock) as ui:
        await ui.press("5", "x")
        assert TIPS[0].text in said(ui.lines())
    writer.close()


@pytest.mark.parametrize("width", [45, 60, 118])
def test_every_tip_fits_by_wrapping(width: int) -> None:
    for tip in TIPS:
        rows = tip_rows(tip, shipped(), width)
        assert max(width_of(row.line) for row in rows) <= width
        assert not any(row.stops for row in rows)
