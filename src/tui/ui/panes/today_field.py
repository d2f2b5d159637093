"""What stands in the big field of the Today pane: the clock, else the load and reps of the set."""

from __future__ import annotations

from datetime import datetime

from tui.app.today_session import TodaySession
from tui.domain.model.notation import HELP
from tui.domain.model.units import load_words, plain, shown_load
from tui.domain.model.values import Kind, Measures, Side
from tui.domain.session.cadence import PhaseKind
from tui.domain.session.clock import View
from tui.domain.session.live import Item, Key, Running
from tui.ui.panes.set_lines import below_number, coming_words, set_line, teaches
from tui.ui.widgets.big_field import Field
from tui.ui.widgets.styled_text import Line, Span

# The cells of the bar, from so many columns on, and with fewer.
BAR, ROOMY_FROM, SHORT_BAR = 20, 58, 14
ROLES = {
    PhaseKind.HOLD: "loud",
    PhaseKind.LOWER: "loud",
    PhaseKind.WORK: "loud",
    PhaseKind.SWITCH: "warn",
    PhaseKind.READY: "warn",
}
BIG = {PhaseKind.SWITCH: "CHANGE", PhaseKind.READY: "READY"}


def field(session: TodaySession, item: Item | None, key: Key | None, width: int) -> Field | None:
    """The clock if one runs, else the set that keys act on if it is not timed; None if there is
    nothing to draw big, as before a set of holds."""
    clock, now = session.live.clock, session.book.now()
    if clock is not None:
        view = clock.view(now)
        if view.kind is not PhaseKind.DONE or view.rested:
            return clock_field(session, clock, view, item, width)
    if item is None or key is None or not session.live.is_open(key):
        return None
    if teaches(session, item, key):
        return None
    return set_field(session, item, key, width)


def shows_clock(session: TodaySession, now: datetime) -> bool:
    """Whether the clock is in the field."""
    clock = session.live.clock
    if clock is None:
        return False
    view = clock.view(now)
    return view.kind is not PhaseKind.DONE or view.rested


# -- the clock -------------------------------------------------------------------------------------


def clock_field(
    session: TodaySession, clock: Running, view: View, here: Item | None, width: int
) -> Field:
    """The clock; the exercise it leads is named if the cursor is on another one."""
    paused = clock.watch.paused_at is not None
    role = "dim" if paused else ROLES.get(view.kind, "strong")
    head: list[Span] = [(view.words(), "strong" if paused else role)]
    if paused:
        head.append(("  PAUSED, space goes on", "warn"))
    if clock.led and here is not None and clock.key.item != here.id:
        head.append((f"  {session.name(session.live.item(clock.key.item))}", "dim"))
    return Field(
        head=head,
        number=view.big,
        words=_big_words(clock, view),
        role=role,
        below=_below(session, clock, view, width),
    )


def _big_words(clock: Running, view: View) -> tuple[str, ...]:
    """The phase and the side, in capitals. While the runner gets ready, the side to begin with."""
    if view.rested:
        return "REST", "DONE"
    side = view.side
    if view.kind is PhaseKind.READY:
        side = clock.timeline[view.phase + 1].side
    sided = side is not Side.BOTH and view.kind in (*ROLES, PhaseKind.RELEASE)
    word = BIG.get(view.kind, view.kind.name)
    return (word, side.name) if sided else (word,)


def _below(session: TodaySession, clock: Running, view: View, width: int) -> Line:
    """The progress of the set or its rest, in steps that change rarely, and what comes next."""
    narrow = width < ROOMY_FROM
    called, dose = coming_words(session, clock.key.item, brief=narrow or view.rested)
    if view.rested:
        return [("space", "accent"), (f" starts {called}", "dim")] if called else []
    resting = view.kind is PhaseKind.REST
    cells = SHORT_BAR if narrow else BAR
    filled = int((view.fraction if resting else view.set_fraction) * cells)
    then = view.next
    if view.working_done:
        then = f"then {called}: {dose}" if called else ""
    return [(f"{'━' * filled}{'╌' * (cells - filled)}  {then}", "dim")]


# -- the set ---------------------------------------------------------------------------------------


def set_field(session: TodaySession, item: Item, key: Key, width: int) -> Field | None:
    """The load and reps of a set that is not timed, or None: one that is, or whose sides differ."""
    goals = item.planned(key).goals
    first = goals[0].measures
    if any(goal.measures != first for goal in goals):
        return None
    amount, words = _amount(item, first)
    if not amount:
        return None
    unit = session.book.profile.unit
    if first.load_kg:
        amount = f"{amount} × {plain(shown_load(first.load_kg, unit))}"
        words = [*words[:1], unit, *words[1:]]
    if first.assist_kg:
        words.append(f"{load_words(first.assist_kg, unit)} {HELP}")
    if len(goals) > 1:
        words.append("each side")
    return Field(
        head=set_line(session, item, key, width),
        number=amount,
        unit=", ".join(words),
        below=below_number(session, item, key, width),
    )


def _amount(item: Item, m: Measures) -> tuple[str, list[str]]:
    """The amount of a set and its units; empty for what a clock times."""
    if m.reps is not None:
        if item.kind is Kind.ECCENTRIC and m.tempo_s:
            return "", []
        jumps = item.kind is Kind.PLYOMETRIC and item.feet
        return str(m.reps), ["jumps", f"{m.reps * (item.feet or 1)} contacts"] if jumps else []
    if m.distance_m is not None:
        return plain(m.distance_m), ["m"]
    if m.contacts is not None:
        return str(m.contacts), ["contacts"]
    return "", []
