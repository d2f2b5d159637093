"""Keys in the order in which they were pressed, each meeting what the one before it made.

Textual hands a key to the widget that has the focus when it arrives. On a slow line several arrive
at once: in ``e9`` and enter, the 9 and the enter would reach the list although e opens the prompt,
and enter would log a set that nobody meant. So each key waits until the one before it has done its
work. What is pasted waits its turn as well.
"""

from __future__ import annotations

from collections import deque

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


class OneKeyAtATime(App[None]):
    """An app whose keys are taken one at a time."""

    def __init__(self, *, ansi_color: bool) -> None:
        super().__init__(ansi_color=ansi_color)
        self._waiting: deque[Typed] = deque()
        self._patience: Timer | None = None

    async def on_event(self, event: events.Event) -> None:
        """Queue a fresh key; all else goes its usual way."""
        if isinstance(event, Typed) and not event.is_forwarded:
            self._waiting.append(event)
            if len(self._waiting) == 1:
                await self._give(event)
        else:
            await super().on_event(event)

    async def _give(self, key: Typed) -> None:
        target = self.focused or self.screen
        await super().on_event(key)
        if not target.post_message(Settled(key)):
            self.post_message(Settled(key))
        self._patience = self.set_timer(PATIENCE_S, lambda: self.post_message(Settled(key)))

    async def on_settled(self, event: Settled) -> None:
        """The next key, if this was the one waited for."""
        if self._waiting and self._waiting[0] is event.key:
            self._waiting.popleft()
            if self._patience is not None:
                self._patience.stop()
            if self._waiting:
                await self._give(self._waiting[0])
