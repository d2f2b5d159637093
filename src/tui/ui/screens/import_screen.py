"""Imports a file, a folder or a zip archive: reads it, asks what it does not say, shows what would
come in, and brings it in."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from time import monotonic

from msgspec.structs import replace
from textual import work
from textual.app import ComposeResult
from textual.message import Message
from textual.worker import get_current_worker

from tui.app.file_import import (
    Brought,
    Gathered,
    NotRead,
    Refused,
    Request,
    brought,
    gather,
    known_columns,
    settled,
)
from tui.app.import_files import Contents
from tui.app.import_words import lines
from tui.app.other_logs import Incoming, lacks_unit
from tui.app.refusals import REFUSALS
from tui.app.taking_back import take_back
from tui.app.unreadable import why_unreadable
from tui.domain.model.dates import day_text
from tui.domain.model.text import as_sentence, clean, number_of
from tui.domain.model.validation import BadDocument
from tui.formats.other_apps.apps import UnknownColumns
from tui.formats.runs import BadFile
from tui.store.steps import IMPORT as STEP
from tui.store.steps import Steps
from tui.ui.commands import IMPORT, at, bindings
from tui.ui.host import Navigator
from tui.ui.path_completion import completed, expanded
from tui.ui.screens.base_screen import hint_line
from tui.ui.screens.import_columns import ColumnsScreen
from tui.ui.screens.import_names import NamesScreen
from tui.ui.screens.list_screen import ListScreen
from tui.ui.undo import NOTHING_TO_UNDO, UndoStep
from tui.ui.widgets.reading import Reading
from tui.ui.widgets.styled_text import Line, Lines, wrapped

UNITS = {"k": "kg", "l": "lb"}
QUOTES = ("'", '"')
# How often the number of files read is said anew, in seconds, and how many refusals are listed.
TOLD_EACH_S, MOST_REFUSED = 1.0, 40
NO_APP = "its columns are those of no app we know"
ABOUT = (
    "A file, a folder or a zip archive. Nothing comes in before you have seen what would.",
    "",
    (
        "Apps: Strong, Hevy, FitNotes, Fitbod, StrongLifts, wger, Liftosaur, LiftLog, GymBook, "
        "GymRun, Alpha Progression, and other tables of sets (CSV)."
    ),
    "Watches and runs: FIT, GPX, TCX, Strava's archive, calendars (ICS).",
    "Stridelift: what you exported yourself (JSONL, JSON, CSV).",
)


class _Left(Exception):
    """The runner has left while files are read."""


class ImportScreen(ListScreen):
    """Asks for a path, then for what the files do not say, one thing at a time. Nothing is written
    before the runner has seen what would come in and pressed enter."""

    BINDINGS = bindings(IMPORT)
    place = IMPORT
    called = "IMPORT"
    DEFAULT_CSS = """
    ImportScreen #import-title { height: 2; padding: 0 1; }
    ImportScreen.-short #import-title { height: 1; }
    """

    class Told(Message):
        """So many files have been read."""

        def __init__(self, files: int) -> None:
            super().__init__()
            self.files = files

    class Ended(Message):
        """The files have been read, or could not be."""

        def __init__(self, outcome: Gathered | BadDocument | BadFile) -> None:
            super().__init__()
            self.outcome = outcome

    def __init__(self, navigator: Navigator) -> None:
        super().__init__(navigator)
        self.path = ""
        self.request = Request()
        self.reading = False
        # The table whose columns are to be named, if there is one.
        self.unknown: UnknownColumns | None = None
        self.gathered: Gathered | None = None
        # What could not be read, so that nothing comes in, and whether the rest could.
        self.refused: tuple[Refused, ...] = ()
        self.rest_may_come = False
        # Whether the runner has seen the names that are to be decided.
        self.named = False
        # What would come in and, once it has, what came.
        self.would: Brought | None = None
        self.came: Brought | None = None
        self.done: list[UndoStep] = []

    def compose(self) -> ComposeResult:
        """Title, what there is to say of the files, the rows at the bottom."""
        yield from self.top()
        yield Lines(id="import-title")
        yield Reading()
        yield from self.bottom()

    def on_mount(self) -> None:
        """Ask for the path at once: keys that are typed ahead belong to it."""
        self.show()
        self.action_path()

    def on_screen_resume(self) -> None:
        """Go on with the names as they were left."""
        super().on_screen_resume()
        if self.named and self.would is None and self.came is None:
            self._ask_next()

    # -- what is shown -------------------------------------------------------------------------

    def show(self) -> None:
        """Draw what is known of the files, wrapped to the width."""
        title: Line = [(f"Import {clean(self.path)}".rstrip(), "loud")]
        self.query_one("#import-title", Lines).set([title, []])
        width = max(20, self.size.width - 3)
        drawn: list[Line] = []
        for words, role in self._text():
            drawn += wrapped(words, width, role, indent=" ") or [[]]
        self.rows.show(drawn)

    def _text(self) -> Iterator[tuple[str, str]]:
        """What there is to say, each with its role."""
        if not self.path:
            for words in ABOUT:
                yield words, ""
            return
        if self.refused:
            yield "Nothing has come in. This cannot be read:", "warn"
            yield from self._refusals(self.refused)
            if self.unknown is not None:
                yield "", ""
                yield "enter names its columns.", ""
            if self.rest_may_come:
                yield "", ""
                yield "g goes on without it.", ""
            return
        shown = self.came or self.would
        if shown is None:
            if self.gathered is not None:
                yield "The file is read, and nothing has come in yet. enter goes on.", ""
            return
        yield ("Imported" if self.came else "This would come in"), "strong"
        for words in lines(shown, dry_run=self.came is None):
            yield f"{clean(words)}.", ""
        if shown.runs is not None:
            for race in shown.runs.races:
                yield f"Sounds like a race: {clean(race.name)}, {day_text(race.day)}.", "accent"
            for words in shown.runs.notes:
                yield clean(words), "dim"
        if self.came is None:
            yield from self._choices(shown)
        if shown.refused:
            yield "", ""
            yield "Left out, as it cannot be read:", "warn"
            yield from self._refusals(shown.refused)

    def _choices(self, would: Brought) -> Iterator[tuple[str, str]]:
        log = self._log()
        if log is None or would.plan is None:
            return
        yield "", ""
        yield f"{number_of(len(log.names), 'name')} in it. n shows what each becomes.", "dim"
        if would.plan.offered:
            come = "come in too. r leaves them out" if would.plan.runs else "stay out. r takes them"
            yield f"Runs and walks in it: {would.plan.offered}. They {come}.", "dim"

    def _refusals(self, refused: tuple[Refused, ...]) -> Iterator[tuple[str, str]]:
        """Each in one line, with the path inside what was imported; a line in one file alone needs
        none."""
        path = str(expanded(self.path))
        for one in refused[:MOST_REFUSED]:
            inside = one.file.removeprefix(path).lstrip("/")
            file = inside or ("" if one.line else Path(path).name)
            line = f"line {one.line}" if one.line else ""
            # What can be written on a command line does not help here.
            parts = one.problem.split("; ")
            problem = "; ".join(part for part in parts if "--" not in part) or one.problem
            words = clean(": ".join(filter(None, [file, line, problem])))
            yield f"{words}." if file else as_sentence(words), ""
        if len(refused) > MOST_REFUSED:
            yield f"And {len(refused) - MOST_REFUSED} more.", ""

    def hints(self, width: int) -> Line:
        """The keys that do something now."""
        words = self._hinted()
        commands = [
            replace(command, hint=words[command.id])
            for command in at(IMPORT, own=self.own_keys)
            if command.id in words
        ]
        return hint_line(commands, width)

    def _hinted(self) -> Mapping[str, str]:
        ends = {"help-import": "help", "leave-import": "back"}
        if self.reading:
            return ends
        ends = {"other-file": "another file" if self.path else "which file"} | ends
        if self.came is not None:
            return {"undo-import": "undo"} | ends
        if self.would is None:
            rest = {"keep-going": "go on without"} if self.rest_may_come else {}
            if self.unknown is not None:
                rest = {"go-on-import": "columns"} | rest
            if self._read_log is not None:
                rest = {"go-on-import": "go on", "names-import": "names"}
            elif self.gathered is not None:
                rest = {"go-on-import": "go on"}
            return rest | ends
        more = {"names-import": "names"} if self.would.plan else {}
        if self.would.plan and self.would.plan.offered:
            more["runs-import"] = "runs"
        return {"go-on-import": "import"} | more | ends

    # -- reading -------------------------------------------------------------------------------

    def action_path(self) -> None:
        """Ask which file."""
        if self.reading or not self._may_write():
            return

        def answer(typed: str) -> None:
            # A terminal puts quotes around a file that is dropped on it.
            quoted = len(typed) > 2 and typed[0] == typed[-1] and typed[0] in QUOTES
            line = typed[1:-1] if quoted else typed
            try:
                os.stat(expanded(line))  # noqa: PTH116  raises what is wrong with it
            except (OSError, ValueError) as error:
                wrong = f"{line} is no name of a file"
                if isinstance(error, OSError):
                    wrong = why_unreadable(line, error)
                raise BadDocument(f"{clean(wrong)}.") from error
            folder = line if line.endswith("/") else line[: line.rfind("/") + 1]
            self.navigator.folder = folder
            self._read(line, Request(tables=known_columns(self.book)))

        self.ask(
            "Which file?",
            answer,
            value=self.navigator.folder,
            complete=completed,
            why="A file, a folder or a zip; right completes its path.",
        )

    def _may_write(self) -> bool:
        """Whether this instance may write, now if another one has gone; else say why not."""
        if self.book.access.granted:
            return True
        with self.guarded():
            if self.book.take_over():
                self.navigator.read_log()
                return True
            self.say(self.navigator.looking(), "warn")
        return False

    def _read(self, path: str, request: Request) -> None:
        """Read the files at a path, in a thread of its own."""
        self.path, self.request = path, request
        self.gathered = self.would = self.came = None
        self.refused, self.rest_may_come, self.named, self.unknown = (), False, False, None
        self.reading = True
        self.show()
        self.show_hints()
        self.say("Reading …")
        self._gather(path, request)

    @work(thread=True, exclusive=True, group="import")
    def _gather(self, path: str, request: Request) -> None:
        """Read the files beside what is shown. Of the book it uses the library and the clock, which
        no thread changes in place."""
        worker, told = get_current_worker(), monotonic()

        def tick(count: int) -> None:
            nonlocal told
            if worker.is_cancelled:
                raise _Left
            if monotonic() - told >= TOLD_EACH_S:
                told = monotonic()
                self.post_message(self.Told(count))

        outcome: Gathered | BadDocument | BadFile
        files = Contents([str(expanded(path))], keep_going=request.keep_going, logs=True)
        try:
            outcome = gather(self.book, files, request, tick)
        except _Left:
            return
        except (BadDocument, BadFile) as bad:
            outcome = bad
        if not worker.is_cancelled:
            self.post_message(self.Ended(outcome))

    def on_import_screen_told(self, told: Told) -> None:
        """Say how many files have been read."""
        if self.reading:
            self.say(f"Reading: {number_of(told.files, 'file')}")

    def on_import_screen_ended(self, ended: Ended) -> None:
        """Ask what is still to be known, or say what cannot be read."""
        self.reading = False
        self.hush()
        outcome = ended.outcome
        if isinstance(outcome, Gathered):
            self.gathered = outcome
            self._ask_next()
        elif isinstance(outcome, UnknownColumns):
            self.unknown = outcome
            self.refused = (Refused(file=outcome.file, problem=NO_APP),)
            self.rest_may_come = True
            self._open_columns(outcome)
        else:
            found = outcome.refused if isinstance(outcome, NotRead) else ()
            self.refused = found or (Refused(file="", problem=str(outcome)),)
            self.rest_may_come = bool(found) and not self.request.keep_going
        self.show()
        self.show_hints()

    def action_keep_going(self) -> None:
        """Read the files anew, and leave out what cannot be read."""
        if self.rest_may_come and not self.reading:
            self._read(self.path, replace(self.request, keep_going=True))

    # -- asking --------------------------------------------------------------------------------

    def _log(self) -> Incoming | None:
        """The log of another app, with what the runner has said of it so far."""
        there = self._read_log
        return None if there is None else settled(there, self.request)

    @property
    def _read_log(self) -> Incoming | None:
        return None if self.gathered is None else self.gathered.log

    def _ask_next(self) -> None:
        """Ask the next thing that is to be known; if nothing is, work out what would come in."""
        self.refused = ()
        log = self._log()
        try:
            unit_is_known = log is None or not lacks_unit(self.book, log)
        except BadDocument as bad:
            # More new exercises than a library takes: the runner may leave some out.
            self.refused = (Refused(file="", problem=str(bad)),)
            self.show()
            return
        if not unit_is_known:
            self._ask_unit()
        elif log is not None and log.open_names and not self.named:
            self._open_names(every=False)
        else:
            self.say("Working out what would come in …")
            self.later(self._work_out)

    def _open_columns(self, unknown: UnknownColumns) -> None:
        def named(columns: str) -> None:
            tables = (columns, *self.request.tables)
            self._read(self.path, replace(self.request, tables=tables))

        self.app.push_screen(ColumnsScreen(self.navigator, unknown, named))

    def _ask_unit(self) -> None:
        def answer(key: str) -> None:
            self.request = replace(self.request, unit=UNITS[key])
            self._ask_next()

        yours = self.book.profile.unit
        self.ask_key(
            "Weights in kg or lb?",
            UNITS,
            answer,
            usual=yours[0],
            why=f"The file does not say. Yours are in {yours}.",
        )

    def _open_names(self, *, every: bool) -> None:
        there = self._read_log
        if there is None:
            return

        def decided(request: Request) -> None:
            self.request, self.would = request, None

        def go_on() -> None:
            self.named = True

        screen = NamesScreen(self.navigator, there, self.request, decided, go_on, every=every)
        self.app.push_screen(screen)

    def action_names(self) -> None:
        """Show what each name becomes, to be changed."""
        if self.came is None and not self.reading:
            self.named = True
            self._open_names(every=True)

    def action_runs(self) -> None:
        """Bring in runs and walks too, or leave them out."""
        if self.would is None or self.came is not None or self.would.plan is None:
            return
        before = self.request
        self.request = replace(before, with_runs=not before.with_runs)
        with self.guarded():
            try:
                self.would = self._brought(dry_run=True)
            except REFUSALS:
                self.request = before
                raise
        self.show()

    def _work_out(self) -> None:
        """Work out what would come in, and show it. What cannot be is shown too, in its place."""
        try:
            self.would = self._brought(dry_run=True)
        except REFUSALS as problem:
            self.refused = (Refused(file="", problem=str(problem)),)
        self.show()
        self.show_hints()

    def _brought(self, *, dry_run: bool) -> Brought:
        """What comes in or, with ``dry_run``, would. Raises REFUSALS."""
        assert self.gathered is not None, "nothing is brought in before it is read"
        self.hush()
        made = replace(self.gathered, log=self._log())
        return brought(self.book, made, self.request, dry_run=dry_run)

    # -- bringing in ---------------------------------------------------------------------------

    def open_row(self) -> None:
        """A click on the text does nothing."""

    def action_go_on(self) -> None:
        """Bring in what is shown, or ask what is still to be known."""
        if self.reading or self.came is not None:
            return
        if not self.path:
            self.action_path()
        elif self.unknown is not None:
            self._open_columns(self.unknown)
        elif self.gathered is not None and self.would is None:
            self._ask_next()
        elif self.would is not None and self._may_write():
            self.say("Bringing it in …")
            self.later(self._import)

    def _import(self) -> None:
        steps = Steps(self.book.paths, STEP)
        before = steps.newest()
        with self.guarded():
            came = self.came = self._brought(dry_run=False)
            if steps.newest() == before:
                self.say("Nothing in it is new to your log.")
            else:
                words = f"the import of {clean(Path(self.path).name or self.path)}"
                self.note_step(self.done, UndoStep(words=words, back=self._take_back))
                self.navigator.read_log()
                [first, *_] = lines(came, dry_run=False)
                self.say(f"Imported: {first}. u takes it back.", "good")
        self.show()
        self.show_hints()

    def _take_back(self) -> None:
        take_back(self.book, STEP)
        self.came = None
        self.navigator.read_log()

    def action_undo(self) -> None:
        """Take the last import back."""
        if self.done:
            self.take_back(self.done)
            self.show_hints()
        else:
            self.say(NOTHING_TO_UNDO)
