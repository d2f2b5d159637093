"""Where the data folder is synced with is read from the repository's config, without git."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tui.store.paths import Paths
from tui.store.sync_home import home_of


def config(paths: Paths, text: str) -> None:
    (paths.root / ".git").mkdir(parents=True)
    (paths.root / ".git" / "config").write_text(text)


@pytest.mark.parametrize(
    ("text", "home"),
    [
        ('[remote "home"]\n\turl = you@home:log.git\n\tfetch = +a:b\n', "you@home:log.git"),
        ('[core]\n\turl = no\n[Remote "home"]\nURL=/srv/log.git', "/srv/log.git"),
        ('[remote "home"]\n\turl = "/srv/my log.git"\n', "/srv/my log.git"),
        ('[remote "Home"]\n\turl = a\n', ""),
        ('[remote "home"]\n[remote "origin"]\n\turl = a\n', ""),
        ("[remote]\n\turl = a\n", ""),
        ("", ""),
    ],
)
def test_the_address_is_that_of_the_remote_home(paths: Paths, text: str, home: str) -> None:
    config(paths, text)
    assert home_of(paths) == home


def test_without_a_repository_there_is_none(paths: Paths) -> None:
    assert home_of(paths) == ""
    paths.root.mkdir()
    (paths.root / ".git").write_text("gitdir: /elsewhere\n")
    assert home_of(paths) == ""


def test_what_git_writes_is_understood(tmp_path: Path) -> None:
    where = str(tmp_path / "data")
    for args in (["init", "-q", where], ["-C", where, "remote", "add", "home", "ssh://a@b:22/c d"]):
        subprocess.run(["git", *args], check=True)
    assert home_of(Paths(tmp_path / "data")) == "ssh://a@b:22/c d"
