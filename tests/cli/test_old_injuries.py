"""A runner who named an old injury is asked about it when she logs, and only then."""

from __future__ import annotations

from collections.abc import Callable

Run = Callable[..., tuple[int, str, str]]


def test_a_log_without_pain_asks_for_it(run: Run) -> None:
    assert run("log", "wall-sit", "3x30s")[2] == ""
    assert run("config", "set", "old_injuries", "knee,", "achilles")[0] == 0
    code, _, note = run("log", "wall-sit", "3x30s")
    assert code == 0
    assert "since you named your knee" in note
    assert "stridelift morning knee PAIN" in note
    assert run("log", "wall-sit", "3x30s pain1")[2] == ""
    assert run("log", "push-up", "3x8")[2] == ""


def test_next_says_why_it_begins_lower(run: Run) -> None:
    run("config", "set", "old_injuries", "knee")
    _, out, _ = run("next", "single-leg-wall-sit")
    assert "Since you named your knee: Wall Sit first" in " ".join(out.split())
