"""Collects the data for reviews: the overview, one exercise, one week.

Each query reads as many years back as it needs.
"""

from __future__ import annotations

from datetime import date, timedelta

from tui.app.logbook import Logbook
from tui.domain.model.dates import monday
from tui.domain.model.validation import BadDocument
from tui.domain.planning.today import plan
from tui.domain.review.annotations import week_annotations
from tui.domain.review.context import ReviewContext, worked
from tui.domain.review.e1rm_history import e1rm_history
from tui.domain.review.exercise_history import trained
from tui.domain.review.exercise_review import ExerciseReview
from tui.domain.review.week import WeekReview, coming, week_review_of
from tui.domain.review.weeks import Overview, overview
from tui.domain.review.year import first_day

MOST_AHEAD = 52


def overview_of(book: Logbook) -> Overview:
    """The review of the last weeks, and of the year."""
    today = book.now().date()
    first = first_day(today)
    _read_back_to(book, first)
    context = ReviewContext(
        sessions=book.reader.sessions(),
        records=book.reader.records(since=first),
        setup=book.profile.setup,
        state=book.planner.state(today),
        today=today,
        diary=book.profile.diary,
    )
    return overview(context)


def exercise_of(book: Logbook, name: str) -> ExerciseReview:
    """The review of one exercise by id, even if it is no longer in the library."""
    today = book.now().date()
    exercise = book.profile.library.exercises.get(name)
    found = trained(book.read_all().reader.sessions(), name, exercise, today)
    state = book.planner.state(today)
    first = monday(found[0].day if found else today)
    mondays = (first + timedelta(weeks=n) for n in range((today - first).days // 7 + 1))
    return ExerciseReview(
        name=name,
        library=book.profile.library,
        found=found,
        today=today,
        lifts=[] if exercise is None else e1rm_history(state, exercise),
        marks=[
            mark
            for one in week_annotations(book.profile.setup, state, mondays).values()
            for mark in one
        ],
        advice=None if exercise is None else book.planner.advise(exercise, today),
        unit=book.profile.unit,
    )


def week_of(book: Logbook, day: date) -> WeekReview:
    """The review of the week of a day, done and planned. Raises BadDocument if too far ahead."""
    today = book.now().date()
    number = (monday(day) - monday(today)) // timedelta(weeks=1)
    if number > MOST_AHEAD:
        raise BadDocument(f"{day}: a week is planned for a year ahead at most")
    _read_back_to(book, monday(day))
    sessions = [session for session in book.reader.sessions() if session.day <= today]
    plans = []
    if number >= 0:
        state = book.planner.state(today)
        for placed in book.planner.ahead(today, number + 1)[number].plan.placed:
            made = plan(
                book.profile.setup_on(placed.day), state, book.profile.programme, placed.day, placed
            )
            # A session whose exercises all rest is left out.
            if made.items:
                plans.append(coming(placed, made.items))
    return week_review_of(sessions, plans, day, book.profile.library.exercises)


def _read_back_to(book: Logbook, day: date) -> None:
    """Read the years back to that of ``day``, and further to the last session before it."""
    while (year := book.reader.read_year()) is not None:
        if year <= day.year and any(
            one.day < day and worked(one) for one in book.reader.sessions()
        ):
            return
