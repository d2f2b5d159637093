"""``stridelift metric``: records and lists measured values, such as jump height or weight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from tui.app.logbook import Logbook
from tui.cli.base import (
    CommandError,
    Options,
    Parser,
    Usage,
    as_json,
    logbook,
    past_day,
    say,
    say_json,
    typed_day,
)
from tui.domain.model.dates import day_text
from tui.domain.model.metrics import (
    METRICS,
    Metric,
    Series,
    named,
    series,
    with_metric_value,
    without_metric_value,
)
from tui.domain.model.validation import BadDocument
from tui.domain.model.values import Side
from tui.present.metrics import change, doc, one_side, shown, spark, typed

LISTED = "\n".join(f"  {metric.id:<24} {metric.name.lower()}" for metric in METRICS.values())
HELP = f"""What you measure from time to time. Other metrics in your log are shown as well.

{LISTED}

  add METRIC VALUE   one value a day; adding it again corrects it
  list [METRIC]      all of them, or all values of one
  remove METRIC      the value of the day given with --on

  stridelift metric add vertical-jump 41
  stridelift metric add pace 5:12
  stridelift metric add single-leg-heel L24 R22
  stridelift metric remove vertical-jump --on 2026-11-20"""
# How many words each action takes: at least, at most, and how an error describes them.
TAKES: Mapping[str, tuple[int, float, str]] = {
    "add": (2, float("inf"), "a METRIC and a VALUE"),
    "list": (0, 1, "one METRIC at most"),
    "remove": (1, 1, "one METRIC, and --on DATE"),
}
SIDES = {"left": Side.LEFT, "right": Side.RIGHT}


def options(parser: Parser) -> None:
    """The action, the metric, --side, --on, --json."""
    parser.add_argument("action", metavar="add|list|remove", choices=list(TAKES))
    parser.add_argument("words", metavar="METRIC VALUE", nargs="*")
    parser.add_argument("--side", choices=list(SIDES), help="of one leg only")
    parser.add_argument("--on", metavar="DATE", help="on which day (today)")
    as_json(parser)


def run(options: Options) -> int:
    """Do what was asked."""
    least, most, takes = TAKES[options.action]
    if not least <= len(options.words) <= most:
        raise Usage(f"metric {options.action} takes {takes}")
    if options.action == "remove" and options.on is None:
        raise Usage("metric remove needs --on DATE, the day of the value")
    writes = options.action != "list"
    with logbook(options, write=writes, read=False) as book:
        known = series(book.reader.records())
        one = _meant(known, options.words[0]) if options.words else None
        if one is None:
            _list(book, known, options)
        elif options.action == "list":
            _list_one(book, one, options)
        elif options.action == "add":
            _add(book, one.metric, options)
        else:
            _remove(book, one.metric, options)
    return 0


def _meant(known: Sequence[Series], word: str) -> Series:
    one = named(known, word)
    if one is None:
        names = ", ".join(each.metric.id for each in known)
        raise CommandError(f"{word} does not name one metric; use one of {names}")
    return one


def _add(book: Logbook, metric: Metric, options: Options) -> None:
    now, side = book.now(), SIDES.get(options.side or "")
    day = past_day(options.on, now.date(), "measure it then")
    line = " ".join(options.words[1:])
    try:
        values = (
            typed(metric, line, book.profile.unit)
            if side is None
            else one_side(metric, line, side, book.profile.unit)
        )
    except BadDocument as bad:
        raise Usage(f"metric: {bad}") from bad
    for record in with_metric_value(book.reader.records(), metric, day, values, now.isoformat()):
        book.recorder.tell(record)
    one = _meant(series(book.reader.records()), metric.id)
    told_of = next((point for point in one.points if point.day == day), None)
    if told_of is None:
        # It is written; a note says why the log could not be read again.
        say([f"{day_text(day)}  {metric.name}: kept"])
        return
    moved = change(one, now.date(), book.profile.unit) if one.last == told_of else ""
    line = f"{day_text(day)}  {metric.name}: {shown(metric, told_of.values, book.profile.unit)}"
    say([f"{line}  ({moved})" if moved else line])


def _remove(book: Logbook, metric: Metric, options: Options) -> None:
    side = SIDES.get(options.side or "")
    now = book.now()
    day = typed_day(options.on, now.date())
    gone = without_metric_value(book.reader.records(), metric, day, now.isoformat(), side)
    if not gone:
        raise CommandError(f"{metric.name} has no value on {day}; metric list shows the days")
    for record in gone:
        book.recorder.tell(record)
    say([f"{day_text(day)}  {metric.name}: removed"])


def _list(book: Logbook, known: Sequence[Series], options: Options) -> None:
    today = book.now().date()
    if options.json:
        say_json({"metrics": [doc(one, today, book.profile.unit) for one in known]})
        return
    wide = max(len(one.metric.name) for one in known)
    say(_row(book, one, today, wide) for one in known)


def _row(book: Logbook, one: Series, today: date, wide: int) -> str:
    if one.last is None:
        return f"{one.metric.name:<{wide}}  not measured yet"
    value = shown(one.metric, one.last.values, book.profile.unit)
    bars = spark([point.mean for point in one.points])
    head = f"{one.metric.name:<{wide}}  {value:<14}  {one.last.day}"
    return f"{head}  {change(one, today, book.profile.unit):<22}  {bars}"


def _list_one(book: Logbook, one: Series, options: Options) -> None:
    if options.json:
        say_json(doc(one, book.now().date(), book.profile.unit))
        return
    if not one.points:
        say([f"{one.metric.name}: not measured yet"])
    for point in reversed(one.points):
        note = f"  {point.note}" if point.note else ""
        say([f"{day_text(point.day)}  {shown(one.metric, point.values, book.profile.unit)}{note}"])
