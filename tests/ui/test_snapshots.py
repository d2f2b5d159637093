"""Snapshots of whole screens as the runner sees them. After an intended change: pytest
--snapshot-update, and look at each picture that changed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.calendars import keep
from tests.ui.driver import Books, Driver, running

Act = Callable[[Driver], Awaitable[None]]


@pytest.fixture(autouse=True)
def earlier(books: Books) -> None:
    """Two sessions in the weeks before, the last one 30 hours ago."""
    end = books.clock.time
    for days, note in ((8, "Felt strong on the stairs."), (1, "")):
        books.clock.time = end - timedelta(days=days, hours=6)
        books.train(note=note)
    books.clock.time = end


def pressing(*keys: str) -> Act:
    async def act(ui: Driver) -> None:
        await ui.press(*keys)

    return act


async def in_a_hold(ui: Driver) -> None:
    await ui.press("space")
    await ui.pass_time(23.5, step=23.5)


async def after_a_set(ui: Driver) -> None:
    await ui.press("enter", "space")
    await ui.pass_time(150, step=150)


async def in_a_lowering(ui: Driver) -> None:
    await ui.press("j", "j", "space")
    await ui.pass_time(18, step=18)


async def midway(ui: Driver) -> None:
    await ui.press(*["enter"] * 4, "s", "enter", "left", "left", "n")
    await ui.answer("band slipped")
    await ui.press("end", "k", *["+"] * 12, "W", "S")


async def finished(ui: Driver) -> None:
    await ui.press(*["enter"] * 4, "end", "k", "e")
    await ui.answer("25 30kg rir2")
    await ui.press("N")
    await ui.answer("Legs heavy from the hills.")
    await ui.press("F", "enter")


async def lifting(ui: Driver) -> None:
    ui.clock.forward(24 * 60 * 60)  # The legs have rested: a day for the gym.
    ui.book.profile.set("programme", "gym-and-snacks")
    ui.book.profile.set("max.back-squat", 100)
    ui.main.show()
    await ui.settle()
    await ui.press("j", "j", "j", "W", "enter", "enter")


async def racing(ui: Driver) -> None:
    keep(ui.book, "races", [{"day": "2026-11-07", "name": "Hill Race"}])
    ui.main.show()
    await ui.settle()


async def why_rest(ui: Driver) -> None:
    await racing(ui)
    await ui.press("w")


async def the_morning_after(ui: Driver) -> None:
    await ui.press("end", "k", "enter", "p")
    await ui.answer("6")
    await ui.press("F")
    await ui.answer("pain")
    await ui.press("q")
    ui.clock.forward(14 * 3600)
    ui.main.show()
    await ui.settle()


async def season(ui: Driver) -> None:
    keep(
        ui.book,
        "races",
        [
            {"day": "2027-01-31", "name": "Ridge Ultra"},
            {"day": "2026-12-06", "name": "Town 10k", "priority": "C"},
        ],
    )
    keep(
        ui.book,
        "weekly_runs",
        [
            {"weekday": "tue", "kind": "speed", "time": "07:00"},
            {"weekday": "thu", "kind": "easy", "time": "18:00"},
            {"weekday": "sun", "kind": "long", "time": "08:00"},
        ],
    )
    keep(ui.book, "away", [{"first": "2026-11-07", "last": "2026-11-08", "equipment": ["band"]}])
    await ui.press("4", "j")


SCREENS: dict[str, tuple[tuple[int, int], Act]] = {
    "today": ((80, 24), pressing()),
    "today hold": ((80, 24), in_a_hold),
    "today lowering": ((80, 24), in_a_lowering),
    "today done-unconfirmed": ((80, 24), after_a_set),
    "today midway": ((80, 24), midway),
    "today small": ((60, 20), after_a_set),
    "today lift": ((80, 24), lifting),
    "today rest": ((80, 24), racing),
    "today morning after": ((80, 24), the_morning_after),
    "today morning after small": ((60, 20), the_morning_after),
    "all three wide": ((120, 40), in_a_hold),
    "library": ((80, 24), pressing("1", "j")),
    "find": ((80, 24), pressing("/", *"calf")),
    "find small": ((45, 20), pressing("/", *"calf")),
    "own exercise": ((80, 24), pressing("1", "n", *"Mine", "enter", "3", "y")),
    "library small": ((60, 20), pressing("1")),
    "history": ((80, 24), pressing("3")),
    "history session": ((80, 24), pressing("3", "enter", "j")),
    "edit": ((80, 24), pressing("e", *["backspace"] * 20, *"8x5s pain2")),
    "help": ((80, 24), pressing("?")),
    "exercise": ((80, 24), pressing("j", "d")),
    "exercise small": ((45, 20), pressing("j", "d")),
    "why": ((80, 24), pressing("w", "w")),
    "why rest": ((80, 24), why_rest),
    "season": ((80, 24), season),
    "season wide": ((120, 40), season),
    "summary": ((80, 24), finished),
}


@pytest.mark.parametrize("name", SCREENS)
async def test_screen(books: Books, snapshot: SnapshotAssertion, name: str) -> None:
    size, act = SCREENS[name]
    async with running(books.open(), books.clock, size) as ui:
        await act(ui)
        assert ui.text() == snapshot


async def test_without_colour_all_of_it_still_stands_there(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(books.open(), books.clock) as ui:
        await midway(ui)
        coloured = ui.text()
        await ui.press("q")
    books.close()
    monkeypatch.setenv("NO_COLOR", "1")
    async with running(books.open(), books.clock) as ui:
        await ui.press("end", "k")
        plain = [segment for line in ui.strips() for segment in line]
        assert ui.text().splitlines()[1:-1] == coloured.splitlines()[1:-1]
        inks = {ink for s in plain if s.style for ink in (s.style.color, s.style.bgcolor)}
        assert all(ink is None or ink.is_default for ink in inks)
        assert any(s.style.bold for s in plain if s.style)
