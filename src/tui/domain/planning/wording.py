"""The week plan in words: why a session is on its day, what was dropped, what the week is like.

As with all reasons, the only numbers in a sentence are those of its facts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, time

from tui.domain.calculator.advice import Reason
from tui.domain.calculator.reasons import PROJECT, Words
from tui.domain.model.text import as_sentence
from tui.domain.model.units import plain
from tui.domain.planning.diary import Run, RunKind
from tui.domain.planning.placement import LEG_DAYS, GivenUp, Placed

CLARKE, SPRING, KLEIN, POWER = "clarke-runrun", "trailrunner-lift", "klein-six", "running-power"
WORDS: Mapping[str, Words] = {
    # Why here.
    "HOURS_AFTER_RUN": Words("{hours} h after the {run}, so easy days stay easy", CLARKE),
    "SOON_AFTER_RUN": Words("only {hours} h after the {run}: {best} are better", CLARKE),
    "AFTER_RUN": Words("the {run} comes first", CLARKE),
    "DAY_AFTER_RUN": Words("the day after the {run}", CLARKE),
    "EASY_RUN_DAY": Words("an easy run's day: no better one was free", CLARKE),
    "NO_RUN_DAY": Words("no run that day"),
    "DAY_BEFORE_RUN": Words("the {run} is within a day: no better one was free", CLARKE),
    "AFTER_RACE_LIGHT": Words("light, and only if you like: {race} is just behind you", CLARKE),
    "LEGS_RESTED": Words("{days} days after the last leg session", SPRING),
    "GOOD_PAIR": Words("{days} days between sessions", SPRING),
    "JUMPS_WITH_SPEED": Words("jumps go with the speed run", POWER),
    "SNACK_AFTER_RUN": Words("a few minutes after the {run}", CLARKE),
    "SNACK_ANY_TIME": Words("a few minutes at any time", CLARKE),
    # Why a session was dropped.
    "RACE_WEEK_NONE": Words("{session} rests for {race}; mobility is fine", CLARKE),
    "RACE_IN_LEGS": Words("{session} waits: the race is still in the legs"),
    "AFTER_RACE_ONE": Words("{session} waits: one light session is enough after a race", CLARKE),
    "AFTER_RACE_RUNS": Words("{session} waits: so soon after a race not beside a hard run", CLARKE),
    "MISSED_IN_TAPER": Words(
        "{session} is left out: in a taper nothing is made up for or packed closer", KLEIN
    ),
    "PLAN_REDUCED": Words(
        "{session} is left out: {hours} h between leg sessions leave no room; less is fine", SPRING
    ),
    "HARD_RUN_SOON": Words("{session} is left out: a hard run is always within a day", SPRING),
    "NO_TIME_BESIDE_RUNS": Words(
        "{session} is left out: your times are during a run, or before a hard one", CLARKE
    ),
    "NO_TIME_LEFT": Words("{session} is left out: no time of yours is left for it; no harm done"),
    "NO_DAY_LEFT": Words("{session} is left out: no day is left for it; nothing is made up for"),
    # Why a routine is better left for another day.
    "LEGS_WORKED": Words(
        "{session} works the legs again within {hours} hours: later is better", SPRING
    ),
    "HARD_RUN_NEXT": Words("{session} works the legs, and the {run} is tomorrow", CLARKE),
    # What is special about a week.
    "RACE": Words("{race} on {day}; mobility only from {rest}", CLARKE),
    "RACE_REST": Words("{race} is on {day}; mobility only from {rest}", CLARKE),
    "RACE_NEAR": Words("{race} is on {day}; mobility only from {rest}", CLARKE),
    "RACE_DAY": Words("{race} is today; good legs", CLARKE),
    "AFTER_RACE_REST": Words("{race} is still in the legs: no lifting before {day}", CLARKE),
    "TAPER_WEEK": Words("taper for {race} on {day}: same weight, fewer sets", KLEIN),
    "AFTER_RACE_WEEK": Words("after {race}: one light session, if you like", CLARKE),
    "STEP_DOWN_WEEK": Words("you run less this week: strength is lighter too", CLARKE),
    "DELOAD_WEEK": Words("an easier week, as the programme plans it", POWER),
    "FEWER_NEAR_RACE": Words("the race is near: sessions this week {sessions}", KLEIN),
    "LEAN_RUN_WEEK": Words("this cycle leans to running: fewer sessions", CLARKE),
    "WEEKS_BACK": Words("after {days} days away the programme goes on from week {week}"),
    "PHASE_WAITS": Words("{phase} wait for {sessions} sessions of strength; {done} so far", SPRING),
    "COURSE_CHOICE": Words("for your {terrain} course: {exercises}", POWER),
    "COURSE_SETS": Words("for your {terrain} course: more of {more}; less of {less}", POWER),
    "WARMUP_SORE": Words("{region} hurts: no warm-up that loads it, and watch it in every set"),
    "PAUSED": Words("the programme is paused; its weeks wait"),
}
# What a day or week is headed with besides its number.
HEADS = {
    "RACE": "race week",
    "RACE_DAY": "race day",
    "RACE_REST": "race week",
    "RACE_NEAR": "before the race",
    "TAPER_WEEK": "taper",
    "AFTER_RACE_REST": "after the race",
    "AFTER_RACE_WEEK": "after the race",
}
RUNS = {
    RunKind.EASY: "easy run",
    RunKind.SPEED: "speed run",
    RunKind.LONG: "long run",
    RunKind.HILLS: "hill run",
}


# What a day has that suits a session.
SUITS = frozenset(
    {"HOURS_AFTER_RUN", "AFTER_RUN", "DAY_AFTER_RUN", "NO_RUN_DAY", "SNACK_AFTER_RUN"}
)


def clause(reason: Reason) -> str:
    """A reason as part of a sentence, without a full stop."""
    shown = {name: _shown(name, value) for name, value in reason.facts.items()}
    return WORDS[reason.code].text.format(**shown)


def head_word(marks: Iterable[Reason]) -> str:
    """What a day or week with these marks is headed with, such as ``race week``; empty for a usual
    one."""
    return next((HEADS[mark.code] for mark in marks if mark.code in HEADS), "")


def clauses(reasons: Iterable[Reason]) -> str:
    """Several reasons, separated by semicolons."""
    return "; ".join(map(clause, reasons))


def sources(reasons: Iterable[Reason]) -> list[str]:
    """The source ids of the reasons, each once, "project" last."""
    found = dict.fromkeys(WORDS[reason.code].source for reason in reasons)
    return sorted(found, key=lambda source: source == PROJECT)


def placed_name(placed: Placed) -> str:
    """The name of a session in its week: ``Lift``, or ``Lift, light``."""
    return f"{placed.wanted.name}, light" if placed.light else placed.wanted.name


def placed_words(placed: Placed, hours: int = 24) -> str:
    """The time of a session: ``13:00``, ``from 13:00``, or empty for any time. Here and below
    ``hours`` are those of the clock that the runner reads: 24 or 12."""
    if placed.start is not None:
        return clock(placed.start, hours)
    return "" if placed.not_before is None else f"from {clock(placed.not_before, hours)}"


def given_up_words(given_up: GivenUp) -> str:
    """A session that was dropped and why, as a sentence."""
    return as_sentence(clause(given_up.reason))


def run_words(run: Run, hours: int = 24) -> str:
    """A run in words: ``speed run 07:00``, with its length if known."""
    words = [RUNS[run.kind]]
    if run.start is not None:
        words.append(clock(run.start, hours))
    if run.distance_m:
        words.append(f"{plain(round(run.distance_m / 1000, 1))} km")
    return " ".join(words)


def clock(at: time, hours: int = 24) -> str:
    """A time of day: ``18:05``, or on a clock of 12 hours ``6:05 pm``."""
    if hours != 12:
        return f"{at:%H:%M}"
    return f"{at.hour % 12 or 12}:{at:%M} {'am' if at.hour < 12 else 'pm'}"


def short_day(day: date) -> str:
    """A day without its year: ``Sun 14 Feb``."""
    return f"{day:%a} {day.day} {day:%b}"


def next_words(placed: Placed, hours: int = 24) -> str:
    """A session to come, with its day and time: ``Lift, Sun 6 Dec from 14:30``."""
    when = " ".join(filter(None, [short_day(placed.day), placed_words(placed, hours)]))
    return f"{placed_name(placed)}, {when}"


def waits_words(placed: Placed, today: date) -> str:
    """Why a session of a later day is not today's: the legs have just worked, or what its day has;
    empty if there is nothing to tell."""
    for reason in placed.reasons:
        if reason.code == "LEGS_RESTED":
            ago = int(reason.facts["days"]) - (placed.day - today).days
            if ago < LEG_DAYS:
                worked = "yesterday" if ago else "today"
                return f"your legs worked {worked} and have two days between sessions"
    words = next((clause(one) for one in placed.reasons if one.code in SUITS), "")
    return f"{placed.wanted.name} suits {placed.day:%A}: {words}" if words else ""


def when_words(placed: Placed, today: date, hours: int = 24) -> str:
    """Day and time of a session: ``Tue from 13:00``; from a week ahead with its date."""
    near = (placed.day - today).days < 7
    day = f"{placed.day:%a}" if near else short_day(placed.day)
    return " ".join(filter(None, [day, placed_words(placed, hours)]))


def _shown(name: str, value: float | str) -> str:
    if not isinstance(value, str):
        return plain(value)
    if name == "run":
        return RUNS[RunKind(value)]
    return short_day(date.fromisoformat(value)) if name in ("day", "rest") else value
