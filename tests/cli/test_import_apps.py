"""``import`` of the logs of other apps: what each kind of export comes to, set by set."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.formats.other_apps.exports import EXPORTS, KINDS, PARTS

Run = Callable[..., tuple[int, str, str]]
# One of each way in which workouts have a time.
AGAIN = ("strong 2026", "hevy in pounds and miles", "fitnotes", "wger", "liftlog", "a watch")


@pytest.mark.parametrize("name", EXPORTS)
def test_what_is_in_an_export(name: str, run: Run, tmp_path: Path) -> None:
    export = EXPORTS[name]
    file = tmp_path / "export"
    file.write_bytes(export.data)
    code, out, err = run("import", str(file), "--json", *export.args)
    assert (code, err) == (0, "")
    got = json.loads(out)
    has = {key: export.has.get(key, 0) for key in (*PARTS, "workouts", "runs_offered")}
    assert {key: got[key] for key in has} == has
    if export.app:
        assert got["app"] == export.app
    assert got["imported"] == sum(has[key] for key in (*KINDS, "metrics"))
    assert (got["duplicate"], got["elsewhere"], got["left_out"], got["refused"]) == (0, 0, 0, [])


@pytest.mark.parametrize("name", AGAIN)
def test_the_same_export_again_adds_nothing(name: str, run: Run, tmp_path: Path) -> None:
    export = EXPORTS[name]
    file = tmp_path / "export"
    file.write_bytes(export.data)
    run("import", str(file), *export.args)
    _, out, _ = run("import", str(file), "--json", *export.args)
    got = json.loads(out)
    sets = sum(export.has.get(key, 0) for key in KINDS)
    assert (got["imported"], got["duplicate"], got["new_exercises"]) == (0, sets, [])
