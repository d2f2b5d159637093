"""The cues besides the bell: the title of the window, notifications, the flash of the strip."""

from __future__ import annotations

from typing import Any

import pytest
from textual import events

from tests.ui.driver import Books, Driver, running
from tui.ui.cues import NO_FORM, NO_TERMINAL, Cues
from tui.ui.osc import Layer, title
from tui.ui.screens.base_screen import BaseScreen
from tui.ui.widgets.strip import Strip

FIRST = "Wall Lean Hip Flexor Hold"


class FakeTerminal:
    """Writes down what it is asked for."""

    def __init__(self) -> None:
        self.titles: list[str] = []
        self.sent: list[str] = []
        self.cursor_shown = False

    def send(self, sequence: str) -> None:
        self.sent.append(sequence)

    def entitle(self, words: str) -> None:
        self.titles.append(words)

    def show_cursor(self, *, shown: bool) -> None:
        self.cursor_shown = shown

    def told(self) -> list[str]:
        """What notifications said since the last look."""
        said = [sequence.split(";")[-1].removesuffix("\x07") for sequence in self.sent]
        self.sent.clear()
        return said


def seen_in(ui: Driver, monkeypatch: pytest.MonkeyPatch) -> FakeTerminal:
    """Show the program in a terminal, with its settings as they are."""
    made = FakeTerminal()
    monkeypatch.setattr(type(ui.app), "terminal", made)
    ui.main.cues = Cues(ui.app, ui.main._flash, {"TERM": "foot"})
    ui.main.take_up_settings()
    return made


def switch(books: Books, **settings: Any) -> None:
    book = books.open()
    for key, value in settings.items():
        book.profile.set(key, value)
    book.close()


def reversed_rows(ui: Driver) -> list[int]:
    """The rows with a cell in reverse."""
    strips = ui.strips()
    return [y for y, row in enumerate(strips) if any(s.style and s.style.reverse for s in row)]


async def test_nothing_is_told_by_default(books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    async with running(books.open(), books.clock) as ui:
        terminal = seen_in(ui, monkeypatch)
        await ui.press("space", ".")
        await ui.pass_time(12, step=3)
        await ui.press("enter")
        await ui.pass_time(62, step=62)
        assert ui.clock_words() == "REST over"
        assert (terminal.titles, terminal.sent, terminal.cursor_shown) == ([], [], False)
        assert reversed_rows(ui) == []


async def test_the_end_of_a_set_and_of_a_rest_is_told_once(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    switch(books, cues={"notify": True})
    async with running(books.open(), books.clock) as ui:
        terminal = seen_in(ui, monkeypatch)
        # 8 × 5 s each side in turn, 2 s between them.
        await ui.press("space", ".")
        await ui.pass_time(15 * 7, step=3)
        assert terminal.told() == [], "the holds within a set"
        await ui.pass_time(6, step=2)
        assert terminal.told() == [f"{FIRST}: set over."]
        await ui.pass_time(70, step=35)
        assert terminal.told() == ["The rest is over."], "it may tell nothing of its focus"
        await ui.pass_time(120, step=60)
        assert terminal.told() == []
        await ui.press("enter")
        for event, told in ((events.AppBlur(), 1), (events.AppFocus(), 0)):
            await ui.press("enter")
            ui.app.post_message(event)
            await ui.settle()
            await ui.pass_time(62, step=62)
            assert len(terminal.told()) == told, "only what is not in front"


async def test_the_title_follows_the_clock_and_costs_little(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    switch(books, cues={"title": True})
    async with running(books.open(), books.clock) as ui:
        terminal = seen_in(ui, monkeypatch)
        await ui.press("space", ".")
        assert terminal.titles[0] == "Stridelift"
        assert terminal.titles[-1] == "hold 1/8 L · Stridelift"
        terminal.titles.clear()
        await ui.pass_time(60, step=2.5)
        assert terminal.titles[:2] == ["hold 1/8 R · Stridelift", "hold 2/8 L · Stridelift"]
        minute = sum(len(title(words, Layer.NONE).encode()) for words in terminal.titles)
        assert minute <= 300, "bytes in a minute of holds"
        await ui.press("enter")
        await ui.pass_time(60, step=2.5)
        rest = [words for words in terminal.titles if words.startswith("rest")]
        assert rest[:2] == ["rest 1:00 · Stridelift", "rest 0:55 · Stridelift"]
        assert rest[-2:] == ["rest 0:05 · Stridelift", "rest over · Stridelift"]
        assert len(rest) == 13
        ui.book.profile.set("cues", {})
        ui.main.take_up_settings()
        assert terminal.titles[-1] == ""


async def test_the_strip_flashes_and_no_more_than_that(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    switch(books, cues={"flash": True})
    async with running(books.open(), books.clock) as ui:
        seen_in(ui, monkeypatch)
        timers: list[float] = []
        monkeypatch.setattr(Strip, "set_timer", lambda _, after, __: timers.append(after))
        await ui.press("space", ".")
        await ui.pass_time(4)
        assert reversed_rows(ui) == []
        await ui.pass_time(1)
        assert reversed_rows(ui) == [0]
        assert "2 TODAY" in ui.lines()[0]
        ui.main._flash()
        assert timers == [0.5], "one at a time, so at most two in a second"
        ui.main.strip.steady()
        await ui.settle()
        assert reversed_rows(ui) == []
        await ui.press("?")
        ui.main._flash()
        await ui.settle()
        assert reversed_rows(ui)[0] == 0, "on the screen in sight"


async def test_a_cue_is_given_once_where_it_is_switched_on(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    switch(books, level="advanced")
    async with running(books.open(), books.clock) as ui:
        terminal = seen_in(ui, monkeypatch)
        await ui.press("0")
        top = ui.app.screen
        assert isinstance(top, BaseScreen)

        async def choose(label: str, key: str) -> str:
            rows = top.rows
            rows.go([getattr(row, "label", "") for row in rows.values].index(label))
            await ui.press("enter", key)
            assert top.said is not None
            return top.said[0]

        assert (await choose("Notification", "y")).startswith("Notification: on.")
        assert len(terminal.told()) == 1
        await choose("Notified by", "i")
        assert terminal.sent[0].startswith("\x1b]9;Stridelift: ")
        assert len(terminal.told()) == 1
        await choose("Notification", "n")
        await choose("Notified by", "k")
        assert terminal.told() == []
        await choose("Flash", "y")
        assert reversed_rows(ui)[:1] == [0]
        await choose("Cursor in sight", "y")
        assert terminal.cursor_shown
        await choose("Window's title", "y")
        assert terminal.titles == ["Stridelift"]
        rung: list[int] = []
        monkeypatch.setattr(type(ui.app), "bell", lambda _: rung.append(1))
        await choose("Sound, last 3 s", "n")
        assert rung == []
        await choose("Sound, last 3 s", "y")
        assert rung == [1]


async def test_what_cannot_be_notified_is_said(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    switch(books, cues={"notify": "loud", "x": 1}, notify_by="8")
    async with running(books.open(), books.clock) as ui:
        assert ui.main.try_cue("notify") == ui.main.try_cue("title") == NO_TERMINAL
        assert ui.main.try_cue("flash") == ""
        terminal = seen_in(ui, monkeypatch)
        ui.main.cues = Cues(ui.app, ui.main._flash, {"TERM": "xterm-256color"})
        ui.main.take_up_settings()
        assert ui.main.try_cue("notify") == NO_FORM
        assert terminal.sent == []
        assert not any(ui.main.cues.on.values()), "settings that mean nothing are as none"
