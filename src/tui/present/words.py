"""Wording for sets, sessions, sums and sources, shared by all screens and reports.

The results may contain text from files, so the caller must clean them before printing
(:func:`tui.domain.model.text.clean`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tui.domain.model.library.catalog import exercise_name
from tui.domain.model.library.parser import Library
from tui.domain.model.notation import Form, planned, show, written
from tui.domain.model.sums import Sums
from tui.domain.model.text import number_of
from tui.domain.model.units import from_kg, load_words, plain
from tui.domain.model.values import (
    ROUTINE,
    SLOW,
    SNACK,
    Exercise,
    Prescription,
    Routine,
    Session,
    SetEntry,
    SetPlan,
    Side,
    Way,
)
from tui.domain.planning.tips import Tip
from tui.domain.review.log_search import session_name

# The fields of Sums, each with the word shown after its value.
SUMS = {
    "sessions": "sessions",
    "sets": "sets",
    "tonnage_kg": "lifted",
    "hold_s": "held",
    "contacts": "contacts",
    "distance_m": "carried",
    "minutes": "min",
}
# How the library says that an article names no author, and how that is shown.
UNNAMED, AUTHOR_UNKNOWN = "not named", "author unknown"
USUAL = Way()
# The one thing that is written with a hyphen.
MINI_BAND = "mini-band"
# What ends a set of a lift that is moved fast (clarke-runrun).
STOP_SLOW = "stop when a rep slows"
# Those told after the sets, unless they are zero.
ADDED = ("tonnage_kg", "hold_s", "contacts", "distance_m", "minutes")


def source_text(library: Library, source: str) -> str:
    """A source by its title, author and publisher, or its id if the library lacks it."""
    found = library.sources.get(source)
    if found is None:
        return source
    author = AUTHOR_UNKNOWN if found.author == UNNAMED else found.author
    return f"{found.title} ({', '.join(dict.fromkeys([author, found.publisher]))})"


def sources_words(library: Library, sources: Sequence[str]) -> str:
    """Sources by their titles, authors and publishers, for a person to look up."""
    return "; ".join(source_text(library, source) for source in sources)


def short_sources(library: Library, sources: Sequence[str]) -> str:
    """The short names of sources; their titles stand in the library."""
    known = (library.sources.get(s) for s in sources)
    return ", ".join(
        s if found is None else found.short or found.title
        for s, found in zip(sources, known, strict=True)
    )


def tip_words(tip: Tip, library: Library) -> str:
    """A tip with the short name of its source."""
    return f"{tip.text} ({short_sources(library, [tip.source])})"


def reserve_text(target_rir: int) -> str:
    """The target reps in reserve, in words."""
    return f"{target_rir} to spare"


def rest_text(seconds: int) -> str:
    """The rest after a set: ``rest 2:30``."""
    return f"rest {held_text(seconds)}"


def plan_words(plan: Prescription, unit: str, *, way: Way = USUAL) -> str:
    """The prescribed sets, with reps in reserve if they are counted in reps. ``way`` is how
    they are counted."""
    reps = any(goal.measures.reps for one in plan.sets for goal in one.goals)
    left = f", {reserve_text(plan.target_rir)}" if reps and plan.target_rir is not None else ""
    return f"{planned(plan.sets, unit, Form.LONG, way=way)}{left}"


def plan_parts(plan: Prescription, unit: str = "kg", *, way: Way = USUAL) -> list[str]:
    """The prescribed sets, the reps in reserve, the rest between sets and what ends a set, as
    separate parts. ``way`` is how they are counted."""
    left = [] if plan.target_rir is None else [reserve_text(plan.target_rir)]
    ends = [STOP_SLOW] if plan.fast else []
    return [planned(plan.sets, unit, Form.LONG, way=way), *left, rest_text(plan.rest_s), *ends]


def sets_text(
    rows: Iterable[SetEntry],
    unit: str = "kg",
    form: Form = Form.LONG,
    *,
    way: Way = USUAL,
) -> str:
    """Sets of one exercise in the notation, warm-ups first, then how many were left out and why.
    JSON has the compact form. ``way`` is how they are counted."""
    every = list(rows)
    done = [row for row in every if row.undone is None]
    words = [show(map(written, done), unit, form, way=way)] if done else []
    reasons: dict[str, set[int]] = {}
    for row in every:
        if row.undone is not None:
            reasons.setdefault(undone_word(row), set()).add(row.number)
    words += [f"{len(sets)} left out ({why})" for why, sets in reasons.items()]
    return "; ".join(words)


def undone_word(row: SetEntry) -> str:
    """Why a set was left out, in a word."""
    return SLOW if SLOW in row.flags else row.undone or ""


def ramp_words(sets: Sequence[SetPlan], unit: str) -> str:
    """Warm-up sets before a lift: ``ramp: 8 × 20 kg, 3 × 40 kg``; empty for none."""
    steps = []
    for one in sets:
        first = one.goals[0].measures
        side = " each side" if len(one.goals) > 1 else ""
        steps.append(f"{first.reps}{side} × {load_words(first.load_kg or 0.0, unit)}")
    return f"ramp: {', '.join(steps)}" if steps else ""


def instead_words(routine: Routine) -> str:
    """That a routine may be done instead of a session in an easier week, and the command for it."""
    return (
        f"An easier week: {routine.name.lower()} alone will do "
        f"(stridelift routine start {routine.id})."
    )


def sided_words(sides: Sequence[Side]) -> str:
    """The sides as a prefix to a value; empty for both sides at once."""
    named = " and ".join(side for side in sides if side is not Side.BOTH)
    return f"{named} " if named else ""


def thing_name(thing: str) -> str:
    """A piece of equipment by its name: ``exercise ball``."""
    return thing if thing == MINI_BAND else thing.replace("-", " ")


def job_words(exercise: Exercise) -> str:
    """The job of an exercise, else its category: ``knee extension``."""
    return (exercise.role or exercise.category).replace("-", " ")


def things_words(things: Iterable[str]) -> str:
    """Pieces of equipment by their names: ``chair, step``; empty for none."""
    return ", ".join(map(thing_name, things))


def session_title(session: Session, library: Library) -> str:
    """The title of a session: its programme and part, or its first exercises."""
    if session.programme == SNACK:
        return "Snack"
    if session.programme == ROUTINE:
        return session_name(library, session)
    if session.programme not in library.programmes:
        names = [exercise_name(library, entry.exercise) for entry in session.live()]
        return ", ".join(names[:3]) + (" ..." if len(names) > 3 else "") or "Session"
    return session_name(library, session, ": ")


def amount_words(what: str, value: float, unit: str) -> str:
    """One of the sums (``what`` is its name in Sums) as a number without a unit: seconds as minutes
    and seconds, kilograms lifted to the whole kilogram or pound."""
    if what == "tonnage_kg":
        return f"{from_kg(value, unit):,.0f}"
    return held_text(value) if what == "hold_s" else plain(value)


def lifted_text(kilograms: float, unit: str) -> str:
    """Total weight lifted, to the whole kilogram or pound, with its unit."""
    return f"{amount_words('tonnage_kg', kilograms, unit)} {unit}"


def lifted_cell(kilograms: float, unit: str) -> str:
    """Total weight lifted without its unit; empty for none."""
    return amount_words("tonnage_kg", kilograms, unit) if kilograms else ""


def held_text(seconds: float) -> str:
    """Seconds held, as minutes and seconds."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"


def held_cell(seconds: float) -> str:
    """Seconds held, as minutes and seconds; empty for none."""
    return held_text(seconds) if seconds else ""


def percent_text(percent: float) -> str:
    """A change in whole per cent, with its sign."""
    return f"{percent:+.0f} %" if round(percent) else "no change"


def sum_name(what: str, unit: str) -> str:
    """What one of the sums counts, after the unit of its number: ``sets``, ``kg lifted``."""
    units = {"tonnage_kg": f"{unit} ", "distance_m": "m "}
    return f"{units.get(what, '')}{SUMS[what]}"


def sum_columns(unit: str) -> tuple[str, ...]:
    """The column headings of :func:`sum_cells`."""
    return ("Sets", f"{unit} lifted", "Held", "Contacts", "m carried", "Min")


def sum_cells(made: Sums, unit: str) -> tuple[str, ...]:
    """Sums by column, loads in ``unit``; a cell is empty for zero, except the sets."""
    values = [(what, getattr(made, what)) for what in ADDED]
    return (str(made.sets), *(amount_words(what, n, unit) if n else "" for what, n in values))


def sums_words(made: Sums, unit: str = "kg") -> list[str]:
    """The sums in words, loads in ``unit``, without those that are zero: ``12 sets``, ``1,240 kg
    lifted``, ``4:00 held`` …; ``no work sets`` for a routine of mobility."""
    cells = zip(ADDED, sum_cells(made, unit)[1:], strict=True)
    told = [f"{cell} {sum_name(what, unit)}" for what, cell in cells if cell]
    return [number_of(made.sets, "set") if made.sets else "no work sets", *told]


def rounded(value: float | None) -> float | None:
    """A number for JSON, rounded to a tenth."""
    return None if value is None else round(value, 1)
