"""``stridelift demo``: opens the screen on a year of invented training in a temporary folder."""

from __future__ import annotations

from contextlib import nullcontext
from functools import partial
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory

from tui.app.demo_log import calendar, settings, year_of_training
from tui.bootstrap import open_logbook, run_screen
from tui.cli.base import Options, Parser, as_json, can_draw, say, say_json
from tui.present.history import history_doc, history_report
from tui.present.report import plain_lines
from tui.ui.typeahead import NOTHING_TYPED, typing_kept

HELP = """Open the full screen on a year of invented training. It is in a folder of its own that is
deleted when you leave; your own log is not touched. Without a terminal, its history is printed."""


def options(parser: Parser) -> None:
    """--json."""
    as_json(parser)


def run(options: Options) -> int:
    """Make the folder, fill it, show it, delete it."""
    on_screen = can_draw() and not options.json
    with (
        TemporaryDirectory(prefix="stridelift-demo-") as folder,
        typing_kept(partial(rmtree, folder, ignore_errors=True))
        if on_screen
        else nullcontext(NOTHING_TYPED) as ahead,
    ):
        book = open_logbook(str(Path(folder) / "log"), options.today, write=True)
        try:
            now = book.now()
            sessions = year_of_training(book.profile.library, now.date(), now.tzinfo)
            for key, value in settings().items():
                book.profile.store.set(key, value, sessions[0].day, now)
            for change in calendar(now.date()):
                book.profile.change_calendar(change)
            book.reader.repository.put_many(sessions, [])
            if on_screen:
                return run_screen(book, ahead)
            book.read_all()
            if options.json:
                say_json(
                    history_doc(book.reader.sessions(), book.profile.library, book.profile.unit)
                )
            else:
                say(
                    plain_lines(
                        history_report(
                            book.reader.sessions(), book.profile.library, book.profile.unit
                        )
                    )
                )
        finally:
            book.close()
    return 0
