"""``stridelift locate``: prints the folder of the log."""

from __future__ import annotations

from tui.bootstrap import paths
from tui.cli.base import Options, Parser, as_json, say, say_json

HELP = "Print the folder that holds your log. It may not exist yet."


def options(parser: Parser) -> None:
    """--json."""
    as_json(parser)


def run(options: Options) -> int:
    """Print it, without opening or creating anything."""
    root = paths(options.data_dir).root
    if options.json:
        say_json({"data_dir": str(root), "exists": root.is_dir()})
    else:
        say([str(root)])
    return 0
