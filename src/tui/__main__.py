"""Runs ``stridelift`` as ``python -m tui``."""

import gc
import sys


def main() -> int:
    """Run the command line; ctrl+c while it loads ends it quietly, as it does later."""
    # What is loaded and read stays in use, and a command is short: collecting garbage would take a
    # fifth of its time. The screen turns it on again once the log is read, as does whatever stays.
    gc.disable()
    try:
        from tui.cli import main as run

        return run()
    except KeyboardInterrupt:
        return 130
    finally:
        # Nor is all of that looked through once more while the interpreter ends.
        gc.freeze()


if __name__ == "__main__":
    sys.exit(main())
