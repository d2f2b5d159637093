"""``python -m tui`` is ``stridelift``."""

import sys


def main() -> int:
    """The command line; ctrl+c before it is loaded ends it as quietly as later."""
    try:
        from tui.cli import main as run

        return run()
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
