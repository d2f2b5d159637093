"""Changes to the calendar: adding a race, run, days away or easier week, and parsing typed lines.

A change is a value; ``tui.app.profile`` writes it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, TypeVar

from msgspec import Struct

from tui.domain.calculator.advice import Priority, Race
from tui.domain.model.date_parser import Lean, leading_day
from tui.domain.model.dates import monday
from tui.domain.model.library.checks import EQUIPMENT
from tui.domain.model.validation import BadDocument, said
from tui.domain.planning.calendar_codec import AWAY, RACES, RUNS, STEP_DOWN, WEEKLY, Listed
from tui.domain.planning.diary import Away, Diary, Run, WeeklyRun
from tui.domain.planning.run_parser import LONGEST_NAME, a_run, run_text, weekly_text
from tui.domain.planning.setting_values import at_hand
from tui.domain.planning.wording import short_day

T = TypeVar("T")
NO_GYM = "no gym today: bodyweight and holds stand in"
EXAMPLES = {
    "race": "race 14 feb Ridge Ultra A",
    "run": "run tue 07:00 speed",
    "away": "away 20 dec 27 dec band dumbbells",
    "easy": "easy 7 dec",
}

# May stand between the first day and the last.
BETWEEN = ("to", "until", "-")


class Change(Struct, frozen=True, kw_only=True):
    """A change to one list of the calendar: remove the items that ``drop`` is true for, then
    ``add`` these. ``words`` describe the result."""

    listed: Listed[Any]
    drop: Callable[[Any], bool]
    add: tuple[Any, ...] = ()
    words: str = ""


# -- what replaces what ----------------------------------------------------------------------------


def race_of(day: date, name: str, priority: Priority) -> Race:
    """A race with its name on one line. Raises BadDocument if the name is empty or too long."""
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise BadDocument(f"a race has a name of up to {LONGEST_NAME} letters, not {said(name)}")
    return Race(day=day, name=name, priority=priority)


def with_race(race: Race) -> Change:
    """Add a race, replacing one with the same day and name."""
    return Change(
        listed=RACES,
        drop=lambda old: same_race(old, race.day, race.name),
        add=(race,),
        words=f"{race.name} ({race.priority.value}) on {short_day(race.day)}",
    )


def same_race(race: Race, day: date, name: str) -> bool:
    """Whether a race has this day and name, ignoring case."""
    return race.day == day and race.name.casefold() == name.casefold()


def with_run(run: Run | WeeklyRun) -> Change:
    """Add a planned run, replacing the planned one at the same time on that weekday or date.
    Recorded runs stay."""
    if isinstance(run, WeeklyRun):
        return Change(
            listed=WEEKLY,
            drop=lambda old: (old.weekday, old.start) == (run.weekday, run.start),
            add=(run,),
            words=every_week(run),
        )
    return Change(
        listed=RUNS,
        drop=lambda old: old.at is None and (old.day, old.start) == (run.day, run.start),
        add=(run,),
        words=run_text(run),
    )


def every_week(run: WeeklyRun) -> str:
    """A weekly run on one line, ending in "every week"."""
    return f"{weekly_text(run)}, every week"


def away_of(first: date, last: date, equipment: frozenset[str] | None) -> Away:
    """Days away with the equipment at hand there (None: all of it). Raises BadDocument if ``last``
    is before ``first``."""
    if last < first:
        raise BadDocument(f"a last day that is {first} or later, not {last}")
    return Away(first, last, EQUIPMENT if equipment is None else equipment)


def with_away(away: Away) -> Change:
    """Add days away, replacing those with the same first day."""
    days = short_day(away.first)
    if away.last > away.first:
        days = f"{days} to {short_day(away.last)}"
    return Change(
        listed=AWAY, drop=lambda old: old.first == away.first, add=(away,), words=f"away {days}"
    )


def easier_week(day: date) -> Change:
    """Mark the week of ``day`` as one with less running."""
    first = monday(day)
    words = f"the week of {short_day(first)}: you run less, so strength is lighter too"
    return Change(listed=STEP_DOWN, drop=first.__eq__, add=(first,), words=words)


def usual_week(day: date) -> Change:
    """Make the week of ``day`` a usual one again."""
    first = monday(day)
    words = f"the week of {short_day(first)} is as usual"
    return Change(listed=STEP_DOWN, drop=first.__eq__, words=words)


def no_gym_on(diary: Diary, day: date) -> bool:
    """Whether a day alone is set to no equipment at all."""
    return Away(day, day) in diary.away


def gym_or_none(diary: Diary, today: date) -> Change:
    """Set today to no equipment at all or, if it is set already, back to usual."""
    none = Away(today, today)
    if no_gym_on(diary, today):
        return without(AWAY, [none], "today as usual again")
    return Change(listed=AWAY, drop=none.__eq__, add=(none,), words=NO_GYM)


def without(listed: Listed[T], values: Sequence[T], words: str = "") -> Change:
    """Remove ``values`` from a list."""
    return Change(listed=listed, drop=lambda old: old in values, words=words)


# -- typed lines -----------------------------------------------------------------------------------


def typed_change(typed: str, today: date, kind: str = "") -> Change:
    """The change that a typed line asks for; its first word is race, run, away or easy, which may
    be missing if the ``kind`` is known. A day without a year is the next one. Raises BadDocument
    with what can be typed."""
    word, _, rest = typed.strip().partition(" ")
    read = READERS.get(word.casefold())
    if read is None and kind:
        # Whoever types the whole line has the first letter taken as the answer to what it is.
        whole = READERS.get(f"{kind[0]}{word}".casefold())
        read, rest = (whole, rest) if whole else (READERS[kind], typed)
    if read is None:
        *most, last = READERS
        raise BadDocument(f"begin with {', '.join(most)} or {last}: {EXAMPLES['race']}")
    return read(rest.strip(), today)


def _race(typed: str, today: date) -> Change:
    wanted = f"race takes a date, a name and A, B or C, as in {EXAMPLES['race']}"
    words = typed.split()
    priority = Priority.A
    if words and words[-1].upper() in tuple(Priority):
        priority = Priority(words.pop().upper())
    if len(words) < 2:
        raise BadDocument(wanted)
    day, name = _day(words, today, "race")
    try:
        return with_race(race_of(day, " ".join(name), priority))
    except BadDocument:
        raise BadDocument(wanted) from None


def _run(typed: str, today: date) -> Change:
    try:
        return with_run(a_run(typed, today))
    except BadDocument as bad:
        raise BadDocument(f"run takes {bad}") from bad


def _away(typed: str, today: date) -> Change:
    words = typed.split()
    if not words:
        raise BadDocument(f"away takes the first day and the last, as in {EXAMPLES['away']}")
    first, words = _day(words, today, "away")
    last = first
    if words and words[0] in BETWEEN:
        words = words[1:]
    if words and words[0][:1].isdigit():
        last, words = _day(words, first, "away")
    try:
        equipment = at_hand(" ".join(words) or "none")
    except BadDocument as bad:
        raise BadDocument(f"away takes, after its days, {bad}") from bad
    try:
        return with_away(away_of(first, last, equipment))
    except BadDocument as bad:
        raise BadDocument(f"away takes {bad}") from bad


def _easy(typed: str, today: date) -> Change:
    day, more = _day(typed.split(), today, "easy")
    if more:
        raise BadDocument(f"easy takes one date, as in {EXAMPLES['easy']}")
    return easier_week(day)


READERS: dict[str, Callable[[str, date], Change]] = {
    "race": _race,
    "run": _run,
    "away": _away,
    "easy": _easy,
}


def _day(words: Sequence[str], today: date, of: str) -> tuple[date, list[str]]:
    """The next day that the first words say, from ``today`` on, and the words after it."""
    try:
        return leading_day(words, today, Lean.FUTURE)
    except BadDocument:
        wrong = said(words[0] if words else "")
        raise BadDocument(f"{of} takes a date, as in {EXAMPLES[of]}; not {wrong}") from None
