"""Files in which git left the marks of a conflict: made by git itself, in each of its styles."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.store.examples import a_record, a_session, stamp
from tui.domain.model.values import Session
from tui.store.atomic import backup_of
from tui.store.conflict_marks import sides_of
from tui.store.errors import NewerSchema
from tui.store.paths import Paths
from tui.store.profile import ProfileStore
from tui.store.repository import Repository

STYLES = ("merge", "diff3", "zdiff3")


def merged_by_git(folder: Path, style: str, mine: bytes, base: bytes, theirs: bytes) -> bytes:
    """What git makes of two files that grew apart, with its marks."""
    folder.mkdir(parents=True, exist_ok=True)
    names = [folder / name for name in ("mine", "base", "theirs")]
    for path, data in zip(names, (mine, base, theirs), strict=True):
        path.write_bytes(data)
    option = [] if style == "merge" else [f"--{style}"]
    ran = subprocess.run(
        ["git", "merge-file", "-p", *option, *map(str, names)], capture_output=True, check=False
    )
    assert 0 < ran.returncode < 128, ran.stderr
    return ran.stdout


def session(name: str, minute: int, note: str = "") -> Session:
    """A session with ids and times that no other has: where lines are alike, git may take those of
    one session for another's, and no mark says so."""
    one = a_session(name, edited=stamp(minute), note=note)
    [entry] = one.entries
    rows = [replace(row, id=f"{name}-{row.id}", edited=stamp(ord(name[0]))) for row in entry.sets]
    entry = replace(entry, id=f"{name}-E", edited=stamp(ord(name[0])), sets=tuple(rows))
    started = one.started.replace(minute=ord(name[0]) % 60)
    return replace(one, started=started, entries=(entry,), extra={name: name})


def written(folder: Path, change: Callable[[Repository], object], base: bytes = b"") -> bytes:
    """The year's file of a log after a change."""
    paths = Paths(folder)
    if base:
        paths.log_dir.mkdir(parents=True)
        paths.year(2026).write_bytes(base)
    change(Repository(paths, writable=True))
    return paths.year(2026).read_bytes()


@pytest.fixture(params=STYLES)
def conflict(request: pytest.FixtureRequest, tmp_path: Path) -> bytes:
    """One session noted here and there, one more on each side, and a record there."""
    base = written(tmp_path / "base", lambda log: log.put_session(session("S1", 0)))
    later, latest = session("S1", 9, "here"), session("S1", 10, "there")
    mine = written(tmp_path / "mine", lambda log: log.put_many([later, session("A", 3)], []), base)
    theirs = written(
        tmp_path / "theirs",
        lambda log: log.put_many([latest, session("Z", 4)], [a_record()]),
        base,
    )
    return merged_by_git(tmp_path / "git", request.param, mine, base, theirs)


def test_both_sides_are_read_and_joined_and_the_file_is_kept(conflict: bytes, paths: Paths) -> None:
    paths.log_dir.mkdir(parents=True)
    paths.year(2026).write_bytes(conflict)
    for writable in (False, True):
        log = Repository(paths, writable=writable)
        found = {s.id: s for s in log.sessions(2026)}
        assert found == {
            "A": session("A", 3),
            "S1": session("S1", 10, "there"),
            "Z": session("Z", 4),
        }
        assert log.records(2026) == [a_record()]
        [told] = log.notices
        assert "marks of a git conflict" in told
        assert paths.merged_dir.exists() == writable
    [kept] = paths.merged_dir.iterdir()
    assert kept.read_bytes() == conflict
    assert sides_of(paths.year(2026).read_bytes()) is None
    assert not backup_of(paths.year(2026)).exists(), "what has marks is no good copy"
    again = Repository(paths, writable=True)
    assert len(again.sessions(2026)) == 3
    assert again.notices == []


def test_what_git_took_apart_wrongly_is_in_the_copy_from_before(
    conflict: bytes, paths: Paths
) -> None:
    log = Repository(paths, writable=True)
    log.put_session(a_session("B"))
    log.put_session(a_session("C"))
    paths.year(2026).write_bytes(conflict)
    assert {s.id for s in Repository(paths, writable=True).sessions(2026)} == {"A", "B", "S1", "Z"}


def test_a_file_that_cannot_be_kept_stays_as_it_is(conflict: bytes, paths: Paths) -> None:
    paths.log_dir.mkdir(parents=True)
    paths.year(2026).write_bytes(conflict)
    paths.merged_dir.write_text("in the way")
    log = Repository(paths, writable=True)
    assert len(log.sessions(2026)) == 3
    assert paths.year(2026).read_bytes() == conflict


def test_marks_in_the_middle_of_a_document_cost_nothing_else(paths: Paths) -> None:
    log = Repository(paths, writable=True)
    log.put_many([a_session("A"), a_session("B")], [])
    whole = paths.year(2026).read_bytes()
    spoilt = whole.replace(
        b'      "id": "B",', b'<<<<<<< a\n      "id": "B",\n=======\n      "id": \n>>>>>>> b'
    )
    backup_of(paths.year(2026)).unlink(missing_ok=True)
    paths.year(2026).write_bytes(spoilt)
    log = Repository(paths, writable=True)
    assert {s.id for s in log.sessions(2026)} == {"A", "B"}


def test_a_side_of_a_newer_version_is_left_alone(conflict: bytes, paths: Paths) -> None:
    paths.log_dir.mkdir(parents=True)
    newer = conflict.replace(b'"schema_version": 2', b'"schema_version": 9')
    paths.year(2026).write_bytes(newer)
    with pytest.raises(NewerSchema):
        Repository(paths, writable=True).sessions(2026)
    assert paths.year(2026).read_bytes() == newer


@pytest.mark.parametrize("style", STYLES)
def test_a_profile_is_joined_alike(style: str, tmp_path: Path, paths: Paths) -> None:
    from datetime import UTC, date, datetime

    data: dict[str, bytes] = {}
    for minute, (name, unit) in enumerate([("base", "kg"), ("mine", "lb"), ("theirs", "kg")]):
        at = Paths(tmp_path / name)
        if name != "base":
            at.root.mkdir()
            at.profile.write_bytes(data["base"])
        store = ProfileStore(at, writable=True)
        moment = datetime(2026, 11, 2, 18, minute, tzinfo=UTC)
        store.set("unit", unit, date(2026, 11, 2 + minute), moment)
        store.set(f"only-{name}", 1, date(2026, 11, 2), moment)
        data[name] = at.profile.read_bytes()
    paths.root.mkdir()
    paths.profile.write_bytes(
        merged_by_git(tmp_path / "git", style, data["mine"], data["base"], data["theirs"])
    )
    store = ProfileStore(paths, writable=True)
    assert store.get("unit") == "kg"
    assert len(store.history("unit")) == 3
    assert [store.get(f"only-{name}") for name in data] == [1, 1, 1]
    assert (len(store.notices), len(list(paths.merged_dir.iterdir()))) == (1, 1)
