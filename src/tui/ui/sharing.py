"""What is looked at, for others: into the terminal's clipboard, or into a file."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct
from textual.app import App
from textual.events import Key as KeyPress

from tui.domain.model.text import number_of
from tui.store.errors import StoreError
from tui.store.new_file import write_new

if TYPE_CHECKING:
    from tui.app.logbook import Logbook
    from tui.domain.model.sums import Best
    from tui.domain.model.values import Session
    from tui.present.chart.values import Chart
    from tui.present.report import Report

# Terminals drop or cut a longer sequence, and none says so. The strictest common limit is 74,994
# bytes of base64, of which four stand for three of text.
MOST_BYTES = 56_000
MARKDOWN, PLAIN, PICTURE = ".md", ".txt", ".svg"
LONGEST_STEM = 60
NOTHING = "there is nothing to share here"


class Shared(Struct, frozen=True, kw_only=True):
    """What can be shared: in words, and as a picture where there is a ``chart``. ``stem`` is what a
    file of it is called before the ending."""

    stem: str
    report: Report
    chart: Chart | None = None


def shared_session(book: Logbook, session: Session, best: Sequence[Best] = ()) -> Shared:
    """A session, and what in it is ``best``, as it can be shared."""
    from tui.present.history import session_report  # Not for every start.

    report = session_report(session, book.profile.library, book.profile.unit, best)
    return Shared(stem=f"session-{session.day}", report=report)


class Copier(Protocol):
    """The screen or pane that something is copied from."""

    copied: str
    copied_before: str
    too_long: str

    @property
    def app(self) -> App[object]: ...

    def say(self, words: str, role: str = "") -> None: ...

    def shared(self) -> Shared | None: ...


class Sharer(Copier, Protocol):
    """The screen or pane that something is saved from."""

    def ask(self, label: str, value: str, answer: Callable[[str], None]) -> None: ...


class Copying:
    """A screen or pane whose copy key sends what :meth:`shared` gives to the terminal."""

    # The Markdown that the last key copied, and the same as the key now pressed found it.
    copied = copied_before = ""
    too_long = "that is too long for a terminal's clipboard; Y saves it as a file"

    def shared(self) -> Shared | None:
        """What there is to share; None where there is nothing."""
        raise NotImplementedError(f"{type(self).__name__} shares nothing")

    def on_key(self, event: KeyPress) -> None:
        """Only the very next key can be the copy key again."""
        self.copied_before, self.copied = self.copied, ""

    def action_copy(self: Copier) -> None:
        """Send it to the terminal's clipboard as Markdown; the same key once more sends plain text.
        The terminal gives no answer (OSC 52), so none is claimed."""
        shared = self.shared()
        if shared is None:
            self.say(NOTHING)
            return
        kind, text = "Markdown", _markdown(shared)
        again = self.copied_before == text
        if again:
            kind, text = "plain text", _plain(shared)
        if len(text.encode()) > MOST_BYTES:
            self.say(self.too_long, "warn")
            return
        self.app.copy_to_clipboard(text)
        self.copied = "" if again else text
        lines = len(text.splitlines())
        size = number_of(lines, "line")
        more = "" if again else "; again for plain text"
        self.say(f"{kind}, {size}, sent to the terminal's clipboard{more}", "good")


class Sharing(Copying):
    """A screen or pane that writes it to a file as well."""

    def action_save(self: Sharer) -> None:
        """Write it to a file that is not there yet; the ending says as what."""
        shared = self.shared()
        if shared is None:
            self.say(NOTHING)
            return

        def answer(typed: str) -> None:
            content, path = _content(shared, typed), _path(typed)
            write_new(path, content, over=False)
            shown = typed if typed.startswith("~") else path.absolute()
            self.say(f"saved as {shown}", "good")

        self.ask(f"save as ({_either(_endings(shared))}):", _free_name(shared.stem), answer)


def _markdown(shared: Shared) -> str:
    from tui.present.report import markdown  # Not for every start.

    return markdown(shared.report)


def _plain(shared: Shared) -> str:
    from tui.present.report import plain_lines

    return "".join(f"{line}\n" for line in plain_lines(shared.report))


def _endings(shared: Shared) -> tuple[str, ...]:
    return (MARKDOWN, PLAIN) if shared.chart is None else (MARKDOWN, PLAIN, PICTURE)


def _either(endings: tuple[str, ...]) -> str:
    return f"{', '.join(endings[:-1])} or {endings[-1]}"


def _content(shared: Shared, name: str) -> bytes:
    """What a file of this name holds. Raises StoreError for an ending that says nothing."""
    ending = Path(name).suffix.lower()
    if ending not in _endings(shared):
        none = "there is no chart here; " if ending == PICTURE else ""
        raise StoreError(f"{name}: {none}name a file that ends in {_either(_endings(shared))}")
    if ending == PICTURE and shared.chart is not None:
        from tui.present.chart.svg import svg  # Not for every start.

        return svg(shared.chart).encode()
    return (_markdown(shared) if ending == MARKDOWN else _plain(shared)).encode()


def _free_name(stem: str) -> str:
    """A name in the home folder that nothing has."""
    # What a log calls an exercise may be anything, and would be a part of a path.
    safe = re.sub(r"[^\w-]+", "-", stem)[:LONGEST_STEM].strip("-") or "stridelift"
    names = (f"~/{safe}{f'-{n}' if n > 1 else ''}.md" for n in count(1))
    return next(name for name in names if not _taken(name))


def _taken(name: str) -> bool:
    try:
        return os.path.lexists(_path(name))
    except StoreError:
        return False


def _path(typed: str) -> Path:
    """The path that is meant; ``~`` is the home folder. Raises StoreError where there is none."""
    try:
        return Path(typed).expanduser()
    except RuntimeError as error:
        raise StoreError(f"{typed}: there is no such home folder; write the whole path") from error
