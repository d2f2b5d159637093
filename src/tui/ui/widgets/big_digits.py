"""Shapes of digits and letters that can be read from two metres.

Digits are as many rows high as there is room for: seven or five rows of whole blocks, or three of
half blocks. Letters are always three rows of half blocks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

TALL, MIDDLE, SMALL = 7, 5, 3
WORD_ROWS = 3
# Each digit as the strokes of its five levels: full, both sides, left, right.
LEVELS = {
    "0": "FSSSF",
    "1": "RRRRR",
    "2": "FRFLF",
    "3": "FRFRF",
    "4": "SSFRR",
    "5": "FLFRF",
    "6": "FLFSF",
    "7": "FRRRR",
    "8": "FSFSF",
    "9": "FSFRF",
}
STROKES = {
    MIDDLE: {"F": "██████", "S": "██  ██", "L": "██    ", "R": "    ██"},
    TALL: {"F": "████████", "S": "██    ██", "L": "██      ", "R": "      ██"},
}
# In seven rows the strokes at the sides are one row longer.
LEVELS_OF = {MIDDLE: (0, 1, 2, 3, 4), TALL: (0, 1, 1, 2, 3, 3, 4)}
SIGNS: Mapping[int, Mapping[str, Sequence[str]]] = {
    MIDDLE: {
        ":": ("  ", "██", "  ", "██", "  "),
        ".": ("  ", "  ", "  ", "  ", "██"),
        "+": ("      ", "  ██  ", "██████", "  ██  ", "      "),
        "×": ("      ", "██  ██", "  ██  ", "██  ██", "      "),
        " ": ("  ",) * MIDDLE,
    },
    TALL: {
        ":": ("  ", "  ", "██", "  ", "██", "  ", "  "),
        ".": ("  ", "  ", "  ", "  ", "  ", "  ", "██"),
        "+": ("        ", "        ", "   ██   ", "████████", "   ██   ", "        ", "        "),
        "×": ("        ", "        ", " ██  ██ ", "   ██   ", " ██  ██ ", "        ", "        "),
        " ": ("  ",) * TALL,
    },
}
HALVES: Mapping[str, Sequence[str]] = {
    "0": ("█▀█", "█ █", "▀▀▀"),
    "1": ("▀█ ", " █ ", "▀▀▀"),
    "2": ("▀▀█", "█▀▀", "▀▀▀"),
    "3": ("▀▀█", " ▀█", "▀▀▀"),
    "4": ("█ █", "▀▀█", "  ▀"),
    "5": ("█▀▀", "▀▀█", "▀▀▀"),
    "6": ("█▀▀", "█▀█", "▀▀▀"),
    "7": ("▀▀█", "  █", "  ▀"),
    "8": ("█▀█", "█▀█", "▀▀▀"),
    "9": ("█▀█", "▀▀█", "▀▀▀"),
    ":": ("▄", "▄", " "),
    ".": (" ", " ", "▀"),
    "+": ("   ", "▄█▄", " ▀ "),
    "×": ("   ", "▀▄▀", "▀ ▀"),
    " ": (" ", " ", " "),
}
LETTERS: Mapping[str, Sequence[str]] = {
    "A": ("▄▀▀▄", "█▄▄█", "█  █"),
    "C": ("▄▀▀▀", "█   ", "▀▄▄▄"),
    "D": ("█▀▀▄", "█  █", "█▄▄▀"),
    "E": ("█▀▀▀", "█▀▀ ", "█▄▄▄"),
    "F": ("█▀▀▀", "█▀▀ ", "█   "),
    "G": ("▄▀▀▀", "█ ▀█", "▀▄▄▀"),
    "H": ("█  █", "█▀▀█", "█  █"),
    "I": ("█", "█", "█"),
    "K": ("█ ▄▀", "█▀▄ ", "█  █"),
    "L": ("█   ", "█   ", "█▄▄▄"),
    "N": ("█▄ █", "█ ▀█", "█  █"),
    "O": ("▄▀▀▄", "█  █", "▀▄▄▀"),
    "R": ("█▀▀▄", "█▄▄▀", "█ ▀▄"),
    "S": ("▄▀▀▀", " ▀▀▄", "▄▄▄▀"),
    "T": ("▀▀█▀▀", "  █  ", "  █  "),
    "W": ("█   █", "█ █ █", "▀▄▀▄▀"),
    "Y": ("█  █", "▀▄▄▀", " ▐▌ "),
}


def big_number(text: str, height: int) -> list[str]:
    """``text`` of digits, ``:``, ``.``, ``+``, ``×`` and blanks as rows of equal width; ``height``
    is TALL, MIDDLE or SMALL."""
    gap = " " if height == SMALL else "  "
    shapes = [_shape(char, height) for char in text]
    return [gap.join(shape[row] for shape in shapes) for row in range(height)]


def _shape(char: str, height: int) -> Sequence[str]:
    if height == SMALL:
        return HALVES[char]
    if char in LEVELS:
        return [STROKES[height][LEVELS[char][level]] for level in LEVELS_OF[height]]
    return SIGNS[height][char]


def big_word(text: str) -> list[str]:
    """A word in capitals of LETTERS as three rows of equal width."""
    return [" ".join(LETTERS[char][row] for char in text) for row in range(WORD_ROWS)]
