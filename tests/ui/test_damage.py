"""Damage stays on the screen, with what to type, until it is dealt with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import orjson
import pytest

from tests.ui.driver import Books, Driver, open_page, running
from tui.store.atomic import backup_of
from tui.ui.widgets.styled_text import Lines

SIZES = ((60, 20), (80, 24), (120, 40))
MARK = "2026.json was damaged: stridelift doctor"


def spoil(path: Path, at: bytes = b'"started"') -> None:
    """Make the first document of a file unreadable, for good."""
    data = path.read_bytes()
    where = data.index(at)
    path.write_bytes(data[:where] + b"\x00" + data[where + 1 :])
    backup_of(path).unlink(missing_ok=True)


def mark(ui: Driver) -> str:
    return ui.main.query_one("#damage", Lines).plain().strip()


async def look(ui: Driver) -> None:
    ui.main.look_around()
    await ui.settle()


@pytest.mark.parametrize("size", SIZES)
async def test_a_damaged_year_stays_on_the_screen_until_it_is_put_away(
    books: Books, size: tuple[int, int]
) -> None:
    books.train()
    spoil(books.paths.year(2026))
    async with running(books.open(), books.clock, size) as ui:
        assert MARK in ui.lines()[1]
        assert "! tells more" in ui.lines()[1]
        for key in ("j", "3", "j", "1", "2"):
            await ui.press(key)
            assert MARK in ui.lines()[1]
        await ui.press("!")
        assert open_page(ui) == "Notices"
        page = " ".join(ui.text().split())
        assert "The damaged file is kept as 2026.json.damaged-1" in page
        assert "stridelift doctor --repair" in page
        await ui.press("q")
        books.paths.year(2026).with_name("2026.json.damaged-1").rename(books.paths.root / "aside")
        await look(ui)
        assert "damaged" not in ui.text()
        await ui.press("!")
        assert "Nothing is wrong" in ui.text()


async def test_a_start_after_it_and_one_that_only_looks_have_the_mark_too(books: Books) -> None:
    books.train()
    spoil(books.paths.year(2026))
    books.open().read_all().close()
    for write in (True, False):
        async with running(books.open(write=write), books.clock) as ui:
            assert MARK in ui.lines()[1]


async def test_damage_under_an_open_screen_is_told_and_stays(books: Books) -> None:
    books.train()
    async with running(books.open(), books.clock) as ui:
        assert mark(ui) == ""
        assert "Context" not in ui.lines()[1]
        spoil(books.paths.year(2026))
        await look(ui)
        assert "was damaged" in ui.said
        await look(ui)
        await ui.press("j")
        assert ui.said == ""
        assert MARK in ui.lines()[1]


def unreadable(books: Books) -> None:
    books.paths.log_dir.mkdir(parents=True)
    newer = {"meta": {"schema_version": 99}, "sessions": {}}
    books.paths.year(2026).write_bytes(orjson.dumps(newer))


def spoilt_profile(books: Books) -> None:
    books.open().profile.set("unit", "lb")
    books.close()
    spoil(books.paths.profile, b'"settings"')


def several(books: Books) -> None:
    for year in (2024, 2025, 2026):
        books.clock.time = books.clock.time.replace(year=year)
        books.train()
        spoil(books.paths.year(year))


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (unreadable, "2026.json cannot be read: stridelift doctor"),
        (spoilt_profile, "profile.json was damaged: stridelift doctor"),
        (several, "3 files are damaged or cannot be read: stridelift doctor"),
    ],
)
async def test_each_kind_of_damage_is_named_and_fits(
    books: Books, make: Callable[[Books], None], words: str
) -> None:
    make(books)
    async with running(books.open(), books.clock, (60, 20)) as ui:
        assert words in ui.lines()[1]


async def test_the_notices_are_found_in_the_palette(books: Books) -> None:
    async with running(books.open(), books.clock) as ui:
        await ui.press("ctrl+p", *"damage", "enter")
        assert open_page(ui) == "Notices"


@pytest.mark.parametrize("size", SIZES)
async def test_today_says_that_the_plan_does_not_know_all(
    books: Books, size: tuple[int, int]
) -> None:
    books.train()
    books.close()
    spoil(books.paths.year(2026))
    async with running(books.open(), books.clock, size) as ui:
        await ui.press("j")
        said = ui.main.query_one("#context", Lines).plain()
        assert "art of your log cannot be read" in said
        assert "check" in said
        assert "art of your log cannot be read" in ui.text()
        await ui.press("w", "w")
        assert "check the weight" in " ".join(ui.text().split())


async def test_what_a_damaged_year_lost_is_brought_back_by_the_screen_that_had_read_it(
    books: Books,
) -> None:
    done = books.train()
    async with running(books.open(), books.clock) as ui:
        spoil(books.paths.year(2026))
        await look(ui)
        assert [s.id for s in ui.book.reader.sessions()] == [done]
        assert "cannot be read" not in ui.text()
    assert [s.id for s in books.open(write=False).read_all().reader.sessions()] == [done]
