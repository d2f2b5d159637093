"""Dates and times as apps write them for people, in many languages: 8 Apr 2026, 16:50."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from tui.domain.model.date_parser import in_log_years
from tui.domain.model.validation import BadDocument, said

LONGEST = 60
PIECE = re.compile(r"\d+|[^\W\d_]+|/")
# How the months begin in English, Danish, Dutch, Finnish, French, German, Italian, Norwegian,
# Polish, Portuguese, Romanian, Russian, Spanish, Swedish and Turkish, without accents. Of two
# beginnings the longer one decides.
STEMS = (
    "jan gen ene ian oca sty tam янв",
    "feb fev lut sub hel фев",
    "mar mrt mrz maa мар",
    "apr abr avr nis kwi huh апр",
    "mai maj may mag mei tou маи мая",
    "jun juin giu iun haz cze kes июн",
    "jul juil lug iul tem lip hei июл",
    "aug ago aou agu sie elo авг",
    "sep set wrz eyl syy сен",
    "oct okt out ott paz eki lok окт",
    "nov lis kas marr ноя",
    "dec dez dic des gru ara jou дек",
)
MONTHS = {stem: month for month, stems in enumerate(STEMS, 1) for stem in stems.split()}
FILLERS = {"de", "del", "a", "at", "um", "kl", "o", "klo", "alle", "le", "г", "в", "年", "月", "日"}  # noqa: RUF001  Cyrillic
NOON = {"am": 0, "pm": 12}
DOTTED_NOON = re.compile(r"\b([ap])\. ?m\b")
NOT_A_DATE = "is not a date that can be read"


@lru_cache(maxsize=1024)
def written_moment(text: str) -> tuple[datetime, bool]:
    """The date and time in a text, and whether it has a date only. ISO 8601; the day before or
    after a month's name; 8.4.2026; the time with 12 or 24 hours. A month between slashes is
    refused, as it could as well be the day. Raises BadDocument."""
    try:
        found, dated = datetime.fromisoformat(text.strip()), False
        dated = len(text.strip()) <= len("2026-04-08")
    except ValueError:
        found, dated = _read(text)
    in_log_years(found.date())
    return found, dated


def _read(text: str) -> tuple[datetime, bool]:
    wrong = BadDocument(f"{said(text)} {NOT_A_DATE}")
    if len(text) > LONGEST:
        raise wrong
    month, noon = None, None
    numbers: list[str] = []
    slashes = False
    for piece in PIECE.findall(_plain(text)):
        if piece.isdecimal():
            numbers.append(piece)
        elif piece == "/":
            slashes = True
        elif piece in NOON and noon is None:
            noon = NOON[piece]
        elif month is None and (named := _month(piece)):
            month = named
        elif piece not in FILLERS:
            raise wrong
    try:
        if month is not None:
            # The year has four digits; the day stands before or after the month.
            day, year = sorted(numbers[:2], key=len)
            numbers[:2] = [year, str(month), day]
        elif len(numbers) > 2 and len(numbers[2]) == 4 and not slashes:
            numbers[:3] = reversed(numbers[:3])
        return _made(numbers, noon), len(numbers) == 3
    except (ValueError, IndexError, OverflowError):
        raise wrong from None


def _made(numbers: Sequence[str], noon: int | None) -> datetime:
    """The date and time of year, month, day and what there is of the time. Raises ValueError."""
    if len(numbers[0]) != 4 or max(map(len, numbers[1:])) > 2 or len(numbers) not in {3, 5, 6}:
        raise ValueError
    year, month, day, *clock = map(int, numbers)
    hour, minute, second = (*clock, 0, 0, 0)[:3]
    if noon is not None:
        if not 1 <= hour <= 12:
            raise ValueError
        hour = hour % 12 + noon
    return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001  wall-clock time


def _month(word: str) -> int | None:
    return MONTHS.get(word[:4]) or MONTHS.get(word[:3])


def _plain(text: str) -> str:
    """The text in lower case, without accents, a.m. as am."""
    whole = unicodedata.normalize("NFKD", text).casefold()
    whole = "".join(char for char in whole if not unicodedata.combining(char))
    return DOTTED_NOON.sub(r"\1m", whole)
