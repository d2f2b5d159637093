"""``stridelift go``: today's session line by line, without a full screen."""

from __future__ import annotations

import gc
import os
import select
import shutil
import sys
from collections import deque
from collections.abc import Callable
from functools import partial
from math import inf
from time import monotonic
from typing import TYPE_CHECKING

from tui.app.lines.talk import Heard
from tui.app.write_access import ReadOnly
from tui.cli.base import Options, Parser, logbook, say
from tui.domain.model.cells import folded
from tui.domain.model.text import as_sentence
from tui.store.errors import StoreError

if TYPE_CHECKING:
    from tui.app.lines.session import LineSession
    from tui.app.logbook import Logbook
    from tui.app.sync_answer import Answering

HELP = """Today's session line by line: for a screen reader, a dumb terminal, a slow line. The same
sets, clock and notation as in the full screen; it can be left at any time, and goes on here or
there.

  enter       log the set as planned, or confirm it
  space       and enter: start the clock of the set, pause it
  7  62.5 kg  what was different: reps, weight, L8 R6, 2 spare
  h           all that can be typed
  F           finish
  q           leave; the session waits for you"""
# Longer than any notation or note.
LONGEST_LINE = 2000
CHUNK = 4096
# How long it waits at a time.
PIECE_S = 0.5
BELL = "\a"
# What a terminal of ASCII alone can show of the characters that lines are made of.
ASCII = str.maketrans(
    {"“": '"', "”": '"', "×": "x", "–": "-", "−": "-", "’": "'", "…": "...", "★": "*"}
)


def options(parser: Parser) -> None:
    """None of its own."""


def run(options: Options) -> int:
    """Read lines and say lines until the session is left, or nothing more can be read."""
    with logbook(options, write=True) as book:
        # It is off as commands are short; this one lasts as long as the session.
        gc.enable()
        from tui.app.lines.session import LineSession
        from tui.app.sync_answer import Answering

        session = LineSession(book)
        try:
            _talk(session, Lines(0, partial(answer_sync, book, Answering(book))))
        except KeyboardInterrupt:
            _speak(session.leave())
            raise
    return 0


def _talk(session: LineSession, typed: Lines) -> None:
    _speak(session.begin())
    while not session.over:
        line = typed.next(session.wait_s())
        if line is not None:
            _speak(session.line(line))
        elif typed.ended:
            _speak(session.leave())
        else:
            _speak(session.tick())


def answer_sync(book: Logbook, answering: Answering) -> None:
    """Join what a sync has fetched, if one asks; the session goes on."""
    try:
        notes = answering.answer()
    except (ReadOnly, StoreError) as refusal:
        notes = [str(refusal)]
    if not book.reader.begun:
        book.read_all()
    if notes:
        _speak(Heard(tuple(map(as_sentence, notes))))


class Lines:
    """The lines that come in by a file descriptor; ``ended`` once no more will. While it waits for
    one, ``idle`` is called every now and then."""

    def __init__(self, source: int, idle: Callable[[], None] = lambda: None) -> None:
        self._source = source
        self._idle = idle
        self._rest = b""
        self._lines = deque[bytes]()
        self.ended = False

    def next(self, wait_s: float | None) -> str | None:
        """The next line, without its end; None if none comes within ``wait_s`` seconds, or no more
        will. What stands at the end without a line break is a line too."""
        if not self._lines and not self.ended and self._comes(wait_s):
            self._read()
        if not self._lines:
            return None
        line = self._lines.popleft()[:LONGEST_LINE]
        return line.decode(getattr(sys.stdin, "encoding", "utf-8"), "replace")

    def _comes(self, wait_s: float | None) -> bool:
        # In pieces: a ctrl+c that comes just before a wait is seen only after it.
        end = inf if wait_s is None else monotonic() + wait_s
        try:
            while True:
                left = max(end - monotonic(), 0)
                if select.select([self._source], [], [], min(left, PIECE_S))[0]:
                    return True
                self._idle()
                if left <= PIECE_S:
                    return False
        except OSError:
            return True  # It is closed: reading says so.

    def _read(self) -> None:
        try:
            more = os.read(self._source, CHUNK)
        except OSError:
            more = b""  # The terminal has gone.
        self.ended = not more
        *whole, self._rest = (self._rest + more).split(b"\n")
        if self.ended and self._rest:
            whole, self._rest = [self._rest], b""
        # The rest of an endless line is not kept.
        self._rest = self._rest[:LONGEST_LINE]
        self._lines += [line.removesuffix(b"\r") for line in whole]


def _speak(heard: Heard) -> None:
    """Print what is said, folded to the terminal, and ring."""
    if sys.stdout is None:
        return
    lines = list(heard.lines)
    if not _shows("×"):
        lines = [line.replace(" · ", ", ").translate(ASCII) for line in lines]
    if sys.stdout.isatty():
        width = shutil.get_terminal_size().columns
        lines = [part for line in lines for part in folded(line, width)]
    sys.stdout.write(BELL * heard.bells)
    say(lines)
    sys.stdout.flush()


def _shows(character: str) -> bool:
    """Whether stdout can show a character."""
    try:
        character.encode(sys.stdout.encoding)
    except UnicodeEncodeError:
        return False
    return True
