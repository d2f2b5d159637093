"""``stridelift export``: writes the log in one of several forms."""

from __future__ import annotations

from pathlib import Path

from tui.app.exporting import FORMS
from tui.cli.base import CommandError, Options, Parser, Usage, logbook
from tui.domain.model.text import clean
from tui.domain.model.validation import BadDocument
from tui.store.new_file import write_new

USUAL = "jsonl"
HELP = f"""Write your log to a file, or to stdout (docs/format.md). A session under way is included
once it is finished.

{chr(10).join(f"  --format {form.name:<12} {form.about}" for form in FORMS.values())}

With --all your settings, calendar and own exercises, programmes and routines come along, as JSONL
or JSON; import brings everything back."""


def options(parser: Parser) -> None:
    """--format, --all, -o."""
    parser.add_argument("--format", choices=tuple(FORMS), default=USUAL, help="jsonl if not given")
    parser.add_argument("--all", action="store_true", help="settings, calendar and own library too")
    parser.add_argument("-o", metavar="FILE", dest="file", help="write to a file instead of stdout")


def run(options: Options) -> int:
    """Write everything; with -o, nothing if the disk refuses."""
    form = FORMS[options.format]
    if options.all and not form.whole:
        whole = " or ".join(one.name for one in FORMS.values() if one.whole)
        raise Usage(f"export: --all needs --format {whole}; {form.name} holds the log alone")
    with logbook(options) as book:
        try:
            made = form.make(book, options.all)
        except BadDocument as bad:
            raise CommandError(str(bad)) from bad
    if options.file is None:
        print(made.data.decode(), end="")
    else:
        write_new(Path(options.file), made.data, over=True)
        print(f"{made.holds} in {clean(options.file)}")
    return 0
