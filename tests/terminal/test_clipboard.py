"""Copying in a real terminal: the bytes that reach it, and what they contain."""

from __future__ import annotations

import base64
import re
from pathlib import Path

from tests.terminal.terminal import Terminal
from tests.ui.driver import Books, shipped
from tui.present.history import session_report
from tui.present.report import markdown, plain_lines
from tui.store.repository import Repository

CLIPBOARD = re.compile(rb"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07")


def copied(terminal: Terminal) -> list[str]:
    """The texts the program has sent to the clipboard so far."""
    return [base64.b64decode(sent).decode() for sent in CLIPBOARD.findall(terminal.raw)]


def test_the_copy_key_in_history_reaches_the_terminal(tmp_path: Path) -> None:
    books = Books(tmp_path / "data")
    books.train(note="Legs heavy: 40 % ä")
    books.close()
    [session] = Repository(books.paths, writable=False).sessions(books.clock.time.year)
    report = session_report(session, shipped(), "kg")
    with Terminal("--data-dir", str(books.paths.root), home=tmp_path) as terminal:
        terminal.wait_for("2 TODAY")
        terminal.settle()
        assert copied(terminal) == []
        terminal.press("3")
        terminal.wait_for("3 HISTORY")
        terminal.press("y")
        terminal.wait_for("y again sends plain text")
        assert copied(terminal) == [markdown(report)]
        terminal.press("y")
        terminal.wait_for("Plain text, ")
        assert copied(terminal)[1:] == ["\n".join(plain_lines(report)) + "\n"]
        terminal.press("q")
        assert terminal.exit_code() == 0
    assert "40 % ä" in markdown(report)
