"""The keys worth showing on Today, with a word each: what enter does now comes first."""

from __future__ import annotations

from tui.app.day_state import DayKind, DayState
from tui.app.today_session import TodaySession
from tui.domain.planning.calendar_changes import no_gym_on
from tui.domain.session.clock import View
from tui.domain.session.live import Item, Key
from tui.present.step_words import set_name

# A command of the registry by its id, and the word behind its key.
Hint = tuple[str, str]
HELP: Hint = ("help", "help")
LEAVE: tuple[Hint, ...] = (HELP, ("quit", "quit"))
LOOKING: tuple[Hint, ...] = (
    ("take-over", "log from here"),
    ("library", "library"),
    ("history", "history"),
    ("season", "season"),
    ("review", "review"),
    ("why", "why"),
    ("how", "how"),
    *LEAVE,
)
LED: tuple[Hint, ...] = (
    ("clock-skip", "next"),
    ("clock-repeat", "again"),
    ("clock-add", "+15 s"),
    ("clock-stop", "clock off"),
    HELP,
)
CALM: dict[DayKind, tuple[Hint, ...]] = {
    DayKind.DONE: (
        ("log", "next session"),
        ("edit", "correct"),
        ("copy-done", "copy"),
        ("snack", "snack"),
        ("undo", "open it again"),
        ("find", "find"),
        *LEAVE,
    ),
    DayKind.REST: (
        ("log", "begin it today"),
        ("snack", "snack"),
        ("morning", "morning"),
        ("find", "find"),
        ("season", "season"),
        *LEAVE,
    ),
    DayKind.RACE: (
        ("log", "begin mobility"),
        ("why", "why"),
        ("season", "season"),
        ("find", "find"),
        *LEAVE,
    ),
    DayKind.AFTER: (
        ("log", "begin it today"),
        ("snack", "snack"),
        ("morning", "morning"),
        ("season", "season"),
        ("find", "find"),
        *LEAVE,
    ),
}


def today_hints(
    session: TodaySession, item: Item | None, key: Key | None, view: View | None, *, leads: bool
) -> tuple[Hint, ...]:
    """The hints for the exercise under the cursor and the set that keys act on. ``view`` is what
    the clock shows, ``leads`` whether it leads a set that is not logged yet."""
    live, day = session.live, session.day
    if not session.book.access.granted:
        return LOOKING
    if day is not None and day.kind in CALM:
        hints = CALM[day.kind]
        return hints if _begins(day) else hints[1:]
    if item is None or key is None:
        return (("add", "add"), ("find", "find"), ("snack", "snack"), *LEAVE)
    enter = ("log", f"log {set_name(key)}")
    if leads:
        paused = live.clock is not None and live.clock.watch.paused_at is not None
        return (enter, ("clock", "go on" if paused else "pause"), *LED)
    if key in live.pending:
        planned = {goal.side: goal.measures for goal in item.planned(key).goals}
        as_planned = all(row.done == planned.get(row.side) for row in live.rows[key])
        return (
            ("log", "yes, as planned" if as_planned else "yes"),
            ("edit", "different"),
            ("fail", "fell short"),
            ("pain", "pain"),
            ("undo", "undo"),
            HELP,
        )
    if not live.unfinished():
        return (("finish", "finish"), ("add-set", "a set more"), ("add", "add"), *_after(), *LEAVE)
    if not live.is_open(key):
        return (("edit", "correct"), ("rir", "reps left"), ("pain", "pain"), ("undo", "undo"), HELP)
    if not session.under_way:
        if session.book.reader.sessions():
            gym = (
                "gym again"
                if no_gym_on(session.book.profile.diary, session.live.started.date())
                else "no gym"
            )
            now: tuple[Hint, ...] = (("readiness", "how are you"), ("no-gym-today", gym))
        else:
            now = (("settings", "settings"),)
        return (
            enter,
            ("clock", "clock"),
            *now,
            ("why", "why"),
            ("how", "how"),
            ("find", "find"),
            HELP,
        )
    if view is not None and not view.working_done:
        return (
            enter,
            ("rir", "reps left"),
            ("edit", "different"),
            ("pain", "pain"),
            ("clock-add", "+15 s"),
            ("undo", "undo"),
            HELP,
        )
    loaded = item.planned(key).goals[0].measures
    weight: tuple[Hint, ...] = ()
    if loaded.net_kg is not None:
        weight = (("load-up", "more weight" if loaded.assist_kg is None else "less help"),)
    return (
        enter,
        ("edit", "different"),
        *weight,
        ("fail", "fell short"),
        ("skip", "skip"),
        ("undo", "undo"),
        ("finish", "finish"),
        HELP,
    )


def _after() -> tuple[Hint, ...]:
    return (("rir", "reps left"), ("undo", "undo"))


def _begins(day: DayState) -> bool:
    """Whether there is a session that enter could begin."""
    return bool(day.plan.items)
