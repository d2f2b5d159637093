"""The planned sessions of a week as events of a calendar."""

from __future__ import annotations

from tui.core.season.week_text import Week
from tui.core.season.words import clauses
from tui.exchange.week_ics import Event

MINUTES = 45


def events(week: Week) -> list[Event]:
    """An event for each session; one that has only an earliest time is of the whole day, with the
    time in its notes."""
    parts = {part.id: part for part in week.programme.parts}
    made = []
    for one in week.week.plan.placed:
        begin = f"Not before {one.not_before:%H:%M}. " if one.not_before else ""
        why = clauses(one.reasons)
        made.append(
            Event(
                uid=f"{one.day.isoformat()}-{week.programme.id}-{one.wanted.part}@stridelift",
                day=one.day,
                start=one.start,
                minutes=parts[one.wanted.part].minutes or MINUTES,
                title=f"{one.wanted.name} (light)" if one.light else one.wanted.name,
                notes=f"{begin}{why[:1].upper()}{why[1:]}." if why else begin.strip(),
            )
        )
    return made
