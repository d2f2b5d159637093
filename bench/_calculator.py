"""The calculator as a policy for the simulated athletes, used through the API the program uses.

It advises before each session and after each set, and learns from the sessions as they are logged.
When it asks about a logged load, nobody answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from _athlete import RACES, Athlete, Nature, Planned, Report, Row, Shown
from msgspec.structs import replace

from tui.bootstrap import shipped_library
from tui.domain.calculator import Advice, Setup, State, advance, after_set, prescribe
from tui.domain.calculator.advice import Best, Calendar, Dated, Profile, Race
from tui.domain.calculator.loads import Inventory, Plate, Weight
from tui.domain.model.library.parser import Library
from tui.domain.model.values import Entry, Level, Measures, Session, SetEntry, Side

# A Monday of an even week, so that weeks with the extra set are mostly not near a race.
FIRST = date(2024, 1, 8)
CALENDAR = Calendar(races=tuple(Race(day=FIRST + timedelta(days=day)) for day in RACES))
# The usual plates without the small ones: steps of 5 kg.
COARSE = tuple(Plate(size, count=20) for size in (20.0, 10.0, 5.0, 2.5))


@cache
def library() -> Library:
    """The shipped library without its ladders: an athlete stays with her lift."""
    shipped = shipped_library()
    alone = {
        name: replace(exercise, easier=None, harder=None)
        for name, exercise in shipped.exercises.items()
    }
    return replace(shipped, exercises=alone)


def expected_report(advice: Advice) -> Report | None:
    """The report that the calculator expects of the first set, with its range of 80 %; None if it
    does not say."""
    told = advice.expected
    return None if told is None else Report(told.rir, told.low, told.high)


class Calculator:
    """The calculator at one level, for one lift; races are A races, and the guessed maximum is a
    stated one. Of a lift on one leg both sides do the same."""

    level = Level.INTERMEDIATE
    extra_set = True

    def __init__(self, athlete: Athlete) -> None:
        nature = athlete.nature
        self.exercise = library().exercises[nature.lift]
        # The lifts with dumbbells are done with two; one implement is told as two of half its
        # weight, which is the same load.
        self.half = nature.implements / 2 if nature.share else 1.0
        self.setup = Setup(
            library=library(),
            profile=Profile(
                levels=(Dated(FIRST, self.level),),
                maxes=self._maxes(athlete),
                extra_set=(Dated(FIRST, self.extra_set),),
                # Without a stated maximum, the first guess for a back squat is the body weight.
                body_weight_kg=athlete.weight_kg if nature.stated else athlete.guess_kg,
            ),
            inventory=self._inventory(nature),
            calendar=CALENDAR,
        )
        self.state = State()
        self._ask(FIRST)

    def _maxes(self, athlete: Athlete) -> Mapping[str, tuple[Dated[Best], ...]]:
        if not athlete.nature.stated:
            return {}
        return {self.exercise.id: (Dated(FIRST, Best(athlete.guess_kg * self.half)),)}

    def _inventory(self, nature: Nature) -> Inventory:
        owned = [load for load in nature.owned if load > 0]
        if nature.share:
            return Inventory(dumbbells=tuple(Weight(load * self.half) for load in owned))
        # A bar that is never too heavy, so that the plates alone decide.
        return Inventory(bar=Weight(owned[0]), plates=COARSE if owned[0] == 5 else None)

    def plan(self, day: int) -> Sequence[Planned]:
        self._ask(FIRST + timedelta(days=day))
        return self._rest()

    def _ask(self, today: date) -> None:
        self.today = today
        self.entries: list[SetEntry] = []
        self.advice = prescribe(self.setup, self.state, self.exercise, today)
        assert self.advice.variant == self.exercise.id
        self.prescription = self.advice.plan
        found = self.advice.estimate
        likely = None if found is None else (found.low_kg / self.half, found.high_kg / self.half)
        self.said = Shown(likely=likely, report=expected_report(self.advice))

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
        entry = Entry(id=name, edited="", exercise=self.exercise.id, sets=tuple(self.entries))
        session = Session(id=name, edited="", started=started, finished=started, entries=(entry,))
        self.state = advance(self.setup, self.state, session)

    def shown(self) -> Shown:
        return self.said

    def _goals(self) -> list[Measures]:
        """What is planned of each set, the same for both sides."""
        return [planned.goals[0].measures for planned in self.prescription.sets]

    def _rest(self) -> list[Planned]:
        """The remaining sets of the prescription."""
        return [
            Planned((goal.load_kg or 0.0) / self.half, goal.reps or 0)
            for goal in self._goals()[len(self.entries) :]
        ]

    def _log(self, rows: Sequence[Row]) -> None:
        """Log the new rows."""
        goals = self._goals()
        for number, row in enumerate(rows[len(self.entries) :], start=len(self.entries) + 1):
            self.entries.append(
                SetEntry(
                    id=f"{self.today}-{number}",
                    edited="",
                    number=number,
                    side=Side.BOTH,
                    done=Measures(load_kg=row.load_kg * self.half, reps=row.done),
                    prescribed=goals[number - 1],
                    rir=row.reported,
                )
            )


class Beginner(Calculator):
    """The calculator for a beginner: more reps and no extra set."""

    level = Level.BEGINNER
    extra_set = False
