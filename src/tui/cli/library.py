"""``stridelift library``: lists and shows exercises and programmes, checks the runner's own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tui.bootstrap import paths, shipped_library, whole_library
from tui.cli.base import (
    CommandError,
    Options,
    Parser,
    Usage,
    as_json,
    logbook,
    note,
    say,
    say_json,
    unreadable,
)
from tui.domain.model.library.parser import Library, Problem, overlay
from tui.domain.model.library.search import lookup, lookup_programme
from tui.domain.model.values import Exercise, Programme
from tui.present.library import (
    exercise_doc,
    exercise_page,
    library_lines,
    programme_doc,
    programme_page,
    whole_programme_doc,
)
from tui.store.errors import StoreError
from tui.store.own_library import OwnLibrary, read_json

HELP = """Look things up in the library.

  list            all exercises and programmes
  show EXERCISE   how it is done, its doses, its sources
  show PROGRAMME  its weeks, its sessions with your doses, its sources
  check [FILE]    what is wrong with your own library.json"""
ACTIONS = ("list", "show", "check")


def options(parser: Parser) -> None:
    """The action, what to act on, --json."""
    parser.add_argument("action", metavar="list|show|check", choices=ACTIONS)
    parser.add_argument("what", metavar="EXERCISE|PROGRAMME|FILE", nargs="?")
    as_json(parser)


def run(options: Options) -> int:
    """Do what was asked; ``check`` returns 1 if it finds a problem."""
    if options.action == "check":
        return _check(options)
    if options.action == "list" and options.what is not None:
        raise Usage(f"library list takes nothing more; to see one: library show {options.what}")
    if options.action == "show" and options.what is None:
        raise Usage(
            "library show needs an EXERCISE or a PROGRAMME; stridelift library list names all"
        )
    library, left_out = _library(options)
    if options.action == "list":
        _list(library, options)
    else:
        found = _meant(library, options.what)
        if isinstance(found, Programme):
            _programme(found.id, options)
            return 0
        if options.json:
            say_json(exercise_doc(found, library))
        else:
            say(exercise_page(found, library))
    for words in (left_out, OwnLibrary(paths(options.data_dir), shipped_library).changes()):
        if words:
            note(words)
    return 0


def _library(options: Options) -> tuple[Library, str]:
    """The library, and an empty line; the shipped one, and why, if the runner's cannot be used."""
    try:
        library, problems = whole_library(paths(options.data_dir))
    except StoreError as error:
        return shipped_library(), str(error)
    if problems:
        return library, f"{_counted(problems)}; it is left out, stridelift library check says more"
    return library, ""


def _meant(library: Library, word: str) -> Exercise | Programme:
    """The exercise, else the programme, that a word names; a full id comes before the start of one.
    Raises CommandError with suggestions."""
    if word in library.programmes and word not in library.exercises:
        return library.programmes[word]
    found, other = lookup(library, word), lookup_programme(library, word)
    if isinstance(found, Exercise):
        return found
    if isinstance(other, Programme):
        return other
    close = " or ".join([*(e.id for e in found[:2]), *(p.id for p in other[:2])])
    hint = f"did you mean {close}? " if close else ""
    raise CommandError(
        f"there is no exercise or programme {word}; {hint}stridelift library list shows all"
    )


def _programme(name: str, options: Options) -> None:
    """Print a programme with the doses for the runner's level from the settings."""
    with logbook(options, read=False) as book:
        programme, level = (
            book.profile.library.programmes[name],
            book.profile.level(book.now().date()),
        )
        if options.json:
            say_json(whole_programme_doc(programme, book.profile.library, level))
        else:
            say(programme_page(programme, book.profile.library, level))


def _list(library: Library, options: Options) -> None:
    if options.json:
        say_json(
            {
                "exercises": [exercise_doc(e, library) for e in library.exercises.values()],
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
        words = f"{path} is valid; with it there are {len(library.exercises)} exercises."
    if options.json:
        say_json({"file": str(path), "problems": [str(problem) for problem in problems]})
    elif not problems:
        say([words])
    else:
        say(map(str, problems))
    if problems:
        raise CommandError(f"{_counted(problems)}; correct the file and check again")
    return 0


def _read(path: Path) -> object:
    try:
        return read_json(path)
    except StoreError as error:
        if isinstance(error.__cause__, OSError):
            raise unreadable(str(path), error.__cause__) from error
        raise


def _counted(problems: Sequence[Problem]) -> str:
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    return f"{problems[0]}{more}"
