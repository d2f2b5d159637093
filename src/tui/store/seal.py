"""The hash that a file carries of itself, so that a flipped bit or an edit by hand is noticed.

It is in ``meta`` and covers every byte of the file, with the hash itself taken as zeros.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tui.store.json_bytes import dumps

META = "meta"
HASH = "sha256"
BLANK = "0" * 64


def sealed(meta: Mapping[str, Any], tables: Mapping[str, Any]) -> bytes:
    """A file of these tables as bytes with their hash. Tables and documents are sorted and empty
    tables left out, so that equal logs are equal files. Raises TypeError for what JSON cannot
    hold."""
    ordered = {name: dict(sorted(tables[name].items())) for name in sorted(tables) if tables[name]}
    blank = {META: {**{k: v for k, v in meta.items() if k != HASH}, HASH: BLANK}, **ordered}
    data = dumps(blank, indent=True) + b"\n"
    return data.replace(BLANK.encode(), _hash(data), 1)


def is_whole(data: bytes, meta: Mapping[str, Any]) -> bool:
    """Whether a file is as it was written. One without a hash, from schema 1, is taken for it."""
    told = meta.get(HASH)
    if told is None:
        return True
    if not isinstance(told, str) or len(told) != len(BLANK):
        return False
    return told.encode() == _hash(data.replace(told.encode(), BLANK.encode(), 1))


def _hash(data: bytes) -> bytes:
    from hashlib import sha256  # Takes 4 ms, and not every start reads a file.

    return sha256(data).hexdigest().encode()
