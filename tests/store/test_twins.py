"""Sets that two copies of schema 1 had as one, corrected in one of them: they are named until the
runner has said which it is."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from tests.store.examples import a_session, stamp
from tui.domain.model.corrections import without
from tui.domain.model.values import Measures, Session
from tui.store.paths import Paths
from tui.store.repository import Repository


def old(name: str, reps: int, minute: int) -> Session:
    """A session whose first set is of schema 1, without a time."""
    session = a_session()
    [entry] = session.entries
    row = replace(entry.sets[0], id=name, done=Measures(reps=reps), edited=stamp(minute))
    row = replace(row, was="S1-1-w1r", at="", effort=None)
    return replace(session, entries=(replace(entry, sets=(row, *entry.sets[1:])),))


def notices(paths: Paths) -> list[str]:
    looking = Repository(paths, writable=False)
    assert looking.sessions(2026)
    return looking.notices


def test_twins_are_named_until_one_is_removed(paths: Paths, repository: Repository) -> None:
    repository.put_many([old("a", 8, 1)], [])
    assert notices(paths) == []
    repository.put_many([old("b", 6, 2)], [])
    [notice] = notices(paths)
    assert "2026-11-02 lunge: R6 slow warmup is shown, R8 slow warmup is not" in notice
    assert notices(paths) == [notice], "every time"
    [shown] = repository.sessions(2026)
    [later] = [row for row in shown.entries[0].live() if row.id == "b"]
    repository.edit_session(without(shown, [later], stamp(3)), datetime.fromisoformat(stamp(3)))
    assert notices(paths) == []
    [shown] = repository.sessions(2026)
    assert "a" in {row.id for row in shown.entries[0].live()}


def test_many_twins_are_one_line(paths: Paths, repository: Repository) -> None:
    for day in range(5):
        for name, reps in (("a", 8), ("b", 6)):
            session = old(f"{name}{day}", reps, reps)
            started = session.started.replace(day=day + 1)
            repository.put_many([replace(session, id=f"S{day}", started=started)], [])
    [notice] = notices(paths)
    assert "; and 2 more" in notice
