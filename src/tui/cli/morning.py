"""``stridelift morning``: records how much a region hurts on waking."""

from __future__ import annotations

from tui.cli.base import Options, Parser, Usage, logbook, past_day, say
from tui.domain.calculator.morning_pain import (
    MOST_PAIN,
    PAIN_WORDS,
    morning,
    pain_of,
    region_name,
    region_of,
)
from tui.domain.calculator.pain import PAIN_STOP
from tui.domain.model.dates import day_text
from tui.domain.model.library.checks import REGIONS

HELP = f"""How much a region hurts this morning, 0 (none) to 10. The plan takes it into account;
entering it again corrects it. This is not medical advice.

  regions: {", ".join(REGIONS)}

  stridelift morning knee 3
  stridelift morning calf 0 --on 2026-11-03"""


def options(parser: Parser) -> None:
    """REGION, PAIN, --on."""
    parser.add_argument("region", metavar="REGION", help="where: calf, knee, hip ...")
    parser.add_argument("pain", metavar="PAIN", help="0 (none) to 10")
    parser.add_argument("--on", metavar="DATE", help="which morning (today's)")


def run(options: Options) -> int:
    """Write it and say what was written."""
    region, pain = region_of(options.region), pain_of(options.pain)
    if region is None:
        raise Usage(f"morning: {options.region} is not a region; choose from {', '.join(REGIONS)}")
    if pain is None:
        raise Usage(f"morning: {options.pain} is not a whole number from 0 to {MOST_PAIN}")
    with logbook(options, write=True, read=False) as book:
        now = book.now()
        day = past_day(options.on, now.date(), "enter it then")
        book.recorder.tell(morning(day, region, pain, now.isoformat()))
        say([f"{day_text(day)}  {region_name(region)} on waking: {pain} of {MOST_PAIN}"])
        if pain >= PAIN_STOP:
            say([PAIN_WORDS])
    return 0
