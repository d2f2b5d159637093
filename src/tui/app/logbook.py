"""The runner's logbook: the log on disk, the session under way, and the steps that change them.

Both faces of the program, screen and command line, work through it. It writes before it answers:
when a method returns, what it did is on the disk.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from msgspec.structs import replace

from tui.app.profile import Keeping
from tui.domain.calculator import after_set
from tui.domain.calculator.adherence import easier_week
from tui.domain.model.codec import Doc
from tui.domain.model.corrections import correct, without
from tui.domain.model.ids import sortable
from tui.domain.model.library.parser import Library
from tui.domain.model.notation import Written
from tui.domain.model.stamps import edit_of_session
from tui.domain.model.validation import BadDocument
from tui.domain.model.values import Prescription, Record, Session, SetEntry
from tui.domain.planning.today import Plan
from tui.domain.session.actions import Command, Finish, Refused, Tick
from tui.domain.session.events import item_to_doc
from tui.domain.session.live import Item, Live
from tui.domain.session.replay import replay, session_of
from tui.domain.session.steps import step
from tui.store.atomic import sweep
from tui.store.errors import StoreError
from tui.store.filing import file, fold
from tui.store.journal import Journal, journal_path, pending
from tui.store.journal import read as read_journal
from tui.store.paths import Paths
from tui.store.profile import ProfileStore
from tui.store.repository import Repository


class Logbook(Keeping):
    """The log and at most one live session. ``now`` gives the present as an aware datetime,
    ``random_bits`` 80 random bits for a new id, ``shipped`` the library that the runner's own is
    laid over (default: ``library``)."""

    def __init__(
        self,
        paths: Paths,
        library: Library,
        *,
        now: Callable[[], datetime],
        random_bits: Callable[[], int],
        shipped: Callable[[], Library] | None = None,
    ) -> None:
        super().__init__(paths, library, now, shipped or (lambda: library))
        self.random_bits = random_bits
        self.live: Live | None = None
        self._journal: Journal | None = None
        self._undo: list[Session] = []
        self._finished: list[Doc] = []

    # -- opening -------------------------------------------------------------------------------

    def open(self, *, write: bool) -> None:
        """Take the lock if ``write`` (without it, or where another instance holds it, the book is
        only read), fold what was finished but not yet filed, and pick the live session up."""
        if write and self.lock.acquire():
            self._become_writer()
        self.resume()

    def look(self, refusal: StoreError) -> None:
        """Open only to look, where the disk lets nobody write; ``refusal`` says why."""
        self._closed = str(refusal)
        self.notice(self._closed)
        self.resume()

    def _become_writer(self) -> None:
        self.writable = True
        # What a writer that was killed left half done. Nobody else writes: the lock is ours.
        where = self.paths
        for folder in (where.root, where.log_dir, where.live_dir, where.cache_dir):
            sweep(folder)
        self.repository = Repository(self.paths, writable=True)
        self.profile = ProfileStore(self.paths, writable=True)

    def take_over(self) -> bool:
        """Become the writer if whoever was is gone; True when this instance now writes."""
        if not self.writable and self.lock.acquire():
            self._become_writer()
            self._look_at_kept()
            self.forget()
            self.resume()
        return self.writable

    def look_again(self) -> None:
        """See what another instance has written since this one last looked."""
        self._look_at_kept()
        self.forget()
        self.repository = Repository(self.paths, writable=False)
        self.resume()

    def resume(self) -> None:
        """Fold finished journals into the log and make the newest unfinished one the live session;
        a journal that cannot be understood is told of and left where it is."""
        self.live, self._journal, self._unfiled = None, None, []
        for session_id in reversed(pending(self.paths)):
            path = journal_path(self.paths, session_id)
            events, notice = read_journal(path)
            if notice:
                self._notices.append(notice)
            try:
                live = replay(events)
            except BadDocument as bad:
                self._notices.append(f"{path.name}: {bad}; it is left as it is")
                continue
            if live is not None and live.finished is None and self.live is None:
                self.live = live
                self._journal = Journal.open(path) if self.writable else None
            elif self.writable:
                fold(self.repository, path, session_of)
            elif session := session_of(events):
                self._unfiled.append(session)

    def close(self) -> None:
        """Let another instance write."""
        self.lock.release()

    def notices(self) -> list[str]:
        """What a person should know of the files, each once: damage that was healed, documents
        that are not understood, settings that mean nothing."""
        told = [*self._notices, *self.profile.notices, *self.repository.notices]
        return list(dict.fromkeys(told))

    # -- the live session ----------------------------------------------------------------------

    def start(self, planned: Plan | None) -> Live:
        """Begin a session, planned or empty. Raises ReadOnly or StoreError."""
        self._must_write()
        now = self.now()
        event: Doc = {
            "e": "start",
            "at": now.isoformat(),
            "id": sortable(int(now.timestamp() * 1000), self.random_bits()),
            "items": [] if planned is None else [item_to_doc(i) for i in planned.items],
        }
        if planned is not None:
            event |= {"programme": planned.programme.id, "part": planned.part.id}
        live = replay([event])
        assert live is not None
        self._journal = Journal.create(self.paths, live.id)
        self._journal.append(event)
        self.live = live
        return live

    def do(self, command: Command) -> Live:
        """Take a step in the live session; where a lift was harder than planned, its sets left get
        lighter with it. Raises Refused, ReadOnly or StoreError, and then the session stands as it
        did."""
        self._must_write()
        assert self.live is not None and self._journal is not None
        live, events = step(self.live, command, self.now(), self._lighter)
        if events:
            self._journal.append(*events)
        self.live = live
        return live

    def _lighter(
        self, live: Live, item: Item, plan: Prescription, rows: Sequence[SetEntry]
    ) -> Prescription | None:
        exercise = self.library.exercises.get(item.exercise)
        if exercise is None or exercise.loading != "heavy":
            return None
        day = live.started.date()
        state = self.state(day)
        return after_set(
            self.setup,
            state,
            exercise,
            day,
            self.live_dose(live, exercise, day),
            plan,
            rows,
            deload=easier_week(self.setup, state, live.programme, day),
        )

    def tick(self) -> bool:
        """Mark a timed set whose time ran out; True if there was one."""
        if self.live is None or not self.writable:
            return False
        before = self.live
        return self.do(Tick()) is not before

    def finish(self, reason: str = "time") -> Session | None:
        """End the live session and file it; None if nothing was done in it. Where the disk refuses
        (StoreError) the session is ended but not yet filed: the next call, or the next start, files
        it."""
        self._must_write()
        assert self.live is not None and self._journal is not None
        if self.live.finished is None:
            self.do(Finish(reason))
        events = self._journal.events
        session = file(self.repository, self._journal, session_of)
        self.live, self._journal = None, None
        if session is not None:
            self._finished = events
            self.reread(session)
        return session

    def reopen(self) -> Live:
        """Take the finish of the last session back, as far as this instance remembers it. Raises
        Refused where there is none or another one has begun."""
        self._must_write()
        if self.live is not None or not self._finished:
            raise Refused("nothing to undo here; in History u undoes the last change")
        done = session_of(self._finished)
        filed = None if done is None else self.session(done.id)
        if done is None or filed != done:
            raise Refused("it was changed since it was finished; correct it in History")
        # The session goes on from the deletion, so that its next finish is newer than that.
        tomb = edit_of_session(done.tombstone(self.now().isoformat()), done)
        events = [*self._finished, {"e": "undo", "at": tomb.edited}]
        live = replay(events)
        assert live is not None
        # First the journal, then the log: killed in between, the session is there twice, not never.
        self._journal = Journal.create(self.paths, live.id)
        self._journal.append(*events)
        self.live, self._finished = live, []
        self.reread(self.repository.edit_session(tomb))
        return live

    # -- changing the log ----------------------------------------------------------------------

    def put(self, session: Session) -> None:
        """Write a changed session; :meth:`undo` brings the one before it back."""
        self._must_write()
        before = self.session(session.id)
        written = self.repository.edit_session(session)
        self._undo.append(before if before is not None else written.tombstone(written.edited))
        self.reread(written)

    def delete(self, session: Session) -> None:
        """Delete a session, leaving a tombstone."""
        self.put(session.tombstone(self.now().isoformat()))

    def correct(
        self,
        session: Session,
        rows: Sequence[SetEntry],
        typed: Sequence[Written],
    ) -> None:
        """Put one set of a session right: its ``rows`` were done as ``typed``."""
        found = [e.exercise for e in session.entries if rows[0].id in {row.id for row in e.sets}]
        exercise = self.library.exercises.get(found[0]) if found else None
        self.put(correct(session, rows, typed, exercise, self.now().isoformat()))

    def delete_set(self, session: Session, rows: Sequence[SetEntry]) -> None:
        """Delete the rows of one set of a session, leaving tombstones."""
        self.put(without(session, rows, self.now().isoformat()))

    def tell(self, record: Record) -> None:
        """Write a morning, in the place of one that was told of the same day before."""
        self._must_write()
        self.repository.edit_record(record)
        self._log_changed()
        if self._unread is not None:
            # It may have begun a year of its own, in which there is no session to read.
            self._read.setdefault(record.day.year, [])

    def undo(self) -> Session | None:
        """Take the last change of the log back; the session as it stands now, or None when there
        is nothing to undo."""
        self._must_write()
        if not self._undo:
            return None
        undone = replace(self._undo[-1], edited=self.now().isoformat())
        session = self.repository.edit_session(undone)
        self._undo.pop()
        self.reread(session)
        return session
