"""Takes in the copies of the runner's files that sync programs left in the data folder."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, Protocol

from tui.app.copies import Book as Files
from tui.app.copies import Copy, NoCopy, UnderWay, merged_by, read_copy, take_copy
from tui.app.write_access import ReadOnly
from tui.domain.model.text import clean
from tui.store.conflict_copies import Candidate
from tui.store.errors import StoreError
from tui.store.files import identity_of, read_file
from tui.store.journal import journal_path, of_others, pending
from tui.store.journal_lines import MOST_LINES, read, scan_lines
from tui.store.merged import move
from tui.store.table_file import MOST_BYTES


class Book(Files, Protocol):
    """The parts of a logbook that copies are absorbed into."""

    def now(self) -> datetime: ...


class Absorbed(NamedTuple):
    """A line for each copy that was taken in, and for each that is still there."""

    done: list[str]
    waiting: list[str]


def absorb(book: Book, found: Iterable[Candidate]) -> Absorbed:
    """Take each copy in that a sync program made, then move it to ``merged/``; report any other,
    and one that cannot be read. If this instance only looks, report all. A refusal is reported and
    closes nothing else; a copy stays where it is until what it holds is on disk."""
    absorbed = Absorbed([], [])
    for one in found:
        line = _absorbed(book, one)
        if line:
            (absorbed.waiting if one.path.exists() else absorbed.done).append(line)
    return absorbed


def _absorbed(book: Book, found: Candidate) -> str:
    path = found.path
    name = clean(f"{path.parent.name}/{path.name}" if path.parent != book.paths.root else path.name)
    type_it = merged_by(path)
    try:
        there = read_file(path, MOST_BYTES)
        if there is None:
            return ""
        identity, data = there
        copy = Copy() if _is_behind(book, path, data) else read_copy(data, path, book.now())
    except NoCopy as bad:
        # Whatever else the runner keeps there is no concern of ours.
        return f"{bad}. It is left there." if found.by_program else ""
    except UnderWay as not_over:
        return f"{not_over}; it is taken in twelve hours after that"
    except StoreError as refusal:
        return str(refusal)
    if not found.by_program:
        return f"{name} looks like another copy of your files: {type_it}"
    if not copy.whole:
        return f"{name} is a copy, but not as it was written; look at it, then {type_it}"
    if not book.access.granted:
        return (
            f"{name} is a copy made by a sync program; it is taken in at the next start of the "
            "screen, or when you next log something"
        )
    try:
        came = take_copy(book, copy).words() or "nothing new"
        if identity_of(path.stat()) != identity:
            return f"{name} was replaced while it was taken in; the next start takes it in again"
        kept = move(path, book.paths.merged_dir)
    except (OSError, ReadOnly, StoreError) as refusal:
        return f"{name} is not taken in yet: {clean(str(refusal))}"
    left_out = f"; left out: {'; '.join(copy.left_out)}" if copy.left_out else ""
    return (
        f"{name}, a copy made by a sync program, is taken in: {came}{left_out}; it is kept as "
        f"{clean(kept.parent.name)}/{clean(kept.name)}"
    )


def _is_behind(book: Book, path: Path, data: bytes) -> bool:
    """Whether this is a journal that only has the first lines of one that is still there: then it
    is an earlier state of that session, and what was undone since must not come back."""
    if path.parent != book.paths.live_dir:
        return False
    events = scan_lines(data).events if data.count(b"\n") <= MOST_LINES else []
    own = [journal_path(book.paths, session_id) for session_id in pending(book.paths)]
    for other in (*own, *(found.path for found in of_others(book.paths))):
        with suppress(StoreError):
            if events and read(other).events[: len(events)] == events:
                return True
    return False
