"""What a look back says, whoever shows it: never a word of injuries to come."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from tui.bootstrap import shipped_library
from tui.domain.calculator import Setup, fold, prescribe
from tui.domain.model.values import Entry, Measures, Session, SetEntry, Side
from tui.domain.review.context import ReviewContext
from tui.domain.review.e1rm_history import e1rm_history
from tui.domain.review.exercise_history import trained
from tui.domain.review.exercise_review import ExerciseReview
from tui.domain.review.week import week_review_of
from tui.domain.review.weeks import overview
from tui.present.chart.svg import svg
from tui.present.exercise import exercise_report
from tui.present.exercise_charts import Period, charts
from tui.present.history import history_report, session_report
from tui.present.overview import overview_report
from tui.present.report import Report, markdown, plain_lines
from tui.present.week import week_report

SOURCE = Path(__file__).parents[2] / "src" / "tui"
FORBIDDEN = ("injur", "risk", "danger", "imbalance", "asymmetr", "overtrain", "unsafe")
LIBRARY = shipped_library()
SETUP = Setup(library=LIBRARY)
TODAY = date(2026, 11, 20)
NAMES = ("split-squat", "side-plank", "rope-skipping", "back-squat")


def forbidden(text: str) -> list[str]:
    return [word for word in FORBIDDEN if word in text.lower()]


def literals(code: str) -> Iterator[str]:
    """The texts in a module, but for what is said of its parts (docstrings)."""
    tree = ast.parse(code)
    owners = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    said = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, owners) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.value


MODULES = sorted(
    path
    for pattern in (
        *("domain/review/*.py", "present/**/*.py", "cli/review.py", "ui/screens/*review*.py"),
        *("ui/screens/week_*.py", "ui/widgets/year_map.py"),
        *("ui/widgets/plot.py", "ui/sharing.py"),
    )
    for path in SOURCE.glob(pattern)
    # Old injuries are a setting, which the runner tells.
    if path.name != "setting_rows.py"
)


@pytest.mark.parametrize("path", MODULES, ids=[str(path.relative_to(SOURCE)) for path in MODULES])
def test_no_text_in_the_program_speaks_of_injuries(path: Path) -> None:
    assert forbidden(" ".join(literals(path.read_text(encoding="utf-8")))) == []


def hard_weeks() -> list[Session]:
    """Weeks in which one side fell behind and all of it hurt."""
    found = []
    for n in range(16):
        started = datetime.fromisoformat(f"{TODAY - timedelta(days=5 * n)}T18:00+01:00")
        entries = tuple(
            Entry(
                id=f"{n}{name}",
                edited="",
                exercise=name,
                sets=tuple(
                    SetEntry(
                        id=f"{n}{name}{side}",
                        edited="",
                        number=1,
                        side=side,
                        done=measured(name, 10 - (n if side is Side.LEFT else 0) // 2),
                        rir=0,
                        pain=6,
                    )
                    for side in (Side.LEFT, Side.RIGHT)
                ),
            )
            for name in NAMES
        )
        found.append(Session(id=str(n), edited="", started=started, entries=entries))
    [entry, *others] = found[0].entries
    hurt = replace(entry.sets[0], id="x", number=2, pain=9, undone="pain")
    entries = (replace(entry, sets=(*entry.sets, hurt)), *others)
    return sorted([replace(found[0], entries=entries), *found[1:]], key=lambda one: one.day)


def measured(name: str, reps: int) -> Measures:
    if name == "side-plank":
        return Measures(hold_s=10 * reps)
    return Measures(reps=20 * reps) if name == "rope-skipping" else Measures(reps=reps, load_kg=40)


def reviews() -> Iterator[ExerciseReview]:
    log = hard_weeks()
    state = fold(SETUP, log)
    for name in NAMES:
        exercise = LIBRARY.exercises[name]
        yield ExerciseReview(
            name=name,
            library=LIBRARY,
            found=trained(log, name, exercise, TODAY),
            today=TODAY,
            lifts=e1rm_history(state, exercise),
            advice=prescribe(SETUP, state, exercise, TODAY),
        )


def reports() -> Iterator[Report]:
    log = hard_weeks()
    look = ReviewContext(sessions=log, records=(), setup=SETUP, state=fold(SETUP, log), today=TODAY)
    yield overview_report(overview(look), LIBRARY)
    yield week_report(week_review_of(log, (), TODAY, LIBRARY.exercises), LIBRARY)
    yield history_report(log, LIBRARY)
    yield session_report(log[-1], LIBRARY)
    yield from map(exercise_report, reviews())


def test_no_report_of_hard_weeks_speaks_of_injuries() -> None:
    text = " ".join(" ".join([*plain_lines(one), markdown(one)]) for one in reports())
    text = " ".join(text.split())  # Lines are folded anywhere.
    for source in LIBRARY.sources.values():
        text = text.replace(source.title, "")  # What others call their articles is theirs.
    assert "Left against right" in text
    assert "pain up to 9 of 10" in text
    assert forbidden(text) == []


def test_no_chart_of_hard_weeks_speaks_of_injuries() -> None:
    drawn = [svg(one) for seen in reviews() for one in charts(seen, Period.ALL)]
    assert len(drawn) > len(NAMES)
    assert forbidden("".join(drawn)) == []
