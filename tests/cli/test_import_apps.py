"""``import`` of the logs of other apps: what each kind of export comes to, set by set."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.formats.other_apps.exports import EXPORTS, KINDS, PARTS

Run = Callable[..., tuple[int, str, str]]


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
    # The same file again adds nothing.
    code, out, _ = run("import", str(file), "--json", *export.args)
    again = json.loads(out)
    assert (code, again["imported"], again["duplicate"]) == (
        0, 0, got["imported"] - has["metrics"]
    )  # fmt: skip
    assert again["new_exercises"] == []
