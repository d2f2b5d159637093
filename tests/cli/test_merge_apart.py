"""Two data folders that grew apart by commands, each merged into the other: equal files, with all
that either of them had."""

from __future__ import annotations

import io
import json
import shutil
from collections import Counter
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import examples
from tui.cli import main

# Each set has its own load, so that every one can be told from the others.
loads = iter(range(1, 1 << 30))
COMMANDS = """\
log back-squat SET
log back-squat SET
log deadlift SET --on 2026-11-02
log back-squat SET --on 2025-12-31
morning knee 3
morning knee 5
ready 4 4 0
metric add vertical-jump 41
race add 2027-05-09 Ridge
race remove 2027-05-09
away add 2027-01-02 2027-01-03
step-down add 2026-12-07
run add sun 09:00 long
config set unit lb
config set unit kg
config unset unit
config set body_weight 70
""".splitlines()
grown = st.lists(st.sampled_from(COMMANDS), max_size=4)


def run(folder: Path, *args: str) -> str:
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        main([*args, "--data-dir", str(folder), "--today", "2026-11-29"])
    return out.getvalue()


def grow(folder: Path, steps: list[str]) -> None:
    for step in steps:
        words = (f"5 {next(loads) / 4}kg" if word == "SET" else word for word in step.split())
        run(folder, *words)


def sets(folder: Path) -> Counter[tuple[str, float]]:
    """Every set of the log by its exercise and load."""
    return Counter(
        (entry["exercise"], row["load_kg"])
        for path in (folder / "log").glob("????.json")
        for session in json.loads(path.read_bytes()).get("sessions", {}).values()
        for entry in session["entries"]
        for row in entry["sets"]
    )


def files(folder: Path) -> dict[str, bytes]:
    found = [*folder.glob("log/*.json"), *folder.glob("profile.json")]
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


@given(grown, st.lists(st.tuples(grown, grown), min_size=1, max_size=2))
@examples(15)
def test_each_merged_into_the_other_makes_equal_files(
    before: list[str], rounds: list[tuple[list[str], list[str]]]
) -> None:
    with TemporaryDirectory() as temp:
        one, other, at_one, at_other = (Path(temp) / name for name in ("1", "2", "3", "4"))
        one.mkdir()
        grow(one, before)
        shutil.copytree(one, other)
        for here, there in rounds:
            grow(one, here)
            grow(other, there)
            expected = sets(one) | sets(other)
            # Both merge what the other had before it merged.
            shutil.copytree(one, at_one, dirs_exist_ok=True)
            shutil.copytree(other, at_other, dirs_exist_ok=True)
            for mine, theirs in ((one, at_other), (other, at_one)):
                if files(theirs):
                    run(mine, "merge", str(theirs))
            assert files(one) == files(other)
            assert sets(one) == expected
            if files(one):
                assert json.loads(run(one, "merge", str(other), "--json"))["sets"] == 0
                assert files(one) == files(other), "once more changes nothing"
