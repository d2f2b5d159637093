"""``stridelift`` alone: the full screen, or today's session where there is no terminal."""

from __future__ import annotations

import gc

from tui.cli import today
from tui.cli.base import Options, Parser, is_terminal

HELP = "the full screen"


def options(parser: Parser) -> None:
    """What today takes, since it may come to that."""
    today.options(parser)


def run(options: Options) -> int:
    """Open the screen; it takes the log for writing if nobody else has."""
    if options.version:
        from importlib.metadata import version

        print(f"stridelift {version('stridelift')}")
        return 0
    if options.json or not is_terminal():
        return today.run(options)
    # Nothing made while starting is ever garbage: to look for some takes a tenth of the time.
    # The screen lets it look again once the log is read.
    gc.disable()
    from tui.bootstrap import open_logbook, run_screen

    book = open_logbook(options.data_dir, options.today, write=True, else_look=True)
    try:
        return run_screen(book)
    finally:
        book.close()
