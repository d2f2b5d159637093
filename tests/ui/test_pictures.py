"""The pictures of README.md, as the program draws them. After an intended change: pytest
--snapshot-update (or make pictures), and look at them."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from tests.ui.driver import Books, Driver, running
from tests.ui.walks import trained_for_a_year

DOCS = Path(__file__).parents[2] / "docs"
# A font from the network is not worth that a reader's machine calls somebody.
FONTS = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
SUNDAY = timedelta(days=5, hours=20, minutes=55)


def picture(ui: Driver) -> str:
    """The screen as an SVG that fetches nothing."""
    return FONTS.sub("", ui.app.export_screenshot())


async def test_the_pictures_show_what_there_is_to_see(
    books: Books, request: pytest.FixtureRequest
) -> None:
    trained_for_a_year(books)
    books.clock.time += SUNDAY
    books.open().profile.set("theme", "dark")
    books.close()
    shown = {}
    async with running(books.open(), books.clock) as ui:
        shown["today"] = picture(ui)
        await ui.press("j", "j", "j", "enter")
        await ui.pass_time(20, step=20)
        shown["rest"] = picture(ui)
    for name, drawn in shown.items():
        file = DOCS / f"{name}.svg"
        if request.config.getoption("update_snapshots"):
            file.write_text(drawn, encoding="utf-8")
        assert "url(http" not in drawn.replace('"', "")
        assert file.read_text(encoding="utf-8") == drawn, f"{file.name} is another: make pictures"
