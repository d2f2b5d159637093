"""The runner's own library: ``library.json``, laid over the one that comes with the program."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tui.domain.model.codec import Doc
from tui.domain.model.library.parser import SCHEMA_VERSION, Library, Problem, overlay
from tui.domain.model.text import clean
from tui.store.atomic import write
from tui.store.errors import NewerSchema, StoreError, refused
from tui.store.paths import Paths

MOST_BYTES = 20_000_000


class OwnLibrary:
    """The file below ``paths``; ``shipped`` gives the library that it is laid over."""

    def __init__(self, paths: Paths, shipped: Callable[[], Library]) -> None:
        self.path = paths.library
        self.shipped = shipped

    def read(self) -> Doc:
        """What is in the file; nothing where there is none. Raises StoreError where it is no
        library, NewerSchema where a newer version wrote it."""
        if not self.path.exists():
            return {}
        raw = read_json(self.path)
        shown = clean(str(self.path))
        if not isinstance(raw, dict):
            raise StoreError(f"{shown} is no library: it must be an object. Correct it.")
        version = raw.get("schema_version")
        if isinstance(version, int) and version > SCHEMA_VERSION:
            raise NewerSchema(
                f"{shown} was written by a newer stridelift (schema {version}, this one knows "
                f"{SCHEMA_VERSION}). Update stridelift."
            )
        return raw

    def whole(self) -> tuple[Library, list[Problem]]:
        """The library with the runner's own, and what is wrong with the latter; with any problem
        the shipped one stands alone. Raises StoreError where the file holds no JSON."""
        base = self.shipped()
        if not self.path.exists():
            return base, []
        return overlay(base, read_json(self.path), name=str(self.path))

    def load(self) -> tuple[Library, str]:
        """The library, and a line that says why the runner's own is left out of it; empty where it
        is not."""
        try:
            library, problems = self.whole()
        except StoreError as error:
            return self.shipped(), clean(str(error))
        more = f" (and {len(problems) - 1} more: stridelift library check)"
        words = f"{problems[0]}{more if len(problems) > 1 else ''}" if problems else ""
        return library, clean(words)

    def change(self, edit: Callable[[Mapping[str, Any]], Doc]) -> Library:
        """Have what ``edit`` makes of the file on disk, and give the library that follows from it.

        Raises StoreError where the file as it stands cannot be used, where the outcome could not,
        or where the disk refuses; then the file is what it was.
        """
        there, base = self.read(), self.shipped()
        if there:
            self._check(overlay(base, there)[1], f"correct {self.path.name} first")
        changed = edit(there)
        library, problems = overlay(base, changed)
        self._check(problems, "that cannot be")
        data = json.dumps(changed, ensure_ascii=False, indent=2) + "\n"
        write(self.path, data.encode("utf-8", "surrogatepass"))
        return library

    @staticmethod
    def _check(problems: list[Problem], words: str) -> None:
        if problems:
            first = problems[0]
            named = ": ".join(part for part in (first.entry, first.field, first.message) if part)
            raise StoreError(f"{words}: {clean(named)}")


def read_json(path: Path) -> object:
    """The JSON value in a file. Raises StoreError, naming the file, where there is none."""
    shown = clean(str(path))
    try:
        if path.stat().st_size > MOST_BYTES:
            raise StoreError(f"{shown} is larger than {MOST_BYTES:,} bytes: it is no library.")
        return json.loads(path.read_bytes())
    except OSError as error:
        raise refused(path, error, "read") from error
    except (ValueError, RecursionError) as error:
        reason = str(error) if isinstance(error, json.JSONDecodeError) else "it cannot be read"
        raise StoreError(f"{shown} is no JSON: {clean(reason)}. Correct it.") from error
