"""A process that takes steps in a session until it is killed, and says each once it is confirmed.

Its folder comes and goes; where the session is kept makes no difference to it.
"""

from __future__ import annotations

import itertools
import sys
from contextlib import suppress
from pathlib import Path

from tests.ui.driver import Books
from tui.domain.session.actions import SessionNote
from tui.store.errors import StoreError


def main(root: Path) -> None:
    book = Books(root).open()
    if book.recorder.live is None:
        book.recorder.start(None)
    live = book.recorder.live
    assert live is not None
    for n in itertools.count(int(live.note or "0") + 1):
        # Where the folder goes or comes back in the middle of a step, the step may be refused.
        while live.note != str(n):
            with suppress(StoreError):
                live = book.recorder.do(SessionNote(str(n)))
        sys.stdout.write(f"{n}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
