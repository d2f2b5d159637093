"""Shared by the commands: common options, output, opening the logbook, and the two errors."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from time import sleep
from typing import TYPE_CHECKING, Any, NoReturn, Protocol

from tui.domain.model.text import clean
from tui.domain.model.validation import BadDocument

if TYPE_CHECKING:
    from tui.app.logbook import Logbook
    from tui.domain.model.library.parser import Library
    from tui.domain.model.values import Exercise

Options = argparse.Namespace

# How long a command waits for another writer, most of which are done in less than a second.
WAIT_S = 2.0
POLL_S = 0.05
# Terminals whose cursor cannot be put anywhere, by the TERM that they set.
WITHOUT_A_CURSOR = ("dumb", "unknown")
# In help, what can be typed and the spaces before what it does.
EXPLAINED = re.compile(r" +\S.*? {2,}")
# What argparse says of a line that it does not take, and how it is said here. Some versions quote
# each of the choices.
SAID: tuple[tuple[str, str], ...] = (
    (r"the following arguments are required: (.+)", r"needs \1"),
    (r"argument (\S+): expected one argument", r"\1 needs a value"),
    (r"argument (-\S+): invalid choice: (.+) \(choose from (.+)\)", r"\1 takes \3, not “\2”"),
    (r"argument \S+: invalid choice: (.+) \(choose from (.+)\)", r"takes \2, not “\1”"),
    (r"unrecognized arguments: (.+)", r"does not know “\1”"),
)


class CommandError(Exception):
    """The command failed; one line says what, why and what to do. Exit code 1."""


class Usage(CommandError):
    """The command was not understood. Exit code 2."""


class Command(Protocol):
    """The module of one command."""

    HELP: str

    def options(self, parser: Parser) -> None: ...

    def run(self, options: Options) -> int: ...


class Parser(argparse.ArgumentParser):
    """An ArgumentParser that reports a mistake in one line, and whose help fits the terminal."""

    @property
    def arguments(self) -> list[argparse.Action]:
        """Its options and arguments, in the order of the help."""
        return list(self._actions)

    def format_help(self) -> str:
        self.description = _fitted(self.description or "")
        return super().format_help()

    def error(self, message: str) -> NoReturn:
        name = self.prog.removeprefix("stridelift").strip()
        for theirs, ours in SAID:
            if found := re.fullmatch(theirs, message):
                message = found.expand(ours).replace("'", "")
                break
        raise Usage(f"{name + ': ' if name else ''}{message}; {self.prog} --help says more")


def parser(name: str, about: str) -> Parser:
    """An empty parser for a command; an empty name stands for no command."""
    return Parser(
        prog=f"stridelift {name}".strip(),
        description=about,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )


def _fitted(about: str) -> str:
    """Help as wide as the terminal: paragraphs filled, and lines that stand by themselves (they
    begin with spaces) continued below their explanation."""
    # Not needed by commands that only run.
    import shutil
    import textwrap
    from functools import partial

    # As argparse does for the options below it.
    width = shutil.get_terminal_size().columns - 2
    # Options and paths are typed, or copied, as they stand.
    whole = partial(textwrap.wrap, width=width, break_on_hyphens=False, break_long_words=False)
    parts = []
    for part in about.split("\n\n"):
        if not part.startswith(" "):
            parts.append("\n".join(whole(" ".join(part.split()))))
            continue
        lines = []
        for line in part.splitlines():
            column = EXPLAINED.match(line)
            hanging = " " * (column.end() if column else 4)
            lines += whole(line, subsequent_indent=hanging)
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


# The options of every command; each takes a value.
COMMON = ("--data-dir", "--today")


def common(parser: Parser) -> None:
    """Add the options of every command."""
    parser.add_argument("--data-dir", metavar="DIR", help="where the log is")
    parser.add_argument(
        "--today", metavar="YYYY-MM-DD", type=parse_date, help="use this as today's date"
    )


def as_json(parser: Parser) -> None:
    """The option of every command that reads."""
    parser.add_argument("--json", action="store_true", help="print JSON, for scripts")


def parse_date(text: str) -> date:
    """Parse a date that is written out. Raises ArgumentTypeError."""
    from tui.domain.model.date_parser import in_log_years  # Not needed without a date.

    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"a date is written like 2026-11-02, not {clean(text)}"
        ) from None
    try:
        return in_log_years(day)
    except BadDocument as bad:
        raise argparse.ArgumentTypeError(str(bad)) from None


def typed_day(typed: str, today: date, *, future: bool = False) -> date:
    """The day that was typed, such as 14 feb, mon or -3; without a year or a week the last one, or
    the next if ``future``. Raises Usage."""
    from tui.domain.model.date_parser import Lean, day_of  # Not needed without a date.

    try:
        return day_of(typed, today, Lean.FUTURE if future else Lean.PAST)
    except BadDocument as bad:
        raise Usage(str(bad)) from None


def past_day(on: str | None, today: date, then: str) -> date:
    """The day typed for --on, else today. Raises Usage with ``then`` if it is still to come."""
    day = today if on is None else typed_day(on, today)
    if day > today:
        raise Usage(f"--on {day} is still to come; {then}")
    return day


def say(lines: Iterable[str]) -> None:
    """Print lines to stdout, without control characters that a terminal would act on."""
    for line in lines:
        print(clean(line).rstrip())


def say_json(value: Any) -> None:
    """Print a value to stdout as JSON, in ASCII, so that nothing in it can act on a terminal."""
    print(json.dumps(value, indent=2, allow_nan=False))


def wait_for_turn(book: Logbook) -> None:
    """Wait until no other instance writes. Raises CommandError if that takes too long."""
    await_turn(book, book.take_over)


@contextmanager
def logbook(
    options: Options,
    *,
    write: bool = False,
    read: bool = True,
    notes: bool = True,
    turn: Callable[[Logbook], None] = wait_for_turn,
) -> Iterator[Logbook]:
    """Open the runner's logbook. Notices about its files go to stderr afterwards, unless the
    command fails; then its error is the only line; without ``notes`` nothing is told. With ``read``
    False only what an answer needs is read.

    With ``write``, comes to its ``turn`` first: by default waits up to two seconds for another
    instance that has the log open, then raises CommandError.
    """
    from tui.bootstrap import open_logbook

    book = open_logbook(options.data_dir, options.today, write=write)
    try:
        if write:
            turn(book)
        yield book.read_all() if read else book
        if book.access.granted:
            book.warm_cache()
        notices = list(dict.fromkeys([*book.profile.unknown_settings(), *book.notices()]))
    finally:
        book.close()
    for notice in notices if notes else ():
        note(notice)
    if write:
        sync_changes(book)


def sync_changes(book: Logbook) -> None:
    """If what was done changed anything, and the runner wants it so, start a sync in the
    background. ``book`` is closed already, so that it need not wait for us."""
    from tui.app.sync_by_itself import is_by_itself, start_sync  # Not needed by what only reads.

    if is_by_itself(book.profile, book.paths) and book.unsent:
        # Offline, or with no room for another process, the next one takes it along.
        with suppress(OSError):
            start_sync(book.paths)


def await_turn(book: Logbook, take: Callable[[], bool]) -> None:
    """Call ``take``, which takes the right to write, until it is true. Raises CommandError if the
    other writer is not done within two seconds."""
    if not comes_to_turn(take, WAIT_S):
        raise in_use(book)


def comes_to_turn(take: Callable[[], bool], wait_s: float) -> bool:
    """Call ``take`` until it is true, or so many seconds are over; whether it was."""
    for _ in range(round(wait_s / POLL_S)):
        if take():
            return True
        sleep(POLL_S)
    return take()


def in_use(book: Logbook) -> CommandError:
    """The error for a log that another instance writes."""
    return CommandError(f"{book.access.holder} has this log open; close it there, then try again")


def note(words: str) -> None:
    """Print a note to stderr, though the command succeeded."""
    print(f"stridelift: note: {clean(words)}", file=sys.stderr)


def exercise(library: Library, word: str) -> Exercise:
    """The exercise with this id or name, or the only one that begins so. Raises CommandError with
    suggestions."""
    from tui.domain.model.library.search import lookup
    from tui.domain.model.values import Exercise as Found

    found = lookup(library, word)
    if isinstance(found, Found):
        return found
    close = f"did you mean {' or '.join(e.id for e in found[:3])}? " if found else ""
    raise CommandError(f"there is no exercise {word}; {close}stridelift library list shows all")


def logged_exercise(book: Logbook, word: str) -> str:
    """The id of an exercise in the library or, if it is no longer there, in the log. Raises
    CommandError with suggestions."""
    try:
        return exercise(book.profile.library, word).id
    except CommandError:
        if any(entry.exercise == word for s in book.reader.sessions() for entry in s.live()):
            return word
        raise


def unreadable(name: str, error: OSError) -> CommandError:
    """The error for a file that the runner named and that cannot be read."""
    from tui.app.unreadable import why_unreadable  # Not needed as long as all is well.

    return CommandError(why_unreadable(name, error))


def can_draw() -> bool:
    """Whether there is something to draw the full screen in: stdin and stdout are a terminal that
    can, or Textual is told to draw elsewhere, such as in a browser."""
    if "TEXTUAL_DRIVER" in os.environ:
        return True
    streams = (sys.stdin, sys.stdout)
    there = all(stream is not None and stream.isatty() for stream in streams)
    return there and os.environ.get("TERM") not in WITHOUT_A_CURSOR
