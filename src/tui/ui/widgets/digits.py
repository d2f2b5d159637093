"""Clock digits three rows high, of half blocks: readable from where the bar stands."""

from __future__ import annotations

ROWS = 3
SHAPES = {
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
    "+": ("   ", "▄█▄", " ▀ "),
}


def big(text: str) -> list[str]:
    """``text`` of digits, colons and plus signs as three rows of equal width."""
    return [" ".join(SHAPES[char][row] for char in text) for row in range(ROWS)]
