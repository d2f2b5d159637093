"""Measures the processor time of reviews on 20 years in memory, against decoding one year's JSON.

For each exercise of two programmes: the review in words, the opening of its screen, and its charts
of all time, of which the slowest are printed. Also the overview of the year, and this week against
the plan.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from time import process_time

from _made import LAST, make_log
from _measure import SESSIONS, busy, interleaved, table

from tui.app import review_queries as looks
from tui.app.logbook import Logbook
from tui.bootstrap import open_logbook
from tui.present.exercise import exercise_report
from tui.present.exercise_charts import Period, charts, first_period
from tui.present.overview import overview_report
from tui.present.week import week_report

TODAY = LAST.date() + timedelta(days=3)
FLOOR = "floor: json.loads of a year"
PROGRAMMES = ("trail-speed", "six-patterns")
SHOWN = 6


def spent(work: Callable[[], object]) -> float:
    """The processor time of a call, in ms."""
    begun = process_time()
    work()
    return (process_time() - begun) * 1e3


def in_words(book: Logbook, name: str) -> None:
    """Render the whole review of an exercise in words."""
    exercise_report(looks.exercise_of(book, name))


def opened(book: Logbook, name: str) -> None:
    """Render what the screen of an exercise shows first."""
    seen = looks.exercise_of(book, name)
    charts(seen, first_period(seen))
    len(seen.bests)


def all_time(book: Logbook, name: str) -> Callable[[], object]:
    """A call that draws an exercise's charts of the whole log, from a review made beforehand."""
    return partial(charts, looks.exercise_of(book, name), Period.ALL)


def overview(book: Logbook) -> None:
    """Render the overview in words."""
    overview_report(looks.overview_of(book), book.profile.library, book.profile.unit)


def week(book: Logbook) -> None:
    """Render this week in words."""
    week_report(looks.week_of(book, TODAY), book.profile.library, book.profile.unit)


def measured(folder: Path, programme: str, rounds: int) -> None:
    """Measure all reviews of a log of one programme."""
    make_log(folder, SESSIONS, programme)
    year = (folder / "log" / f"{TODAY.year - 1}.json").read_bytes()
    book = open_logbook(str(folder), TODAY, write=False)
    book.read_all()
    names = sorted(
        {entry.exercise for session in book.reader.sessions() for entry in session.live()}
    )
    uses: dict[str, Callable[[], object]] = {
        **{f"{name}, in words": partial(in_words, book, name) for name in names},
        **{f"{name}, its screen": partial(opened, book, name) for name in names},
        **{f"{name}, charts of all time": all_time(book, name) for name in names},
    }
    whole: dict[str, Callable[[], object]] = {
        FLOOR: partial(json.loads, year),
        "the overview": partial(overview, book),
        "this week": partial(week, book),
    }
    cases = {name: partial(spent, use) for name, use in (whole | uses).items()}
    found = interleaved(cases, rounds)
    dearest = sorted(uses, key=lambda name: -min(found[name]))[:SHOWN]
    title = f"{programme}, {len(names)} exercises, {len(book.reader.sessions())} sessions"
    table(title, "ms", {name: found[name] for name in (*whole, *dearest)}, FLOOR)
    book.close()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="What a look back costs on 20 years.")
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    print(busy())
    for programme in PROGRAMMES:
        with tempfile.TemporaryDirectory(prefix="stridelift-bench-") as name:
            measured(Path(name), programme, rounds)


if __name__ == "__main__":
    main()
