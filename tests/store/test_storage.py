from __future__ import annotations

import errno
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson
import pytest
from tinydb import TinyDB, where

from tests.store.conftest import Refuse
from tui.store.atomic import backup_of, write
from tui.store.database import Database
from tui.store.errors import NewerSchema, StoreError
from tui.store.migrations import VERSION, migrate
from tui.store.storage import AtomicStorage
from tui.store.tables import Tables

GOOD = b'{"meta": {"schema_version": 2}, "sessions": {"A": {"id": "A"}}, "records": {}}'
OLDER = b'{"meta": {"schema_version": 2}, "sessions": {"B": {"id": "B"}}}'
NEWER = b'{"meta": {"schema_version": 99}, "sessions": {"A": {"id": "A"}}}'
DAMAGE = [
    b"",
    b"\0" * 80,
    GOOD[:-1],
    b"[]",
    b'{"sessions": []}',
    b'{"meta": {"schema_version": "1"}, "sessions": {}}',
    b'{"meta": {"schema_version": 0}, "sessions": {}}',
    b'{"meta": {"schema_version": true}, "sessions": {}}',
    b'{"meta": 1, "sessions": {}}',
    b'{"sessions": ' + b"[" * 5000 + b"]" * 5000 + b"}",
    b'\xff{"sessions": {}}',
]


def opened(path: Path, *, writable: bool = True) -> tuple[AtomicStorage, list[str]]:
    notices: list[str] = []
    return AtomicStorage(path, writable=writable, notices=notices), notices


def contents(path: Path) -> dict[str, Any]:
    """A file of ours without its hash."""
    whole: dict[str, Any] = orjson.loads(path.read_bytes())
    del whole["meta"]["sha256"]
    return whole


def listing(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_file_is_readable_json_with_its_version(tmp_path: Path) -> None:
    path = tmp_path / "log" / "2026.json"
    opened(path)[0].write({"sessions": {"A": {"id": "A", "note": "gut"}}})
    text = path.read_text()
    told = orjson.loads(text)["meta"]["sha256"]
    assert text == (
        f'{{\n  "meta": {{\n    "schema_version": 2,\n    "sha256": "{told}"\n  }},\n'
        '  "sessions": {\n    "A": {\n      "id": "A",\n      "note": "gut"\n    }\n  }\n}\n'
    )
    assert told == sha256(text.replace(told, "0" * 64).encode()).hexdigest()


def test_reading_what_is_not_there_creates_nothing(tmp_path: Path) -> None:
    storage, notices = opened(tmp_path / "data" / "2026.json")
    assert storage.read() is None
    assert notices == []
    assert listing(tmp_path) == {}


def test_any_tinydb_can_use_it(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    with TinyDB(storage=lambda: opened(path)[0]) as database:
        database.insert({"a": 1})
        database.table("more").insert({"b": 2})
        database.update({"a": 3})
    with TinyDB(storage=lambda: opened(path)[0]) as database:
        assert database.all() == [{"a": 3}]
        assert database.tables() == {"_default", "more"}


def test_a_second_read_does_not_parse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(GOOD)
    storage, _ = opened(path)
    first = storage.read()
    with monkeypatch.context() as patch:
        patch.setattr(orjson, "loads", lambda _: pytest.fail("parsed again"))
        assert storage.read() == first
    other, _ = opened(path)
    other.write({"sessions": {"B": {"id": "B"}}})
    assert storage.read() == {"sessions": {"B": {"id": "B"}}}, "another writer's file is seen"


def test_what_was_let_go_is_parsed_again(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(GOOD)
    storage, _ = opened(path)
    storage.let_go()
    first = storage.read()
    storage.let_go()
    again = storage.read()
    assert again == first == {"sessions": {"A": {"id": "A"}}, "records": {}}
    assert first is not None
    assert again["sessions"] is not first["sessions"], "the first ones are no longer kept"


def test_which_ids_there_were_is_known_after_letting_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(GOOD)
    storage, _ = opened(path)
    storage.read()
    storage.let_go()
    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", lambda *_: pytest.fail("read again"))
        assert storage.may_hold(["A"])
        assert storage.may_hold(["A", "B"])
        assert not storage.may_hold(["B"])
        assert not storage.may_hold(["B", "C"])
    other, _ = opened(path)
    other.write({"sessions": {"B": {"id": "B"}}})
    assert storage.may_hold(["B"]), "another writer's file is seen"
    assert not storage.may_hold(["A"])


def test_what_was_let_go_is_whole_in_the_next_write(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(
        b'{"meta": {"schema_version": 2, "by": "x"}, "plans": {"P": {"a": [1]}}, '
        b'"sessions": {"A": {"id": "A", "new": 1}, "odd": 7}}'
    )
    database = Database(path, writable=True, notices=[])
    database.documents("sessions")
    database.let_go()
    database.put({"sessions": {"B": {"id": "B"}}})
    assert contents(path) == {
        "meta": {"schema_version": 2, "by": "x"},
        "plans": {"P": {"a": [1]}},
        "sessions": {"A": {"id": "A", "new": 1}, "odd": 7, "B": {"id": "B"}},
    }


def test_a_file_edited_in_place_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(GOOD)
    storage, _ = opened(path)
    storage.read()
    path.write_bytes(OLDER)
    assert storage.read() == {"sessions": {"B": {"id": "B"}}}


def test_the_same_again_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    storage, _ = opened(path)
    storage.write({"sessions": {"A": {"id": "A"}}})
    before = path.stat()
    storage.write({"sessions": {"A": {"id": "A"}}})
    after = path.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert not backup_of(path).exists()


def test_what_this_version_does_not_know_stays_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b'{"meta": {"schema_version": 2, "by": "x"}, "plans": {"P": {"a": [1]}}}')
    database = Database(path, writable=True, notices=[])
    database.put({"sessions": {"A": {"id": "A"}}})
    assert contents(path) == {
        "meta": {"schema_version": 2, "by": "x"},
        "plans": {"P": {"a": [1]}},
        "sessions": {"A": {"id": "A"}},
    }


def test_a_document_taken_out_is_not_the_stored_one(tmp_path: Path) -> None:
    database = Database(tmp_path / "a.json", writable=True, notices=[])
    given = {"id": "A"}
    database.put({"sessions": {"A": given}})
    given["id"] = "changed"
    database.documents("sessions")[0]["id"] = "changed"
    database.holding("sessions", ["A"])["A"]["id"] = "changed"
    assert database.documents("sessions") == [{"id": "A"}]


def test_a_query_sees_what_another_process_wrote(tmp_path: Path) -> None:
    mine, other = (Database(tmp_path / "a.json", writable=True, notices=[]) for _ in range(2))
    mine.put({"sessions": {"A": {"id": "A"}}})
    assert mine.table("sessions").count(where("id") == "B") == 0
    other.put({"sessions": {"B": {"id": "B"}}})
    assert mine.table("sessions").count(where("id") == "B") == 1


def test_a_put_replaces_all_of_a_document(tmp_path: Path) -> None:
    database = Database(tmp_path / "a.json", writable=True, notices=[])
    database.put({"sessions": {"A": {"id": "A", "note": "x"}}})
    database.put({"sessions": {"A": {"id": "A"}}})
    assert database.documents("sessions") == [{"id": "A"}]


def test_several_tables_are_one_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[Path] = []

    def counted(path: Path, data: bytes) -> None:
        written.append(path)
        write(path, data)

    monkeypatch.setattr("tui.store.storage.write", counted)
    database = Database(tmp_path / "a.json", writable=True, notices=[])
    database.put({"sessions": {"A": {}}, "records": {"B": {}}})
    assert written == [tmp_path / "a.json"]
    assert [database.documents("sessions"), database.documents("records")] == [[{}], [{}]]


@pytest.mark.parametrize("tables", [{"s": {"A": {"bad": object()}}}, {"s": {"A": {"n": "\ud800"}}}])
def test_what_json_cannot_hold_is_refused_and_the_file_kept(
    tmp_path: Path, tables: dict[str, Any]
) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(GOOD)
    database = Database(path, writable=True, notices=[])
    with pytest.raises(StoreError, match=r"a\.json was not written"):
        database.put(tables)
    assert path.read_bytes() == GOOD
    assert database.documents("s") == []
    assert database.documents("sessions") == [{"id": "A"}]


def test_a_change_in_place_that_was_not_written_is_not_read(tmp_path: Path, refuse: Refuse) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(GOOD)
    database = TinyDB(storage=lambda: opened(path)[0])
    sessions = database.table("sessions")
    sessions.document_id_class = str  # type: ignore[assignment]
    refuse("replace", errno.ENOSPC)
    with pytest.raises(StoreError):
        sessions.update({"id": "changed"})
    assert sessions.all() == [{"id": "A"}]


@pytest.mark.parametrize("damage", DAMAGE, ids=range(len(DAMAGE)))
def test_a_damaged_file_is_kept_and_its_backup_used(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "2026.json"
    path.write_bytes(damage)
    backup_of(path).write_bytes(OLDER)
    storage, notices = opened(path)
    assert storage.read() == {"sessions": {"B": {"id": "B"}}}
    storage.let_go()
    assert storage.read() == {"sessions": {"B": {"id": "B"}}}
    files = listing(tmp_path)
    assert files.keys() == {"2026.json", "2026.json.bak", "2026.json.damaged-1"}
    assert (files["2026.json.bak"], files["2026.json.damaged-1"]) == (OLDER, damage)
    assert contents(path) == orjson.loads(OLDER)
    assert len(notices) == 1
    assert str(path) in notices[0]
    assert "damaged" in notices[0]
    assert "2026.json.damaged-1" in notices[0]
    assert opened(path)[0].read() == {"sessions": {"B": {"id": "B"}}}


@pytest.mark.parametrize("damage", DAMAGE, ids=range(len(DAMAGE)))
def test_without_a_good_copy_both_are_kept_and_it_starts_empty(
    tmp_path: Path, damage: bytes
) -> None:
    path = tmp_path / "2026.json"
    path.write_bytes(damage)
    backup_of(path).write_bytes(b"{")
    storage, notices = opened(path)
    assert storage.read() is None
    for n in range(3):
        storage.write({"sessions": {"C": {"id": "C", "n": n}}})
    assert listing(tmp_path).items() >= {
        ("2026.json.damaged-1", damage),
        ("2026.json.bak.damaged-1", b"{"),
    }
    assert len(notices) == 2
    assert "nobody knows what is missing" in notices[1]


def test_a_damaged_file_that_never_had_a_copy_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "2026.json"
    path.write_bytes(b"{")
    storage, notices = opened(path)
    assert storage.read() is None
    assert listing(tmp_path) == {"2026.json.damaged-1": b"{"}
    assert len(notices) == 1


def test_a_missing_file_comes_back_from_its_backup(tmp_path: Path) -> None:
    path = tmp_path / "2026.json"
    backup_of(path).write_bytes(OLDER)
    storage, notices = opened(path)
    assert storage.read() == {"sessions": {"B": {"id": "B"}}}
    assert contents(path) == orjson.loads(OLDER)
    assert "is missing" in notices[0]
    assert "without the last change: stridelift restore" in notices[0]


@pytest.mark.parametrize("main", [b"{", None], ids=["damaged", "missing"])
@pytest.mark.parametrize("backup", [OLDER, b"{"], ids=["good", "damaged"])
def test_reading_only_changes_nothing_on_disk(
    tmp_path: Path, main: bytes | None, backup: bytes
) -> None:
    path = tmp_path / "2026.json"
    if main is not None:
        path.write_bytes(main)
    backup_of(path).write_bytes(backup)
    before = listing(tmp_path)
    storage, notices = opened(path, writable=False)
    expected = {"sessions": {"B": {"id": "B"}}} if backup == OLDER else None
    assert [storage.read(), storage.read()] == [expected, expected]
    storage.let_go()
    assert storage.read() == expected
    assert notices
    assert len(notices) == len(set(notices))
    with pytest.raises(StoreError, match="reading only"):
        storage.write({})
    assert listing(tmp_path) == before


def test_a_damaged_file_is_read_from_its_backup_on_a_full_disk(
    tmp_path: Path, refuse: Refuse
) -> None:
    path = tmp_path / "2026.json"
    path.write_bytes(b"{")
    backup_of(path).write_bytes(OLDER)
    refuse("open", errno.ENOSPC, ".tmp")
    storage, notices = opened(path)
    assert storage.read() == {"sessions": {"B": {"id": "B"}}}
    assert sorted(listing(tmp_path)) == ["2026.json.bak", "2026.json.damaged-1"]
    assert storage.read() == {"sessions": {"B": {"id": "B"}}}
    storage.let_go()
    assert storage.read() == {"sessions": {"B": {"id": "B"}}}
    assert len(notices) == 1, "once is enough"


def test_a_damaged_file_that_cannot_be_set_aside_is_an_error_and_stays(
    tmp_path: Path, refuse: Refuse
) -> None:
    path = tmp_path / "2026.json"
    path.write_bytes(b"{")
    backup_of(path).write_bytes(OLDER)
    refuse("rename", errno.EROFS)
    with pytest.raises(StoreError, match="could not be set aside"):
        opened(path)[0].read()
    assert listing(tmp_path) == {"2026.json": b"{", "2026.json.bak": OLDER}


@pytest.mark.parametrize("main", [NEWER, b"{", None], ids=["itself", "damaged", "missing"])
@pytest.mark.parametrize("writable", [True, False])
def test_a_newer_file_is_refused_and_left_as_it_is(
    tmp_path: Path, main: bytes | None, writable: bool
) -> None:
    path = tmp_path / "2026.json"
    if main is not None:
        path.write_bytes(main)
    backup_of(path).write_bytes(NEWER)
    before = listing(tmp_path)
    storage, _ = opened(path, writable=writable)
    with pytest.raises(NewerSchema, match=r"2026\.json.*Update stridelift"):
        storage.read()
    with pytest.raises(StoreError):
        storage.write({})
    assert listing(tmp_path) == before


def test_a_file_that_cannot_be_read_is_an_error_never_an_empty_log(tmp_path: Path) -> None:
    path = tmp_path / "2026.json"
    path.mkdir()
    with pytest.raises(StoreError, match=r"2026\.json could not be read"):
        opened(path)[0].read()


def test_a_name_from_a_file_cannot_reach_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "2026\x1b[2J.json"
    path.write_bytes(b"{")
    storage, notices = opened(path)
    storage.read()
    assert "\x1b" not in "".join(notices)


def test_migrations_lead_step_by_step_to_the_present_version() -> None:
    def rename(tables: Tables) -> Tables:
        return {"sessions": tables["workouts"]}

    def number(tables: Tables) -> Tables:
        return {**tables, "sessions": {k: {"id": k, **d} for k, d in tables["sessions"].items()}}

    steps = {1: rename, 2: number}
    old: Tables = {"workouts": {"A": {"note": "x"}}}
    assert migrate(old, 1, steps, current=3) == {"sessions": {"A": {"id": "A", "note": "x"}}}
    assert migrate({"sessions": {"A": {}}}, 2, steps, current=3) == {"sessions": {"A": {"id": "A"}}}
    assert migrate(old, 3, steps, current=3) == old
    assert old == {"workouts": {"A": {"note": "x"}}}


def test_an_older_file_is_migrated_as_it_is_read_and_stamped_as_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "2026.json"
    path.write_bytes(OLDER)
    for module in ("storage", "table_file"):
        monkeypatch.setattr(f"tui.store.{module}.VERSION", VERSION + 1)
    monkeypatch.setattr(
        "tui.store.table_file.migrate", lambda tables, _: {"moved": tables["sessions"]}
    )
    database = Database(path, writable=True, notices=[])
    assert database.documents("moved") == [{"id": "B"}]
    assert path.read_bytes() == OLDER, "reading writes nothing"
    database.put({"moved": {"C": {}}})
    assert contents(path) == {
        "meta": {"schema_version": VERSION + 1},
        "moved": {"B": {"id": "B"}, "C": {}},
    }


def test_a_file_as_it_was_written_here_need_not_be_parsed(tmp_path: Path) -> None:
    path = tmp_path / "2026.json"
    storage, _ = opened(path)
    assert storage.at_hand(b"") is None
    tables: Tables = {"sessions": {"A": {"id": "A"}}}
    storage.write(tables)
    data = path.read_bytes()
    assert storage.at_hand(data) == tables
    assert storage.at_hand(data[:-1]) is None
    path.write_bytes(GOOD)
    assert storage.at_hand(data) is None
    storage.read()
    # Whole, but not in the form that it would be written in.
    assert storage.at_hand(GOOD) is None
