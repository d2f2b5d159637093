"""Runs ``stridelift`` as ``python -m tui``."""

import sys


def main() -> int:
    """Run the command line; ctrl+c while it loads ends it quietly, as it does later."""
    try:
        from tui.cli import main as run

        return run()
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
