from __future__ import annotations

import os
from pathlib import Path

import pytest

from tui.store.device import DEVICE, make_device, name_of, this_device
from tui.store.paths import Paths


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state" / "stridelift"


def named(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    there = os.uname()
    monkeypatch.setattr(os, "uname", lambda: os.uname_result((there[0], host, *there[2:])))


def test_a_machine_keeps_its_word_outside_the_data_folder(
    paths: Paths, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named(monkeypatch, "Annas-MacBook.local")
    word = make_device(paths)
    assert DEVICE.fullmatch(word)
    assert name_of(word) == "annas-macbook"
    named(monkeypatch, "renamed")
    assert make_device(paths) == this_device(paths) == word
    assert this_device(Paths(paths.root.with_name("another"))) == word
    assert not paths.root.exists()
    assert (state / "device").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in state.iterdir()] == ["device"]


def test_asking_for_it_writes_nothing(paths: Paths, state: Path) -> None:
    assert this_device(paths) == this_device(paths)
    assert not state.exists()


def test_two_machines_of_one_name_are_two(
    paths: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = make_device(paths)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "other"))
    second = make_device(paths)
    assert name_of(first) == name_of(second)
    assert first != second


def test_where_the_state_cannot_be_written_the_host_name_is_all_there_is(
    paths: Paths, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state.parent.mkdir()
    state.write_bytes(b"")
    named(monkeypatch, "laptop")
    word = make_device(paths)
    assert name_of(word) == "laptop"
    assert make_device(paths) == word
    named(monkeypatch, "tower")
    assert make_device(paths) != word


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"../../x\n", b"a\nb", b"laptop-1"])
def test_a_word_that_is_none_is_replaced(paths: Paths, state: Path, data: bytes) -> None:
    state.mkdir(parents=True)
    (state / "device").write_bytes(data)
    word = make_device(paths)
    assert DEVICE.fullmatch(word)
    assert (state / "device").read_bytes() == f"{word}\n".encode()


@pytest.mark.parametrize("host", ["", "---", "ÄÖ", "x" * 99, "../../etc"])
def test_any_host_name_gives_a_word_that_names_a_file(
    paths: Paths, monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    named(monkeypatch, host)
    assert DEVICE.fullmatch(this_device(paths))


def test_a_process_that_was_first_is_followed(
    paths: Paths, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = "laptop-0123456789"
    link = Path.hardlink_to

    def late(path: Path, target: Path) -> None:
        path.write_text(f"{other}\n")
        link(path, target)

    monkeypatch.setattr(Path, "hardlink_to", late)
    assert make_device(paths) == other
    assert [path.name for path in state.iterdir()] == ["device"]
