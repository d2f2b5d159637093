"""Describes a logbook as facts that two processes can compare: a table of name -> fingerprint.

Each session of the log, the live session and each setting is one fact. A change holds the facts
that become true, and None for a fact that is gone.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import orjson
from msgspec.structs import replace

from tui.app.logbook import Logbook
from tui.domain.model.codec import session_to_doc
from tui.domain.model.values import Session
from tui.domain.session.event_codec import item_to_doc, key_to_doc
from tui.domain.session.live import Live
from tui.domain.session.replay import to_session
from tui.store.repository import Repository, each_once

Facts = dict[str, str]
Change = dict[str, str | None]

NAMES = ("id", "edited", "replaces", "was", "order")
FILES = ("writer.lock", "profile.json", "profile.json.bak")


def fingerprint(doc: object) -> str:
    """A short digest of a JSON value; the order of its keys does not matter."""
    data = orjson.dumps(doc, option=orjson.OPT_SORT_KEYS)
    return hashlib.blake2b(data, digest_size=8).hexdigest()


def of_session(session: Session) -> Change:
    """The fact that the log shows a session as it is; one that is deleted shows nothing."""
    return {f"session {session.id}": fingerprint(shown(session))}


def shown(session: Session) -> Mapping[str, object] | None:
    """What a session shows: without deleted sets, ids and stamps, which no one can foretell."""
    if session.deleted:
        return None
    doc = session_to_doc(replace(session, entries=session.live()))
    for entry in doc["entries"]:
        entry["sets"] = [plain(row) for row in entry["sets"] if not row.get("deleted")]
    return plain({**doc, "entries": [plain(entry) for entry in doc["entries"]]})


def plain(doc: Mapping[str, object]) -> Mapping[str, object]:
    return {key: value for key, value in doc.items() if key not in NAMES}


def of_live(live: Live | None) -> Change:
    """The fact of the live session: rows, targets, clock, and how many steps undo goes back."""
    if live is None:
        return {"live": None}
    depth, before = 0, live.before
    while before is not None:
        depth, before = depth + 1, before.before
    doc = {
        "session": shown(to_session(live)),
        "items": [item_to_doc(replace(item, entry="")) for item in live.items],
        "pending": [key_to_doc(key) for key in live.pending],
        "clock": repr(live.clock),
    }
    return {"live": f"{live.id}, {len(live.rows)} sets, {depth} steps back, {fingerprint(doc)}"}


def of_setting(key: str, value: object) -> Change:
    """The fact of one setting."""
    return {f"setting {key}": fingerprint(value)}


def after(facts: Facts, change: Mapping[str, str | None]) -> Facts:
    """The facts once a change has happened."""
    changed = {**facts, **change}
    return {name: value for name, value in changed.items() if value is not None}


def observed(book: Logbook, logged: Iterable[Session]) -> Facts:
    """The facts of an open logbook whose log holds the sessions ``logged``."""
    facts = of_live(book.recorder.live)
    for session in logged:
        facts |= of_session(session)
    for key, held in book.profile.store.histories().items():
        facts |= of_setting(key, held[-1][1])
    return after({}, facts)


def stored_sessions(repository: Repository) -> list[Session]:
    """Every session on disk, deleted ones included, each once."""
    return each_once(s for year in repository.years() for s in repository.sessions(year))


def differences(wanted: Facts, found: Facts) -> list[str]:
    """What differs from what was confirmed, in words."""
    lost = [f"lost: {name}" for name in wanted.keys() - found.keys()]
    new = [f"from nowhere: {name}" for name in found.keys() - wanted.keys()]
    other = [
        f"changed: {name}: {wanted[name]} became {found[name]}"
        for name in wanted.keys() & found.keys()
        if wanted[name] != found[name]
    ]
    return sorted([*lost, *new, *other])


def sets_twice(sessions: Iterable[Session], live: Live | None) -> list[str]:
    """The ids of rows that occur more than once in the log or the live session, in words."""
    every = [*sessions, *([] if live is None else [to_session(live)])]
    ids = Counter(row.id for s in every for entry in s.entries for row in entry.sets)
    return [f"{count} times: set {name}" for name, count in ids.items() if count > 1]


def unreadable(folder: Path) -> list[str]:
    """The files of a data directory that are not valid JSON right now, in words. Temp files do not
    count yet, nor do the bytes after the last newline of a journal."""
    found = []
    for path in sorted(folder.rglob("[!.]*")):
        whole = path.name.endswith((".json", ".json.bak"))
        if not whole and path.suffix != ".jsonl":
            continue
        data = path.read_bytes()
        try:
            for part in [data] if whole else data.split(b"\n")[:-1]:
                orjson.loads(part)
        except orjson.JSONDecodeError as error:
            found.append(f"unreadable: {path.name}: {error}")
    return found


def strays(folder: Path, live: Live | None) -> list[str]:
    """Files that should not be in a data directory after a start, and files that others than the
    owner may access, in words."""
    expected = {folder / name for name in FILES}
    expected |= {*folder.glob("log/[0-9][0-9][0-9][0-9].json")}
    expected |= {*folder.glob("log/[0-9][0-9][0-9][0-9].json.bak")}
    expected |= {*folder.glob("cache/*.fold")}
    expected |= {folder / "cache" / name for name in ("hashes.index", "library.parsed")}
    if live is not None:
        expected |= {*folder.glob(f"live/{live.id}.*.jsonl")}
    found = []
    for path in sorted(folder.rglob("*")):
        mode = path.stat().st_mode & 0o777
        if mode != (0o700 if path.is_dir() else 0o600):
            found.append(f"permissions {mode:o}: {path.name}")
        if path.is_file() and path not in expected:
            found.append(f"left behind: {path.name}")
    return found
