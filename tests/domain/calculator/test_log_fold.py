"""Folding a log: order, long logs, odd logs, and the words for every reason."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import msgspec
import pytest
from msgspec.structs import replace

from tests.domain.calculator.logs import IDS, LIBRARY, Deed, trained
from tests.strategies import FIRST_DAY
from tui.domain import calculator as progression
from tui.domain.calculator import Setup, State, advance, fold, in_order, prescribe
from tui.domain.calculator.advice import Calendar, Race
from tui.domain.calculator.loads import Inventory, Plate, Weight
from tui.domain.calculator.log_fold import Happening
from tui.domain.calculator.reasons import WORDS
from tui.domain.model.values import (
    FLAGS,
    UNDONE,
    Entry,
    Measures,
    Record,
    Session,
    SetEntry,
    SetKind,
    Side,
)
from tui.domain.planning.aftercare import WORDS as LAST_WORDS
from tui.domain.planning.wording import WORDS as WEEK_WORDS
from tui.present.advice import advice_doc

SETUP = Setup(library=LIBRARY)
DAY = date(2026, 3, 2)


def session(
    exercise: str, *sets: SetEntry, day: date = DAY, hour: int = 18, name: str = ""
) -> Session:
    entry = Entry(id="e", edited="", exercise=exercise, sets=sets)
    started = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
    return Session(id=name or f"{day}-{hour}", edited="", started=started, entries=(entry,))


def did(number: int = 1, **how: float) -> SetEntry:
    done = Measures(**how)  # type: ignore[arg-type]  # by name
    return SetEntry(id=f"{number}", edited="", number=number, side=Side.BOTH, done=done)


def morning(pain: object, *, region: object = "knee", day: date = DAY) -> Record:
    values = {"region": region, "pain": pain}
    return Record(id=f"m{day}", edited="", type="morning", day=day, values=values)


# -- what counts -----------------------------------------------------------------------------------

SQUAT = session("back-squat", did(load_kg=60, reps=5))


@pytest.mark.parametrize(
    "nothing",
    [
        pytest.param(replace(SQUAT, deleted=True), id="deleted session"),
        pytest.param(
            replace(SQUAT, entries=(replace(SQUAT.entries[0], deleted=True),)), id="deleted entry"
        ),
        pytest.param(
            session("back-squat", replace(did(load_kg=60, reps=5), deleted=True)), id="deleted set"
        ),
        pytest.param(session("nonsuch", did(load_kg=60, reps=5)), id="unknown exercise"),
        pytest.param(
            session("back-squat", replace(did(load_kg=20, reps=5), kind=SetKind.WARMUP)),
            id="warm-up",
        ),
        pytest.param(
            session("back-squat", replace(did(load_kg=60, reps=5), undone="time")), id="left out"
        ),
        pytest.param(replace(SQUAT, entries=()), id="a note alone"),
        pytest.param(morning(True), id="a morning without a number"),
        pytest.param(morning(11), id="pain out of range"),
        pytest.param(morning(3, region=None), id="pain nowhere"),
        pytest.param(replace(morning(3), type="metric"), id="a metric"),
    ],
)
def test_what_says_nothing_changes_nothing(nothing: Happening) -> None:
    assert fold(SETUP, [nothing]) == State()


def test_a_set_of_nothing_that_nothing_was_asked_of_is_no_session() -> None:
    before = fold(SETUP, [session("lunge", did(reps=10))])
    after = advance(SETUP, before, session("lunge", did(reps=0), day=DAY + timedelta(days=2)))
    assert after.histories == before.histories


def test_sessions_come_by_their_instant_and_mornings_before_them() -> None:
    early, late = session("lunge", did(reps=8), hour=7), session("lunge", did(reps=9), hour=20)
    woke = morning(2)
    assert in_order([late, woke, replace(early, deleted=True), early]) == [woke, early, late]


def test_the_order_in_which_a_log_is_read_is_no_matter() -> None:
    deeds = [
        Deed(gap=1 + n % 4, which=n, woke=n % 3 or None, share=1 - n % 5 / 10) for n in range(40)
    ]
    exercises = [LIBRARY.exercises[name] for name in ("back-squat", "side-plank", "squat-jump")]
    log = trained(SETUP, exercises, deeds)
    shuffled = log[:]
    Random(1).shuffle(shuffled)
    assert fold(SETUP, shuffled) == fold(SETUP, log)


def test_a_corrected_set_changes_what_rests_on_it() -> None:
    heavy = [
        session("back-squat", did(load_kg=60 + n, reps=5), day=DAY + timedelta(days=3 * n))
        for n in range(6)
    ]
    light = [session("back-squat", did(load_kg=40, reps=5)), *heavy[1:]]
    assert fold(SETUP, heavy) != fold(SETUP, light)


# -- long and odd logs -----------------------------------------------------------------------------

# Three thousand sessions are ten years and more; each says something else that is wrong.
SESSIONS = 3000
NUMBERS = (None, 0, 1, 3, 5, 8, 20, 45, 500)
FRACTIONS = (None, 0.0, 0.5, 2.5, 10.0, 60.0, 99999.0)


def mixed(chance: Random, number: int, day: date) -> Session:
    """A session of any exercises with any numbers."""

    def measures() -> Measures:
        return Measures(
            load_kg=chance.choice(FRACTIONS),
            reps=chance.choice(NUMBERS),
            holds=chance.choice(NUMBERS),
            hold_s=chance.choice(FRACTIONS),
            tempo_s=chance.choice(NUMBERS),
            contacts=chance.choice(NUMBERS),
            distance_m=chance.choice(FRACTIONS),
            duration_s=chance.choice(FRACTIONS),
        )

    entries = tuple(
        Entry(
            id=f"{place}",
            edited="",
            exercise=chance.choice([*IDS, "nonsuch"]),
            deleted=chance.random() < 0.05,
            sets=tuple(
                SetEntry(
                    id=f"{place}-{n}",
                    edited="",
                    number=chance.randint(1, 3),
                    side=chance.choice(list(Side)),
                    kind=chance.choice((SetKind.WORK, SetKind.WORK, SetKind.WARMUP)),
                    done=measures(),
                    prescribed=chance.choice((None, measures())),
                    rir=chance.choice((None, 0, 0.5, 2, 10)),
                    effort=chance.choice((None, 0, 7, 10)),
                    pain=chance.choice((None, None, 0, 2, 4, 10)),
                    flags=tuple(chance.sample(FLAGS, chance.choice((0, 0, 1, 3)))),
                    undone=chance.choice((None, None, None, *UNDONE)),
                    deleted=chance.random() < 0.05,
                )
                for n in range(chance.randint(0, 4))
            ),
        )
        for place in range(chance.randint(0, 3))
    )
    return Session(
        id=f"{number}",
        edited="",
        started=datetime(day.year, day.month, day.day, chance.randint(0, 23), tzinfo=UTC),
        programme=chance.choice((None, "nonsuch", *LIBRARY.programmes)),
        part=chance.choice((None, "nonsuch", "whole", "lift", "strength-a")),
        entries=entries,
        deleted=chance.random() < 0.05,
    )


def a_long_log(chance: Random) -> list[Happening]:
    day, log = FIRST_DAY, list[Happening]()
    for number in range(SESSIONS):
        day += timedelta(days=chance.choice((0, 0, 1, 1, 2, 2, 3, 4, 20)))
        log.append(mixed(chance, number, day))
        if chance.random() < 0.1:
            region = chance.choice(("knee", "hip", "back", "ankle-calf", "nonsuch"))
            log.append(morning(chance.choice((0, 3, 6, 10)), region=region, day=day))
    return log


def test_three_thousand_sessions_of_anything_have_an_answer_for_everything() -> None:
    chance = Random(20261121)
    setup = Setup(
        library=LIBRARY,
        calendar=Calendar(
            races=tuple(Race(day=FIRST_DAY + timedelta(days=n)) for n in range(300, 5000, 300)),
            step_down=frozenset({FIRST_DAY + timedelta(days=4 + 7 * n) for n in range(0, 500, 5)}),
        ),
        inventory=Inventory(plates=(Plate(10.0), Plate(2.5)), kettlebells=(Weight(16.0),)),
    )
    state = State()
    for number, happening in enumerate(in_order(a_long_log(chance))):
        state = advance(setup, state, happening)
        if number % 20:
            continue
        exercise = LIBRARY.exercises[chance.choice(IDS)]
        today = happening.day + timedelta(days=chance.choice((0, 1, 3, 12, 40, 100)))
        said = prescribe(setup, state, exercise, today, deload=chance.random() < 0.2)
        json.dumps(advice_doc(said, LIBRARY, today), allow_nan=False)
    for exercise in LIBRARY.exercises.values():
        prescribe(setup, state, exercise, happening.day)
    assert msgspec.json.decode(msgspec.json.encode(state), type=State) == state


def test_what_is_known_of_a_log_does_not_grow_with_it() -> None:
    """Another year of the same adds nothing to the state."""
    deeds = [Deed(gap=3, which=n, woke=n % 4 or None) for n in range(240)]
    exercises = [LIBRARY.exercises[name] for name in ("back-squat", "side-plank", "squat-jump")]
    log = trained(SETUP, exercises, deeds)
    half, whole = (len(msgspec.json.encode(fold(SETUP, log[:n]))) for n in (len(log) // 2, None))
    assert whole < 1.2 * half


# -- words -----------------------------------------------------------------------------------------

CODE = re.compile(r"[A-Z][A-Z0-9_]+")
PROGRAM = Path(progression.__file__).parent.parent.parent
# Every call and every text of the program, but for the words themselves.
NODES = [
    node
    for path in sorted(PROGRAM.rglob("*.py"))
    if path.name != "reasons.py"
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    if isinstance(node, ast.Call | ast.Constant)
]


def texts(nodes: Iterable[ast.AST]) -> set[str]:
    """The strings among the nodes that look like reason codes."""
    found = (node.value for node in nodes if isinstance(node, ast.Constant))
    return {text for text in found if isinstance(text, str) and CODE.fullmatch(text)}


NAMED = texts(NODES)
GIVEN = {
    code
    for node in NODES
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    if node.func.id == "Reason" and node.args
    for code in texts(ast.walk(node.args[0]))
}


def test_every_reason_has_words() -> None:
    assert len(GIVEN) > 40
    assert GIVEN - WORDS.keys() - WEEK_WORDS.keys() - LAST_WORDS.keys() == set()
    assert (WEEK_WORDS.keys() | LAST_WORDS.keys()) - NAMED == set()


@pytest.mark.parametrize("code", WORDS)
def test_all_words_are_those_of_a_reason_that_is_given(code: str) -> None:
    assert code in NAMED


def test_words_end_and_hold_no_number_of_their_own() -> None:
    for code, words in WORDS.items():
        told = re.sub(r"\{\w+\}", "", words.text + words.short)
        assert not re.search(r"\d", told), code
        for said in filter(None, (words.text, words.short, words.change)):
            assert said.endswith((".", ")")), code
        assert words.source in LIBRARY.sources, code
