"""Names: which files are taken for copies of ours that a sync program made, and which never."""

from __future__ import annotations

import time

import pytest

from tui.store.conflict_copies import by_program, candidates
from tui.store.paths import Paths

# What Syncthing, Dropbox (in several languages), Nextcloud, ownCloud, Seafile, iCloud, Google
# Drive, browsers, OneDrive and git put between a name and its ending.
MADE = [
    ".sync-conflict-20261129-181500-ABCDEF7",
    ".sync-conflict-20261129-181500",
    " (Anna's conflicted copy 2026-11-29)",
    " (Case Conflict)",
    " (In Konflikt stehende Kopie von Anna 2026-11-29)",
    " (Copie en conflit de Anna 2026-11-29)",
    " (copia en conflicto de Anna 2026-11-29)",
    " (conflicted copy 2026-11-29 181500)",
    "_conflict-20261129-181500",
    " (SFConflict anna@example.org 2026-11-29-18-15-00)",
    " 2",
    " (1)",
    "(2)",
    "-LAPTOP",
    "-DESKTOP-4F2K1-2",
    "_BASE_1234",
    ".LOCAL.1234",
    "_REMOTE_1234",
    ".BACKUP.1234",
    ".sync-conflict-20261129-181500-ABCDEF7 (1)",
]
OTHERS = [" old", "-laptop", "a", " (old)", ".sync-conflict-2026", " copy", "-X" * 120]
OURS = [
    "2026.json",
    "2026.json.bak",
    "2026.json.damaged-1",
    "2026.json.schema-1",
    ".2026.json.4242.tmp",
    ".2026.json.bak.4242.tmp",
    ".syncthing.2026.json.tmp",
    "~syncthing~2026.json.tmp",
]


def filled(paths: Paths, folder: str, *names: str) -> Paths:
    at = paths.root / folder
    at.mkdir(parents=True, exist_ok=True)
    for name in names:
        (at / name).write_text("{}")
    return paths


@pytest.mark.parametrize("made", MADE)
def test_what_a_program_names_is_known(paths: Paths, made: str) -> None:
    filled(paths, "log", f"2026{made}.json")
    filled(paths, "", f"profile{made}.json", f"library{made}.json")
    assert [found.by_program for found in candidates(paths)] == [True] * 3


@pytest.mark.parametrize("other", OTHERS)
def test_any_other_name_is_the_runners(paths: Paths, other: str) -> None:
    filled(paths, "log", f"2026{other}.json")
    assert [found.by_program for found in candidates(paths)] == [False]


def test_what_git_keeps_of_a_file_it_merged_is_a_copy(paths: Paths) -> None:
    filled(paths, "log", "2026.json.orig")
    filled(paths, "", "profile.json.orig")
    assert [found.by_program for found in candidates(paths)] == [True] * 2


def test_the_programs_own_files_and_strange_ones_are_none(paths: Paths) -> None:
    filled(paths, "log", *OURS, "notes.json", "26 (1).json", "2026 (1).txt")
    own = [name.replace("2026", "profile") for name in OURS]
    filled(paths, "", *own, "library.json", "profiles.json", "writer.lock")
    assert candidates(paths) == []


def test_a_long_name_takes_no_time() -> None:
    start = time.perf_counter()
    for more in (" (conflit)" * 25, "-A" * 125, " 2" * 120, " (" * 120, "-9-9" * 60):
        by_program(f"{more}!")
    assert time.perf_counter() - start < 1
