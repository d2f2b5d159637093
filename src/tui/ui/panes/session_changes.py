"""What can be changed about a session of the log: its sets, its note, when it was."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, time
from functools import partial

from msgspec.structs import replace

from tui.app.plausible import known_before
from tui.domain.calculator.plausibility import Doubt, doubt, known_on
from tui.domain.model.amending import amend
from tui.domain.model.deleted import Deleted
from tui.domain.model.library.catalog import exercise_name
from tui.domain.model.notation import Written, parse, written
from tui.domain.model.values import Exercise, Session, SetEntry
from tui.domain.planning.moment_parser import moment_of, moment_text
from tui.domain.planning.wording import clock, short_day
from tui.domain.session.actions import Refused
from tui.present.changes import (
    change_words,
    deleted_words,
    done_text,
    session_words,
    set_name,
    sets_words,
)
from tui.ui.panes.flags import ask_flags
from tui.ui.panes.history_lines import Note, OneSet, as_planned, done_of
from tui.ui.panes.pane import Pane
from tui.ui.panes.sure import ask_if_sure

NOON = time(12)
GONE = "That session is no longer in the log."
WHEN = "A day, and its time if you know it: yesterday 18:05, 26 nov, mon."
MOVES = "It moves as a whole, to 26 nov or 18:30; the plan is worked out anew."
SETS = "Sets, reps and weight: 3x8 60kg. One set: 8 60kg."


class SessionChanges:
    """Changes sessions through the prompt of ``pane``, and says what it did. ``added`` hears of the
    id of the first set that was added. ``draft`` is a past session that was begun: it is in the log
    from its first set on."""

    def __init__(self, pane: Pane, added: Callable[[str], None]) -> None:
        self.pane = pane
        self.added = added
        self.book = pane.book
        self.draft: Session | None = None

    def session(self, session_id: str | None) -> Session | None:
        """A session that is in the log or begun; None if it is neither."""
        there = self.book.reader.session(session_id) if session_id else None
        if there is not None and not there.deleted:
            return there
        draft = self.draft
        return draft if draft is not None and draft.id == session_id else None

    def _now(self, session: Session) -> Session:
        """A session as it is by now, to be changed. Raises Refused if it is gone."""
        if self.session(session.id) is None:
            raise Refused(GONE)
        # Of a begun one whose sets were all taken back, what they leave behind is there.
        there = self.book.reader.session(session.id)
        return session if there is None else replace(there, deleted=False)

    # -- a past session ------------------------------------------------------------------------

    def begin(self, moment: datetime) -> Session:
        """Begin a past session."""
        self.draft = Session(
            id=self.book.recorder.new_id.at(moment), edited="", started=moment, finished=moment
        )
        others = any(one.day == moment.date() for one in self.book.reader.sessions())
        more = " It is one more on that day." if others else ""
        self.pane.say(f"{short_day(moment.date())} is open: a adds its sets, one by one.{more}")
        return self.draft

    def drop(self, session_id: str) -> bool:
        """Forget the session that was begun; True if it is this one, and nothing is in it."""
        there, draft = self.book.reader.session(session_id), self.draft
        self.draft = None
        empty = there is None or there.deleted
        return draft is not None and draft.id == session_id and empty

    def past_moment(self, typed: str) -> datetime:
        """When a past session was, as typed; at noon if no time is given. Raises BadDocument."""
        now = self.book.now()
        return moment_of(typed, datetime.combine(now.date(), NOON, now.tzinfo), now)

    # -- changing ------------------------------------------------------------------------------

    def ask_start(self, session: Session) -> None:
        """Ask for the date and time of a session, and move it there."""

        def answer(typed: str) -> None:
            now = self._now(session)
            started = moment_of(typed, now.started, self.book.now())
            with self.pane.guarded():
                if now.entries or now.note:
                    self.book.recorder.move(now, started)
                else:
                    self.draft = replace(now, started=started, finished=started)
            day = started.date()
            year = "" if day.year == self.book.now().year else f" {day.year}"
            at = clock(started.time(), self.book.profile.hours)
            there = at if day == now.day else f"{short_day(day)}{year}"
            self.pane.say(f"Moved to {there}. u moves it back.", "good")

        standing = moment_text(session.started, self.book.now().date())
        self.pane.ask(f"When was it? [{standing}]", answer, standing=standing, why=MOVES)

    def ask_note(self, session: Session) -> None:
        """Ask for the note of a session."""

        def answer(typed: str) -> None:
            self._write_note(session, typed)

        self.pane.ask("Note on the session:", answer, value=session.note)

    def _write_note(self, session: Session, words: str) -> None:
        with self.pane.guarded():
            now = self._now(session)
            self.book.recorder.put(replace(now, note=words), now if now.entries else None)

    def ask_set(self, session: Session, one: OneSet) -> None:
        """Ask what was different in a set, and correct it."""
        unit, library = self.book.profile.unit, self.book.profile.library
        exercise = library.exercises.get(one.entry.exercise)
        # Of a set that was left out, what was planned stands.
        stands = done_of(one.rows) or as_planned(one.rows) or one.rows
        old = done_text(one.entry.exercise, stands, library, unit)
        named = set_name(one.rows[0]).capitalize()
        label = f"{named}, {old}. What was different?"
        if not done_of(one.rows):
            label = f"{named} was left out, planned {old}. What did you do?"

        def ask(value: str = "") -> None:
            self.pane.ask(label, answer, value=value, standing=old, empty=partial(answer, ""))

        def answer(typed: str) -> None:
            rows = amend(
                list(map(written, stands)),
                typed,
                exercise.kind if exercise else None,
                unit=unit,
                feet=exercise.jump_feet if exercise else None,
            )
            if odd := self._doubt(session, one, rows):
                ask_if_sure(self.pane, odd, partial(write, odd.confirmed), partial(ask, typed))
            elif typed:
                write(rows)

        def write(rows: Sequence[Written]) -> None:
            with self.pane.guarded():
                # The session may have changed since it was asked for.
                now = self._as_it_is(session, one.rows)
                # A side that was left out stays left out unless it is typed.
                named = {row.side for row in rows}
                mine = [r for r in now[1] if r.undone is None or r.side in named]
                self.book.recorder.correct(now[0], mine or now[1], rows)

        ask()

    def _doubt(self, session: Session, old: OneSet, rows: Sequence[Written]) -> Doubt | None:
        """What is odd about a set of a session, as it is corrected now."""
        ids = {row.id for row in old.rows}
        sessions = self.book.reader.sessions()
        known = known_on(session.day, old.entry.exercise, sessions, besides=ids)
        prescribed = {row.side: row.prescribed for row in old.rows if row.prescribed is not None}
        sure = [row.done for row in old.rows if row.confirmed]
        return doubt(rows, prescribed, known, self.book.profile.unit, sure=sure)

    def _as_it_is(
        self, session: Session, rows: Sequence[SetEntry]
    ) -> tuple[Session, list[SetEntry]]:
        """A session and rows of it as they are in the log now. Raises Refused if the rows are
        gone."""
        now = self.book.reader.session(session.id)
        wanted = {row.id for row in rows}
        entries = () if now is None or now.deleted else now.live()
        found = [row for entry in entries for row in entry.live() if row.id in wanted]
        if now is None or not found:
            raise Refused("That set is no longer in the log.")
        return now, found

    def ask_flags(self, session: Session, one: OneSet) -> None:
        """Ask what went wrong with a set."""

        def noted() -> list[str]:
            return [flag for row in self._as_it_is(session, one.rows)[1] for flag in row.flags]

        def toggle(flag: str) -> bool:
            with self.pane.guarded():
                now, rows = self._as_it_is(session, one.rows)
                done = done_of(rows)
                given = () if all(flag in row.flags for row in done) else (flag,)
                typed = [
                    replace(
                        written(row), flags=(*(old for old in row.flags if old != flag), *given)
                    )
                    for row in done
                ]
                self.book.recorder.correct(now, done, typed)
            return True

        if done_of(one.rows):
            name = exercise_name(self.book.profile.library, one.entry.exercise)
            ask_flags(self.pane, f"{name} {set_name(one.rows[0])}", noted, toggle)
        else:
            self.pane.say("That set was left out.")

    # -- adding --------------------------------------------------------------------------------

    def choose_exercise(self, session: Session, here: str | None) -> None:
        """Find an exercise, ``here`` and those of the session first, and ask for its sets."""
        every = self.book.profile.library.exercises
        first = [here] if here else []
        first += [entry.exercise for entry in session.live()]
        ids = dict.fromkeys([*(one for one in first if one in every), *every])
        self.pane.navigator.choose(
            f"Add to {session_words(session, self.book.profile.library)}",
            [every[one] for one in ids],
            partial(self.ask_sets, session),
            finding=True,
        )

    def ask_sets(self, session: Session, exercise: Exercise) -> None:
        """Ask for the sets of an exercise, and add them to a session."""
        unit = self.book.profile.unit
        label = f"{exercise.name}: what did you do?"

        def answer(typed: str) -> None:
            rows = parse(typed, exercise.kind)
            known = known_before(self.book, exercise, session.day)
            if odd := doubt(rows, {}, known, unit):
                again = partial(self.pane.ask, label, answer, value=typed)
                ask_if_sure(self.pane, odd, partial(write, odd.confirmed), again)
            else:
                write(rows)

        def write(typed: Sequence[Written]) -> None:
            with self.pane.guarded():
                now = self._now(session)
                rows = self.book.recorder.add(now, exercise, typed)
                there = self.book.reader.session(session.id)
                entry = next(
                    e for e in (there or now).live() if rows[0].id in {r.id for r in e.sets}
                )
                words = sets_words(entry, rows, self.book.profile.library, unit)
                self.pane.say(f"Added: {words}. u takes it out again.", "good")
                self.added(rows[0].id)

        last = self.book.reader.last_entry(exercise.id)
        library = self.book.profile.library
        standing = "" if last is None else done_text(exercise.id, last[1].live(), library, unit)
        why = f"{SETS} right: as last time." if standing else SETS
        self.pane.ask(label, answer, standing=standing, why=why)

    # -- deleting and bringing back ------------------------------------------------------------

    def delete(self, session: Session) -> None:
        """Delete a session."""
        with self.pane.guarded():
            self.book.recorder.delete(session)
            words = session_words(session, self.book.profile.library)
            self.pane.say(f"Deleted: {words}. u brings it back.", "good")

    def delete_part(self, session: Session, part: object) -> None:
        """Delete a set or the note of a session."""
        with self.pane.guarded():
            if isinstance(part, OneSet):
                self.book.recorder.delete_set(session, part.rows)
                library, unit = self.book.profile.library, self.book.profile.unit
                words = sets_words(part.entry, part.rows, library, unit)
                self.pane.say(f"Deleted: {words}. u brings it back.", "good")
            elif isinstance(part, Note) and part.words:
                self._write_note(session, "")
                self.pane.say("Deleted: the note. u brings it back.", "good")
            else:
                self.pane.say("x deletes the set under the cursor.")

    def restore(self, one: Deleted) -> None:
        """Bring back what was deleted."""
        with self.pane.guarded():
            if one.rows:
                self.book.recorder.restore_sets(one.session.id, one.rows)
            else:
                self.book.recorder.restore(one.session.id)
            words = f"{short_day(one.session.day)}, {deleted_words(one, self.book.profile.library)}"
            self.pane.say(f"Back in the log: {words}. u deletes it again.", "good")

    def undo(self) -> None:
        """Undo the last change of the log, and say which."""
        with self.pane.guarded():
            change = self.book.recorder.undo()
            if change is None:
                self.pane.say("Nothing to undo here.")
            else:
                words = self._words(change.before, change.after)
                self.pane.say(f"Undone: {words}. U does it again.", "good")

    def redo(self) -> None:
        """Do again what was undone last, and say what."""
        with self.pane.guarded():
            change = self.book.recorder.redo()
            if change is None:
                self.pane.say("Nothing to do again: U follows u.")
            else:
                words = self._words(change.before, change.after)
                self.pane.say(f"Done again: {words}. u undoes it.", "good")

    def _words(self, before: Session | None, after: Session) -> str:
        return change_words(before, after, self.book.profile.library, self.book.profile.unit)
