"""The command line of ``stridelift``: finds the command and loads only its module.

Each command is a module here with ``HELP``, ``options(parser)`` and ``run(options) -> exit code``.
Any failure is one line on stderr: exit code 2 for a command that was not understood, 1 for anything
else, 130 for ctrl+c.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module

from tui.cli.base import COMMON, Command, CommandError, Options, Parser, Usage, common, parser
from tui.domain.model.text import clean, clip
from tui.store.errors import StoreError

LONGEST_LINE = 400
COMMANDS = {
    "today": "today's session, with reasons",
    "week": "where this week's sessions go, and why; --ics for your phone",
    "go": "today's session line by line: screen readers, dumb terminals",
    "serve": "the full screen in a browser, on your phone too",
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
    "session": "your sessions one by one: list, date, delete, restore",
    "review": "your progress: weeks at a glance, an exercise, --week",
    "routine": "warm-up, cool-down, mobility and more: list, show, start",
    "library": "exercises and programmes: list, show, check",
    "import": "import a set log; --dry-run only says what would happen",
    "export": "your log as JSONL",
    "sync": "sync with a git repository of yours; --to sets it up",
    "merge": "take in another copy: a file, a data folder, a backup",
    "backup": "your log as one zip file, checked; list shows those there are",
    "restore": "what is in a backup: --preview, --only SESSION, --replace",
    "doctor": "check your data: files, ids, disk, backups; --repair mends",
    "config": "your settings: list, get, set, unset",
    "completion": "completion for your shell: bash, zsh or fish",
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
    args = list(sys.argv[1:] if argv is None else argv)

    def failed(bug: BaseException) -> int:
        from tui.cli.crash import told

        name = _name(args)
        folder = options.data_dir if options else None
        return _fail(told(bug, folder, name if name in COMMANDS else ""), 1)

    if argv is None:
        _hear(failed)
    try:
        if isinstance(sys.stdout, io.TextIOWrapper):
            # A character that the terminal cannot show becomes a question mark, never an error.
            sys.stdout.reconfigure(errors="replace")
        command, options = _understood(args)
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
    except SystemExit:
        raise
    except BaseException as bug:  # noqa: BLE001  a bug is reported in one line too
        return failed(bug)
    return code


def _understood(args: list[str]) -> tuple[Command, Options]:
    """The command and its parsed options. Raises Usage."""
    args = _command_first(args)
    name = _name(args)
    if name and name not in COMMANDS:
        raise Usage(f"there is no command {name}; {_meant(name)}stridelift --help lists them")
    command, made = parser_of(name)
    # Intermixed: options may stand before, between and after the arguments.
    return command, made.parse_intermixed_args(args[1:] if name else args)


def parser_of(name: str) -> tuple[Command, Parser]:
    """The module of a command and the parser of its arguments; an empty name stands for no
    command."""
    with _without("typing_extensions"):
        command: Command = import_module(f"tui.cli.{MODULES.get(name, name)}")
    made = parser(name, command.HELP if name else ABOUT)
    if not name:
        listed = "\n".join(f"  {each:<11} {words}" for each, words in COMMANDS.items())
        made.epilog = f"commands:\n{listed}\n\nstridelift COMMAND --help says more."
        made.add_argument("--version", action="store_true", help="print the version")
    command.options(made)
    common(made)
    return command, made


@contextmanager
def _without(package: str) -> Iterator[None]:
    """Within the block a package that was not loaded yet cannot be. msgspec asks for
    typing_extensions, has no need of it, and would take half as long again to load."""
    if package in sys.modules:
        yield
        return
    sys.modules[package] = None  # type: ignore[assignment]  # so Python marks what is not to be had
    try:
        yield
    finally:
        del sys.modules[package]


def _command_first(args: list[str]) -> list[str]:
    """The arguments with the options of every command that stand before the command behind it."""
    place = 0
    while place < len(args) and args[place].partition("=")[0] in COMMON:
        place += 1 if "=" in args[place] else 2
    return [*args[place : place + 1], *args[:place], *args[place + 1 :]]


def _name(args: list[str]) -> str:
    """The word in the command's place; empty if there is none."""
    return args[0] if args and not args[0].startswith("-") else ""


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


def _hear(failed: Callable[[BaseException], int]) -> None:
    """From now on a bug in a finalizer or while the interpreter clears up, where Python would print
    a traceback and go on, calls ``failed``; the first one only. Once modules are being taken apart
    nothing can be told any more."""
    heard = False

    def hear(about: sys.UnraisableHookArgs) -> None:
        nonlocal heard
        if isinstance(about.exc_value, Exception) and not heard and not sys.is_finalizing():
            heard = True
            failed(about.exc_value)

    sys.unraisablehook = hear
