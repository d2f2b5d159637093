"""``stridelift import``: imports what other apps, watches and Stridelift itself have written."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Mapping
from io import StringIO
from typing import Any

from tui.app.file_import import (
    Brought,
    Gathered,
    NotRead,
    Refused,
    Request,
    brought,
    gather,
    known_columns,
)
from tui.app.import_files import Contents, Piped
from tui.app.import_words import asked, lines
from tui.app.logbook import Logbook
from tui.app.other_logs import Incoming
from tui.app.taking_back import take_back
from tui.cli.base import (
    CommandError,
    Options,
    Parser,
    Usage,
    as_json,
    exercise,
    logbook,
    note,
    say,
    say_json,
    unreadable,
)
from tui.cli.run_import import left_out, propose_races, run_counts
from tui.domain.model.library.catalog import Library, NameChoice
from tui.domain.model.text import clean, number_of
from tui.domain.model.units import UNITS
from tui.domain.model.validation import BadDocument
from tui.domain.model.values import Kind
from tui.formats.other_apps.apps import FORMATS, UnknownColumns
from tui.formats.other_apps.table import text_of
from tui.formats.run_file import MOST_BYTES
from tui.formats.runs import BadFile
from tui.store.steps import IMPORT, Steps

HELP = """Import training from files, folders and zip archives, whatever is in them: the log of
another app, sets that a watch recorded, runs, a calendar, or what export wrote
(docs/bring-your-log). All of it comes in or, if anything is wrong, nothing. What is in your log
already stays. With --undo, the last import is taken back, except for what was changed since.

An exercise whose name your library does not have becomes one of your own. With --map FILE you say
what a name means: a line for each, with the app's name, a comma, and the exercise here, "new" or
"new hold" for one of your own, or "-" to leave it out. If the app gives the weight of one side of a
machine, add a comma and 2."""
COMES_AGAIN = (
    "The file of another app can come in again; what an export of Stridelift brought stays deleted"
)
PIPE = "-"
NEW, LEFT_OUT = "new", "-"
MOST_MAP_BYTES = 1_000_000
PIECE = 1 << 16


def options(parser: Parser) -> None:
    """FILE, how it is to be read, and what is to be done with it."""
    parser.add_argument(
        "files", metavar="FILE", nargs="*", help="a file, folder or zip archive; - reads a pipe"
    )
    parser.add_argument(
        "--format", metavar="APP", choices=FORMATS, default="", help=", ".join(FORMATS)
    )
    parser.add_argument("--unit", choices=UNITS, default="", help="of weights that have none")
    parser.add_argument("--map", metavar="FILE", help="what the names of exercises mean")
    parser.add_argument(
        "--columns", metavar="NAMES", default="", help="of another table: 'date=Day, reps=Count'"
    )
    parser.add_argument("--runs", action="store_true", help="runs in a strength log come in too")
    parser.add_argument("--dry-run", action="store_true", help="only say what would happen")
    parser.add_argument(
        "--keep-going", action="store_true", help="leave out what cannot be read, and name it"
    )
    parser.add_argument("--undo", action="store_true", help="take back the last import")
    as_json(parser)


def run(options: Options) -> int:
    """Read and check everything, bring it in, and say how much came; or take back the last
    import."""
    if options.undo:
        if options.files or options.dry_run:
            raise Usage("import --undo takes nothing more: it takes back the last import")
        return _undo(options)
    if not options.files:
        raise Usage("import takes a FILE; stridelift import --help says more")
    with logbook(options, write=not options.dry_run) as book:
        request = _request(options, book)
        steps = Steps(book.paths, IMPORT)
        before = steps.newest()
        try:
            gathered = _gathered(options, book, request)
            came = brought(book, gathered, request, dry_run=options.dry_run)
        except KeyboardInterrupt:
            there = "stopped while writing; stridelift import --undo takes back what came in"
            note(there if steps.newest() > before else "stopped; nothing was imported")
            raise
        except NotRead as bad:
            _refuse(options, bad)
        except (BadDocument, BadFile) as bad:
            named = clean(options.files[0]) if len(options.files) == 1 else "The files"
            if isinstance(bad, UnknownColumns):
                named = clean(bad.file)
            raise CommandError(f"{named}: {bad}. Nothing was imported") from bad
        library = book.profile.library
    _report(options, gathered, came, library)
    return 1 if came.refused else 0


def _gathered(options: Options, book: Logbook, request: Request) -> Gathered:
    if options.files == [PIPE]:
        return gather(book, Piped(_piped()), request)
    files = Contents(options.files, keep_going=options.keep_going, logs=True)
    try:
        return gather(book, files, request, _progress)
    finally:
        _progress(0)


def _piped() -> bytes:
    """What is piped in, at most a little more than the limit. It is read piece by piece, as in one
    long call to read a ctrl+c can get lost."""
    data = bytearray()
    pipe: Any = sys.stdin.buffer  # a BufferedReader, though it is typed as less
    while len(data) <= MOST_BYTES and (piece := pipe.read1(PIECE)):
        data += piece
    return bytes(data)


def _progress(count: int) -> None:
    """Say on a terminal how many files have been read; 0 clears the line."""
    if not sys.stderr.isatty():
        return
    if count == 0:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
    elif count % 10 == 0:
        print(f"\r{count:,} files read", end="", file=sys.stderr, flush=True)


# -- what the runner says -------------------------------------------------------------------------


def _request(options: Options, book: Logbook) -> Request:
    library = book.profile.library
    names: dict[str, NameChoice] = {}
    new: dict[str, Kind | None] = {}
    for line, row in _map_rows(options.map):
        name, meant, *more = [*(part.strip() for part in row), "", ""]
        try:
            if not name or not meant:
                raise BadDocument("needs the app's name, a comma, and what it means here")
            weights = _weights(more[0])
            if meant.split()[:1] == [NEW]:
                new[name] = _kind(meant)
                names[name] = NameChoice(weights=weights)
            else:
                names[name] = _choice(meant, weights, library)
        except BadDocument as bad:
            raise CommandError(f"{options.map}: line {line}: {bad}. Nothing was imported") from bad
    return Request(
        wanted=options.format,
        unit=options.unit,
        columns=options.columns,
        tables=known_columns(book),
        names=names,
        new=new,
        with_runs=options.runs,
        keep_going=options.keep_going,
    )


def _map_rows(path: str | None) -> Iterator[tuple[int, list[str]]]:
    if path is None:
        return
    try:
        with open(path, "rb") as file:  # noqa: PTH123  a name that may be a pipe
            text = text_of(file.read(MOST_MAP_BYTES))
        rows = list(csv.reader(StringIO(text)))
    except OSError as error:
        raise unreadable(path, error) from error
    except (BadDocument, csv.Error) as error:
        raise CommandError(f"{path}: is not a table that can be read: {error}") from error
    for line, row in enumerate(rows, start=1):
        if any(map(str.strip, row)):
            yield line, row


def _kind(meant: str) -> Kind | None:
    word = meant.partition(" ")[2].strip()
    if not word:
        return None
    try:
        return Kind(word)
    except ValueError:
        kinds = ", ".join(Kind)
        raise BadDocument(f"“{clean(word)}” is no kind of exercise; write one of {kinds}") from None


def _weights(word: str) -> int:
    if word not in ("", "1", "2"):
        raise BadDocument(f"the weight counts 1 or 2 times, not “{clean(word)}”")
    return int(word or 1)


def _choice(meant: str, weights: int, library: Library) -> NameChoice:
    if meant == LEFT_OUT:
        return NameChoice()
    try:
        found = exercise(library, meant)
    except CommandError as unknown:
        raise BadDocument(str(unknown)) from unknown
    return NameChoice(exercise=found.id, weights=weights)


# -- what came of it ------------------------------------------------------------------------------


def _report(options: Options, gathered: Gathered, came: Brought, library: Library) -> None:
    if options.json:
        say_json(_counts(gathered, came))
        return
    say(lines(came, dry_run=options.dry_run))
    if options.dry_run and came.plan is not None:
        say(["Nothing has been imported yet"])
    if gathered.log is not None and (names := list(asked(gathered.log, library))):
        say(["These names may mean something else to you; --map FILE says what:"])
        say(f"  {line}" for line in names)
    if came.runs is not None:
        propose_races(came.runs)
    left_out(came.refused)


def _counts(gathered: Gathered, came: Brought) -> dict[str, Any]:
    counts: dict[str, Any] = {
        "imported": came.imported,
        "duplicate": came.duplicate,
        "odd": came.odd,
        "rest": 0,
        "refused": [_refusal(one) for one in came.refused],
        "passed_over": came.passed_over,
    }
    if came.plan is not None and gathered.log is not None:
        counts |= _log_counts(came, gathered.log)
    if came.runs is not None:
        counts["runs"] = run_counts(came.runs)
        if came.plan is None and not came.imported and not came.duplicate:
            counts |= {key: getattr(came.runs, key) for key in ("imported", "duplicate")}
    return counts


def _log_counts(came: Brought, there: Incoming) -> Mapping[str, Any]:
    what = came.plan
    assert what is not None
    return {
        "app": what.log.app,
        "imported": came.imported + what.sets + what.metrics,
        "duplicate": came.duplicate + what.duplicate,
        "workouts": len(what.joined.sessions),
        "differ": what.differ,
        "elsewhere": len(what.elsewhere),
        "elsewhere_days": [day.isoformat() for day in what.elsewhere],
        "rows": what.log.rows,
        "rest": what.log.rests,
        "skipped": what.log.skipped,
        "empty": what.log.empty,
        **{key: what.counts.get(key, 0) for key in ("work", "warmup", "drop", "failure")},
        **{key: what.counts.get(key, 0) for key in ("holds", "assisted", "endurance", "left_out")},
        "metrics": what.metrics,
        "runs_offered": what.offered,
        "runs_imported": len(what.runs),
        "new_exercises": [one["id"] for one in what.exercises],
        "ask": [
            {"name": one.name, "sets": one.sets, "near": one.match.near, "each_side": one.each_side}
            for one in there.open_names
        ],
    }


def _refusal(one: Refused) -> dict[str, Any]:
    return {"file": one.file, "line": one.line, "problem": one.problem}


def _refuse(options: Options, bad: NotRead) -> None:
    if options.json:
        refused = [_refusal(one) for one in bad.refused]
        say_json({"imported": 0, "duplicate": 0, "odd": 0, "rest": 0, "refused": refused})
    more = f" and {len(bad.refused) - 3} more" if len(bad.refused) > 3 else ""
    raise CommandError(
        f"{bad}{more}. Nothing was imported; correct it, or leave it out with --keep-going"
    )


def _undo(options: Options) -> int:
    with logbook(options, write=True) as book:
        back = take_back(book, IMPORT)
    if back is None:
        raise CommandError("there is no import left to undo; delete in History what should go")
    gone = {"sides_of_sets": len(back.rows), "records": back.records}
    gone |= {"runs": back.runs, "exercises": back.exercises}
    if options.json:
        say_json({**gone, "earlier": back.earlier, "stayed": back.stayed})
        return 0
    counts = (
        (len(back.rows), "side of a set", "sides of sets"),
        (back.records, "record", "records"),
        (back.runs, "run", "runs"),
        (back.exercises, "exercise of your own", "exercises of your own"),
    )
    parts = [f"{count} {one if count == 1 else many}" for count, one, many in counts if count]
    deleted = f": {', '.join(parts)} deleted" if parts else ""
    say([f"The import of {back.at[:10]} is taken back{deleted}"])
    if back.rows:
        say([COMES_AGAIN])
    if back.earlier:
        was = "is" if back.earlier == 1 else "are"
        say([f"{number_of(back.earlier, 'earlier version')} {was} back"])
    if back.stayed:
        kept = "was kept" if back.stayed == 1 else "were kept"
        say([f"{number_of(back.stayed, 'later change')} {kept}"])
    return 0
