"""The files of runs in what a runner names: files, folders and zip archives."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.formats.zips import zipped
from tui.app import import_files
from tui.app.import_files import Contents
from tui.formats import archives
from tui.formats.runs import BadFile


def read(*paths: Path | str, keep_going: bool = False) -> tuple[list[str], Contents]:
    """The names that are given, and what they came from."""
    contents = Contents([str(path) for path in paths], keep_going=keep_going)
    return [name for name, _ in contents], contents


@pytest.fixture
def put(tmp_path: Path) -> Callable[..., Path]:
    """Writes a file below the folder of the test; gives its path."""

    def put(name: str, data: bytes = b"x") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path

    return put


Put = Callable[..., Path]


def test_a_file_that_is_named_is_read_whatever_it_is_called(put: Put) -> None:
    path = put(".hidden/download", b"content")
    assert list(Contents([str(path)], keep_going=False)) == [(str(path), b"content")]


def test_of_a_large_file_just_more_than_the_limit_is_read(
    put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_files, "MOST_BYTES", 10)
    [(_, data)] = Contents([str(put("a.gpx", b"x" * 100))], keep_going=False)
    assert len(data) == 11


def test_a_folder_gives_its_files_of_runs_and_counts_the_rest(put: Put, tmp_path: Path) -> None:
    for name in ("b.gpx", "a.FIT", "deep/c.tcx.gz", "deep/plan.ics", ".gpx", ".git/d.gpx",
                 "photo.jpg", "sets.csv"):  # fmt: skip
        put(name)
    names, contents = read(tmp_path)
    assert [name.removeprefix(f"{tmp_path}/") for name in names] == [
        "a.FIT", "b.gpx", "deep/c.tcx.gz", "deep/plan.ics"
    ]  # fmt: skip
    assert contents.passed_over == 3


def test_an_archive_gives_its_files_of_runs_and_counts_the_rest(put: Put) -> None:
    files = ("runs/b.gpx", "runs/a.fit", "__MACOSX/runs/._b.gpx", "notes.txt", "more.zip")
    path = put("export.zip", zipped(dict.fromkeys(files, b"1")))
    names, contents = read(path)
    assert names == [f"{path}/runs/a.fit", f"{path}/runs/b.gpx"]
    assert contents.passed_over == 3


def test_an_archive_in_a_folder_is_read_too(put: Put, tmp_path: Path) -> None:
    put("part1.zip", zipped({"a.fit": b"1"}))
    put("photos.zip", zipped({"a.jpg": b"1"}))
    names, contents = read(tmp_path)
    assert names == [f"{tmp_path}/part1.zip/a.fit"]
    assert contents.passed_over == 1


def test_a_list_comes_first_and_the_routes_beside_it_are_no_runs(put: Put) -> None:
    files = ("activities/1.gpx", "activities.csv", "routes/1.gpx", "profile.csv", "a/routes/2.gpx")
    path = put("export.zip", zipped(dict.fromkeys(files, b"1")))
    names, contents = read(path)
    assert [name.removeprefix(f"{path}/") for name in names] == [
        "activities.csv", "a/routes/2.gpx", "activities/1.gpx"
    ]  # fmt: skip
    assert contents.passed_over == 2


def test_a_name_in_an_archive_leads_nowhere(put: Put, tmp_path: Path) -> None:
    path = put("x/export.zip", zipped({"../../evil.gpx": b"1", "/etc/evil.fit": b"1"}))
    before = sorted(tmp_path.rglob("*"))
    names, _ = read(path)
    assert names == [f"{path}//etc/evil.fit"]
    assert sorted(tmp_path.rglob("*")) == before


def test_a_pipe_is_refused_at_once(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.gpx"
    os.mkfifo(pipe)
    for path in (str(pipe), "/dev/zero"):
        with pytest.raises(BadFile, match="is a pipe or a device, no file; save it as a file"):
            read(path)


def test_a_pipe_in_a_folder_is_passed_over(put: Put, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.gpx")
    put("a.gpx")
    names, contents = read(tmp_path)
    assert (len(names), contents.passed_over) == (1, 1)


def test_a_circle_of_links_ends(put: Put, tmp_path: Path) -> None:
    put("runs/a.gpx")
    (tmp_path / "runs" / "again").symlink_to(tmp_path / "runs")
    (tmp_path / "runs" / "b.gpx").symlink_to(tmp_path / "runs" / "b.gpx")
    names, contents = read(tmp_path / "runs")
    assert (len(names), contents.passed_over) == (1, 1)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("none", None, "none is not there; check its name"),
        ("a\0b", None, "is no name of a file"),
        ("empty/photo.jpg", b"1", "empty: holds no file of runs; import .ics"),
        ("photos.zip", zipped({"a.jpg": b"1"}), "photos.zip: holds no file of runs"),
        ("cut.zip", zipped({"a.fit": b"1"})[:-5], "cut.zip: is no whole zip archive"),
        ("bomb.zip", zipped({"a.fit": bytes(3_000_000)}), "bomb.zip/a.fit: unpacks to far more"),
    ],
    ids=range(6),
)
def test_what_cannot_be_read_is_named_and_left_out_to_keep_going(
    put: Put, tmp_path: Path, name: str, data: bytes | None, words: str
) -> None:
    if data is not None:
        put(name, data)
    path = f"{tmp_path}/{name.partition('/')[0]}"
    good = put("good.gpx")
    with pytest.raises(BadFile, match=words):
        read(path, good)
    names, contents = read(path, good, keep_going=True)
    assert names == [str(good)]
    [line] = contents.refused
    assert words in line
    assert "\n" not in line


def test_an_archive_that_unpacks_to_too_much_is_left_as_a_whole(
    put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MOST_UNPACKED", 3)
    path = put("a.zip", zipped({f"{n}.fit": b"12" for n in range(9)}))
    names, contents = read(path, keep_going=True)
    assert len(names) == 1
    assert len(contents.refused) == 1


def test_a_disk_is_no_folder_of_runs(
    put: Put, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_files, "MOST_FILES", 3)
    for number in range(5):
        put(f"{number}.txt")
    with pytest.raises(BadFile, match="holds more than 3 files; name the folder of runs"):
        read(tmp_path)


def test_what_is_packed_is_given_as_it_is(put: Put) -> None:
    packed = gzip.compress(b"track")
    path = put("a.zip", zipped({"a.gpx.gz": packed}))
    assert [data for _, data in Contents([str(path)], keep_going=False)] == [packed]
