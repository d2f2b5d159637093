"""The logbook: log, profile, planner and recorder of one data directory, as one object.

Both the screen and the command line work through it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Self

from tui.app.log_reader import LogReader
from tui.app.planner import Planner
from tui.app.profile import Profile
from tui.app.recorder import Recorder
from tui.app.unsent import Unsent
from tui.app.write_access import WriteAccess
from tui.domain.model.library.parser import Library
from tui.store.atomic import sweep
from tui.store.conflict_copies import candidates, folders_now
from tui.store.errors import StoreError
from tui.store.paths import Paths
from tui.store.repository import Repository
from tui.store.watch import Fingerprint, fingerprint

if TYPE_CHECKING:
    from tui.store.requests import Request


class Logbook:
    """One runner's data: ``reader`` reads the log, ``profile`` has the settings, ``planner`` says
    what is next, ``recorder`` changes the log, ``access`` says whether it may, and ``unsent``
    whether it has changed since it was opened or synced.

    ``now`` returns the current time as an aware datetime, ``random_bits`` 80 random bits for a new
    id, ``shipped`` the library that the runner's own is laid over (default: ``library``).
    """

    def __init__(
        self,
        paths: Paths,
        library: Library,
        *,
        now: Callable[[], datetime],
        random_bits: Callable[[], int],
        shipped: Callable[[], Library] | None = None,
    ) -> None:
        self.paths = paths
        self.now = now
        self._notices: list[str] = []
        # When the folders changed that copies may lie in, as of the last look.
        self._folders: tuple[int, ...] = ()
        # A line for each copy that is still there.
        self._copies: list[str] = []
        self._seen: Fingerprint | None = None
        self.unsent = Unsent(paths)
        # Whether the files are open for writing; the right to may have been lost since.
        self._writes = False
        self.access = WriteAccess(paths)
        self.reader = LogReader(Repository(paths, writable=False), self.notice)
        self.profile = Profile(
            paths,
            self.access,
            library,
            shipped=shipped or (lambda: library),
            now=now,
            notice=self.notice,
        )
        self.planner = Planner(self.reader, self.profile, self.notice)
        self.recorder = Recorder(
            paths,
            self.access,
            self.reader,
            self.profile,
            self.planner,
            now=now,
            random_bits=random_bits,
            notice=self.notice,
        )

    def open(self, *, write: bool) -> None:
        """Take the lock if ``write`` (otherwise, or if another instance holds it, the logbook is
        read-only), file sessions that were finished but not yet filed, and resume the live one."""
        self._seen = fingerprint(self.paths)
        self.unsent.settle(self._seen)
        if write and self.access.acquire():
            self._open_for_writing()
        if changed := self.profile.own_library.changes(remember=self.access.granted):
            self.notice(changed)
        self.absorb_copies()
        self.recorder.resume()

    def look(self, refusal: StoreError) -> None:
        """Open read-only, because the disk does not let us write; ``refusal`` says why."""
        self._seen = fingerprint(self.paths)
        self.access.close_to_writing(refusal)
        self.notice(str(refusal))
        self.absorb_copies()
        self.recorder.resume()

    def _open_for_writing(self) -> None:
        self._writes = True
        if self.access.notice:
            self.notice(self.access.notice)
        # Clean up what a killed writer left half done. We hold the lock, so nobody else writes.
        where = self.paths
        ours = where.root, where.log_dir, where.live_dir, where.cache_dir, where.backups_dir
        for folder in (*ours, where.state_dir, where.rescue_dir):
            sweep(folder)
        repository = Repository(self.paths, writable=True)
        if self.reader.complete and not self.reader.repository.damaged():
            # All that was read has been followed up to now, so that it need not be read again.
            self.reader.switch(repository)
        else:
            self.reader.reopen(repository)
        self.profile.open_for_writing()

    def take_over(self) -> bool:
        """Become the writer if the last one is gone, or has let go because this instance asked it
        to; True if this instance now writes. Raises StoreError."""
        if not self.access.granted and self.access.acquire():
            self._read_what_changed()
            self._open_for_writing()
            self.profile.reload()
            self._folders = ()
            self.absorb_copies()
            self.recorder.resume()
        return self.access.granted

    def hand_over(self) -> Request | None:
        """Let the instance write that asks for it, and look from now on; returns who asked, or None
        if nobody did. While nobody does, this is one call of the system. Raises StoreError if not
        all of the session is in the folder; then this instance still writes."""
        request = self.access.asked()
        if request is not None:
            self.recorder.let_go()
            self.access.let_go()
            self._only_look()
        return request

    def _only_look(self) -> None:
        self._writes = False
        self.recorder.let_go()
        self.reader.switch(Repository(self.paths, writable=False))
        self.profile.only_look()

    def look_around(self) -> bool:
        """Read again what someone else has written since the last look: another instance, another
        machine, a sync program. True if anything may have changed. While nothing has, this costs a
        few looks at names and times."""
        if self._writes and not self.access.granted:
            self._only_look()
        self.absorb_copies()
        return self._read_what_changed()

    def _read_what_changed(self) -> bool:
        before, now = self._seen, fingerprint(self.paths)
        if now == before:
            return False
        # Kept first: what is written while we read is seen at the next look.
        self._seen = now
        before = before or Fingerprint(None, None, None)
        parts = [
            self._read_years(before, now),
            now.unlike(before, self.paths.profile) and self._read_profile(),
            now.unlike(before, self.paths.library) and self._read_library(),
            now.live not in (None, before.live) and self.recorder.follow(),
        ]
        return any(parts)

    def _read_years(self, before: Fingerprint, now: Fingerprint) -> bool:
        changed = now.years_unlike(before)
        damaged = changed.intersection(self.reader.repository.damaged())
        for year in damaged:
            self.reader.repository.look_at_damage(year)
        return bool(changed) and (self.reader.read_again(changed) or bool(damaged))

    def _read_profile(self) -> bool:
        if self.profile.store.damaged:
            self.profile.store.look_at_damage()
        self.profile.forget()
        return True

    def _read_library(self) -> bool:
        self.profile.reload()
        return True

    def absorb_copies(self) -> list[str]:
        """Take in the copies of its files that sync programs left in the data folder or, if this
        instance only looks, report them. Returns a line for each, which is a notice too. As long
        as nothing has come or gone in the folders since the last call, it is three calls of stat.

        The screen may call it at any idle moment; what came in is read anew from then on.
        """
        folders = folders_now(self.paths)
        if folders == self._folders:
            return []
        self._folders, self._copies = folders, []
        try:
            found = candidates(self.paths)
        except StoreError as refusal:
            self._copies = [str(refusal)]
            return self._copies
        if not found:
            return []
        from tui.app.absorbing import absorb  # Hardly ever is there any.

        absorbed = absorb(self, found)
        self._copies = absorbed.waiting
        for line in absorbed.done:
            self.notice(line)
        return [*absorbed.done, *absorbed.waiting]

    def read_all(self) -> Self:
        """Read every year, and return this logbook."""
        self.reader.read_all()
        return self

    def warm_cache(self) -> None:
        """Fold the log as it is now, so that the next query finds its state on disk."""
        self.profile.forget()
        self.planner.state(self.now().date())

    def close(self) -> None:
        """Give up the right to write, so that another instance can take it."""
        self.access.release()

    def notice(self, words: str) -> None:
        """Add a line for the runner, unless it is there already."""
        if words not in self._notices:
            self._notices.append(words)

    def notices(self) -> list[str]:
        """What the runner should know about the files, each line once: damage that was repaired,
        documents that are not understood, unknown settings."""
        files = [*self.profile.store.notices, *self.reader.repository.notices]
        told = [*self._notices, *self._copies, *self.recorder.notes, *files]
        return list(dict.fromkeys(told))

    def damage(self) -> str:
        """What is wrong with files of the log until it is dealt with, in a few words with what to
        type; empty if nothing is known to be."""
        damaged = [self.paths.year(year).name for year in self.reader.repository.damaged()]
        if self.profile.store.damaged:
            damaged.append(self.paths.profile.name)
        refused = {self.paths.year(year).name for year in self.reader.refused} - {*damaged}
        if self.reader.hidden:
            refused.add(self.paths.log_dir.name)
        every = [*damaged, *sorted(refused)]
        if not every:
            return ""
        if len(every) > 1:
            return f"{len(every)} files are damaged or cannot be read: stridelift doctor"
        return f"{every[0]} {'was damaged' if damaged else 'cannot be read'}: stridelift doctor"
