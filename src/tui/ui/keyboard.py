"""A queue for key presses: each key is delivered only after the one before it has taken effect.

Textual hands a key to the widget that has the focus when the key arrives. On a slow line several
arrive at once: with ``e``, ``9``, enter, the 9 and the enter would reach the list although e opens
the prompt, and enter would log a set that nobody meant. So each key waits until the one before it
has been handled. Pasted text waits its turn as well.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable

from textual import events
from textual.app import App
from textual.message import Message
from textual.timer import Timer

# Only for a key whose widget vanished while handling it; the keyboard must never hang.
PATIENCE_S = 0.4

Typed = events.Key | events.Paste


class Settled(Message):
    """Bubbles up behind a key, from its widget to the app: when it arrives, the key has been
    handled."""

    def __init__(self, key: Typed) -> None:
        super().__init__()
        self.key = key


class KeyQueue:
    """Delivers keys to ``app`` one at a time, through ``deliver``. The app calls :meth:`put` with
    each fresh key and :meth:`settled` for each :class:`Settled` that comes back."""

    def __init__(self, app: App[None], deliver: Callable[[Typed], Awaitable[None]]) -> None:
        self.app = app
        self.deliver = deliver
        self._waiting: deque[Typed] = deque()
        self._patience: Timer | None = None

    async def put(self, key: Typed) -> None:
        """Queue a key that was pressed."""
        self._waiting.append(key)
        if len(self._waiting) == 1:
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
