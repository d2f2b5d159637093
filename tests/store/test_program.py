"""The program's own files: what is kept follows from them, and they are read only once changed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tui.store import program
from tui.store.program import program_hash, shipped_file, sources_now


@pytest.fixture
def rule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program of one rule, and a library."""
    package = tmp_path / "src" / "tui"
    for name in program.TEXT:
        (package / name).mkdir(parents=True, exist_ok=True)
    found = package / "domain" / "calculator" / "rule.py"
    found.write_text("LIMIT = 3\n")
    (tmp_path / "library.json").write_text("{}")
    monkeypatch.setattr(program, "PACKAGE", package)
    return found


def now() -> tuple[bytes, bytes]:
    """What a process that starts now finds."""
    return program_hash.__wrapped__(), sources_now.__wrapped__().fingerprint


def test_a_changed_rule_makes_another_program(rule: Path) -> None:
    before = now()
    assert now() == before
    rule.write_text("LIMIT = 40\n")
    assert not set(now()) & set(before)


@pytest.mark.usefixtures("rule")
def test_a_changed_library_makes_another_program() -> None:
    before = now()
    shipped_file().write_text('{"schema_version": 1}')
    assert not set(now()) & set(before)


def test_a_rule_that_was_only_touched_is_the_same_program(rule: Path) -> None:
    text, looks = now()
    os.utime(rule, ns=(1, 1))
    assert now()[0] == text
    assert now()[1] != looks


def test_the_newest_change_is_that_of_the_newest_file(rule: Path) -> None:
    later = rule.stat().st_mtime_ns + 5_000_000_000
    os.utime(rule, ns=(later, later))
    assert sources_now.__wrapped__().newest_ns == later


@pytest.mark.usefixtures("rule")
def test_a_wheel_has_the_library_inside_the_package() -> None:
    outside = shipped_file()
    inside = program.PACKAGE / "library.json"
    inside.write_text("{}")
    assert shipped_file() == inside != outside


def test_without_any_of_these_files_there_is_still_a_hash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program, "PACKAGE", tmp_path / "a" / "b" / "c")
    assert sources_now.__wrapped__().newest_ns == 0
    assert len(program_hash.__wrapped__()) == 32


def test_the_rules_and_what_reads_the_log_are_of_that_text() -> None:
    named = {path.name for name in program.TEXT for path in (program.PACKAGE / name).iterdir()}
    assert {"log_fold.py", "codec.py", "repository.py", "yearly.py"} <= named
