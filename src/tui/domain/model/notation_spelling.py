"""Bring a typed group of sets into one spelling, that of the compact notation.

    3 × (8 × 5 s) each side, 10 s down · 62,5 kg, 2 spare   ->   3x8x5s t10 62.5kg rir2, per side

A comma is a decimal comma only where kg or lb follows, and no blank stands behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from tui.domain.model.patterns import regex
from tui.domain.model.values import FLAGS

NUMBER = r"\d{1,6}(?:\.\d{1,3})?"
LOAD_UNITS = r"(?:kg|lb)"
# One amount, in canonical spelling: 8, 3x8, 40s, 3x8x5s, 40m, 20c.
AMOUNT = rf"{NUMBER}(?:x{NUMBER}){{0,2}}(?:s|min|m|c)?"
MARKS = r"(?:rir|rpe|effort|pain|t|p)"
BODYWEIGHT = "bodyweight"
_SIDED = regex(r"/\s?(?:side|leg|arm|hand|foot)s?\b|\b(?:each|per)\s+(?:side|leg|arm|hand|foot)\b")
_CONTACTS = regex(r"\(\s*(\d{1,6})\s*(?:contacts?)?\s*\)")
_MINUTES = regex(r"\b(\d{1,4}):([0-5]\d)\b(?:\s*min\b)?")
_SECONDS = r"\s*(?:secs?|seconds?|s)?\s+"
_ONE_OF_SIDE = (
    rf"{AMOUNT}(?:\s*,\s*{AMOUNT})*|a?{NUMBER}{LOAD_UNITS}|{BODYWEIGHT}|{MARKS}{NUMBER}"
    rf"|{'|'.join(FLAGS)}"
)
# What becomes of what, in this order.
_SPELLINGS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (regex(pattern), instead)
    for pattern, instead in (
        (r"[×*]", "x"),
        (r"·", " "),
        # Half a rep with a decimal comma: 2,5 spare, rir2,5.
        (r"(?<![\d.,])([0-4]),5(?=\s*(?:reps?\s+)?(?:(?:to|in)\s+)?(?:spare|reserve)\b)", r"\1.5"),
        (r"\b([lr]?(?:rir|rpe)\s*\d),5\b", r"\1.5"),
        (rf"({NUMBER})\s*(?:reps?\s+)?(?:(?:to|in)\s+)?(?:spare|reserve)\b", r"rir\1"),
        (rf"({NUMBER}){_SECONDS}down\b", r"t\1"),
        (rf"({NUMBER}){_SECONDS}pause\b", r"p\1"),
        (r"(\d)\s*(?:kgs?|kilos?)\b", r"\1kg"),
        (r"\b(?:kgs|kilos?)\b", "kg"),
        (r"(\d)\s*lbs?\b", r"\1lb"),
        # A decimal comma; 8,60kg is no weight that anybody writes, but 8 reps with 60 kg.
        (rf"(?<![\d.,])(\d{{1,6}}),(\d{{0,2}}[1-9])(?={LOAD_UNITS})", r"\1.\2"),
        (rf"({NUMBER}{LOAD_UNITS})\s+(?:help|assistance)\b", r"a\1"),
        (r"(\d)\s*(?:secs?|seconds?|s)\b", r"\1s"),
        (r"(\d)\s*(?:mins?|minutes?)\b", r"\1min"),
        (r"(\d)\s*(?:metres?|meters?|m)\b", r"\1m"),
        (r"(\d)\s*(?:contacts?|c)\b", r"\1c"),
        (r"(\d)\s*(?:reps?|jumps?)\b", r"\1"),
        # Weight, reps and sets, as lifters write it: 60kg x 5 x 3, but not 60kg x 3x8.
        (rf"({LOAD_UNITS})(\s*)x(\s*)(\d{{1,3}})\2x\3(\d{{1,2}})(?![\d.x,])", r"\1 \5x\4"),
        (rf"({LOAD_UNITS})\s*x\s*(?=\d)", r"\1 "),
        (rf"(\d)\s*x\s*(?={BODYWEIGHT})", r"\1 "),
        (rf"(\d)\s*x\s*({NUMBER}(?:\s*,\s*{NUMBER}){{2,}}{LOAD_UNITS})", r"\1 =\2"),
        (rf"(\d)\s*x\s*(?=a?{NUMBER}{LOAD_UNITS})", r"\1 "),
        (r"(\d)\s*x\s*(?=[\d(])", r"\1x"),
        (rf"(?<!x)\(\s*({NUMBER}x{NUMBER}s)\s*\)", r"1x\1"),
        (rf"x\(\s*({NUMBER}x{NUMBER}s)\s*\)", r"x\1"),
        (rf"\b([lr]?{MARKS})\s+(\d)", r"\1\2"),
        (rf"rir({NUMBER}) left\s*,\s*({NUMBER}) right\b", r"lrir\1 rrir\2"),
        (rf"(?<![\w.])({_ONE_OF_SIDE})\s+(l|r)(?:eft|ight)\b", r"\2\1"),
        (rf"\b([lr])\s+(?=\d|{MARKS}\s*\d|{'|'.join(FLAGS)})", r"\1"),
        (r"\s*,\s*", ","),
    )
)
# Loads of sets in turn: 20, 30, 40kg behind the reps, or 20kg, 30kg.
_LADDERS = (
    regex(rf"=({NUMBER}(?:,{NUMBER})+)({LOAD_UNITS})"),
    regex(rf"({NUMBER})({LOAD_UNITS})((?:,{NUMBER}\2)+)"),
)
_ITEM = regex(AMOUNT)
_SIDED_ITEM = regex(rf"[lr]?{AMOUNT}")


class Spelling(Struct, frozen=True):
    """A group in canonical words, whether its amounts are of each side, and the foot contacts told
    of all its jumps together, if they are."""

    words: tuple[str, ...]
    per_side: bool
    contacts: int | None


def spelling(text: str) -> Spelling:
    """The words of a typed group in the compact notation. A list of amounts is one word
    (``8,8,7``), and so is one of loads (``20|30|40kg``). Words that mean nothing stay as they
    are."""
    text, contacts = text.lower(), None
    if "jump" in text and (found := _CONTACTS.search(text)):
        contacts = int(found[1])
        text = _CONTACTS.sub(" ", text, count=1)
    text = re.sub(rf"({LOAD_UNITS})\s+each\s+hand\b", r"\1", text)
    text, sided = _SIDED.subn(" ", text)
    text = _MINUTES.sub(lambda m: f"{60 * int(m[1]) + int(m[2])}s", text)
    if re.match(r"\s*(?:left|right)\b", text):
        text = re.sub(r"\b(l|r)(?:eft|ight)\b[:\s]*", r" \1", text)
    for pattern, instead in _SPELLINGS:
        text = pattern.sub(instead, text)
    for pattern in _LADDERS:
        text = pattern.sub(_ladder, text)
    return Spelling(tuple(_words(text)), bool(sided), contacts)


def _ladder(match: re.Match[str]) -> str:
    """Loads in a row as one word."""
    unit = match[2]
    return "".join(match.groups()).replace(unit, "").replace(",", "|") + unit


def _words(text: str) -> Iterator[str]:
    """The words between blanks and commas; amounts that only a comma separates are one word."""
    for word in text.split():
        amounts = ""
        for part in word.split(","):
            if amounts and _ITEM.fullmatch(part):
                amounts += f",{part}"
                continue
            if amounts:
                yield amounts
            amounts = part if _SIDED_ITEM.fullmatch(part) else ""
            if part and not amounts:
                yield part
        if amounts:
            yield amounts
