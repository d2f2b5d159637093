"""``stridelift run``: the runs that strength sessions must fit around."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, time, timedelta

from tui.app.logbook import Logbook
from tui.cli.base import Options, Parser, Usage, logbook, say, say_json
from tui.cli.calendar import LIST, Action, add_options, check, one_line
from tui.domain.model.dates import DAYS, day_text
from tui.domain.model.validation import BadDocument
from tui.domain.planning.calendar_changes import every_week, with_run, without
from tui.domain.planning.calendar_codec import RUNS, WEEKLY, listed
from tui.domain.planning.diary import Run, WeeklyRun
from tui.domain.planning.run_parser import RunWords, a_run, parse_run_words, run_text, weekly_text

HELP = """Your runs, so that lifting stays out of the way of speed sessions and long runs.

  add WORDS             a weekday (every week) or a date (once), then any details: easy, speed,
                        long or hills, 07:00; for a single run also 24km, +900m, 2:30h
  list                  weekly runs, upcoming ones, and those of the last two weeks
  remove WHEN [TIME]    by weekday or date, and by kind or time if there are several
  import PATH ...       recorded or planned runs, from files, folders and zip archives; --dry-run
                        only says what would happen, --keep-going leaves out what cannot be read

On a date with runs of its own, the weekly runs do not count.

  stridelift run add tue 07:00 speed
  stridelift run add sun long
  stridelift run add 29 nov 08:00 long 24km +900m"""
ANY = float("inf")
ACTIONS = {
    "add": Action(1, ANY, "a weekday or a date, and any details of the run"),
    "list": LIST,
    "remove": Action(1, ANY, "a weekday or a date, and a time or kind if it has several runs"),
    "import": Action(
        1,
        ANY,
        "one or more files, folders or zip archives",
        frozenset({"dry_run", "keep_going", "json"}),
    ),
}
LAST_DAYS = 14


def options(parser: Parser) -> None:
    """The action, the run or files, --dry-run, --keep-going, --json."""
    add_options(parser, ACTIONS, "WORDS|PATH")
    parser.add_argument("--dry-run", action="store_true", help="only say what would be imported")
    parser.add_argument(
        "--keep-going", action="store_true", help="import the rest if a file cannot be read"
    )


def run(options: Options) -> int:
    """Do what was asked."""
    check(options, "run", ACTIONS)
    writes = options.action != "list" and not options.dry_run
    with logbook(options, write=writes, read=False) as book:
        if options.action == "list":
            _list(book, as_json=options.json)
        elif options.action == "add":
            _add(book, " ".join(options.words))
        elif options.action == "remove":
            _remove(book, " ".join(options.words))
        else:
            from tui.cli.run_import import import_files

            return import_files(
                book,
                options.words,
                dry_run=options.dry_run,
                keep_going=options.keep_going,
                as_json=options.json,
            )
    return 0


# -- changes ---------------------------------------------------------------------------------------


def _add(book: Logbook, typed: str) -> None:
    try:
        made = with_run(a_run(typed, book.now().date()))
    except BadDocument as bad:
        raise Usage(f"run add takes {bad}") from bad
    book.profile.change_calendar(made)
    say([made.words])


def _remove(book: Logbook, typed: str) -> None:
    try:
        wanted = parse_run_words(typed, book.now().date())
    except BadDocument as bad:
        raise Usage(f"run remove takes {bad}") from bad
    amounts = (wanted.distance_m, wanted.climb_m, wanted.duration_s)
    if any(amounts) or (wanted.day is None and wanted.weekday is None):
        raise Usage(f"run remove takes {ACTIONS['remove'].takes}")
    if wanted.day is None:
        _remove_weekly(book, wanted)
    else:
        _remove_single(book, wanted, wanted.day)


def _remove_weekly(book: Logbook, wanted: RunWords) -> None:
    runs = listed(book.profile.store.histories(), WEEKLY, book.notice)
    found = [run for run in runs if run.weekday == wanted.weekday and _fits(run, wanted)]
    day = DAYS[wanted.weekday or 0]
    line = one_line(found, every_week, _none(f"every {day}", wanted), "give its time or its kind")
    book.profile.change_calendar(without(WEEKLY, found))
    say([f"{line}: removed"])


def _remove_single(book: Logbook, wanted: RunWords, day: date) -> None:
    runs = listed(book.profile.store.histories(), RUNS, book.notice)
    found = [run for run in runs if run.day == day and _fits(run, wanted)]
    line = one_line(
        found, run_text, _none(f"on {day_text(day)}", wanted), "give its time or its kind"
    )
    book.profile.change_calendar(without(RUNS, found))
    say([f"{line}: removed"])


def _fits(run: Run | WeeklyRun, wanted: RunWords) -> bool:
    """Whether a run has the given time, to the minute, and the given kind."""
    return wanted.kind in (None, run.kind) and wanted.start in (None, _minute(run.start))


def _minute(start: time | None) -> time | None:
    return start and start.replace(second=0, microsecond=0)


def _none(when: str, wanted: RunWords) -> str:
    such = " such" if wanted.kind or wanted.start else ""
    return f"there is no{such} run {when}; stridelift run list shows them"


# -- looking ---------------------------------------------------------------------------------------


def _list(book: Logbook, *, as_json: bool) -> None:
    stored = book.profile.store.histories()
    weekly, runs = listed(stored, WEEKLY, book.notice), listed(stored, RUNS, book.notice)
    if as_json:
        say_json({"weekly": list(map(WEEKLY.doc, weekly)), "runs": list(map(RUNS.doc, runs))})
    else:
        say(_lines(weekly, runs, book.now().date()))


def _lines(weekly: Sequence[WeeklyRun], runs: Sequence[Run], today: date) -> Iterator[str]:
    """The weekly runs, upcoming single ones, and those of the last two weeks, newest first."""
    since = today - timedelta(days=LAST_DAYS)
    coming = [run for run in runs if run.day >= today and run.at is None]
    last = [run for run in runs if since < run.day <= today and run not in coming]
    if not weekly and not runs:
        yield "No runs yet; stridelift run add tue 07:00 speed"
    elif not weekly and not coming and not last:
        yield f"No runs to come, none in the last {LAST_DAYS} days."
    yield from _part("Every week", map(weekly_text, weekly))
    yield from _part("To come", map(_named, coming))
    yield from _part(f"The last {LAST_DAYS} days", map(_done, reversed(last)))


def _part(title: str, lines: Iterator[str]) -> Iterator[str]:
    found = list(lines)
    if found:
        yield title
        yield from (f"  {line}" for line in found)


def _named(run: Run) -> str:
    return f"{run_text(run)}  {run.name}"


def _done(run: Run) -> str:
    return _named(run) if run.at else f"{run_text(run)}, as planned"
