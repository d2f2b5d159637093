"""The runner's own library on disk: changed whole or not at all, nothing in it lost."""

from __future__ import annotations

import errno
import json
import stat
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tests.store.conftest import Refuse
from tui.bootstrap import shipped_library, whole_library
from tui.domain.planning.own_programmes import with_programme, without_programme
from tui.store.atomic import backup_of
from tui.store.errors import NewerSchema, StoreError
from tui.store.files import identity_of
from tui.store.own_library import OwnLibrary
from tui.store.paths import Paths

SHIPPED = shipped_library()
NOW = datetime(2026, 11, 2, 18, 0, tzinfo=UTC)
MINE = replace(SHIPPED.programmes["trail-speed"], id="mine", name="Mine")
PUT = partial(with_programme, programme=MINE)
SLED = {
    "id": "sled-push", "name": "Sled push", "aliases": [], "kind": "carry", "category": "upper",
    "muscles": ["legs"], "equipment": [], "sides": "both", "leg_load": 2, "region": "knee",
    "doses": {
        level: {"sets": 2, "distance_m": 20.5, "rest_s": 90}
        for level in ("beginner", "intermediate", "advanced")
    },
    "cues": ["Lean – in.", "Short steps.", "Breathe."], "why": "Force.", "sources": ["me"],
}  # fmt: skip
OWN: dict[str, Any] = {
    "sources": {"me": {"title": "Mine", "author": "I", "publisher": "Ü"}},
    "exercises": [SLED],
    "schema_version": 1,
}


@pytest.fixture
def own(paths: Paths) -> OwnLibrary:
    return OwnLibrary(paths, lambda: SHIPPED)


def lay(path: Path, content: object) -> bytes:
    """Put a file where the library is, as text or as JSON; gives its bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    path.write_bytes(data)
    return data


def only_file(path: Path) -> bool:
    names = {p.name for p in path.parent.iterdir()}
    return names - {"cache"} == {path.name}


def test_without_a_file_there_is_nothing_and_nothing_is_made(paths: Paths, own: OwnLibrary) -> None:
    assert own.read() == {}
    assert not paths.root.exists()


def test_the_first_change_makes_a_file_for_this_user_alone(paths: Paths, own: OwnLibrary) -> None:
    library = own.change(PUT, NOW)
    assert library.programmes == {**SHIPPED.programmes, "mine": MINE}
    assert stat.S_IMODE(paths.library.stat().st_mode) == 0o600
    assert whole_library(paths) == (library, [])
    assert own.read()["schema_version"] == 1


def test_a_person_can_read_the_file(paths: Paths, own: OwnLibrary) -> None:
    lay(paths.library, OWN)
    own.change(PUT, NOW)
    text = paths.library.read_text("utf-8")
    assert "Lean – in." in text
    assert '\n  "programmes": [' in text
    assert text.endswith("}\n")


def test_what_else_is_in_the_file_stays(paths: Paths, own: OwnLibrary) -> None:
    before = lay(paths.library, OWN)
    library = own.change(PUT, NOW)
    assert "sled-push" in library.exercises
    after = own.read()
    assert list(after) == [*OWN, "programmes"]
    assert {key: after[key] for key in OWN} == OWN
    assert backup_of(paths.library).read_bytes() == before
    own.change(partial(without_programme, name="mine"), NOW)
    assert own.read() == {**OWN, "programmes": []}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{"schema_version": 1,', "is no JSON.*Correct it"),
        (b"\xff\xfe\x00", "is no JSON.*Correct it"),
        ([], "must be an object"),
        ({"schema_version": 1, "programmes": {}}, "correct library.json first: programmes"),
        ({**OWN, "colour": "blue"}, "correct library.json first: colour: is unknown"),
        ({**OWN, "exercises": [{"id": "x"}]}, "first: exercise x: .*is missing"),
    ],
)
def test_a_file_that_is_damaged_or_wrong_is_left_as_it_is(
    paths: Paths, own: OwnLibrary, content: object, said: str
) -> None:
    before = lay(paths.library, content)
    with pytest.raises(StoreError, match=said) as refusal:
        own.change(PUT, NOW)
    assert "\n" not in str(refusal.value)
    assert paths.library.read_bytes() == before
    assert only_file(paths.library)


def test_a_file_of_a_newer_version_is_left_as_it_is(paths: Paths, own: OwnLibrary) -> None:
    before = lay(paths.library, {"schema_version": 2, "programmes": [], "weeks": {}})
    for act in (own.read, partial(own.change, PUT, NOW)):
        with pytest.raises(NewerSchema, match=r"library\.json.*schema 2.*Update"):
            act()
    assert paths.library.read_bytes() == before
    assert only_file(paths.library)


def test_what_would_not_pass_the_check_is_not_written(paths: Paths, own: OwnLibrary) -> None:
    own.change(PUT, NOW)
    before = paths.library.read_bytes()
    part = replace(MINE.parts[0], name="x" * 61)
    wrong = replace(MINE, parts=(part, *MINE.parts[1:]))
    with pytest.raises(StoreError, match=r"that cannot be: programme mine: .*60 characters"):
        own.change(partial(with_programme, programme=wrong), NOW)
    assert paths.library.read_bytes() == before
    assert only_file(paths.library)


def test_a_disk_that_refuses_leaves_what_was_there(
    paths: Paths, own: OwnLibrary, refuse: Refuse, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = lay(paths.library, OWN)
    refuse("fsync", errno.ENOSPC)
    with pytest.raises(StoreError, match="disk is full"):
        own.change(PUT, NOW)
    monkeypatch.undo()
    assert paths.library.read_bytes() == before
    own.change(PUT, NOW)
    assert "mine" in whole_library(paths)[0].programmes


def test_a_change_by_another_hand_in_between_is_kept(paths: Paths, own: OwnLibrary) -> None:
    own.change(PUT, NOW)
    lay(paths.library, {**own.read(), **OWN})
    own.change(partial(with_programme, programme=replace(MINE, id="other")), NOW)
    library, problems = whole_library(paths)
    assert problems == []
    assert {"mine", "other"} < library.programmes.keys()
    assert "sled-push" in library.exercises


# --- stamps, tombstones, another copy -------------------------------------------------------------


def programme(paths: Paths, name: str) -> dict[str, Any]:
    """The stored entry of a programme."""
    [entry] = [
        each for each in json.loads(paths.library.read_bytes())["programmes"] if each["id"] == name
    ]
    found: dict[str, Any] = entry
    return found


def test_what_the_program_writes_is_stamped_and_nothing_else(paths: Paths, own: OwnLibrary) -> None:
    lay(paths.library, OWN)
    own.change(PUT, NOW)
    assert programme(paths, "mine")["edited"] == "2026-11-02T18:00:00+00:00"
    assert own.read()["exercises"] == [SLED]
    before = paths.library.read_bytes()
    own.change(PUT, NOW + timedelta(days=1))
    assert paths.library.read_bytes() == before


def test_what_is_removed_stays_as_a_tombstone_and_can_come_back(
    paths: Paths, own: OwnLibrary
) -> None:
    own.change(PUT, NOW)
    library = own.change(partial(without_programme, name="mine"), NOW - timedelta(days=1))
    assert library == SHIPPED
    assert own.read()["programmes"] == []
    gone = programme(paths, "mine")
    assert gone["deleted"] is True
    assert gone["edited"] == "2026-11-02T18:00:00.000001+00:00"
    assert gone["parts"]
    assert whole_library(paths) == (SHIPPED, [])
    own.change(partial(with_programme, programme=replace(MINE, id="other")), NOW)
    assert programme(paths, "mine") == gone
    assert "mine" in own.change(PUT, NOW).programmes
    assert "deleted" not in programme(paths, "mine")
    assert programme(paths, "mine")["edited"] == "2026-11-02T18:00:00.000002+00:00"


def test_without_ones_own_the_shipped_one_is_there_again(own: OwnLibrary) -> None:
    shipped = SHIPPED.programmes["trail-speed"]
    put = partial(with_programme, programme=replace(shipped, name="Mine"))
    assert own.change(put, NOW).programmes["trail-speed"].name == "Mine"
    removed = own.change(partial(without_programme, name="trail-speed"), NOW)
    assert removed.programmes["trail-speed"] == shipped


def test_another_copy_comes_in_and_what_gives_way_is_returned(
    paths: Paths, own: OwnLibrary
) -> None:
    other = OwnLibrary(Paths(paths.root / "other"), lambda: SHIPPED)
    own.change(PUT, NOW)
    lay(other.path, {**own.read(), **OWN})
    other.change(partial(without_programme, name="mine"), NOW + timedelta(hours=1))
    theirs = json.loads(other.path.read_bytes())
    kept = programme(paths, "mine")
    assert own.join(theirs).lost == (("programmes", "mine", kept),)
    assert own.read() == {"schema_version": 1, **OWN, "programmes": []}
    assert other.join(json.loads(paths.library.read_bytes())).lost == ()
    assert "mine" not in own.load()[0].programmes
    before = identity_of(paths.library.stat())
    assert own.join(theirs).lost == ()
    assert identity_of(paths.library.stat()) == before


def test_nothing_new_leaves_the_order_of_the_runner(paths: Paths, own: OwnLibrary) -> None:
    second = {**SLED, "id": "a-second", "name": "A second"}
    before = lay(paths.library, {**OWN, "exercises": [SLED, second]})
    assert own.join({**OWN, "exercises": [second, SLED]}).lost == ()
    assert paths.library.read_bytes() == before


@pytest.mark.parametrize("wrong", [{**OWN, "colour": "blue"}, {"schema_version": 2}])
def test_a_copy_with_problems_is_never_joined(
    paths: Paths, own: OwnLibrary, wrong: dict[str, Any]
) -> None:
    before = lay(paths.library, OWN)
    with pytest.raises(StoreError, match="correct the other copy first"):
        own.join(wrong)
    assert paths.library.read_bytes() == before
    before = lay(paths.library, {**OWN, "colour": "blue"})
    with pytest.raises(StoreError, match=r"correct library\.json first"):
        own.join(OWN)
    assert paths.library.read_bytes() == before


def test_copies_that_do_not_go_together_are_not_joined(paths: Paths, own: OwnLibrary) -> None:
    before = lay(paths.library, {"schema_version": 1, "exercises": [{**SLED, "sources": ["me"]}],
                                 "sources": OWN["sources"]})  # fmt: skip
    gone = {"me": {"deleted": True, "edited": "2026-11-02T18:00:00+00:00"}}
    with pytest.raises(StoreError, match="the two copies cannot be joined: exercise sled-push"):
        own.join({"schema_version": 1, "sources": gone})
    assert paths.library.read_bytes() == before


def test_what_changed_in_the_file_is_named_until_a_writer_has_seen_it(paths: Paths) -> None:
    own = OwnLibrary(paths, lambda: SHIPPED)
    assert own.changes() == ""
    paths.root.mkdir(exist_ok=True)
    paths.library.write_text(json.dumps({"schema_version": 1, "exercises": [SLED]}))
    assert own.changes() == "", "nobody knows what it was before"
    own.changes(remember=True)
    paths.library.write_text(
        json.dumps({"schema_version": 1, "exercises": [{**SLED, "name": "Sled drag"}]})
    )
    for _ in range(2):
        assert own.changes() == f"{paths.library} was changed: {SLED['id']}"
    assert "was changed" in own.changes(remember=True)
    assert own.changes(remember=True) == ""


def test_what_the_program_changes_itself_is_no_news(paths: Paths) -> None:
    own = OwnLibrary(paths, lambda: SHIPPED)
    own.change(lambda there: {**there, **OWN}, NOW)
    assert own.changes() == ""
