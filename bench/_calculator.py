"""The calculator as a policy for the simulated athletes, used through the API the program uses.

It advises before each session and after each set, and learns from the sessions as they are logged.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from _athlete import RACES, Athlete, Planned, Row

from tui.bootstrap import shipped_library
from tui.domain.calculator import Setup, State, advance, after_set, prescribe
from tui.domain.calculator.advice import Calendar, Dated, Profile, Race
from tui.domain.calculator.loads import Inventory, Plate
from tui.domain.model.library.parser import Library
from tui.domain.model.values import Entry, Level, Measures, Prescription, Session, SetEntry, Side

# A Monday of an even week, so that weeks with the extra set are mostly not near a race.
FIRST = date(2024, 1, 8)
LIFT = "back-squat"
# The usual plates without the small ones: 20 kg and every 5 kg above.
COARSE = tuple(Plate(size, count=20) for size in (20.0, 10.0, 5.0, 2.5))
CALENDAR = Calendar(races=tuple(Race(day=FIRST + timedelta(days=day)) for day in RACES))


@cache
def library() -> Library:
    """The shipped library, read once."""
    return shipped_library()


class Calculator:
    """The calculator at one level, for one lift; races are A races, and the guessed maximum is a
    stated one."""

    level = Level.INTERMEDIATE
    extra_set = True

    def __init__(self, athlete: Athlete) -> None:
        self.exercise = library().exercises[LIFT]
        self.setup = Setup(
            library=library(),
            profile=Profile(
                levels=(Dated(FIRST, self.level),),
                maxes={LIFT: (Dated(FIRST, athlete.guess_kg),)},
                extra_set=(Dated(FIRST, self.extra_set),),
            ),
            inventory=Inventory(plates=COARSE if athlete.nature.step_kg == 5 else None),
            calendar=CALENDAR,
        )
        self.state = State()
        self.today = FIRST
        self.prescription = Prescription(sets=(), rest_s=0)
        self.entries: list[SetEntry] = []

    def plan(self, day: int) -> Sequence[Planned]:
        self.today = FIRST + timedelta(days=day)
        self.entries = []
        self.prescription = prescribe(self.setup, self.state, self.exercise, self.today).plan
        return self._rest()

    def adjusted(self, rest: Sequence[Planned], rows: Sequence[Row]) -> Sequence[Planned]:
        self._log(rows)
        changed = after_set(
            self.setup,
            self.state,
            self.exercise,
            self.today,
            None,
            self.prescription,
            self.entries,
        )
        if changed is None:
            return rest
        self.prescription = changed
        return self._rest()

    def finish(self, rows: Sequence[Row]) -> None:
        self._log(rows)
        started = datetime.combine(self.today, time(18), tzinfo=UTC)
        name = str(self.today)
        entry = Entry(id=name, edited="", exercise=LIFT, sets=tuple(self.entries))
        session = Session(id=name, edited="", started=started, finished=started, entries=(entry,))
        self.state = advance(self.setup, self.state, session)

    def _rest(self) -> list[Planned]:
        """The remaining sets of the prescription."""
        return [
            Planned(goal.measures.load_kg or 0.0, goal.measures.reps or 0)
            for planned in self.prescription.sets
            if planned.number > len(self.entries)
            for goal in planned.goals
        ]

    def _log(self, rows: Sequence[Row]) -> None:
        """Log the new rows."""
        for number, row in enumerate(rows[len(self.entries) :], start=len(self.entries) + 1):
            self.entries.append(
                SetEntry(
                    id=f"{self.today}-{number}",
                    edited="",
                    number=number,
                    side=Side.BOTH,
                    done=Measures(load_kg=row.load_kg, reps=row.done),
                    prescribed=Measures(load_kg=row.load_kg, reps=row.planned),
                    rir=row.reported,
                )
            )


class Beginner(Calculator):
    """The calculator for a beginner: five reps or more, no extra set."""

    level = Level.BEGINNER
    extra_set = False
