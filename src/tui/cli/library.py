"""``stridelift library``: exercises and programmes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tui.bootstrap import paths, shipped_library, whole_library
from tui.cli.base import (
    Options,
    Parser,
    Trouble,
    Usage,
    as_json,
    exercise,
    note,
    say,
    say_json,
    unreadable,
)
from tui.core.library import Library, Problem, overlay
from tui.core.library_text import exercise_page, library_lines
from tui.core.shapes import exercise_doc, programme_doc
from tui.store.errors import StoreError
from tui.store.own_library import read_json

HELP = """Look into the library.

  list           all exercises and programmes
  show EXERCISE  how one is done, its doses, its sources
  check [FILE]   what is wrong with your own library.json"""
ACTIONS = ("list", "show", "check")


def options(parser: Parser) -> None:
    """What to do, with what, --json."""
    parser.add_argument("action", metavar="list|show|check", choices=ACTIONS)
    parser.add_argument("what", metavar="EXERCISE|FILE", nargs="?")
    as_json(parser)


def run(options: Options) -> int:
    """Do what was asked; check gives 1 if there is something wrong."""
    if options.action == "check":
        return _check(options)
    if options.action == "list" and options.what is not None:
        raise Usage(f"library list takes nothing more; to see one: library show {options.what}")
    if options.action == "show" and options.what is None:
        raise Usage("library show needs an EXERCISE; stridelift library list names all")
    library, left_out = _library(options)
    if options.action == "list":
        _list(library, options)
    else:
        found = exercise(library, options.what)
        if options.json:
            say_json(exercise_doc(found))
        else:
            say(exercise_page(found, library))
    if left_out:
        note(left_out)
    return 0


def _library(options: Options) -> tuple[Library, str]:
    """The library; where the runner's own cannot be used the shipped one, and why."""
    try:
        library, problems = whole_library(paths(options.data_dir))
    except StoreError as error:
        return shipped_library(), str(error)
    if problems:
        return library, f"{_counted(problems)}; it is left out, stridelift library check says more"
    return library, ""


def _list(library: Library, options: Options) -> None:
    if options.json:
        say_json(
            {
                "exercises": [exercise_doc(e) for e in library.exercises.values()],
                "programmes": [programme_doc(p) for p in library.programmes.values()],
            }
        )
    else:
        say(library_lines(library))


def _check(options: Options) -> int:
    path = Path(options.what) if options.what else paths(options.data_dir).library
    if options.what is None and not path.exists():
        problems: Sequence[Problem] = []
        words = f"{path} is not there: you use the library that comes with the program."
    else:
        library, problems = overlay(shipped_library(), _read(path), name=str(path))
        words = f"{path} is sound; with it there are {len(library.exercises)} exercises."
    if options.json:
        say_json({"file": str(path), "problems": [str(problem) for problem in problems]})
    elif not problems:
        say([words])
    else:
        say(map(str, problems))
    if problems:
        raise Trouble(f"{_counted(problems)}; correct the file and check again")
    return 0


def _read(path: Path) -> object:
    try:
        path.open("rb").close()
    except OSError as error:
        raise unreadable(str(path), error) from error
    return read_json(path)


def _counted(problems: Sequence[Problem]) -> str:
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    return f"{problems[0]}{more}"
