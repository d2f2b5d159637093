"""``stridelift export``: writes the log as JSON lines."""

from __future__ import annotations

from pathlib import Path

from tui.cli.base import Options, Parser, logbook
from tui.domain.model.text import clean, number_of
from tui.formats.setlog_writer import render
from tui.store.new_file import write_new

HELP = """Write your log as JSONL, a line for each side of each set (docs/format.md). A session
under way is included once it is finished."""
FORMATS = ("jsonl",)


def options(parser: Parser) -> None:
    """--format, -o."""
    parser.add_argument("--format", choices=FORMATS, default=FORMATS[0], help="jsonl")
    parser.add_argument("-o", metavar="FILE", dest="file", help="write to a file instead of stdout")


def run(options: Options) -> int:
    """Write all lines; with -o, none if the disk refuses."""
    with logbook(options) as book:
        sessions, records = book.reader.everything()
        lines = [f"{line}\n" for line in render(sessions, records)]
    if options.file is None:
        print("".join(lines), end="")
    else:
        write_new(Path(options.file), "".join(lines).encode(), over=True)
        print(f"{number_of(len(lines), 'line')} in {clean(options.file)}")
    return 0
