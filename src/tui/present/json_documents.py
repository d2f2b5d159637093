"""Today, the history and the library as JSON documents, for scripts (see docs/format.md)."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import asdict

from tui.domain.model.codec import Doc, measures_to_doc, set_to_doc
from tui.domain.model.library.catalog import exercise_name
from tui.domain.model.library.links import dose_for
from tui.domain.model.library.parser import Library
from tui.domain.model.notation import planned
from tui.domain.model.sums import weeks
from tui.domain.model.values import Dose, Exercise, Level, Part, Programme, Schedule, Session, Slot
from tui.domain.planning.own_programmes import dose_words
from tui.domain.planning.placement import Placed
from tui.domain.planning.wording import clauses
from tui.domain.review.context import summed, total
from tui.domain.session.live import Item
from tui.present.advice_json import advice_doc
from tui.present.today_text import (
    Today,
    exercise_sets,
    last_time,
    sets_text,
)


def today_doc(today: Today) -> Doc:
    """The session under way (``live``) or next, with its reasons and sources."""
    plan, live = today.plan, today.live
    doc: Doc = {
        "date": today.day.isoformat(),
        "programme": {"id": plan.programme.id, "name": plan.programme.name},
        "part": {"id": plan.part.id, "name": plan.part.name},
        "week": plan.week,
        "phase": plan.phase.name,
        "due": plan.due and _due_doc(plan.due),
        "live": None,
    }
    if live is not None:
        every = sum(len(item.keys()) for item in live.items)
        done = sum(live.done_count(item) for item in live.items)
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
    return doc


def _due_doc(due: Placed) -> Doc:
    """When the session that is next has its place in the week, and why there."""
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
    rows = (
        [] if today.live is None else [r for k in item.keys() for r in today.live.rows.get(k, ())]
    )
    found = last_time(today.log, item.exercise)
    last = found and {
        "date": found[0].day.isoformat(),
        "sets": sets_text(found[1].live(), today.unit),
        "rows": [set_to_doc(row) for row in found[1].live()],
    }
    return {
        "exercise": item.exercise,
        "name": today.name(item.exercise),
        "dose": planned(item.now.sets, today.unit),
        "plan": plan,
        "rest_s": item.now.rest_s,
        "target_rir": item.now.target_rir,
        "equipment": list(exercise.equipment) if exercise else [],
        "done": [set_to_doc(row) for row in rows],
        "last": last,
        "advice": advice and advice_doc(advice, today.library, today.day),
        "why": exercise.why if exercise else "",
        "sources": list(exercise.sources) if exercise else [],
    }


def _source_doc(library: Library, source: str) -> Doc:
    found = library.sources.get(source)
    return {"id": source, **(asdict(found) if found else {})}


def history_doc(sessions: Iterable[Session], library: Library, unit: str = "kg") -> Doc:
    """Weeks, newest first, each with its sums and its sessions."""
    return {
        "weeks": [
            {
                "monday": monday.isoformat(),
                "sums": asdict(total(found, library.exercises)),
                "sessions": [_session_doc(session, library, unit) for session in found],
            }
            for monday, found in weeks(sessions)
        ]
    }


def _session_doc(session: Session, library: Library, unit: str) -> Doc:
    return {
        "id": session.id,
        "date": session.day.isoformat(),
        "started": session.started.isoformat(),
        "finished": session.finished and session.finished.isoformat(),
        "programme": session.programme,
        "part": session.part,
        "note": session.note,
        "sums": asdict(summed(session, library.exercises)),
        "exercises": [
            {
                "exercise": entry.exercise,
                "name": exercise_name(library, entry.exercise),
                "sets": sets_text(entry.live(), unit),
            }
            for entry in session.live()
        ],
    }


def exercise_history_doc(
    sessions: Iterable[Session], exercise: str, library: Library, unit: str
) -> Doc:
    """The sets of one exercise by session, newest first."""
    return {
        "exercise": exercise,
        "name": exercise_name(library, exercise),
        "sessions": [
            {
                "session": session.id,
                "date": session.day.isoformat(),
                "sets": sets_text(rows, unit),
                "rows": [set_to_doc(row) for row in rows],
            }
            for session, rows in exercise_sets(sessions, exercise)
        ],
    }


def exercise_doc(exercise: Exercise) -> Doc:
    """An entry of the library."""
    doc: Doc = {
        "id": exercise.id,
        "name": exercise.name,
        "aliases": list(exercise.aliases),
        "kind": exercise.kind.value,
        "category": exercise.category,
        "muscles": list(exercise.muscles),
        "equipment": list(exercise.equipment),
        "sides": exercise.sides.value,
        "leg_load": exercise.leg_load,
        "region": exercise.region,
        "easier": exercise.easier,
        "harder": exercise.harder,
        "doses": {level.value: _dose_doc(exercise.doses[level]) for level in Level},
        "cues": list(exercise.cues),
        "why": exercise.why,
        "sources": list(exercise.sources),
    }
    return doc


def _dose_doc(dose: Dose) -> Doc:
    return {
        "sets": dose.sets,
        **measures_to_doc(dose.measures),
        "reps_top": dose.reps_top,
        "rest_s": dose.rest_s,
        "target_rir": dose.target_rir,
    }


def programme_doc(programme: Programme) -> Doc:
    """A programme with its parts."""
    return {
        "id": programme.id,
        "name": programme.name,
        "about": programme.about,
        "parts": [{"id": part.id, "name": part.name} for part in programme.parts],
        "sources": list(programme.sources),
    }


def whole_programme_doc(programme: Programme, library: Library, level: Level) -> Doc:
    """A programme with its schedules and, for ``level``, the doses of its parts."""
    return {
        **programme_doc(programme),
        "level": level.value,
        "schedules": [_schedule_doc(schedule) for schedule in programme.schedules],
        "parts": [_part_doc(part, library, level) for part in programme.parts],
    }


def _schedule_doc(schedule: Schedule) -> Doc:
    return {
        "id": schedule.id,
        "name": schedule.name,
        "phases": [
            {
                "first_week": phase.first_week,
                "last_week": phase.last_week,
                "name": phase.name,
                "parts": list(phase.parts),
            }
            for phase in schedule.phases
        ],
        "repeats": schedule.repeats,
        "per_week": schedule.per_week,
        "near_race": schedule.near_race,
    }


def _part_doc(part: Part, library: Library, level: Level) -> Doc:
    return {
        "id": part.id,
        "name": part.name,
        "focus": part.focus,
        "minutes": part.minutes,
        "slots": [_slot_doc(slot, library, level) for slot in part.slots],
    }


def _slot_doc(slot: Slot, library: Library, level: Level) -> Doc:
    every = [library.exercises[name] for name in slot.exercises]
    return {
        "pick": slot.pick,
        "kind": slot.kind.value,
        "exercises": [
            {
                "exercise": exercise.id,
                "name": exercise.name,
                "dose": dose_words(exercise, level, slot),
                **_dose_doc(dose_for(exercise, level, slot)),
            }
            for exercise in every
        ],
    }
