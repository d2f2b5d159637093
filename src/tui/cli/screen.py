"""``stridelift`` without a command: the full screen, or today's session if there is no terminal."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.cli.base import Options, Parser, as_json, can_draw, sync_changes

if TYPE_CHECKING:
    from tui.app.logbook import Logbook

HELP = "the full screen"


def options(parser: Parser) -> None:
    """--json, as ``today`` may run instead."""
    as_json(parser)


def run(options: Options) -> int:
    """Open the screen; for writing, unless another instance has the log."""
    if options.version:
        from importlib.metadata import version

        print(f"stridelift {version('stridelift')}")
        return 0
    if options.json or not can_draw():
        from tui.cli import today  # Not needed by the screen, which must have the keyboard soon.

        return today.show(options)
    return open_screen(options)


def open_screen(options: Options, begin: Callable[[Logbook], None] | None = None) -> int:
    """Open the screen and return its exit code. ``begin`` is called with the open log before."""
    from tui.ui.typeahead import typing_kept

    with typing_kept() as ahead:
        from tui.bootstrap import open_logbook, run_screen

        book = open_logbook(options.data_dir, options.today, write=True, else_look=True)
        try:
            if begin is not None:
                begin(book)
            return run_screen(book, ahead)
        finally:
            book.close()
            sync_changes(book)
