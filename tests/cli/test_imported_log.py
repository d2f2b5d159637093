"""What comes next, history and review on a log that came from another app, computed by hand."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]
DAYS = ((20, 135), (23, 145), (26, 150))


def strong() -> str:
    """Without a unit: --unit lb."""
    head = "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,"
    rows = [f"{head}Workout Notes,RPE"]
    for day, pounds in DAYS:
        when = f"2026-11-{day} 18:05:00,Legs,40m"
        rows.append(f"{when},Squat (Barbell),W,95,8,0,0,,,")
        rows += [f"{when},Squat (Barbell),{n},{pounds},8,0,0,,,6" for n in (1, 2, 3)]
        rows += [f"{when},Plank,{n},0,0,0,40,,,6" for n in (1, 2, 3)]
    return "\n".join(rows) + "\n"


def hevy(unit: str, weights: tuple[float, ...]) -> str:
    rows = [
        "title,start_time,end_time,exercise_title,set_index,set_type,weight_" + unit + ",reps,"
        "duration_seconds,rpe"
    ]
    for (day, _), weight in zip(DAYS, weights[1:], strict=True):
        when = f'Legs,"{day} Nov 2026, 18:05","{day} Nov 2026, 18:45"'
        rows.append(f"{when},Squat (Barbell),0,warmup,{weights[0]},8,,")
        rows += [f"{when},Squat (Barbell),{n},normal,{weight},8,,6" for n in (1, 2, 3)]
        rows += [f"{when},Plank,{n},normal,,,40,6" for n in (0, 1, 2)]
    return "\n".join(rows) + "\n"


EXPORTS = {
    "strong": (strong(), ("--unit", "lb")),
    "hevy in pounds": (hevy("lbs", (95, 135, 145, 150)), ()),
    # What an account in kilograms makes of the same bars.
    "hevy in kilograms": (hevy("kg", (43.09, 61.23, 65.77, 68.04)), ()),
}


@pytest.mark.parametrize("name", EXPORTS)
def test_a_squat_in_pounds(name: str, run: Run, tmp_path: Path) -> None:
    """Three sessions of 3 x 8 with 135, 145 and 150 lb, each with four left (RPE 6).

    The load: the belief about the maximum after each session, from a first guess of 70 kg, the
    usual body weight, by the equations of the tracker: 206.5, 214.4 and 219.3 lb with a deviation
    of 5.5 %, and a margin of 2.8 % after three clean sessions. With one session's drift of 0.1 %:
    219.5 lb. A careful level is that x exp(0.028 - 0.6 x 0.0555) = 218.4 lb. Of it the fewest
    reps (3) and one to spare allow the share of the chart at four: 89.2 %, 194.8 lb; with five and
    one, a beginner's, 83.7 %, 182.8 lb. Either is above a tenth more than the last dose: 165 lb.

    The reps: 165 / 218.4 = 75.55 %, on the chart between nine (76.2) and ten (73.9): 9.28. One
    stays to spare: 8. The second set loses 7 %: 8.63, so 7; the third 14 %: 7.98, so 6.
    """
    text, args = EXPORTS[name]
    file = tmp_path / "export.csv"
    file.write_text(text, "utf-8")
    run("config", "set", "unit", "lb")
    code, out, err = run("import", str(file), "--json", *args)
    assert (code, err) == (0, "")
    counts = json.loads(out)
    assert [counts[key] for key in ("imported", "work", "warmup", "holds", "odd")] == [
        21, 18, 3, 9, 0
    ]  # fmt: skip
    _, out, _ = run("next", "back-squat", "--json")
    plan = json.loads(out)
    assert (plan["action"], plan["load_kg"], plan["reps"]) == ("INCREASE", 74.843, 8)
    assert [(one["load_kg"], one["reps"]) for one in plan["plan"]] == [
        (74.843, 8),
        (74.843, 7),
        (74.843, 6),
    ]
    # 219.5 lb, and one more report like the others is expected: 9.46 - 8 - 0.22 kept back.
    assert plan["e1rm"] == pytest.approx(219.5 * 0.45359237, abs=0.1)
    assert plan["expected_rir"]["rir"] == pytest.approx(1.2, abs=0.05)
    _, out, _ = run("next", "back-squat")
    assert "8, 7, 6 · 165 lb" in out


def test_a_plank(run: Run, tmp_path: Path) -> None:
    """Three sets of 40 s with four left are held again, 5 s longer."""
    file = tmp_path / "export.csv"
    file.write_text(strong(), "utf-8")
    run("import", str(file), "--unit", "lb")
    _, out, _ = run("next", "plank", "--json")
    plan = json.loads(out)
    assert (plan["action"], plan["hold_s"]) == ("INCREASE", 45)


@pytest.mark.parametrize("name", EXPORTS)
def test_history_and_review_show_round_pounds(name: str, run: Run, tmp_path: Path) -> None:
    text, args = EXPORTS[name]
    file = tmp_path / "export.csv"
    file.write_text(text, "utf-8")
    run("config", "set", "unit", "lb")
    run("import", str(file), *args)
    _, out, _ = run("history")
    history = " ".join(out.split())
    # 3 x 8 x 135 = 3240, x 145 = 3480, x 150 = 3600; warm-ups are not counted.
    for day, pounds in (("Fri 2026-11-20", "3,240"), ("Mon 2026-11-23", "3,480")):
        assert f"{day}: Back Squat, Plank: 6 sets, {pounds} lb lifted, 2:00 held, 40 min" in history
    assert "Week of 2026-11-23: 2 sessions, 12 sets, 7,080 lb lifted, 4:00 held, 80 min" in history
    _, out, _ = run("review", "back-squat")
    review = " ".join(out.split())
    assert "load: 8 × 150 lb, on Thu 2026-11-26" in review
    assert "Thu 2026-11-26: 3 × 8 · 150 lb, 4 spare" in review
    assert "Mon 2026-11-23: 3 × 8 · 145 lb, 4 spare" in review
    assert "lb lifted in all: 3240, 3480, 3600" in review
    assert "heaviest load, lb: 135, 145, 150" in review
