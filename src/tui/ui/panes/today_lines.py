"""Text of the Today pane: the session as a whole, as styled lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from tui.app.logbook import Logbook
from tui.domain.calculator import Advice
from tui.domain.calculator.reasons import GAP_WORDS, sentence
from tui.domain.calculator.state import PainReport
from tui.domain.model.cells import fitted
from tui.domain.model.library.catalog import exercise_name, routine_name
from tui.domain.model.sums import last_leg_session
from tui.domain.model.text import as_sentence
from tui.domain.model.values import ROUTINE, SNACK, Routine
from tui.domain.planning.today import Plan
from tui.domain.planning.wording import clause, clock, placed_words
from tui.domain.session.live import Live
from tui.present.fetch import fetched
from tui.present.progress_words import all_done_words, sets_done
from tui.present.session_questions import hurt_words
from tui.ui.widgets.styled_text import Line, Span, spread, width_of, wrapped

HARD_ON_LEGS = 2
TELLS = " tells"
FETCH = "Fetch  "
MOST_REASONS = 3


def context(book: Logbook, live: Live, plan: Plan | None, now: datetime, width: int) -> Line:
    """The context line: programme and session, when it is due and how long it takes, or when it
    began and how many sets are done; and how long ago the legs last worked hard."""
    programme = book.profile.library.programmes.get(live.programme or "")
    part = next((p for p in programme.parts if p.id == live.part), None) if programme else None
    own = _own_name(book, live)
    left: list[Span] = [(programme.name if programme else own, "loud")]
    named = part is not None and programme is not None and part.name != programme.name
    if part is not None and named:
        left.append((f"  {part.name}", ""))
    legs = _legs(book, now)
    told = [part for part in _told(live, plan, now, book.profile.hours) if part]
    right: Line = [(legs, "dim")] if legs else []
    room = width - width_of(left) - 2
    words = _shortened(told, room - width_of(right) - 2) or _shortened(told, room)
    return spread(
        [*left, (f"{' · ' if named else '  '}{words}" if words else "", "dim")], right, width
    )


def _shortened(told: Sequence[str], room: int) -> str:
    """The parts of the context line that fit into ``room`` cells, the last one told longest; empty
    if not even that does."""
    joined = (" · ".join(told[first:]) for first in range(len(told)))
    return next((words for words in joined if len(words) <= room), "")


def _own_name(book: Logbook, live: Live) -> str:
    """What a session is called that belongs to no programme."""
    if live.programme == ROUTINE:
        return routine_name(book.profile.library, live.part)
    return "Snack" if live.programme == SNACK else "Own session"


def morning_line(hurt: Mapping[str, PainReport], today: date, width: int) -> Line:
    """The question about this morning after pain in a session, or not heard of for long; empty if
    nothing hurt."""
    for region, ache in hurt.items():
        long, short = hurt_words(region, ache, today)
        asked = long if len(long) + len(TELLS) + 2 <= width else short
        return [(f"{asked} ", "dim"), ("m", "accent"), (TELLS, "dim")]
    return []


def instead_line(routine: Routine, width: int) -> Line:
    """That a routine may stand in for the session in a week of easier running, and its key."""
    name = routine.name.lower()
    long = f"You run less this week: {name} alone will do. "
    words = long if len(long) + 11 <= width else f"An easier week: {name} will do. "
    return [(words, "dim"), ("Z", "accent"), (" routines", "dim")]


def warm_up_line(plan: Plan, width: int) -> Line:
    """That warm-ups are left out for a region that hurts; empty if none is."""
    told = (mark for mark in plan.marks if mark.code == "WARMUP_SORE")
    return [(fitted(as_sentence(clause(mark)), width), "warn") for mark in told]


def gap_line(width: int) -> Line:
    """That the plan rests on a log of which a part cannot be read."""
    long = GAP_WORDS
    short = "Part of your log cannot be read: check the loads."
    return [(fitted(long if len(long) <= width else short, width), "warn")]


def _told(live: Live, plan: Plan | None, now: datetime, hours: int) -> list[str]:
    """The parts of the context line, the most important one last."""
    if live.id:
        # The start, not the minutes since: a line that changes every minute costs bytes.
        day = "" if live.started.date() == now.date() else f"{live.started.day} {live.started:%b} "
        return [f"since {day}{clock(live.started.time(), hours)}", sets_done(live)]
    if plan is None or not plan.items:
        return []
    about = f"about {plan.minutes} min" if plan.minutes else ""
    time = "" if plan.due is None else placed_words(plan.due, hours)
    return [f"week {plan.week}", about, f"today {time}" if time else ""]


def fetch_line(book: Logbook, live: Live, width: int) -> Line:
    """What to fetch for the sets still to do; empty for nothing."""
    items = [item for item in live.items if live.open_keys(item)]
    profile = book.profile
    things = fetched(items, profile.library, profile.setup.inventory, profile.unit)
    if not things:
        return []
    return [(FETCH, "dim"), (fitted(", ".join(things), width - len(FETCH)), "")]


def legs_line(book: Logbook, now: datetime) -> Line:
    """How long ago the legs last worked hard, or that the log is still being read; empty for
    nothing to say."""
    return [(_legs(book, now), "dim")]


def _legs(book: Logbook, now: datetime) -> str:
    if not book.reader.complete:
        return unread(book)
    library = book.profile.library.exercises.values()
    hard = frozenset(e.id for e in library if e.leg_load >= HARD_ON_LEGS)
    last = last_leg_session(book.reader.sessions(), hard)
    if last is None:
        return ""
    hours = int((now - last.started).total_seconds() // 3600)
    return f"legs {hours} h ago" if hours < 96 else f"legs {hours // 24} days ago"


def idle_lines(
    book: Logbook, plan: Plan | None, said: Advice | None, width: int, *, nothing: bool
) -> list[Line]:
    """The lines shown when there is no next set: that there is ``nothing`` in the session, that the
    log is still being read, or why ``said`` (one exercise) or all of ``plan`` rests."""
    resting = (said,) if said is not None else plan.resting if plan is not None else ()
    if nothing or (plan is not None and not resting):
        return [[("Nothing planned: ", ""), ("a", "accent"), (" adds an exercise", "")], [], []]
    if not resting:
        return [[(unread(book), "dim")], [], []]
    chief = (reason for said in resting for reason in said.reasons[:1])
    whys = (sentence(reason, book.profile.library, book.profile.unit) for reason in chief)
    if said is not None:
        name = exercise_name(book.profile.library, said.exercise)
    else:
        name = "Everything" if plan is None else f"All of {plan.part.name}"
    head = f"{name} rests."
    lines: list[Line] = [[(head, "strong"), ("  w", "accent"), (" says why", "dim")]]
    for why in list(dict.fromkeys(whys))[:MOST_REASONS]:
        lines += wrapped(why, width)
    return lines if len(lines) > 2 else [*lines, []]


def all_done_line(live: Live) -> Line:
    """That nothing is left to do, and the key that ends the session; empty if something is."""
    if not live.rows or live.unfinished():
        return []
    return [(f"{all_done_words(live)} ", "strong"), ("F", "accent"), (" finishes.", "dim")]


def unread(book: Logbook) -> str:
    """Why something is not known: the log is still being read, or a part of it cannot be."""
    if book.reader.gaps:
        return "Part of your log cannot be read."
    return "Your log is being read."
