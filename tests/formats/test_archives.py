"""Zip archives of any origin: read one file at a time, and never without a limit."""

from __future__ import annotations

import zipfile
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.formats.zips import zipped
from tui.domain.model.validation import BadDocument
from tui.formats import archives
from tui.formats.archives import TooMuch, members

FILES = {"a.gpx": b"first", "deep/b.fit.gz": b"second" * 1000, "../../c.tcx": b"third"}


@pytest.mark.parametrize(
    "method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
)
def test_each_file_is_read_when_it_is_asked_for(method: int) -> None:
    found = members(BytesIO(zipped(FILES, method)))
    assert {member.name: member.read() for member in found} == FILES


def test_folders_are_no_files() -> None:
    assert [member.name for member in members(BytesIO(zipped({"x/": b"", "x/a": b"1"})))] == ["x/a"]


def test_what_unpacks_far_too_well_is_refused() -> None:
    [bomb] = members(BytesIO(zipped({"bomb.gpx": b"\0" * 5_000_000})))
    with pytest.raises(BadDocument, match="unpacks to far more than a file of runs"):
        bomb.read()


def test_a_small_file_may_pack_well() -> None:
    [small] = members(BytesIO(zipped({"a.gpx": b"\0" * 900_000})))
    assert len(small.read()) == 900_000


def test_a_large_file_is_read_to_just_past_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_BYTES", 10_000)
    monkeypatch.setattr(archives, "CHUNK", 1000)
    [large] = members(BytesIO(zipped({"a.gpx": b"x" * 50_000}, zipfile.ZIP_STORED)))
    assert 10_000 < len(large.read()) <= 11_000


def test_all_files_together_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_UNPACKED", 1500)
    first, second = members(BytesIO(zipped({"a": b"x" * 1000, "b": b"x" * 1000})))
    assert len(first.read()) == 1000
    with pytest.raises(TooMuch, match="unpacks to more than"):
        second.read()


def test_a_list_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_LIST_BYTES", 1000)
    with pytest.raises(BadDocument, match="lists more files than any archive of runs"):
        members(BytesIO(zipped({f"{n}.gpx": b"" for n in range(100)})))


def test_a_locked_file_says_what_to_do() -> None:
    data = bytearray(zipped({"a.gpx": b"1"}))
    entry = data.rindex(b"PK\1\2")
    data[entry + 8] |= 1
    [locked] = members(BytesIO(bytes(data)))
    with pytest.raises(BadDocument, match="locked with a password"):
        locked.read()


def test_a_damaged_file_is_refused_alone() -> None:
    data = zipped({"a.gpx": b"first file", "b.gpx": b"second"}, zipfile.ZIP_STORED)
    first, second = members(BytesIO(data.replace(b"first file", b"first fire", 1)))
    with pytest.raises(BadDocument, match="is damaged in the archive"):
        first.read()
    assert second.read() == b"second"


def test_a_file_may_lack_its_name() -> None:
    data = zipped({"a": b"first"}, zipfile.ZIP_STORED).replace(b"a", b"\0")
    assert [member.name for member in members(BytesIO(data))] == [""]


@pytest.mark.parametrize("cut", [10, 100])
def test_an_archive_that_is_cut_off_is_refused(cut: int) -> None:
    with pytest.raises(BadDocument, match="is no whole zip archive"):
        members(BytesIO(zipped(FILES)[:-cut]))


WHOLE = zipped(FILES)


def read_all(data: bytes) -> None:
    for member in members(BytesIO(data)):
        member.read()


@given(st.dictionaries(st.integers(0, len(WHOLE) - 1), st.integers(0, 255), min_size=1, max_size=4))
def test_an_archive_with_any_bytes_gone_wrong_gives_files_or_one_line(
    wrong: dict[int, int],
) -> None:
    broken = bytearray(WHOLE)
    for place, byte in wrong.items():
        broken[place] = byte
    with suppress(BadDocument):
        read_all(bytes(broken))
