"""The clock of a pane: it sleeps until what is shown changes next, and rings what is due."""

from __future__ import annotations

from datetime import datetime

from textual.timer import Timer

from tui.app.logbook import Logbook
from tui.domain.session.clock import clock_text, cues, next_tick
from tui.domain.session.live import Live
from tui.ui.pane import Host, Pane


class TickingPane(Pane):
    """A pane whose session, ``live``, has a clock that it shows and rings."""

    def __init__(self, book: Logbook, host: Host, *, id: str) -> None:
        super().__init__(book, host, id=id)
        self.live = Live(id="", started=book.now())
        self._timer: Timer | None = None
        self._heard = 0.0

    @property
    def leading(self) -> bool:
        """True while the clock leads a set that is not logged yet."""
        clock = self.live.clock
        return clock is not None and clock.led and self.live.is_open(clock.key)

    def show_clock(self) -> None:
        """Show the clock and what changes with it, and wait for its next change (``arm``)."""
        raise NotImplementedError(f"{type(self).__name__} shows no clock")

    def arm(self, now: datetime) -> None:
        """Wake up when the digits shown at ``now`` change; never where no clock runs."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        clock = self.live.clock
        if clock is None or clock.watch.paused_at is not None:
            return
        elapsed = clock.watch.elapsed(now.timestamp())
        wait = max(0.01, next_tick(clock.timeline, elapsed) - elapsed)
        self._timer = self.set_timer(wait, self.tick)

    def tick(self) -> None:
        """The shown second is over: ring what is due, mark a set that ran out, show the clock."""
        clock = self.live.clock
        if clock is None:
            return
        elapsed = clock.watch.elapsed(self.book.now().timestamp())
        for cue in cues(clock.timeline, self._heard, elapsed):
            self.host.bells.ring(cue)
        self._heard = elapsed
        with self.guarded(quiet=True):
            if self.book.recorder.tick():
                self.post_message(self.Changed())
        self.show_clock()

    def hear_from_now(self) -> None:
        """What the clock rang before this step is not rung again."""
        clock = self.live.clock
        now = self.book.now().timestamp()
        self._heard = 0.0 if clock is None else clock.watch.elapsed(now)

    def resumed(self) -> str:
        """Go on with a session that was begun earlier, and what to say of that."""
        self.tick()
        clock = self.live.clock
        words = "Your session goes on where it was."
        if clock is None:
            return words
        if clock.watch.paused_at is not None:
            return f"{words} The clock is paused: {clock.view(self.book.now()).words()}."
        view = clock.view(self.book.now())
        if view.over_s:
            return f"{words} The rest ended {clock_text(view.over_s)} ago."
        return f"{words} The clock ran on: {view.words()}."
