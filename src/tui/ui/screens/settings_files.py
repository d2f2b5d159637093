"""What the settings screen does with files: where the log lies, export, backup."""

from __future__ import annotations

from pathlib import Path

from tui.app.backups import backup
from tui.app.exporting import FIT, FORMS, Form
from tui.app.fit_export import write_fit
from tui.domain.model.text import as_sentence, clean
from tui.domain.model.validation import BadDocument
from tui.present.setting_rows import Row
from tui.store.new_file import write_new
from tui.ui.host import Navigator
from tui.ui.path_completion import completed, expanded
from tui.ui.screens.list_screen import ListScreen

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
    """Does the rows about files, for ``screen``."""

    def __init__(self, screen: ListScreen, navigator: Navigator) -> None:
        self.screen = screen
        self.navigator = navigator
        self.book = navigator.book

    def do(self, row: Row) -> None:
        """Do what a row is for."""
        ways = {
            "folder": self._tell_folder,
            "export": self._ask_export,
            "backup": self._back_up,
            "sync-now": self.navigator.sync_now,
        }
        ways[row.id]()

    def _tell_folder(self) -> None:
        self.screen.say(f"Your log lies in {self.book.paths.root}.")

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
            path = expanded(line)
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
