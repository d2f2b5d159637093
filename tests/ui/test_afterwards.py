"""After a session: the line about food or sleep on its summary."""

from __future__ import annotations

from tests.calendars import keep
from tests.ui.driver import EVENING, Books, running, shipped
from tui.app.session_summary import Summary
from tui.domain.calculator.advice import Facts, Reason
from tui.domain.model.values import Session
from tui.domain.planning.aftercare import WORDS
from tui.ui.screens.summary_lines import summary_lines
from tui.ui.widgets.styled_text import width_of


async def test_the_first_session_ends_with_what_to_expect(books: Books) -> None:
    async with running(books.open(), books.clock, size=(60, 30)) as ui:
        await ui.press(*["enter"] * 14)
        await ui.press("F", "end")
        said = " ".join(ui.text().split())
        assert "After It is new to your legs: expect sore muscles" in said
        assert "(Clarke)" in said


def test_every_line_fits_a_narrow_page() -> None:
    facts: Facts = {"days": 15, "run": "speed run", "when": "tomorrow 07:00"}
    nothing = Session(id="a", edited="", started=EVENING)
    for code in WORDS:
        found = Summary(nothing, [], [], after=Reason(code, facts))
        lines = summary_lines(found, shipped(), "kg", 45)
        assert max(map(width_of, lines)) <= 45
        assert "…" not in "".join(words for line in lines for words, _ in line)


async def test_a_hard_run_tomorrow_is_named_once_the_work_is_known(books: Books) -> None:
    books.train()
    books.clock.forward(7 * 86_400)
    book = books.open()
    keep(book, "weekly_runs", [{"weekday": "tue", "kind": "speed", "time": "07:00"}])
    async with running(book, books.clock) as ui:
        await ui.press(*["enter"] * 14)
        await ui.press("F", "end")
        assert "Speed run tomorrow 07:00: sleep well, and eat enough before it." in ui.text()
        await ui.press("q", "3", "enter")
        assert "Speed run tomorrow" not in ui.text()
