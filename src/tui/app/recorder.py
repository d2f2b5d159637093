"""Records the live session and every change of the log.

It writes before it answers: when a method returns, its change is on disk. After NotSynced it is in
the file and here too, as after a return; the disk has only not confirmed it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from tui.app.journal_reader import OVER, as_of, count_readable, readable, session_in
from tui.app.log_reader import LogReader
from tui.app.new_ids import NewIds
from tui.app.planner import Planner
from tui.app.profile import Profile
from tui.app.write_access import ReadOnly, WriteAccess
from tui.domain.calculator import after_set
from tui.domain.calculator.adherence import easier_week
from tui.domain.model.codec import Doc
from tui.domain.model.corrections import correct, without
from tui.domain.model.deleted import with_rows_back
from tui.domain.model.edits import edit_of_session, emptied, taken_back
from tui.domain.model.joining import Documents
from tui.domain.model.logged import id_of_day, with_sets
from tui.domain.model.notation import Written
from tui.domain.model.taking_back import step_of
from tui.domain.model.text import clean
from tui.domain.model.validation import BadDocument
from tui.domain.model.values import Exercise, Prescription, Record, Session, SetEntry
from tui.domain.model.visible import visible
from tui.domain.planning.today import Plan
from tui.domain.session.actions import Command, Finish, Refused, Tick
from tui.domain.session.event_codec import event_from_doc, event_to_doc
from tui.domain.session.events import Note, Sets, Start, Undo
from tui.domain.session.live import Item, Live
from tui.domain.session.replay import apply, replay
from tui.store.device import name_of
from tui.store.errors import FolderGone, NotSynced, Overtaken, StoreError
from tui.store.filing import file_journal, file_open_journal
from tui.store.journal import (
    Found,
    Journal,
    bring_back,
    copies_aside,
    journal_path,
    kept_away,
    of_others,
    pending,
)
from tui.store.journal_lines import Scan, read, scan_lines
from tui.store.paths import Paths
from tui.store.rescue import Rescued
from tui.store.steps import LOG, Steps

SHOWN_LINES = 5


class Change(Struct, frozen=True):
    """A change of a session in the log: what was seen ``before`` (None: it is new), and what was
    wanted ``after``."""

    before: Session | None
    after: Session


class Undone(Struct, frozen=True):
    """A change that was undone, and what that left."""

    change: Change
    left: Session


class Recorder:
    """Holds at most one live session, and changes the log. ``notes`` are lines for the runner on
    the journals as the last :meth:`resume` found them: damage that waits to be dealt with, a
    session under way on another machine. ``now`` returns the current time as an aware datetime,
    ``random_bits`` 80 random bits for a new id, ``notice`` takes a line for the runner."""

    def __init__(
        self,
        paths: Paths,
        access: WriteAccess,
        reader: LogReader,
        profile: Profile,
        planner: Planner,
        *,
        now: Callable[[], datetime],
        random_bits: Callable[[], int],
        notice: Callable[[str], None],
    ) -> None:
        self._paths = paths
        self._access = access
        self._reader = reader
        self._profile = profile
        self._planner = planner
        self._now = now
        self.new_id = NewIds(now, random_bits)
        self._notice = notice
        self.live: Live | None = None
        self.notes: list[str] = []
        self._journal: Journal | None = None
        self._may_go_on: set[str] = set()
        self._changes: list[Change] = []
        self._undone: list[Undone] = []
        # The events of the session finished last, and its tombstone if it was thrown away.
        self._finished: list[Doc] = []
        self._thrown: Session | None = None

    # -- the live session ----------------------------------------------------------------------

    def resume(self) -> None:
        """Make this machine's newest unfinished journal the live session and file all others into
        the log, also those of other machines that are over; a journal that is not understood is
        reported and left alone. Raises StoreError."""
        self.live, self._journal = None, None
        self._reader.unfiled = []
        self._may_go_on = set()
        away, self.notes = kept_away(self._paths)
        if self._access.granted:
            for one in away.values():
                if not (self._paths.live_dir.exists() or self._paths.log_dir.exists()):
                    self._notice(
                        f"{clean(str(self._paths.root))} is new and holds only this session; if "
                        "you moved the old folder, stridelift merge OLD_FOLDER brings in its log"
                    )
                bring_back(self._paths, one)
            away = {}
        for session_id in sorted({*pending(self._paths), *away}, reverse=True):
            path = journal_path(self._paths, session_id)
            scan = self._scan(path, away.get(session_id))
            if scan is not None:
                self._take_up(path, session_id, scan)
            else:
                self._may_go_on.add(session_id)
        for other in of_others(self._paths):
            scan = self._scan(other.path)
            if scan is not None:
                self._take_over(other, scan)
            else:
                self._may_go_on.add(other.session)
        for copy in copies_aside(self._paths):
            scan = self._scan(copy)
            if scan is not None:
                self.notes.append(f"{_damage(copy, scan)}. Look at it, then move it away.")

    @property
    def under_way(self) -> set[str]:
        """The ids of the sessions that are under way, here or, as of the last :meth:`resume`, on
        another machine; those whose journal cannot be read may be."""
        return self._may_go_on | (set() if self.live is None else {self.live.id})

    def follow(self) -> bool:
        """Pick up what the instance that writes did to the session under way; False if this one
        writes, or has a session of its own that it began."""
        if self._access.granted or self._journal is not None:
            return False
        self.resume()
        self._reader.changed()
        return True

    def let_go(self) -> None:
        """Close the journal of the session under way, so that another instance can go on with it.
        Raises StoreError if not all of it is in the data folder; then it is still open."""
        if self._journal is None:
            return
        if self._journal.away and self._access.granted:
            self._journal.append()
        self._journal.close()
        self._journal = None

    def _scan(self, path: Path, away: Rescued | None = None) -> Scan | None:
        """What a journal says, or if that is more, its copy that was kept while the folder was
        gone; None, and a line for the runner, if it cannot be read."""
        kept = None if away is None else scan_lines(away.lines)
        try:
            scan = read(path)
        except StoreError as refusal:
            # It may have been filed just now by the instance that writes.
            if kept is None and path.exists():
                self._notice(str(refusal))
            return kept
        return kept if kept is not None and len(kept.events) > len(scan.events) else scan

    def _take_up(self, path: Path, session_id: str, scan: Scan) -> None:
        """Go on with a session of this machine, or file it."""
        docs = readable(scan, session_id)
        live = self._replayed(path, docs)
        open_here = live is not None and live.finished is None and self.live is None
        if open_here and not self._finished_elsewhere(session_id, docs):
            self.live = live
            if self._access.granted:
                self._journal = Journal.open(path, docs)
        elif live is None and docs:
            self._may_go_on.add(session_id)
            return
        elif self._access.granted:
            file_journal(self._reader.repository, path, session_in, docs)
        elif session := session_in(docs):
            self._reader.unfiled.append(session)
        if scan.damaged and not self._access.granted:
            self.notes.append(f"{_damage(path, scan)}.")

    def _finished_elsewhere(self, session_id: str, docs: Sequence[Doc]) -> bool:
        """Whether a copy of a session went on and was finished without this journal: the log has it
        as finished, with a set that the journal never heard of. After a finish that was undone
        here, the journal knows every set."""
        try:
            stored = self._reader.repository.find_session(session_id)
        except StoreError:
            return False
        if stored is None or stored.deleted or stored.finished is None:
            return False
        mine = session_in(docs)
        known = {row.id for entry in mine.entries for row in entry.sets} if mine else set()
        for event in map(event_from_doc, docs):
            known |= {row.id for row in event.rows} if isinstance(event, Sets) else set()
        return any(row.id not in known for entry in stored.live() for row in entry.live())

    def _take_over(self, other: Found, scan: Scan) -> None:
        """Put a session of another machine into the log if it is over, else say that it is not.
        Its journal stays: that machine may still write it, and removes it."""
        docs = readable(scan, other.session)
        live = self._replayed(other.path, docs)
        if live is None:
            self._may_go_on.add(other.session)
            return
        last, now = event_from_doc(docs[-1]).at, self._now()
        if live.finished is None and now - last < OVER:
            self._may_go_on.add(other.session)
            machine, when = name_of(other.device), as_of(last, now)
            self.notes.append(f"a session is under way on {machine}, as of {when}")
        elif (session := session_in(docs)) is not None:
            self._file(session)
        if scan.damaged:
            self.notes.append(f"{_damage(other.path, scan)}.")

    def _file(self, session: Session) -> None:
        """Put a session of another machine into the log. What refuses it closes nothing else: its
        journal is still there at the next start."""
        if not self._access.granted:
            self._reader.unfiled.append(session)
            return
        try:
            self._reader.repository.put_session(session)
        except StoreError as refusal:
            self._notice(str(refusal))

    def _replayed(self, path: Path, docs: Sequence[Doc]) -> Live | None:
        try:
            return replay(map(event_from_doc, docs))
        except BadDocument as bad:
            self._notice(f"{clean(path.name)}: {bad}; it is left as it is")
            return None

    def start(self, planned: Plan | None) -> Live:
        """Start a session, planned or empty. Raises ReadOnly, StoreError, or BadDocument for a plan
        that could not be read back from the journal."""
        self._access.check()
        now = self._now()
        items = () if planned is None else planned.items
        for item in items:
            item.check()
        event = Start(
            at=now,
            id=self.new_id.at(now),
            items=tuple(replace(item, entry=self.new_id()) for item in items),
            programme=None if planned is None else planned.programme.id,
            part=None if planned is None else planned.part.id,
        )
        live = apply(None, event)
        self._journal = Journal.create(self._paths, live.id)
        self._journal.append(event_to_doc(event) | {"device": self._journal.device})
        self.live = live
        return live

    def do(self, command: Command) -> Live:
        """Take a step in the live session; the remaining sets of a lift may change with it. While
        the data folder is gone, the step is kept on this machine (see :attr:`away`). Raises
        Refused, ReadOnly or StoreError; then the session is unchanged."""
        from tui.domain.session.steps import step  # Not needed before the first step.

        gone = self._gone()
        assert self.live is not None and self._journal is not None
        live, events = step(self.live, command, self._now(), self.new_id, self._replanned)
        self._record([event_to_doc(event) for event in events], gone)
        self.live = live
        return live

    def _record(self, docs: Sequence[Doc], gone: FolderGone | None) -> None:
        """Write the lines of a step: into the folder or, if that is ``gone``, on this machine."""
        assert self._journal is not None
        if gone is None and (docs or self._journal.away):
            try:
                self._journal.append(*docs)
            except Overtaken as overtaken:
                self._access.let_go()
                raise ReadOnly(str(overtaken)) from overtaken
            except StoreError:
                # It may have gone since it was checked.
                if (gone := self._gone()) is None:
                    raise
        if gone is not None and docs:
            try:
                self._journal.append_away(*docs)
            except StoreError:
                raise gone from None

    def _gone(self) -> FolderGone | None:
        """Check before a step that this instance is the writer. Returns the refusal if the data
        folder is gone. Raises ReadOnly or StoreError."""
        try:
            self._access.check()
        except FolderGone as gone:
            return gone
        return None

    @property
    def away(self) -> str:
        """Where the live session is kept while the data folder is gone, in words; empty if the
        folder is there."""
        kept = None if self._journal is None else self._journal.away
        if kept is None:
            return ""
        folder = clean(str(self._paths.root))
        return f"{folder} is gone; this session is kept in {clean(str(kept))} until it is back"

    def _replanned(
        self, live: Live, item: Item, plan: Prescription, rows: Sequence[SetEntry]
    ) -> Prescription | None:
        profile, planner = self._profile, self._planner
        exercise = profile.library.exercises.get(item.exercise)
        if exercise is None or exercise.loading != "heavy":
            return None
        day = live.started.date()
        state = planner.state(day)
        return after_set(
            profile.setup,
            state,
            exercise,
            day,
            planner.live_dose(live, exercise, day),
            plan,
            rows,
            deload=easier_week(profile.setup, state, live.programme, day),
        )

    def tick(self) -> bool:
        """Mark a timed set whose time has run out; True if there was one."""
        if self.live is None or self.live.finished is not None or not self._access.granted:
            return False
        before = self.live
        return self.do(Tick()) is not before

    def finish(self, reason: str = "time") -> Session | None:
        """Finish the live session and file it; None if nothing was done in it. If the disk refuses
        or the data folder is gone (StoreError), the session is finished but not yet filed; the next
        call or the next start files it."""
        gone = self._gone()
        assert self.live is not None and self._journal is not None
        if self.live.finished is None:
            self.do(Finish(reason))
            gone = self._gone()
        if gone is not None:
            if not self.away:
                raise gone
            raise StoreError(
                f"finished, but not in the log yet: {self.away}. Finish again then, or start again."
            )
        events = self._journal.events
        session = file_open_journal(self._reader.repository, self._journal, session_in)
        self.live, self._journal = None, None
        self._finished, self._thrown = events, None
        if session is not None:
            self._reader.take(session)
        return session

    @property
    def finished_here(self) -> Session | None:
        """The session that this instance finished last, as it is now; None if it is deleted or goes
        on."""
        done = session_in(self._finished) if self.live is None else None
        now = None if done is None else self._reader.session(done.id)
        return None if now is None or now.deleted else now

    def discard(self) -> None:
        """Throw the live session away: what was logged in it is in the log as deleted, and
        :meth:`reopen` goes on with it. Raises what :meth:`finish` raises."""
        session = self.finish()
        if session is not None:
            self.delete(session)
            self._changes.pop()
            self._thrown = self._reader.session(session.id)

    def reopen(self) -> Live:
        """Undo the finish of the last session, or its throwing away, if this instance did it.
        A note written since goes on with it. Raises Refused if there is none, another session has
        begun, or it was changed otherwise since."""
        self._access.check()
        if self.live is not None or not self._finished:
            raise Refused("Nothing to undo here. In History u undoes the last change.")
        done = session_in(self._finished)
        if done is None:
            # Nothing was logged in it, so the log knows nothing of it.
            return self._go_on([*self._finished, event_to_doc(Undo(at=self._now()))])
        filed, thrown = self._reader.session(done.id), self._thrown
        if filed is None or not _alike_but_for_note(filed, thrown or done):
            raise Refused("This session was changed since its finish. Correct it in History (3).")
        # The session goes on after its deletion, so that its next finish is newer.
        now = self._now().isoformat()
        tomb = thrown or edit_of_session(filed.tombstone(now), filed, now)
        at = datetime.fromisoformat(tomb.edited)
        events, undo = self._finished, event_to_doc(Undo(at=at))
        if filed.note == done.note:
            events = [*events, undo]
        else:
            # The note belongs to the finish that is undone, and is written again after that.
            noted = Note(at=datetime.fromisoformat(filed.edited), text=filed.note, more=True)
            again = Note(at=at, text=filed.note)
            events = [*events, event_to_doc(noted), undo, event_to_doc(again)]
        live = self._go_on(events)
        # A session under way is not changed in the log.
        self._changes = [change for change in self._changes if change.after.id != live.id]
        self._undone.clear()
        if thrown is not None:
            return live
        written, late = self._written(self._reader.repository.put_session, tomb)
        self._reader.take(written)
        if late is not None:
            raise late
        return live

    def _go_on(self, events: list[Doc]) -> Live:
        """Make the session of these events the live one, in a new journal."""
        live = replay(map(event_from_doc, events))
        assert live is not None
        # Journal first, then log: if killed in between, the session is stored twice, never lost.
        self._journal = Journal.create(self._paths, live.id)
        self._journal.append(*events)
        self.live, self._finished, self._thrown = live, [], None
        return live

    # -- changing the log ----------------------------------------------------------------------

    def log(
        self,
        exercise: Exercise,
        typed: Sequence[Written],
        begun: datetime,
        *,
        as_planned: bool = False,
    ) -> tuple[SetEntry, ...]:
        """Add sets to the last session on the day of ``begun``, or to a new one, and return the new
        rows. Sets of today get the current time; the time of sets on another day is unknown.
        ``as_planned``: they were prescribed just so."""
        self._access.check()
        now = self._now()
        at = now.isoformat() if begun.date() == now.date() else ""
        session = self._session_of_day(begun)
        changed, rows = with_sets(
            session,
            exercise,
            typed,
            edited=now.isoformat(),
            at=at,
            new_id=self.new_id,
            as_planned=as_planned,
        )
        seen = session if session.entries else None
        self._remember(changed, seen, now.isoformat())
        self.put(changed, seen)
        return rows

    def _remember(self, changed: Session, seen: Session | None, now: str) -> None:
        """Remember what is about to be logged, so that it can be taken back later."""
        stored = self._reader.repository.find_session(changed.id)
        before, after = Documents(), Documents()
        before.take([] if stored is None else [stored])
        edited = changed if stored is None else edit_of_session(changed, stored, now, seen)
        after.take([edited])
        Steps(self._paths, LOG).add(step_of(before, after, now))

    def _session_of_day(self, begun: datetime) -> Session:
        """The session that sets of the day of ``begun`` go into. Raises StoreError rather than take
        a year that cannot be read for an empty one."""
        day: date = begun.date()
        stored = self._reader.repository.sessions(day.year)
        there = [s for s in stored if s.day == day and not s.deleted]
        if there:
            return there[-1]
        new_id = id_of_day(day)
        known = self._reader.repository.find_session(new_id)
        if known is not None and known.day == day and not known.deleted:
            # All its sets were deleted one by one; it goes on.
            return visible(known)
        if known is not None:
            # The day's own session was deleted or moved, so these sets start a new one.
            new_id = self.new_id.at(begun)
        edited = self._now().isoformat()
        return Session(id=new_id, edited=edited, started=begun, finished=begun)

    def put(self, session: Session, seen: Session | None = None) -> None:
        """Write ``session``, changed from what was ``seen`` (by default, from what was read);
        :meth:`undo` takes the change back. What came into the log since then stays."""
        self._access.check()
        seen = self._reader.session(session.id) if seen is None else seen
        written, late = self._written(partial(self._edit, seen=seen), session)
        self._changed(Change(seen, session))
        self._reader.take(written)
        if late is not None:
            raise late

    def _changed(self, change: Change) -> None:
        """Remember a change to undo it; what was undone before cannot be done again after it."""
        self._changes.append(change)
        self._undone.clear()

    def _edit(self, session: Session, seen: Session | None) -> Session:
        return self._reader.repository.edit_session(session, self._now(), seen)

    def _written(
        self, write: Callable[[Session], Session], session: Session
    ) -> tuple[Session, NotSynced | None]:
        """Write a session, and return it as it is in the file now; with the error, if the disk did
        not confirm it."""
        try:
            return write(session), None
        except NotSynced as late:
            there = self._reader.repository.sessions(session.day.year)
            return next(stored for stored in there if stored.id == session.id), late

    def delete(self, session: Session) -> None:
        """Delete a session, leaving a tombstone."""
        now = self._now().isoformat()
        self.put(emptied(session, now).tombstone(now), session)

    def restore(self, session_id: str) -> Session:
        """Bring a deleted session back, with all that its deletion covered, and return it as it is
        now. Raises Refused if it is under way; ReadOnly or StoreError."""
        self._access.check()
        if self.live is not None and self.live.id == session_id:
            raise Refused("this session is under way; finish it, and it is in the log")
        repository = self._reader.repository
        stored = repository.find_session(session_id)
        if stored is None:
            raise Refused(f"there is no session {clean(session_id)}")
        back, late = self._written(
            lambda gone: repository.restore_session(gone.id, self._now()), stored
        )
        self._changed(Change(visible(stored), back))
        self._reader.take(back)
        if late is not None:
            raise late
        return back

    def restore_sets(self, session_id: str, rows: Sequence[SetEntry]) -> None:
        """Bring deleted sets of a session back. Raises Refused if the session is gone; ReadOnly or
        StoreError."""
        stored = self._reader.repository.find_session(session_id)
        if stored is None or stored.deleted:
            raise Refused("That session is no longer in the log.")
        shown = visible(stored)
        self.put(with_rows_back(shown, rows), shown)

    def move(self, session: Session, started: datetime) -> None:
        """Move a session as a whole to another start. The instants at which its sets were done stay
        as they are."""
        by = started - session.started
        finished = None if session.finished is None else session.finished + by
        self.put(replace(session, started=started, finished=finished), session)

    def add(
        self, session: Session, exercise: Exercise, typed: Sequence[Written]
    ) -> tuple[SetEntry, ...]:
        """Add sets to a session, also to one that is not in the log yet, and return the new rows.
        When they were done is not known."""
        seen = session if session.entries or session.note else None
        now = self._now().isoformat()
        changed, rows = with_sets(session, exercise, typed, edited=now, at="", new_id=self.new_id)
        self.put(changed, seen)
        return rows

    def correct(
        self,
        session: Session,
        rows: Sequence[SetEntry],
        typed: Sequence[Written],
    ) -> None:
        """Correct one set of a session: its ``rows`` were done as ``typed``."""
        found = [e.exercise for e in session.entries if rows[0].id in {row.id for row in e.sets}]
        exercise = self._profile.library.exercises.get(found[0]) if found else None
        now = self._now().isoformat()
        self.put(correct(session, rows, typed, exercise, now), session)

    def delete_set(self, session: Session, rows: Sequence[SetEntry]) -> None:
        """Delete the rows of one set of a session, leaving tombstones."""
        self.put(without(session, rows, self._now().isoformat()), session)

    def tell(self, record: Record) -> None:
        """Write a record, such as a morning's pain, replacing an earlier one for the same day."""
        self._access.check()
        try:
            self._reader.repository.edit_record(record, self._now())
        finally:
            # Also after NotSynced: the record is in the file then.
            self._reader.take_record(record)

    def undo(self) -> Change | None:
        """Undo the last change of the log, and return it; None if there is nothing to undo."""
        self._access.check()
        if not self._changes:
            return None
        change = self._changes[-1]
        # Never the session itself: others may have logged in it.
        left = (
            emptied(change.after, self._now().isoformat())
            if change.before is None
            else taken_back(change.before, change.after)
        )
        session, late = self._written(partial(self._edit, seen=change.after), left)
        self._changes.pop()
        self._undone.append(Undone(change, left))
        self._reader.take(session)
        if late is not None:
            raise late
        return change

    def redo(self) -> Change | None:
        """Make the change again that was undone last, and return it; None if there is none, or
        something else was changed since."""
        self._access.check()
        if not self._undone:
            return None
        change, left = self._undone[-1].change, self._undone[-1].left
        session, late = self._written(partial(self._edit, seen=left), change.after)
        self._undone.pop()
        self._changes.append(change)
        self._reader.take(session)
        if late is not None:
            raise late
        return change


def _alike_but_for_note(one: Session, other: Session) -> bool:
    """Whether two versions of a session say the same but for their notes."""
    return replace(one, note=other.note, edited=other.edited, replaces=other.replaces) == other


def _damage(path: Path, scan: Scan) -> str:
    """A damaged journal in words: which lines, and how many are kept."""
    if not scan.damaged:
        return f"{clean(str(path))} stood in the place of the journal of a session"
    lines = ", ".join(map(str, scan.damaged[:SHOWN_LINES]))
    more = " and more" if len(scan.damaged) > SHOWN_LINES else ""
    what = f"line {lines} is" if len(scan.damaged) == 1 else f"lines {lines}{more} are"
    kept = count_readable(scan)
    return f"{clean(str(path))}: {what} damaged; {kept} of {scan.line_count} lines are kept"
