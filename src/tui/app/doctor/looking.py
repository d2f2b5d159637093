"""Looks over the whole folder. Takes no lock and writes nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from tui.app.doctor import (
    backups,
    copies,
    files,
    git,
    identity,
    journals,
    machine,
    settings,
    values,
)
from tui.app.doctor.findings import Finding, grouped
from tui.app.doctor.folder import identities, read_folder
from tui.domain.model.library.parser import Library
from tui.domain.model.text import clean
from tui.store.errors import leads_nowhere
from tui.store.own_library import OwnLibrary
from tui.store.paths import Paths

# How often it looks again, if somebody else writes meanwhile.
TRIES = 3


def look(paths: Paths, shipped: Callable[[], Library], now: datetime) -> list[Finding]:
    """All findings on a data folder; none if there is no such folder. ``shipped`` returns the
    library that comes with the program. Raises StoreError if that is damaged."""
    findings: list[Finding] = []
    for _ in range(TRIES):
        before = identities(paths)
        findings = _look(paths, shipped, now)
        # A file that was replaced while another was read would seem to lack what moved.
        if not findings or identities(paths) == before:
            break
    return findings


def _look(paths: Paths, shipped: Callable[[], Library], now: datetime) -> list[Finding]:
    if link := leads_nowhere(paths.log_dir):
        words = f"{clean(str(link))} is a link to what is not there"
        return [Finding(code="unreadable", where=".", words=words, todo="mount its disk")]
    if not paths.root.exists():
        return []
    if not paths.root.is_dir():
        todo = "name a folder with --data-dir"
        return [Finding(code="unreadable", where=".", words="is no folder", todo=todo)]
    folder = read_folder(paths)
    library, _ = OwnLibrary(paths, shipped).load()
    of_log = [
        *files.check(folder),
        *grouped(identity.check(folder, library)),
        *grouped(values.check(folder, now)),
        *copies.check(paths, now),
        *journals.check(folder, now),
    ]
    if all(finding.note for finding in of_log):
        of_log += files.check_outlived(folder, now)
    return [
        *of_log,
        *settings.check(folder, shipped, now),
        *machine.check(paths, now.date()),
        *git.check(folder, now),
        *backups.check(folder, now),
    ]
