"""``stridelift export``: writes the log in one of several forms."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tui.app.exporting import FIT, FORMS, Form
from tui.cli.base import CommandError, Options, Parser, Usage, logbook, say
from tui.domain.model.text import clean
from tui.domain.model.validation import BadDocument
from tui.store.new_file import write_new

if TYPE_CHECKING:
    from tui.app.logbook import Logbook

USUAL = "jsonl"
HELP = f"""Write your log to a file, or to stdout (docs/format.md). A session under way is included
once it is finished.

{chr(10).join(f"  --format {form.name:<12} {form.about}" for form in FORMS.values())}
  --format {FIT:<12} for watches: -o names a folder, which gets a file for each session

With --all your settings, calendar and own exercises, programmes and routines come along, as JSONL
or JSON; import brings everything back."""


def options(parser: Parser) -> None:
    """--format, --all, -o."""
    parser.add_argument("--format", choices=(*FORMS, FIT), default=USUAL, help="jsonl if not given")
    parser.add_argument("--all", action="store_true", help="settings, calendar and own library too")
    parser.add_argument("-o", metavar="FILE", dest="file", help="the file; fit: the folder")


def run(options: Options) -> int:
    """Write everything; with -o, nothing if the disk refuses."""
    form = FORMS.get(options.format)
    if options.all and not (form and form.whole):
        whole = " or ".join(one.name for one in FORMS.values() if one.whole)
        raise Usage(f"export: --all needs --format {whole}; {options.format} holds sessions alone")
    if form is None and options.file is None:
        raise Usage(f"export: --format {FIT} needs -o FOLDER, which gets a file for each session")
    with logbook(options, read=False) as book:
        try:
            _write(book, form, options)
        except BadDocument as bad:
            raise CommandError(str(bad)) from bad
    return 0


def _write(book: Logbook, form: Form | None, options: Options) -> None:
    if form is None:
        from tui.app.fit_export import write_fit

        say([write_fit(book, Path(options.file))])
        return
    made = form.make(book, options.all)
    if options.file is not None:
        write_new(Path(options.file), made.data, over=True)
        print(f"{made.holds} in {clean(options.file)}")
    elif sys.stdout is not None:
        # A file is UTF-8, whatever the terminal's encoding; an export piped into one too.
        binary = getattr(sys.stdout, "buffer", None)
        if binary is None:
            sys.stdout.write(made.data.decode())
        else:
            binary.write(made.data)
