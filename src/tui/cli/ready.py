"""``stridelift ready``: records how legs, sleep and pain are before a session."""

from __future__ import annotations

from msgspec.structs import replace

from tui.app.logbook import Logbook
from tui.cli.base import Options, Parser, Usage, logbook, past_day, say
from tui.domain.calculator.morning_pain import PAIN_WORDS, region_name, region_of
from tui.domain.calculator.pain import PAIN_STOP
from tui.domain.model.dates import day_text
from tui.domain.model.library.checks import REGIONS
from tui.domain.model.readiness import (
    AS_PLANNED_WORDS,
    LIGHTER_WORDS,
    WHERE_FROM,
    Ready,
    checked,
    of_day,
    readiness,
    words,
)
from tui.domain.model.validation import BadDocument

HELP = f"""How you are today: legs 1 (heavy) to 5 (fresh), sleep 1 (poor) to 5 (good), pain 0 (none)
to 10 (worst). On a low day the session gets lighter, unless you want it as planned. From pain
{WHERE_FROM} up, name the region; the plan takes it into account. Entering it again corrects it.
This is not medical advice.

  regions: {", ".join(REGIONS)}

  stridelift ready 4 4 0
  stridelift ready 2 2 0 --as-planned
  stridelift ready 3 4 3 knee"""


def options(parser: Parser) -> None:
    """LEGS, SLEEP, PAIN, REGION, --as-planned, --on."""
    parser.add_argument("legs", metavar="LEGS", help="1 (heavy) to 5 (fresh)")
    parser.add_argument("sleep", metavar="SLEEP", help="1 (poor) to 5 (good; 7-9 h, Wyles)")
    parser.add_argument("pain", metavar="PAIN", help="0 (none) to 10 (worst)")
    parser.add_argument("region", metavar="REGION", nargs="?", help="where: calf, knee, hip ...")
    parser.add_argument("--as-planned", action="store_true", help="as planned, even on a low day")
    parser.add_argument("--on", metavar="DATE", help="which day (today)")


def run(options: Options) -> int:
    """Write it and say what was written, and what it means for the session."""
    numbers = {name: _number(name, getattr(options, name)) for name in ("legs", "sleep", "pain")}
    region = None if options.region is None else region_of(options.region)
    if options.region is not None and region is None:
        raise Usage(f"ready: {options.region} is not a region; choose from {', '.join(REGIONS)}")
    if region is None and numbers["pain"] >= WHERE_FROM:
        raise Usage(f"ready: from pain {WHERE_FROM} up, name the region: {', '.join(REGIONS)}")
    with logbook(options, write=True, read=False) as book:
        now = book.now()
        day = past_day(options.on, now.date(), "enter it then")
        try:
            told = checked(day, {**numbers, "region": region})
        except BadDocument as bad:
            raise Usage(f"ready: {bad}") from bad
        told = replace(told, light=_light(book, told, as_planned=options.as_planned))
        book.recorder.tell(readiness(told, now.isoformat()))
        say([f"{day_text(day)}  {words(told, region_name(told.region))}"])
        if told.light:
            say([LIGHTER_WORDS])
        elif told.low:
            say([AS_PLANNED_WORDS])
        if told.pain >= PAIN_STOP:
            say([PAIN_WORDS])
    return 0


def _number(name: str, word: str) -> int:
    if not (word.isascii() and word.isdecimal() and len(word) <= 2):
        raise Usage(f"ready: {name.upper()} must be a whole number, not {word}")
    return int(word)


def _light(book: Logbook, told: Ready, *, as_planned: bool) -> bool:
    """Whether the day's session gets lighter; one that is done or under way stays as it was."""
    state = book.planner.state(told.day)
    begun = book.recorder.live is not None and book.recorder.live.started.date() == told.day
    if begun or state.last == told.day:
        before = of_day(state.ready, told.day)
        return before is not None and before.light
    return told.low and not as_planned
