"""What once went wrong between the fold of a log and the advice from it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from msgspec.structs import replace

from tui.bootstrap import shipped_library
from tui.core.model import Entry, Measures, Record, Session, SetEntry, Side
from tui.core.progression import Setup, fold, prescribe
from tui.core.progression.guards import guards
from tui.core.progression.values import Action, Dated, Profile
from tui.core.today import plan

LIBRARY = shipped_library()
SETUP = Setup(library=LIBRARY)
DAY = date(2026, 3, 2)


def row(number: int, **done: float) -> SetEntry:
    measures = Measures(**done)  # type: ignore[arg-type]  # by name
    return SetEntry(id=f"{number}", edited="", number=number, side=Side.BOTH, done=measures)


def session(exercise: str, *rows: SetEntry, after: int = 0, hour: int = 18) -> Session:
    day = DAY + timedelta(days=after)
    started = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
    entry = Entry(id="e", edited="", exercise=exercise, sets=rows)
    return Session(id=f"{day}-{hour}", edited="", started=started, entries=(entry,))


def morning(after: int, region: str, pain: int) -> Record:
    day = DAY + timedelta(days=after)
    values = {"region": region, "pain": pain}
    return Record(id=f"m{after}", edited="", type="morning", day=day, values=values)


def test_one_stand_in_is_enough_of_a_session() -> None:
    hurt = fold(SETUP, [morning(0, "hip", 5)])
    made = plan(SETUP, hurt, LIBRARY.programmes["daily-bodyweight"], DAY)
    todo = [item.exercise for item in made.items]
    assert len(set(todo)) == len(todo)
    assert made.resting


def test_no_hold_stands_in_from_a_region_that_must_rest() -> None:
    happened: list[Session | Record] = [
        session("bodyweight-squat", replace(row(1, reps=10), pain=8)),
        morning(1, "hip", 5),
    ]
    said = prescribe(
        SETUP, fold(SETUP, happened), LIBRARY.exercises["clamshell"], DAY + timedelta(days=1)
    )
    assert LIBRARY.exercises[said.variant].region != "knee"


def test_calm_mornings_do_not_make_painful_ones_forgotten() -> None:
    happened = [morning(n, "knee", 5 if n in (2, 4, 6) else 0) for n in range(13)]
    fired = guards(
        SETUP, fold(SETUP, happened), LIBRARY.exercises["lunge"], DAY + timedelta(days=13)
    )
    assert "PAIN_OFTEN" in {guard.reason.code for guard in fired.fired}


def test_a_lift_left_out_for_nothing_gets_no_heavier() -> None:
    setup = replace(SETUP, profile=Profile(maxes={"back-squat": (Dated(DAY, 100.0),)}))
    clean = [row(n, load_kg=65, reps=5) for n in (1, 2, 3)]
    left = [replace(row(n), undone="other") for n in (1, 2, 3)]
    done = session("back-squat", *clean)
    squat, today = LIBRARY.exercises["back-squat"], DAY + timedelta(days=7)
    went_on = prescribe(setup, fold(setup, [done]), squat, DAY + timedelta(days=4))
    assert went_on.action is Action.INCREASE
    missed = fold(setup, [done, session("back-squat", *left, after=4)])
    loads = [
        goal.measures.load_kg or 0
        for one in prescribe(setup, missed, squat, today).plan.sets
        for goal in one.goals
    ]
    assert max(loads) <= 65


def test_a_bad_landing_in_the_morning_is_not_made_good_in_the_evening() -> None:
    bad = session("rope-skipping", replace(row(1, contacts=100), flags=("landing",)), hour=8)
    good = session("rope-skipping", row(1, contacts=100), hour=18)
    known = fold(SETUP, [bad, good]).jumps
    assert [jump.contacts for jump in known] == [200]
    assert known[0].cause == "form"


def test_jumps_of_a_planned_easier_week_are_no_base() -> None:
    started = replace(
        session("back-squat", row(1, load_kg=60, reps=5)), programme="blocks", part="strength-a"
    )
    full = session("rope-skipping", *(row(n, contacts=20) for n in range(1, 7)), after=80)
    easy = replace(
        session("rope-skipping", *(row(n, contacts=20) for n in range(1, 4)), after=86),
        programme="blocks",
        part="strength-a",
    )
    known = fold(SETUP, [started, full, easy]).jumps
    assert [(jump.contacts, jump.guarded) for jump in known[-2:]] == [(120, False), (60, True)]


def test_who_has_gone_on_to_the_harder_hold_is_not_called_back() -> None:
    def planks(name: str, seconds: float, after: int) -> Session:
        sides = [
            replace(row(n, hold_s=seconds), side=side, id=f"{n}{side}")
            for n in (1, 2, 3)
            for side in (Side.LEFT, Side.RIGHT)
        ]
        return session(name, *sides, after=after)

    log = [planks("side-plank", 60, n) for n in (0, 3)]
    log += [planks("side-plank-leg-raise", 30 + 5 * n, 6 + 3 * n) for n in range(6)]
    said = prescribe(
        SETUP, fold(SETUP, log), LIBRARY.exercises["side-plank"], DAY + timedelta(days=24)
    )
    assert (said.variant, said.action) == ("side-plank-leg-raise", Action.INCREASE)
