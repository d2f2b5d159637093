"""The season on a day on which pain makes all of the session rest."""

from __future__ import annotations

from tests.ui.driver import Books, running
from tui.domain.calculator.morning_pain import morning


async def test_the_season_says_what_today_says_of_pain(books: Books) -> None:
    book, day = books.open(), books.clock().date()
    for region in ("knee", "hip", "ankle-calf"):
        book.recorder.tell(morning(day, region, 7, books.clock().isoformat()))
    async with running(book, books.clock) as ui:
        assert "REST DAY" in ui.text()
        await ui.press("4")
        assert "Today     rest. Your calf or ankle hurt 7 of ten" in ui.text()
