"""A process that writes until it is killed, and says each thing once it is on disk.

Each session is journalled in three events and folded; then an older session moves to another year.
"""

from __future__ import annotations

import itertools
import sys
from pathlib import Path

from tests.store.examples import a_session, stamp, told
from tui.domain.model.codec import session_to_doc
from tui.store.filing import file_journal
from tui.store.journal import Journal
from tui.store.lock import WriterLock
from tui.store.paths import Paths
from tui.store.repository import Repository


def say(what: str, name: str, number: int) -> None:
    sys.stdout.write(f"{what} {name} {number}\n")
    sys.stdout.flush()


def main(root: Path, run: int) -> None:
    paths = Paths(root)
    assert WriterLock(paths).acquire()
    repository = Repository(paths, writable=True)
    for n in itertools.count():
        name = f"S{run}-{n}"
        journal = Journal.create(paths, name)
        for minute in range(3):
            # Notes of different lengths: files grow and shrink.
            session = a_session(name, edited=stamp(minute), note="x" * (n * 37 % 500))
            journal.append({"session": session_to_doc(session)})
            say("event", name, minute)
        file_journal(repository, journal.path, told)
        say("folded", name, 2026)
        if n % 3 == 2:
            repository.put_session(a_session(name, 2025, edited=stamp(9)))
            say("folded", name, 2025)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
