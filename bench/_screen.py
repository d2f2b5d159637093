"""The real full screen in a terminal: what a runner does there, and whether it shows it as done."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

from _terminal import Late, Terminal
from _told import options

SIZE = (80, 60)
# How long the screen may take to show what a key did.
SHOWN_S = 2.0
DONE, OPEN, HERE = "●", "○", "›"
ASKS, FILED = (" open. Why?",), "in your history"
MOST_ROWS = 20
QUIET_S = 0.15
SHIFTED = """\
import sys, time
real = time.time
time.time = lambda: real() + {shift}
from tui.__main__ import main
sys.exit(main())
"""


class Screen:
    """The full screen in a terminal, at work on ``root``."""

    def __init__(self, root: Path, shift: int = 0) -> None:
        state = f"XDG_STATE_HOME={os.environ['XDG_STATE_HOME']}"
        start = ["env", state, sys.executable, "-c", SHIFTED.format(shift=shift)]
        self.terminal = Terminal([*start, *options(root)], SIZE)
        self.terminal.wait(lambda text: "TODAY" in text and "reading" not in text)
        self.terminal.settle()

    def sets(self) -> int:
        """How many sets it shows as done."""
        return self.terminal.text().count(DONE)

    def press(self, key: str) -> None:
        """Press a key, and let the screen come to rest."""
        self.terminal.press(key)
        self.terminal.settle(QUIET_S)

    def pressed(self, key: str, shows: Callable[[str], bool]) -> bool:
        """Press a key; whether the screen shows what it should before long."""
        self.terminal.press(key)
        try:
            self.terminal.wait(shows, SHOWN_S)
        except Late:
            return False
        return True

    def add(self) -> bool:
        """Log the next set; whether the screen shows it as done."""
        before = self.sets()
        done = self.pressed("\r", lambda text: text.count(DONE) > before)
        self.terminal.settle()
        return done

    def here(self) -> str:
        """The row of the exercise under the cursor; empty if there is none."""
        return next((row for row in self.terminal.screen.display if HERE in row), "")

    def to_open_set(self) -> bool:
        """Go down to an exercise with a set to do; False if there is none below."""
        for _ in range(MOST_ROWS):
            if OPEN in (row := self.here()):
                return True
            if not self.pressed("j", lambda _, row=row: self.here() != row):  # type: ignore[misc]
                return False
        return False

    def end(self) -> bool:
        """Finish; whether the screen says that it is in the history."""
        self.pressed("F", lambda text: any(words in text for words in (*ASKS, FILED)))
        asks = any(words in self.terminal.text() for words in ASKS)
        done = self.pressed("\r" if asks else "", lambda text: FILED in text)
        self.terminal.settle()
        self.terminal.press("q" if done else "\x1b")
        self.terminal.settle()
        return done

    def leave(self) -> str:
        """Quit; what was wrong with the end, in words."""
        self.terminal.press("q")
        code = self.terminal.exit_code()
        text = self.terminal.text()
        self.terminal.close()
        bug = "Traceback" in text or "a bug in Stridelift" in text
        return "" if code == 0 and not bug else f"exit code {code}: {text.strip()[-300:]}"
