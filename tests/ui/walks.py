"""Walks through the program: each runs it once and stops at one screen after the other."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import chdir
from datetime import timedelta

from tests.calendars import keep
from tests.ui.driver import Books, Driver, running, shipped
from tui.app.demo_log import calendar, settings, year_of_training

# The frames of a walk by their names, each as long as it is on the screen.
Frames = AsyncIterator[tuple[str, Driver]]
Walk = Callable[[Books], Frames]
DAY_S = 86_400


def trained_for_a_year(books: Books) -> None:
    """Put the year of ``stridelift demo`` into the log."""
    day = books.clock()
    year = year_of_training(shipped(), day.date(), day.tzinfo)
    book = books.open()
    for key, value in settings().items():
        book.profile.store.set(key, value, year[0].day, day)
    for change in calendar(day.date()):
        book.profile.change_calendar(change)
    book.reader.repository.put_many(year, [])
    book.close()


def trained_twice(books: Books) -> None:
    """Two sessions in the weeks before, the last one 30 hours ago."""
    end = books.clock.time
    for days, note in ((8, "Felt strong on the stairs."), (1, "")):
        books.clock.time = end - timedelta(days=days, hours=6)
        books.train(note=note)
    books.clock.time = end


async def show(ui: Driver) -> None:
    """Let the screen see what changed behind its back."""
    ui.main.show()
    await ui.settle()


async def first_evening(books: Books) -> Frames:
    """The first start, the setup, and a first session."""
    async with running(books.open(), books.clock) as ui:
        yield "first start", ui
        await ui.press("0")
        yield "setup", ui
        await ui.press("k", "2", "h", "m", "e")
        yield "setup, what is there", ui
        await ui.press("enter", "enter")
        yield "setup, which programme", ui
        await ui.press("1", "enter")
        yield "setup, runs", ui
        await ui.press("enter", "enter")
        yield "planned for the first time", ui
        await ui.press("space")
        await ui.pass_time(1.5, step=1.5)
        yield "get ready", ui
        await ui.pass_time(6.5, step=6.5)
        yield "hold", ui
        await ui.pass_time(3, step=3)
        yield "change of sides", ui
        await ui.pass_time(145, step=145)
        yield "unconfirmed", ui
        await ui.press("enter")
        await ui.pass_time(270, step=270)
        yield "rest over", ui
        await ui.press("enter", "enter", "j")
        yield "another exercise", ui
        await ui.press("space")
        await ui.pass_time(12, step=12)
        yield "lowering", ui
        await ui.press("o", "enter", "enter", "enter")
        yield "first load", ui
        await ui.press(*"20x", "enter")
        yield "first load, wrong answer", ui
        await ui.press("backspace", "enter")
        await ui.pass_time(20, step=20)
        yield "rest after a load", ui
        await ui.press("e", *"600kg", "enter")
        yield "implausible", ui
        await ui.press("n", "s")
        yield "skip", ui
        await ui.press("tab", "u")
        yield "undone", ui
        await ui.press("ctrl+p", *"skip")
        yield "palette", ui
        await ui.press("tab", "F")
        yield "finish with open sets", ui


async def a_year_on(books: Books) -> Frames:
    """Every screen, a year later."""
    trained_for_a_year(books)
    async with running(books.open(), books.clock) as ui:
        yield "rest day", ui
        await ui.press("1", "j")
        yield "library", ui
        await ui.press("enter")
        yield "card", ui
        await ui.press("w")
        yield "card, why", ui
        await ui.press("q", "/", *"split squat", "enter")
        yield "card of a lift", ui
        await ui.press("q", "1", "n", *"Mine", "enter", "3", "y")
        yield "new exercise", ui
        await ui.press("tab", "2", "/", *"calf")
        yield "find", ui
        await ui.press("tab", "3")
        yield "history", ui
        await ui.press("j", "enter", "j")
        yield "history, a session", ui
        await ui.press("D")
        yield "history, its date", ui
        await ui.press("tab", "left", "x", "j", "X")
        yield "history, deleted", ui
        await ui.press("X", "4")
        yield "season", ui
        await ui.press("a")
        yield "season, add", ui
        await ui.press("tab", "q", "5")
        yield "review", ui
        await ui.press("q", "0")
        yield "settings", ui
        await ui.press("/", *"weigh")
        yield "settings, found", ui
        await ui.press("enter")
        yield "settings, asked", ui
        await ui.press("tab", "q", "2", "?")
        yield "help", ui
        await ui.press("q", "M")
        yield "measures", ui
        await ui.press("q", "P")
        yield "programmes", ui
        await ui.press("q", "Z")
        yield "routines", ui


async def days(books: Books) -> Frames:
    """Days without a session, days around a race, and the page after a session."""
    trained_twice(books)
    async with running(books.open(), books.clock) as ui:
        yield "rest day", ui
        await ui.press("enter")
        yield "rest day, begin?", ui
        await ui.press("n")
        today = ui.clock().date()
        for name, ahead in (
            ("taper", 11),
            ("race week", 4),
            ("race day", 0),
            ("after the race", -1),
        ):
            day = (today + timedelta(days=ahead)).isoformat()
            keep(ui.book, "races", [{"day": day, "name": "Ridge Ultra"}])
            await show(ui)
            yield name, ui
        ui.clock.forward(7 * DAY_S)
        day = (ui.clock().date() + timedelta(days=11)).isoformat()
        keep(ui.book, "races", [{"day": day, "name": "Ridge Ultra"}])
        await show(ui)
        yield "taper", ui
        keep(ui.book, "races", [])
        await show(ui)
        yield "planned", ui
        await ui.press("w")
        yield "planned, why", ui
        await ui.press("q")
        await ui.press(*["enter"] * 4, "end", "k", "e")
        await ui.answer("25 30kg rir2")
        await ui.press("f")
        await ui.press("1", "5", "enter")
        await ui.press("p", "3", "N")
        await ui.answer("Legs heavy from the hills.")
        yield "midway", ui
        await ui.press("F", "enter")
        yield "summary", ui
        await ui.press("q")
        yield "finished", ui
        ui.clock.forward(14 * 3600)
        await show(ui)
        yield "the morning after", ui


async def lifting(books: Books) -> Frames:
    """Warm-up sets, lifts and a superset, and the same seen by a second window."""
    book = books.open()
    book.profile.set("programme", "lift-and-spring")
    book.profile.set("max.back-squat", 80)
    async with running(book, books.clock) as ui:
        yield "planned lifts", ui
        await ui.press(*["enter"] * 3, "W", "space", "o")
        yield "in session, a warm-up", ui
        await ui.press("enter", "enter", "o", "S")
        yield "superset", ui
        ui.clock.forward(60)
        await ui.press("enter")
        yield "superset, the second", ui
        await ui.press("enter")
        await ui.pass_time(30, step=30)
        yield "rest after a lift", ui
    books.close()
    async with running(books.open(), books.clock) as ui:
        yield "resumed", ui
        async with running(books.open(write=False), books.clock) as looking:
            yield "looking only", looking


async def sizes(books: Books) -> Frames:
    """The screens on phones and in wide terminals."""
    trained_twice(books)
    books.clock.forward(7 * DAY_S)
    async with running(books.open(), books.clock) as ui:
        await ui.press("enter", "space")
        await ui.pass_time(23.5, step=23.5)
        for size in ((120, 40), (160, 50), (60, 20), (45, 20), (45, 12), (30, 10), (29, 9)):
            await ui.resize(*size)
            yield f"hold {size[0]}x{size[1]}", ui
        await ui.resize(45, 20)
        await ui.press("o", "end", "k", "enter", *"20", "enter")
        for size in ((45, 20), (45, 12)):
            await ui.resize(*size)
            yield f"rest {size[0]}x{size[1]}", ui
        await ui.resize(45, 20)
        await ui.press("0")
        yield "settings 45x20", ui
        await ui.press("q", "d")
        yield "card 45x20", ui
        await ui.press("q", "/", *"calf")
        yield "find 45x20", ui
        await ui.press("tab", "3")
        yield "history 45x20", ui
        await ui.resize(120, 40)
        yield "history 120x40", ui
        await ui.press("1")
        yield "library 120x40", ui
        await ui.press("4")
        yield "season 120x40", ui


async def bringing_a_log(books: Books) -> Frames:
    """The log of another app comes in, and a table of no app that is known."""
    books.train()
    folder = books.paths.root.parent
    (folder / "strong.csv").write_text(
        "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,"
        "Workout Notes,RPE\n"
        + "".join(
            f"2026-{day} 18:00:00,Legs,40m,{row},,,\n"
            for day in ("09-01", "09-08")
            for row in (
                "Squat (Barbell),1,80,5,0,0",
                "Weighted Wall Sit,1,10,0,0,40",
                "Leg Thing (each side),1,60,10,0,0",
                "Running,1,0,0,5,1800",
            )
        )
    )
    (folder / "mine.csv").write_text("Wann,Was,Wieviel,Wie oft\n2026-10-02,Back Squat,60,5\n")
    with chdir(folder):
        async with running(books.open(), books.clock) as ui:
            await ui.press("ctrl+p", *"import a file", "enter")
            yield "which file", ui
            await ui.press(*"none.csv", "enter")
            yield "no such file", ui
            await ui.press("ctrl+u", *"mine.csv", "enter")
            await ui.app.workers.wait_for_complete()
            await ui.settle()
            yield "columns", ui
            await ui.press("j", "enter", "d", "enter", "e", "enter")
            yield "columns, which", ui
            await ui.resize(45, 20)
            yield "columns, which 45x20", ui
            await ui.resize(80, 24)
            await ui.press("tab", "tab")
            yield "cannot be read", ui
            await ui.press("o", *"strong.csv", "enter")
            await ui.app.workers.wait_for_complete()
            await ui.settle()
            yield "unit", ui
            await ui.press("k", "j")
            for size in ((45, 20), (120, 40), (80, 24)):
                await ui.resize(*size)
                yield f"names {size[0]}x{size[1]}", ui
            await ui.press("enter", "b", "home", "enter")
            for size in ((45, 20), (120, 40), (80, 24)):
                await ui.resize(*size)
                yield f"what would come in {size[0]}x{size[1]}", ui
            await ui.press("n")
            yield "every name", ui
            await ui.press("enter", "enter")
            yield "imported", ui
            await ui.press("u")
            yield "taken back", ui


async def looking_back(books: Books, size: tuple[int, int]) -> Frames:
    """The reviews of a year, at a size."""
    trained_for_a_year(books)
    async with running(books.open(), books.clock, size) as ui:
        await ui.press("3", "j")
        yield "history", ui
        await ui.press("home", "enter")
        yield "history session", ui
        await ui.press("left", "5")
        yield "review", ui
        await ui.press("end")
        yield "review below", ui
        await ui.press("home", "enter")
        yield "week", ui
        await ui.press("q", "q", "2", "T")
        yield "trend", ui
        await ui.press("q", "1", "/", *"split squat", "enter", "T")
        yield "trend of a lift", ui
        await ui.press("s")
        yield "trend left and right", ui


async def looks(books: Books) -> Frames:
    """What colours are for, in one look: work and rest, marks, an error, charts and bars."""
    trained_for_a_year(books)
    async with running(books.open(), books.clock) as ui:
        await ui.press("5")
        yield "review", ui
        await ui.press("q", "4")
        yield "season", ui
        await ui.press("q", "1", "/", *"split squat", "enter", "T", "s")
        yield "left and right", ui
        await ui.press("q", "q", "2", "space", "y")
        await ui.pass_time(23.5, step=23.5)
        yield "hold", ui
        await ui.press("o", "f", "2", "enter", "p", "4")
        yield "marks", ui
        await ui.press("e", *"3x", "enter")
        yield "error", ui


WALKS: tuple[Walk, ...] = (first_evening, a_year_on, days, lifting, sizes, bringing_a_log)
