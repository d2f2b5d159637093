"""``stridelift routine``: lists and shows routines, and starts one on the full screen."""

from __future__ import annotations

from tui.app.logbook import Logbook
from tui.cli.base import (
    CommandError,
    Options,
    Parser,
    Usage,
    as_json,
    can_draw,
    logbook,
    say,
    say_json,
)
from tui.domain.model.library.parser import Library
from tui.domain.model.library.search import lookup_routine
from tui.domain.model.values import Routine
from tui.present.routine import (
    NOTHING,
    caution_words,
    day_doc,
    list_lines,
    routine_doc,
    routine_page,
)

HELP = """A few minutes to do by themselves, or before or after a session.

  list           all routines
  show ROUTINE   what it is today: with what you have here, sparing what hurts
  start ROUTINE  begin it now, on the full screen

  stridelift routine start before-run"""
ACTIONS = ("list", "show", "start")


def options(parser: Parser) -> None:
    """The action, the routine, --anyway, --json."""
    parser.add_argument("action", metavar="list|show|start", choices=ACTIONS)
    parser.add_argument("routine", metavar="ROUTINE", nargs="?")
    parser.add_argument(
        "--anyway", action="store_true", help="start it though it is better left for another day"
    )
    as_json(parser)


def run(options: Options) -> int:
    """Do what was asked."""
    action, word = options.action, options.routine
    if action == "list" and word is not None:
        raise Usage(f"routine list takes nothing more; to see one: routine show {word}")
    if action != "list" and word is None:
        raise Usage(f"routine {action} needs a ROUTINE; stridelift routine list names all")
    if action != "start" and options.anyway:
        raise Usage(f"--anyway is for routine start; routine {action} only looks")
    if action == "start" and options.json:
        raise Usage("routine start opens the full screen; --json is for list and show")
    if action == "start":
        return _start(options)
    with logbook(options, read=False) as book:
        library = book.profile.library
        if action == "list":
            _list(library, options)
            return 0
        day = book.planner.routine(_meant(library, word), book.now().date())
        if options.json:
            say_json(day_doc(day, library))
        else:
            say(routine_page(day, library, book.profile.unit))
    return 0


def _list(library: Library, options: Options) -> None:
    routines = library.routines.values()
    if options.json:
        say_json({"routines": [routine_doc(one) for one in routines]})
    else:
        say(list_lines(routines))


def _meant(library: Library, word: str) -> Routine:
    """The routine that a word names. Raises CommandError with suggestions."""
    found = lookup_routine(library, word)
    if isinstance(found, Routine):
        return found
    close = f"did you mean {' or '.join(one.id for one in found[:3])}? " if found else ""
    raise CommandError(f"there is no routine {word}; {close}stridelift routine list shows all")


def _start(options: Options) -> int:
    from tui.cli.screen import open_screen  # Only this action needs it.

    if not can_draw():
        raise CommandError(
            "routine start opens the full screen, which needs a terminal; "
            f"stridelift routine show {options.routine} prints it"
        )
    return open_screen(options, lambda book: _begin(book, options))


def _begin(book: Logbook, options: Options) -> None:
    """Begin the routine as a session of its own. Raises CommandError if that cannot be now."""
    one = _meant(book.profile.library, options.routine)
    if not book.access.granted:
        raise CommandError(
            f"{book.access.holder} has this log open; there Z begins a routine, or close it first"
        )
    if book.recorder.live is not None:
        raise CommandError(
            "a session is under way; stridelift opens it, and Z there adds a routine to it"
        )
    day = book.planner.routine(one, book.now().date())
    if not day.plan.items:
        raise CommandError(NOTHING)
    if day.cautions and not options.anyway:
        words = " ".join(caution_words(day))
        raise CommandError(f"{words} With --anyway it starts all the same")
    book.recorder.start(day.plan)
