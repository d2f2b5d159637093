"""Checks for copies of the runner's files, which sync programs leave beside them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from tui.app.copies import NoCopy, UnderWay, merged_by, read_copy
from tui.app.doctor.findings import Finding
from tui.store.conflict_copies import Candidate, candidates
from tui.store.errors import StoreError
from tui.store.files import read_file
from tui.store.paths import Paths
from tui.store.table_file import MOST_BYTES


def check(paths: Paths, now: datetime) -> Iterator[Finding]:
    """The findings on copies in the data folder."""
    try:
        found = candidates(paths)
    except StoreError as refusal:
        yield Finding(code="unreadable", where=".", words=str(refusal))
        return
    for one in found:
        finding = _copy(paths, one, now)
        if finding is not None:
            yield finding


def _copy(paths: Paths, one: Candidate, now: datetime) -> Finding | None:
    where = one.path.relative_to(paths.root).as_posix()
    merge = merged_by(one.path)
    try:
        read = read_file(one.path, MOST_BYTES)
        if read is None:
            return None
        copy = read_copy(read[1], one.path, now)
    except NoCopy as bad:
        # Whatever else the runner keeps there is no concern of ours.
        todo = "look at it, then move it away"
        known = Finding(code="copy", where=where, words=str(bad), todo=todo)
        return known if one.by_program else None
    except UnderWay as not_over:
        return Finding(code="copy", where=where, words=str(not_over), note=True)
    except StoreError as refusal:
        return Finding(code="unreadable", where=where, words=str(refusal))
    if not one.by_program:
        words = "looks like another copy of your files"
        return Finding(code="copy", where=where, words=words, todo=merge)
    if not copy.whole:
        words = "is a copy, but not as it was written"
        return Finding(code="copy", where=where, words=words, todo=f"look at it, then {merge}")
    return Finding(
        code="copy",
        where=where,
        words="is a copy made by a sync program",
        repair="takes it in and moves it to merged/",
    )
