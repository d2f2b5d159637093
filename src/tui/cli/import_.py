"""``stridelift import``: imports a set log (JSONL) into the runner's log."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

from tui.app.imports import import_sets
from tui.app.local_time import localised
from tui.app.taking_back import take_back
from tui.cli.base import (
    CommandError,
    Options,
    Parser,
    Usage,
    as_json,
    logbook,
    say,
    say_json,
    unreadable,
)
from tui.domain.model.text import clean, number_of
from tui.formats.json_lines import LONGEST
from tui.formats.setlog_reader import Parsed, parse
from tui.store.steps import IMPORT

HELP = """Import a set log (JSONL, see docs/format.md): all of it or, if a line is wrong, nothing.
What is in your log already stays; of two copies of a set, the one edited last counts. With --undo,
the last import is taken back, except for what was changed since."""
SHOWN = 3


def options(parser: Parser) -> None:
    """FILE, --dry-run, --undo, --json."""
    parser.add_argument(
        "file", metavar="FILE", nargs="?", help="the file; - reads what is piped in"
    )
    parser.add_argument("--dry-run", action="store_true", help="only say what would happen")
    parser.add_argument("--undo", action="store_true", help="take back the last import")
    as_json(parser)


def run(options: Options) -> int:
    """Read and check the file, merge it into the log in one step, and say how much came in; or take
    back the last one."""
    if options.undo:
        if options.file is not None or options.dry_run:
            raise Usage("import --undo takes nothing more: it takes back the last import")
        return _undo(options)
    if options.file is None:
        raise Usage("import takes a FILE; stridelift import --help says more")
    with logbook(options, write=not options.dry_run) as book:
        if options.file == "-":
            parsed = parse(_lines(sys.stdin.buffer), book.profile.library, localised)
        else:
            try:
                with open(options.file, "rb") as file:  # noqa: PTH123  a name that may be a pipe
                    parsed = parse(_lines(file), book.profile.library, localised)
            except OSError as error:
                raise unreadable(options.file, error) from error
        if parsed.problems:
            _refuse(options, parsed)
        came = import_sets(book, parsed, dry_run=options.dry_run)
    if options.json:
        counts = {"imported": came.imported, "duplicate": came.duplicate, "odd": came.odd}
        say_json({**counts, "rest": 0, "refused": []})
    else:
        would = "would be " if options.dry_run else ""
        new = number_of(came.imported, "line")
        say([f"{new} {would}imported; {came.duplicate} already there"])
        if came.odd:
            look = "looks" if came.odd == 1 else "look"
            say([f"{came.odd} of them {look} like a typing error: e in History corrects it"])
    return 0


def _undo(options: Options) -> int:
    with logbook(options, write=True) as book:
        back = take_back(book, IMPORT)
    if back is None:
        raise CommandError("there is no import left to undo; delete in History what should go")
    gone = {"sides_of_sets": len(back.rows), "records": back.records}
    if options.json:
        say_json({**gone, "earlier": back.earlier, "stayed": back.stayed})
        return 0
    counts = (len(back.rows), "side of a set", "sides of sets"), (back.records, "record", "records")
    parts = [f"{count} {one if count == 1 else many}" for count, one, many in counts if count]
    deleted = f": {' and '.join(parts)} deleted" if parts else ""
    say(
        [
            f"The import of {back.at[:10]} is taken back{deleted}",
            "Importing that file again will not bring it back: what is deleted stays deleted",
        ]
    )
    if back.earlier:
        was = "is" if back.earlier == 1 else "are"
        say([f"{number_of(back.earlier, 'earlier version')} {was} back"])
    if back.stayed:
        kept = "was kept" if back.stayed == 1 else "were kept"
        say([f"{number_of(back.stayed, 'later change')} {kept}"])
    return 0


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """The lines of a file; one that is far too long comes in pieces, which the parser refuses."""
    return iter(partial(file.readline, LONGEST + 2), b"")


def _refuse(options: Options, parsed: Parsed) -> None:
    if options.json:
        refused = [{"line": p.line, "problem": p.message} for p in parsed.problems]
        say_json({"imported": 0, "duplicate": 0, "odd": 0, "rest": 0, "refused": refused})
    words = "; ".join(map(str, parsed.problems[:SHOWN]))
    more = " and more" if len(parsed.problems) > SHOWN else ""
    raise CommandError(
        f"{clean(options.file)}: {words}{more}. Nothing was imported; correct the file"
    )
