"""Today's session line by line: for a screen reader, a dumb terminal, a slow line.

It takes the same steps as the full screen, with the same words and the same notation, and keeps
nothing of its own: what it knows of the session is what the journal says.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from tui.app.day_state import begin_question
from tui.app.farewell import farewell
from tui.app.leaving_sore import leave_sore, stop_words
from tui.app.lines.clock import LineClock
from tui.app.lines.ending import LineEnding
from tui.app.lines.morning import LineMorning
from tui.app.lines.sets import LineSets
from tui.app.lines.talk import Heard, Talk
from tui.app.logbook import Logbook
from tui.app.today_session import TodaySession
from tui.domain.calculator.loads import STEP_KG
from tui.domain.calculator.reasons import brief
from tui.domain.model.library.catalog import exercise_name
from tui.domain.model.text import as_sentence, number_of
from tui.domain.planning.wording import clause
from tui.domain.session.actions import (
    AddSet,
    Adjust,
    Clock,
    Command,
    EndSlow,
    Log,
    Redo,
    Refused,
    Remove,
    SessionNote,
    Skip,
    Undo,
    Write,
)
from tui.domain.session.live import Item, Key, Live
from tui.present.advice import advice_words
from tui.present.fetch import fetched
from tui.present.line_words import HELP, exercise_words, list_lines, set_words
from tui.present.progress_words import all_done_words, goes_on_words
from tui.present.session_questions import REASONS, YES_OR_NO, hurt_words
from tui.present.step_words import step_words
from tui.present.today import live_title

HINT = "Enter logs it as planned, space and enter starts its clock, h is help, q leaves."
CHANGED = "The plan has changed meanwhile; here is the new one. Enter begins it."
# After these steps the exercise to do next may be another one.
LEADING_ON = (Log, Write, Skip, EndSlow, Remove)


class LineSession:
    """The session of the day of ``book``, which must be open for writing and read whole.

    Lines go in, without their ends, and lines to be said come out. ``over`` says that it is left;
    what was logged is on disk all the time."""

    def __init__(self, book: Logbook) -> None:
        self.book = book
        self.over = False
        self._session = TodaySession(book)
        self._talk = Talk()
        self._clock = LineClock(self._session, self._talk, self._timed_out)
        self._sets = LineSets(self._session, self._talk, self._do, self._go_to_next)
        self._morning = LineMorning(self._session, self._talk, self._go_to_next)
        self._ending = LineEnding(self._session, self._talk, self._ended)
        # The exercise that enter is about, by its id; empty if there is none.
        self._here = ""
        self._finished = False
        # What was said last of the set to do, so that it is said once.
        self._told: list[str] = []
        # Where the session is kept while the data folder is gone, as it was said.
        self._away = ""
        self._alone: dict[str, Callable[[], None]] = {
            "x": self._leave_out,
            "A": self._add_set,
            "+": partial(self._adjust, 1),
            "-": partial(self._adjust, -1),
            "u": self._undo,
            "U": self._redo,
            ".": partial(self._run_clock, "skip"),
            ",": partial(self._run_clock, "repeat"),
            "t": partial(self._run_clock, "add"),
            "o": partial(self._run_clock, "stop"),
            "w": self._why,
            "d": self._how,
            "h": self._help,
            "help": self._help,
            "?": self._help,
            "F": self._ending.finish,
            "q": self._leave,
        }
        self._told_more: dict[str, Callable[[str], None]] = {
            "e": self._different,
            "f": lambda typed: self._sets.short(self._item, self._key, typed),
            "s": lambda typed: self._sets.skip(self._key, typed),
            "r": partial(self._sets.rate, "rir"),
            "p": partial(self._sets.rate, "pain"),
            "c": self._sets.flag,
            "n": self._sets.note,
            "N": self._note_session,
            "l": self._list,
            "m": self._morning.ask,
        }

    # -- lines in, lines out -------------------------------------------------------------------

    def begin(self) -> Heard:
        """What stands at the beginning: the session, what it needs, and its first set; or the
        question whether to begin it on a day that is not its own."""
        with self._talk.guarded():
            self._session.refresh()
            self._open()
        self._say_next()
        return self._talk.heard()

    def line(self, typed: str) -> Heard:
        """Take a typed line."""
        bells = 0 if self._finished else self._clock.tick()
        with self._talk.guarded():
            if self._talk.is_asking:
                self._answer(typed)
            elif self._finished:
                self._after_finish(typed)
            else:
                self._command(typed)
        self._say_next()
        return self._talk.heard(bells)

    def tick(self) -> Heard:
        """Time has passed."""
        return self._talk.heard(0 if self._finished else self._clock.tick())

    def wait_s(self) -> float | None:
        """The seconds until :meth:`tick` may have something to say; None if only a line can."""
        return None if self._finished else self._clock.wait_s()

    def leave(self) -> Heard:
        """Leave the session as it is."""
        self._leave()
        return self._talk.heard()

    def _command(self, typed: str) -> None:
        """Do what a line says: a command, or what was different about the set."""
        word, _, rest = typed.strip().partition(" ")
        if not word:
            if typed:
                self._run_clock("space")
            else:
                self._log()
        elif word in self._alone and not rest:
            self._alone[word]()
        elif word in self._told_more:
            self._told_more[word](rest.strip())
        elif len(word) == 1 and word.isalpha() and not rest:
            raise Refused(f"{word} does nothing here. h lists what can be typed.")
        else:
            self._different(typed.strip())

    def _answer(self, typed: str) -> None:
        if not self._talk.answer(typed):
            self._talk.say("Left as it was.")

    def _do(self, command: Command, told: str) -> None:
        """Take a step and say what it was, behind ``told``; the first one begins the session."""
        session = self._session
        if not session.under_way and not session.begin(command):
            session.refresh()
            self._go_to_next()
            raise Refused(CHANGED)
        before = session.live
        heavier = session.do(command)
        if told:
            self._talk.say(f"{told}: {self._step_words(before, session.live)}.", heavier)
        if isinstance(command, LEADING_ON):
            self._go_to_next()

    def _step_words(self, before: Live, after: Live) -> str:
        return step_words(before, after, self._session.name, self.book.profile.unit)

    # -- the beginning and the end -------------------------------------------------------------

    def _open(self) -> None:
        library, day = self.book.profile.library, self._session.day
        if self._session.under_way and self.book.recorder.tick():
            self._session.refresh()
        live = self._session.live
        if self._session.under_way:
            self._talk.say(f"{live_title(live, library)}.")
            self._talk.say(goes_on_words(live, self._session.name))
            if skipped := leave_sore(self.book):
                self._talk.say(stop_words(skipped))
                self._session.refresh()
            self._go_to_next(pending=True)
        elif day is None or not live.items:
            self._talk.say("Nothing is planned for today; stridelift today says why.")
            self.over = True
        elif question := begin_question(day):
            self._talk.ask_key(question, YES_OR_NO, self._begin_other_day, usual="n")
        else:
            self._talk.say(f"{live_title(live, library)}, about {day.plan.minutes} min.")
            self._talk.say(*(as_sentence(clause(mark)) for mark in day.plan.marks))
            self._introduce()

    def _begin_other_day(self, key: str) -> None:
        if key != "y":
            self.over = True
            self._talk.say("Not begun.")
            return
        self.book.recorder.start(self._session.plan_now())
        self._session.refresh()
        self._introduce()

    def _introduce(self) -> None:
        profile, items, day = self.book.profile, self._session.live.items, self._session.day
        for said in () if day is None else day.plan.resting:
            name = exercise_name(profile.library, said.exercise)
            self._talk.say(f"{name} rests today. {brief(said, profile.library, profile.unit)}")
        for region, ache in self._session.hurt.items():
            self._talk.say(f"{hurt_words(region, ache, self.book.now().date())[0]} m tells.")
        things = fetched(items, profile.library, profile.setup.inventory, profile.unit)
        self._talk.say(f"Fetch {', '.join(things)}." if things else "")
        self._talk.say(HINT)
        self._go_to_next()

    def _ended(self) -> None:
        self._finished = True

    def _after_finish(self, typed: str) -> None:
        """After the finish, u opens the session again, and anything else leaves."""
        if typed.strip() != "u":
            self._leave()
            return
        self.book.recorder.reopen()
        self._finished = False
        self._session.refresh()
        self._told = []
        self._talk.say("The session is open again.")
        self._go_to_next(pending=True)

    def _leave(self) -> None:
        self.over = True
        self._talk.say("" if self._finished else farewell(self.book))

    # -- where it is ---------------------------------------------------------------------------

    @property
    def _item(self) -> Item:
        """The exercise that enter is about. Raises Refused if there is none."""
        if not self._here:
            raise Refused("No exercise is left. F finishes.")
        return self._session.live.item(self._here)

    @property
    def _key(self) -> Key:
        """The set that enter is about. Raises Refused if there is none."""
        key = self._session.key(self._item, None)
        if key is None:
            raise Refused("This exercise has no sets. l lists the others.")
        return key

    def _waits(self, item: Item) -> bool:
        return any(key.item == item.id for key in self._session.live.pending)

    def _go_to_next(self, *, pending: bool = False) -> None:
        """Go to the exercise to do next; with ``pending``, to one that waits for a yes."""
        live = self._session.live
        if pending and live.pending:
            self._here = live.pending[0].item
            return
        there = [item.id for item in live.items]
        coming = live.suggested(self._here if self._here in there else None)
        if coming is not None:
            self._here = coming.id
        elif self._here not in there:
            self._here = there[-1] if there else ""

    def _timed_out(self) -> None:
        if not self._talk.is_asking:
            self._say_set()

    def _say_next(self) -> None:
        """Once a line is dealt with, say what has changed of the clock and of the set to do."""
        if (away := self.book.recorder.away) != self._away:
            self._away = away
            self._talk.say(f"{away}." if away else "The folder is back.")
        if not (self.over or self._finished or self._talk.is_asking):
            self._clock.hear_from_now()
            self._say_set()

    def _say_set(self) -> None:
        """Say which set comes next, unless that was the last thing said of it."""
        live = self._session.live
        if live.items and not live.unfinished() and not live.pending:
            lines = [f"{all_done_words(live)} F finishes."]
        elif not self._here:
            lines = ["No exercise is left. F finishes."]
        else:
            lines = [exercise_words(live, self._item, self.book.profile.library)]
            lines.append(set_words(live, self._item, self._key, self.book.profile.unit))
        told, self._told = self._told, lines
        if lines != told:
            self._talk.say(*(lines if lines[:1] != told[:1] else lines[1:]))

    # -- commands ------------------------------------------------------------------------------

    def _log(self) -> None:
        """Log the set as planned; on an exercise that is done, go on to the next one."""
        live, item = self._session.live, self._item
        if live.open_keys(item) or self._waits(item):
            self._sets.log(item)
            return
        self._talk.say(f"{self._session.name(item)} is done.")
        self._told = []
        self._go_to_next(pending=not live.unfinished())

    def _different(self, typed: str) -> None:
        if typed:
            self._sets.different(self._item, self._key, typed)
        else:
            self._sets.ask_different(self._item, self._key)

    def _run_clock(self, op: str) -> None:
        self._do(Clock(op, self._item.id), "")
        clock = self._session.live.clock
        if clock is None:
            self._talk.say("Clock off.")
        elif clock.watch.paused_at is not None:
            self._talk.say("Paused. Space and enter goes on.")
        else:
            self._clock.say_again()
            if op == "space":
                self._here = clock.key.item

    def _adjust(self, sign: int) -> None:
        item = self._item
        exercise, profile = self._session.exercise(item), self.book.profile
        loads = None if exercise is None else profile.setup.inventory.loads(exercise)
        self._do(Adjust(item.id, sign * STEP_KG[profile.unit], 0, loads), "")

    def _add_set(self) -> None:
        self._do(AddSet(self._item.id), "Added")

    def _leave_out(self) -> None:
        """Leave the exercise out: if nothing of it is logged it goes, else its open sets do."""
        live, item = self._session.live, self._item
        if not live.done_count(item):
            self._do(Remove(item.id), "Left out")
            return
        keys = tuple(live.open_keys(item))
        if not keys:
            raise Refused(f"{self._session.name(item)} is done.")
        self._talk.ask_key(
            f"Leave out {number_of(len(keys), 'set')} of {self._session.name(item)}. Why?",
            REASONS,
            lambda key: self._do(Skip(keys, REASONS[key]), "Left out"),
            usual="t",
        )

    def _undo(self) -> None:
        after = self._session.live
        self._do(Undo(), "")
        before = self._session.live
        self._talk.say(f"Undone: {self._step_words(before, after)}. U does it again.")
        changed = [key for key, rows in after.rows.items() if rows != before.rows.get(key)]
        if changed and before.plans(changed[0]):
            self._here = changed[0].item
        else:
            self._go_to_next()

    def _redo(self) -> None:
        self._do(Redo(), "Done again")
        self._go_to_next()

    def _note_session(self, typed: str) -> None:
        def answer(words: str) -> None:
            self._do(SessionNote(words), "Noted")

        if typed:
            answer(typed)
        else:
            self._talk.ask("Note on this session:", answer, empty=lambda: None)

    def _list(self, typed: str) -> None:
        """List the exercises, or go to the one with the number typed. Raises Refused."""
        live, profile = self._session.live, self.book.profile
        if not typed:
            self._talk.say(*list_lines(live, self._here, profile.library, profile.unit))
            self._clock.say_again()
            return
        if not (typed.isascii() and typed.isdigit() and 1 <= int(typed) <= len(live.items)):
            raise Refused(f"An exercise from 1 to {len(live.items)}; l lists them.")
        self._here = live.items[int(typed) - 1].id
        self._told = []

    def _why(self) -> None:
        profile = self.book.profile
        said = self._session.advice(self._item)
        if said is None:
            raise Refused("It is there to warm up.")
        self._talk.say(*advice_words(said, profile.library, profile.unit))

    def _how(self) -> None:
        exercise = self._session.exercise(self._item)
        if exercise is None or not exercise.cues:
            raise Refused("How it is done is not in your library.")
        self._talk.say(*(f"{place}. {cue}" for place, cue in enumerate(exercise.cues, start=1)))

    def _help(self) -> None:
        self._talk.say(*HELP)
