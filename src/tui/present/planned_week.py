"""Presents a planned week as text and JSON: runs, sessions, and the reasons for their days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct

from tui.domain.calculator.advice import Race, Reason
from tui.domain.calculator.state import RecentSession, Setup
from tui.domain.model.cells import folded
from tui.domain.model.codec import Doc
from tui.domain.model.dates import DAYS
from tui.domain.model.library.catalog import routine_name
from tui.domain.model.text import as_sentence
from tui.domain.model.values import ROUTINE, Programme, Routine
from tui.domain.planning.calendar_queries import away_on, runs_on
from tui.domain.planning.diary import Away, Diary, Run
from tui.domain.planning.easier_weeks import stand_in
from tui.domain.planning.horizon import Ahead
from tui.domain.planning.outlook import goal, rest_from, rest_word, taper_from
from tui.domain.planning.placement import Placed
from tui.domain.planning.wording import (
    clause,
    clauses,
    given_up_words,
    head_word,
    placed_name,
    placed_words,
    run_words,
    short_day,
    sources,
)
from tui.present.report import WIDTH
from tui.present.words import instead_words

# The indent of lines below a day's first, past its name.
INDENT = " " * 7


class Day(Struct, frozen=True, kw_only=True):
    """One day of a planned week: sessions done and still planned, runs, races, and days
    ``away``."""

    day: date
    done: tuple[RecentSession, ...]
    placed: tuple[Placed, ...]
    runs: tuple[Run, ...]
    races: tuple[Race, ...]
    away: Away | None


class Week(Struct, frozen=True, kw_only=True):
    """A planned week with all that is needed to show it."""

    week: Ahead
    programme: Programme
    diary: Diary
    setup: Setup
    today: date
    hours: int = 24

    @property
    def days(self) -> list[date]:
        """Its seven days from Monday."""
        return [self.week.monday + timedelta(days=n) for n in range(7)]

    @property
    def stand_in(self) -> Routine | None:
        """The routine that may be done instead of its sessions if it is an easier one, or None."""
        return stand_in(self.setup, self.week.monday)

    def on(self, day: date) -> Day:
        """One day of the week."""
        return Day(
            day=day,
            done=tuple(one for one in self.week.done if one.day == day),
            placed=tuple(one for one in self.week.plan.placed if one.day == day),
            runs=runs_on(self.diary, day),
            races=tuple(race for race in self.setup.calendar.races if race.day == day),
            away=away_on(self.diary, day),
        )

    def name(self, done: RecentSession) -> str:
        """The name of a session done: its part of the programme, or its routine."""
        if done.programme == ROUTINE:
            return routine_name(self.setup.library, done.part)
        parts = (part.name for part in self.programme.parts if part.id == done.part)
        return next(parts, "A session of your own")


def away_words(away: Away) -> str:
    """Days away in words, with the equipment at hand."""
    return f"away, with {', '.join(sorted(away.equipment)) or 'nothing but yourself'}"


def race_name(race: Race) -> str:
    """A race's name and priority."""
    return f"{race.name or 'Race'} ({race.priority.value})"


def race_line(week: Week) -> str:
    """The days to the goal race and when its taper and rest begin; empty without a race."""
    race = goal(week.setup.calendar, week.today)
    if race is None:
        return ""
    left = (race.day - week.today).days
    when = "today" if not left else "in 1 day" if left == 1 else f"in {left} days"
    words = [f"{race_name(race)}, {short_day(race.day)}, {when}"]
    taper = taper_from(race)
    if taper is not None:
        words.append(_since("the taper", taper, week.today))
    rest = rest_from(race, c_week=week.setup.profile.c_race_week)
    words.append(_since(rest_word(race, rest), rest, week.today))
    return "; ".join(words) + "."


def _since(what: str, day: date, today: date) -> str:
    return f"{what} began {short_day(day)}" if day <= today else f"{what} begins {short_day(day)}"


def week_lines(week: Week) -> list[str]:
    """The week as plain lines."""
    ahead = week.week
    head = [
        week.programme.name,
        f"week {ahead.number}",
        ahead.phase.name,
        head_word(ahead.marks),
    ]
    lines = [
        " · ".join(filter(None, head)),
        f"{short_day(week.days[0])} to {short_day(week.days[-1])}",
    ]
    for words in map(clause, ahead.marks):
        lines += folded(as_sentence(words), WIDTH, hanging=INDENT)
    if week.stand_in is not None:
        lines += folded(instead_words(week.stand_in), WIDTH, hanging=INDENT)
    lines.append("")
    for day in week.days:
        lines += _day_lines(week, week.on(day))
    given_up = [given_up_words(one) for one in ahead.plan.given_up]
    if given_up:
        lines.append("")
    for words in given_up:
        lines += folded(words, WIDTH, hanging=INDENT)
    if race := race_line(week):
        lines += ["", *folded(race, WIDTH, hanging=INDENT)]
    return lines


def _day_lines(week: Week, day: Day) -> Iterator[str]:
    mark = ">" if day.day == week.today else " "
    said = [f"{week.name(one)} done" for one in day.done]
    for one in day.placed:
        said.append(" ".join(filter(None, [placed_name(one), placed_words(one, week.hours)])))
    runs = ", ".join(run_words(run, week.hours) for run in day.runs)
    races = [f"RACE {race.name or 'race'}" for race in day.races]
    also = [runs, *races, away_words(day.away) if day.away else ""]
    words = "; ".join(filter(None, [*also, *said])) or "-"
    yield from folded(words, WIDTH, f"{mark} {DAYS[day.day.weekday()]}  ")
    for one in day.placed:
        yield from folded(clauses(one.reasons), WIDTH, f"{INDENT} ")


# -- JSON --------------------------------------------------------------------------------------


def week_doc(week: Week) -> Doc:
    """The week as JSON."""
    ahead = week.week
    every = [r for one in ahead.plan.placed for r in one.reasons]
    every += [*ahead.marks, *(one.reason for one in ahead.plan.given_up)]
    race = goal(week.setup.calendar, week.today)
    return {
        "monday": ahead.monday.isoformat(),
        "programme": {"id": week.programme.id, "name": week.programme.name},
        "week": ahead.number,
        "phase": ahead.phase.name,
        "marks": [_reason_doc(mark) for mark in ahead.marks],
        "stand_in": week.stand_in and week.stand_in.id,
        "days": [_day_doc(week.on(day)) for day in week.days],
        "given_up": [
            {
                "part": one.wanted.part,
                "name": one.wanted.name,
                "reason": one.reason.code,
                "why": given_up_words(one),
            }
            for one in ahead.plan.given_up
        ],
        "race": race
        and {
            "day": race.day.isoformat(),
            "name": race.name,
            "priority": race.priority.value,
            "taper_from": _iso(taper_from(race)),
            "race_week_from": _iso(rest_from(race, c_week=week.setup.profile.c_race_week)),
        },
        "sources": sources(every),
    }


def _day_doc(day: Day) -> Doc:
    return {
        "date": day.day.isoformat(),
        "runs": [_run_doc(run) for run in day.runs],
        "races": [race.name for race in day.races],
        "away": day.away and sorted(day.away.equipment),
        "done": [
            {"programme": one.programme, "part": one.part, "start": f"{one.start:%H:%M}"}
            for one in day.done
        ],
        "sessions": [
            {
                "part": one.wanted.part,
                "name": one.wanted.name,
                "start": one.start and f"{one.start:%H:%M}",
                "not_before": one.not_before and f"{one.not_before:%H:%M}",
                "snack": one.wanted.snack,
                "light": one.light,
                "reasons": [reason.code for reason in one.reasons],
                "why": clauses(one.reasons),
            }
            for one in day.placed
        ],
    }


def _run_doc(run: Run) -> Doc:
    return {
        "kind": run.kind.value,
        "start": run.start and f"{run.start:%H:%M}",
        "distance_m": run.distance_m,
        "climb_m": run.climb_m,
        "duration_s": run.duration_s,
        "name": run.name,
    }


def _reason_doc(reason: Reason) -> Doc:
    return {"code": reason.code, "why": clause(reason)}


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
