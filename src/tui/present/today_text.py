"""Today as plain text, lines without colour that a pipe can take; and what a session is in words.

Lines may hold what files say; whoever prints them cleans them
(:func:`tui.domain.model.text.clean`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from msgspec import Struct

from tui.domain.calculator import Advice
from tui.domain.calculator.morning_pain import PAIN_WORDS
from tui.domain.calculator.reasons import why
from tui.domain.model.dates import day_text
from tui.domain.model.library.catalog import exercise_name
from tui.domain.model.library.parser import Library
from tui.domain.model.notation import planned, show, written
from tui.domain.model.phases import SNACK
from tui.domain.model.values import Entry, Session, SetEntry
from tui.domain.planning.today import Plan
from tui.domain.planning.wording import clauses, placed_words
from tui.domain.session.live import Item, Live
from tui.present.report import INDENT, statement_lines


class Today(Struct, frozen=True, kw_only=True):
    """What there is to say of a day: the session that is next, the one under way if there is one,
    and the log so far. ``unit`` (kg or lb) is that of the loads shown."""

    day: date
    plan: Plan
    live: Live | None
    log: Sequence[Session]
    library: Library
    unit: str = "kg"

    @property
    def items(self) -> tuple[Item, ...]:
        """The exercises of the session under way, else of the next one."""
        return self.plan.items if self.live is None else self.live.items

    def name(self, exercise: str) -> str:
        """What an exercise is called; its id where the library has none."""
        return exercise_name(self.library, exercise)

    @property
    def sources(self) -> list[str]:
        """The ids of the sources behind the session, the programme's first, each once."""
        found = list(self.plan.programme.sources) if self.live is None else []
        for item in self.items:
            if advice := self.advice(item):
                found += advice.sources
            if exercise := self.library.exercises.get(item.exercise):
                found += exercise.sources
        return list(dict.fromkeys(found))

    @property
    def reasons(self) -> list[str]:
        """Why this session, in sentences."""
        if self.live is not None:
            return []
        programme = self.plan.programme
        mine = [s for s in self.log if s.programme == programme.id and s.day <= self.day]
        before = max(mine, key=lambda s: s.started, default=None)
        parts = {part.id: part.name for part in programme.parts}
        if before is None:
            turn = f"It is the first session of {programme.name}."
        else:
            done = parts.get(before.part or "", before.part or "a session")
            turn = f"The last was {done}, on {before.day}; {self.plan.part.name} comes next."
        due = self.plan.due
        place = "" if due is None else clauses(due.reasons)
        more = [place, PAIN_WORDS if self._sore else ""]
        return [turn, *(f"{words[:1].upper()}{words[1:]}." for words in more if words)]

    @property
    def _sore(self) -> bool:
        """True where pain has an exercise of the session that is next rest."""
        every = (reason for said in self.plan.resting for reason in said.reasons)
        return any(reason.code == "PAIN_STOP" for reason in every)

    def advice(self, item: Item) -> Advice | None:
        """What the calculator said of an exercise of the session that is next."""
        return self.plan.advice.get(item.id) if self.live is None else None


def source_text(library: Library, source: str) -> str:
    """A source by its title, author and publisher; its id where the library has none."""
    found = library.sources.get(source)
    if found is None:
        return source
    return f"{found.title} ({', '.join(dict.fromkeys([found.author, found.publisher]))})"


def reserve_text(target_rir: int) -> str:
    """How many reps a set is to leave."""
    return "1 rep left in reserve" if target_rir == 1 else f"{target_rir} reps left in reserve"


def sets_text(rows: Iterable[SetEntry], unit: str = "kg") -> str:
    """Sets of one exercise in the notation, warm-ups first, then how many were left out and why."""
    every = list(rows)
    done = [row for row in every if row.undone is None]
    words = [show(map(written, done), unit)] if done else []
    reasons: dict[str, set[int]] = {}
    for row in every:
        if row.undone is not None:
            reasons.setdefault(row.undone, set()).add(row.number)
    words += [f"{len(sets)} left out ({why})" for why, sets in reasons.items()]
    return "; ".join(words)


def last_time(log: Iterable[Session], exercise: str) -> tuple[Session, Entry] | None:
    """The newest session with a set of an exercise that was done, and the exercise in it."""
    alive = (session for session in log if not session.deleted)
    for session in sorted(alive, key=lambda s: s.started, reverse=True):
        for entry in session.live():
            if entry.exercise == exercise and any(row.undone is None for row in entry.live()):
                return session, entry
    return None


def today_lines(today: Today) -> list[str]:
    """The session under way or next: its exercises, then the reasons and their sources."""
    lines = [_head(today), _state(today)]
    if today.items:
        lines.append("")
    for item in today.items:
        lines += _item_lines(today, item)
    lines += _section("Why", [*today.reasons, *_whys(today)])
    lines += _section("Sources", [source_text(today.library, s) for s in today.sources])
    return lines


def _whys(today: Today) -> Iterator[str]:
    """Why each exercise is dosed as it is; of a session under way, what it is good for."""
    for item in today.items:
        exercise = today.library.exercises.get(item.exercise)
        if advice := today.advice(item):
            yield f"{today.name(item.exercise)}: {why(advice, today.library, today.unit)}"
        elif exercise:
            yield f"{exercise.name}: {exercise.why}"
    if today.live is None:
        for advice in today.plan.resting:
            words = why(advice, today.library, today.unit)
            yield f"{today.name(advice.exercise)}: rest. {words}"


def _section(title: str, sentences: Sequence[str]) -> list[str]:
    """A heading and what stands under it; nothing where nothing does."""
    if not sentences:
        return []
    return ["", title, *statement_lines(sentences, INDENT)]


def _head(today: Today) -> str:
    if today.live is not None:
        programme = today.library.programmes.get(today.live.programme or "")
        words = [programme.name if programme else "A session of your own"]
        if programme:
            words += [part.name for part in programme.parts if part.id == today.live.part]
        return " · ".join(dict.fromkeys(words))
    plan = today.plan
    words = [plan.programme.name, plan.part.name, f"week {plan.week}"]
    if plan.phase.name:
        words.append(plan.phase.name)
    return " · ".join(dict.fromkeys(words))


def _state(today: Today) -> str:
    live, due = today.live, today.plan.due
    if live is None and today.plan.paused:
        return "The programme is paused; this is what would be next."
    if live is None and not today.plan.items and today.plan.resting:
        return "Rest today."
    if live is None and due is not None:
        when = "today" if due.day == today.day else day_text(due.day)
        return " ".join(filter(None, ["Planned for", when, placed_words(due)])) + "."
    if live is None:
        return "Not begun; stridelift opens it."
    done = sum(live.done_count(item) for item in live.items)
    every = sum(len(item.keys()) for item in live.items)
    return f"Under way since {live.started:%H:%M}: {done} of {every} sets done."


def _item_lines(today: Today, item: Item) -> Iterator[str]:
    exercise = today.library.exercises.get(item.exercise)
    words = [planned(item.now.sets, today.unit)]
    if item.now.target_rir is not None:
        words.append(reserve_text(item.now.target_rir))
    words.append(f"rest {item.now.rest_s} s")
    if exercise and exercise.equipment:
        words.append(", ".join(exercise.equipment))
    yield today.name(item.exercise)
    yield from statement_lines([" · ".join(words)], INDENT)
    if today.live is not None and today.live.done_count(item):
        rows = [row for key in item.keys() for row in today.live.rows.get(key, ())]
        yield f"  done {sets_text(rows, today.unit)}"
    if found := last_time(today.log, item.exercise):
        session, entry = found
        yield f"  last {session.day}: {sets_text(entry.live(), today.unit)}"


def session_title(session: Session, library: Library) -> str:
    """What a session is called: its programme and part, or the exercises in it."""
    programme = library.programmes.get(session.programme or "")
    if session.programme == SNACK:
        return "Snack"
    if programme is None:
        names = [exercise_name(library, entry.exercise) for entry in session.live()]
        return ", ".join(names[:3]) + (" ..." if len(names) > 3 else "") or "Session"
    parts = [part.name for part in programme.parts if part.id == session.part]
    return ": ".join(dict.fromkeys([programme.name, *parts]))


def exercise_sets(
    sessions: Iterable[Session], exercise: str
) -> list[tuple[Session, list[SetEntry]]]:
    """The sessions with sets of an exercise, newest first, each with those sets."""
    found = []
    # By day first: on a journey across the date line the later instant may be the earlier day.
    for session in sorted(sessions, key=lambda s: (s.day, s.started), reverse=True):
        entries = [e for e in session.live() if e.exercise == exercise and not session.deleted]
        found += [(session, list(entry.live())) for entry in entries]
    return found
