"""One of several processes at work on one log: it writes when it may, looks when it may not, and
reports each step once it is confirmed or refused.

Every set bears a mark of its own in its note, and every step tells which marks it adds and which it
takes away. The steps are random, repeatable by seed as far as the processes' turns allow.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random
from time import monotonic, sleep
from typing import NamedTuple

from _child import Tell
from _runner import MEASURES
from _screen import DONE, Screen
from _told import TODAY, captured, options

from tui.app.logbook import Logbook
from tui.app.write_access import ReadOnly
from tui.bootstrap import open_logbook
from tui.cli import main as run_command
from tui.cli.base import parse_date
from tui.domain.model.notation import Written, parse
from tui.domain.model.values import Kind, Session, SetEntry
from tui.domain.session.actions import Log, Mark, Refused, Undo, Write
from tui.domain.session.live import Key, Live
from tui.store.errors import StoreError

SCREENS, COMMAND = ("one", "two"), "command"
SETTING = "body_weight"
REFUSED, TAKEN_OVER = "read-only", "this one writes now"
KILLS = 0.2
BOAST = 0.1
# The longest pauses between two steps and between two looks, in seconds.
STEP_S, LOOK_S, AWAY_S = 0.02, 0.15, 0.3
PAUSE_S = 6.0
REFUSALS = (ReadOnly, Refused, StoreError)


class Step(NamedTuple):
    """A step: the marks it adds and takes away, and what it does."""

    name: str
    add: list[str]
    remove: list[str]
    take: Callable[[], object]


class Mate:
    """A full screen without its screen: holds a logbook, and lets go of it now and then.

    ``boasting`` is a fault that must be found: some steps are reported, but not taken.
    """

    def __init__(
        self, name: str, folder: Path, chance: Random, tell: Tell, *, boasting: bool
    ) -> None:
        self.name, self.folder, self.chance, self.tell = name, folder, chance, tell
        self.count, self.boasting = 0, boasting
        # What undo in the log takes back, until this instance lets go.
        self.undoable: list[Step] = []
        # A session whose correction was begun while the other one still wrote.
        self.held: Session | None = None

    def work(self, end: float) -> None:
        """Open the log again and again until ``end`` (CLOCK_MONOTONIC, s)."""
        while monotonic() < end:
            try:
                book = self.open()
            except StoreError as refusal:
                self.tell({"blind": self.name, "why": str(refusal)})
                continue
            steps = self.chance.randint(5, 40)
            while monotonic() < end and steps:
                stepped = self.turn(book)
                steps -= stepped
                sleep(self.chance.uniform(0, STEP_S if stepped else LOOK_S))
            book.close()
            self.undoable.clear()
            sleep(self.chance.uniform(0, AWAY_S))
        self.tell({"end": self.name})

    def open(self) -> Logbook:
        """The logbook, as the full screen opens it."""
        day = parse_date(TODAY)
        return open_logbook(str(self.folder), day, write=True, else_look=True).read_all()

    def turn(self, book: Logbook) -> bool:
        """Take a step, or look; True if it was a step."""
        chosen = None
        if not book.access.granted:
            past = marked_sessions(book)
            self.held = self.held or (self.chance.choice(past) if past else None)
            if not book.take_over():
                self.look(book)
                return False
            self.tell({"took over": self.name})
            book.read_all()
            chosen = self.late(book)
        if (chosen := chosen or self.choose(book)) is not None:
            self.take(chosen)
        return True

    def look(self, book: Logbook) -> None:
        """See what the other one has done; that must always be possible."""
        try:
            book.look_around()
            book.read_all()
        except StoreError as refusal:
            self.tell({"blind": self.name, "why": str(refusal)})
        else:
            self.tell({"looked": self.name})

    def take(self, step: Step) -> None:
        """Take a step, and report what came of it."""
        told = {"by": self.name, "step": step.name, "add": step.add, "remove": step.remove}
        try:
            if not (self.boasting and self.chance.random() < BOAST):
                step.take()
        except REFUSALS as refusal:
            self.tell({"refused": told, "why": str(refusal)})
        else:
            self.tell({"done": told, "when": monotonic()})

    def mark(self) -> str:
        """A mark that no other set bears."""
        self.count += 1
        return f"{self.name}-{self.count}"

    # -- the steps -----------------------------------------------------------------------------

    def choose(self, book: Logbook) -> Step | None:
        """A random step; None if it cannot be taken now."""
        past = marked_sessions(book)
        if past and self.chance.random() < 0.2:
            return self.in_the_log(book, self.chance.choice(past))
        if self.chance.random() < 0.03:
            return self.setting(book)
        live = book.recorder.live
        if live is None:
            plan = book.planner.next_plan(book.now().date())
            return Step("start", [], [], lambda: book.recorder.start(plan))
        return self.in_the_session(book, live)

    def in_the_session(self, book: Logbook, live: Live) -> Step:
        """Log a set, mark the last one anew, undo it, or finish."""
        item, mark, last = live.suggested(), self.mark(), last_marked(live)
        luck = self.chance.random()
        if item is None or luck < 0.08:
            return Step("finish", [], [], book.recorder.finish)
        if last is not None and luck < 0.16:
            key, row = last
            note = Mark(key, "note", mark)
            return Step("mark", [mark], [row.note], lambda: book.recorder.do(note))
        key = live.open_keys(item)[0]
        rows = typed(item.kind, mark)

        def log() -> None:
            book.recorder.do(Write(key, rows))

        def log_and_undo() -> None:
            book.recorder.do(Log(item.id))
            book.recorder.do(Undo())

        if luck < 0.22:
            return Step("log and undo", [], [], log_and_undo)
        return Step("log", [mark], [], log)

    def in_the_log(self, book: Logbook, session: Session) -> Step | None:
        """Correct a set of a session, delete it or the session, or undo the last of these."""
        luck = self.chance.random()
        if self.undoable and luck < 0.2:
            last = self.undoable[-1]

            def undo() -> None:
                book.recorder.undo()
                self.undoable.pop()

            return Step("undo", last.remove, last.add, undo)
        old = self.chance.choice(marks_of(session))
        rows = [row for entry in session.live() for row in entry.live() if row.note == old]
        if luck < 0.3:
            made = Step("delete", [], marks_of(session), lambda: book.recorder.delete(session))
        elif luck < 0.5:
            made = Step("delete a set", [], [old], lambda: book.recorder.delete_set(session, rows))
        else:
            made = self.correction("correct", book, session, old)

        def take() -> None:
            made.take()
            self.undoable.append(made)

        return made._replace(take=take)

    def late(self, book: Logbook) -> Step | None:
        """Correct a set as it was seen before the other one let go; None if that set itself was
        changed since, as then either may count."""
        held, self.held = self.held, None
        now = None if held is None else book.reader.session(held.id)
        if held is None or now is None:
            return None
        old = self.chance.choice(marks_of(held))
        return self.correction("correct late", book, held, old) if old in marks_of(now) else None

    def correction(self, name: str, book: Logbook, session: Session, old: str) -> Step:
        """Correct the set of a session that bears the mark ``old``."""
        (entry,) = (one for one in session.live() if old in {row.note for row in one.live()})
        # Both sides of a set bear its mark.
        rows = [row for row in entry.live() if row.note == old]
        new = self.mark()
        done = typed(book.profile.library.exercises[entry.exercise].kind, new)
        return Step(name, [new], [old], lambda: book.recorder.correct(session, rows, done))

    def setting(self, book: Logbook) -> Step:
        """Set the body weight to a value that was not there before."""
        value = round(self.chance.uniform(50, 90), 6)
        return Step("setting", [f"{SETTING} {value}"], [], lambda: book.profile.set(SETTING, value))


class Typist:
    """A runner at the real full screen: types sets with their marks, finishes, leaves, and kills it
    at times. What the screen does not show as done is in doubt, unless it says why it is not."""

    def __init__(self, name: str, folder: Path, chance: Random, tell: Tell) -> None:
        self.name, self.folder, self.chance, self.tell = name, folder, chance, tell
        self.count = 0

    def work(self, end: float) -> None:
        """Sit down at the screen again and again until ``end``."""
        while monotonic() < end:
            screen = Screen(self.folder)
            for _ in range(self.chance.randint(3, 15)):
                if monotonic() < end:
                    self.turn(screen)
            if self.chance.random() < KILLS:
                screen.terminal.close()
            elif wrong := screen.leave():
                raise AssertionError(wrong)
            # Long enough for the other to try a step, slow as screens are.
            sleep(self.chance.uniform(0, PAUSE_S))
        self.tell({"end": self.name})

    def turn(self, screen: Screen) -> None:
        """Log a set with a mark; finish where there is none to do, and now and then."""
        screen.press("2")  # One that looks sees what the other did.
        if not screen.to_open_set() or self.chance.random() < 0.1:
            self.report("finish", [], done=screen.end(), text=screen.terminal.text())
            return
        self.count += 1
        mark, before = f"{self.name}-{self.count}", screen.sets()
        # The header says it too, as long as this one looks.
        refusals = screen.terminal.text().count(REFUSED)
        screen.press("e")
        if self.chance.random() < 0.3:
            sleep(self.chance.uniform(0, PAUSE_S))  # The other may log meanwhile, and leave.
        screen.pressed(
            f" # {mark}\r",
            lambda text: (
                text.count(DONE) > before or text.count(REFUSED) > refusals or TAKEN_OVER in text
            ),
        )
        text = screen.terminal.text()
        # One that looks shows what the other did meanwhile: only one that writes has done it.
        done = text.count(DONE) > before and REFUSED not in text
        if TAKEN_OVER in text:
            # What is new on the screen is what the other one did.
            self.tell({"took over": self.name})
            screen.terminal.settle()
            before = screen.sets()
            done = screen.pressed("\r", lambda text: text.count(DONE) > before)
            text = screen.terminal.text()
        self.report("log", [mark], done=done, text=text)
        screen.press("\x1b")

    def report(self, step: str, add: list[str], *, done: bool, text: str) -> None:
        """Report what came of a step, as the screen ``text`` shows it."""
        told = {"by": self.name, "step": step, "add": add, "remove": []}
        if done:
            self.tell({"done": told, "when": monotonic()})
        elif REFUSED in text:
            self.tell({"refused": told, "why": REFUSED})
        else:
            self.tell({"doubt": told})


class Commander:
    """Types commands into another terminal, whether the log is free or not."""

    def __init__(self, name: str, folder: Path, chance: Random, tell: Tell) -> None:
        self.name, self.folder, self.chance, self.tell = name, folder, chance, tell
        self.count = 0

    def work(self, end: float) -> None:
        """Type one command after another until ``end``."""
        while monotonic() < end:
            self.count += 1
            self.type(*self.chance.choice((self.log, self.race, self.metric))())
            sleep(self.chance.uniform(0, 0.2))
        self.tell({"end": self.name})

    def type(self, mark: str, words: list[str]) -> None:
        """Type a command, and report what came of it."""
        told = {"by": self.name, "step": words[0], "add": [mark], "remove": []}
        # A screen may change what it added before its end is seen here.
        when = monotonic()
        ran = captured(lambda: run_command([*words, *options(self.folder)]))
        if ran.fault:
            raise AssertionError(ran.fault)
        if ran.code == 0:
            self.tell({"done": told, "when": when})
        else:
            self.tell({"refused": told, "why": ran.err.strip()})

    def log(self) -> tuple[str, list[str]]:
        mark = f"{self.name}-{self.count}"
        day = self.chance.choice(((), ("--on", "2026-10-31"), ("--on", "2025-12-30")))
        return mark, ["log", "back-squat", f"1x5 60kg # {mark}", *day]

    def race(self) -> tuple[str, list[str]]:
        mark = f"{self.name}-{self.count}"
        return mark, ["race", "add", f"2027-05-{1 + self.count % 28:02}", mark]

    def metric(self) -> tuple[str, list[str]]:
        # One value counts a day, so each has a day of its own.
        year, day = divmod(self.count, 28)
        month, year = 1 + year % 12, 2025 - year // 12
        date = f"{year}-{month:02}-{1 + day:02}"
        return f"metric {date}", ["metric", "add", "vertical-jump", "40", "--on", date]


def typed(kind: Kind, mark: str) -> tuple[Written, ...]:
    """A set of this kind with a mark."""
    return tuple(parse(f"{MEASURES[kind][0]} # {mark}", kind, single=True))


def marks_of(session: Session) -> list[str]:
    """The marks in a session; none if it is deleted."""
    notes = {row.note for entry in session.live() for row in entry.live()}
    return [] if session.deleted else sorted(filter(is_mark, notes))


def marked_sessions(book: Logbook) -> list[Session]:
    """The sessions with sets that bear a mark."""
    return [session for session in book.reader.sessions() if marks_of(session)]


def last_marked(live: Live) -> tuple[Key, SetEntry] | None:
    """The last set logged in a session, with its key, if it bears a mark."""
    found = [(key, rows[0]) for key, rows in live.rows.items()][-1:]
    return found[0] if found and is_mark(found[0][1].note) else None


def is_mark(note: str) -> bool:
    """Whether a note is a mark of ours."""
    name, _, number = note.partition("-")
    return name in {*SCREENS, COMMAND} and number.isdecimal()
