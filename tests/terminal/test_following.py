"""Two screens on one log, in real terminals: the one that looks follows the one that writes."""

from __future__ import annotations

import time
from pathlib import Path

from tests.terminal.terminal import Terminal
from tui.store.paths import Paths

FIRST = "Wall Lean Hip Flexor Hold"
# A look a second, and room for a machine that is busy with other tests.
MOST_S = 2.5
QUIET_S = 3.0


def until(terminal: Terminal, words: str) -> float:
    """The seconds until words are on the screen."""
    begun = time.monotonic()
    terminal.wait_for(words)
    return time.monotonic() - begun


def test_one_that_looks_follows_without_a_key_and_both_are_silent_at_rest(tmp_path: Path) -> None:
    where = ("--data-dir", str(tmp_path / "data"))
    with Terminal(*where, home=tmp_path) as writer:
        writer.wait_for(FIRST)
        writer.settle()
        with Terminal(*where, home=tmp_path) as looking:
            looking.wait_for("LOOKING ONLY")
            looking.settle()
            writer.press("enter")
            writer.wait_for("●")
            took = [until(looking, "●")]
            writer.press("space")
            took.append(until(looking, "GET READY"))
            writer.press("o")
            writer.settle()
            looking.settle(1.5)
            assert not looking.listen(QUIET_S), "nothing has changed, so nothing is sent"
            assert not writer.listen(0)
            assert max(took) < MOST_S, took
            # Each takes the session from the other by a key.
            for taker, giver in ((looking, writer), (writer, looking)):
                taker.press("O")
                took.append(until(taker, "This window logs now"))
                took.append(until(giver, "O takes it back"))
            writer.press("q")
            writer.exit_code()
            took.append(until(looking, "The other window is closed"))
            assert max(took) < MOST_S, took


def test_what_a_sync_program_does_shows_on_the_screen_that_writes(tmp_path: Path) -> None:
    paths = Paths(tmp_path / "data")
    with Terminal("--data-dir", str(paths.root), home=tmp_path) as terminal:
        terminal.wait_for(FIRST)
        terminal.settle()
        paths.log_dir.mkdir(exist_ok=True)
        arriving = paths.log_dir / ".arriving.tmp"
        arriving.write_bytes(b"\x00")
        arriving.replace(paths.year(2024))
        assert until(terminal, "2024.json was damaged: stridelift doctor") < MOST_S
        terminal.press("j")
        terminal.settle()
        assert "2024.json was damaged: stridelift doctor" in terminal.text()
