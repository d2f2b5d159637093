"""Checks the settings, the calendar and the runner's own library."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from tui.app.doctor.findings import Finding
from tui.app.doctor.folder import Folder
from tui.app.profile import Profile
from tui.app.write_access import WriteAccess
from tui.domain.model.codec import Doc
from tui.domain.model.library.parser import Library
from tui.domain.model.stamps import edited_at
from tui.domain.model.validation import BadDocument
from tui.domain.model.versions import canonical, stamp_of
from tui.domain.planning.calendar_codec import (
    AWAY,
    RACES,
    RUNS,
    WEEKLY,
    Listed,
    calendar_of,
    diary_of,
)
from tui.domain.planning.settings import inventory_of, profile_of
from tui.store.errors import StoreError
from tui.store.own_library import OwnLibrary
from tui.store.paths import Paths
from tui.store.profile import ProfileStore

LISTS: tuple[Listed[Any], ...] = (RACES, RUNS, WEEKLY, AWAY)


def check(folder: Folder, shipped: Callable[[], Library], now: datetime) -> Iterator[Finding]:
    """The findings on profile.json and library.json."""
    yield from _library(OwnLibrary(folder.paths, shipped))
    if folder.profile.content is not None and folder.profile.content.whole:
        yield from _settings(folder.paths, shipped, now)
        for kind in LISTS:
            for names in twice(kind, folder.profile.tables.get(kind.key, {})):
                yield Finding(
                    code="twice",
                    where=folder.profile.name,
                    ids=tuple(names),
                    words=f"{kind.key}: {', '.join(names)} say the same",
                    repair="keeps the last edited one",
                )


def _library(own: OwnLibrary) -> Iterator[Finding]:
    try:
        _, problems = own.whole()
    except StoreError as refusal:
        yield Finding(code="library", where=own.path.name, words=str(refusal))
        return
    if problems:
        first = problems[0]
        named = ": ".join(part for part in (first.entry, first.field, first.message) if part)
        more = f" and {len(problems) - 1} more" if len(problems) > 1 else ""
        yield Finding(
            code="library",
            where=own.path.name,
            words=f"is left out: {named}{more}",
            todo="stridelift library check names all",
        )


def _settings(paths: Paths, shipped: Callable[[], Library], now: datetime) -> Iterator[Finding]:
    told: list[str] = []
    library, _ = OwnLibrary(paths, shipped).load()
    try:
        stored = ProfileStore(paths, writable=False).histories()
    except StoreError as refusal:
        yield Finding(code="unreadable", where=paths.profile.name, words=str(refusal))
        return
    for make in (profile_of, inventory_of, calendar_of, diary_of):
        make(stored, told.append)
    profile = Profile(
        paths,
        WriteAccess(paths),
        library,
        shipped=shipped,
        now=lambda: now,
        notice=told.append,
    )
    told += profile.unknown_settings()
    for words in dict.fromkeys(told):
        yield Finding(
            code="setting",
            where=paths.profile.name,
            words=words.removeprefix(f"{paths.profile.name}: "),
        )


def twice(kind: Listed[Any], documents: Mapping[str, Any]) -> list[list[str]]:
    """The ids of documents that say the same, each time the one that counts first: the last edited
    one."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for name, doc in documents.items():
        if isinstance(doc, dict) and doc.get("deleted") is not True:
            with suppress(BadDocument):
                found[_what(kind, {**doc, "id": name})].append(name)
    return [
        sorted(names, key=lambda name: (-edited_at(stamp_of(documents[name])), name))
        for names in found.values()
        if len(names) > 1
    ]


def _what(kind: Listed[Any], doc: Doc) -> str:
    """What a document of the calendar is about. Raises BadDocument."""
    item = kind.read(doc)
    if kind is not RUNS:
        return kind.name(item)
    # A recorded run is one by when it began, a planned one by its day and time.
    return canonical([str(item.day), str(item.at or item.start), item.at is None])
