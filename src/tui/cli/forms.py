"""Output formats for a report: plain lines, tables, Markdown, JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tui.cli.base import Options, Parser, say, say_json

if TYPE_CHECKING:
    from tui.present.report import Report


def forms(parser: Parser) -> Any:
    """Add --table, --markdown and --json; return their group, so a command can add its own."""
    group = parser.add_mutually_exclusive_group()
    group.add_argument("--table", action="store_true", help="print tables, easy to read")
    group.add_argument("--markdown", action="store_true", help="print Markdown, to share")
    group.add_argument("--json", action="store_true", help="print JSON, for scripts")
    return group


def say_in_form(options: Options, report: Callable[[], Report], doc: Callable[[], Any]) -> None:
    """Print a report, or its JSON document, in the chosen format."""
    from tui.present.report import markdown, plain_lines, table_lines

    if options.json:
        say_json(doc())
    elif options.markdown:
        say(markdown(report()).splitlines())
    else:
        say((table_lines if options.table else plain_lines)(report()))
