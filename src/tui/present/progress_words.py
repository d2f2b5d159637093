"""How far a session has come, in words."""

from __future__ import annotations

from collections.abc import Sequence

from tui.domain.model.text import number_of
from tui.domain.model.values import SetKind
from tui.domain.session.live import Key, Live
from tui.present.step_words import Name


def sets_done(live: Live) -> str:
    """How many sets are done, without warm-ups: ``3 of 9 sets``; empty for none."""
    keys = counted_keys(live)
    done = [key for key in keys if key in live.rows and key not in live.pending]
    done = [key for key in done if live.rows[key][0].undone is None]
    return f"{len(done)} of {number_of(len(keys), 'set')}" if keys else ""


def counted_keys(live: Live) -> Sequence[Key]:
    """The work sets of a session; of one that is there to warm up alone, its warm-up sets."""
    keys = [key for item in live.items for key in item.keys()]
    return [key for key in keys if key.kind is not SetKind.WARMUP] or keys


def all_done_words(live: Live) -> str:
    """That nothing is left to do, and what was left out."""
    every = counted_keys(live)
    out = sum(live.rows[key][0].undone is not None for key in every)
    if not out:
        return f"All {number_of(len(every), 'set')} are done."
    return f"No set is left: {len(every) - out} done, {out} left out."


def goes_on_words(live: Live, name: Name) -> str:
    """Where a session that was begun before goes on; empty if nothing was done in it yet. ``name``
    gives the name of an item's exercise."""
    if not live.rows and live.clock is None:
        return ""
    here = live.suggested()
    coming = next(iter(live.pending), None) or (live.open_keys(here)[0] if here else None)
    if coming is None:
        return f"{all_done_words(live)} F finishes."
    named = f"{name(live.item(coming.item))} set {coming.number}"
    words = f"Goes on where it was: {sets_done(live)}, next is {named}."
    paused = live.clock is not None and live.clock.watch.paused_at is not None
    return f"{words} The clock is paused." if paused else words
