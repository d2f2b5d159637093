"""Text of the Today pane: the session, its exercises and the next set, as styled lines."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from msgspec.structs import replace

from tui.app.logbook import Logbook
from tui.domain.calculator import Advice
from tui.domain.calculator.loads import plate_words
from tui.domain.calculator.morning_pain import region_name
from tui.domain.calculator.ramp import lift_ramp
from tui.domain.calculator.reasons import GAP_WORDS, sentence
from tui.domain.calculator.state import PainReport
from tui.domain.model.cells import fitted
from tui.domain.model.library.catalog import exercise_name, routine_name
from tui.domain.model.notation import planned, show, written
from tui.domain.model.sums import counted, last_leg_session
from tui.domain.model.text import as_sentence
from tui.domain.model.units import load_words
from tui.domain.model.values import ROUTINE, SNACK, Kind, Routine, SetKind, SetPlan
from tui.domain.model.watching import watched
from tui.domain.planning.placement import Placed
from tui.domain.planning.today import Plan
from tui.domain.planning.wording import placed_words, when_words
from tui.domain.review.context import worked
from tui.domain.session.live import Item, Key, Live
from tui.present.words import STOP_SLOW, ramp_words, undone_word
from tui.ui.widgets.styled_text import Line, Span, spread, width_of, wrapped

HARD_ON_LEGS = 2
LEAST_NAME = 20
DONE, WAITING, OPEN, LEFT_OUT = "●", "◐", "○", "–"
TELLS = " tells"
MOST_REASONS = 3
DAYS_NAMED = 7  # Up to a week back a day goes by its name.


def context(book: Logbook, live: Live, plan: Plan | None, now: datetime, width: int) -> Line:
    """The context line: programme and session, when it began or is due, and how long ago the legs
    last worked hard."""
    programme = book.profile.library.programmes.get(live.programme or "")
    part = next((p for p in programme.parts if p.id == live.part), None) if programme else None
    own = _own_name(book, live)
    left: list[Span] = [(programme.name if programme else own, "loud")]
    if part is not None and programme is not None and part.name != programme.name:
        left.append((f"  {part.name}", ""))
    legs: Line = [(_legs(book, now), "dim")]
    words, short = _when(book, live, plan, now)
    room = width - width_of(left) - width_of(legs) - 3
    left.append((f"  {words if len(words) <= room else short}", "dim"))
    return spread(left, legs, width)


def _own_name(book: Logbook, live: Live) -> str:
    """What a session is called that belongs to no programme."""
    if live.programme == ROUTINE:
        return routine_name(book.profile.library, live.part)
    return "Snack" if live.programme == SNACK else "Own session"


def morning_line(hurt: Mapping[str, PainReport], today: date, width: int) -> Line:
    """The question about this morning after pain in a session, or not heard of for long; empty if
    nothing hurt."""
    for region, ache in hurt.items():
        ago = (today - ache.day).days
        when = f"on {ache.day:%A}" if ago < DAYS_NAMED else f"on {ache.day:%d %b}"
        when = "yesterday" if ago == 1 else when
        name = region_name(region)
        long = f"Your {name} hurt {ache.pain} {when}. How is it this morning?"
        short = f"{name.capitalize()} hurt {ache.pain} {when}. This morning?"
        asked = long if len(long) + len(TELLS) + 2 <= width else short
        return [(f"{asked} ", "dim"), ("m", "accent"), (TELLS, "dim")]
    return []


def instead_line(routine: Routine, width: int) -> Line:
    """That a routine may stand in for the session in a week of easier running, and its key."""
    name = routine.name.lower()
    long = f"You run less this week: {name} alone will do. "
    words = long if len(long) + 11 <= width else f"An easier week: {name} will do. "
    return [(words, "dim"), ("Z", "accent"), (" routines", "dim")]


def gap_line(width: int) -> Line:
    """That the plan rests on a log of which a part cannot be read."""
    long = GAP_WORDS
    short = "Part of your log cannot be read: check the loads."
    return [(fitted(long if len(long) <= width else short, width), "warn")]


def _when(book: Logbook, live: Live, plan: Plan | None, now: datetime) -> tuple[str, str]:
    """When the session began, or when it is due; in full, and short."""
    if not live.id:
        if plan is None or not plan.items:
            return "", ""
        done = any(
            s.day == now.date() and s.programme != ROUTINE and worked(s)
            for s in book.reader.sessions()
        )
        return _due(plan.due, now.date(), done=done)
    # The start, not the minutes since: a line that changes every minute costs bytes.
    day = "" if live.started.date() == now.date() else f"{live.started:%d %b} "
    words = f"since {day}{live.started:%H:%M}"
    return words, words


def _due(due: Placed | None, today: date, *, done: bool) -> tuple[str, str]:
    if due is not None and due.day != today:
        day = when_words(due, today)
        return (f"done today · next {day}" if done else f"planned for {day}"), day
    if done:
        return "done today · this is next", "done today"
    begins = "enter or space begins"
    time = "" if due is None else placed_words(due)
    return (f"today {time}; {begins}", f"today {time}") if time else (begins, begins)


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


def draw_item(live: Live, item: Item, name: str, picked: Key | None, unit: str, width: int) -> Line:
    """One exercise: its name, its dose, and a mark for each set."""
    marks: list[Span] = [("  ", "")]
    for key in item.keys():
        if key == picked:
            marks += [("[", "accent"), _mark(live, key), ("]", "accent")]
        else:
            marks.append(_mark(live, key))
    marks.append((" ", ""))
    joined = "╎" if item.superset else " "
    done = not live.open_keys(item)
    dose = _dose(live, item, unit)
    room = width - sum(len(words) for words, _ in marks) - 1
    shown = fitted(dose, max(0, room - LEAST_NAME))
    name_room = room - len(shown) - 3
    left: list[Span] = [
        (joined, "dim"),
        (fitted(name, name_room), "dim" if done else "strong"),
    ]
    return spread(left, [("  ", ""), (shown, "dim" if done else ""), *marks], width)


def draw_resting(book: Logbook, said: Advice, width: int) -> Line:
    """An exercise that rests today, with the main reason."""
    name = exercise_name(book.profile.library, said.exercise)
    why = sentence(said.reasons[0], book.profile.library, book.profile.unit) if said.reasons else ""
    return [(fitted(f" {name}: rest. {why}", width - 1), "dim")]


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
    head = (
        "Rest today."
        if said is None
        else f"{exercise_name(book.profile.library, said.exercise)} rests."
    )
    lines: list[Line] = [[(head, "strong"), ("  w", "accent"), (" says why", "dim")]]
    for why in list(dict.fromkeys(whys))[:MOST_REASONS]:
        lines += wrapped(why, width)
    return lines if len(lines) > 2 else [*lines, []]


def _dose(live: Live, item: Item, unit: str) -> str:
    """The dose of the work sets; once all are logged, what was done."""
    work = [key for key in item.keys() if key.kind is SetKind.WORK] or item.keys()
    if any(live.is_open(key) for key in work):
        return _plain(item, planned(map(item.planned, work), unit))
    rows = [row for key in work for row in live.rows[key] if row.undone is None]
    bare = (replace(written(r), rir=None, effort=None, pain=None, flags=()) for r in rows)
    return _plain(item, show(bare, unit)) if rows else ""


def _plain(item: Item, words: str) -> str:
    """Sets in words, for mobility without saying that they are warm-up sets."""
    return words.replace(f" {SetKind.WARMUP}", "") if item.kind is Kind.MOBILITY else words


def _mark(live: Live, key: Key) -> Span:
    if key in live.pending:
        return (WAITING, "warn")
    rows = live.rows.get(key)
    if rows is None:
        return (OPEN if key.kind is SetKind.WORK else "∘", "dim")
    return (LEFT_OUT, "dim") if rows[0].undone else (DONE, "good")


def next_lines(book: Logbook, live: Live, item: Item, key: Key, width: int) -> list[Line]:
    """The set that keys act on, what to put on the bar for it, and what was done last time."""
    of = len([k for k in item.keys() if k.kind is key.kind])
    kind = "Set"
    if key.kind is SetKind.WARMUP:
        kind = "Mobility" if item.kind is Kind.MOBILITY else "Warm-up"
    line: list[Span] = [(f"{kind} {key.number} of {of}  ", "strong")]
    rows = live.rows.get(key)
    if key in live.pending:
        line.append((_plain(item, show(map(written, rows or ()), book.profile.unit)), ""))
        line.append(("  done? enter confirms, e corrects", "warn"))
    elif rows and rows[0].undone:
        line.append((f"left out ({undone_word(rows[0])})", "dim"))
    elif rows:
        done = _plain(item, show(map(written, rows), book.profile.unit))
        line += [(done, ""), ("  logged", "good")]
        if rows[0].note:
            line.append((f"  {rows[0].note}", "dim"))
    else:
        coming = item.planned(key)
        line.append((_plain(item, planned([coming], book.profile.unit)), ""))
        of_work = key.kind is SetKind.WORK and coming.goals[0].measures.reps
        if item.now.target_rir is not None and of_work:
            line.append((f"  leave {item.now.target_rir}", "dim"))
        if _wants_load(book, item, key):
            line.append(("  e with the load, as in 5 60kg", "warn"))
        line.append((f"  rest {item.now.rest_s // 60}:{item.now.rest_s % 60:02}", "dim"))
    last: Line = [(fitted(last_time(book, item.exercise), width), "dim")]
    trend: Line = []
    if book.reader.last_entry(item.exercise) is not None:
        trend = [("T", "accent"), (" trend", "dim")]
    watch = _watch(book, live, item)
    if width_of([*last, *watch, *trend]) >= width:
        watch = []
    last = spread(last, [*watch, *trend], width)
    told = [] if rows else _at_the_bar(book, item, key, width)
    lines = [line, *told, *_ramp_line(book, live, item, key, width), last]
    return lines if len(lines) > 2 else [*lines, []]


def _watch(book: Logbook, live: Live, item: Item) -> Line:
    """Once a set of an exercise is logged: the key for what went wrong, and what to watch."""
    exercise = book.profile.library.exercises.get(item.exercise)
    flags = () if exercise is None else watched(exercise)
    rows = [live.rows[key][0] for key in item.keys() if key in live.rows]
    if not flags or all(row.undone is not None for row in rows):
        return []
    return [("c", "accent"), (f" {', '.join(flags)}  ", "dim")]


def _at_the_bar(book: Logbook, item: Item, key: Key, width: int) -> list[Line]:
    """What to know at the bar: the plates, and what ends a set of a lift that is moved fast."""
    fast = item.now.fast and key.kind is SetKind.WORK
    stop = as_sentence(STOP_SLOW) if fast else ""
    plates = fitted(on_the_bar(book, item, key), width - len(stop) - 2)
    gap = "  " if stop and plates else ""
    return [[(plates, "dim"), (gap, ""), (stop, "")]] if stop or plates else []


def _ramp_line(book: Logbook, live: Live, item: Item, key: Key, width: int) -> list[Line]:
    """The light sets before the first heavy lift, until its first set is logged or they are sets of
    the session."""
    ramps = ((one, _ramp(book, one)) for one in live.items)
    first, sets = next(((one, found) for one, found in ramps if found), (None, ()))
    begun = any(each.kind is SetKind.WARMUP or not live.is_open(each) for each in item.keys())
    if first is not item or begun or key.kind is not SetKind.WORK:
        return []
    hint: Line = [("  W", "accent"), (" adds them", "dim")]
    words = fitted(as_sentence(ramp_words(sets, book.profile.unit)), width - width_of(hint))
    return [[(words, ""), *hint]]


def _ramp(book: Logbook, item: Item) -> tuple[SetPlan, ...]:
    exercise = book.profile.library.exercises.get(item.exercise)
    if exercise is None or exercise.loading != "heavy":
        return ()
    work = [one for one in item.now.sets if one.kind is SetKind.WORK]
    return lift_ramp(book.profile.setup.inventory, exercise, work)


def on_the_bar(book: Logbook, item: Item, key: Key) -> str:
    """The plates to load for a barbell set; empty for any other. A load that the plates cannot make
    is replaced by the next lower one they can, which is named."""
    exercise = book.profile.library.exercises.get(item.exercise)
    loads = None if exercise is None else book.profile.setup.inventory.loads(exercise)
    if exercise is None or loads is None:
        return ""
    found = dict.fromkeys(goal.measures.load_kg for goal in item.planned(key).goals)
    words = []
    for load in found:
        if load is not None:
            plates = plate_words(book.profile.setup.inventory, exercise, load, book.profile.unit)
            made = loads.down(load)
            named = len(found) > 1 or made != load
            words.append(
                f"{load_words(made, book.profile.unit)}: {plates}" if named and plates else plates
            )
    return "  ".join(filter(None, words))


def _wants_load(book: Logbook, item: Item, key: Key) -> bool:
    """Whether it is a heavy lift without a load yet."""
    exercise = book.profile.library.exercises.get(item.exercise)
    heavy = exercise is not None and exercise.loading == "heavy"
    return heavy and all(goal.measures.load_kg is None for goal in item.planned(key).goals)


def last_time(book: Logbook, exercise: str) -> str:
    """What was done in the last session with an exercise, in the notation."""
    found = book.reader.last_entry(exercise)
    if found is None:
        return "The first time" if book.reader.complete else unread(book)
    day, entry = found
    done = show((replace(written(row), note="") for row in counted(entry)), book.profile.unit)
    return f"Last time  {done}  ({day:%d %b %Y})"


def unread(book: Logbook) -> str:
    """Why something is not known: the log is still being read, or a part of it cannot be."""
    if book.reader.gaps:
        return "Part of your log cannot be read."
    return "Your log is being read."
