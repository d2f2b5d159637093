"""The lines of one set on the Today pane: what to do, with what, what was done last time, and why;
after it, how it was."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from tui.app.logbook import Logbook
from tui.app.today_session import TodaySession
from tui.domain.calculator.loads import plate_words
from tui.domain.calculator.ramp import lift_ramp
from tui.domain.calculator.reasons import brief
from tui.domain.model.cells import cell_width, fitted, padded
from tui.domain.model.notation import Form, show, written
from tui.domain.model.sums import counted
from tui.domain.model.text import as_sentence
from tui.domain.model.units import load_words, plain, shown_load
from tui.domain.model.values import Kind, SetKind, SetPlan, Sides
from tui.domain.model.watching import watched
from tui.domain.planning.wording import short_day
from tui.domain.session.live import Item, Key
from tui.present.fetch import fetched
from tui.present.outcome import outcome_words
from tui.present.session_questions import NOT_RATED
from tui.present.words import STOP_SLOW, ramp_words, undone_word
from tui.ui.marks import WAITING
from tui.ui.panes.today_lines import unread
from tui.ui.panes.today_rows import done_words, planned_words, superset_place
from tui.ui.widgets.ranked import Ranked, ranked
from tui.ui.widgets.styled_text import Line, Span, spread, width_of, wrapped

LABEL = 12
EMPTY_BAR = "empty bar"
R_KEY = "r  "
HOW_MANY = ("How many more could you have done?", "How many more could you?", "How many more?")


def set_words(session: TodaySession, item: Item, key: Key) -> str:
    """What to do in a set."""
    return planned_words(item, [key], session.book.profile.unit, Form.LONG)


def coming_words(session: TodaySession, after: str, *, brief: bool = False) -> tuple[str, str]:
    """The set to do next after one of the item ``after``: what it is called, if ``brief`` without
    how many there are, and what to do in it. Both empty if all is done."""
    live = session.live
    item = live.suggested(after)
    if item is None:
        return "", ""
    key = live.open_keys(item)[0]
    of = sum(other.kind is key.kind for other in item.keys())
    kind = "warm-up" if key.kind is SetKind.WARMUP else "set"
    called = f"{kind} {key.number}" if brief else f"{kind} {key.number} of {of}"
    if item.id != after:
        called = f"{_named(session, item)}, {called}"
    return called, set_words(session, item, key)


def _named(session: TodaySession, item: Item) -> str:
    _, label = superset_place(session.live, item)
    return f"{label} {session.name(item)}" if label else session.name(item)


def set_line(session: TodaySession, item: Item, key: Key, width: int) -> Line:
    """The set that keys act on: what to do in it and the rest after it, or how it was done."""
    live, unit = session.live, session.book.profile.unit
    rows = live.rows.get(key)
    line: list[Span] = [(f"{_called(session, item, key)}  ", "strong")]
    if rows and rows[0].undone:
        return [*line, (f"left out ({undone_word(rows[0])})", "dim")]
    if rows:
        said = (replace(written(row), kind=SetKind.WORK, note="") for row in rows)
        line += [(show(said, unit, Form.LONG, way=item.way), ""), ("  logged", "good")]
        if key.kind is not SetKind.WARMUP and (how := outcome_words(rows, unit)):
            line.append((f"  {how}", "warn"))
        if rows[0].note:
            line.append((f"  {rows[0].note}", "dim"))
        return line
    line.append((set_words(session, item, key), ""))
    coming = item.planned(key)
    spare, after = item.now.target_rir, _after(session, item, key)
    more: list[Span] = []
    if item.sides is Sides.ALTERNATING and len(coming.goals) > 1:
        more.append((", in turn", ""))
    if spare is not None and key.kind is not SetKind.WARMUP and coming.goals[0].measures.reps:
        more.append((f", {spare} to spare", "dim"))
    if after:
        more.append((f" · {after}", "dim"))
    for span in more:
        if width_of([*line, span]) <= width:
            line.append(span)
    return spread(line, [("first time", "dim")], width) if _is_new(session, item) else line


def _called(session: TodaySession, item: Item, key: Key) -> str:
    kind = "Set"
    if key.kind is SetKind.WARMUP:
        kind = "Mobility" if item.kind is Kind.MOBILITY else "Warm-up"
    of = sum(other.kind is key.kind for other in item.keys())
    _, label = superset_place(session.live, item)
    return " ".join(filter(None, [label, kind, f"{key.number} of {of}"]))


def _after(session: TodaySession, item: Item, key: Key) -> str:
    """What comes after a set: so much rest, or at once another exercise of its superset."""
    live = session.live
    rest = live.rest_after(key)
    if rest:
        leading = live.clock is not None and live.clock.led and live.clock.key == key
        return f"{'then ' if leading else ''}rest {rest // 60}:{rest % 60:02}"
    behind = [one for one in live.partners(item) if one.id != item.id]
    if item.superset is None or not behind:
        return ""
    following = min(behind, key=live.done_count)
    return f"no rest, {superset_place(live, following)[1]} comes next"


def _is_new(session: TodaySession, item: Item) -> bool:
    """Whether an exercise was never logged, before this session or in it."""
    reader = session.book.reader
    if not reader.complete or reader.knows(item.exercise):
        return False
    same = {one.id for one in session.live.items if one.exercise == item.exercise}
    return not any(key.item in same for key in session.live.rows)


def teaches(session: TodaySession, item: Item, key: Key) -> bool:
    """Whether the lines say how an exercise is done: before it was ever logged."""
    return session.live.is_open(key) and _is_new(session, item)


def below_number(session: TodaySession, item: Item, key: Key, width: int) -> Line:
    """What to know at the bar: the plates, and what ends a set of a lift that is moved fast."""
    fast = item.now.fast and key.kind is not SetKind.WARMUP
    stop = as_sentence(STOP_SLOW) if fast else ""
    plates = on_the_bar(session.book, item, key)
    inventory, unit = session.book.profile.setup.inventory, session.book.profile.unit
    exercise = session.exercise(item)
    bar = None if exercise is None else inventory.bar_of(exercise)
    if not plates or bar is None:
        return [(stop, "dim")] if stop else []
    full = plates if plates == EMPTY_BAR else f"{plain(shown_load(bar.kg, unit))} bar + {plates}"
    for words in (full, plates):
        line: list[Span] = [*_label("On the bar"), (words, "")]
        if stop:
            line += [("  ", ""), (stop, "dim")]
        if width_of(line) <= width:
            return line
    return [(plates, ""), ("  ", ""), (stop, "dim")]


def _label(words: str) -> Line:
    return [(padded(words, LABEL), "dim")]


def told_lines(
    session: TodaySession, item: Item, key: Key, width: int, *, headed: bool
) -> list[Ranked]:
    """The lines below the big field. ``headed``: the line of the set is in the field already. While
    a rest runs they first ask how the set before it was, unless the runner has picked a set."""
    waiting = next((one for one in session.live.pending if one.item == item.id), None)
    lines: list[Ranked] = []
    asked = _unconfirmed(session, waiting) if waiting else []
    if not asked and key == session.key(item, None):
        asked = _how_many(session, width)
    lines += ranked(0, asked)
    if not asked and not headed:
        lines += ranked(0, [set_line(session, item, key, width)])
    if waiting:
        return lines
    if session.live.is_open(key) and not headed:
        bar = below_number(session, item, key, width)
        lines += ranked(1, [bar] if bar else [])
    lines += ranked(2, _partner_line(session, item))
    lines += ranked(2, _fetch_line(session, item, width))
    lines += ranked(2, _ramp_line(session, item, key, width))
    if teaches(session, item, key):
        return [*lines, *ranked(3, _cue_lines(session, item, width))]
    lines += ranked(3, [line for line in [last_time(session, item, width)] if line])
    return [*lines, *ranked(4, _why_line(session, item, key, width))]


def _unconfirmed(session: TodaySession, key: Key) -> list[Line]:
    """A timed set that has run out, and the keys that say how it was."""
    item, unit = session.live.item(key.item), session.book.profile.unit
    done = done_words(session.live.rows[key], unit, Form.LONG, item.way)
    keys: list[Span] = [(" " * LABEL, "")]
    for name, does in (
        ("enter", "yes"),
        ("e", "it was different"),
        ("f", "I stopped early"),
    ):
        keys += [(name, "accent"), (f" {does}   ", "")]
    asked: Line = [
        (padded(f"{WAITING} Set {key.number}", LABEL), "warn"),
        (f"{done} ran its time. ", ""),
        ("Was it so?", "strong"),
    ]
    return [asked, keys]


def _how_many(session: TodaySession, width: int) -> list[Line]:
    """While the rest after it runs, the question how many more reps a set had; none for sets that
    are not counted in reps, and once it is answered."""
    live, unit = session.live, session.book.profile.unit
    clock = live.clock
    if clock is None or not clock.view(session.book.now()).working_done:
        return []
    key = clock.key
    rows, item = live.rows.get(key), live.item(key.item)
    if not rows or key in live.pending or key.kind is SetKind.WARMUP or item.kind in NOT_RATED:
        return []
    if any(row.undone or row.rir is not None or row.done.reps is None for row in rows):
        return []
    here = live.suggested(key.item)
    name = f"{_named(session, item)} set" if here is None or here.id != item.id else "Set"
    called, done = f"{name} {key.number}", done_words(rows, unit, Form.LONG, item.way)
    full = f"{padded(called, max(LABEL, len(called) + 3))}{done} done.  "
    short = f"{called} done.  "
    told, asked = next(
        (
            (told, asked)
            for told in (full, short, f"Set {key.number} done.  ")
            for asked in HOW_MANY
            if len(told) + len(R_KEY) + len(asked) <= width
        ),
        (short, HOW_MANY[-1]),
    )
    return [[(told, ""), (R_KEY.strip(), "accent"), (f"  {asked}", "")]]


def _cue_lines(session: TodaySession, item: Item, width: int) -> list[Line]:
    """How an exercise is done, in the words of the library."""
    exercise = session.exercise(item)
    lines: list[Line] = []
    for number, cue in enumerate(() if exercise is None else exercise.cues, start=1):
        lines += wrapped(cue, width, indent=f"  {number}  ")
    return lines


def _fetch_line(session: TodaySession, item: Item, width: int) -> list[Line]:
    """In the rest before an exercise, what to fetch for it."""
    live, profile = session.live, session.book.profile
    if live.clock is None or live.clock.key.item == item.id or live.done_count(item):
        return []
    things = fetched([item], profile.library, profile.setup.inventory, profile.unit)
    words = fitted(", ".join(things), width - LABEL)
    return [[*_label("Fetch"), (words, "dim")]] if things else []


def _partner_line(session: TodaySession, item: Item) -> list[Line]:
    """What was done last in the superset of an exercise, by another one."""
    live = session.live
    if item.superset is None:
        return []
    others = {one.id for one in live.items if one.superset == item.superset and one != item}
    logged = [key for key in live.rows if key.item in others]
    if not logged:
        return []
    key = max(logged, key=lambda key: live.rows[key][0].at)
    rows = live.rows[key]
    if rows[0].undone is not None:
        return []
    partner = live.item(key.item)
    done = done_words(rows, session.book.profile.unit, Form.LONG, partner.way)
    kind = "warm-up" if key.kind is SetKind.WARMUP else "set"
    called = f"{_named(session, partner)} {kind} {key.number}"
    return [[*_label("Done"), (f"{called}: {done}", "dim")]]


def last_time(session: TodaySession, item: Item, width: int) -> Line:
    """What was done in the last session with an exercise, and, once a set of it is logged, the key
    for what went wrong and what to watch."""
    reader = session.book.reader
    found = reader.last_entry(item.exercise)
    if found is None:
        return [] if reader.complete else [(unread(session.book), "dim")]
    day, entry = found
    rows = [replace(written(row), note="") for row in counted(entry)]
    bare = [replace(row, rir=None, effort=None, pain=None, flags=()) for row in rows]
    unit = session.book.profile.unit
    full, done = (show(each, unit, Form.LONG, way=item.way) for each in (rows, bare))
    year = "" if day.year == session.book.now().year else f" {day.year}"
    when = f", {short_day(day)}{year}"
    room = width - LABEL - len(when)
    said = full if cell_width(full) <= room else fitted(done, room)
    line = [*_label("Last time"), (f"{said}{when}", "dim")]
    watch = _watch(session, item)
    return spread(line, watch, width) if watch else line


def _watch(session: TodaySession, item: Item) -> Line:
    """Once a set of an exercise is logged: the key for what went wrong, and what to watch."""
    exercise = session.exercise(item)
    flags = () if exercise is None else watched(exercise)
    rows = [session.live.rows[key][0] for key in item.keys() if key in session.live.rows]
    if not flags or all(row.undone is not None for row in rows):
        return []
    return [("c", "accent"), (f" {', '.join(flags)}", "dim")]


def _why_line(session: TodaySession, item: Item, key: Key, width: int) -> list[Line]:
    """The main reason for the dose."""
    said = session.advice(item)
    if said is None or not said.reasons or key.kind is SetKind.WARMUP:
        return []
    why = brief(said, session.book.profile.library, session.book.profile.unit)
    if cell_width(why) > width - LABEL and why.endswith(")"):
        # The reason comes before whose it is: w tells that in full.
        why = why.rpartition(" (")[0]
    return [[*_label("Why"), (fitted(why, width - LABEL), "dim")]]


def _ramp_line(session: TodaySession, item: Item, key: Key, width: int) -> list[Line]:
    """The light sets before the first heavy lift, until its first set is logged or they are sets of
    the session."""
    live, unit = session.live, session.book.profile.unit
    ramps = ((one, _ramp(session, one)) for one in live.items)
    first, sets = next(((one, found) for one, found in ramps if found), (None, ()))
    begun = any(each.kind is SetKind.WARMUP or not live.is_open(each) for each in item.keys())
    if first is not item or begun or key.kind is not SetKind.WORK:
        return []
    hint: Line = [("  W", "accent"), (" adds them", "dim")]
    words = fitted(as_sentence(ramp_words(sets, unit)), width - width_of(hint))
    return [[(words, ""), *hint]]


def _ramp(session: TodaySession, item: Item) -> Sequence[SetPlan]:
    exercise = session.exercise(item)
    if exercise is None or exercise.loading != "heavy":
        return ()
    work = [one for one in item.now.sets if one.kind is SetKind.WORK]
    return lift_ramp(session.book.profile.setup.inventory, exercise, work)


def on_the_bar(book: Logbook, item: Item, key: Key) -> str:
    """The plates to load for a barbell set; empty for any other. A load that the plates cannot make
    is replaced by the next lower one they can, which is named."""
    exercise = book.profile.library.exercises.get(item.exercise)
    inventory, unit = book.profile.setup.inventory, book.profile.unit
    loads = None if exercise is None else inventory.loads(exercise)
    if exercise is None or loads is None:
        return ""
    found = dict.fromkeys(goal.measures.load_kg for goal in item.planned(key).goals)
    words = []
    for load in found:
        if load is not None:
            plates = plate_words(inventory, exercise, load, unit)
            made = loads.down(load)
            named = len(found) > 1 or made != load
            words.append(f"{load_words(made, unit)}: {plates}" if named and plates else plates)
    return "  ".join(filter(None, words))
