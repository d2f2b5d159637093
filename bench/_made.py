"""Generates logs for the benchmarks: made up, plausible, and the same every time."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path
from random import Random

from msgspec.structs import replace

from tui.bootstrap import shipped_library
from tui.domain.model.ids import sortable
from tui.domain.model.library.parser import Library
from tui.domain.model.values import Entry, Kind, Level, Part, Session, SetEntry
from tui.domain.planning.today import item
from tui.domain.session.live import Item
from tui.store.paths import Paths
from tui.store.repository import Repository

LAST = datetime(2026, 10, 30, 18, 5, tzinfo=timezone(timedelta(hours=1)))
PROGRAMME = "trail-speed"
# Monday, Wednesday, Friday, counted back from the last session, on a Friday.
GAPS_DAYS = (2, 2, 3)
LOADED = (Kind.LOADED, Kind.CARRY)
NOTES = ("", "", "", "", "tired legs", "felt light; 12 °C", "left calf a little tight")


def make_log(folder: Path, sessions: int, programme: str = PROGRAMME) -> list[Session]:
    """Write a log of ``sessions`` sessions of a programme, three a week up to 30 October 2026, into
    the data directory ``folder``; return them, oldest first."""
    made = made_sessions(shipped_library(), sessions, programme)
    Repository(Paths(folder), writable=True).put_many(made, [])
    return made


def made_sessions(known: Library, count: int, programme: str = PROGRAMME) -> list[Session]:
    """``count`` sessions of a programme, its parts in turn, with rising loads."""
    chance = Random(count)
    parts = known.programmes[programme].parts
    items: dict[tuple[str, int], list[Item]] = {}
    moments = [LAST]
    while len(moments) < count:
        moments.append(moments[-1] - timedelta(days=GAPS_DAYS[len(moments) % len(GAPS_DAYS)]))
    sessions = []
    for number, start in enumerate(reversed(moments[:count])):
        part = parts[number % len(parts)]
        # Loads go up every twelve sessions, and start low again in the next season.
        rise = number // 12 % 12
        if (part.id, rise) not in items:
            items[part.id, rise] = part_items(known, part, rise)
        made = one_session(items[part.id, rise], part, start, chance)
        sessions.append(replace(made, programme=programme))
    return sessions


def part_items(known: Library, part: Part, rise: int) -> list[Item]:
    """The first exercise of each slot of a part, ``rise`` steps of 2.5 kg up."""
    found = []
    for slot in part.slots:
        exercise = known.exercises[slot.exercises[0]]
        made = item(exercise, Level.INTERMEDIATE, slot)
        if exercise.kind in LOADED:
            made = loaded(made, 20 + len(exercise.id) + 2.5 * rise)
        found.append(made)
    return found


def loaded(planned: Item, load_kg: float) -> Item:
    """An item with this load (kg) in all of its sets."""
    sets = tuple(
        replace(
            one,
            goals=tuple(
                replace(goal, measures=replace(goal.measures, load_kg=load_kg))
                for goal in one.goals
            ),
        )
        for one in planned.plan.sets
    )
    plan = replace(planned.plan, sets=sets)
    return replace(planned, plan=plan, now=plan)


def one_session(items: list[Item], part: Part, start: datetime, chance: Random) -> Session:
    """One session with the items done as planned, a set every three minutes."""
    session_id = sortable(int(start.timestamp() * 1000), chance.getrandbits(80))
    moment = start
    entries = []
    for place, planned in enumerate(items, start=1):
        entry_id = f"{session_id}-{place}"
        rows: list[SetEntry] = []
        for one in planned.now.sets:
            moment += timedelta(minutes=3)
            stamp = moment.isoformat()
            rows.extend(
                SetEntry(
                    id=f"{entry_id}-{one.kind.value[0]}{one.number}{goal.side.value[0]}",
                    edited=stamp,
                    number=one.number,
                    side=goal.side,
                    kind=one.kind,
                    done=goal.measures,
                    prescribed=goal.measures,
                    rir=chance.choice((None, 1, 2, 2, 3)) if planned.kind in LOADED else None,
                    pain=chance.choice((None, None, 0, 0, 1, 2)),
                    at=stamp,
                )
                for goal in one.goals
            )
        entries.append(
            Entry(id=entry_id, edited=stamp, exercise=planned.exercise, sets=tuple(rows))
        )
    return Session(
        id=session_id,
        edited=moment.isoformat(),
        started=start,
        finished=moment,
        part=part.id,
        note=chance.choice(NOTES),
        entries=tuple(entries),
    )
