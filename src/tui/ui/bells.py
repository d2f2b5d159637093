"""The terminal bell of the session clock: at each change, and in the last three seconds.

Each can be switched off. A terminal has only one bell sound, so a change rings it twice and each
of the last seconds once.
"""

from __future__ import annotations

from textual.app import App

from tui.domain.session.clock import Cue

GAP_S = 0.15
SETTING = {Cue.CHANGE: "change", Cue.REST_OVER: "change", Cue.COUNT: "count"}


class Bells:
    """The bell of ``app``; ``on`` says whether "change" and "count" ring."""

    def __init__(self, app: App[None], on: dict[str, bool]) -> None:
        self.app = app
        self.on = on

    def ring(self, cue: Cue) -> None:
        """Ring for a cue, if it is switched on."""
        name = SETTING[cue]
        if not self.on[name]:
            return
        self.app.bell()
        if name == "change":
            self.app.set_timer(GAP_S, self.app.bell)
