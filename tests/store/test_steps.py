"""Steps of one import made one: what came first stands first, and earlier steps stay."""

from __future__ import annotations

import pytest

from tui.domain.model.taking_back import Step, Touched
from tui.store import steps as module
from tui.store.paths import Paths
from tui.store.steps import IMPORT, KEPT, LOG, Steps


def step(number: int, *names: str) -> Step:
    return Step(
        f"2026-11-02T18:0{number}:00+01:00", tuple(Touched("set", n, "", "") for n in names)
    )


def kept(steps: Steps) -> list[tuple[str, list[str]]]:
    """The steps that are remembered, the last first; they are forgotten on the way."""
    found = []
    while (last := steps.last()) is not None:
        found.append((last.at[11:16], [one.id for one in last.touched]))
        steps.drop_last()
    return found


def test_the_parts_of_an_import_are_one_step(paths: Paths) -> None:
    steps = Steps(paths, IMPORT)
    steps.add(step(1, "before"))
    after = steps.newest()
    for number, name in enumerate("abc", start=2):
        steps.add(step(number, name, name.upper()))
    steps.make_one(after)
    assert kept(steps) == [("18:02", ["a", "A", "b", "B", "c", "C"]), ("18:01", ["before"])]


def test_one_part_or_none_is_left_as_it_is(paths: Paths) -> None:
    steps = Steps(paths, IMPORT)
    steps.make_one(steps.newest())
    assert steps.last() is None
    steps.add(step(1, "before"))
    steps.make_one(steps.newest())
    steps.add(step(2, "a"))
    before = {path.name: path.stat().st_ino for path in paths.cache_dir.iterdir()}
    steps.make_one(1)
    assert {path.name: path.stat().st_ino for path in paths.cache_dir.iterdir()} == before
    assert kept(steps) == [("18:02", ["a"]), ("18:01", ["before"])]


def test_steps_of_another_kind_are_left_alone(paths: Paths) -> None:
    Steps(paths, LOG).add(step(1, "log"))
    steps = Steps(paths, IMPORT)
    steps.add(step(2, "a"))
    steps.add(step(3, "b"))
    steps.make_one(0)
    assert kept(steps) == [("18:02", ["a", "b"])]
    assert kept(Steps(paths, LOG)) == [("18:01", ["log"])]


def test_what_is_too_large_together_is_forgotten(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half of an import must not be taken back as if it were all of it."""
    steps = Steps(paths, IMPORT)
    steps.add(step(1, "a" * 100))
    steps.add(step(2, "b" * 100))
    monkeypatch.setattr(module, "MOST_BYTES", 200)
    steps.make_one(0)
    assert steps.last() is None


def test_of_many_steps_the_last_are_kept(paths: Paths) -> None:
    steps = Steps(paths, IMPORT)
    for number in range(KEPT + 3):
        steps.add(step(1, str(number)))
    assert [names for _, names in kept(steps)] == [[str(n)] for n in range(KEPT + 2, 2, -1)]
