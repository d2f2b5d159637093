"""Presents today's session, next or under way, as plain lines and as JSON (see docs/format.md).

Lines may contain text from files, so the caller must clean them before printing
(:func:`tui.domain.model.text.clean`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import asdict, replace

from tui.domain.calculator import Advice
from tui.domain.calculator.morning_pain import PAIN_WORDS
from tui.domain.calculator.reasons import GAP_WORDS, LOG_GAP, brief, sentence
from tui.domain.model.codec import Doc, measures_to_doc, set_to_doc
from tui.domain.model.dates import day_text
from tui.domain.model.library.catalog import exercise_name, routine_name
from tui.domain.model.library.parser import Library
from tui.domain.model.notation import Form, planned
from tui.domain.model.text import as_sentence
from tui.domain.model.values import (
    ROUTINE,
    Routine,
    Session,
    SetEntry,
)
from tui.domain.planning.placement import Placed
from tui.domain.planning.tips import Tip
from tui.domain.planning.today import Plan
from tui.domain.planning.wording import clause, clauses, clock, head_word, placed_words
from tui.domain.session.live import Item, Live
from tui.present.advice import advice_doc, plan_docs
from tui.present.report import INDENT, statement_lines
from tui.present.words import (
    STOP_SLOW,
    instead_words,
    plan_parts,
    ramp_words,
    sets_text,
    source_text,
    tip_words,
)

# What is told beside the main reason of an exercise: why it is in this session.
OF_THE_SESSION = frozenset(
    {"TERRAIN_CHOICE", "TERRAIN_MORE", "TERRAIN_LESS", "LEAN_LIFT", "LEAN_RUN", "SLOW_HALF"}
)


class Today(Struct, frozen=True, kw_only=True):
    """A day's session with all that is needed to show it: the next one (``plan``), the one under
    way (``live``), if any, and the ``last`` session of each of its exercises, with its entry of it
    alone. Loads are shown in ``unit`` (kg or lb). ``stand_in`` is the routine that may be done
    instead of it in a week of easier running, ``tip`` that of the week."""

    day: date
    plan: Plan
    live: Live | None
    last: Mapping[str, Session]
    library: Library
    unit: str = "kg"
    hours: int = 24
    stand_in: Routine | None = None
    tip: Tip | None = None

    @property
    def items(self) -> tuple[Item, ...]:
        """The exercises of the session under way, else of the next one."""
        return self.plan.items if self.live is None else self.live.items

    @property
    def progress(self) -> tuple[int, int]:
        """The number of sets done in the session under way, and of all its sets."""
        return (0, 0) if self.live is None else self.live.progress

    def done(self, item: Item) -> list[SetEntry]:
        """The sets logged for an exercise of the session under way."""
        rows = self.live.rows if self.live is not None else {}
        return [row for key in item.keys() for row in rows.get(key, ())]

    def name(self, exercise: str) -> str:
        """The name of an exercise, or its id if the library lacks it."""
        return exercise_name(self.library, exercise)

    @property
    def sources(self) -> list[str]:
        """The source ids of the session, each once, the programme's first."""
        found = list(self.plan.programme.sources) if self.live is None else []
        for item in self.items:
            if advice := self.advice(item):
                found += advice.sources
            if exercise := self.library.exercises.get(item.exercise):
                found += exercise.sources
        return list(dict.fromkeys(found))

    @property
    def reasons(self) -> list[str]:
        """The reasons for the next session, in sentences."""
        if self.live is not None:
            return []
        programme, followed = self.plan.programme, self.plan.followed
        parts = {part.id: part.name for part in programme.parts}
        if followed is None and not self.plan.items:
            turn = ""  # On a day of rest nothing begins.
        elif followed is None:
            turn = f"This is the first session of {programme.name}."
            if self.plan.known:
                turn = f"{programme.name} begins anew."
        else:
            done = parts.get(followed.parts[-1], "a session")
            turn = f"The last was {done}, on {followed.last}; {self.plan.part.name} comes next."
        due = self.plan.due
        # On a day of rest nothing has a place.
        place = "" if due is None or not self.plan.items else clauses(due.reasons)
        gap = GAP_WORDS if self.plan.has_gap else ""
        place = as_sentence(place) if place else ""
        return [*filter(None, [turn, gap, place, PAIN_WORDS if self._sore else ""])]

    @property
    def _sore(self) -> bool:
        """True if an exercise of the next session rests because of pain."""
        every = (reason for said in self.plan.resting for reason in said.reasons)
        return any(reason.code == "PAIN_STOP" for reason in every)

    def advice(self, item: Item) -> Advice | None:
        """The calculator's advice on an exercise of the next session."""
        return self.plan.advice.get(item.id) if self.live is None else None


def today_lines(today: Today) -> list[str]:
    """The session under way, else the next one: its exercises, then reasons and sources."""
    lines = [_head(today), _state(today)]
    marks = today.plan.marks if today.live is None else ()
    for words in map(clause, marks):
        lines += statement_lines([as_sentence(words)], "")
    if today.live is None and today.stand_in is not None:
        lines += statement_lines([instead_words(today.stand_in)], "")
    if today.items:
        lines.append("")
    for item in today.items:
        lines += _item_lines(today, item)
    lines += _section("Why", [*today.reasons, *_whys(today)])
    lines += _section("Sources", [source_text(today.library, s) for s in today.sources])
    if today.tip is not None:
        lines += _section("Tip of the week", [tip_words(today.tip, today.library)])
    return lines


def _whys(today: Today) -> Iterator[str]:
    """The reasons for each exercise's dose or, in a session under way, for doing the exercise."""
    for item in today.items:
        exercise = today.library.exercises.get(item.exercise)
        if advice := today.advice(item):
            # That a part of the log cannot be read is said once, above.
            told = tuple(reason for reason in advice.reasons if reason.code != LOG_GAP)
            words = brief(replace(advice, reasons=told), today.library, today.unit)
            more = (
                sentence(reason, today.library, today.unit)
                for reason in told[1:]
                if reason.code in OF_THE_SESSION
            )
            yield f"{today.name(item.exercise)}: {' '.join([words, *more])}"
        elif exercise and exercise.why:
            yield f"{exercise.name}: {exercise.why}"
    if today.live is None:
        for advice in today.plan.resting:
            words = brief(advice, today.library, today.unit)
            yield f"{today.name(advice.exercise)}: rest. {words}"


def _section(title: str, sentences: Sequence[str]) -> list[str]:
    """A heading with sentences under it; nothing without sentences."""
    if not sentences:
        return []
    return ["", title, *statement_lines(sentences, INDENT)]


def _head(today: Today) -> str:
    if today.live is not None:
        return live_title(today.live, today.library)
    plan = today.plan
    words = [plan.programme.name, plan.part.name, f"week {plan.week}"]
    if plan.phase.name:
        words.append(plan.phase.name)
    words.append(head_word(plan.marks))
    if plan.items:
        words.append(f"about {plan.minutes} min")
    return " · ".join(dict.fromkeys(filter(None, words)))


def live_title(live: Live, library: Library) -> str:
    """What a session is called that is under way or about to be: its programme and part."""
    programme = library.programmes.get(live.programme or "")
    words = [programme.name if programme else _own_name(library, live)]
    if programme:
        words += [part.name for part in programme.parts if part.id == live.part]
    return " · ".join(dict.fromkeys(words))


def _own_name(library: Library, live: Live) -> str:
    if live.programme == ROUTINE:
        return routine_name(library, live.part)
    return "A session of your own"


def _state(today: Today) -> str:
    live, due = today.live, today.plan.due
    if live is None and today.plan.paused:
        return "The programme is paused; this is what would be next."
    if live is None and not today.plan.items and today.plan.resting:
        return "Rest today."
    if live is None and due is not None:
        when = "today" if due.day == today.day else day_text(due.day)
        return " ".join(filter(None, ["Planned for", when, placed_words(due, today.hours)])) + "."
    if live is None:
        return "Not begun; stridelift opens it."
    done, every = today.progress
    since = clock(live.started.time(), today.hours)
    return f"Under way since {since}: {done} of {every} sets done."


def _item_lines(today: Today, item: Item) -> Iterator[str]:
    exercise = today.library.exercises.get(item.exercise)
    words = plan_parts(item.now, today.unit, way=item.way)
    if exercise and exercise.equipment:
        words.append(", ".join(exercise.equipment))
    yield today.name(item.exercise)
    yield from statement_lines([" · ".join(words)], INDENT)
    advice = today.advice(item)
    if advice is not None and advice.warmup:
        yield from statement_lines([ramp_words(advice.warmup, today.unit)], INDENT)
    if today.live is not None and today.live.done_count(item):
        yield f"  done {sets_text(today.done(item), today.unit, way=item.way)}"
    if session := today.last.get(item.exercise):
        rows = session.entries[0].live()
        yield f"  last {session.day}: {sets_text(rows, today.unit, way=item.way)}"


# -- as JSON ---------------------------------------------------------------------------------------


def today_doc(today: Today) -> Doc:
    """The session under way (``live``) or next as JSON, with its reasons and sources."""
    plan, live = today.plan, today.live
    doc: Doc = {
        "date": today.day.isoformat(),
        "programme": {"id": plan.programme.id, "name": plan.programme.name},
        "part": {"id": plan.part.id, "name": plan.part.name},
        "week": plan.week,
        "phase": plan.phase.name,
        "minutes": plan.minutes,
        "due": plan.due and _due_doc(plan.due),
        "marks": [{"code": mark.code, "why": clause(mark)} for mark in plan.marks],
        "stand_in": today.stand_in and today.stand_in.id,
        "live": None,
    }
    if live is not None:
        done, every = today.progress
        doc["live"] = {
            "id": live.id,
            "started": live.started.isoformat(),
            "programme": live.programme,
            "part": live.part,
            "sets_done": done,
            "sets": every,
        }
    doc["exercises"] = [_item_doc(today, item) for item in today.items]
    resting = today.plan.resting if today.live is None else ()
    doc["resting"] = [advice_doc(advice, today.library, today.day) for advice in resting]
    doc["reasons"] = today.reasons
    doc["sources"] = [_source_doc(today.library, source) for source in today.sources]
    doc["tip"] = None if today.tip is None else asdict(today.tip)
    return doc


def _due_doc(due: Placed) -> Doc:
    """The place of the next session in the week, and why."""
    return {
        "date": due.day.isoformat(),
        "start": due.start and f"{due.start:%H:%M}",
        "not_before": due.not_before and f"{due.not_before:%H:%M}",
        "light": due.light,
        "reasons": [reason.code for reason in due.reasons],
        "why": clauses(due.reasons),
    }


def _item_doc(today: Today, item: Item) -> Doc:
    exercise = today.library.exercises.get(item.exercise)
    advice = today.advice(item)
    plan = [
        {"set": s.number, "kind": s.kind.value, "side": g.side.value, **measures_to_doc(g.measures)}
        for s in item.now.sets
        for g in s.goals
    ]
    session = today.last.get(item.exercise)
    rows = () if session is None else session.entries[0].live()
    last = session and {
        "date": session.day.isoformat(),
        "sets": sets_text(rows, today.unit, Form.COMPACT),
        "rows": [set_to_doc(row) for row in rows],
    }
    return {
        "exercise": item.exercise,
        "name": today.name(item.exercise),
        "dose": planned(item.now.sets, today.unit),
        "plan": plan,
        "warmup": plan_docs(advice.warmup, exercise) if advice and exercise else [],
        "rest_s": item.now.rest_s,
        "target_rir": item.now.target_rir,
        "stop": STOP_SLOW if item.now.fast else None,
        "equipment": list(exercise.equipment) if exercise else [],
        "done": [set_to_doc(row) for row in today.done(item)],
        "last": last,
        "advice": advice and advice_doc(advice, today.library, today.day),
        "why": exercise.why if exercise else "",
        "sources": list(exercise.sources) if exercise else [],
    }


def _source_doc(library: Library, source: str) -> Doc:
    found = library.sources.get(source)
    return {"id": source, **(asdict(found) if found else {})}
