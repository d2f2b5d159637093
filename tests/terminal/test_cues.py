"""The title of the window in a real terminal: its own comes back, however the program ends."""

from __future__ import annotations

import signal
from pathlib import Path

from tests.terminal.terminal import Terminal
from tests.ui.driver import Books

KEPT, RESTORED = b"\x1b[22;2t", b"\x1b]2;\x07\x1b[23;2t"
TITLE = "\x1b]2;rest 1:00 · Stridelift\x07".encode()
NEVER_ENDS = """
import asyncio, tui.ui.app, tui.ui.shutdown
tui.ui.shutdown.PATIENCE_S = 0.1
tui.ui.app.Stridelift.exit = lambda *_, **__: None
"""


def started(folder: Path, patch: str = "", **settings: object) -> Terminal:
    """The program in a terminal, with some settings."""
    books = Books(folder / "data")
    book = books.open()
    for key, value in settings.items():
        book.profile.set(key, value)
    books.close()
    return Terminal("--data-dir", str(books.paths.root), home=folder, patch=patch)


def test_the_title_is_given_back_at_a_stop_and_at_the_end(tmp_path: Path) -> None:
    with started(tmp_path, cues={"title": True}, cursor=True) as terminal:
        terminal.wait_for("2 TODAY")
        terminal.wait(lambda: KEPT + b"\x1b]2;Stridelift\x07" in terminal.raw, "a title")
        terminal.press("enter")
        terminal.wait(lambda: TITLE in terminal.raw, "the rest in the title")
        assert not terminal.screen.cursor.hidden
        terminal.press("ctrl+z")
        terminal.wait(terminal.stopped, "the program to stop")
        terminal.wait(lambda: RESTORED in terminal.raw, "the title as it was")
        terminal.send(signal.SIGCONT)
        terminal.wait(lambda: terminal.raw.count(KEPT) == 2, "the title again")
        terminal.wait(lambda: not terminal.screen.cursor.hidden, "the cursor again")
        terminal.send(signal.SIGTERM)
        assert terminal.exit_code() == 0
        assert terminal.raw.count(RESTORED) == terminal.raw.count(KEPT) == 2
        assert terminal.left_behind() == set()


def test_where_it_cannot_end_the_title_is_given_back_all_the_same(tmp_path: Path) -> None:
    with started(tmp_path, NEVER_ENDS, cues={"title": True}) as terminal:
        terminal.wait_for("2 TODAY")
        terminal.send(signal.SIGTERM)
        assert terminal.exit_code() == 1
        assert terminal.raw.count(RESTORED) == terminal.raw.count(KEPT) == 1
        assert terminal.left_behind() == set()
