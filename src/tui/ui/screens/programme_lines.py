"""Text about a programme: its schedules, where the runner is in it, its sessions."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from tui.domain.model.cells import fitted
from tui.domain.model.library.parser import Library
from tui.domain.model.phases import schedule_of
from tui.domain.model.values import Exercise, Level, Part, Phase, Programme, Schedule
from tui.present.library import REPEATS, choice_words, part_minutes, phase_words, slot_doses
from tui.present.words import UNNAMED, short_sources
from tui.ui.widgets.styled_text import Line, Span, spread, width_of, wrapped

OURS = "project"
DOSE_WIDTH = 20


class Stand(Struct, frozen=True, kw_only=True):
    """Where the runner is in the programme she follows; ``week`` and ``phase`` are None while the
    log is being read."""

    paused: bool
    schedule: str | None
    week: int | None = None
    phase: Phase | None = None


def a_week(programme: Programme, stand: Stand | None) -> str:
    """How many sessions a week it has: now if it is followed, else in its first phase."""
    schedule = schedule_of(programme, stand.schedule if stand is not None else None)
    phase = (stand.phase if stand is not None else None) or schedule.phases[0]
    return f"{schedule.per_week or len(phase.parts)} a week"


def length(library: Library, programme: Programme, stand: Stand | None, level: Level) -> str:
    """About how long its longest session takes: now if it is followed, else in its first phase."""
    schedule = schedule_of(programme, stand.schedule if stand is not None else None)
    phase = (stand.phase if stand is not None else None) or schedule.phases[0]
    parts = (part for part in programme.parts if part.id in phase.parts)
    return f"{max(part_minutes(part, library, level) for part in parts)} min"


def in_short(library: Library, programme: Programme, width: int) -> str:
    """The short names of its sources, or the first and how many more if they do not fit."""
    names = [short_sources(library, [one]) for one in programme.sources if one != OURS] or ["ours"]
    every = ", ".join(names)
    return every if len(every) <= width else f"{names[0]} and {len(names) - 1} more"


def whose(library: Library, programme: Programme) -> str:
    """The authors of its sources, or their titles if the author is not named."""
    return ", ".join(_short(library, source) for source in programme.sources)


def _source_words(library: Library, programme: Programme, *, own: bool) -> str:
    if not own:
        return f"Source: {whose(library, programme)}"
    others = [_short(library, source) for source in programme.sources if source != OURS]
    return ", ".join(["Yours, after " + others[0], *others[1:]] if others else ["Yours"])


def _short(library: Library, source: str) -> str:
    found = library.sources.get(source)
    if source == OURS or found is None:
        return "ours" if source == OURS else source
    return found.title if found.author == UNNAMED else found.author


def programme_lines(
    library: Library,
    programme: Programme,
    stand: Stand | None,
    level: Level,
    width: int,
    *,
    own: bool,
) -> list[Line]:
    """The full description of a programme; ``stand`` if it is followed. One of the runner's ``own``
    does not mark parts as this project's."""
    lines: list[Line] = [[(fitted(programme.name, width), "loud")]]
    lines += wrapped(programme.about, width)
    lines += wrapped(_source_words(library, programme, own=own), width, "dim")
    lines.append([])
    if stand is not None:
        lines += [*_stand_lines(stand, width), []]
    for schedule in programme.schedules:
        lines += _schedule_lines(programme, schedule, stand, width)
    for part in programme.parts:
        lines += [[], *_part_lines(library, programme, part, level, width, own=own)]
    if not own and _has_ours(library, programme):
        words = "ours: the article leaves it open, so it is a choice of this project"
        lines += [[], *wrapped(words, width, "dim")]
    return lines


def _stand_lines(stand: Stand, width: int) -> list[Line]:
    named = f", {stand.phase.name}" if stand.phase is not None and stand.phase.name else ""
    week = "" if stand.week is None else f"week {stand.week}{named}"
    if stand.paused:
        words = f"Paused in {week}" if week else "Paused"
        return wrapped(f"{words}: its weeks wait; p goes on", width, "warn")
    if not week:
        return wrapped("You follow it; your log is still being read", width)
    words = "You are in "
    return [[(words, ""), (fitted(week, width - len(words)), "strong")]]


def _schedule_lines(
    programme: Programme, schedule: Schedule, stand: Stand | None, width: int
) -> Iterator[Line]:
    used = stand is not None and schedule == schedule_of(programme, stand.schedule)
    right: Line = [("in use", "good")] if used else []
    name = fitted(f"{'●' if used else '○'} {schedule.name}", width - 8)
    yield spread([(name, "strong" if used else "")], right, width)
    if schedule.near_race is not None:
        yield [(f"  {schedule.near_race} a week near a race", "dim")]
    if len(schedule.phases) == 1:
        return
    named = {part.id: part.name for part in programme.parts}
    for phase in schedule.phases:
        now = used and stand is not None and phase == stand.phase
        role = "strong" if now else "dim"
        words = phase_words(phase, named)
        yield from wrapped(words, width, role, indent="› " if now else "  ")
    if schedule.repeats:
        yield [(f"  {REPEATS}", "dim")]


def _part_lines(
    library: Library, programme: Programme, part: Part, level: Level, width: int, *, own: bool
) -> Iterator[Line]:
    yield part_line(part, part_minutes(part, library, level), width)
    for slot in part.slots:
        words = choice_words(slot)
        if words:
            yield [(f"  {words}", "dim")]
        for exercise, dose in slot_doses(slot, library, level):
            ours = "ours" if not own and _is_ours(exercise, programme) else ""
            right: Line = [(f" {dose:<{DOSE_WIDTH}}", ""), (f" {ours:<4}", "dim")]
            room = width - width_of(right) - 1
            left = fitted(f"{'    ' if words else '  '}{exercise.name}", room)
            yield spread([(left, "")], right, width)


def part_line(part: Part, length: int, width: int) -> Line:
    """A session's name, focus and ``length`` in minutes."""
    minutes = f"  {length} min"
    name = fitted(part.name, width - len(minutes) - 1)
    left: list[Span] = [(name, "strong")]
    if part.focus:
        room = width - width_of(left) - len(minutes) - 1
        left.append((fitted(f"  {part.focus}", room), "dim"))
    return spread(left, [(minutes, "dim")], width)


def _is_ours(exercise: Exercise, programme: Programme) -> bool:
    """Whether no article that the programme is made from names the exercise."""
    articles = set(programme.sources) - {OURS}
    return articles.isdisjoint(exercise.sources)


def _has_ours(library: Library, programme: Programme) -> bool:
    named = {name for part in programme.parts for slot in part.slots for name in slot.exercises}
    return OURS in programme.sources or any(
        _is_ours(library.exercises[name], programme) for name in named
    )
