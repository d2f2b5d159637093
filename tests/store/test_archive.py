"""The zip of a backup: what is packed is read again, and whatever else comes is refused."""

from __future__ import annotations

import json
import os
import random
import stat
import struct
import tracemalloc
import zipfile
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

import pytest

from tests.store.examples import a_session
from tui.domain.model.codec import session_to_doc
from tui.store.archive import (
    CHUNK,
    LIBRARY,
    MANIFEST,
    MOST_FILE_BYTES,
    PROFILE,
    README,
    Counts,
    describe,
    pack,
    read,
    read_manifest,
)
from tui.store.errors import NewerSchema, StoreError

JOURNAL = "live/01KB2XAAAAAAAAAAAAAAAAAAAA.laptop.jsonl"
FLIPS = 500


def year(*notes: str) -> bytes:
    docs = {f"s{n}": session_to_doc(a_session(f"s{n}", note=note)) for n, note in enumerate(notes)}
    whole = {"meta": {"schema_version": 1}, "sessions": docs, "records": {}}
    return json.dumps(whole).encode()


def files() -> dict[str, bytes]:
    return {
        "log/2025.json": year("one", "two"),
        "log/2026.json": year("three"),
        JOURNAL: b'{"n": 1, "e": "start"}\n{"torn',
        PROFILE: b'{"settings": {"unit": {"value": "kg"}}}',
        LIBRARY: b'{"exercises": {}}',
    }


def packed(found: dict[str, bytes]) -> bytes:
    return pack(found, describe(found, {}, made="2026-11-29T18:15:00+01:00", version="0.1.0"))


def zipped(members: Iterable[tuple[str | zipfile.ZipInfo, bytes]]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def contents(data: bytes) -> list[tuple[str | zipfile.ZipInfo, bytes]]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "backup.zip"


def refusal(path: Path, data: bytes) -> str:
    """Why these bytes are no backup, in one line, without the name of the file before it."""
    path.write_bytes(data)
    with pytest.raises(StoreError) as refused:
        read(path)
    words = str(refused.value)
    assert words.startswith(str(path))
    assert "\n" not in words
    return words.removeprefix(str(path))


def test_what_is_packed_is_read_again_byte_for_byte(path: Path) -> None:
    path.write_bytes(packed(files()))
    found = read(path)
    assert found.files == files()
    assert found.manifest == read_manifest(path)
    assert found.manifest.whole
    assert set(found.manifest.files) == {*files(), README}


def test_the_same_files_and_time_give_the_same_bytes() -> None:
    backwards = dict(reversed(files().items()))
    assert packed(files()) == packed(backwards)


def test_any_zip_program_can_open_it_and_it_says_what_it_is(path: Path) -> None:
    path.write_bytes(packed(files()))
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[:2] == [README, MANIFEST]
        assert {stat.S_IMODE(i.external_attr >> 16) for i in archive.infolist()} == {0o600}
        text = archive.read(README).decode()
        assert all(f"{name} " in text for name in (PROFILE, LIBRARY, MANIFEST, "log/2026.json"))
        assert json.loads(archive.read(MANIFEST))["made"] == "2026-11-29T18:15:00+01:00"


def test_sessions_and_sets_are_counted_as_a_runner_counts_them() -> None:
    both = [
        {"id": "a", "edited": "2026-11-02T18:20:00+01:00", "number": 1, "side": side, "reps": 8}
        for side in ("left", "right")
    ]
    for number, row in enumerate(both):
        row["id"] = f"r{number}"
    gone = {**both[0], "id": "r3", "number": 2, "side": "both", "deleted": True}
    undone = {**both[0], "id": "r4", "number": 3, "side": "both", "undone": "time"}
    del undone["reps"]
    entry = {
        "id": "e",
        "edited": "2026-11-02T18:20:00+01:00",
        "exercise": "plank",
        "sets": [*both, gone, undone],
    }
    doc = {
        "id": "s",
        "edited": "2026-11-02T18:20:00+01:00",
        "started": "2026-11-02T18:00:00+01:00",
        "finished": "2026-11-02T18:50:00+01:00",
        "entries": [entry],
    }
    tables = {
        "s": doc,
        "t": {**doc, "id": "t", "deleted": True},
        "odd": {"id": "u", "deleted": True, "entries": 4},
        "no document": 1,
    }
    data = json.dumps({"meta": {"schema_version": 1}, "sessions": tables}).encode()
    manifest = describe({"log/2026.json": data}, {}, made="", version="")
    assert manifest.years == {"2026": Counts(1, 1)}
    assert manifest.not_parsed == []


@pytest.mark.parametrize(
    ("entries", "shown"),
    [
        (None, 0),
        ({}, 0),
        ([1], 0),
        ([{"sets": 1}], 0),
        ([{"sets": [1, {}, {"number": [[]]}, {"kind": {}}]}], 1),
    ],
)
def test_odd_documents_are_counted_somehow_and_harm_nothing(entries: object, shown: int) -> None:
    tables = {"s": {"id": "s", "entries": entries}}
    data = json.dumps({"meta": {"schema_version": 1}, "sessions": tables}).encode()
    manifest = describe({"log/2026.json": data}, {}, made="", version="")
    assert manifest.years["2026"].sessions == shown
    assert manifest.not_parsed == []


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("log/2025.json", b"{"),
        ("log/2025.json", b"\0" * 3_000_000),
        ("log/2025.json", b'{"meta": {"schema_version": 999}}'),
        (PROFILE, b"[]"),
        (LIBRARY, b"[" * 100_000),
        (JOURNAL, b'{"n": 1}\nxx\n{"n": 3}\n'),
    ],
)
def test_a_damaged_file_is_kept_as_it_is_and_named(path: Path, name: str, data: bytes) -> None:
    path.write_bytes(packed({**files(), name: data}))
    found = read(path)
    assert found.files[name] == data
    assert found.manifest.not_parsed == [name]
    assert not found.manifest.whole


# --- damage -------------------------------------------------------------------------------------


def test_a_flipped_bit_is_noticed_or_changes_nothing(path: Path) -> None:
    good = packed(files())
    path.write_bytes(good)
    whole = read(path)
    chance = random.Random(12)
    noticed = 0
    for place in chance.sample(range(len(good) * 8), FLIPS):
        bad = bytearray(good)
        bad[place // 8] ^= 1 << place % 8
        path.write_bytes(bad)
        try:
            found = read(path)
        except StoreError:
            noticed += 1
        else:
            assert found == whole, place
    # Times, versions and modes of zip members say nothing about a backup; all the rest does.
    assert noticed > FLIPS * 0.8


def test_wherever_it_is_cut_off_it_is_no_backup(path: Path) -> None:
    good = packed(files())
    for length in random.Random(12).sample(range(len(good)), 200):
        refusal(path, good[:length])


@pytest.mark.parametrize(
    "data", [b"", b"PK", b"no zip at all" * 10, zipped([]), b"\x1f\x8b" + b"x" * 90]
)
def test_what_is_no_backup_is_refused(path: Path, data: bytes) -> None:
    assert "cannot be used as a backup" in refusal(path, data)


def test_a_pipe_or_a_folder_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.zip")
    for name in ("pipe.zip", "."):
        with pytest.raises(StoreError, match="could not be read"):
            read(tmp_path / name)
    with pytest.raises(StoreError, match="is not there"):
        read(tmp_path / "none.zip")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"log/2026.json": b"{}"}, "log/2026.json is damaged"),
        ({"log/2026.json": None}, "log/2026.json is missing"),
        ({README: None}, f"{README} is missing"),
        ({"log/2024.json": b"{}"}, "log/2024.json is not listed"),
        ({MANIFEST: None}, f"it has no {MANIFEST}"),
        ({MANIFEST: b"{}"}, f"{MANIFEST} is not understood"),
        ({MANIFEST: b"[" * 200_000}, f"{MANIFEST} is not understood"),
        ({MANIFEST: b"\xff"}, f"{MANIFEST} is not understood"),
        ({MANIFEST: random.Random(1).randbytes(1_000_001)}, f"{MANIFEST} is too large"),
    ],
)
def test_files_that_are_not_those_of_the_manifest(
    path: Path, change: dict[str, bytes | None], words: str
) -> None:
    there = {str(name): data for name, data in contents(packed(files()))}
    changed = {**there, **change}
    members = [(name, data) for name, data in changed.items() if data is not None]
    assert words in refusal(path, zipped(members))


def test_a_newer_format_is_told_as_such(path: Path) -> None:
    there = {str(name): data for name, data in contents(packed(files()))}
    manifest = {**json.loads(there[MANIFEST]), "format": 2}
    path.write_bytes(zipped({**there, MANIFEST: json.dumps(manifest).encode()}.items()))
    with pytest.raises(NewerSchema, match="made by a newer stridelift"):
        read(path)


# --- malice -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "../evil",
        "log/../../evil",
        "/etc/passwd",
        "..\\evil",
        "C:evil",
        "a\nb",
        "log/2026.json\x00.txt",
    ],
)
def test_a_name_that_leads_out_is_refused(path: Path, name: str) -> None:
    info = zipfile.ZipInfo("x" * len(name))
    data = zipped([*contents(packed(files())), (info, b"evil")])
    data = data.replace(b"x" * len(name), name.encode())
    assert "leads out of it" in refusal(path, data)


@pytest.mark.parametrize(
    "name",
    ["log/", "notes.txt", "log/2026.json.bak", "log/٢٠٢٦.json", "LOG/2026.json", "live/.x.jsonl"],
)
def test_other_names_are_passed_over(path: Path, name: str) -> None:
    path.write_bytes(zipped([*contents(packed(files())), (name, b"")]))
    assert read(path).files == files()


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFCHR, stat.S_IFIFO, stat.S_IFDIR])
def test_a_link_or_a_device_by_one_of_our_names_is_refused(path: Path, kind: int) -> None:
    members = []
    for name, data in contents(packed(files())):
        info = zipfile.ZipInfo(str(name))
        info.create_system = 3
        info.external_attr = (kind | 0o600) << 16 if name == PROFILE else 0
        members.append((info, data))
    assert f"{PROFILE} is no plain file" in refusal(path, zipped(members))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_is_there_twice_is_refused(path: Path) -> None:
    members = [*contents(packed(files())), (PROFILE, b"{}")]
    assert f"{PROFILE} is in it twice" in refusal(path, zipped(members))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_another_compression_is_refused(path: Path, method: int) -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in contents(packed(files())):
            archive.writestr(name, data)
    assert "unusual" in refusal(path, out.getvalue())


def in_directory(data: bytes, name: str, offset: int, packing: str, value: int) -> bytes:
    """The zip with one number changed in the directory's record of a member."""
    place = 0
    while True:
        place = data.index(b"PK\1\2", place)
        length = struct.unpack_from("<H", data, place + 28)[0]
        if data[place + 46 : place + 46 + length] == name.encode():
            changed = bytearray(data)
            struct.pack_into(packing, changed, place + offset, value)
            return bytes(changed)
        place += 4


def test_an_encrypted_member_is_refused(path: Path) -> None:
    assert "encrypted" in refusal(path, in_directory(packed(files()), PROFILE, 8, "<H", 1))


def test_bombs_are_refused_before_they_go_off(path: Path) -> None:
    bomb = zipped([*contents(packed({})), (PROFILE, b"\0" * 20_000_000)])
    assert len(bomb) < 30_000
    large = in_directory(packed(files()), PROFILE, 24, "<L", MOST_FILE_BYTES + 1)
    together = packed({})
    for n in range(5):
        name = f"log/{2020 + n}.json"
        # Each of a size that is allowed, but not five of them.
        together = zipped([*contents(together), (name, b"")])
    for n in range(5):
        name = f"log/{2020 + n}.json"
        together = in_directory(together, name, 24, "<L", MOST_FILE_BYTES)
        together = in_directory(together, name, 20, "<L", MOST_FILE_BYTES // 10)
    tracemalloc.start()
    try:
        for data in (bomb, large, together):
            assert "too large" in refusal(path, data)
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("claimed", [10, 1000])
def test_a_header_that_lies_about_a_size_gains_nothing(path: Path, claimed: int) -> None:
    data = random.Random(1).randbytes(4 * CHUNK)
    lying = zipped([*contents(packed({})), (PROFILE, data)])
    lying = in_directory(lying, PROFILE, 24, "<L", claimed)
    tracemalloc.start()
    try:
        refusal(path, lying)
        assert tracemalloc.get_traced_memory()[1] < len(lying) + 2 * CHUNK
    finally:
        tracemalloc.stop()


def test_a_directory_of_a_million_names_is_not_even_read(path: Path) -> None:
    one = struct.pack("<4s6H3L5H2L", b"PK\1\2", *[0] * 16)
    many = one * 100_000
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, len(many), 0, 0)
    assert "more files than any backup" in refusal(path, many + end)
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, 0, 1)
    small = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, len(locator), 0, 0)
    assert "more files than any backup" in refusal(path, locator + small)


def test_something_put_before_or_behind_it_is_refused(path: Path) -> None:
    good = packed(files())
    refusal(path, b"#!/bin/sh\n" + good)
    refusal(path, good + b"\n")
