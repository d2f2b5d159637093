"""A look back as JSON documents, for scripts (see docs/format.md): loads in kilograms, and in the
runner's unit where they stand in words."""

from __future__ import annotations

from msgspec.structs import asdict

from tui.domain.model.codec import Doc
from tui.domain.model.library.catalog import exercise_name
from tui.domain.model.library.parser import Library
from tui.domain.model.sums import Sums
from tui.domain.planning.placement import Placed
from tui.domain.review.annotations import Mark
from tui.domain.review.exercise_history import Trained
from tui.domain.review.exercise_review import ExerciseReview
from tui.domain.review.sides import Pair
from tui.domain.review.week import WeekLook
from tui.domain.review.weeks import SPAN_DAYS, Overview, Week
from tui.domain.review.year import Year
from tui.present.advice_json import advice_doc
from tui.present.exercise_text import WRITTEN
from tui.present.today_text import session_title, sets_text


def overview_doc(seen: Overview) -> Doc:
    """The last weeks, newest first, and the year."""
    return {
        "date": seen.today.isoformat(),
        "weeks": [_week_doc(week) for week in seen.weeks],
        "trained": seen.trained,
        "known": seen.known,
        "days": SPAN_DAYS,
        "changes": [
            {
                "what": one.what,
                "now": one.now,
                "before": one.before,
                "percent": _rounded(one.percent),
            }
            for one in seen.changes
        ],
        "year": _year_doc(seen.year),
        "against": [
            {"category": one.name, "done_kg": one.done, "asked_kg": one.asked}
            for one in seen.against
        ],
        "sides": [
            {"exercise": one.exercise, "pairs": [_pair_doc(pair) for pair in one.pairs]}
            for one in seen.sides
        ],
    }


def _year_doc(seen: Year) -> Doc:
    return {
        "first": seen.first.isoformat(),
        "known": seen.known,
        "trained": seen.trained,
        "streak": seen.streak,
        "longest": seen.longest,
        "days": {day.isoformat(): sets for day, sets in seen.sets.items()},
        "leg_days": [day.isoformat() for day in sorted(seen.legs)],
        "marks": [_mark_doc(mark) for marks in seen.marks.values() for mark in marks],
    }


def _week_doc(week: Week) -> Doc:
    return {
        "monday": week.monday.isoformat(),
        "days": week.days,
        "leg_sessions": week.legs,
        "sums": asdict(week.sums),
        "usual_sets": week.usual,
        "contacts": dict(week.contacts),
        "tonnage_kg": dict(week.tonnage_kg),
        "pain": week.pain,
        "regions": list(week.regions),
        "marks": [_mark_doc(mark) for mark in week.marks],
    }


def _mark_doc(mark: Mark) -> Doc:
    return {"kind": mark.kind, "date": mark.day.isoformat(), "name": mark.name}


def exercise_review_doc(seen: ExerciseReview) -> Doc:
    """One exercise: all bests, the last sessions, the estimates, the sides, the advice."""
    advice = seen.advice
    return {
        "exercise": seen.name,
        "name": exercise_name(seen.library, seen.name),
        "sessions": len(seen.found),
        "bests": [
            {
                "measure": one.best.measure,
                "side": one.best.side.value,
                "value": one.best.value,
                "shown": one.best.shown,
                "date": one.day.isoformat(),
            }
            for one in seen.bests
        ],
        "singles": [
            {
                "date": one.day.isoformat(),
                "side": one.side.value,
                "e1rm": one.estimate.one_rm_kg,
                "e1rm_low": one.estimate.low_kg,
                "e1rm_high": one.estimate.high_kg,
            }
            for one in seen.shown_lifts
        ],
        "movement": [
            {
                "side": side.value,
                "verdict": moved.verdict.value,
                "first": moved.first.isoformat(),
                "last": moved.last.isoformat(),
                "percent": _rounded(moved.percent),
            }
            for side, moved in seen.movements.items()
        ],
        "trend": [_trained_doc(one) for one in seen.last],
        "last": [
            {"date": one.day.isoformat(), "sets": sets_text(one.rows, seen.unit)}
            for one in reversed(seen.found[-WRITTEN:])
        ],
        "sides": [_pair_doc(one) for one in seen.pairs],
        "next": advice and advice_doc(advice, seen.library, seen.today),
    }


def _pair_doc(one: Pair) -> Doc:
    return {
        "date": one.day.isoformat(),
        "percent": _rounded(one.percent),
        "weak": one.weak and one.weak.value,
    }


def _trained_doc(one: Trained) -> Doc:
    return {
        "session": one.session.id,
        "date": one.day.isoformat(),
        "sets": one.sums.sets,
        "load_kg": one.load_kg,
        "reps": one.reps,
        "hold_s": one.sums.hold_s,
        "contacts": one.sums.contacts,
        "distance_m": one.sums.distance_m,
        "tonnage_kg": one.sums.tonnage_kg,
        "rir": _rounded(one.rir),
        "pain": one.pain,
    }


def week_look_doc(seen: WeekLook, library: Library) -> Doc:
    """One week, done and planned."""
    return {
        "monday": seen.monday.isoformat(),
        "done": [
            {
                "session": session.id,
                "date": session.day.isoformat(),
                "name": session_title(session, library),
                "sums": asdict(made),
            }
            for session, made in seen.done
        ],
        "planned": [_planned_doc(placed, made) for placed, made in seen.planned],
        "done_sums": asdict(seen.done_sums),
        "planned_sums": asdict(seen.planned_sums),
        "left_out": asdict(seen.left_out),
        "exercises": [
            {
                "exercise": name,
                "name": exercise_name(library, name),
                "done": done,
                "planned": planned,
            }
            for name, (done, planned) in seen.sets.items()
        ],
    }


def _planned_doc(placed: Placed, made: Sums) -> Doc:
    return {
        "date": placed.day.isoformat(),
        "start": placed.start and f"{placed.start:%H:%M}",
        "part": placed.wanted.part,
        "name": placed.wanted.name,
        "light": placed.light,
        "sums": asdict(made),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)
