"""Logs as the program keeps them, to be written and read again."""

from __future__ import annotations

from datetime import date, datetime

from hypothesis import strategies as st

from tests.strategies import measures, moments, texts
from tui.domain.model.joining import joined as joined_log
from tui.domain.model.values import Entry, Measures, Record, Session, SetEntry, SetKind, Side

INT64 = st.integers(-(2**63), 2**63 - 1)
plain = st.none() | st.booleans() | INT64 | st.floats(allow_nan=False, allow_infinity=False) | texts
extras = st.dictionaries(
    # Names that this format uses for something else stand in the way of nothing.
    texts.map("x-{}".format) | st.sampled_from(["date", "session", "time", "started"]),
    plain | st.lists(plain, max_size=2),
    max_size=2,
)
instants = moments.map(datetime.isoformat)
some = measures.filter(bool)


@st.composite
def logs(
    draw: st.DrawFn, stamps: st.SearchStrategy[str] = instants
) -> tuple[list[Session], list[Record]]:
    """A log as the program keeps it: each id once, known exercises, sets with an amount."""
    serial = iter(range(1000))

    def new_id() -> str:
        return f"id-{next(serial)}"

    def row() -> SetEntry:
        undone = draw(st.none() | st.sampled_from(["pain", "time"]))
        return SetEntry(
            id=new_id(),
            edited=draw(stamps),
            number=draw(st.integers(1, 5)),
            side=draw(st.sampled_from(Side)),
            kind=draw(st.sampled_from(SetKind)),
            done=draw(some) if undone is None else Measures(),
            prescribed=draw(st.none() | measures),
            undone=undone,
            rir=draw(st.none() | st.floats(0, 10)),
            flags=draw(st.sampled_from([(), ("slow", "knee")])),
            note=draw(texts),
            at=draw(st.just("") | instants),
            deleted=draw(st.integers(0, 5)) == 0,
            extra=draw(extras),
        )

    def entry() -> Entry:
        return Entry(
            id=new_id(),
            edited=draw(stamps),
            exercise=draw(st.sampled_from(["back-squat", "side-plank"])),
            sets=tuple(row() for _ in range(draw(st.integers(0, 3)))),
            superset=draw(st.none() | st.just("s1")),
            deleted=draw(st.integers(0, 5)) == 0,
        )

    def session() -> Session:
        return Session(
            id=new_id(),
            edited=draw(stamps),
            started=draw(moments),
            finished=draw(st.none() | moments),
            programme=draw(st.none() | st.just("trail-speed")),
            part=draw(st.none() | st.just("whole")),
            note=draw(texts),
            entries=tuple(entry() for _ in range(draw(st.integers(0, 3)))),
            deleted=draw(st.integers(0, 5)) == 0,
        )

    def record() -> Record:
        return Record(
            id=new_id(),
            edited=draw(stamps),
            type="morning",
            day=draw(st.dates(date(1950, 1, 1), date(2100, 1, 1))),
            values={"region": "hip", "pain": draw(st.integers(0, 10)), "x": draw(plain)},
            deleted=draw(st.booleans()),
        )

    sessions = joined_log([session() for _ in range(draw(st.integers(0, 3)))])
    return sessions, [record() for _ in range(draw(st.integers(0, 2)))]
