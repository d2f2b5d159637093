"""After a session: the line about food or sleep on its summary."""

from __future__ import annotations

from tests.calendars import keep
from tests.ui.driver import EVENING, Books, Driver, running, shipped
from tui.app.session_summary import Summary
from tui.domain.calculator.advice import Facts, Reason
from tui.domain.model.notation import parse
from tui.domain.model.values import Session
from tui.domain.planning.aftercare import WORDS
from tui.domain.session.actions import Write
from tui.ui.screens.summary_lines import summary_lines
from tui.ui.screens.summary_page import SummaryPage
from tui.ui.widgets.styled_text import Lines, width_of


async def test_the_first_session_ends_with_what_to_expect(books: Books) -> None:
    async with running(books.open(), books.clock, size=(60, 30)) as ui:
        await finished(ui)
        await ui.press("end")
        said = " ".join(ui.text().split())
        assert "After This is new to your legs: expect sore muscles" in said
        assert "(Clarke)" in said


def test_every_line_fits_a_narrow_page() -> None:
    facts: Facts = {"days": 15, "run": "speed run", "when": "tomorrow 07:00"}
    nothing = Session(id="a", edited="", started=EVENING)
    for code in WORDS:
        found = Summary(nothing, [], [], after=Reason(code, facts))
        lines = summary_lines(found, shipped(), "kg", 45)
        assert max(map(width_of, lines)) <= 45
        assert "…" not in "".join(words for line in lines for words, _ in line)


async def finished(ui: Driver, *calf: str) -> None:
    """Log the whole session, the calf raises as typed, and finish it."""
    await ui.press(*["enter"] * 15)
    item = ui.live.items[3]
    for key, typed in zip(item.keys(), calf, strict=False):
        ui.today.do(Write(key, tuple(parse(typed, item.kind, single=True))))
    await ui.press("F")


async def test_it_says_what_changes_most_and_what_comes_next(books: Books) -> None:
    books.train()
    books.clock.forward(7 * 86_400)
    async with running(books.open(), books.clock) as ui:
        await finished(ui, "40", "40", "9")
        text = ui.text()
        assert "▲▲▼" in text
        assert "★ Seated Weighted Calf Raise: most reps, 40" in text
        assert "Then      Seated Weighted Calf Raise: next 3 × 25." in text
        assert "Next      Trail Speed, Mon 16 Nov, in 7 days" in text
        assert ui.lines()[-1] == (
            " enter today  e correct  n note  y copy  u open it again  ? help  q back"
        )


async def test_a_note_is_written_where_the_session_ends(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await finished(ui)
        await ui.press("n", *"hot", "enter")
        assert "Note      hot" in ui.text()
        [session] = ui.book.reader.sessions()
        assert session.note == "hot"
        await ui.press("n")
        page = ui.app.screen
        assert isinstance(page, SummaryPage)
        assert page.prompt.query_one("#asked", Lines).plain() == "A note on this session? [hot] "
        # Opened again, the session has it.
        await ui.press("tab", "u")
        assert (ui.live.note, len(ui.live.rows)) == ("hot", 14)


async def test_it_is_opened_again_from_its_summary(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await finished(ui)
        await ui.press("u")
        assert len(ui.app.screen_stack) == 1
        assert len(ui.live.rows) == 14


async def test_a_hard_run_tomorrow_is_named_once_the_work_is_known(books: Books) -> None:
    books.train()
    books.clock.forward(7 * 86_400)
    book = books.open()
    keep(book, "weekly_runs", [{"weekday": "tue", "kind": "speed", "time": "07:00"}])
    async with running(book, books.clock) as ui:
        await ui.press("enter", "y")  # It is for another day: a hard run is tomorrow.
        await finished(ui)
        assert "Speed run tomorrow 07:00: sleep well, and eat enough before it." in ui.text()
        await ui.press("q", "3", "enter")
        assert "Speed run tomorrow" not in ui.text()
