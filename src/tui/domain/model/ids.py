"""Ids that sort by time: 26 characters of Crockford base 32, like ULIDs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from itertools import pairwise

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
# How many characters of an id are the time.
TIME = 10


def sortable(milliseconds: int, randomness: int) -> str:
    """An id that sorts by ``milliseconds`` since 1970 (the low 48 bits), then by the low 80 bits of
    ``randomness``."""
    value = (milliseconds & (1 << 48) - 1) << 80 | randomness & (1 << 80) - 1
    return "".join(ALPHABET[value >> shift & 31] for shift in range(125, -1, -5))


def derived(milliseconds: int, text: str) -> str:
    """An id derived from an instant and any text, always the same: for data that has no id yet."""
    import hashlib  # Loads OpenSSL, which the full screen can do without.

    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=10).digest()
    return sortable(milliseconds, int.from_bytes(digest))


def beside(id_: str, text: str) -> str:
    """An id derived from another one and any text, always the same; it sorts by the same time."""
    return id_[:TIME] + derived(0, f"{text} {id_}")[TIME:]


def day_of(id_: str) -> date | None:
    """The day (UTC) that an id of :func:`sortable` sorts by; None for any other id."""
    if len(id_) != 26 or not set(id_) <= set(ALPHABET):
        return None
    value = 0
    for letter in id_:
        value = value << 5 | ALPHABET.index(letter)
    try:
        return datetime.fromtimestamp((value >> 80) / 1000, UTC).date()
    except (OverflowError, ValueError, OSError):
        return None


def short_forms(ids: Iterable[str], least: int = 6) -> dict[str, str]:
    """For each id its shortest ending, of at least so many characters, that no other id ends in;
    the whole id if there is none."""
    backwards = sorted({id_[::-1] for id_ in ids})
    shared = [0, *(_shared(one, other) for one, other in pairwise(backwards)), 0]
    return {
        name[::-1]: name[: max(least, shared[i] + 1, shared[i + 1] + 1)][::-1]
        for i, name in enumerate(backwards)
    }


def _shared(one: str, other: str) -> int:
    """How many characters two texts begin with in common."""
    pairs = zip(one, other, strict=False)
    return next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
