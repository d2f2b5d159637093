"""Turns the planned sessions of a week into calendar events."""

from __future__ import annotations

from collections import Counter

from tui.domain.planning.wording import clauses
from tui.formats.ics_writer import OWN, Event
from tui.present.library import part_minutes
from tui.present.planned_week import Week


def events(week: Week) -> list[Event]:
    """An event for each session. A session with only an earliest time becomes a whole-day event
    with the time in its notes. An event's uid does not depend on the weekday: it counts the
    sessions of the same part in the week, done ones included."""
    own = week.programme.id
    numbers = Counter(one.part for one in week.week.done if one.programme == own)
    parts = {part.id: part for part in week.programme.parts}
    library, level = week.setup.library, week.setup.profile.level(week.today)
    made = []
    for one in week.week.plan.placed:
        numbers[one.wanted.part] += 1
        which = f"{own}-{one.wanted.part}-{numbers[one.wanted.part]}"
        begin = f"Not before {one.not_before:%H:%M}. " if one.not_before else ""
        why = clauses(one.reasons)
        made.append(
            Event(
                uid=f"{week.week.monday.isoformat()}-{which}{OWN}",
                day=one.day,
                start=one.start,
                minutes=part_minutes(parts[one.wanted.part], library, level),
                title=f"{one.wanted.name} (light)" if one.light else one.wanted.name,
                notes=f"{begin}{why[:1].upper()}{why[1:]}." if why else begin.strip(),
            )
        )
    return made
