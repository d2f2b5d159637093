"""Doubt a number that looks like a typing error before it is logged (project).

A doubt is only a question: what the runner confirms is right. A number is judged by what was done
before it, in which an odd one counts only once it is confirmed or a later session bears it out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from msgspec import Struct, field
from msgspec.structs import replace

from tui.domain.calculator.advice import Best
from tui.domain.calculator.estimates import one_rm
from tui.domain.calculator.loads import ENDS, EQUAL, Inventory, implement_of
from tui.domain.calculator.system_load import USUAL_WEIGHT_KG
from tui.domain.model.notation import Written
from tui.domain.model.units import load_words, plain
from tui.domain.model.validation import BadDocument
from tui.domain.model.values import Exercise, Measures, Session, SetEntry, SetKind, Side

# A load is odd beyond this many times the heaviest before.
TIMES_HEAVIEST = 1.5
# On the first day of an exercise, when the runner looks for her load and goes up from set to set.
TIMES_FIRST_DAY = 3
# Or beyond this many times the best single.
TIMES_SINGLE = 1.2
# In both cases it must be this much more, in kg: with light loads every step is a large one.
MORE_KG = 10.0
# Or beyond this many kg.
MOST_KG = 400.0
# Reps and seconds of a hold are odd beyond this many times the plan; so few reps never are.
TIMES_PLANNED = 3
FEW_REPS = 30
# An odd number is borne out by one of a later session within this share of it.
AGREE = 0.10
# A stated maximum is odd, or refused, beyond this many times the body weight or this many kg.
TIMES_WEIGHT = 3
NEVER_TIMES_WEIGHT = 4
NEVER_KG = 500.0

JUDGED = ("load_kg", "reps", "hold_s")


class Seen(Struct, frozen=True):
    """How much of one measure (kg, reps or seconds) there was so far: the ``most``, the most of the
    ``last`` session, and what is ``doubted``, with the ids of the sets. On the first day all of it
    is of that day."""

    most: float = 0.0
    last: float = 0.0
    doubted: tuple[tuple[float, str], ...] = ()
    is_first_day: bool = False


class Known(Struct, frozen=True, kw_only=True):
    """What is known of an exercise before a set of it: by measure what was done, and the best
    single in kg (None: unknown)."""

    seen: Mapping[str, Seen] = field(default_factory=dict)
    single_kg: float | None = None

    def of(self, name: str) -> Seen:
        """What was done of a measure."""
        return self.seen.get(name, NOTHING)


class Doubt(Struct, frozen=True):
    """What looks odd about typed sets: in words, for the first odd one, and the sets as they are
    logged once the runner says that they are right."""

    words: str
    confirmed: tuple[Written, ...]


NOTHING = Seen()


def known_on(
    day: date,
    exercise: str,
    sessions: Iterable[Session],
    *,
    live: Sequence[SetEntry] = (),
    besides: Collection[str] = (),
) -> Known:
    """What is known of an exercise when a set of it is done on a day: from the ``sessions``, oldest
    first, up to then, and from the ``live`` sets of the one under way, without the sets whose ids
    are in ``besides`` (project)."""
    known, today = Known(), list[SetEntry]()
    for session in sessions:
        if session.day < day and (rows := _rows(session, exercise)):
            known = _after(known, rows)
        elif session.day == day:
            today += _rows(session, exercise)
    now = _after(known, [row for row in (*today, *live) if row.id not in besides])
    return Known(seen={name: _first_day(known.of(name), now.of(name)) for name in JUDGED})


def _first_day(before: Seen, now: Seen) -> Seen:
    return replace(now, last=before.last, is_first_day=not before.most)


def doubted_sets(sessions: Iterable[Session]) -> frozenset[str]:
    """The ids of the sides of sets in ``sessions``, oldest first, that are odd, and neither
    confirmed nor borne out (project)."""
    known: dict[str, Known] = {}
    for session in sessions:
        for exercise in {entry.exercise for entry in session.live()}:
            before = known.get(exercise, Known())
            known[exercise] = _after(before, _rows(session, exercise))
    found = (seen for each in known.values() for seen in each.seen.values())
    return frozenset(id_ for seen in found for _, id_ in seen.doubted)


def _rows(session: Session, exercise: str) -> list[SetEntry]:
    entries = (e for e in session.entries if e.exercise == exercise and not e.deleted)
    # A warm-up is light, and a work set after it is not odd for being heavier.
    return [row for entry in entries for row in entry.live() if row.kind is not SetKind.WARMUP]


def _after(known: Known, rows: Sequence[SetEntry]) -> Known:
    """What is known after one more session with these ``rows`` of the exercise."""
    seen = {name: _seen_after(name, known.of(name), rows) for name in JUDGED}
    return replace(known, seen=seen)


def _seen_after(name: str, seen: Seen, rows: Sequence[SetEntry]) -> Seen:
    now, last = replace(seen, is_first_day=not seen.most), 0.0
    doubted: list[tuple[float, str]] = []
    for row in rows:
        amount = getattr(row.done, name)
        if amount is None or row.undone is not None:
            continue
        if amount > now.most:
            borne_out = any(abs(amount - odd) <= AGREE * odd for odd, _ in seen.doubted)
            sure = row.confirmed or borne_out
            if not sure and _is_odd(name, amount, row.prescribed, now):
                doubted.append((amount, row.id))
                continue
            now = replace(now, most=amount)
        last = max(last, amount)
    left = tuple(one for one in (*seen.doubted, *doubted) if one[0] > now.most)
    return Seen(most=now.most, last=last or seen.last, doubted=left)


def _is_odd(name: str, amount: float, prescribed: Measures | None, seen: Seen) -> bool:
    """Whether an amount goes beyond its limit. One that was prescribed or done before never does;
    without a plan, the most done before takes its place."""
    planned: float = 0.0 if prescribed is None else getattr(prescribed, name) or 0.0
    if amount <= max(planned, seen.most):
        return False
    if name == "load_kg":
        times = TIMES_FIRST_DAY if seen.is_first_day else TIMES_HEAVIEST
        much_more = amount > times * seen.most and amount - seen.most > MORE_KG
        return amount > MOST_KG or (seen.most > 0 and much_more)
    usual = planned or seen.most
    return 0 < TIMES_PLANNED * usual < amount and (name != "reps" or amount > FEW_REPS)


def question(
    done: Measures, prescribed: Measures | None, known: Known, unit: str = "kg"
) -> str | None:
    """What looks odd about one side of a set, as a sentence with loads in ``unit``; None if it is
    plausible (project)."""
    load, single = done.load_kg, known.single_kg
    if load is not None:
        seen = known.of("load_kg")
        planned = (prescribed.load_kg if prescribed is not None else None) or 0.0
        if _is_odd("load_kg", load, prescribed, seen):
            if seen.most:
                than = "last time" if seen.last else "so far today"
                more = load - (seen.last or seen.most)
                return f"{load_words(load, unit)} is {load_words(more, unit)} more than {than}."
            return f"{load_words(load, unit)} is more than {load_words(MOST_KG, unit)}."
        best = 0.0 if single is None else max(TIMES_SINGLE * single, single + MORE_KG)
        if single is not None and load > max(best, seen.most, planned):
            about = f"your best single, about {load_words(round(single), unit)}"
            return f"{load_words(load, unit)} is far more than {about}."
    for name, unit_of, more_of in (("reps", " reps", ""), ("hold_s", " s", " s")):
        amount, seen = getattr(done, name), known.of(name)
        if amount is not None and _is_odd(name, amount, prescribed, seen):
            usual = getattr(prescribed, name) if prescribed is not None else None
            than = "planned" if usual else "so far today" if seen.is_first_day else "ever before"
            by = plain(amount - (usual or seen.most))
            return f"{plain(amount)}{unit_of} is {by}{more_of} more than {than}."
    return None


def doubt(
    typed: Sequence[Written],
    prescribed: Mapping[Side, Measures],
    known: Known,
    unit: str = "kg",
    *,
    sure: Collection[Measures] = (),
) -> Doubt | None:
    """The doubt about typed sets of an exercise, of which each was ``prescribed`` so by side; None
    if all are plausible. What the runner is ``sure`` of, as she confirmed it before, is not asked
    again (project)."""
    words: list[str] = []
    rows: list[Written] = []
    for row in typed:
        # One amount typed for two sides is judged by the plan of either.
        plan = prescribed.get(row.side) or next(iter(prescribed.values()), None)
        said = None if row.measures in sure else question(row.measures, plan, known, unit)
        words += [said] if said else []
        rows.append(replace(row, confirmed=row.confirmed or said is not None))
    return Doubt(words[0], tuple(rows)) if words else None


def not_owned(
    load_kg: float, exercise: Exercise, inventory: Inventory, unit: str = "kg"
) -> str | None:
    """That a load cannot be made of what the runner said she owns, as words with the load in
    ``unit``; None if it can, or if she never said what she owns (project)."""
    implement, loads = implement_of(exercise), inventory.loads(exercise)
    stated, what = {
        "dumbbells": (inventory.dumbbells, "is none of your dumbbells"),
        "kettlebell": (inventory.kettlebells, "is none of your kettlebells"),
        "band": (inventory.bands, "is none of your bands"),
        "mini-band": (inventory.bands, "is none of your bands"),
        **dict.fromkeys(ENDS, (inventory.plates, "cannot be made of your plates")),
    }.get(implement, (None, ""))
    if load_kg <= 0 or stated is None or loads is None:
        return None
    if abs(loads.down(load_kg) - load_kg) <= EQUAL:
        return None
    return f"{load_words(load_kg, unit)} {what}; kept"


def doubt_of_maximum(
    best: Best, exercise: Exercise, body_weight_kg: float | None, unit: str = "kg"
) -> str | None:
    """What looks odd about a stated maximum, as words with loads in ``unit``; None if it is
    plausible. Raises BadDocument if nobody lifts that much. All that is lifted counts: both
    dumbbells, and the share of the body. ``body_weight_kg`` is None if it was never told
    (project)."""
    body = exercise.body_share * (body_weight_kg or USUAL_WEIGHT_KG)
    single_kg = one_rm(exercise.implements * best.load_kg + body, best.reps)
    with_body = ", body included," if body else ""
    said = f"{load_words(round(single_kg, 1), unit)}{with_body}"
    if never := _passed(single_kg, body_weight_kg, NEVER_TIMES_WEIGHT, NEVER_KG, unit):
        raise BadDocument(f"at most {never}, not {said.rstrip(',')}")
    passed = _passed(single_kg, body_weight_kg, TIMES_WEIGHT, MOST_KG, unit)
    return f"{said} is more than {passed}" if passed else None


def _passed(
    single_kg: float, body_weight_kg: float | None, times: int, most_kg: float, unit: str
) -> str:
    """The limit that a best single passes, in words; empty if none."""
    if single_kg > most_kg:
        return load_words(most_kg, unit)
    if body_weight_kg is not None and single_kg > times * body_weight_kg:
        return f"{times} times your weight, {load_words(body_weight_kg, unit)}"
    return ""
