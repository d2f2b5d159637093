"""Checks that there is a backup, that it is of these days, and that it can be read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from tui.app.doctor.findings import Finding
from tui.app.doctor.folder import Folder
from tui.domain.model.text import number_of
from tui.store.archive import read
from tui.store.backups import gather, listed
from tui.store.errors import NewerSchema, StoreError

OLD = timedelta(days=7)
ANEW = "makes one"


def check(folder: Folder, now: datetime) -> Iterator[Finding]:
    """The findings on the newest backup; none as long as there is no log."""
    paths = folder.paths
    if not folder.log:
        return
    where = paths.backups_dir.name
    try:
        found = listed(paths.backups_dir)
        if not found:
            words = "there is no backup of this log"
            yield Finding(code="backup", where=where, words=words, repair=ANEW)
            return
        name = f"{where}/{found[0].name}"
        try:
            newest = read(found[0])
        except NewerSchema as newer:
            yield Finding(code="backup-damaged", where=name, words=str(newer), note=True)
            return
        except StoreError as bad:
            yield Finding(
                code="backup-damaged",
                where=name,
                words=f"the newest backup is no good: {bad}",
                repair="makes another and moves this one to merged/",
            )
            return
        made = datetime.fromisoformat(newest.manifest.made)
        # One of a log that has not changed since is as good as a new one.
        if now - made > OLD and newest.files != gather(paths).files:
            yield Finding(
                code="backup",
                where=name,
                words=f"the newest backup is {number_of((now - made).days, 'day')} old",
                repair=ANEW,
            )
    except StoreError as refusal:
        yield Finding(code="unreadable", where=where, words=str(refusal))
