"""The command line of ``stridelift``: finds the command and loads only its module.

Each command is a module here with ``HELP``, ``options(parser)`` and ``run(options) -> exit code``.
Any failure is one line on stderr: exit code 2 for a command that was not understood, 1 for anything
else, 130 for ctrl+c.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module

from tui.cli.base import Command, CommandError, Options, Usage, common, parser
from tui.domain.model.text import clean, clip
from tui.store.errors import StoreError

LONGEST_LINE = 400
COMMANDS = {
    "today": "today's session, with reasons",
    "week": "where this week's sessions go, and why; --ics for your phone",
    "next": "what to do next for an exercise, and why; or --all",
    "log": 'log sets: stridelift log back-squat "3x8 60kg rir3"',
    "morning": "how much a region hurts on waking: stridelift morning knee 3",
    "ready": "your legs, sleep and pain today: stridelift ready 4 4 0",
    "metric": "what you measure: stridelift metric add vertical-jump 41",
    "race": "your races: add, list, remove",
    "run": "your runs: add, list, remove, import",
    "away": "days away from your gym: add, list, remove",
    "step-down": "weeks of easier running: add, list, remove",
    "history": "what you did, newest first",
    "review": "your progress: weeks at a glance, an exercise, --week",
    "library": "exercises and programmes: list, show, check",
    "import": "import a set log; --dry-run only says what would happen",
    "export": "your log as JSONL",
    "config": "your settings: list, get, set, unset",
    "demo": "try it out on a year of invented training",
    "locate": "where your data is",
}
# Commands whose module has another name.
MODULES = {"import": "import_", "step-down": "step_down", "": "screen"}
ABOUT = """\
A full-screen terminal strength log for runners. Without a command it opens the full screen; to a
pipe or a file it prints today's session."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command in ``argv`` (without the program's name) and return the exit code.

    Raises SystemExit only for --help and --version, with code 0.
    """
    options: Options | None = None
    try:
        if isinstance(sys.stdout, io.TextIOWrapper):
            # A character that the terminal cannot show becomes a question mark, never an error.
            sys.stdout.reconfigure(errors="replace")
        command, options = _understood(list(sys.argv[1:] if argv is None else argv))
        code = command.run(options)
        if sys.stdout is not None:
            sys.stdout.flush()
    except Usage as wrong:
        return _fail(str(wrong), 2)
    except (CommandError, StoreError) as wrong:
        return _fail(str(wrong), 1)
    except BrokenPipeError:
        # Python flushes stdout once more at exit: send that nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 1
    except OSError as error:
        about = f"{error.filename}: " if error.filename else ""
        return _fail(f"{about}{error.strerror or error}", 1)
    except KeyboardInterrupt:
        return 130
    except Exception as fault:  # noqa: BLE001  a bug is reported in one line too
        return _fail(_told(fault, options.data_dir if options else None), 1)
    return code


def _understood(args: list[str]) -> tuple[Command, Options]:
    """The command and its parsed options. Raises Usage."""
    name = args[0] if args and not args[0].startswith("-") else ""
    if name and name not in COMMANDS:
        raise Usage(f"there is no command {name}; {_meant(name)}stridelift --help lists them")
    command: Command = import_module(f"tui.cli.{MODULES.get(name, name)}")
    made = parser(name, command.HELP if name else ABOUT)
    if not name:
        listed = "\n".join(f"  {each:<10} {words}" for each, words in COMMANDS.items())
        made.epilog = f"commands:\n{listed}\n\nstridelift COMMAND --help says more."
        made.add_argument("--version", action="store_true", help="print the version")
    command.options(made)
    common(made)
    # Intermixed: options may stand before, between and after the arguments.
    return command, made.parse_intermixed_args(args[1:] if name else args)


def _meant(name: str) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name, COMMANDS, 1)
    return f"did you mean {close[0]}? " if close else ""


def _fail(words: str, code: int) -> int:
    line = clip(clean(words).strip(), LONGEST_LINE)
    # If stderr is closed, or its disk is full, the exit code alone has to do.
    with suppress(OSError):
        if sys.stderr is not None:
            print(f"stridelift: {line}", file=sys.stderr, flush=True)
    return code


def _told(fault: Exception, folder: str | None) -> str:
    """A bug in one line: what to do, what it was, and where its traceback is kept."""
    from tui.bootstrap import ScreenFault, paths
    from tui.store.faults import keep_fault

    screen = isinstance(fault, ScreenFault) and fault.__cause__ is not None
    what = f"a bug in Stridelift: {fault}" if screen else "a bug in Stridelift"
    try:
        kept = keep_fault(paths(folder), fault)
    except StoreError:
        kept = None
    report = f"please report it with {kept}" if kept else "please report it"
    return f"{what}; {report}: {_trace(fault.__cause__ if screen else fault)}"


def _trace(fault: BaseException | None) -> str:
    """An exception in a few words, with the place where it was raised."""
    trace = fault.__traceback__ if fault else None
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = ""
    if trace is not None:
        place = f" ({trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno})"
    return f"{type(fault).__name__}: {fault}{place}"
