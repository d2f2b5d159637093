"""``stridelift run import``: runs from the files of watches, platforms and calendars."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time, timedelta, tzinfo

from msgspec.structs import replace

from tui.bootstrap import localised
from tui.cli.base import Trouble, counted, say, say_json, unreadable
from tui.cli.calendar import rewrite
from tui.core.season.kept import RUNS, WEEKLY, listed
from tui.core.season.recorded import Fresh, fresh, kind_of
from tui.core.season.values import Run, WeeklyRun
from tui.exchange.runs import MOST_BYTES, BadFile, Found, Window, read_runs
from tui.logbook import Logbook

# How much of a calendar is read: behind and ahead of today.
BACK, AHEAD = timedelta(days=14), timedelta(days=366)
# More than are asked for to say what is long, as some of them have no length.
EARLIER = 30


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
    """Bring in the runs of files, of all or of none, and say how many. Raises Trouble."""
    today = book.now().date()
    found = [_read(name, (today - BACK, today + AHEAD)) for name in names]
    stored = book.profile.histories()
    known, weekly = listed(stored, RUNS, book.notice), listed(stored, WEEKLY, book.notice)
    runs = [run for one in found for run in one.runs]
    news = fresh(_with_kinds(runs, known, weekly), known)
    if not dry_run and (news.new or news.replaced):
        gone = {run.id for run in news.replaced}
        rewrite(book, RUNS, drop=lambda run: run.id in gone, add=news.new)
    _report(news, sum(one.others for one in found), dry_run=dry_run, as_json=as_json)


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
    done = sorted((run for run in (*known, *found) if run.at is not None), key=_moment)
    moments = [_moment(run) for run in done]
    made = []
    for run in found:
        before = bisect_left(moments, _moment(run))
        made.append(
            replace(run, kind=kind_of(run, weekly, done[max(0, before - EARLIER) : before]))
        )
    return made


def _moment(run: Run) -> datetime:
    return datetime.combine(run.day, run.start or time())


def _report(news: Fresh, others: int, *, dry_run: bool, as_json: bool) -> None:
    counts = {
        "imported": len(news.new),
        "duplicate": news.duplicates,
        "replaced": len(news.replaced),
        "no_run": others,
    }
    if as_json:
        say_json(counts)
        return
    came = f"{counted(len(news.new), 'run')} {'would be ' if dry_run else ''}imported"
    words = [came, f"{news.duplicates} already there"]
    if news.replaced:
        words.append(f"{len(news.replaced)} in the place of planned ones")
    say([", ".join([*words, f"{others} no run"])])
