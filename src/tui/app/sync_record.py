"""Remembers how each sync went, for the screen and for `sync status`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from tui.app.sync import OFFLINE as AWAY
from tui.app.sync import Synced
from tui.domain.model.text import clean
from tui.store.errors import NewerSchema, StoreError
from tui.store.paths import Paths
from tui.store.sync_state import OFFLINE, SyncState, read_state, state_path, write_state

BUG = "a bug in Stridelift broke it off; nothing is lost. stridelift sync shows what it was"


def recorded(paths: Paths, now: Callable[[], datetime], run: Callable[[], Synced]) -> Synced:
    """Sync, and keep how it went in this machine's state folder. Raises what ``run`` raises."""
    path = state_path(paths)
    before = read_state(path)
    done = before.done if before else None
    waiting = before.waiting if before else 0

    def broken_off(kind: str, words: str) -> None:
        write_state(
            path,
            SyncState(tried=now(), done=done, words=words, trouble=kind, waiting=waiting),
        )

    try:
        synced = run()
    except StoreError as refusal:
        broken_off("newer" if isinstance(refusal, NewerSchema) else "other", clean(str(refusal)))
        raise
    except Exception:
        # In the background nobody would see it.
        broken_off("bug", BUG)
        raise
    failed = synced.trouble
    kind = "" if failed is None else OFFLINE if failed.kind in AWAY else failed.kind
    came = synced.came.words()
    write_state(
        path,
        SyncState(
            tried=now(),
            done=now() if failed is None else done,
            words=f"sync: {synced.words()}",
            came=f"{came} from home" if came else "",
            trouble=kind,
            waiting=len(synced.waiting.sessions),
        ),
    )
    return synced
