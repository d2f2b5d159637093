"""Ids that sort by time: 26 characters of Crockford base 32, like ULIDs."""

from __future__ import annotations

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


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
