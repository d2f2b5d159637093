"""Drive the full screen without a terminal: press keys, and read what is on the screen.

No test waits. Time is a :class:`FakeClock`, and the timer that the clock pane arms is only written
down; a test lets time pass with :meth:`Driver.pass_time`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta, timezone
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import orjson
from textual import events
from textual._time import get_time
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.strip import Strip

from tui.app.logbook import Logbook
from tui.domain.model.library.parser import Library, parse
from tui.domain.model.notation import amount, show, written
from tui.domain.model.values import Entry, SetKind
from tui.domain.session.actions import Log, SessionNote
from tui.domain.session.event_codec import event_from_doc
from tui.domain.session.live import Item, Key, Live
from tui.domain.session.replay import replay
from tui.store.journal import journal_path, pending
from tui.store.journal_lines import read as read_journal
from tui.store.paths import Paths
from tui.ui.app import Stridelift
from tui.ui.panes.today import TodayPane
from tui.ui.screens.card import CardScreen
from tui.ui.screens.main import MainScreen
from tui.ui.screens.text_page import TextPage
from tui.ui.widgets.styled_text import Lines

LIBRARY = Path(__file__).parents[2] / "library.json"
EVENING = datetime(2026, 11, 2, 18, 5, tzinfo=timezone(timedelta(hours=1)))
CALM_ROUNDS = 2
CHARACTERS = {"space": " "}
# The seconds between two keys of a runner who is in no hurry.
PACE_S = 5.0


class FakeClock:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self.time = EVENING

    def __call__(self) -> datetime:
        return self.time

    def forward(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


@cache
def shipped() -> Library:
    """The shipped library."""
    library, problems = parse(orjson.loads(LIBRARY.read_bytes()))
    assert problems == []
    return library


class Books:
    """Opens logbooks on one data directory and one clock, each as the program does at its start."""

    def __init__(self, root: Path) -> None:
        self.paths = Paths(root)
        self.clock = FakeClock()
        self.library = shipped()
        # Far apart, as ids of one millisecond count on.
        self._chance = count(1, 1 << 40)
        self._opened: list[Logbook] = []

    def open(self, *, write: bool = True) -> Logbook:
        book = Logbook(
            self.paths, self.library, now=self.clock, random_bits=lambda: next(self._chance)
        )
        book.open(write=write)
        self._opened.append(book)
        return book

    def planned(self) -> tuple[Item, ...]:
        """The exercises of the next session."""
        book = self.open(write=False)
        return book.read_all().planner.next_plan(self.clock().date()).items

    def train(self, note: str = "") -> str:
        """Log one session of the programme, done as prescribed; returns its id."""
        book = self.open()
        live = book.recorder.start(book.read_all().planner.next_plan(self.clock().date()))
        for item in live.items:
            for _ in item.keys():
                self.clock.forward(120)
                book.recorder.do(Log(item.id))
        if note:
            book.recorder.do(SessionNote(note))
        session = book.recorder.finish()
        assert session is not None
        book.close()
        return session.id

    def events(self) -> list[dict[str, Any]]:
        """The events in the journal of the session under way."""
        [session_id] = pending(self.paths)
        return read_journal(journal_path(self.paths, session_id)).events

    def on_disk(self) -> Live | None:
        """The session under way as the program would find it at its start."""
        return replay(map(event_from_doc, self.events()))

    def close(self) -> None:
        for book in self._opened:
            book.close()


class Driver:
    """A running app: presses its keys, and reads its screen."""

    def __init__(self, app: Stridelift, pilot: Pilot[None], clock: FakeClock) -> None:
        self.app = app
        self.pilot = pilot
        self.clock = clock
        self.pace = PACE_S
        self._hand = get_time()

    @property
    def book(self) -> Logbook:
        return self.app.book

    @property
    def main(self) -> MainScreen:
        return next(screen for screen in self.app.screen_stack if isinstance(screen, MainScreen))

    @property
    def today(self) -> TodayPane:
        return self.main.today

    @property
    def live(self) -> Live:
        """The session under way, which the screen must be showing."""
        assert self.book.recorder.live is not None
        assert self.today.session.live == self.book.recorder.live
        return self.book.recorder.live

    @property
    def said(self) -> str:
        return "" if self.main.said is None else self.main.said[0]

    async def press(self, *keys: str) -> None:
        """Press keys, by Textual's names or as characters, and let each be handled."""
        for key in keys:
            char = key if len(key) == 1 else CHARACTERS.get(key)
            self.type(events.Key(key_name(key), char))
            await self.settle()

    def type(self, key: events.Key) -> None:
        """Send a key, :attr:`pace` seconds after the one before."""
        self._hand = max(get_time(), self._hand + self.pace)
        key.time = self._hand
        self.app.post_message(key)

    async def answer(self, *typed: str) -> None:
        """Replace what the prompt offers by a line, and press enter; for each line."""
        for line in typed:
            field = self.main.prompt.field
            assert field.has_focus
            field.value = line
            await self.settle()
            # A digit answers by itself; the enter of an old habit comes right behind it.
            self.pace, pace = 0.1, self.pace
            await self.press("enter")
            self.pace = pace

    async def settle(self) -> None:
        """Wait until all messages, and those they cause, have been handled; no fixed delay."""
        calm = 0
        while calm < CALM_ROUNDS:
            assert await self.pilot._wait_for_screen(), "the program broke off"
            self.app.screen._on_timer_update()
            nodes = [self.app, *self.app.screen.walk_children(with_self=True)]
            calm = calm + 1 if all(node.message_queue_size == 0 for node in nodes) else 0

    async def resize(self, width: int, height: int) -> None:
        """Resize the terminal."""
        await self.pilot.resize_terminal(width, height)
        while self.app.screen.size != (width, height):
            await self.pilot.pause()
        await self.settle()

    async def pass_time(self, seconds: float, step: float = 1.0) -> None:
        """Let time pass, ticking as the clock's own timer would."""
        end = self.clock.time + timedelta(seconds=seconds)
        while self.clock.time < end:
            self.clock.forward(min(step, (end - self.clock.time).total_seconds()))
            self.today.clock.tick()
            await self.settle()

    def strips(self) -> list[Strip]:
        """The rows of the screen as drawn strips."""
        return self.app.screen._compositor.render_strips()

    def lines(self) -> list[str]:
        """The rows of the screen as text."""
        return ["".join(part.text for part in strip).rstrip() for strip in self.strips()]

    def text(self) -> str:
        return "\n".join(self.lines())

    def prompt(self) -> str:
        """The prompt's label and its text; empty if it is closed."""
        prompt = self.main.prompt
        if not prompt.is_open:
            return ""
        return prompt.query_one("#asked", Lines).plain() + prompt.field.value

    def week_annotations(self) -> dict[str, str]:
        """The set marks on the screen, by exercise id."""
        rows = {i.exercise: self.today._draw(i, 76) for i in self.today.session.live.items}
        signs = "●▲▼◐○–∘•[]"
        return {
            name: "".join(words for words, _ in line if words and set(words) <= set(signs))
            for name, line in rows.items()
        }

    def clock_words(self) -> str:
        """The first line of the big field: the phase of the clock in words, or the set."""
        shown = self.main.query_one("#field", Lines)
        return next(line.strip() for line in shown.plain().split("\n") if line.strip())

    def done(self, item: str, number: int) -> str:
        """A logged work set in the notation."""
        return show(written(row) for row in self.live.rows[work(item, number)])


@asynccontextmanager
async def running(
    book: Logbook, clock: FakeClock, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Driver]:
    """Run the app on a book; the log has been read when the block begins."""
    app = Stridelift(book)
    async with app.run_test(size=size) as pilot:
        driver = Driver(app, pilot, clock)
        while not any(isinstance(screen, MainScreen) for screen in app.screen_stack):
            await pilot._wait_for_screen()
        await driver.settle()
        assert book.reader.complete or book.reader.gaps
        yield driver


def key_name(key: str) -> str:
    """Textual's name of a key or a character."""
    return key if len(key) > 1 else _character_to_key(key)


def open_page(ui: Driver) -> str:
    """The heading of the page on top; empty if there is none."""
    top = ui.app.screen
    return top.heading if isinstance(top, TextPage | CardScreen) else ""


def done(entry: Entry) -> list[tuple[int, str, str]]:
    """Number, side and amount of each row of an entry, without sets left out."""
    return [(r.number, r.side.value, amount(r.done)) for r in entry.live() if r.undone is None]


def work(item: str, number: int) -> Key:
    """The key of a work set."""
    return Key(item, SetKind.WORK, number)
