"""The words for how far a set differs from its prescription."""

from __future__ import annotations

import pytest

from tui.domain.model.values import Goal, Kind, Measures, SetEntry, SetPlan, Side, Sides
from tui.domain.session.cadence import Timeline, compile_set
from tui.present.outcome import outcome_words, seen_words


@pytest.mark.parametrize(
    ("done", "planned", "unit", "words"),
    [
        (Measures(reps=5), Measures(reps=5), "kg", ""),
        (Measures(reps=3), Measures(reps=5), "kg", "fell short: 3 of 5"),
        (Measures(reps=7), Measures(reps=5), "kg", "more: 7, not 5"),
        (
            Measures(holds=6, hold_s=5),
            Measures(holds=8, hold_s=5),
            "kg",
            "fell short: 6 of 8 holds",
        ),
        (Measures(hold_s=40), Measures(hold_s=45), "kg", "fell short: 40 of 45 s"),
        (Measures(distance_m=30), Measures(distance_m=40), "kg", "fell short: 30 of 40 m"),
        (
            Measures(reps=5, load_kg=65),
            Measures(reps=5, load_kg=62.5),
            "kg",
            "heavier: 65, not 62.5 kg",
        ),
        (
            Measures(reps=5, load_kg=20.412),
            Measures(reps=5, load_kg=22.68),
            "lb",
            "lighter: 45 of 50 lb",
        ),
        (
            Measures(reps=5, assist_kg=15),
            Measures(reps=5, assist_kg=20),
            "kg",
            "less help: 15, not 20 kg",
        ),
        (
            Measures(reps=5, assist_kg=22.68),
            Measures(reps=5, assist_kg=20.412),
            "lb",
            "more help: 50, not 45 lb",
        ),
    ],
)
def test_words(done: Measures, planned: Measures, unit: str, words: str) -> None:
    row = SetEntry(id="1", edited="", number=1, side=Side.BOTH, done=done, prescribed=planned)
    assert outcome_words([row], unit) == words


def timeline(kind: Kind, measures: Measures, *sides: Side) -> Timeline:
    goals = tuple(Goal(side=side, measures=measures) for side in sides)
    in_turn = Sides.BOTH if len(sides) == 1 else Sides.ALTERNATING
    return compile_set(SetPlan(number=1, goals=goals), kind, in_turn, 60)


EIGHT = timeline(Kind.CLUSTER, Measures(holds=8, hold_s=5), Side.LEFT, Side.RIGHT)


@pytest.mark.parametrize(
    ("course", "elapsed", "words"),
    [
        (EIGHT, 0, "0 of 16 holds"),
        (EIGHT, 20, "2 of 16 holds"),
        (EIGHT, 1000, ""),
        (timeline(Kind.HOLD, Measures(hold_s=45), Side.BOTH), 17.5, "12 of 45 s"),
        (timeline(Kind.ECCENTRIC, Measures(reps=5, tempo_s=8), Side.BOTH), 14, "1 of 5 reps"),
        (timeline(Kind.LOADED, Measures(reps=5), Side.BOTH), 14, ""),
    ],
)
def test_what_the_clock_had_seen(course: Timeline, elapsed: float, words: str) -> None:
    assert seen_words(course, elapsed) == words
