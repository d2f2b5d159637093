"""Imports files, whatever is in them: a set log, the log of another app, runs.

:func:`gather` reads and checks all of them, :func:`brought` says what they bring or brings it. Of
files with anything wrong in them nothing comes in, unless the runner wants to keep going.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from tui.app.import_files import Files
from tui.app.imports import FoundRuns, ImportedRuns, find_runs, import_runs, import_sets, odd_sets
from tui.app.local_time import LocalZone, localised
from tui.app.logbook import Logbook
from tui.app.other_logs import Incoming, Plan, answered, bring_in, incoming, lacks_unit, plan
from tui.app.taking_back import one_import
from tui.domain.model.library.catalog import Library, NameChoice
from tui.domain.model.text import clean
from tui.domain.model.validation import BadDocument
from tui.domain.model.values import Kind
from tui.formats import setlog_csv, setlog_json
from tui.formats.json_lines import BOM
from tui.formats.other_apps.apps import UnknownColumns, read_log
from tui.formats.other_apps.table import table_of, text_of
from tui.formats.other_apps.workouts import OtherLog, merged, without_future
from tui.formats.runs import GZIP, KINDS, BadFile, format_of, unpacked
from tui.formats.setlog_reader import Parsed, parse, parse_objects

# How many refusals a message names, how many are looked for, and how much of a file tells what it
# is, in bytes.
SHOWN, MOST_REFUSED, START = 3, 20, 10_000
# A page of an API may be one line, as each line of a set log is one object.
PAGE = re.compile(rb'"results"\s*:')
# The setting with the columns that the runner has named, and how many tables it remembers.
COLUMNS, MOST_COLUMNS = "import.columns", 20
UNKNOWN = (
    "is no log of an app that we know, and no file of runs; import the .csv or .json that your app "
    f"exports, or {KINDS}"
)
UNITS_NEEDED = (
    "the file does not say whether its weights are kg or lb; say which: --unit kg or --unit lb"
)


class Request(Struct, frozen=True, kw_only=True):
    """How files are to be read: the ``wanted`` format of a log (empty: by its content), the
    ``unit`` of weights that have none, the ``columns`` of a table of no known app, those of
    ``tables``, each for the ones that it fits, what the runner says of ``names``, the kinds of
    ``new`` exercises, whether runs in a log of strength work come ``with_runs``, and whether to
    ``keep_going`` past what cannot be read."""

    wanted: str = ""
    unit: str = ""
    columns: str = ""
    tables: Sequence[str] = ()
    names: Mapping[str, NameChoice] = {}
    new: Mapping[str, Kind | None] = {}
    with_runs: bool = False
    keep_going: bool = False


class Refused(Struct, frozen=True, kw_only=True):
    """What could not be read: the file, the line in it (0: all of it), and why."""

    file: str
    line: int = 0
    problem: str

    def __str__(self) -> str:
        file = f"{self.file}: " if self.file else ""
        place = f"line {self.line}: " if self.line else ""
        return clean(f"{file}{place}{self.problem}")


class NotRead(BadDocument):
    """Something in the files cannot be read, so nothing comes in."""

    def __init__(self, refused: Sequence[Refused]) -> None:
        # A file is named once.
        files = [None, *(one.file for one in refused)]
        first = zip(refused[:SHOWN], files, strict=False)
        words = (replace(one, file="") if one.file == before else one for one, before in first)
        super().__init__("; ".join(map(str, words)))
        self.refused = tuple(refused)


class Gathered(Struct, frozen=True, kw_only=True):
    """What files hold: set logs, the log of another app, runs; and what of them is ``refused``."""

    sets: tuple[Parsed, ...] = ()
    log: Incoming | None = None
    runs: FoundRuns | None = None
    passed_over: int = 0
    refused: tuple[Refused, ...] = ()


class Brought(Struct, frozen=True, kw_only=True):
    """What files bring: of the log of another app the ``plan``, of set logs how many lines are
    ``imported`` and ``duplicate``, and ``runs``; ``odd`` sides of sets look like typing errors."""

    plan: Plan | None = None
    imported: int = 0
    duplicate: int = 0
    odd: int = 0
    runs: ImportedRuns | None = None
    passed_over: int = 0
    refused: tuple[Refused, ...] = ()


def gather(
    book: Logbook, files: Files, request: Request, tick: Callable[[int], None] = lambda _: None
) -> Gathered:
    """Read all files; ``tick`` is called with how many are read. Raises NotRead if one cannot be,
    and UnknownColumns for a table whose columns the runner must name; with ``keep_going`` what
    cannot be read is only listed."""
    found = _Gathering(book.profile.library, request, book.now())
    try:
        rest = found.rest(_ticked(files, tick))
        runs = find_runs(book, rest, LocalZone(), keep_going=request.keep_going)
    except BadFile as bad:
        raise NotRead([_refused(str(bad))]) from bad
    log = found.log()
    refused = [*found.refused, *map(_refused, (*files.refused, *runs.refused))]
    if refused and not request.keep_going:
        raise NotRead(refused)
    return Gathered(
        sets=tuple(found.sets),
        log=None if log is None else settled(incoming(log, book.profile.library), request),
        runs=runs if runs.files else None,
        passed_over=files.passed_over,
        refused=tuple(refused),
    )


def settled(there: Incoming, request: Request) -> Incoming:
    """The log of another app with what the runner says of its unit and names."""
    return replace(answered(there, request.names, request.new), unit=request.unit)


def brought(book: Logbook, gathered: Gathered, request: Request, *, dry_run: bool) -> Brought:
    """Bring in what was gathered, as one import to be taken back, or with ``dry_run`` only say what
    would come. Raises BadDocument if something is not known or cannot be, ReadOnly or StoreError;
    then nothing has come in."""
    made = None
    if gathered.log is not None:
        if lacks_unit(book, gathered.log):
            raise BadDocument(UNITS_NEEDED)
        made = plan(book, gathered.log, with_runs=request.with_runs)
    if not dry_run:
        book.access.check()
        _remember_columns(book, request)
    imported = duplicate = odd = 0
    runs = None
    with nullcontext() if dry_run else one_import(book):
        for parsed in gathered.sets:
            came = import_sets(book, parsed, dry_run=dry_run)
            imported += came.imported
            duplicate += came.duplicate
            odd += came.odd
        if made is not None:
            odd += odd_sets(book.reader.everything()[0], made.joined)
            if not dry_run:
                bring_in(book, made)
        if gathered.runs is not None:
            runs = import_runs(book, gathered.runs, dry_run=dry_run)
    return Brought(
        plan=made,
        imported=imported,
        duplicate=duplicate,
        odd=odd,
        runs=runs,
        passed_over=gathered.passed_over,
        refused=gathered.refused,
    )


def known_columns(book: Logbook) -> tuple[str, ...]:
    """The columns of tables that the runner has named before, the last first."""
    held: list[object] = book.profile.setting(COLUMNS, [])
    return tuple(one for one in held if isinstance(one, str))


def _remember_columns(book: Logbook, request: Request) -> None:
    held = known_columns(book)
    named = dict.fromkeys([*filter(None, [request.columns]), *request.tables, *held])
    if (kept := tuple(named)[:MOST_COLUMNS]) != held:
        book.profile.set(COLUMNS, list(kept))


class _Gathering:
    """Sorts files into set logs, the log of another app, and the rest, which is runs."""

    def __init__(self, library: Library, request: Request, now: datetime) -> None:
        self.sets: list[Parsed] = []
        self.refused: list[Refused] = []
        self._library, self._request, self._now = library, request, now
        self._logs: list[tuple[str, OtherLog]] = []

    def rest(self, files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
        """The files that hold no log; the others are read on the way."""
        for name, data in files:
            try:
                plain = unpacked(data) if data.startswith(GZIP) else data
                if not plain.removeprefix(BOM).strip():
                    raise BadDocument("is empty; export it again")
                if self._takes(name, plain):
                    continue
                if not format_of(name.removesuffix(".gz"), plain):
                    raise BadDocument(UNKNOWN)
                yield name, data
            except UnknownColumns as bad:
                if not self._request.keep_going:
                    raise UnknownColumns(bad.header, str(bad), bad.first, name) from bad
                self._refuse(Refused(file=name, problem=str(bad)))
            except BadDocument as bad:
                self._refuse(Refused(file=name, problem=str(bad)))

    def log(self) -> OtherLog | None:
        """All logs of another app as one, that of the first; others are refused."""
        if not self._logs:
            return None
        app = self._logs[0][1].app
        for name, log in self._logs:
            if log.app != app:
                words = f"is the log of {log.app}, not of {app}; import it on its own"
                self._refuse(Refused(file=name, problem=words))
        return merged([log for _, log in self._logs if log.app == app])

    def _takes(self, name: str, data: bytes) -> bool:
        """Read a file if it holds a log; False if it does not."""
        going = self._request.keep_going
        parsed = None if self._request.wanted else _set_log(data, self._library, going)
        if parsed is not None:
            for one in parsed.problems:
                self._refuse(Refused(file=name, line=one.line, problem=one.message))
            self.sets.append(parsed)
            return True
        if data.startswith(b"<") or data[:15].upper() == b"BEGIN:VCALENDAR":
            return False
        log = read_log(
            data,
            LocalZone(),
            wanted=self._request.wanted,
            columns=self._request.columns,
            known=self._request.tables,
        )
        if log is None:
            return False
        log = without_future(log, self._now)
        for one in log.problems:
            self._refuse(Refused(file=name, line=one.line, problem=one.message))
        self._logs.append((name, log))
        return True

    def _refuse(self, refused: Refused) -> None:
        self.refused.append(refused)
        if not self._request.keep_going and len(self.refused) >= MOST_REFUSED:
            raise NotRead(self.refused)


def _set_log(data: bytes, library: Library, going: bool) -> Parsed | None:
    """The set log that a file holds, in any of its forms; None if it holds none."""
    start = data[:START].removeprefix(BOM).lstrip()
    if setlog_json.fits(data[:START]):
        return parse_objects(setlog_json.objects(data), library, localised, keep_going=going)
    first = start.partition(b"\n")[0]
    one = first.startswith(b"{") and first.rstrip().endswith(b"}")
    if one and not PAGE.search(first):
        return parse(data.splitlines(keepends=True), library, localised, keep_going=going)
    if start.startswith((b"{", b"[")):
        return None
    header = first.decode("utf-8", "replace")
    if setlog_csv.fits(table_of(header).plain):
        rows = setlog_csv.objects(table_of(text_of(data)))
        return parse_objects(rows, library, localised, keep_going=going)
    return None


def _refused(line: str) -> Refused:
    """A refusal that is given in one line, the file first if it is one of what is in the file."""
    file, colon, problem = line.partition(": ")
    return Refused(file=file, problem=problem) if colon else Refused(file="", problem=line)


def _ticked(
    files: Iterable[tuple[str, bytes]], tick: Callable[[int], None]
) -> Iterator[tuple[str, bytes]]:
    for count, file in enumerate(files, start=1):
        tick(count)
        yield file
