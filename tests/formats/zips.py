"""Zip archives, made here."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile


def zipped(files: Mapping[str, bytes | str], method: int = ZIP_DEFLATED) -> bytes:
    """An archive of files by name."""
    made = BytesIO()
    with ZipFile(made, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()
