"""``stridelift next``: prints what to do next for an exercise, or for the whole session."""

from __future__ import annotations

from tui.cli.base import Options, Parser, Usage, as_json, exercise, logbook, note, say, say_json
from tui.domain.calculator.morning_pain import stale_note, stale_regions
from tui.present.advice import advice_doc, advice_lines

HELP = "What to do next for an exercise, and why. Changes nothing."


def options(parser: Parser) -> None:
    """The exercise, or --all; --json."""
    parser.add_argument("exercise", nargs="?", metavar="EXERCISE", help="an id or a name")
    parser.add_argument("--all", action="store_true", help="every exercise of the session")
    as_json(parser)


def run(options: Options) -> int:
    """Print it."""
    if bool(options.exercise) == options.all:
        raise Usage("next: name an exercise, or use --all; stridelift next --help says more")
    with logbook(options, read=False) as book:
        day = book.now().date()
        if options.all:
            advice = book.planner.next_plan(day).advised
        else:
            advice = [book.planner.advise(exercise(book.profile.library, options.exercise), day)]
        if options.json:
            docs = [advice_doc(one, book.profile.library, day) for one in advice]
            say_json(docs if options.all else docs[0])
        else:
            blocks = [advice_lines(one, book.profile.library, book.profile.unit) for one in advice]
            say(line for block in blocks for line in (*block, ""))
        silent = stale_regions(book.profile.setup, book.planner.state(day), day)
    if silent:
        note(stale_note(silent))
    return 0
