"""``stridelift locate``: where the log is."""

from __future__ import annotations

from tui.bootstrap import paths
from tui.cli.base import Options, Parser, as_json, say, say_json

HELP = "Print the folder that holds your log. It need not be there yet."


def options(parser: Parser) -> None:
    """--json."""
    as_json(parser)


def run(options: Options) -> int:
    """Print it; nothing is opened or made."""
    root = paths(options.data_dir).root
    if options.json:
        say_json({"data_dir": str(root), "exists": root.is_dir()})
    else:
        say([str(root)])
    return 0
