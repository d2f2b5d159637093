"""A look back as plain lines of up to 80 columns that can be read one by one, aloud as well.

Lines may hold what files say; whoever prints them cleans them (:func:`tui.core.text.clean`).
"""

from __future__ import annotations

from textwrap import wrap

from tui.core.mornings import called
from tui.core.plaintext import WIDTH
from tui.core.reviewing.weeks import WEEKS, Change, Mark, Overview, Week
from tui.core.text import clean
from tui.core.units import from_kg, plain

INDENT = "  "
# Of the categories that most was lifted in; the rest stands in the JSON.
CATEGORIES = 3
CHANGED = {
    "sessions": "sessions",
    "sets": "sets",
    "contacts": "contacts",
    "hold_s": "held",
    "tonnage_kg": "lifted",
}


def counted(number: int, thing: str) -> str:
    """A number of things: ``1 day``, ``2 days``."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def folded(words: str, indent: str = "") -> list[str]:
    """A statement on lines that fit, those after the first set in."""
    return wrap(clean(words), WIDTH, initial_indent=indent, subsequent_indent=f"{indent}{INDENT}")


def lifted_text(kilograms: float, unit: str) -> str:
    """Kilograms lifted in all, to the whole kilogram or pound."""
    return f"{from_kg(kilograms, unit):,.0f} {unit}"


def held_text(seconds: float) -> str:
    """Seconds held, as minutes and seconds."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"


def percent_text(percent: float) -> str:
    """A change in whole per cent, with its sign."""
    return f"{percent:+.0f} %" if round(percent) else "no change"


def overview_lines(seen: Overview, unit: str = "kg") -> list[str]:
    """The last weeks for a person, newest first; loads in ``unit``."""
    if not seen.trained:
        return folded(
            f"Nothing was logged in the last {WEEKS} weeks. Begin whenever you like: stridelift "
            "today has what comes next."
        )
    lines = [line for week in seen.weeks[: seen.known] for line in _week_lines(week, unit)]
    span = f"the last {seen.known} weeks"
    if seen.known < WEEKS:
        span = f"the {counted(seen.known, 'week')} since you began"
    lines += ["", f"You trained in {seen.trained} of {span}."]
    changes = [words for one in seen.changes if (words := _change_words(one, unit))]
    if changes:
        lines += ["", "The last 4 weeks beside the 4 before, day for day:"]
        lines += [line for words in changes for line in folded(words, INDENT)]
    return lines


def _week_lines(week: Week, unit: str) -> list[str]:
    words = [*_done_words(week, unit), *map(mark_words, week.marks)]
    return folded(f"Week of {week.monday}: {'; '.join(words)}.")


def _done_words(week: Week, unit: str) -> list[str]:
    if not week.days:
        return ["no session", *_pain_words(week)]
    usual = "-" if week.usual is None else str(week.usual)
    words = [
        f"{counted(week.days, 'day')}, {counted(week.legs, 'leg session')}",
        f"{counted(week.sums.sets, 'set')} (usual: {usual})",
    ]
    if week.contacts:
        tiers = ", ".join(f"{count} {tier}" for tier, count in week.contacts.items())
        words.append(f"{counted(week.sums.contacts, 'contact')} ({tiers})")
    if week.sums.hold_s:
        words.append(f"{held_text(week.sums.hold_s)} held")
    if week.tonnage_kg:
        words.append(f"{lifted_text(week.sums.tonnage_kg, unit)} lifted ({_most(week, unit)})")
    return [*words, *_pain_words(week)]


def _most(week: Week, unit: str) -> str:
    """Where most was lifted."""
    ranked = sorted(week.tonnage_kg.items(), key=lambda one: (-one[1], one[0]))
    words = [f"{name} {from_kg(kg, unit):,.0f}" for name, kg in ranked[:CATEGORIES]]
    rest = sum(kg for _, kg in ranked[CATEGORIES:])
    return ", ".join([*words, f"the rest {from_kg(rest, unit):,.0f}"] if rest else words)


def _pain_words(week: Week) -> list[str]:
    if week.pain is None:
        return []
    if not week.pain:
        return ["no pain"]
    where = ", ".join(map(called, week.regions))
    return [f"pain up to {week.pain} of 10" + (f" ({where})" if where else "")]


def mark_words(mark: Mark) -> str:
    """What is special about a week."""
    if mark.kind == "race":
        return f"race {mark.name}"
    return "easier running" if mark.kind == "step_down" else f"{mark.name} begun"


def _change_words(one: Change, unit: str) -> str:
    """One sum beside the one before; nothing where there was none of it in either."""
    if not one.now and not one.before:
        return ""
    now, before = (_amount(one.what, value, unit) for value in (one.now, one.before))
    changed = "none before" if one.percent is None else percent_text(one.percent)
    return f"{CHANGED[one.what]}: {now}, before {before}: {changed}"


def _amount(what: str, value: float, unit: str) -> str:
    if what == "tonnage_kg":
        return lifted_text(value, unit)
    return held_text(value) if what == "hold_s" else plain(value)
