"""The timer of the session clock: wakes up when the shown digits change, and gives the cues."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from math import inf

from textual.timer import Timer

from tui.app.today_session import TodaySession
from tui.domain.session.clock import cues, ends, next_tick
from tui.domain.session.live import Running
from tui.present.cue_words import end_words, title_words
from tui.present.progress_words import goes_on_words
from tui.ui.panes.pane import Pane


class SessionClock:
    """Calls ``show`` whenever the clock of ``session`` shows something new; ``show`` must call
    :meth:`arm` again. It uses the timers of ``pane``."""

    def __init__(self, pane: Pane, session: TodaySession, show: Callable[[], None]) -> None:
        self.pane = pane
        self.session = session
        self.show = show
        self._timer: Timer | None = None
        self._heard = 0.0

    @property
    def leading(self) -> bool:
        """Whether the clock leads a set that is not logged yet."""
        live = self.session.live
        return live.clock is not None and live.clock.led and live.is_open(live.clock.key)

    def arm(self, now: datetime) -> None:
        """Wake up when what is shown at ``now`` changes; never if no clock runs."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        clock = self.session.live.clock
        self.pane.host.cues.show_title(title_words(clock, now))
        if clock is None or clock.watch.paused_at is not None:
            return
        elapsed = clock.watch.elapsed(now.timestamp())
        wait = max(0.01, next_tick(clock.timeline, elapsed) - elapsed)
        if wait < inf:
            self._timer = self.pane.set_timer(wait, self.tick)

    def tick(self) -> None:
        """Ring the cues that are due, mark a set that has run out, redraw the clock."""
        clock, book = self.session.live.clock, self.pane.book
        if clock is None:
            return
        elapsed = clock.watch.elapsed(book.now().timestamp())
        # Of several windows on one session only the one that logs rings.
        if book.access.granted:
            for cue in cues(clock.timeline, self._heard, elapsed):
                self.pane.host.bells.ring(cue)
            for end in ends(clock.timeline, self._heard, elapsed):
                self.pane.host.cues.ended(end, end_words(end, self._name(clock)))
        self._heard = elapsed
        with self.pane.guarded(quiet=True):
            if book.recorder.tick():
                self.pane.post_message(Pane.Changed())
        self.show()
        self.pane.host.show_strips()

    def _name(self, clock: Running) -> str:
        """The name of the exercise that a clock runs for."""
        return self.session.name(self.session.live.item(clock.key.item))

    def hear_from_now(self) -> None:
        """Skip the cues before this moment: they have been rung, or are no longer due."""
        clock = self.session.live.clock
        now = self.pane.book.now().timestamp()
        self._heard = 0.0 if clock is None else clock.watch.elapsed(now)

    def resume(self) -> str:
        """Resume a session begun before the program was started; gives the message to show,
        empty if nothing was done in it yet."""
        self.tick()
        # Who only looks is told so beside it.
        if not self.pane.book.access.granted:
            return ""
        return goes_on_words(self.session.live, self.session.name)
