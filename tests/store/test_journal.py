from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.conftest import Refuse, Unconfirmed
from tui.store.errors import Overtaken, StoreError
from tui.store.journal import Journal, copies_aside, journal_path, pending
from tui.store.journal_lines import (
    LARGEST_LINE,
    MOST_BYTES,
    MOST_LINES,
    Scan,
    lines_of,
    read,
    scan_lines,
)
from tui.store.paths import Paths

EVENTS: list[dict[str, Any]] = [
    {"event": "start", "at": "2026-11-02T18:05:00+01:00"},
    {"event": "log", "done": {"load_kg": 60.0, "reps": 8}},
    {"event": "note", "text": "zweite Reihe\nhärter 💪"},
]
NUMBERED = [{"n": n, **event} for n, event in enumerate(EVENTS, start=1)]


@pytest.fixture
def journal(paths: Paths) -> Journal:
    return Journal.create(paths, "S1")


def written(paths: Paths, events: list[dict[str, Any]]) -> Path:
    journal = Journal.create(paths, "S1")
    for event in events:
        journal.append(event)
    journal.close()
    return journal.path


def whole(events: list[dict[str, Any]], path: Path) -> Scan:
    """What a journal that is not damaged says."""
    return Scan(events, [], frozenset(), len(events), path.stat().st_size)


def reopened(path: Path) -> list[dict[str, Any]]:
    journal = Journal.open(path)
    journal.close()
    return journal.events


def test_an_event_is_a_line_with_its_number(paths: Paths) -> None:
    path = written(paths, EVENTS)
    lines = path.read_bytes().splitlines()
    assert [orjson.loads(line) | {"sum": ""} for line in lines] == [
        {**event, "sum": ""} for event in NUMBERED
    ]
    assert lines[0].startswith(b'{"n":1,"event":"start"')
    assert read(path) == whole(NUMBERED, path)


def test_it_is_on_disk_before_append_returns(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[bytes] = []
    fsync = os.fsync

    def watched(handle: int) -> None:
        fsync(handle)
        synced.append(journal.path.read_bytes())

    monkeypatch.setattr(os, "fsync", watched)
    journal.append(EVENTS[0])
    assert synced == [lines_of(EVENTS[:1], 1, journal.path)]


def test_a_new_journal_has_its_name_on_disk(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    paths.live_dir.mkdir(parents=True)
    synced: list[list[str]] = []
    monkeypatch.setattr(
        "tui.store.journal.sync_folder",
        lambda folder: synced.append([path.name for path in folder.iterdir()]),
    )
    journal = Journal.create(paths, "S1")
    journal.remove()
    assert synced == [[journal.path.name], []]


def test_a_new_journal_whose_name_the_disk_does_not_confirm_is_none(
    paths: Paths, unconfirmed: Unconfirmed, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths.live_dir.mkdir(parents=True)
    unconfirmed()
    with pytest.raises(StoreError, match="could not be written"):
        Journal.create(paths, "S1")
    assert pending(paths) == []
    monkeypatch.undo()
    Journal.create(paths, "S1").close()


def test_a_journal_is_removed_whatever_the_disk_confirms(
    paths: Paths, unconfirmed: Unconfirmed
) -> None:
    journal = Journal.create(paths, "S1")
    unconfirmed()
    journal.remove()
    assert pending(paths) == []


def test_it_and_its_folder_are_for_their_owner_alone(paths: Paths) -> None:
    before = os.umask(0)
    try:
        journal = Journal.create(paths, "S1")
    finally:
        os.umask(before)
    assert journal.path.stat().st_mode & 0o777 == 0o600
    assert paths.live_dir.stat().st_mode & 0o777 == 0o700


def test_a_new_journal_never_replaces_one(paths: Paths) -> None:
    path = written(paths, EVENTS)
    with pytest.raises(StoreError, match="something else stands there"):
        Journal.create(paths, "S1")
    assert reopened(path) == NUMBERED


@pytest.mark.parametrize("name", ["", "../S1", "a/b", ".", "a b", "x" * 65, "S1\n"])
def test_an_id_cannot_lead_to_another_folder(paths: Paths, name: str) -> None:
    with pytest.raises(StoreError, match="cannot be the id"):
        Journal.create(paths, name)
    assert not paths.root.exists()


def test_a_number_in_an_event_gives_way_to_the_line_number(journal: Journal) -> None:
    journal.append({"n": 99, "event": "x"})
    assert reopened(journal.path) == [{"n": 1, "event": "x"}]


def test_it_goes_on_where_it_stopped(paths: Paths) -> None:
    path = written(paths, EVENTS[:2])
    journal = Journal.open(path)
    assert journal.events == NUMBERED[:2]
    journal.append(EVENTS[2])
    assert reopened(path) == NUMBERED


def test_torn_at_any_byte_it_keeps_the_whole_lines_and_takes_new_ones(paths: Paths) -> None:
    path = written(paths, EVENTS)
    data = path.read_bytes()
    ends = [at + 1 for at, byte in enumerate(data) if byte == ord("\n")]
    for length in range(len(data) + 1):
        path.write_bytes(data[:length])
        kept = sum(end <= length for end in ends)
        assert read(path) == Scan(NUMBERED[:kept], [], frozenset(), kept, ([0, *ends])[kept])
        assert path.stat().st_size == length, "reading changes nothing"
        journal = Journal.open(path)
        assert journal.events == NUMBERED[:kept]
        assert path.stat().st_size == ([0, *ends])[kept]
        journal.append(EVENTS[0])
        journal.close()
        assert read(path).events == [*NUMBERED[:kept], {**NUMBERED[0], "n": kept + 1}]
    assert [*paths.live_dir.iterdir()] == [path]


@pytest.mark.parametrize("tail", [b"\0\0\0", b'{"n":4', b"7", b"[]", b"\xff"])
def test_a_last_line_without_its_end_is_cut_off(paths: Paths, tail: bytes) -> None:
    path = written(paths, EVENTS)
    data, good = path.read_bytes(), read(path)
    path.write_bytes(data + tail)
    assert read(path) == good == whole(NUMBERED, path)._replace(length=len(data))
    assert reopened(path) == NUMBERED
    assert path.read_bytes() == data


@pytest.mark.parametrize("line", [0, 1, 2])
@pytest.mark.parametrize("damage", [b"{", b"", b"\0\0", b"7", b"\xff", b"[]", b'{"n":4'])
def test_a_damaged_line_costs_only_itself_and_the_whole_is_kept_aside(
    paths: Paths, line: int, damage: bytes
) -> None:
    path = written(paths, EVENTS)
    lines = path.read_bytes().splitlines()
    lines[line] = damage
    data = b"\n".join(lines) + b"\n"
    path.write_bytes(data)
    left = [*NUMBERED[:line], *NUMBERED[line + 1 :]]
    assert read(path) == Scan(left, [line + 1], frozenset({line}), 3, len(data))
    assert path.read_bytes() == data, "reading changes nothing"
    renumbered = [{**event, "n": n} for n, event in enumerate(left, 1)]
    journal = Journal.open(path)
    assert journal.events == renumbered
    journal.append(EVENTS[2])
    assert read(path) == whole([*renumbered, {**EVENTS[2], "n": 3}], path)
    (copy,) = copies_aside(paths)
    assert copy.read_bytes() == data
    assert pending(paths) == ["S1"]


def test_any_flipped_bit_is_noticed_and_turned_back(paths: Paths) -> None:
    path = written(paths, EVENTS)
    data, good = path.read_bytes(), read(path)
    for at in range(len(data)):
        for bit in range(8):
            flipped = bytearray(data)
            flipped[at] ^= 1 << bit
            scan = scan_lines(bytes(flipped))
            if not scan.damaged:
                # The sum under another key: one more field, which nobody reads.
                told = [{k: e[k] for k in n} for e, n in zip(scan.events, NUMBERED, strict=True)]
                assert told == NUMBERED, (at, bit)
                continue
            # A new line end makes two lines, of which no sum says what they were.
            if data[at] == ord("\n") or flipped[at] != ord("\n"):
                assert scan.events == good.events, (at, bit)
            else:
                assert sum(event in NUMBERED for event in scan.events) == len(NUMBERED) - 1


def test_what_someone_wrote_into_a_line_stays_and_is_noticed(paths: Paths) -> None:
    path = written(paths, EVENTS)
    path.write_bytes(path.read_bytes().replace(b'"load_kg":60.0', b'"load_kg":62.5'))
    changed = [NUMBERED[0], {"n": 2, "event": "log", "done": {"load_kg": 62.5, "reps": 8}}]
    assert read(path) == Scan([*changed, NUMBERED[2]], [2], frozenset(), 3, path.stat().st_size)


def test_a_journal_from_before_lines_had_sums_is_whole(paths: Paths) -> None:
    path = written(paths, EVENTS)
    path.write_bytes(b"".join(orjson.dumps(event) + b"\n" for event in NUMBERED))
    assert read(path) == whole(NUMBERED, path)


@given(st.binary(max_size=60))
def test_any_bytes_give_events_and_no_error(data: bytes) -> None:
    scan = scan_lines(data)
    assert scan.length <= len(data)
    assert len(scan.damaged) <= scan.line_count <= data.count(b"\n") + 1
    assert all(isinstance(event, dict) for event in scan.events)


# --- bounds ---------------------------------------------------------------------------------------


def test_a_line_too_long_to_be_one_is_left_out(paths: Paths) -> None:
    path = written(paths, EVENTS)
    with path.open("ab") as file:
        file.write(b'{"a":"' + b"x" * LARGEST_LINE + b'"}\n')
    assert read(path).events == NUMBERED
    assert read(path).damaged == [4]
    with pytest.raises(StoreError, match="too long"):
        Journal.open(path).append({"note": "x" * LARGEST_LINE})


@pytest.mark.parametrize("size", ["bytes", "lines"])
def test_a_file_too_large_to_be_a_journal_is_refused_at_once(paths: Paths, size: str) -> None:
    path = written(paths, EVENTS)
    if size == "bytes":
        os.truncate(path, MOST_BYTES + 1)
    else:
        path.write_bytes(b"{}\n" * (MOST_LINES + 1))
    with pytest.raises(StoreError, match=r"more than|too many lines"):
        read(path)


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_what_is_no_file_is_refused_at_once(paths: Paths, make: Callable[[Path], None]) -> None:
    paths.live_dir.mkdir(parents=True)
    path = journal_path(paths, "S1")
    make(path)
    with pytest.raises(StoreError, match=r"(pipe|folder) stands"):
        read(path)


@pytest.mark.parametrize(("call", "code"), [("write", errno.ENOSPC), ("fsync", errno.EIO)])
def test_an_event_that_cannot_be_written_is_not_there_at_all(
    journal: Journal,
    refuse: Refuse,
    monkeypatch: pytest.MonkeyPatch,
    call: str,
    code: int,
) -> None:
    journal.append(EVENTS[0])
    before = journal.path.read_bytes()
    refuse(call, code)
    with pytest.raises(StoreError, match=r"S1\..*\.jsonl could not be written"):
        journal.append(EVENTS[1])
    assert journal.path.read_bytes() == before
    monkeypatch.undo()
    journal.append(EVENTS[1])
    assert reopened(journal.path) == NUMBERED[:2]


def test_half_a_line_is_taken_back_when_the_disk_fills(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal.append(EVENTS[0])
    write, truncate = os.write, os.ftruncate
    stuck = True

    def full(handle: int, data: bytes) -> int:
        if len(data) < 12:
            raise OSError(errno.ENOSPC, "full")
        return write(handle, bytes(data)[:11])

    def hindered(handle: int, length: int) -> None:
        if stuck:
            raise OSError(errno.EIO, "stuck")
        truncate(handle, length)

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        patch.setattr(os, "ftruncate", hindered)
        with pytest.raises(StoreError, match="full"):
            journal.append(EVENTS[1])
        assert not journal.path.read_bytes().endswith(b"\n")
        with pytest.raises(StoreError):
            journal.append(EVENTS[1])
        stuck = False
        patch.setattr(os, "write", lambda handle, data: write(handle, bytes(data)[:7]))
        journal.append(EVENTS[1])
    assert reopened(journal.path) == NUMBERED[:2]


@pytest.mark.parametrize("value", [object(), "\ud800", {1: 2}])
def test_what_json_cannot_hold_is_refused_in_words(journal: Journal, value: object) -> None:
    with pytest.raises(StoreError, match=r"S1\..*\.jsonl was not written"):
        journal.append({"bad": value})
    journal.append(EVENTS[0])
    assert reopened(journal.path) == NUMBERED[:1]


def test_a_disk_that_is_read_only_is_named(paths: Paths, refuse: Refuse) -> None:
    path = written(paths, EVENTS)
    refuse("open", errno.EROFS)
    with pytest.raises(StoreError, match="the disk is read-only"):
        Journal.create(paths, "S2")
    with pytest.raises(StoreError, match="the disk is read-only"):
        Journal.open(path)


def test_what_waits_comes_oldest_first_and_a_removed_one_is_gone(paths: Paths) -> None:
    assert pending(paths) == []
    journals = [Journal.create(paths, name) for name in ("B", "A", "C")]
    (journals[0].path.with_name("A.jsonl.damaged-1")).write_bytes(b"")
    (paths.live_dir / "no id.jsonl").write_bytes(b"")
    assert pending(paths) == ["A", "B", "C"]
    journals[0].remove()
    journals[0].remove()
    assert pending(paths) == ["A", "C"]


def test_a_journal_that_is_gone_is_an_error_in_words(paths: Paths) -> None:
    with pytest.raises(StoreError, match=r"S9\..*\.jsonl could not be read"):
        read(journal_path(paths, "S9"))


def test_a_disk_that_does_not_say_whether_a_journal_is_there_is_one_line(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(_: Path) -> bool:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(Path, "exists", failing)
    with pytest.raises(StoreError, match="could not be read"):
        journal_path(paths, "01M6D0MKAG05SE7DHZ59SMAZ0Z")


# -- another process that writes, where locks lie --------------------------------------------------


def two(paths: Paths) -> tuple[Journal, Journal]:
    """One journal, open in two places."""
    path = written(paths, EVENTS)
    return Journal.open(path), Journal.open(path)


def test_what_another_added_stays_and_nothing_is_added_to_it(paths: Paths) -> None:
    mine, other = two(paths)
    other.append({"event": "theirs"})
    before = mine.path.read_bytes()
    for _ in range(2):
        with pytest.raises(Overtaken, match="another window went on with this session"):
            mine.append({"event": "mine"})
    assert mine.path.read_bytes() == before
    assert copies_aside(paths) == []
    other.append({"event": "theirs"})
    assert [event["n"] for event in reopened(mine.path)] == [1, 2, 3, 4, 5]


def test_a_line_of_another_that_is_still_being_written_stays(paths: Paths) -> None:
    mine, other = two(paths)
    other.append({"event": "theirs"})
    line = mine.path.read_bytes()[:-9]
    mine.path.write_bytes(line)
    with pytest.raises(Overtaken):
        mine.append({"event": "mine"})
    assert mine.path.read_bytes() == line


def test_a_line_of_our_own_whose_bits_flipped_is_no_other_process(paths: Paths) -> None:
    mine, _ = two(paths)
    mine.path.write_bytes(mine.path.read_bytes().replace(b"60.0", b"61.0"))
    mine.append({"event": "mine"})
    assert [event["event"] for event in reopened(mine.path)] == ["start", "log", "note", "mine"]


@pytest.mark.parametrize("mine_first", [True, False])
def test_of_two_lines_written_at_one_moment_the_first_stays(
    paths: Paths, monkeypatch: pytest.MonkeyPatch, mine_first: bool
) -> None:
    mine, _ = two(paths)
    line = lines_of([{"event": "theirs"}], 4, mine.path)

    def write_all(handle: int, data: bytes) -> None:
        for one in (data, line) if mine_first else (line, data):
            os.write(handle, one)

    with monkeypatch.context() as race:
        race.setattr("tui.store.journal.write_all", write_all)
        if mine_first:
            mine.append({"event": "mine"})
        else:
            with pytest.raises(Overtaken):
                mine.append({"event": "mine"})
    if not mine_first:
        assert [event["event"] for event in reopened(mine.path)][3:] == ["theirs"]
    with pytest.raises(Overtaken):
        mine.append({"event": "mine"})


@pytest.mark.parametrize("theirs", [b"", b'{"event":"mine"', b'{"n":4,"event":"theirs"}'])
def test_what_the_disk_refused_is_cut_unless_another_wrote_there(
    paths: Paths, monkeypatch: pytest.MonkeyPatch, theirs: bytes
) -> None:
    mine, _ = two(paths)

    def fail(*_: object) -> None:
        raise OSError(errno.EIO, "no")

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", fail)
        broken.setattr(os, "ftruncate", fail)
        with pytest.raises(StoreError):
            mine.append({"event": "mine"})
    if not theirs:
        mine.append({"event": "again"})
        assert reopened(mine.path)[3]["event"] == "again"
        return
    before = written_behind(mine, theirs)
    with pytest.raises(Overtaken):
        mine.append({"event": "again"})
    assert mine.path.read_bytes() == before


def written_behind(journal: Journal, data: bytes) -> bytes:
    """Another process cuts the torn line and adds its own."""
    lines = journal.path.read_bytes().splitlines(keepends=True)
    journal.path.write_bytes(b"".join(lines[:3]) + data)
    return journal.path.read_bytes()
