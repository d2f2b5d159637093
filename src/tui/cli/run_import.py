"""``stridelift run import``: imports runs from files of watches, platforms and calendars."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence

from tui.app.imports import ImportedRuns, import_runs
from tui.app.local_time import LocalZone
from tui.app.logbook import Logbook
from tui.cli.base import CommandError, say, say_json, unreadable
from tui.domain.model.text import clean, clip, number_of
from tui.domain.planning.diary import Run
from tui.formats.runs import MOST_BYTES, BadFile

# How much of a race's name is shown, in characters.
SHOWN = 60


def import_files(book: Logbook, names: Sequence[str], *, dry_run: bool, as_json: bool) -> None:
    """Import the runs of files and say how many. Raises CommandError."""
    try:
        found = import_runs(book, _contents(names), LocalZone(), dry_run=dry_run)
    except BadFile as bad:
        raise CommandError(f"{bad}. Nothing was imported") from bad
    if as_json:
        races = [{"day": race.day.isoformat(), "name": race.name} for race in found.races]
        counts = ("imported", "duplicate", "replaced", "cancelled", "no_run")
        say_json({**{name: getattr(found, name) for name in counts}, "races": races})
    else:
        say([_words(found, dry_run=dry_run), *map(_proposed, found.races)])


def _contents(names: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """The name and content of each file; one that is too large is read just past the limit."""
    for name in names:
        try:
            with open(name, "rb") as file:  # noqa: PTH123  a name that may be a pipe
                data = file.read(MOST_BYTES + 1)
        except OSError as error:
            raise unreadable(name, error) from error
        yield name, data


def _proposed(race: Run) -> str:
    """The command that adds a race to the calendar. A name may contain anything, so it is quoted
    for the shell, and no word in it looks like an option."""
    words = [word.lstrip("-") for word in clip(clean(race.name), SHOWN).split()]
    name = shlex.join(filter(None, words))
    return f"This looks like a race: stridelift race add {race.day} {name}"


def _words(found: ImportedRuns, *, dry_run: bool) -> str:
    """How many runs were imported, and what became of the rest, in one line."""
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
    return "; ".join(words)
