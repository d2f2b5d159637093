"""Keys in the order in which they were pressed, each meeting what the one before it made.

Textual hands a key to the widget that has the focus when it arrives. On a slow line several arrive
at once: in ``e9`` and enter, the 9 and the enter would reach the list although e opens the prompt,
and enter would log a set that nobody meant. So each key waits until the one before it has done its
work. What is pasted waits its turn as well.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable

from textual import events
from textual.app import App
from textual.message import Message
from textual.timer import Timer

# Only for a key whose widget went away with it; a keyboard must never hang.
PATIENCE_S = 0.4

Typed = events.Key | events.Paste


class Settled(Message):
    """Follows a key from widget to widget up to the app: when it arrives, the key has been dealt
    with."""

    def __init__(self, key: Typed) -> None:
        super().__init__()
        self.key = key


class KeyQueue:
    """Gives ``app`` its keys one at a time, by ``deliver``. The app puts each fresh key in and
    tells of each :class:`Settled` that comes back."""

    def __init__(self, app: App[None], deliver: Callable[[Typed], Awaitable[None]]) -> None:
        self.app = app
        self.deliver = deliver
        self._waiting: deque[Typed] = deque()
        self._patience: Timer | None = None

    async def put(self, key: Typed) -> None:
        """A key that was pressed."""
        self._waiting.append(key)
        if len(self._waiting) == 1:
            await self._give(key)

    async def settled(self, key: Typed) -> None:
        """The next key, if this was the one waited for."""
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
