"""``stridelift run import``: imports runs from files of watches, platforms and calendars."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence

from tui.app.import_files import Contents
from tui.app.imports import AHEAD, BACK, ImportedRuns, import_runs
from tui.app.local_time import LocalZone
from tui.app.logbook import Logbook
from tui.cli.base import CommandError, note, say, say_json
from tui.domain.model.text import clean, clip, number_of
from tui.domain.planning.diary import Run
from tui.formats.runs import BadFile

# How much of a race's name is shown, in characters.
SHOWN = 60
# How many notes and names of activities are shown.
MOST_NOTES, MOST_NAMES = 10, 5
COUNTS = ("imported", "duplicate", "replaced", "cancelled", "outside", "no_run")


def import_files(
    book: Logbook, names: Sequence[str], *, dry_run: bool, keep_going: bool, as_json: bool
) -> int:
    """Import the runs of files, folders and archives and say how many. Returns the exit code: 1 if
    something was left out. Raises CommandError."""
    files = Contents(names, keep_going=keep_going)
    try:
        found = import_runs(book, files, LocalZone(), dry_run=dry_run, keep_going=keep_going)
    except BadFile as bad:
        raise CommandError(f"{bad}. Nothing was imported") from bad
    refused = [*files.refused, *found.refused]
    if as_json:
        races = [{"day": race.day.isoformat(), "name": race.name} for race in found.races]
        lines = {"unknown": found.unknown, "notes": found.notes, "refused": refused}
        counts = {name: getattr(found, name) for name in COUNTS}
        say_json({**counts, "passed_over": files.passed_over, **lines, "races": races})
    else:
        say([*_words(found, files.passed_over, dry_run=dry_run), *map(_proposed, found.races)])
        for line in found.notes[:MOST_NOTES]:
            note(line)
        if len(found.notes) > MOST_NOTES:
            note(f"{len(found.notes) - MOST_NOTES} more notes; --json has them all")
    for line in refused:
        note(f"left out: {line}")
    return 1 if refused else 0


def _proposed(race: Run) -> str:
    """The command that adds a race to the calendar. A name may contain anything, so it is quoted
    for the shell, and no word in it looks like an option."""
    words = [word.lstrip("-") for word in clip(clean(race.name), SHOWN).split()]
    name = shlex.join(filter(None, words))
    return f"This looks like a race: stridelift race add {race.day} {name}"


def _words(found: ImportedRuns, passed_over: int, *, dry_run: bool) -> Iterator[str]:
    """How many runs were imported, in one line, and what became of the rest."""
    came = f"{number_of(found.imported, 'run')} {'would be ' if dry_run else ''}imported"
    words = [came, f"{found.duplicate} already there"]
    if found.replaced:
        words.append(f"{found.replaced} in place of planned ones")
    if found.cancelled:
        words.append(f"{found.cancelled} cancelled")
    others = found.no_run
    words.append(
        "1 activity was not a run" if others == 1 else f"{others} activities were not runs"
    )
    yield "; ".join(words)
    if found.outside:
        ahead = f"{BACK.days} days ago or {AHEAD.days} days ahead"
        yield f"{number_of(found.outside, 'run')} of a calendar left out: beyond {ahead}"
    if found.unknown:
        names = list(dict.fromkeys(found.unknown))
        more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
        one = len(found.unknown) == 1
        which = "1 activity of a sport" if one else f"{len(found.unknown)} activities of sports"
        yield f"{which} we do not know: {', '.join(names[:MOST_NAMES])}{more}"
    if passed_over:
        yield f"{number_of(passed_over, 'file')} passed over: hidden, or not of runs by name"
