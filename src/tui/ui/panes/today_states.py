"""What Today says before a session and on a day without one: what is done, rest, a race."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from tui.app.day_state import AFTER_CODES, DayKind, DayState, is_snack
from tui.domain.calculator.morning_pain import region_name
from tui.domain.model.cells import cell_width, fitted
from tui.domain.model.library.parser import Library
from tui.domain.model.sums import Best
from tui.domain.model.text import as_sentence, number_of
from tui.domain.model.values import Session
from tui.domain.planning.aftercare import aftercare_label, aftercare_words
from tui.domain.planning.diary import Run
from tui.domain.planning.placement import Placed
from tui.domain.planning.time_slots import RACE_IN_LEGS_DAYS
from tui.domain.planning.wording import (
    RUNS,
    clause,
    clock,
    head_word,
    next_words,
    placed_name,
    placed_words,
    short_day,
    waits_words,
)
from tui.domain.review.context import total
from tui.present.planned_week import race_name
from tui.present.summary_words import bests_words
from tui.present.words import session_title, sums_words
from tui.ui.widgets.styled_text import Line, cut, spread, width_of

LABEL = 10
MOST_BESTS = 2
MOST_WHYS = 3


# -- above the list --------------------------------------------------------------------------------


def head_lines(state: DayState, legs: Line, width: int) -> list[Line]:
    """What day it is, and below that why, on a day without a session to do; ``legs`` stands at the
    right edge if there is room."""
    match state.kind:
        case DayKind.DONE:
            return _done_head(state, width)
        case DayKind.RACE:
            return _race_head(state, legs, width)
        case _:
            return _rest_head(state, legs, width)


def list_heading(state: DayState, width: int) -> list[Line]:
    """What the list shows if that is not what to do now, right above it."""
    plan = state.plan
    if state.kind is DayKind.RACE and plan.items:
        about: Line = [(f"about {plan.minutes} min", "dim"), (" ", "")]
        return [spread([("Mobility, if you like", "strong")], about, width)]
    if state.kind in (DayKind.REST, DayKind.AFTER) and plan.items and plan.due is not None:
        return [[(f"Planned for {short_day(plan.due.day)}", "strong")]]
    return []


def race_lines(state: DayState, width: int) -> list[Line]:
    """What a race near it makes of a day's session: a taper, or light after it; empty for most."""
    for mark in state.plan.marks if state.plan.items else ():
        if mark.code == "TAPER_WEEK":
            race, day = mark.facts["race"], date.fromisoformat(str(mark.facts["day"]))
            how = "a tenth less weight" if state.lightens else "same weight"
            words = f"{race} {_days_off(day, state.today)}: {how}, fewer sets"
            return [_headed("TAPER", words, width)]
        if mark.code in AFTER_CODES:
            return [_headed("AFTER THE RACE", "one light session, if you like", width)]
    return []


def _rest_head(state: DayState, legs: Line, width: int) -> list[Line]:
    due = state.plan.due
    name = "AFTER THE RACE" if state.kind is DayKind.AFTER else "REST DAY"
    if due is None or due.day == state.today:
        return [spread([(name, "strong")], legs, width)]
    named = next_words(due, state.hours)
    says = [f"next is {named}", f"next {named}", named, _when(due, state.hours)]
    if state.kind is DayKind.AFTER and due.light:
        light = f"a light session {_from(due, state.hours)}"
        says = [f"{light}, if you like", light]
    room = width - len(name) - 3
    beside = [one for one in says if len(one) <= room - width_of(legs) - 1]
    words = beside[0] if beside else first_fitting(says, room)
    first = spread(_headed(name, words, width), legs, width)
    return [first, *_why(_why_rest(state), width)]


def _why_rest(state: DayState) -> str:
    """Why there is no session today: the runs of the day, and what is special about it or why the
    next session waits."""
    due, marks = state.plan.due, state.plan.marks
    said = [_run_today(run, state.hours) for run in state.runs]
    raced = [clause(mark) for mark in marks if mark.code == "AFTER_RACE_REST"]
    if not raced and due is not None:
        said.append(waits_words(due, state.today))
    return " ".join(map(as_sentence, filter(None, [*said, *raced])))


def _run_today(run: Run, hours: int) -> str:
    at = "" if run.start is None else f" at {clock(run.start, hours)}"
    return f"{RUNS[run.kind]} today{at}"


def _race_head(state: DayState, legs: Line, width: int) -> list[Line]:
    race, today = state.race, state.today
    assert race is not None
    if race.day == today:
        head = spread(_headed("RACE DAY", race_name(race), width), legs, width)
        return [head, *_why("Good legs.", width, label="")]
    name = head_word(state.plan.marks).upper()
    when, left = short_day(race.day), _days_off(race.day, today)
    forms = [f"{race_name(race)}, {when}, {left}", f"{race_name(race)}, {when}", f"{when}, {left}"]
    words = first_fitting(forms, width - len(name) - 3)
    head = spread(_headed(name, words, width), legs, width)
    rest = f"The work is done. Now rest is what makes you faster on {race.day:%A}."
    return [head, *_why(rest, width)]


def _done_head(state: DayState, width: int) -> list[Line]:
    names = dict.fromkeys(_name(state, one) for one in state.done)
    first, last = state.done[0], state.done[-1]
    times = clock(first.started.time(), state.hours)
    if last.finished is not None:
        end = last.finished.astimezone(last.started.tzinfo)
        times = f"{times} to {clock(end.time(), state.hours)}"
    room = width - len("DONE TODAY") - len(times) - 5
    left: Line = [("DONE TODAY", "loud"), (f"  {fitted(', '.join(names), room)}", "")]
    made = total(state.done, state.library.exercises)
    told = " · ".join(sums_words(made, state.unit))
    return [spread(left, [(times, "dim"), (" ", "")], width), [(fitted(told, width - 1), "dim")]]


def _name(state: DayState, session: Session) -> str:
    return "Snack" if is_snack(session) else session_title(session, state.library)


# -- below the list --------------------------------------------------------------------------------


def body_lines(state: DayState, width: int) -> list[Line]:
    """What stands below the list on a day without a session to do; empty on one with one, and if
    all of its exercises rest."""
    match state.kind:
        case DayKind.DONE:
            return _done_body(state, width)
        case DayKind.RACE:
            return _race_body(state, width)
        case DayKind.REST | DayKind.AFTER if state.plan.items:
            return [
                [("If you want to do something today", "strong")],
                *(_offer(one, width) for one in OFFERS),
            ]
        case _:
            return []


OFFERS = (
    ("z", "a snack of 5 to 10 minutes, kind to the legs"),
    ("m", "say if anything hurts this morning"),
    ("4", "the season: races, runs, days away"),
)


def _offer(offer: tuple[str, str], width: int) -> Line:
    key, words = offer
    short = words.partition(",")[0]
    return [(f"  {key}", "accent"), (f"  {first_fitting([words, short], width - 6)}", "")]


def best_lines(
    best: Sequence[Best], library: Library, unit: str, width: int, most: int
) -> list[Line]:
    """The bests of a session, a line each, at most ``most``; the last then says how many more.
    Sides that did the same are one."""
    named = bests_words(best, library, unit)
    shown = named if len(named) <= most else named[: most - 1]
    lines: list[Line] = [[("★", "good"), (f" {fitted(words, width - 3)}", "")] for words in shown]
    if len(shown) < len(named):
        lines.append([(f"  and {number_of(len(named) - len(shown), 'best')} more", "dim")])
    return lines


def _done_body(state: DayState, width: int) -> list[Line]:
    lines = best_lines(state.best, state.library, state.unit, width, MOST_BESTS)
    if lines:
        lines.append([])
    if state.after is not None:
        lines += labelled_lines(aftercare_label(state.after), aftercare_words(state.after), width)
    if state.plan.due is not None:
        lines.append(coming_line(state.plan.due, state.today, width, state.hours))
    if state.tomorrow:
        named = " and ".join(map(region_name, state.tomorrow))
        verb = "is" if len(state.tomorrow) == 1 else "are"
        words = fitted(f" tells how your {named} {verb}", width - LABEL - 3)
        lines.append([(f"{'Tomorrow':<{LABEL}}", "dim"), ("m", "accent"), (words, "")])
    return lines


def _race_body(state: DayState, width: int) -> list[Line]:
    race, due = state.race, state.plan.due
    assert race is not None
    if due is not None and due.day > race.day:
        session = "a light session" if due.light else placed_name(due)
        words = f"{session} {_from(due, state.hours)}"
    else:
        words = f"a light session from {short_day(race.day + _LEGS)}"
    words = first_fitting([f"{words}, if you like", words], width - LABEL - 1)
    return [_labelled("After", words, width)]


_LEGS = timedelta(days=RACE_IN_LEGS_DAYS + 1)


# -- words -----------------------------------------------------------------------------------------


def coming_line(due: Placed, today: date, width: int, hours: int = 24) -> Line:
    """A session to come, with its day and how far ahead that is: ``Lift, Sun 6 Dec from 14:30, in 7
    days``."""
    named = next_words(due, hours)
    forms = [f"{named}, {_days_off(due.day, today)}", named, _when(due, hours)]
    return _labelled("Next", first_fitting(forms, width - LABEL - 1), width)


def first_fitting(forms: Sequence[str], width: int) -> str:
    """The first of these words, the longest first, that fits; else the last, cut."""
    return next((one for one in forms if cell_width(one) <= width), fitted(forms[-1], width))


def labelled_lines(label: str, words: str, width: int, most: int = 2) -> list[Line]:
    """Words beside a label, in at most ``most`` lines."""
    lines = cut(words, width - LABEL - 2, most)
    return [_labelled("" if n else label, line, width) for n, line in enumerate(lines)]


def _when(due: Placed, hours: int) -> str:
    return " ".join(filter(None, [short_day(due.day), placed_words(due, hours)]))


def _from(due: Placed, hours: int) -> str:
    return f"on {_when(due, hours)}"


def _days_off(day: date, today: date) -> str:
    left = (day - today).days
    return f"in {left} days" if left > 1 else "tomorrow" if left else "today"


def _why(words: str, width: int, label: str = "Why") -> list[Line]:
    return labelled_lines(label, words, width, MOST_WHYS) if words else []


def _headed(name: str, words: str, width: int) -> Line:
    return [(name, "strong"), (f"  {fitted(words, width - len(name) - 3)}", "")]


def _labelled(label: str, words: str, width: int) -> Line:
    return [(f"{label:<{LABEL}}", "dim"), (fitted(words, width - LABEL - 1), "")]
