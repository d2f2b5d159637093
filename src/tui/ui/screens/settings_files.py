"""What the settings screen does with files: where the log lies, import, export, backup."""

from __future__ import annotations

from pathlib import Path

from tui.app.backups import backup
from tui.app.exporting import FIT, FORMS, Form
from tui.app.file_import import Gathered, Request, brought, gather
from tui.app.fit_export import write_fit
from tui.app.import_files import Contents
from tui.app.import_words import lines
from tui.app.taking_back import take_back
from tui.domain.model.text import as_sentence, clean
from tui.domain.model.validation import BadDocument
from tui.present.setting_rows import Row
from tui.store.new_file import write_new
from tui.store.steps import IMPORT
from tui.ui.host import Navigator
from tui.ui.screens.list_screen import ListScreen
from tui.ui.undo import UndoStep

# The key that exports all there is, and the form that each key exports, with the word for it.
ALL = "a"
EXPORTS = {
    "l": ("lines", "jsonl"),
    ALL: ("all", "jsonl"),
    "j": ("json", "json"),
    "c": ("csv", "csv"),
    "s": ("strong", "strong"),
    "h": ("hevy", "hevy"),
    "f": ("fit", FIT),
    "i": ("ics", "ics"),
    "m": ("markdown", "markdown"),
}


class SettingsFiles:
    """Does the rows about files, for ``screen``; ``done`` gets what can be undone."""

    def __init__(self, screen: ListScreen, navigator: Navigator, done: list[UndoStep]) -> None:
        self.screen = screen
        self.book = navigator.book
        self.navigator = navigator
        self.done = done

    def do(self, row: Row) -> None:
        """Do what a row is for."""
        ways = {
            "folder": self._tell_folder,
            "import": self._ask_import,
            "export": self._ask_export,
            "backup": self._back_up,
        }
        ways[row.id]()

    def _tell_folder(self) -> None:
        self.screen.say(f"Your log lies in {self.book.paths.root}.")

    # -- import --------------------------------------------------------------------------------

    def _ask_import(self) -> None:
        self.screen.ask(
            "Which file?",
            self._count,
            complete=completed,
            why="Its path; right completes it. First you see what would come in.",
        )

    def _count(self, line: str) -> None:
        path = Path(line).expanduser()
        request = Request()
        there = gather(self.book, Contents([str(path)], keep_going=False, logs=True), request)
        words = "; ".join(lines(brought(self.book, there, request, dry_run=True), dry_run=True))

        def answer(key: str) -> None:
            if key == "y":
                self._import(path, there)

        self.screen.ask_key(f"{words}. Import?", {"y": "yes", "n": "no"}, answer, usual="y")

    def _import(self, path: Path, there: Gathered) -> None:
        with self.screen.guarded():
            came = brought(self.book, there, Request(), dry_run=False)
            words = "; ".join(lines(came, dry_run=False))
            self.done.append(
                UndoStep(words=f"the import of {clean(path.name)}", back=self._take_back)
            )
            self._reread()
            self.screen.say(f"Imported: {words}. u takes it back.", "good")

    def _take_back(self) -> None:
        take_back(self.book, IMPORT)
        self._reread()

    def _reread(self) -> None:
        """Read the log anew, as an import may say something of any year."""
        self.navigator.read_log()

    # -- export, backup ------------------------------------------------------------------------

    def _ask_export(self) -> None:
        self.screen.ask_key(
            "Export as?",
            {key: word for key, (word, _) in EXPORTS.items()},
            self._ask_where,
            usual="l",
            why="lines have all of the log; all has settings and own exercises too.",
        )

    def _ask_where(self, key: str) -> None:
        form = FORMS.get(EXPORTS[key][1])
        usual = f"~/stridelift-{self.book.now():%Y-%m-%d}{form.ending if form else ''}"

        def export(line: str) -> None:
            path = Path(line).expanduser()
            try:
                words = self._written(form, path, everything=key == ALL)
            except BadDocument as bad:
                raise BadDocument(as_sentence(str(bad))) from bad
            self.screen.say(f"{words}.", "good")

        self.screen.ask(
            f"To which {'file' if form else 'folder'}? [{usual}]",
            export,
            empty=lambda: export(usual),
            complete=completed,
            why="Its path; right completes it. A file that is there stays.",
        )

    def _written(self, form: Form | None, path: Path, *, everything: bool) -> str:
        """Export in a form, or as FIT, and return what was written, in words."""
        if form is None:
            return write_fit(self.book, path)
        made = form.make(self.book, everything)
        write_new(path, made.data, over=False)
        return f"{made.holds} in {clean(str(path))}"

    def _back_up(self) -> None:
        with self.screen.guarded():
            made = backup(self.book)
            told = [words for words in (*made.notes, made.no_folder) if words]
            words = f"Backup: {clean(str(made.path))}, {-(-made.size // 1000):,} kB."
            self.screen.say(" ".join([words, *told]), "warn" if told else "good")


def completed(line: str) -> str:
    """The path that what was typed begins, if there is just one, or as far as all of them agree;
    else the line itself."""
    path = Path(line).expanduser()
    folder, begun = (path, "") if line.endswith("/") else (path.parent, path.name)
    try:
        found = sorted(one for one in folder.iterdir() if one.name.startswith(begun))
    except OSError:
        return line
    if not found:
        return line
    first, last = found[0].name, found[-1].name
    same = next((n for n, c in enumerate(first) if last[n : n + 1] != c), len(first))
    end = "/" if len(found) == 1 and found[0].is_dir() else ""
    return line + first[len(begun) : same] + end
