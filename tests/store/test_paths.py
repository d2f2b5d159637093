from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import platformdirs
import pytest

from tui.store.errors import StoreError
from tui.store.paths import Paths, data_dir


def test_the_option_comes_before_the_environment(tmp_path: Path) -> None:
    env = {"STRIDELIFT_HOME": str(tmp_path / "env")}
    assert data_dir(str(tmp_path / "option"), env) == tmp_path / "option"
    assert data_dir(None, env) == tmp_path / "env"
    assert data_dir("", env) == tmp_path / "env"


def test_without_either_it_is_the_place_of_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "linux")
    assert data_dir(None, {"STRIDELIFT_HOME": ""}).name == "stridelift"


def test_a_relative_folder_and_a_home_stand_for_absolute_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert data_dir("log", {}) == tmp_path / "log"
    assert data_dir("~/log", {}) == tmp_path / "home" / "log"


def test_naming_the_places_creates_nothing(tmp_path: Path) -> None:
    paths = Paths(tmp_path / "data")
    assert paths.year(2026) == tmp_path / "data" / "log" / "2026.json"
    assert paths.journal("X", "pc-1") == tmp_path / "data" / "live" / "X.pc-1.jsonl"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("module", ["paths", "profile", "journal", "lock"])
def test_what_every_start_loads_is_loaded_without_tinydb(module: str) -> None:
    code = f"import sys, tui.store.{module}; sys.exit('tinydb' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("option", "env"), [("~nobody-of-that-name/x", {}), (None, {"STRIDELIFT_HOME": "~nobody-here"})]
)
def test_a_home_that_nobody_has_is_one_line(option: str | None, env: dict[str, str]) -> None:
    with pytest.raises(StoreError, match=r"no home folder.*--data-dir"):
        data_dir(option, env)


def test_what_is_one_machine_s_lies_outside_the_data_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    assert Paths(tmp_path / "data").state_dir.name == "stridelift"
    assert not Paths(tmp_path / "data").state_dir.is_relative_to(tmp_path / "data")


@pytest.mark.parametrize("home", ["/a/home", "/a/home/", "/", "relative", "", None])
@pytest.mark.parametrize("base", ["/a/base", "/a/base/", "/a b/", "relative", "~/x", "", None])
def test_the_usual_folders_are_those_that_platformdirs_says(
    monkeypatch: pytest.MonkeyPatch, home: str | None, base: str | None
) -> None:
    for name, value in (("HOME", home), ("XDG_STATE_HOME", base), ("XDG_DATA_HOME", base)):
        if value is None:
            monkeypatch.delenv(name, raising=False)
        else:
            monkeypatch.setenv(name, value)
    state = platformdirs.user_state_path("stridelift", appauthor=False)
    assert Paths(Path("/data")).state_dir == state
    data = platformdirs.user_data_path("stridelift", appauthor=False)
    assert data_dir(None, {**os.environ, "STRIDELIFT_HOME": ""}) == data


def test_without_a_home_the_state_lies_in_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def homeless(*_: object, **__: object) -> Path:
        raise RuntimeError

    monkeypatch.setattr("platformdirs.user_state_path", homeless)
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    monkeypatch.delenv("HOME", raising=False)
    assert Paths(tmp_path).state_dir == tmp_path / "cache" / "state"
