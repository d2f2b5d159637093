"""Copy what a screen shows to the terminal's clipboard (OSC 52), or save it to a file."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct
from textual.app import App

from tui.domain.model.text import number_of
from tui.store.errors import StoreError
from tui.store.new_file import write_new

if TYPE_CHECKING:
    from tui.app.logbook import Logbook
    from tui.domain.model.sums import Best
    from tui.domain.model.values import Session
    from tui.present.chart.values import Chart
    from tui.present.report import Report

# Terminals silently drop or cut a longer sequence. The strictest common limit is 74,994 bytes of
# base64, in which four bytes stand for three of text.
MOST_BYTES = 56_000
MARKDOWN, PLAIN, PICTURE = ".md", ".txt", ".svg"
LONGEST_STEM = 60
NOTHING = "There is nothing to share here."


class Shared(Struct, frozen=True, kw_only=True):
    """What can be shared: a report in words, and its ``chart``, if any, as a picture. ``stem`` is
    the file name without its ending."""

    stem: str
    report: Report
    chart: Chart | None = None


def shared_session(book: Logbook, session: Session, best: Sequence[Best] = ()) -> Shared:
    """A session and its bests (``best``), ready to share."""
    from tui.present.history import session_report  # Not needed at every start.

    report = session_report(session, book.profile.library, book.profile.unit, best)
    return Shared(stem=f"session-{session.day}", report=report)


class Sharer(Protocol):
    """The screen or pane to share from; ``shared`` gives what it shows, or None."""

    @property
    def app(self) -> App[object]: ...

    def say(self, words: str, role: str = "") -> None: ...

    def ask(
        self,
        label: str,
        answer: Callable[[str], None],
        *,
        standing: str = "",
        empty: Callable[[], None] | None = None,
        why: str = "",
    ) -> None: ...

    def shared(self) -> Shared | None: ...


class Sharing:
    """Sends what ``sharer`` shows to the terminal's clipboard, or writes it to a file. ``too_long``
    is the message when it is longer than terminals accept."""

    def __init__(
        self,
        sharer: Sharer,
        too_long: str = "That is too long for a terminal's clipboard. Y saves it as a file.",
    ) -> None:
        self.sharer = sharer
        self.too_long = too_long
        # The Markdown copied by the last key, and by the key before the one being handled.
        self._copied = self._copied_before = ""

    def key_pressed(self) -> None:
        """Note a key press: only the very next key can repeat the copy as plain text."""
        self._copied_before, self._copied = self._copied, ""

    def copy(self) -> None:
        """Send it to the terminal's clipboard as Markdown; the same key again sends plain text.
        A terminal does not confirm OSC 52, so the message says only that it was sent."""
        say, shared = self.sharer.say, self.sharer.shared()
        if shared is None:
            say(NOTHING)
            return
        kind, text = "Markdown", _markdown(shared)
        again = self._copied_before == text
        if again:
            kind, text = "Plain text", _plain(shared)
        if len(text.encode()) > MOST_BYTES:
            say(self.too_long, "warn")
            return
        self.sharer.app.copy_to_clipboard(text)
        self._copied = "" if again else text
        size = number_of(len(text.splitlines()), "line")
        more = "" if again else "; y again sends plain text"
        # Inside tmux the text stays there unless tmux is told to pass it on.
        tmux = " In tmux this needs: set -g set-clipboard on" if os.environ.get("TMUX") else ""
        say(f"{kind}, {size}, sent to the terminal's clipboard{more}.{tmux}", "good")

    def save(self) -> None:
        """Save it as a new file; the ending chooses the format."""
        shared = self.sharer.shared()
        if shared is None:
            self.sharer.say(NOTHING)
            return

        def answer(typed: str) -> None:
            content, path = _content(shared, typed), _path(typed)
            write_new(path, content, over=False)
            shown = typed if typed.startswith("~") else path.absolute()
            self.sharer.say(f"Saved as {shown}.", "good")

        name = _free_name(shared.stem)
        why = f"The ending chooses the kind: {_either(_endings(shared))}."
        self.sharer.ask(
            f"Save as? [{name}]", answer, standing=name, empty=lambda: answer(name), why=why
        )


class SharingKeys:
    """What the keys of a screen or pane with a ``sharing`` do."""

    sharing: Sharing

    def on_key(self) -> None:
        """Tell sharing of each key: only the next one can copy again as plain text."""
        self.sharing.key_pressed()

    def action_copy(self) -> None:
        """Copy what is shown to the terminal's clipboard."""
        self.sharing.copy()

    def action_save(self) -> None:
        """Save what is shown as a file."""
        self.sharing.save()


def _markdown(shared: Shared) -> str:
    from tui.present.report import markdown  # Not needed at every start.

    return markdown(shared.report)


def _plain(shared: Shared) -> str:
    from tui.present.report import plain_lines

    return "".join(f"{line}\n" for line in plain_lines(shared.report))


def _endings(shared: Shared) -> tuple[str, ...]:
    return (MARKDOWN, PLAIN) if shared.chart is None else (MARKDOWN, PLAIN, PICTURE)


def _either(endings: tuple[str, ...]) -> str:
    return f"{', '.join(endings[:-1])} or {endings[-1]}"


def _content(shared: Shared, name: str) -> bytes:
    """The content of a file with this name. Raises StoreError for an unknown ending."""
    ending = Path(name).suffix.lower()
    if ending not in _endings(shared):
        none = "there is no chart here; " if ending == PICTURE else ""
        raise StoreError(f"{name}: {none}name a file that ends in {_either(_endings(shared))}")
    if ending == PICTURE and shared.chart is not None:
        from tui.present.chart.svg import svg  # Not needed at every start.

        return svg(shared.chart).encode()
    return (_markdown(shared) if ending == MARKDOWN else _plain(shared)).encode()


def _free_name(stem: str) -> str:
    """A path in the home folder that is not taken yet."""
    # An exercise name in a log may be anything, even a path.
    safe = re.sub(r"[^\w-]+", "-", stem)[:LONGEST_STEM].strip("-") or "stridelift"
    names = (f"~/{safe}{f'-{n}' if n > 1 else ''}.md" for n in count(1))
    return next(name for name in names if not _taken(name))


def _taken(name: str) -> bool:
    try:
        return os.path.lexists(_path(name))
    except StoreError:
        return False


def _path(typed: str) -> Path:
    """The path typed, with ``~`` as the home folder. Raises StoreError if there is no such home."""
    try:
        return Path(typed).expanduser()
    except RuntimeError as error:
        raise StoreError(f"{typed}: there is no such home folder; write the whole path") from error
