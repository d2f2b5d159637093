"""After a session: one line about food or sleep, and which regions to ask about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta

from tui.domain.calculator.advice import Profile, Reason
from tui.domain.calculator.bouts import Bout
from tui.domain.calculator.old_injuries import named_region
from tui.domain.calculator.pain import PAIN_STOP
from tui.domain.calculator.reasons import Words
from tui.domain.calculator.state import State
from tui.domain.model.library.catalog import Library
from tui.domain.model.readiness import LOW_SUM, of_day
from tui.domain.model.sums import counted
from tui.domain.model.text import as_sentence
from tui.domain.model.values import ROUTINE, SNACK, Kind, Session, SetEntry, SetKind
from tui.domain.planning.calendar_queries import is_hard
from tui.domain.planning.diary import Run
from tui.domain.planning.wording import RUNS, clock
from tui.domain.session.live import Key, Live

LONG_MINUTES = 60  # From here on the article wants food and drink soon.
AWAY_DAYS = 14
SLOW_S = 3.0  # A lowering from this long on counts as slow.
POOR_SLEEP = LOW_SUM // 2
SOON = timedelta(hours=24)

WYLES = "wyles-runrun"
WORDS: Mapping[str, Words] = {
    "HURT": Words(
        "stop what hurts, and let a professional see it; this is no medical advice", "project"
    ),
    "SORE_SLOW": Words(
        "slow lowering is new to you: expect sore muscles for a day or two; easy running is fine",
        "clarke-runrun",
    ),
    "SORE_FIRST": Words(
        "this is new to your legs: expect sore muscles for a day or two; easy running is fine",
        "clarke-runrun",
    ),
    "SORE_AGAIN": Words(
        "after {days} days away expect sore muscles for a day or two; easy running is fine",
        "clarke-runrun",
    ),
    "RUN_SOON": Words("{run} {when}: sleep well, and eat enough before it", WYLES),
    "SLEPT_POORLY": Words("you slept poorly: an early night helps, 7 to 9 hours if you can", WYLES),
    "LONG_SESSION": Words("that took over an hour: eat and drink soon, carbohydrates too", WYLES),
    "EAT_SOON": Words("something with protein and carbohydrates within two hours", "running-power"),
}

LABELS = {
    "HURT": "Pain",
    "SORE_SLOW": "After",
    "SORE_FIRST": "After",
    "SORE_AGAIN": "After",
    "RUN_SOON": "Sleep",
    "SLEPT_POORLY": "Sleep",
    "LONG_SESSION": "Eat",
    "EAT_SOON": "Eat",
}


def aftercare(
    session: Session, library: Library, before: State, runs: Iterable[Run]
) -> Reason | None:
    """What to say about food or sleep after a finished session, or None after a routine, a snack or
    a session without work (clarke-runrun, wyles-runrun, running-power; the order is the project's).

    ``before`` is the state of the log without the session, ``runs`` those of its day and the
    next."""
    done = _work(session, library)
    if not done or session.programme == ROUTINE or SNACK in (session.programme, session.part):
        return None
    begun = session.finished or session.started
    return (
        _hurt(session)
        or _sore(session, done, library, before)
        or _hard_run(begun, runs)
        or _tired(session, before)
        or _long(session)
        or Reason("EAT_SOON")
    )


def _hurt(session: Session) -> Reason | None:
    """Pain that asks for a professional comes before everything else."""
    rows = (row for entry in session.live() for row in entry.live())
    return Reason("HURT") if any((row.pain or 0) >= PAIN_STOP for row in rows) else None


def aftercare_words(reason: Reason) -> str:
    """The line as a sentence, without its source."""
    return as_sentence(WORDS[reason.code].text.format(**reason.facts))


def aftercare_label(reason: Reason) -> str:
    """What the line is about, in a word."""
    return LABELS[reason.code]


def aftercare_source(reason: Reason) -> str:
    """The id of its source."""
    return WORDS[reason.code].source


def regions_to_ask(profile: Profile, library: Library, live: Live) -> dict[str, Key]:
    """The regions that the runner has named as injured once and that this session worked without a
    word on pain, each with the last set that its pain can be put down to (source project)."""
    found: dict[str, Key] = {}
    told: set[str] = set()
    for key, rows in live.rows.items():
        exercise = library.exercises.get(live.item(key.item).exercise)
        if exercise is None or named_region(profile, exercise) is None:
            continue
        if any(row.pain is not None for row in rows):
            told.add(exercise.region)
        if key.kind is SetKind.WORK and any(row.undone is None for row in rows):
            found[exercise.region] = key
    return {
        region: found[region]
        for region in profile.old_injuries
        if region in found and region not in told
    }


def _work(session: Session, library: Library) -> dict[str, list[SetEntry]]:
    """The work sets done, by exercise, without mobility and what the library lacks."""
    done: dict[str, list[SetEntry]] = {}
    for entry in session.live():
        exercise = library.exercises.get(entry.exercise)
        rows = counted(entry)
        if exercise is not None and exercise.kind is not Kind.MOBILITY and rows:
            done.setdefault(exercise.id, []).extend(rows)
    return done


def _sore(
    session: Session, done: Mapping[str, Sequence[SetEntry]], library: Library, before: State
) -> Reason | None:
    """That muscles may be sore: the first session of all, one after more than a fortnight, or the
    first time that an exercise was lowered slowly."""
    if before.strength is None:
        return Reason("SORE_FIRST")
    days = (session.day - (before.last or session.day)).days
    if days > AWAY_DAYS:
        return Reason("SORE_AGAIN", {"days": days})
    for name, rows in done.items():
        history = before.histories.get(name)
        known: Sequence[Bout] = () if history is None else (*history.bouts, history.last)
        eccentric = library.exercises[name].kind is Kind.ECCENTRIC
        slow = eccentric or any((row.done.tempo_s or 0) >= SLOW_S for row in rows)
        used_to = any(eccentric or (bout.done.tempo_s or 0) >= SLOW_S for bout in known)
        if slow and not used_to:
            return Reason("SORE_SLOW")
    return None


def _hard_run(now: datetime, runs: Iterable[Run]) -> Reason | None:
    """The next hard run, if it begins within a day; one without a time counts tomorrow."""
    here = now.replace(tzinfo=None)
    for run in sorted(filter(is_hard, runs), key=lambda run: (run.day, run.start or time.max)):
        tomorrow = run.day > here.date()
        if run.start is None:
            soon = tomorrow
        else:
            soon = timedelta(0) < datetime.combine(run.day, run.start) - here <= SOON
        if soon:
            when = "tomorrow" if tomorrow else "today"
            at = "" if run.start is None else f" {clock(run.start)}"
            return Reason("RUN_SOON", {"run": RUNS[run.kind], "when": f"{when}{at}"})
    return None


def _tired(session: Session, before: State) -> Reason | None:
    told = of_day(before.ready, session.day)
    return Reason("SLEPT_POORLY") if told is not None and told.sleep <= POOR_SLEEP else None


def _long(session: Session) -> Reason | None:
    if session.finished is None:
        return None
    minutes = (session.finished - session.started).total_seconds() / 60
    return Reason("LONG_SESSION") if minutes > LONG_MINUTES else None
