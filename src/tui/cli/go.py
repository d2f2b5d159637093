"""``stridelift go``: today's session line by line, without a full screen."""

from __future__ import annotations

import gc
import os
import select
import shutil
import sys
from collections import deque
from math import inf
from time import monotonic, sleep
from typing import TYPE_CHECKING, Protocol

from tui.app.lines.talk import Heard
from tui.app.sync_answer import Answering
from tui.app.write_access import ReadOnly
from tui.cli.base import Options, Parser, comes_to_turn, in_use, logbook, say
from tui.domain.model.cells import folded
from tui.domain.model.text import as_sentence
from tui.store.errors import StoreError

if TYPE_CHECKING:
    from tui.app.logbook import Logbook

HELP = """Today's session line by line: for a screen reader, a dumb terminal, a slow line. The same
sets, clock and notation as in the full screen; it can be left at any time, and goes on here or
there. If another window logs, it asks whether to take over; if one asks for it, it gives way.

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
# How long it waits for a command, most of which are done in less, before it asks to take over.
SHORT_S = 1.0
BELL = "\a"
# What a terminal of ASCII alone can show of the characters that lines are made of.
ASCII = str.maketrans(
    {"“": '"', "”": '"', "×": "x", "–": "-", "−": "-", "’": "'", "…": "...", "★": "*"}
)


def options(parser: Parser) -> None:
    """None of its own."""


def run(options: Options) -> int:
    """Read lines and say lines until the session is left, or nothing more can be read."""
    typed = Lines(0)
    with logbook(options, write=True, turn=lambda book: _turn(book, typed)) as book:
        # It is off as commands are short; this one lasts as long as the session.
        gc.enable()
        if book.access.granted:
            _sessions(book, typed)
    return 0


def _turn(book: Logbook, typed: Lines) -> None:
    """Log from here if nobody else does, or who types says so. Raises CommandError if another does
    and no answer comes."""
    if comes_to_turn(book.take_over, SHORT_S):
        return
    from tui.app.lines.turn import LineTurn

    turn = LineTurn(book)
    _speak(turn.begin())
    _talk(turn, typed)
    if not turn.taken and typed.ended:
        raise in_use(book)


def _sessions(book: Logbook, typed: Lines) -> None:
    """Log until it is left, also after another window took over and it was taken back."""
    from tui.app.lines.session import LineSession
    from tui.app.lines.turn import LineTurn

    while book.access.granted:
        session = LineSession(book)
        _speak(session.begin())
        told = _talk(session, typed, book)
        if told:
            turn = LineTurn(book)
            _speak(turn.begin(told))
            _talk(turn, typed)
        else:
            return


class Talker(Protocol):
    """What takes lines and says lines: a session, or the question who logs."""

    over: bool

    def line(self, typed: str) -> Heard:
        """Take a typed line."""

    def tick(self) -> Heard:
        """Time has passed."""

    def wait_s(self) -> float | None:
        """The seconds until time may have something to say; None if only a line can."""

    def leave(self) -> Heard:
        """Leave it."""


def _talk(talker: Talker, typed: Lines, logs: Logbook | None = None) -> str:
    """Talk until it is over. If another window takes over meanwhile what is ``logs``, returns the
    words for that; a sync that has fetched something meanwhile may join it there."""
    answering = Answering(logs) if logs else None
    try:
        while not talker.over:
            wait_s = talker.wait_s()
            if logs is None and wait_s is not None and typed.by_script:
                # The other window is asked; what a script says next is for the session.
                sleep(wait_s)
                _speak(talker.tick())
                continue
            line = typed.next(_soon(wait_s) if logs else wait_s)
            if logs is not None and (asked := logs.hand_over()) is not None:
                lost = "" if line is None else " What you typed was not logged."
                return f"The session is logged from {asked.place()} now.{lost}"
            if logs is not None and answering is not None:
                answer_sync(logs, answering)
            if line is not None:
                _speak(talker.line(line))
            elif typed.ended:
                _speak(talker.leave())
            else:
                _speak(talker.tick())
    except KeyboardInterrupt:
        _speak(talker.leave())
        raise
    return ""


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


def _soon(wait_s: float | None) -> float:
    """A wait after which is seen in time whether another window wants to log."""
    return PIECE_S if wait_s is None else min(wait_s, PIECE_S)


class Lines:
    """The lines that come in by a file descriptor; ``ended`` once no more will. ``by_script`` says
    that they do not come from a terminal, where who waits might press enter again."""

    def __init__(self, source: int) -> None:
        self._source = source
        self.by_script = not os.isatty(source)
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
