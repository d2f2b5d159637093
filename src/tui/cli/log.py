"""``stridelift log``: logs sets, typed in the one-line notation."""

from __future__ import annotations

from datetime import date, datetime, time

from msgspec.structs import replace

from tui.app.as_planned import planned_for
from tui.app.local_time import localised
from tui.app.logbook import Logbook
from tui.app.plausible import known_before
from tui.app.taking_back import logged_last, take_back
from tui.cli.base import (
    CommandError,
    Options,
    Parser,
    Usage,
    exercise,
    logbook,
    note,
    past_day,
    say,
)
from tui.domain.calculator.morning_pain import region_name
from tui.domain.calculator.old_injuries import named_region
from tui.domain.calculator.plausibility import doubt, not_owned
from tui.domain.model.dates import day_text
from tui.domain.model.library.catalog import exercise_name
from tui.domain.model.logged import done_as, on_sides
from tui.domain.model.notation import Form, NotationError, Written, parse, show, written
from tui.domain.model.text import number_of
from tui.domain.model.values import Exercise, SetEntry
from tui.domain.session.actions import Refused
from tui.present.words import sets_text
from tui.store.steps import LOG

HELP = """Log sets of an exercise. They go into the session of that date, or a new one. What looks
like a typing error is logged, and a note says so; the same with --yes says that it is right. With
--undo, the last log is taken back; with another --undo the one before.

  3x8 60kg rir3      three sets of eight with 60 kg, three reps left
  60kg x 8,8,7       three sets with the same load
  3x25/side          three sets of 25 on each side
  3x8x5s/side        eight holds of five seconds a side, three times
  L40s R38s          one set, with its own value for each side
  8/side Rpain3      what is true of one side only, after its letter
  3x5 t10            ten seconds to lower
  3x8/side t3 p2     three seconds to lower, two held at the hard point
  3x40m 16kg/side    carries
  3x8 a20kg          20 kg of help, by a machine or a band

What is shown can be typed as well: 3 × 8 · 62,5 kg, 2 spare. Days are 14 feb, 14.2., mon,
yesterday, -3 or 2026-11-02.

  as planned         all sets, just as today and next have them

That is for today alone: what was planned on a past day is not kept."""

NOON = time(12)
IF_RIGHT = "if it is right, repeat this with --yes; if not, log --undo takes it back"
AS_PLANNED = "as planned"
BY_HAND = "delete sets in History, or a session with stridelift session delete"


def options(parser: Parser) -> None:
    """EXERCISE, SETS, --on, --yes, --undo."""
    parser.add_argument(
        "exercise", metavar="EXERCISE", nargs="?", help="its id, its name or the start of either"
    )
    parser.add_argument("sets", metavar="SETS", nargs="*", help="what was done, or: as planned")
    parser.add_argument("--on", metavar="DATE", help="when it was done (today)")
    parser.add_argument("--yes", action="store_true", help="it is right, however odd it looks")
    parser.add_argument("--undo", action="store_true", help="take back the last log")


def run(options: Options) -> int:
    """Write the sets, or take back the last ones, and say what was written."""
    if options.undo:
        if options.exercise is not None or options.on is not None or options.yes:
            raise Usage("log --undo takes nothing more: it takes back the last log")
        return _undo(options)
    if options.exercise is None or not options.sets:
        raise Usage("log takes an EXERCISE and its SETS; stridelift log --help says more")
    sets = " ".join(" ".join(options.sets).split())
    as_planned = sets.casefold() == AS_PLANNED
    with logbook(options, write=True) as book:
        found = exercise(book.profile.library, options.exercise)
        typed = () if as_planned else _typed(sets, found)
        now = book.now()
        day = past_day(options.on, now.date(), "log it when it is done")
        if book.recorder.live is not None and book.recorder.live.started.date() == day:
            raise CommandError(
                f"a session of {day} is under way; log it there, or finish it first (stridelift)"
            )
        if as_planned:
            found, typed = _planned(book, found, day)
        begun = now if day == now.date() else localised(datetime.combine(day, NOON))
        unit = book.profile.unit
        # What was planned is never odd.
        asked = {row.side: row.measures for row in typed} if as_planned else {}
        odd = doubt(typed, asked, known_before(book, found, day), unit)
        if options.yes:
            # All of it: what looks odd to the tracker need not look odd here.
            typed = tuple(replace(one, confirmed=True) for one in typed)
        if options.yes and odd is not None:
            before = logged_last(book, found.id, day)
            if show(map(written, before)) == show(on_sides(found.sides, typed)):
                # The note was read, and the command repeated with --yes.
                take_back(book, LOG)
                book.read_all()
        rows = book.recorder.log(found, typed, begun, as_planned=as_planned)
        say([f"{day_text(day)}  {found.name}: {sets_text(rows, unit, Form.COMPACT)}"])
        inventory = book.profile.setup.inventory
        region = named_region(book.profile.setup.profile, found)
    if not options.yes:
        if odd is not None:
            note(f"{odd.words.removesuffix('.')}; {IF_RIGHT}")
        for load in sorted({row.measures.load_kg or 0.0 for row in typed}):
            if words := not_owned(load, found, inventory, unit):
                note(words)
    if region is not None and all(row.pain is None for row in typed):
        note(
            f"since you named your {region_name(region)}: how is it? Say so in the sets (pain2), "
            f"or tomorrow with stridelift morning {region} PAIN"
        )
    return 0


def _typed(words: str, found: Exercise) -> tuple[Written, ...]:
    try:
        return parse(words, found.kind)
    except NotationError as wrong:
        raise Usage(str(wrong)) from wrong


def _planned(book: Logbook, asked: Exercise, day: date) -> tuple[Exercise, tuple[Written, ...]]:
    """The exercise to do today where this one was asked about, and its sets as planned."""
    if day != book.now().date():
        raise Usage("as planned is for today: what was planned on a past day is not kept")
    try:
        planned = planned_for(book, asked, day)
    except Refused as refusal:
        raise CommandError(str(refusal)) from refusal
    if planned.exercise.id != asked.id:
        note(f"today {planned.exercise.name} is planned instead of {asked.name}")
    return planned.exercise, done_as(planned.plan)


def _undo(options: Options) -> int:
    with logbook(options, write=True) as book:
        back = take_back(book, LOG)
        if back is None:
            raise CommandError(f"there is no log left to undo; {BY_HAND}")
        if not back.rows and not back.stayed:
            say([f"The last log, of {back.at[:10]}, is not in your log any more"])
        library, unit = book.profile.library, book.profile.unit
        of_one: dict[tuple[date, str], list[SetEntry]] = {}
        for session, done, row in back.rows:
            of_one.setdefault((session.day, done), []).append(row)
        say(
            f"Taken back: {day_text(day)}  {exercise_name(library, done)}: "
            f"{sets_text(rows, unit, Form.COMPACT)}"
            for (day, done), rows in of_one.items()
        )
        if back.stayed:
            kept = "was kept" if back.stayed == 1 else "were kept"
            say([f"{number_of(back.stayed, 'later change')} {kept}; undo that in History"])
    return 0
