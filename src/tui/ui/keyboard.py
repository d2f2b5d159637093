"""A queue for key presses: each key is delivered only after the one before it has taken effect.

Textual hands a key to the widget that has the focus when the key arrives. On a slow line several
arrive at once: with ``e``, ``9``, enter, the 9 and the enter would reach the list although e opens
the prompt, and enter would log a set that nobody meant. So each key waits until the one before it
has been handled. Pasted text waits its turn as well.

Nothing is delivered before the first screen has the focus. If something was typed by then, it waits
for today's session too: whoever types ahead sees no "a moment", and would not press the key again.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable

from textual import events
from textual.app import App
from textual.message import Message
from textual.timer import Timer

from tui.ui.typeahead import SIGNALS

# Only for a key whose widget vanished while handling it; the keyboard must never hang.
PATIENCE_S = 0.4

Typed = events.Key | events.Paste


# How long after a q that closed something the next q does nothing, in seconds: a q too many would
# quit.
SECOND_Q_S = 0.6


class Leaving:
    """Tells a ``q`` pressed once too often from one that quits: right after one that closed a
    screen or a prompt, another does nothing."""

    def __init__(self) -> None:
        self._closed_at = -SECOND_Q_S
        self._before = (1, False)

    def swallows(self, key: events.Key, screens: int, *, asking: bool) -> bool:
        """Whether a key, with so many ``screens`` open and a prompt ``asking`` or not, does
        nothing."""
        self._before = (screens, asking)
        return key.key == "q" and key.time - self._closed_at < SECOND_Q_S

    def handled(self, key: Typed, screens: int, *, asking: bool) -> None:
        """Note what is open after a key."""
        if isinstance(key, events.Key) and key.key == "q" and (screens, asking) < self._before:
            self._closed_at = key.time


class Settled(Message):
    """Bubbles up behind a key, from its widget to the app: when it arrives, the key has been
    handled."""

    def __init__(self, key: Typed) -> None:
        super().__init__()
        self.key = key


class TakesKeys(Message):
    """From the main screen: today's session is known, or as much of it as ever will be."""


class KeyQueue:
    """Delivers keys to ``app`` one at a time, through ``deliver``. The app calls :meth:`put` with
    each fresh key and :meth:`settled` for each :class:`Settled` that comes back."""

    def __init__(self, app: App[None], deliver: Callable[[Typed], Awaitable[None]]) -> None:
        self.app = app
        self.deliver = deliver
        self._waiting: deque[Typed] = deque()
        self._patience: Timer | None = None
        self._is_open = False

    @property
    def waits(self) -> bool:
        """Whether any key waits for its turn."""
        return bool(self._waiting)

    async def open(self) -> None:
        """Begin to deliver."""
        if not self._is_open:
            self._is_open = True
            if self._waiting:
                await self._give(self._waiting[0])

    async def put(self, key: Typed) -> None:
        """Queue a key that was pressed. Until keys are delivered, ctrl+c ends the program, as it
        does before the screen is there."""
        if not self._is_open and isinstance(key, events.Key) and key.key == "ctrl+c":
            self.app.exit(return_code=SIGNALS["SIGINT"])
            return
        self._waiting.append(key)
        if self._is_open and len(self._waiting) == 1:
            await self._give(key)

    async def settled(self, key: Typed) -> None:
        """Deliver the next key, if this is the one it was waiting for."""
        if self._waiting and self._waiting[0] is key:
            self._waiting.popleft()
            if self._patience is not None:
                self._patience.stop()
            if self._waiting:
                await self._give(self._waiting[0])

    async def _give(self, key: Typed) -> None:
        app = self.app
        target = app.focused or app.screen
        await self.deliver(key)
        if not target.post_message(Settled(key)):
            app.post_message(Settled(key))
        self._patience = app.set_timer(PATIENCE_S, lambda: app.post_message(Settled(key)))
