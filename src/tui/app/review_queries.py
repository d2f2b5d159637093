"""What screens and commands show of what came of the training, put together from where a runner
stands. Years are read as far back as each look needs."""

from __future__ import annotations

from datetime import date, timedelta

from tui.app.planner import Standing
from tui.domain.model.dates import monday
from tui.domain.model.validation import BadDocument
from tui.domain.planning.today import plan
from tui.domain.review.annotations import marks
from tui.domain.review.context import Look, worked
from tui.domain.review.e1rm_history import singles
from tui.domain.review.exercise_history import trained
from tui.domain.review.exercise_review import ExerciseReview
from tui.domain.review.week import WeekLook, coming, week_look
from tui.domain.review.weeks import Overview, overview
from tui.domain.review.year import first_day

MOST_AHEAD = 52


def overview_of(book: Standing) -> Overview:
    """The last weeks, and the year they are part of."""
    today = book.now().date()
    first = first_day(today)
    _read_back_to(book, first)
    look = Look(
        sessions=book.sessions(),
        records=book.records(since=first),
        setup=book.setup,
        state=book.state(today),
        today=today,
        diary=book.diary,
    )
    return overview(look)


def exercise_of(book: Standing, name: str) -> ExerciseReview:
    """All of one exercise, by its id; one that the library does not have any more as well."""
    today = book.now().date()
    exercise = book.library.exercises.get(name)
    found = trained(book.read_all().sessions(), name, exercise, today)
    state = book.state(today)
    first = monday(found[0].day if found else today)
    mondays = (first + timedelta(weeks=n) for n in range((today - first).days // 7 + 1))
    return ExerciseReview(
        name=name,
        library=book.library,
        found=found,
        today=today,
        lifts=[] if exercise is None else singles(state, exercise),
        marks=[mark for one in marks(book.setup, state, mondays).values() for mark in one],
        advice=None if exercise is None else book.advise(exercise, today),
        unit=book.unit,
    )


def week_of(book: Standing, day: date) -> WeekLook:
    """The week of a day, done and planned. Raises BadDocument for one too far ahead."""
    today = book.now().date()
    number = (monday(day) - monday(today)) // timedelta(weeks=1)
    if number > MOST_AHEAD:
        raise BadDocument(f"{day}: a week is planned for a year ahead at most")
    _read_back_to(book, monday(day))
    sessions = [session for session in book.sessions() if session.day <= today]
    plans = []
    if number >= 0:
        state = book.state(today)
        for placed in book.ahead(today, number + 1)[number].plan.placed:
            made = plan(book.setup_on(placed.day), state, book.programme, placed.day, placed)
            # One that came to nothing, as all of it is to rest, is no session.
            if made.items:
                plans.append(coming(placed, made.items))
    return week_look(sessions, plans, day, book.library.exercises)


def _read_back_to(book: Standing, day: date) -> None:
    """Read the years from that of ``day`` on, and on to the last session before it."""
    while (year := book.read_year()) is not None:
        if year <= day.year and any(one.day < day and worked(one) for one in book.sessions()):
            return
