"""``stridelift run import``: imports runs from files of watches, platforms and calendars."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence

from tui.app.import_files import Contents
from tui.app.import_words import run_lines
from tui.app.imports import ImportedRuns, find_runs, import_runs
from tui.app.local_time import LocalZone
from tui.app.logbook import Logbook
from tui.cli.base import CommandError, note, say, say_json
from tui.domain.model.text import clean, clip
from tui.domain.planning.diary import Run
from tui.formats.runs import BadFile

# How much of a race's name is shown, in characters.
SHOWN = 60
# How many notes are shown.
MOST_NOTES = 10
COUNTS = ("imported", "duplicate", "replaced", "cancelled", "outside", "no_run")


def import_files(
    book: Logbook, names: Sequence[str], *, dry_run: bool, keep_going: bool, as_json: bool
) -> int:
    """Import the runs of files, folders and archives and say how many. Returns the exit code: 1 if
    something was left out. Raises CommandError."""
    files = Contents(names, keep_going=keep_going)
    try:
        there = find_runs(book, files, LocalZone(), keep_going=keep_going)
    except BadFile as bad:
        several = len(names) > 1 or not str(bad).startswith(f"{clean(names[0])}: ")
        rest = "; --keep-going imports the rest" if bad.rest or several else ""
        raise CommandError(f"{bad}. Nothing was imported{rest}") from bad
    found = import_runs(book, there, dry_run=dry_run)
    refused = [*files.refused, *found.refused]
    if as_json:
        say_json({**run_counts(found), "passed_over": files.passed_over, "refused": refused})
    else:
        say(run_lines(found, files.passed_over, dry_run=dry_run))
        propose_races(found)
    left_out(refused)
    return 1 if refused else 0


def run_counts(found: ImportedRuns) -> dict[str, object]:
    """What came of runs, as JSON."""
    races = [{"day": race.day.isoformat(), "name": race.name} for race in found.races]
    counts = {name: getattr(found, name) for name in COUNTS}
    return {**counts, "unknown": found.unknown, "notes": found.notes, "races": races}


def propose_races(found: ImportedRuns) -> None:
    """Say which runs look like races, with the command that adds each, and print the notes."""
    say(map(_proposed, found.races))
    for line in found.notes[:MOST_NOTES]:
        note(line)
    if len(found.notes) > MOST_NOTES:
        note(f"{len(found.notes) - MOST_NOTES} more notes; --json has them all")


def left_out(refused: Iterable[object]) -> None:
    """Print what was left out, a line each."""
    for line in refused:
        note(f"left out: {line}")


def _proposed(race: Run) -> str:
    """The command that adds a race to the calendar. A name may contain anything, so it is quoted
    for the shell, and no word in it looks like an option."""
    words = [word.lstrip("-") for word in clip(clean(race.name), SHOWN).split()]
    name = shlex.join(filter(None, words))
    return f"This looks like a race: stridelift race add {race.day} {name}"
