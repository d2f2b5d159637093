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
# What an enter says that came too soon after the one before, and the question on another day than
# that of the session shown.
TOO_SOON, ANOTHER_DAY = "Enter again for", "Begin it "
MOST_ROWS, MOST_TRIES = 20, 20
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
        """Log the next set, of a session for another day too; whether the screen shows it as
        done."""
        before = self.sets()
        for _ in range(MOST_TRIES):
            self.pressed("\r", lambda text, was=before: _answered(text, was))  # type: ignore[misc]
            self.terminal.settle()
            text = self.terminal.text()
            if ANOTHER_DAY in text:
                self.press("y")
                before = self.sets()
                self.press("\r")  # This one still belongs to the answer.
            elif self.sets() > before or TOO_SOON not in text:
                break
        return self.sets() > before

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
        # Not by q: a second one right behind it would not be taken.
        self.terminal.press("\r" if done else "\x1b")
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


def _answered(text: str, sets: int) -> bool:
    """Whether the screen shows more than so many sets, or why not."""
    return text.count(DONE) > sets or TOO_SOON in text or ANOTHER_DAY in text
