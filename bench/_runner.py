"""The process that the crash test kills: a runner who logs, edits and undoes without pause.

Before each step it reports what may be true if it is killed during the step; after it, what is true
from then on, as a person would rely on the screen. Steps and their times are random, repeatable by
seed.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from time import perf_counter
from typing import Any, Literal, NamedTuple, NoReturn

from _facts import Change, of_live, of_session, of_setting
from msgspec.structs import replace

from tui.app.logbook import Logbook
from tui.app.recorder import Recorder
from tui.domain.model.ids import sortable
from tui.domain.model.library.parser import Library
from tui.domain.model.notation import parse
from tui.domain.model.values import Kind, Session, SetEntry, SetKind
from tui.domain.session.actions import (
    AddSet,
    AddWarmups,
    Adjust,
    Clock,
    Command,
    Finish,
    Log,
    Mark,
    Move,
    Put,
    Refused,
    SessionNote,
    Skip,
    Superset,
    Swap,
    Tick,
    Undo,
    Write,
)
from tui.domain.session.live import Key, Live
from tui.domain.session.replay import apply, to_session
from tui.domain.session.steps import step
from tui.store.paths import Paths

MEASURES = {
    Kind.LOADED: ("8 60kg rir2", "5 62.5kg rir1 # slow, but clean", "L8 R7 20kg"),
    Kind.BODYWEIGHT: ("12", "L12 R10 pain1", "15 rir3"),
    Kind.HOLD: ("40s", "L40s R38s", "30s pain2"),
    Kind.CLUSTER: ("8x5s", "6x5s form"),
    Kind.ECCENTRIC: ("5 t10", "4 t8 pain3"),
    Kind.PLYOMETRIC: ("10", "8 landing"),
    Kind.CARRY: ("40m 16kg", "35m 20kg rir1"),
    Kind.MOBILITY: ("10", "12 # für beide Seiten"),
}


class Step(NamedTuple):
    """A possible step. ``may`` holds what is true after each part that could reach the disk on its
    own, the last being the whole step; ``take`` takes it and returns what is true afterwards."""

    name: str
    may: list[Change]
    take: Callable[[], Change]


class Runner:
    """Logs, edits, undoes and finishes in the data directory of ``paths`` until the process ends.

    ``tell`` is called with one message at a time. ``boasting`` is a fault that must be found: each
    step is confirmed before it is taken.
    """

    def __init__(
        self,
        paths: Paths,
        library: Library,
        chance: Random,
        now: datetime,
        tell: Callable[[dict[str, Any]], None],
        *,
        boasting: bool = False,
    ) -> None:
        self.chance, self.tell, self.boasting = chance, tell, boasting
        self.moment, self.bits = now, 0
        self.exercises = list(library.exercises.values())
        self.book = Logbook(paths, library, now=lambda: self.moment, random_bits=lambda: self.bits)
        # What the logbook's own undo should restore.
        self.changed: list[Session] = []

    def run(self) -> NoReturn:
        """Open the log, then take step after step."""
        self.book.open(write=True)
        assert self.book.access.granted, self.book.access.holder
        self.book.reader.read_year()
        self.tell({"ready": True})
        while True:
            self.moment += timedelta(seconds=self.chance.randint(1, 90))
            self.bits = self.chance.getrandbits(80)
            chosen = self.choose()
            if chosen is None:
                continue
            self.tell({"begin": chosen.name, "may": chosen.may})
            if self.boasting:
                self.tell({"done": chosen.may[-1], "took": 0.0})
                chosen.take()
                continue
            begun = perf_counter()
            true = chosen.take()
            self.tell({"done": true, "took": perf_counter() - begun})

    def choose(self) -> Step | None:
        """A random step; None if it cannot be taken now."""
        if self.chance.random() < 0.15 and self.book.reader.sessions():
            return self.chance.choice((self.edit, self.edit, self.delete, self.undo, self.set))()
        if self.book.recorder.live is None:
            return self.start()
        return self.live_step(self.book.recorder.live)

    # -- the live session ----------------------------------------------------------------------

    def start(self) -> Step:
        planned = (
            self.book.planner.next_plan(self.moment.date()) if self.chance.random() < 0.8 else None
        )
        live = Live(
            id=sortable(int(self.moment.timestamp() * 1000), self.bits),
            started=self.moment,
            programme=None if planned is None else planned.programme.id,
            part=None if planned is None else planned.part.id,
            items=() if planned is None else planned.items,
            stamp=self.moment.isoformat(),
        )
        return Step("start", [of_live(live)], lambda: of_live(self.book.recorder.start(planned)))

    def live_step(self, live: Live) -> Step | None:
        command = self.command(live)
        try:
            _, events = step(live, command, self.moment, lambda: "unknown")
        except Refused:
            return None
        may = []
        for event in events:
            live = apply(live, event)
            may.append(of_live(live))
        if isinstance(command, Finish):
            filed = of_session(to_session(live)) if live.rows or live.note else {}
            may[-1] = {"live": None, **filed}
            return Step("finish", may, self.finish)
        return Step(
            type(command).__name__, may or [{}], lambda: of_live(self.book.recorder.do(command))
        )

    def finish(self) -> Change:
        session = self.book.recorder.finish()
        return {"live": None, **({} if session is None else of_session(session))}

    def command(self, live: Live) -> Command:
        """A random command, common ones more often; it may be refused."""
        chance = self.chance
        if not live.items:
            return Put(self.book.planner.item(chance.choice(self.exercises), self.moment.date()))
        item = chance.choice(live.items)
        key = chance.choice(item.keys() or [Key(item.id, SetKind.WORK, 1)])
        other = self.book.planner.item(chance.choice(self.exercises), self.moment.date())
        field: Literal["rir", "pain"] = chance.choice(("rir", "pain"))
        commands: list[tuple[int, Command]] = [
            (30, Log(item.id)),
            (12, Write(key, parse(chance.choice(MEASURES[item.kind]), item.kind, single=True))),
            (8, Mark(key, field, chance.randint(0, 4))),
            (2, Mark(key, "note", "left side first")),
            (12, Undo()),
            (3, Skip((key,), chance.choice(("pain", "time", "equipment")))),
            (3, Adjust(item.id, load_kg=2.5)),
            (2, Adjust(item.id, steps=-1)),
            (3, Put(other, chance.choice((None, 0)))),
            (2, Swap(item.id, other)),
            (2, Move(item.id, chance.choice((-1, 1)))),
            (4, AddSet(item.id)),
            (1, AddWarmups(item.id, round)),
            (2, Superset(item.id)),
            (2, SessionNote(chance.choice(("", "windy", "Knie hält\n\ttwo lines")))),
            (8, Clock("space", item.id)),
            (2, Clock(chance.choice(("skip", "repeat", "add", "stop")))),
            (3, Tick()),
            (10, Finish()),
        ]
        weights = [weight for weight, _ in commands]
        return chance.choices(commands, weights)[0][1]

    # -- the log -------------------------------------------------------------------------------

    def a_session(self) -> Session:
        """A random session, often the newest, as what was corrected is often corrected again."""
        sessions = self.book.reader.sessions()
        return sessions[-1] if self.chance.random() < 0.5 else self.chance.choice(sessions)

    def edit(self) -> Step:
        """Correct a set, delete one, write a note, or move a session to another year."""
        session, chance = self.a_session(), self.chance
        edited = self.moment.isoformat()
        sets: dict[tuple[str, int], list[SetEntry]] = {}
        # A session with only a note has no exercise.
        for entry in chance.sample(session.live(), k=min(1, len(session.live()))):
            for row in entry.live():
                sets.setdefault((row.kind, row.number), []).append(row)
        what = chance.choices(("note", "year", "correct", "delete set"), (1, 2, 3, 1))[0]
        if what == "note" or not sets:
            return self.put(what, replace(session, note=f"edited at {edited}", edited=edited))
        if what == "year":
            year = session.started.year + chance.choice((-1, 1))
            started = session.started.replace(year=year, day=min(28, session.started.day))
            return self.put(what, replace(session, started=started, edited=edited))
        rows = chance.choice(list(sets.values())[:2])
        if what == "correct":
            typed = parse(chance.choice(("8 60kg rir2", "L8 R7", "L9", "40s pain2")), single=True)
            return self.through(
                what, session, lambda recorder: recorder.correct(session, rows, typed)
            )
        return self.through(what, session, lambda recorder: recorder.delete_set(session, rows))

    def delete(self) -> Step:
        session = self.a_session()
        return self.through("delete", session, lambda recorder: recorder.delete(session))

    def put(self, name: str, session: Session) -> Step:
        before = self.book.reader.session(session.id)
        assert before is not None
        return self.through(name, before, lambda recorder: recorder.put(session))

    def through(self, name: str, before: Session, act: Callable[[Recorder], None]) -> Step:
        """A step that changes ``before`` in the log. Its result is found by rehearsing it on a
        recorder that writes nothing."""
        rehearsal = Rehearsal(self.book)
        act(rehearsal)
        made = rehearsal.made

        def take() -> Change:
            act(self.book.recorder)
            self.changed.append(before)
            return of_session(made)

        return Step(name, [of_session(made)], take)

    def undo(self) -> Step | None:
        if not self.changed:
            return None
        back = replace(self.changed[-1], edited=self.moment.isoformat())

        def take() -> Change:
            self.changed.pop()
            undone = self.book.recorder.undo()
            assert undone is not None
            session = self.book.reader.session(undone.after.id)
            assert session is not None
            return of_session(session)

        return Step("undo edit", [of_session(back)], take)

    def set(self) -> Step:
        weight = round(self.chance.uniform(50, 90), 1)

        def take() -> Change:
            self.book.profile.set("body_weight", weight)
            return of_setting("body_weight", weight)

        return Step("setting", [of_setting("body_weight", weight)], take)


class Rehearsal(Recorder):
    """A recorder that writes nothing, and only remembers what it would have written."""

    made: Session

    def __init__(self, book: Logbook) -> None:
        super().__init__(
            book.paths,
            book.access,
            book.reader,
            book.profile,
            book.planner,
            now=book.now,
            random_bits=lambda: 0,
            notice=book.notice,
        )

    def put(self, session: Session, seen: Session | None = None) -> None:  # noqa: ARG002  as there
        self.made = session
