"""``stridelift run import``: runs from the files of watches, platforms and calendars."""

from __future__ import annotations

import shlex
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta, tzinfo

from msgspec.structs import replace

from tui.app.logbook import Logbook
from tui.bootstrap import localised
from tui.cli.base import Trouble, say, say_json, unreadable
from tui.cli.calendar import change
from tui.domain.model.text import clean, clip, number_of
from tui.domain.planning.calendar_changes import Change
from tui.domain.planning.calendar_codec import RACES, RUNS, WEEKLY, listed
from tui.domain.planning.diary import Run, WeeklyRun
from tui.domain.planning.run_matching import fresh, kind_of, moment
from tui.formats.run_file import Found, Window
from tui.formats.runs import MOST_BYTES, BadFile, read_runs

# How much of a calendar is read: behind and ahead of today.
BACK, AHEAD = timedelta(days=14), timedelta(days=366)
# More than are asked for to say what is long, as some of them have no length.
EARLIER = 30
# Of what sounds like a race: how many are told of, and how much of a name.
MOST_RACES = 5
SHOWN = 60


class Here(tzinfo):
    """The zone of this computer, with the offset that it has at each time."""

    def utcoffset(self, when: datetime | None) -> timedelta | None:
        """The offset at a time on the wall."""
        return None if when is None else localised(when.replace(tzinfo=None)).utcoffset()

    def dst(self, when: datetime | None) -> None:
        """Not known, and not asked for."""

    def tzname(self, when: datetime | None) -> None:
        """Not known, and not asked for."""

    def fromutc(self, when: datetime) -> datetime:
        """The time on the wall; in the hour that comes twice, the right one of the two."""
        local = when.replace(tzinfo=UTC).astimezone()
        here = local.replace(tzinfo=self)
        return here if here.utcoffset() == local.utcoffset() else here.replace(fold=1)


def bring_in(book: Logbook, names: Sequence[str], *, dry_run: bool, as_json: bool) -> None:
    """Bring in the runs of files, of all or of none, take out planned ones that are off, and say
    how many. Raises Trouble."""
    today = book.now().date()
    found = [_read(name, (today - BACK, today + AHEAD)) for name in names]
    stored = book.profile.histories()
    every, weekly = listed(stored, RUNS, book.notice), listed(stored, WEEKLY, book.notice)
    runs = [run for one in found for run in one.runs]
    off = frozenset[str]().union(*(one.cancelled for one in found)) - {run.id for run in runs}
    gone = [run for run in every if run.at is None and run.id in off]
    known = [run for run in every if run.at is not None or run.id not in off]
    news = fresh(_with_kinds(runs, known, weekly), known)
    if not dry_run and (news.new or news.replaced or gone):
        drop = frozenset(run.id for run in (*news.replaced, *gone))
        change(
            book,
            Change(listed=RUNS, drop=lambda run: run.at is None and run.id in drop, add=news.new),
        )
    counts = {
        "imported": len(news.new),
        "duplicate": news.duplicates,
        "replaced": len(news.replaced),
        "cancelled": len(gone),
        "no_run": sum(one.others for one in found),
    }
    races = _races([run for one in found for run in one.races], book)
    if as_json:
        named = [{"day": race.day.isoformat(), "name": race.name} for race in races]
        say_json({**counts, "races": named})
    else:
        say([_words(counts, dry_run=dry_run), *map(_proposed, races)])


def _read(name: str, window: Window) -> Found:
    try:
        with open(name, "rb") as file:  # noqa: PTH123  a name that may be a pipe
            return read_runs(name, file.read(MOST_BYTES + 1), Here(), window)
    except OSError as error:
        raise unreadable(name, error) from error
    except BadFile as bad:
        raise Trouble(f"{bad}. Nothing was imported") from bad


def _with_kinds(
    found: Iterable[Run], known: Iterable[Run], weekly: Sequence[WeeklyRun]
) -> list[Run]:
    """The runs of files, each of the kind that it looks like beside those before it."""
    found = list(found)
    done = sorted((run for run in (*known, *found) if run.at is not None), key=moment)
    moments = [moment(run) for run in done]
    made = []
    for run in found:
        before = bisect_left(moments, moment(run))
        made.append(
            replace(run, kind=kind_of(run, weekly, done[max(0, before - EARLIER) : before]))
        )
    return made


def _races(runs: Iterable[Run], book: Logbook) -> list[Run]:
    """Of what sounds like a race the next few that are to come, on days without a race so far."""
    taken = {race.day for race in listed(book.profile.histories(), RACES, book.notice)}
    today, found = book.now().date(), dict[str, Run]()
    for run in sorted(runs, key=moment):
        if run.day >= today and run.day not in taken:
            found.setdefault(run.name.casefold(), run)
    return list(found.values())[:MOST_RACES]


def _proposed(race: Run) -> str:
    """What to type to have a race in the calendar. A name may hold anything, so it is quoted as a
    shell wants it, and none of its words begins like an option."""
    words = [word.lstrip("-") for word in clip(clean(race.name), SHOWN).split()]
    name = shlex.join(filter(None, words))
    return f"This looks like a race: stridelift race add {race.day} {name}"


def _words(counts: Mapping[str, int], *, dry_run: bool) -> str:
    """How many runs came, and what became of the others, in a line."""
    came = f"{number_of(counts['imported'], 'run')} {'would be ' if dry_run else ''}imported"
    words = [came, f"{counts['duplicate']} already there"]
    if counts["replaced"]:
        words.append(f"{counts['replaced']} in the place of planned ones")
    if counts["cancelled"]:
        words.append(f"{counts['cancelled']} cancelled")
    return ", ".join([*words, f"{counts['no_run']} no run"])
