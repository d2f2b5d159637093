from __future__ import annotations

import errno
import subprocess
import sys
from datetime import date

import orjson
import pytest

from tests.store.conftest import Refuse, Unconfirmed
from tui.store.errors import NewerSchema, NotSynced, StoreError
from tui.store.paths import Paths
from tui.store.profile import ProfileStore

DAY = date(2026, 11, 2)


@pytest.fixture
def profile(paths: Paths) -> ProfileStore:
    return ProfileStore(paths, writable=True)


def test_without_a_file_it_gives_defaults_and_makes_nothing(
    paths: Paths, profile: ProfileStore
) -> None:
    assert profile.get("level") is None
    assert profile.get("level", "beginner") == "beginner"
    assert profile.since("level") is None
    assert profile.values() == {}
    assert profile.remove("level") is False
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
    profile.set("key", value, DAY)
    again = ProfileStore(paths, writable=False)
    assert again.get("key", "default") == value
    assert again.since("key") == DAY
    assert orjson.loads(paths.profile.read_bytes())["settings"] == {
        "key": {"value": value, "since": "2026-11-02"}
    }
    assert paths.profile.stat().st_mode & 0o777 == 0o600


def test_a_key_is_any_text_and_each_stands_for_itself(profile: ProfileStore) -> None:
    for n, key in enumerate(["max.back-squat", "max.lunge", "7", "ä"]):
        profile.set(key, n, DAY)
    profile.set("7", "seven", date(2026, 12, 1))
    assert profile.values() == {"max.back-squat": 0, "max.lunge": 1, "7": "seven", "ä": 3}
    assert profile.since("7") == date(2026, 12, 1)


def test_setting_the_same_again_writes_nothing(paths: Paths, profile: ProfileStore) -> None:
    profile.set("level", "beginner", DAY)
    before = paths.profile.stat()
    profile.set("level", "beginner", DAY)
    ProfileStore(paths, writable=True).set("level", "beginner", DAY)
    after = paths.profile.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_removed_value_is_gone(paths: Paths, profile: ProfileStore) -> None:
    profile.set("a", 1, DAY)
    profile.set("b", 2, DAY)
    assert profile.remove("a") is True
    assert ProfileStore(paths, writable=False).values() == {"b": 2}


def test_what_is_not_understood_is_passed_over_and_kept(paths: Paths) -> None:
    paths.root.mkdir()
    stored = {"settings": {"a": 1, "b": {"since": "x"}, "c": {"value": 3, "since": 4, "by": "x"}}}
    paths.profile.write_bytes(orjson.dumps(stored))
    profile = ProfileStore(paths, writable=True)
    assert profile.values() == {"c": 3}
    assert profile.since("c") is None
    profile.set("c", 5, DAY)
    assert orjson.loads(paths.profile.read_bytes())["settings"] == {
        **stored["settings"],
        "c": {"value": 5, "since": "2026-11-02", "by": "x"},
    }


def test_a_damaged_profile_comes_back_from_its_copy_with_a_notice(
    paths: Paths, profile: ProfileStore
) -> None:
    profile.set("a", 1, DAY)
    profile.set("a", 2, DAY)
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
        profile.set("a", 1, DAY)
    assert paths.profile.read_bytes() == newer


def test_earlier_values_stay_with_their_days(paths: Paths, profile: ProfileStore) -> None:
    assert profile.history("level") == []
    profile.set("level", "beginner", DAY)
    profile.set("level", "intermediate", date(2027, 2, 1))
    profile.set("level", "advanced", date(2027, 6, 1))
    held = [
        (DAY, "beginner"),
        (date(2027, 2, 1), "intermediate"),
        (date(2027, 6, 1), "advanced"),
    ]
    again = ProfileStore(paths, writable=False)
    assert again.history("level") == held
    assert again.histories() == {"level": held}
    assert again.get("level") == "advanced"
    assert orjson.loads(paths.profile.read_bytes())["settings"]["level"] == {
        "value": "advanced",
        "since": "2027-06-01",
        "earlier": [
            {"value": "beginner", "since": "2026-11-02"},
            {"value": "intermediate", "since": "2027-02-01"},
        ],
    }


def test_a_second_word_on_the_same_day_replaces_the_first(profile: ProfileStore) -> None:
    profile.set("unit", "kg", date(2026, 1, 1))
    profile.set("unit", "lb", DAY)
    profile.set("unit", "kg", DAY)
    assert profile.history("unit") == [(date(2026, 1, 1), "kg"), (DAY, "kg")]


def test_the_last_word_holds_although_it_is_of_an_earlier_day(profile: ProfileStore) -> None:
    profile.set("level", "beginner", date(2026, 1, 1))
    profile.set("level", "intermediate", date(2026, 6, 1))
    profile.set("level", "advanced", date(2027, 1, 1))
    profile.set("level", "intermediate", date(2026, 3, 1))
    assert profile.get("level") == "intermediate"
    assert profile.history("level") == [
        (date(2026, 1, 1), "beginner"),
        (date(2026, 3, 1), "intermediate"),
    ]


def test_with_a_value_its_earlier_ones_are_forgotten(profile: ProfileStore) -> None:
    profile.set("level", "beginner", date(2026, 1, 1))
    profile.set("level", "advanced", DAY)
    profile.remove("level")
    profile.set("level", "intermediate", DAY)
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
    profile.set("a", 8, DAY)
    assert orjson.loads(paths.profile.read_bytes())["settings"]["a"] == {
        "value": 8,
        "since": "2026-11-02",
        "earlier": [*odd, good, {"value": 4, "since": "2026-03-01"}],
    }


def test_what_is_kept_of_no_day_takes_the_place_of_what_was(paths: Paths) -> None:
    odd = {"value": 1, "since": "2026-11-02", "earlier": [7], "by": "hand"}
    paths.root.mkdir()
    paths.profile.write_bytes(orjson.dumps({"settings": {"races": odd}}))
    profile = ProfileStore(paths, writable=True)
    profile.keep("races", [1])
    profile.keep("runs", [])
    assert orjson.loads(paths.profile.read_bytes())["settings"] == {
        "races": {"value": [1], "by": "hand"},
        "runs": {"value": []},
    }
    assert profile.history("races") == [(date.min, [1])]


def test_what_was_kept_is_taken_back_change_by_change(paths: Paths, profile: ProfileStore) -> None:
    assert profile.unkeep() is None
    profile.set("races", ["a"], DAY)
    was = orjson.loads(paths.profile.read_bytes())["settings"]
    profile.keep("races", ["b"])
    profile.keep("runs", [1])
    profile.keep("races", ["b", "c"])
    assert profile.unkeep() == "races"
    assert profile.values() == {"races": ["b"], "runs": [1]}
    assert profile.unkeep() == "runs"
    assert profile.values() == {"races": ["b"]}
    assert profile.unkeep() == "races"
    assert orjson.loads(paths.profile.read_bytes())["settings"] == was
    assert profile.unkeep() is None


def test_a_change_that_the_disk_refuses_is_none_to_take_back(
    profile: ProfileStore, refuse: Refuse, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile.keep("runs", [1])
    refuse("replace", errno.ENOSPC, "profile.json")
    with pytest.raises(StoreError):
        profile.keep("runs", [1, 2])
    with pytest.raises(StoreError):
        profile.unkeep()
    monkeypatch.undo()
    assert profile.get("runs") == [1]
    assert profile.unkeep() == "runs"
    assert profile.values() == {}


def test_what_the_disk_does_not_confirm_is_set_kept_and_taken_back_all_the_same(
    paths: Paths, profile: ProfileStore, unconfirmed: Unconfirmed
) -> None:
    profile.set("unit", "kg", DAY)
    profile.keep("races", ["a"])
    unconfirmed()
    with pytest.raises(NotSynced, match=r"profile\.json: the change is in the file"):
        profile.set("unit", "lb", DAY)
    with pytest.raises(NotSynced):
        profile.keep("races", ["a", "b"])
    there = {"unit": "lb", "races": ["a", "b"]}
    assert profile.values() == ProfileStore(paths, writable=False).values() == there
    with pytest.raises(NotSynced):
        profile.unkeep()
    assert profile.get("races") == ["a"]
    with pytest.raises(NotSynced):
        profile.unkeep()
    assert profile.values() == ProfileStore(paths, writable=False).values() == {"unit": "lb"}
    assert profile.unkeep() is None


def test_what_the_disk_refuses_can_still_be_taken_back_once(
    profile: ProfileStore, refuse: Refuse, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile.keep("races", ["a"])
    refuse("fsync", errno.EIO)
    with pytest.raises(StoreError):
        profile.keep("races", ["a", "b"])
    with pytest.raises(StoreError):
        profile.unkeep()
    monkeypatch.undo()
    assert profile.get("races") == ["a"]
    assert profile.unkeep() == "races"
    assert profile.unkeep() is None
