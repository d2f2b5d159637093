"""A session in a real browser: at a desk by keys, then on a phone by touch.

By hand, with a picture of each stop: ``python -m tests.browser.walk FOLDER``.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

from tests.browser.chromium import Page, browser, until
from tests.ui.driver import Books
from tests.ui.web.viewer import Served, served
from tui.domain.session.clock import show
from tui.domain.session.live import Live

DESK = (1280, 800)
PHONE = (390, 844)
SMALLEST_KEY = 44
COLUMNS = 45
# What the browser may complain of: textual.js and xterm.js put styles into the page that it does
# not need, and that the policy forbids.
EXPECTED = ("Applying inline style violates", "software WebGL")

Look = Callable[[Page, str], Awaitable[None]]


async def walk(folder: Path, look: Look, *, whole: bool) -> None:
    """Log by keys and by touch, leave in the middle of a hold, come back; for the ``whole`` of it
    lose the server too. ``look`` is called with the page and the name of the stop."""
    books = Books(folder / "log")
    async with served(folder / "log") as here, browser(folder / "profile") as chromium:
        address = f"{here.base}/?token={here.guard.token}"
        desk = await chromium.page()
        await desk.open(address, *DESK)
        await desk.shows("log set 1")
        await desk.press("Enter")
        await until(lambda: _sets(books) == 1, lambda: "a set logged by a key")
        await desk.shows("1 of 14 sets")
        # Whoever looks at the bar, or runs a script in the page, finds no token.
        assert await desk.value("location.href + document.cookie") == f"{here.base}/"
        await look(desk, "desk")

        phone = await chromium.page()
        await phone.open(address, *PHONE, touch=True)
        await phone.shows("LOOKING ONLY")
        await _fits(phone)
        await look(phone, "phone-looking")
        await desk.close()
        await phone.shows("is closed")

        await phone.tap("[data-key=u]")
        await phone.shows("press it again")
        await phone.tap("[data-key=enter]")
        await until(lambda: _sets(books) == 2, lambda: "a set logged by touch")
        await _note(phone, books)
        await _comes_back(phone, books, here, look)
        told = desk.errors + phone.errors
        odd = [words for words in told if not any(one in words for one in EXPECTED)]
        assert odd == [], odd
        if whole:
            await _loses_the_server(phone, here, look)


async def _fits(page: Page) -> None:
    """A phone has its keys, large enough for a thumb, and the columns for all of the screen."""
    sizes = await page.value(
        "[...document.querySelectorAll('#keys button')].map(b => b.getBoundingClientRect())"
        ".map(r => [r.width, r.height, r.right])"
    )
    assert len(sizes) == 16
    assert min(min(width, height) for width, height, _ in sizes) >= SMALLEST_KEY
    assert max(right for _, _, right in sizes) <= PHONE[0]
    assert page.columns >= COLUMNS


async def _note(page: Page, books: Books) -> None:
    """Type a note with the keyboard of the phone."""
    await page.tap("#typing")
    await page.press("N")
    await page.shows("Note")
    await page.ask("Input.insertText", text="legs fine")
    await page.shows("legs fine")
    await page.tap("[data-key=enter]")
    await until(lambda: _live(books).note == "legs fine", lambda: "the note")
    await page.tap("#typing")


async def _comes_back(page: Page, books: Books, here: Served, look: Look) -> None:
    """Leave in the middle of a hold; the clock goes on meanwhile."""
    await page.tap("[data-key=space]")
    await page.shows("GET READY")
    await page.press(".")
    await page.shows("HOLD left 1/8, ")
    await look(page, "phone-hold")
    await page.go("about:blank")
    await page.go(f"{here.base}/")
    await until(lambda: _clock(books) in page.text(), lambda: f"{_clock(books)}:\n{page.text()}")
    await look(page, "phone-back")


async def _loses_the_server(page: Page, here: Served, look: Look) -> None:
    """The page says that the connection is lost, and finds the server again by itself."""
    await here.stop()
    words = "document.getElementById('words').textContent"
    shown = "!document.getElementById('notice').hidden"
    said = ""
    while "lost" not in said:
        said = await page.value(f"{shown} ? {words} : ''")
    assert said == "The connection is lost. What you logged is kept. Trying again…"
    assert await page.value("!document.getElementById('again').hidden")
    await look(page, "phone-lost")
    page.screen.reset()
    await here.start()
    await page.shows("2 of 14 sets")


def _live(books: Books) -> Live:
    live = books.on_disk()
    assert live is not None
    return live


def _sets(books: Books) -> int:
    """How many sets are logged."""
    try:
        live = books.on_disk()
    except ValueError:
        return 0  # There is no journal yet.
    return 0 if live is None else len(live.rows)


def _clock(books: Books) -> str:
    """What the clock has to show at this moment."""
    clock = _live(books).clock
    assert clock is not None
    return show(clock.timeline, clock.watch.elapsed(datetime.now(UTC).timestamp())).words()


async def _main(pictures: Path) -> None:
    async def look(page: Page, name: str) -> None:
        await asyncio.sleep(0.5)  # The last frame may be on its way.
        (pictures / f"{name}.png").write_bytes(await page.picture())

    with tempfile.TemporaryDirectory() as folder:
        await walk(Path(folder), look, whole=True)


if __name__ == "__main__":
    asyncio.run(_main(Path(sys.argv[1])))
