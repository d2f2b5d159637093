"""Presses keys at random in the real program: it must not break off, freeze or grow.

``python -m tests.terminal.any_keys 100000`` does so for long, and prints what it saw.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import string
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.terminal.terminal import Terminal

ARROWS = ("\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D", "\x1b[H", "\x1b[F", "\x1b[5~", "\x1b[6~")
OTHERS = ("\r", "\r", "\r", "\t", "\x1b", "\x7f", " ", " ", "\x10", "\x06", "\x1bOP", "\x1b[3~")
# What no keyboard sends: bytes that are no UTF-8, sequences cut short, a mouse at the edge.
NOISE = (
    b"\xff",
    b"\xc3",
    b"\xe2\x82",
    b"\x1b[<0;999;999M",
    b"\x1b[<64;5;5M",
    b"\x1b[200~",
    b"\x00",
)
PASTES = ("8 60kg\n7 60kg\n", "a\tb\x07c", "[b]bold[/b]", "", "\n\n", "9" * 400, "٣ · 中文 🏋")
# All but q, which would end it.
TYPED = "".join(c for c in string.printable[:95] if c != "q") + "éß½"
SIZES = ((10, 3), (30, 10), (45, 12), (45, 20), (60, 20), (80, 24), (120, 40), (160, 50), (200, 60))
CALM_S = 0.02
FROZEN_S = 20.0
MOST_SCREENS = 40
# It is looked whether it is frozen, which takes a moment, after so many keys.
KEYS_A_LOOK = 250


class Broken(AssertionError):
    """It broke off, froze or would not end; the message shows the last keys and the screen."""


class Fingers:
    """Presses keys in ``terminal``, chosen by ``chance``."""

    def __init__(self, terminal: Terminal, chance: random.Random) -> None:
        self.terminal = terminal
        self.chance = chance
        self.recent: list[bytes] = []
        self.count = 0

    def some(self) -> bytes:
        """One thing to send: mostly a key, else a paste or what is no key."""
        pick = self.chance.random()
        if pick < 0.72:
            return self.chance.choice(TYPED).encode()
        if pick < 0.82:
            return self.chance.choice(OTHERS).encode()
        if pick < 0.93:
            return self.chance.choice(ARROWS).encode()
        if pick < 0.96:
            return f"\x1b[200~{self.chance.choice(PASTES)}\x1b[201~".encode()
        return self.chance.choice(NOISE) + b"\x1b[201~"

    def burst(self) -> None:
        """Send a few things at once, and let most of them be handled."""
        sent = [self.some() for _ in range(self.chance.choice((1, 1, 2, 5, 30)))]
        self.recent = [*self.recent, *sent][-60:]
        self.count += len(sent)
        self.terminal.type(b"".join(sent))
        if self.chance.random() < 0.1:
            self.terminal.resize(*self.chance.choice(SIZES))
        while self.terminal.listen(CALM_S):
            pass
        if self.terminal.process.poll() is not None:
            raise self.broken(f"it ended by itself, code {self.terminal.process.returncode}")

    def look(self) -> None:
        """It draws itself anew when the size changes: it is not frozen."""
        self.terminal.settle(0.05)
        usual = (self.terminal.screen.columns, self.terminal.screen.lines) == (80, 24)
        self.terminal.resize(*((81, 25) if usual else (80, 24)))
        end = time.monotonic() + FROZEN_S
        while not self.terminal.listen(0.2):
            if time.monotonic() > end:
                raise self.broken("it is frozen")

    def leave(self) -> None:
        """Leave whatever is open, then the program, as a runner does."""
        self.look()
        for _ in range(MOST_SCREENS):
            self.terminal.press("\t")
            self.terminal.settle(0.05)
            self.terminal.press("q")
            end = time.monotonic() + 0.8
            while self.terminal.process.poll() is None and time.monotonic() < end:
                self.terminal.listen(0.05)
            if self.terminal.process.poll() is not None:
                return self.ended()
        raise self.broken("it would not be left")

    def ended(self) -> None:
        """It has ended as it should."""
        code = self.terminal.exit_code()
        if code or b"Traceback" in self.terminal.raw or b"a bug in Stridelift" in self.terminal.raw:
            raise self.broken(f"it ended badly, code {code}")

    def broken(self, what: str) -> Broken:
        """What went wrong, with the keys before it."""
        tail = bytes(self.terminal.raw[-1500:]).decode(errors="replace")
        return Broken(f"{what}; last keys {self.recent}\n{self.terminal.text()}\n{tail!r}")


def resident_kb(process: int) -> int:
    """The memory a process holds, in kilobytes; 0 where /proc does not tell."""
    try:
        words = Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()
    except OSError:
        return 0
    return int(words[1]) * 4


def logged_kb(home: Path) -> int:
    """How much is in the log on disk, in kilobytes."""
    return sum(p.stat().st_size for p in (home / "data").rglob("*.json*") if p.is_file()) // 1024


def pound(
    home: Path, keys: int, chance: random.Random, *, end: str = "leave"
) -> list[tuple[int, int]]:
    """One life of the program: about so many keys, then its end by q, or by a signal while it
    draws. Returns its memory on the way, at each tenth of a long one, and its log, both in
    kilobytes."""
    looks = min(10, max(1, keys // KEYS_A_LOOK))
    memory: list[tuple[int, int]] = []
    with Terminal("--data-dir", str(home / "data"), home=home) as terminal:
        terminal.wait_for("TODAY")
        fingers = Fingers(terminal, chance)
        while fingers.count < keys:
            fingers.burst()
            if fingers.count >= keys * (len(memory) + 1) / looks:
                fingers.look()
                memory.append((resident_kb(terminal.process.pid), logged_kb(home)))
                # Only the end of what was written can show a fault; the rest would grow for ever.
                if b"Traceback" in terminal.raw:
                    raise fingers.broken("a traceback was written")
                terminal.raw = bytearray(terminal.raw[-20_000:])
        if end == "leave":
            fingers.leave()
        else:
            terminal.type(chance.choice((b"4", b"5", b"?", b"1", b"3", b"P", b"0")))
            terminal.send(signal.Signals[end])
            fingers.ended()
    return memory


def say(words: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{words}\n")


def main() -> None:
    """Press very many keys, and print what became of the memory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("keys", type=int)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance, ends = random.Random(options.seed), Counter[str]()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="stridelift-keys-") as folder:
        os.environ["XDG_STATE_HOME"] = str(Path(folder) / "state")
        home, tenth = Path(folder), options.keys // 10
        seen = pound(home, 5 * tenth, chance)
        # Whatever of the memory is the log's, a new process on that log needs as well.
        anew = pound(home, tenth, chance)[-1]
        done = 6 * tenth
        while done < options.keys:
            end = chance.choice(("leave", "SIGTERM", "SIGHUP"))
            pound(home, 1000, chance, end=end)
            ends[end] += 1
            done += 1000
    memory, log = zip(*seen, strict=True)
    say(f"{options.keys} keys in {time.monotonic() - begun:.0f} s, seed {options.seed}")
    say(f"memory in kB at each tenth of {5 * tenth} keys in one process: {list(memory)}")
    say(f"the log in kB by then: {list(log)}")
    # Textual keeps what it has worked out of places and styles, up to a limit that is met late.
    two, half = (memory[-1] / memory[max(0, len(memory) // part - 1)] for part in (5, 2))
    say(f"the end against two tenths: {two:.3f}, against the half: {half:.3f}")
    say(f"against a new process on the same log, after {tenth} keys: {memory[-1] / anew[0]:.3f}")
    say(f"ends of the others: {dict(ends)}")


if __name__ == "__main__":
    main()
