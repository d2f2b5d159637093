"""Bells: one for a change, another for the last three seconds, each switchable.

A terminal has a single bell sound; a change rings it twice, a last second once.
"""

from __future__ import annotations

from textual.app import App

from tui.domain.session.clock import Cue

GAP_S = 0.15
SETTING = {Cue.CHANGE: "change", Cue.REST_OVER: "change", Cue.COUNT: "count"}


class Bells:
    """Rings for ``app``; ``on`` says which of "change" and "count" are wanted."""

    def __init__(self, app: App[None], on: dict[str, bool]) -> None:
        self.app = app
        self.on = on

    def ring(self, cue: Cue) -> None:
        """Ring for a cue, if it is wanted."""
        name = SETTING[cue]
        if not self.on[name]:
            return
        self.app.bell()
        if name == "change":
            self.app.set_timer(GAP_S, self.app.bell)
