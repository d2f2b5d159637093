"""What tells of the clock besides the bell, where the runner has switched it on: the title of the
window, a notification, a flash."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Protocol, runtime_checkable

from tui.app.profile import Profile
from tui.domain.model.validation import BadDocument
from tui.domain.planning.setting_values import cues
from tui.domain.planning.settings import NOTIFIED_BY
from tui.domain.session.cadence import PhaseKind
from tui.domain.session.clock import End
from tui.ui.osc import form_of, layer_of, notification

# Shorter efforts follow each other, and are told of once, when the set is over: a notification
# stays where it is shown.
LONG_S = 20
TRIED = "This is how the end of a set or a rest is told."
NO_TERMINAL = "That is for a terminal, and a browser is none."
NO_FORM = "Your terminal is not known here: say in “Notified by” which form it takes."


class Terminal(Protocol):
    """What is asked of a terminal besides the picture."""

    def send(self, sequence: str) -> None:
        """Send control characters, in turn with the picture."""

    def entitle(self, words: str) -> None:
        """Give the window a title; an empty one gives it back its own."""

    def show_cursor(self, *, shown: bool) -> None:
        """Show or hide the cursor."""


@runtime_checkable
class Window(Protocol):
    """Where the program is seen."""

    @property
    def terminal(self) -> Terminal | None:
        """The terminal; None in a browser."""

    @property
    def in_front(self) -> bool:
        """Whether it is known to have the focus."""


class Cues:
    """The cues given in ``window``; ``flash`` flashes the strip in sight. ``on`` says which are
    given: "title", "notify" and "flash"."""

    def __init__(
        self,
        window: Window,
        flash: Callable[[], None],
        environ: Mapping[str, str] = os.environ,
    ) -> None:
        self.terminal = window.terminal
        self.on: Mapping[str, bool] = cues({})
        self._window = window
        self._flash = flash
        self._layer = layer_of(environ)
        self._known_form = form_of(environ)
        self._form = ""
        self._title = ""

    def take_up(self, profile: Profile) -> None:
        """Go by the settings as they are now."""
        try:
            self.on = cues(profile.setting("cues", dict[str, bool]()))
        except BadDocument:
            self.on = cues({})
        form = profile.setting("notify_by", NOTIFIED_BY[0])
        self._form = form if form in NOTIFIED_BY[1:] else self._known_form
        if self.terminal is not None:
            self.terminal.show_cursor(shown=profile.setting("cursor", False))
        if not self.on["title"]:
            self._entitle("")

    def show_title(self, words: str) -> None:
        """Tell in the title what the clock does; nothing leaves it as it is."""
        if words and self.on["title"]:
            self._entitle(words)

    def _entitle(self, words: str) -> None:
        if self.terminal is not None and words != self._title:
            self._title = words
            self.terminal.entitle(words)

    def ended(self, end: End, words: str) -> None:
        """Tell of the end of an effort or a rest; in ``words`` only where nobody is looking."""
        if self.on["flash"]:
            self._flash()
        if self.on["notify"] and _is_worth_words(end) and not self._window.in_front:
            self._notify(words)

    def try_out(self, name: str) -> str:
        """Give a cue once; the result is why it cannot be given, empty if it was. The title is
        there to be seen."""
        if name == "flash":
            self._flash()
        elif self.terminal is None:
            return NO_TERMINAL
        elif name == "notify" and not self._form:
            return NO_FORM
        elif name == "notify":
            self._notify(TRIED)
        return ""

    def _notify(self, words: str) -> None:
        if self.terminal is not None and self._form:
            self.terminal.send(notification(words, self._form, self._layer))


def _is_worth_words(end: End) -> bool:
    phase = end.phase
    return phase.kind is PhaseKind.REST or end.last or (phase.seconds or 0) >= LONG_S
