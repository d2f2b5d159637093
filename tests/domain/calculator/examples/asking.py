"""Drives the program for examples: imports a set log, changes settings, asks `next` for advice.

Every answer is checked for what must hold for all answers before a test sees it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tui.bootstrap import shipped_library
from tui.cli import main
from tui.domain.model.library.parser import Library
from tui.store.paths import Paths
from tui.store.profile import ProfileStore

Row = dict[str, Any]

NEW_YEAR = "2026-01-01"
BAR_KG, STEP_KG = 20.0, 2.5
BARS = ("barbell", "hex-bar")
ACTIONS = {
    *("START", "INCREASE", "HOLD", "DECREASE", "DELOAD", "TAPER", "LAYOFF", "REST", "SUBSTITUTE"),
    *("VARIANT_UP", "VARIANT_DOWN"),
}
KEYS = {
    *("action", "sets", "reps", "holds", "hold_s", "tempo_s", "contacts", "distance_m", "load_kg"),
    *("rest_s", "target_rir", "plan", "e1rm", "confidence", "reasons", "why", "sources"),
}
NUMBER = re.compile(r"(?<![A-Za-z\d.])\d+(?:\.\d+)?")


@cache
def library() -> Library:
    """The shipped library."""
    return shipped_library()


def work(sets: int, **measures: Any) -> list[Row]:
    """Equal sets."""
    return [{"set": n, **measures} for n in range(1, sets + 1)]


def each(key: str, amounts: Sequence[float], **measures: Any) -> list[Row]:
    """A set for each amount of one measure."""
    return [{"set": n, key: amount, **measures} for n, amount in enumerate(amounts, 1)]


def sides(left: Iterable[Row], right: Iterable[Row]) -> list[Row]:
    """The same sets, left and right."""
    return [
        *({**row, "side": "left"} for row in left),
        *({**row, "side": "right"} for row in right),
    ]


def both(sets: int, **measures: Any) -> list[Row]:
    """Equal sets on each side."""
    return sides(work(sets, **measures), work(sets, **measures))


class Answer:
    """An answer of `next`, with helpers for tests."""

    def __init__(self, doc: dict[str, Any]) -> None:
        self.doc = doc
        self.action: str = doc["action"]
        self.sets: int = doc["sets"]
        self.codes: list[str] = doc["reasons"]
        self.variant: str = doc.get("variant", doc.get("exercise", ""))
        self.plan = [row for row in doc["plan"] if row.get("kind", "work") == "work"]

    @property
    def load(self) -> float | None:
        load: float | None = self.doc["load_kg"]
        return load

    @property
    def reps(self) -> int | None:
        reps: int | None = self.doc["reps"]
        return reps

    @property
    def hold(self) -> float | None:
        hold: float | None = self.doc["hold_s"]
        return hold

    @property
    def cluster(self) -> tuple[int | None, float | None]:
        return self.doc["holds"], self.doc["hold_s"]

    @property
    def lowering(self) -> tuple[int | None, float | None]:
        return self.doc["reps"], self.doc["tempo_s"]

    @property
    def contacts(self) -> int:
        """Contacts of the whole session, checked against the total of the planned sets."""
        assert sum(row["contacts"] for row in self.plan) == self.doc["contacts"], self.doc
        return int(self.doc["contacts"])

    @property
    def loads_and_reps(self) -> list[tuple[float, int]]:
        return [(row["load_kg"], row["reps"]) for row in self.plan]

    def of(self, side: str) -> list[Row]:
        """The planned sets of one side."""
        return [row for row in self.plan if row["side"] == side]

    @property
    def lighter(self) -> list[float]:
        """The percentage by which a reason says that it is lighter."""
        return [float(word) for word in re.findall(r"([\d.]+) % lighter", self.doc["why"])]

    def says(self, code: str) -> bool:
        """Whether a reason code begins with this."""
        return any(given.startswith(code) for given in self.codes)

    def __repr__(self) -> str:
        return f"Answer({json.dumps(self.doc)})"


class Runner:
    """One runner's log, settings and equipment, in a data directory of her own."""

    def __init__(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.home, self.capsys = home, capsys
        self.lines: list[Row] = []
        self.files = 0
        self.race = ""
        self.owned: dict[str, tuple[float, ...]] = {}

    def run(self, *args: str, today: str = NEW_YEAR) -> str:
        """Run a command that must succeed, and return its output."""
        code = main([*args, "--data-dir", str(self.home), "--today", today])
        said = self.capsys.readouterr()
        assert (code, said.err) == (0, ""), (args, said.err)
        return said.out

    def config(self, key: str, value: str) -> None:
        self.run("config", "set", key, value)

    def owns(self, implement: str, *kilograms: float) -> None:
        """Own only these dumbbells or kettlebells."""
        self.owned[implement] = kilograms
        self.config(implement, " ".join(f"{each:g}" for each in kilograms))

    def profile(self, key: str, value: Any) -> None:
        """Change a setting that has no command."""
        store = ProfileStore(Paths(self.home), writable=True)
        store.set(key, value, date.fromisoformat(NEW_YEAR), datetime(2026, 1, 1, tzinfo=UTC))

    def races(self, day: str, priority: str = "A") -> None:
        """Have this race and no other."""
        if self.race:
            self.run("race", "remove", self.race)
        self.race = day
        self.run("race", "add", day, "Hill Race", "--priority", priority)

    def did(
        self, days: str | Sequence[str], exercise: str, rows: list[Row], plan: Row | None = None
    ) -> None:
        """Log the rows on each of the days; ``plan`` is what was prescribed for each row."""
        asked = {} if plan is None else {"prescribed": plan}
        for day in [days] if isinstance(days, str) else days:
            self.lines += [{"date": day, "exercise": exercise, **row, **asked} for row in rows]

    def morning(self, day: str, region: str, pain: int) -> None:
        self.lines.append({"type": "morning", "date": day, "region": region, "pain": pain})

    def measured(self, day: str, metric: str, value: float) -> None:
        self.lines.append({"type": "metric", "date": day, "metric": metric, "value": value})

    def next(self, exercise: str, today: str) -> Answer:
        """The answer of `next` on a day, checked for what must hold for every answer."""
        self.bring_in()
        doc = json.loads(self.run("next", exercise, "--json", today=today))
        check(doc, self.owned)
        return Answer(doc)

    def bring_in(self) -> None:
        """Import the rows logged since the last import."""
        if not self.lines:
            return
        self.files += 1
        file = self.home.parent / f"log-{self.files}.jsonl"
        file.write_text("".join(json.dumps(line) + "\n" for line in self.lines))
        self.run("import", str(file))
        self.lines = []


# --- what holds of every answer -----------------------------------------------------------------


def check(doc: dict[str, Any], owned: dict[str, tuple[float, ...]]) -> None:
    """Check keys, words, loads and sets of any answer."""
    assert doc.keys() >= KEYS, KEYS - doc.keys()
    assert doc["action"] in ACTIONS, doc
    assert all(isinstance(code, str) for code in doc["reasons"]), doc["reasons"]
    assert doc["sources"] and doc["why"], doc
    assert "injur" not in doc["why"].lower()
    check_numbers(doc)
    plan = [row for row in doc["plan"] if row.get("kind", "work") == "work"]
    if doc["action"] == "REST":
        assert plan == []
        return
    counts = [sum(row["side"] == side for row in plan) for side in ("both", "left", "right")]
    # The weaker side may have an extra set.
    assert doc["sets"] in counts and max(counts) >= 1, doc
    check_loads(doc, plan, owned)


def check_numbers(doc: dict[str, Any]) -> None:
    """Every number in the reason is also a value of the answer."""
    values = {key: value for key, value in doc.items() if key not in ("why", "sources")}
    known = {round(number, 2) for number in numbers(values)}
    said = {round(float(word), 2) for word in NUMBER.findall(doc["why"])}
    assert said <= known, (said - known, doc)


def numbers(value: Any) -> Iterator[float]:
    """All numbers in a JSON value, including those in its texts."""
    if isinstance(value, bool) or value is None:
        return
    if isinstance(value, (int, float)):
        yield abs(value)
    elif isinstance(value, str):
        yield from (float(word) for word in re.findall(r"\d+(?:\.\d+)?", value))
    else:
        for part in value.values() if isinstance(value, dict) else value:
            yield from numbers(part)


def check_loads(doc: dict[str, Any], plan: list[Row], owned: dict[str, tuple[float, ...]]) -> None:
    """Every load can be made from the equipment there is."""
    exercise = library().exercises[doc.get("variant", doc["exercise"])]
    loads = [row["load_kg"] for row in plan if row.get("load_kg") is not None]
    if doc["load_kg"] is not None and plan:
        assert doc["load_kg"] == loads[0], doc
    for load in loads:
        lists = [owned[each] for each in owned if each.rstrip("s") in kinds(exercise.equipment)]
        if load == 0 and exercise.body_share:
            continue  # With the body alone.
        if lists:
            assert any(load in listed for listed in lists), (load, lists)
        elif "kettlebell" not in exercise.equipment:
            least = BAR_KG if set(BARS) & set(exercise.equipment) else STEP_KG
            assert load >= least and load % STEP_KG == 0, load


def kinds(equipment: Iterable[str]) -> set[str]:
    return {each.rstrip("s") for each in equipment}
