"""Sessions and records to put on disk, with every kind of field once."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

from tui.domain.model.codec import session_from_doc
from tui.domain.model.values import Entry, Measures, Record, Session, SetEntry, SetKind, Side

ZONE = timezone(timedelta(hours=1))


def stamp(minute: int = 0) -> str:
    """An ``edited`` stamp; a higher ``minute`` is later."""
    return (datetime(2026, 11, 2, 18, 5, tzinfo=ZONE) + timedelta(minutes=minute)).isoformat()


def a_session(name: str = "S1", year: int = 2026, edited: str = "", note: str = "") -> Session:
    done = Measures(load_kg=22.5, reps=8)
    left = SetEntry(id="L", edited=stamp(), number=1, side=Side.LEFT, done=done, rir=2.5, pain=0)
    right = SetEntry(
        id="R",
        edited=stamp(),
        number=1,
        side=Side.RIGHT,
        done=Measures(holds=8, hold_s=5.0),
        kind=SetKind.WARMUP,
        prescribed=done,
        flags=("slow",),
        extra={"from": {"another": "app"}},
    )
    return Session(
        id=name,
        edited=edited or stamp(),
        started=datetime(year, 11, 2, 18, 5, tzinfo=ZONE),
        note=note,
        entries=(Entry(id="E", edited=stamp(), exercise="lunge", sets=(right, left)),),
        extra={"mood": ["good", 1]},
    )


def a_record(name: str = "R1", year: int = 2026, pain: int = 4, edited: str = "") -> Record:
    return Record(
        id=name,
        edited=edited or stamp(),
        type="morning",
        day=datetime(year, 11, 3, tzinfo=ZONE).date(),
        values={"region": "ankle-calf", "pain": pain},
    )


def told(events: list[dict[str, Any]]) -> Session | None:
    """The session a journal of one-document events tells of; stands in for the real one."""
    return session_from_doc(events[-1]["session"]) if events else None
