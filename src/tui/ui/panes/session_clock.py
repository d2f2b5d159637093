"""The clock of a session: it sleeps until what is shown changes next, and rings what is due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from textual.timer import Timer

from tui.domain.session.clock import clock_text, cues, next_tick
from tui.ui.panes.pane import Pane
from tui.ui.panes.today_session import TodaySession


class SessionClock:
    """Wakes up ``pane`` whenever the clock of ``session`` shows something new; ``show`` shows it,
    and has it :meth:`arm` again."""

    def __init__(self, pane: Pane, session: TodaySession, show: Callable[[], None]) -> None:
        self.pane = pane
        self.session = session
        self.show = show
        self._timer: Timer | None = None
        self._heard = 0.0

    @property
    def leading(self) -> bool:
        """True while the clock leads a set that is not logged yet."""
        live = self.session.live
        return live.clock is not None and live.clock.led and live.is_open(live.clock.key)

    def arm(self, now: datetime) -> None:
        """Wake up when the digits shown at ``now`` change; never where no clock runs."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        clock = self.session.live.clock
        if clock is None or clock.watch.paused_at is not None:
            return
        elapsed = clock.watch.elapsed(now.timestamp())
        wait = max(0.01, next_tick(clock.timeline, elapsed) - elapsed)
        self._timer = self.pane.set_timer(wait, self.tick)

    def tick(self) -> None:
        """The shown second is over: ring what is due, mark a set that ran out, show the clock."""
        clock, book = self.session.live.clock, self.pane.book
        if clock is None:
            return
        elapsed = clock.watch.elapsed(book.now().timestamp())
        for cue in cues(clock.timeline, self._heard, elapsed):
            self.pane.host.bells.ring(cue)
        self._heard = elapsed
        with self.pane.guarded(quiet=True):
            if book.recorder.tick():
                self.pane.post_message(Pane.Changed())
        self.show()

    def hear_from_now(self) -> None:
        """What the clock rang before this step is not rung again."""
        clock = self.session.live.clock
        now = self.pane.book.now().timestamp()
        self._heard = 0.0 if clock is None else clock.watch.elapsed(now)

    def resume(self) -> str:
        """Go on with a session that was begun earlier; gives what to say of that."""
        self.tick()
        clock = self.session.live.clock
        words = "Your session goes on where it was."
        if clock is None:
            return words
        view = clock.view(self.pane.book.now())
        if clock.watch.paused_at is not None:
            return f"{words} The clock is paused: {view.words()}."
        if view.over_s:
            return f"{words} The rest ended {clock_text(view.over_s)} ago."
        return f"{words} The clock ran on: {view.words()}."
