"""The terminal's cursor stands where the runner is, for whoever follows it: by ear, under the
fingers, or through a magnifier."""

from __future__ import annotations

from pathlib import Path

from tests.terminal.terminal import Terminal

FIRST, SECOND = "Wall Lean", "Glute Sling"


def test_the_cursor_stands_where_the_runner_is(tmp_path: Path) -> None:
    with Terminal("--data-dir", str(tmp_path / "data"), home=tmp_path) as terminal:

        def stands(before: str, after: str) -> None:
            def there() -> bool:
                cursor = terminal.screen.cursor
                row = terminal.screen.display[cursor.y]
                return row[: cursor.x].endswith(before) and row[cursor.x :].startswith(after)

            terminal.wait(there, f"the cursor between {before!r} and {after!r}")

        def walk() -> None:
            stands("", f"› {FIRST}")
            terminal.press("j")
            stands("", f"› {SECOND}")
            terminal.press("k")
            stands("", f"› {FIRST}")
            terminal.press("e")
            terminal.wait_for("each side")
            terminal.type(b"7x5s")
            stands("7x5s", "")
            terminal.type(b"\x1b[D")
            stands("7x5", "s")
            terminal.press("\x15", "tab")
            stands("", f"› {FIRST}")
            terminal.press("tab")
            terminal.wait_for("3 HISTORY")
            terminal.press("1")
            terminal.wait_for("1 LIBRARY")
            stands("", "› ")
            terminal.press("?")
            stands("", " Library")
            terminal.press("q", "2")
            stands("", f"› {FIRST}")

        walk()
        terminal.resize(45, 20)
        walk()
