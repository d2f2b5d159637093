from __future__ import annotations

import errno
import subprocess
import sys
from datetime import date, datetime, timedelta, timezone
from typing import Any

import orjson
import pytest

from tests.store.conftest import Refuse, Unconfirmed
from tui.domain.model.versions import canonical
from tui.store.errors import NewerSchema, NotSynced, StoreError
from tui.store.paths import Paths
from tui.store.profile import ProfileStore

DAY = date(2026, 11, 2)
NOW = datetime(2026, 11, 2, 18, 0, tzinfo=timezone(timedelta(hours=1)))
STAMP = "2026-11-02T18:00:00+01:00"


def values(profile: ProfileStore) -> dict[str, Any]:
    """The current value of each setting."""
    return {key: held[-1][1] for key, held in profile.histories().items()}


def on_disk(paths: Paths, table: str = "settings") -> dict[str, Any]:
    found: dict[str, Any] = orjson.loads(paths.profile.read_bytes())[table]
    return found


@pytest.fixture
def profile(paths: Paths) -> ProfileStore:
    return ProfileStore(paths, writable=True)


def test_without_a_file_it_gives_defaults_and_makes_nothing(
    paths: Paths, profile: ProfileStore
) -> None:
    assert profile.get("level") is None
    assert profile.get("level", "beginner") == "beginner"
    assert profile.histories() == {}
    assert profile.local_histories() == {}
    profile.remove("level", NOW)
    assert profile.unkeep(NOW) is None
    assert not paths.root.exists()


def test_without_a_file_tinydb_is_not_loaded(paths: Paths) -> None:
    code = (
        "import sys; from pathlib import Path; from tui.store.paths import Paths;"
        "from tui.store.profile import ProfileStore;"
        "ProfileStore(Paths(Path(sys.argv[1])), writable=True).get('level');"
        "sys.exit('tinydb' in sys.modules)"
    )
    child = subprocess.run([sys.executable, "-c", code, str(paths.root)], check=False)
    assert child.returncode == 0


@pytest.mark.parametrize("value", ["advanced", 70.5, 0, False, None, [{"kg": 20, "n": 2}], {}])
def test_a_value_is_there_at_the_next_start_with_its_day(
    paths: Paths, profile: ProfileStore, value: object
) -> None:
    profile.set("key", value, DAY, NOW)
    again = ProfileStore(paths, writable=False)
    assert again.get("key", "default") == value
    assert again.history("key") == [(DAY, value)]
    assert on_disk(paths) == {"key": {"value": value, "since": "2026-11-02", "edited": STAMP}}
    assert paths.profile.stat().st_mode & 0o777 == 0o600


def test_a_key_is_any_text_and_each_stands_for_itself(profile: ProfileStore) -> None:
    for n, key in enumerate(["max.back-squat", "max.lunge", "7", "ä"]):
        profile.set(key, n, DAY, NOW)
    profile.set("7", "seven", date(2026, 12, 1), NOW)
    assert values(profile) == {"max.back-squat": 0, "max.lunge": 1, "7": "seven", "ä": 3}
    assert profile.history("7") == [(DAY, 2), (date(2026, 12, 1), "seven")]


def test_setting_the_same_again_writes_nothing(paths: Paths, profile: ProfileStore) -> None:
    profile.set("level", "beginner", DAY, NOW)
    before = paths.profile.stat()
    profile.set("level", "beginner", DAY, NOW)
    ProfileStore(paths, writable=True).set("level", "beginner", DAY, NOW)
    after = paths.profile.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_removed_value_is_gone(paths: Paths, profile: ProfileStore) -> None:
    profile.set("a", 1, DAY, NOW)
    profile.set("b", 2, DAY, NOW)
    profile.remove("a", NOW)
    again = ProfileStore(paths, writable=False)
    assert values(again) == {"b": 2}
    assert again.get("a", "none") == "none"
    assert on_disk(paths)["a"]["value"] == 1  # what a tombstone holds can be brought back


def test_what_is_not_understood_is_passed_over_and_kept(paths: Paths) -> None:
    paths.root.mkdir()
    stored = {"settings": {"a": 1, "b": {"since": "x"}, "c": {"value": 3, "since": 4, "by": "x"}}}
    paths.profile.write_bytes(orjson.dumps(stored))
    profile = ProfileStore(paths, writable=True)
    assert profile.histories() == {"c": [(date.min, 3)]}
    profile.set("c", 5, DAY, NOW)
    gone = {"value": 3, "since": 4, "by": "x", "edited": STAMP, "dropped": True}
    assert on_disk(paths) == {
        **stored["settings"],
        "c": {"value": 5, "since": "2026-11-02", "edited": STAMP, "earlier": [gone]},
    }
    assert profile.history("c") == [(DAY, 5)]


def test_a_damaged_profile_comes_back_from_its_copy_with_a_notice(
    paths: Paths, profile: ProfileStore
) -> None:
    profile.set("a", 1, DAY, NOW)
    profile.set("a", 2, DAY, NOW)
    paths.profile.write_bytes(b"{")
    again = ProfileStore(paths, writable=True)
    assert again.get("a") == 1
    assert "profile.json" in again.notices[0]


def test_a_newer_profile_is_refused(paths: Paths, profile: ProfileStore) -> None:
    paths.root.mkdir()
    newer = b'{"meta": {"schema_version": 3}, "settings": {}}'
    paths.profile.write_bytes(newer)
    with pytest.raises(NewerSchema):
        profile.get("a")
    with pytest.raises(NewerSchema):
        profile.set("a", 1, DAY, NOW)
    assert paths.profile.read_bytes() == newer


def test_earlier_values_stay_with_their_days(paths: Paths, profile: ProfileStore) -> None:
    assert profile.history("level") == []
    profile.set("level", "beginner", DAY, NOW)
    profile.set("level", "intermediate", date(2027, 2, 1), NOW)
    profile.set("level", "advanced", date(2027, 6, 1), NOW)
    held = [
        (DAY, "beginner"),
        (date(2027, 2, 1), "intermediate"),
        (date(2027, 6, 1), "advanced"),
    ]
    again = ProfileStore(paths, writable=False)
    assert again.history("level") == held
    assert again.histories() == {"level": held}
    assert again.get("level") == "advanced"
    assert on_disk(paths)["level"] == {
        "value": "advanced",
        "since": "2027-06-01",
        "edited": "2026-11-02T18:00:00.000002+01:00",
        "earlier": [
            {"value": "beginner", "since": "2026-11-02", "edited": STAMP},
            {
                "value": "intermediate",
                "since": "2027-02-01",
                "edited": "2026-11-02T18:00:00.000001+01:00",
            },
        ],
    }


def test_a_second_word_on_the_same_day_replaces_the_first(profile: ProfileStore) -> None:
    profile.set("unit", "kg", date(2026, 1, 1), NOW)
    profile.set("unit", "lb", DAY, NOW)
    profile.set("unit", "kg", DAY, NOW)
    assert profile.history("unit") == [(date(2026, 1, 1), "kg"), (DAY, "kg")]


def test_the_last_word_holds_although_it_is_of_an_earlier_day(profile: ProfileStore) -> None:
    profile.set("level", "beginner", date(2026, 1, 1), NOW)
    profile.set("level", "intermediate", date(2026, 6, 1), NOW)
    profile.set("level", "advanced", date(2027, 1, 1), NOW)
    profile.set("level", "intermediate", date(2026, 3, 1), NOW)
    assert profile.get("level") == "intermediate"
    assert profile.history("level") == [
        (date(2026, 1, 1), "beginner"),
        (date(2026, 3, 1), "intermediate"),
    ]


def test_with_a_value_its_earlier_ones_are_forgotten(profile: ProfileStore) -> None:
    profile.set("level", "beginner", date(2026, 1, 1), NOW)
    profile.set("level", "advanced", DAY, NOW)
    profile.remove("level", NOW)
    profile.set("level", "intermediate", DAY, NOW)
    assert profile.history("level") == [(DAY, "intermediate")]


def test_earlier_values_that_are_not_understood_are_passed_over_and_kept(paths: Paths) -> None:
    odd = [7, {"value": 1}, {"value": 2, "since": "x"}, {"since": "2026-01-01"}]
    good = {"value": 3, "since": "2026-02-01", "by": "hand"}
    stored = {
        "a": {"value": 4, "since": "2026-03-01", "earlier": [*odd, good]},
        "b": {"value": 5, "since": "2026-03-01", "earlier": "x"},
        "c": {"value": 6, "earlier": [good]},
        "d": {"value": 7},
    }
    paths.root.mkdir()
    paths.profile.write_bytes(orjson.dumps({"settings": stored}))
    profile = ProfileStore(paths, writable=True)
    assert profile.history("a") == [(date(2026, 2, 1), 3), (date(2026, 3, 1), 4)]
    assert profile.history("b") == [(date(2026, 3, 1), 5)]
    assert profile.history("c") == [(date(2026, 2, 1), 3), (date(2026, 2, 1), 6)]
    assert profile.history("d") == [(date.min, 7)]
    profile.set("a", 8, DAY, NOW)
    assert on_disk(paths)["a"] == {
        "value": 8,
        "since": "2026-11-02",
        "edited": STAMP,
        "earlier": [
            *sorted(odd, key=canonical),
            {**good, "edited": "2026-02-01T00:00:00+00:00"},
            {"value": 4, "since": "2026-03-01", "edited": "2026-03-01T00:00:00+00:00"},
        ],
    }


# --- tables of documents ----------------------------------------------------------------------


def test_a_document_is_kept_and_removed_with_its_content(
    paths: Paths, profile: ProfileStore
) -> None:
    profile.keep("races", {"a": {"day": "2026-12-20"}, "b": {"day": "2026-12-21"}}, NOW)
    profile.keep("races", {"a": None, "c": None}, NOW)
    left = {"id": "b", "edited": STAMP, "day": "2026-12-21"}
    assert ProfileStore(paths, writable=False).documents("races") == {"b": left}
    assert profile.histories() == {"races": [(date.min, [left])]}
    assert on_disk(paths, "races")["a"] == {
        "id": "a", "edited": "2026-11-02T18:00:00.000001+01:00", "day": "2026-12-20",
        "deleted": True,
    }  # fmt: skip
    assert on_disk(paths, "races").keys() == {"a", "b"}


def test_keeping_the_same_again_writes_nothing(paths: Paths, profile: ProfileStore) -> None:
    profile.keep("races", {"a": {"day": "2026-12-20"}}, NOW)
    before = paths.profile.read_bytes()
    profile.keep("races", {"a": {"day": "2026-12-20"}}, NOW + timedelta(days=1))
    assert paths.profile.read_bytes() == before
    assert profile.unkeep(NOW) == "races"
    assert profile.documents("races").keys() == {"a"}


def test_what_was_kept_is_taken_back_change_by_change(profile: ProfileStore) -> None:
    assert profile.unkeep(NOW) is None
    profile.keep("races", {"a": {"n": 1}}, NOW)
    profile.keep("runs", {"a": {"n": 2}}, NOW)
    profile.keep("races", {"a": None, "b": {"n": 3}}, NOW)

    def found() -> dict[str, list[int]]:
        tables = {name: profile.documents(name).values() for name in ("races", "runs")}
        return {name: [doc["n"] for doc in docs] for name, docs in tables.items()}

    assert found() == {"races": [3], "runs": [2]}
    assert profile.unkeep(NOW) == "races"
    assert found() == {"races": [1], "runs": [2]}
    assert profile.unkeep(NOW) == "runs"
    assert found() == {"races": [1], "runs": []}
    assert profile.unkeep(NOW) == "races"
    assert found() == {"races": [], "runs": []}
    assert profile.unkeep(NOW) is None


def test_what_was_taken_back_is_made_again_until_something_else_is_kept(
    profile: ProfileStore,
) -> None:
    assert profile.rekeep(NOW) is None
    profile.keep("races", {"a": {"n": 1}}, NOW)
    profile.keep("races", {"a": None, "b": {"n": 3}}, NOW)

    def found() -> list[int]:
        return [doc["n"] for doc in profile.documents("races").values()]

    assert [profile.unkeep(NOW), profile.unkeep(NOW)] == ["races", "races"]
    assert found() == []
    assert profile.rekeep(NOW) == "races"
    assert found() == [1]
    assert profile.rekeep(NOW) == "races"
    assert found() == [3]
    assert profile.rekeep(NOW) is None
    assert profile.unkeep(NOW) == "races"
    assert found() == [1]
    profile.keep("runs", {"a": {"n": 2}}, NOW)
    assert profile.rekeep(NOW) is None


def test_a_change_that_the_disk_refuses_is_none_to_take_back(
    profile: ProfileStore, refuse: Refuse, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile.keep("runs", {"a": {}}, NOW)
    refuse("replace", errno.ENOSPC, "profile.json")
    with pytest.raises(StoreError):
        profile.keep("runs", {"b": {}}, NOW)
    with pytest.raises(StoreError):
        profile.unkeep(NOW)
    monkeypatch.undo()
    assert profile.documents("runs").keys() == {"a"}
    assert profile.rekeep(NOW) is None
    assert profile.unkeep(NOW) == "runs"
    assert profile.documents("runs") == {}


def test_what_the_disk_does_not_confirm_is_set_kept_and_taken_back_all_the_same(
    paths: Paths, profile: ProfileStore, unconfirmed: Unconfirmed
) -> None:
    profile.set("unit", "kg", DAY, NOW)
    profile.keep("races", {"a": {}}, NOW)
    unconfirmed()
    with pytest.raises(NotSynced, match=r"profile\.json: the change is in the file"):
        profile.set("unit", "lb", DAY, NOW)
    with pytest.raises(NotSynced):
        profile.keep("races", {"b": {}}, NOW)

    def both() -> tuple[object, set[str]]:
        again = ProfileStore(paths, writable=False)
        found = profile.get("unit"), {*profile.documents("races")}
        assert found == (again.get("unit"), {*again.documents("races")})
        return found

    assert both() == ("lb", {"a", "b"})
    with pytest.raises(NotSynced):
        profile.unkeep(NOW)
    assert both() == ("lb", {"a"})
    with pytest.raises(NotSynced):
        profile.unkeep(NOW)
    assert both() == ("lb", set())
    assert profile.unkeep(NOW) is None


def test_what_the_disk_refuses_can_still_be_taken_back_once(
    profile: ProfileStore, refuse: Refuse, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile.keep("races", {"a": {}}, NOW)
    refuse("fsync", errno.EIO)
    with pytest.raises(StoreError):
        profile.keep("races", {"b": {}}, NOW)
    with pytest.raises(StoreError):
        profile.unkeep(NOW)
    monkeypatch.undo()
    assert profile.documents("races").keys() == {"a"}
    assert profile.unkeep(NOW) == "races"
    assert profile.unkeep(NOW) is None


# --- what is one machine's --------------------------------------------------------------------


def test_keys_and_bells_are_kept_outside_the_data_folder(
    paths: Paths, profile: ProfileStore
) -> None:
    profile.set("bells", {"change": False}, DAY, NOW)
    assert not paths.root.exists()
    assert paths.local.stat().st_mode & 0o777 == 0o600
    assert paths.local.parent.stat().st_mode & 0o777 == 0o700
    again = ProfileStore(paths, writable=False)
    assert again.get("bells") == {"change": False}
    assert again.local_histories() == {"bells": [(DAY, {"change": False})]}
    assert again.histories() == {}
    assert again.file_of("bells") == "local.json"
    profile.remove("bells", NOW)
    assert again.get("bells") is None


@pytest.mark.parametrize(("key", "value"), [("theme", "light"), ("mouse", False)])
def test_colours_and_mouse_are_this_machines(
    paths: Paths, profile: ProfileStore, key: str, value: object
) -> None:
    profile.set(key, value, DAY, NOW)
    assert not paths.root.exists()
    assert profile.local_histories() == {key: [(DAY, value)]}


def test_a_value_that_its_owner_changes_afterwards_is_set_anew(
    paths: Paths, profile: ProfileStore
) -> None:
    bells = {"change": True}
    profile.set("bells", bells, DAY, NOW)
    bells["change"] = False
    assert profile.get("bells") == {"change": True}
    profile.set("bells", bells, DAY, NOW)
    assert ProfileStore(paths, writable=False).get("bells") == {"change": False}


def test_what_an_older_version_left_in_the_profile_holds_until_the_first_change(
    paths: Paths,
) -> None:
    paths.root.mkdir()
    old = {
        "bells": {"value": {"count": False}, "since": "2026-10-01"},
        "keys": {"value": {"library": "f5"}},
    }
    paths.profile.write_bytes(orjson.dumps({"settings": old}))
    before = paths.profile.read_bytes()
    profile = ProfileStore(paths, writable=True)
    assert profile.get("bells") == {"count": False}
    assert profile.file_of("bells") == "profile.json"
    profile.set("bells", {"count": True}, DAY, NOW)
    assert profile.history("bells") == [
        (date(2026, 10, 1), {"count": False}),
        (DAY, {"count": True}),
    ]
    assert profile.get("keys") == {"library": "f5"}
    profile.remove("keys", NOW)
    assert profile.get("keys") is None
    assert paths.profile.read_bytes() == before
    assert profile.histories() == {}


def test_advice_does_not_need_what_is_this_machines(paths: Paths, profile: ProfileStore) -> None:
    profile.set("level", "beginner", DAY, NOW)
    paths.local.mkdir(parents=True)
    assert values(ProfileStore(paths, writable=False)) == {"level": "beginner"}
    with pytest.raises(StoreError, match="local"):
        profile.get("bells")
