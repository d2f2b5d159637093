"""The session clock line by line: each phase is said once, and a bell rings at its end."""

from __future__ import annotations

from collections.abc import Callable
from math import inf

from tui.app.lines.talk import Talk
from tui.app.today_session import TodaySession
from tui.domain.session.clock import Cue, cues, next_tick
from tui.present.line_words import phase_words

SOON_S = 0.01


class LineClock:
    """Tells ``talk`` the phases of the clock of ``session``. ``timed_out`` is called when a set has
    run its time."""

    def __init__(self, session: TodaySession, talk: Talk, timed_out: Callable[[], None]) -> None:
        self.session = session
        self.book = session.book
        self.talk = talk
        self._timed_out = timed_out
        # When the clock of the last phase said was started, and which phase that was.
        self._told: tuple[float, int] | None = None
        self._heard = 0.0
        rings = self.book.profile.setting("bells", dict[str, bool]())
        self._rings = {name: rings.get(name) is not False for name in ("change", "count")}

    def tick(self) -> int:
        """Time has passed: say the phase that has begun, and return how many bells ring."""
        clock = self.session.live.clock
        if clock is None:
            return 0
        elapsed = clock.watch.elapsed(self.book.now().timestamp())
        due = cues(clock.timeline, self._heard, elapsed)
        self._heard = elapsed
        with self.talk.guarded():
            if self.book.recorder.tick():
                self.session.refresh()
                self._timed_out()
        self._say_phase()
        return sum(self._rings["count" if cue is Cue.COUNT else "change"] for cue in due)

    def wait_s(self) -> float | None:
        """The seconds until :meth:`tick` may have something to say; None without a running
        clock."""
        clock = self.session.live.clock
        if clock is None or clock.watch.paused_at is not None:
            return None
        elapsed = clock.watch.elapsed(self.book.now().timestamp())
        wait = next_tick(clock.timeline, elapsed) - elapsed
        return None if wait == inf else max(SOON_S, wait)

    def hear_from_now(self) -> None:
        """A step was taken: say the phase that the clock is in, if it is another one, and skip the
        bells before this moment."""
        clock = self.session.live.clock
        now = self.book.now().timestamp()
        self._heard = 0.0 if clock is None else clock.watch.elapsed(now)
        self._say_phase()

    def say_again(self) -> None:
        """Say the phase that the clock is in, and how long it still takes."""
        self._told = None
        self._say_phase()

    def _say_phase(self) -> None:
        clock, now = self.session.live.clock, self.book.now()
        if clock is None:
            self._told = None
            return
        phase = (clock.watch.started, clock.view(now).phase)
        if phase != self._told:
            self._told = phase
            self.talk.say(phase_words(clock, now))
