"""What versions before this one wrote: journals of sessions and the year file they were filed in.

The files in ``tests/fixtures/schema-1`` are never made anew. A journal stands beside what it told
(``.json``); ``2026.json`` is the year file that all of them went into. ``tests/fixtures/schema-2``
has what this version writes: journals of the same sessions, and the same year file.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import orjson
import pytest
from msgspec.structs import replace

from tests.strategies import (
    CALF,
    CARRY,
    HOLDS,
    JUMP,
    PLANK,
    SLING,
    SQUAT,
    START,
    TOWEL,
    WALL_SIT,
    start,
)
from tui.domain.model.codec import session_from_doc, session_to_doc
from tui.domain.model.ids import sortable
from tui.domain.model.joining import joined
from tui.domain.model.notation import parse
from tui.domain.model.positional_ids import migrated_session
from tui.domain.model.values import Prescription, Session, SetEntry, SetKind
from tui.domain.session.actions import (
    AddSet,
    AddWarmups,
    Adjust,
    Clock,
    Command,
    Finish,
    Log,
    Mark,
    Move,
    Put,
    SessionNote,
    Skip,
    Superset,
    Swap,
    Tick,
    Undo,
    Write,
)
from tui.domain.session.event_codec import (
    event_from_doc,
    event_to_doc,
    item_to_doc,
    key_to_doc,
)
from tui.domain.session.live import Item, Key, Live
from tui.domain.session.replay import apply, replay, session_of, to_session
from tui.domain.session.steps import step
from tui.store.filing import file_journal
from tui.store.journal import Journal, journal_path
from tui.store.journal_lines import read
from tui.store.paths import Paths
from tui.store.repository import Repository

FIXTURES = Path(__file__).parents[1] / "fixtures"
BEFORE, NOW = FIXTURES / "schema-1", FIXTURES / "schema-2"
JOURNALS = sorted(BEFORE.glob("*.jsonl"))

Doc = dict[str, Any]
# Seconds that go by before it, and what the runner does then.
Done = tuple[float, Command]


def key(item: str, number: int = 1, kind: SetKind = SetKind.WORK) -> Key:
    return Key(item, kind, number)


def typed(item: str, text: str, number: int = 1) -> Write:
    return Write(key(item, number), parse(text, single=True))


HOLDS_BY_THE_CLOCK: list[Done] = [
    (2, Clock("space", "1")),
    (11.25, Clock("space", "1")),
    (30, Clock("space", "1")),
    (3, Clock("repeat")),
    (4, Clock("skip")),
    (5, Clock("add")),
    (400, Tick()),
    (3, Log("1")),
    (20, Clock("space", "1")),
    (300, Clock("space", "2")),  # the set before it ran out meanwhile
    (70, Clock("stop")),
    (5, typed("2", "5 t8 pain3 # cramp")),
    (60, Clock("space", "3")),
    (5 + 31.5, Clock("skip")),
    (60, Tick()),
    (1, typed("3", "L31s R28s rir0")),
    (90, Finish("pain")),
]
CHANGES_OF_THE_PLAN: list[Done] = [
    (1, Superset("1")),
    (5, AddWarmups("1", round, heavy=True, bar_kg=20)),
    (60, Log("1")),
    (60, Skip((key("1", 2, SetKind.WARMUP),), "time")),
    (60, Log("1")),
    (60, Log("2")),
    (9, Adjust("1", load_kg=2.5)),
    (9, Adjust("2", steps=-2)),
    (60, typed("1", "6 62.5kg rir0 form")),
    (5, Mark(key("2"), "pain", 2)),
    (5, Mark(key("2"), "effort", 7)),
    (5, AddSet("2")),
    (5, Put(JUMP)),
    (5, Put(WALL_SIT, 0)),
    (5, Move("3", -1)),
    (60, Log("2")),
    (5, Swap("2", SLING)),
    (60, typed("5", "L25 R24 8kg")),
    (60, Log("3")),
    (60, typed("4", "45s")),
    (5, Superset("1")),
    (5, SessionNote("zweite Reihe\nhärter 💪")),
    (60, Finish("equipment")),
]
UNDONE_TO_THE_BEGINNING: list[Done] = [
    (60, Log("1")),
    (60, Log("1")),
    (3, Undo()),
    (60, typed("1", "20 45kg", 2)),
    (5, Mark(key("1", 2), "rir", 1)),
    (5, Mark(key("1", 2), "rir", None)),
    (5, Mark(key("1", 2), "note", "belt")),
    *([(1.0, Undo())] * 5),
    (5, SessionNote("from the beginning")),
    (60, Skip((key("1", 3),), "other")),
    (60, Log("1")),
    (60, Log("2")),
    (60, Finish()),
]
UNCONFIRMED: list[Done] = [
    (1, Clock("space", "1")),
    (50, Tick()),
    (10, Log("2")),
    (10, Clock("space", "1")),
    (80, Tick()),
]
SESSIONS: dict[str, tuple[tuple[Item, ...], list[Done]]] = {
    "holds": ((HOLDS, TOWEL, PLANK), HOLDS_BY_THE_CLOCK),
    "plan": ((SQUAT, CALF), CHANGES_OF_THE_PLAN),
    "undo": ((CALF, CARRY), UNDONE_TO_THE_BEGINNING),
    "unconfirmed": ((WALL_SIT, CARRY), UNCONFIRMED),
}


def lighter(
    _live: Live, _item: Item, plan: Prescription, rows: Sequence[SetEntry]
) -> Prescription | None:
    """After a set with nothing left, five kilograms less of all."""
    if rows[-1].rir != 0 or rows[-1].done.load_kg is None:
        return None
    eased = tuple(
        replace(
            s,
            goals=tuple(
                replace(g, measures=replace(g.measures, load_kg=(g.measures.load_kg or 5) - 5))
                for g in s.goals
            ),
        )
        for s in plan.sets
    )
    return replace(plan, sets=eased)


def journalled(paths: Paths, name: str, items: Sequence[Item], done: Sequence[Done]) -> Journal:
    """The journal that a session writes."""
    journal = Journal.create(paths, name)
    began = replace(start(*items), id=name)
    began = replace(
        began, items=tuple(replace(i, entry=sortable(1, n)) for n, i in enumerate(began.items))
    )
    journal.append(event_to_doc(began))
    live, now = apply(None, began), START
    serial = count(1)

    def new_id() -> str:
        return sortable(int(now.timestamp() * 1000), next(serial))

    for seconds, command in done:
        now += timedelta(seconds=seconds)
        live, events = step(live, command, now, new_id, lighter)
        if events:
            journal.append(*map(event_to_doc, events))
    return journal


def outcome(live: Live) -> Doc:
    """What a journal told, as JSON."""
    later = START + timedelta(hours=1)
    depth, before = 0, live.before
    while before is not None:
        depth, before = depth + 1, before.before
    return {
        "session": session_to_doc(to_session(live)),
        "items": [item_to_doc(item) for item in live.items],
        "pending": [key_to_doc(waiting) for waiting in live.pending],
        "clock": None if live.clock is None else live.clock.view(later).words(),
        "steps": depth,
    }


@pytest.mark.parametrize("path", JOURNALS, ids=lambda path: path.stem)
def test_a_journal_tells_what_it_told(path: Path) -> None:
    live = replay(map(event_from_doc, read(path).events))
    assert live is not None
    told = orjson.loads(path.with_suffix(".json").read_bytes())
    # A journal comes to the ids that the year file comes to by itself.
    told["session"] = migrated_session(told["session"])
    assert canonical(outcome(live)) == canonical(told)


def canonical(told: Doc) -> Doc:
    return told | {"session": session_to_doc(joined([session_from_doc(told["session"])])[0])}


# Of foreign.jsonl, which has fields that are not ours and numbers in other forms, only the meaning.
OURS = [path for path in JOURNALS if path.stem != "foreign"]


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_its_events_are_written_again_in_the_same_bytes(path: Path) -> None:
    for line in path.read_bytes().splitlines():
        doc = orjson.loads(line)
        assert orjson.dumps({"n": doc["n"]} | event_to_doc(event_from_doc(doc))) == line


def filed(paths: Paths, repository: Repository) -> bytes:
    """The year file that all journals go into."""
    paths.live_dir.mkdir(parents=True)
    for path in JOURNALS:
        copy = journal_path(paths, path.stem)
        copy.write_bytes(path.read_bytes())
        file_journal(repository, copy, lambda docs: session_of(map(event_from_doc, docs)))
    return paths.year(2026).read_bytes()


def test_they_are_filed_as_the_year_file_of_before_reads(
    paths: Paths, repository: Repository, tmp_path: Path
) -> None:
    filed(paths, repository)
    before = Paths(tmp_path / "before")
    before.log_dir.mkdir(parents=True)
    before.year(2026).write_bytes((BEFORE / "2026.json").read_bytes())
    old = Repository(before, writable=True)
    assert plain(old.sessions(2026)) == plain(repository.sessions(2026))


def plain(sessions: Iterable[Session]) -> list[Session]:
    """What the sessions show, without the versions they replace, which schema 1 did not keep."""
    return joined(
        [
            replace(
                session,
                replaces=(),
                entries=tuple(replace(e, edited="", sets=e.live()) for e in session.live()),
            )
            for session in sessions
        ]
    )


def test_the_year_file_is_written_in_the_same_bytes(paths: Paths, repository: Repository) -> None:
    assert filed(paths, repository) == (NOW / "2026.json").read_bytes()


@pytest.mark.parametrize("name", SESSIONS)
def test_the_same_session_is_written_in_the_same_bytes(paths: Paths, name: str) -> None:
    journal = journalled(paths, name, *SESSIONS[name])
    journal.close()
    assert journal.path.read_bytes() == (NOW / f"{name}.jsonl").read_bytes()
