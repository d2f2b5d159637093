"""Checks the sessions under way: journals that wait, are damaged, or belong to another machine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from tui.app.doctor.findings import Finding
from tui.app.doctor.folder import Folder
from tui.app.journal_reader import OVER, as_of, count_readable, readable, session_in
from tui.domain.model.codec import Doc
from tui.domain.model.joining import joined
from tui.domain.model.text import number_of
from tui.domain.model.validation import BadDocument
from tui.domain.session.event_codec import event_from_doc
from tui.domain.session.replay import replay
from tui.store.conflict_copies import candidates
from tui.store.device import name_of
from tui.store.errors import StoreError
from tui.store.journal import (
    copies_aside,
    journal_path,
    kept_away,
    not_understood,
    of_others,
    pending,
)
from tui.store.journal_lines import Scan, read

# A journal that another machine has not removed for so long is one it does not miss.
KEPT = timedelta(days=30)
AWAY = "moves it to merged/"


class Said(NamedTuple):
    """What a journal says: whether its session is finished, and when its last line was written."""

    docs: Sequence[Doc]
    finished: bool
    last: datetime


def check(folder: Folder, now: datetime) -> Iterator[Finding]:
    """The findings on journals; ``now`` is the current time."""
    paths = folder.paths
    away, others = kept_away(paths)
    for one in away.values():
        yield Finding(
            code="rescue",
            where=str(one.path),
            words="keeps a session of this folder, which was gone",
            repair="brings it back",
        )
    for words in others:
        yield Finding(code="rescue", where=str(paths.rescue_dir), words=words, note=True)
    try:
        yield from _own(folder, now)
        yield from _of_others(folder, now)
        for path in copies_aside(paths):
            yield Finding(
                code="journal-aside",
                where=_name(path),
                words="is a damaged journal that was set aside; what can be read of it is kept",
                repair=AWAY,
            )
        copies = {one.path for one in candidates(paths)}
        for path in not_understood(paths):
            if path in copies:
                continue
            todo = "look at it, then move it away"
            yield Finding(code="stray", where=_name(path), words="is no journal", todo=todo)
    except StoreError as refusal:
        yield Finding(code="unreadable", where=paths.live_dir.name, words=str(refusal))


def _own(folder: Folder, now: datetime) -> Iterator[Finding]:
    under_way = False
    for session_id in sorted(pending(folder.paths), reverse=True):
        path = journal_path(folder.paths, session_id)
        try:
            scan = read(path)
        except StoreError as refusal:
            if path.exists():
                yield Finding(code="unreadable", where=_name(path), words=str(refusal))
            continue
        try:
            said = _said(scan, session_id)
        except BadDocument as bad:
            yield _not_understood(path, bad)
            continue
        if said is not None and not said.finished and not under_way:
            under_way = True
            if now - said.last > OVER:
                yield Finding(
                    code="forgotten",
                    where=_name(path),
                    words=f"a session is under way since {as_of(said.last, now)}",
                    todo="open stridelift and finish it",
                )
        elif said is not None or not scan.damaged:
            yield Finding(
                code="unfiled",
                where=_name(path),
                words="a session is over and not in the log yet",
                repair="puts it there",
            )
        if scan.damaged:
            yield Finding(
                code="journal-damaged",
                where=_name(path),
                words=_damage(scan),
                repair="writes it anew with those, and moves the damaged one to merged/",
            )


def _of_others(folder: Folder, now: datetime) -> Iterator[Finding]:
    for found in of_others(folder.paths):
        where, machine = _name(found.path), name_of(found.device)
        try:
            scan = read(found.path)
            said = _said(scan, found.session)
        except StoreError as refusal:
            if found.path.exists():
                yield Finding(code="unreadable", where=where, words=str(refusal))
            continue
        except BadDocument as bad:
            yield _not_understood(found.path, bad)
            continue
        if scan.damaged:
            yield Finding(code="journal-damaged", where=where, words=_damage(scan), note=True)
        if said is None:
            continue
        if not said.finished and now - said.last < OVER:
            words = f"a session is under way on {machine}, as of {as_of(said.last, now)}"
            yield Finding(code="elsewhere", where=where, words=words, note=True)
        elif not _is_filed(folder, said):
            yield Finding(
                code="unfiled",
                where=where,
                words=f"a session of {machine} is over and not in the log yet",
                repair="puts it there",
            )
        elif now - said.last < KEPT:
            words = f"a session of {machine} is over and in the log; that machine removes this"
            yield Finding(code="elsewhere", where=where, words=words, note=True)
        else:
            yield Finding(
                code="outlived",
                where=where,
                words=f"a session of {machine} is in the log since {said.last.date()}, and that "
                "machine has not removed this",
                repair=AWAY,
            )


def _said(scan: Scan, session_id: str) -> Said | None:
    """What a journal says; None if it is empty. Raises BadDocument."""
    docs = readable(scan, session_id)
    events = [event_from_doc(doc) for doc in docs]
    live = replay(events)
    return None if live is None else Said(docs, live.finished is not None, events[-1].at)


def _is_filed(folder: Folder, said: Said) -> bool:
    """Whether the log has all that a journal tells."""
    session = session_in(said.docs)
    if session is None:
        return True
    there = joined([one for _, one in folder.sessions if one.id == session.id])
    return bool(there) and joined(there, [session]) == there


def _not_understood(path: Path, bad: BadDocument) -> Finding:
    return Finding(
        code="document",
        where=_name(path),
        words=f"is not understood: {bad}",
        todo="correct it, or move it away",
    )


def _damage(scan: Scan) -> str:
    damaged = number_of(len(scan.damaged), "line")
    return f"{damaged} of {scan.line_count} damaged; {count_readable(scan)} can be read"


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"
