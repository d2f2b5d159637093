"""Remembers what the last commands wrote in the log, so that they can be taken back.

Each step is a file of its own in ``cache/``, and so belongs to this log alone. One that is missing
only means that nothing is known to take back.
"""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

import msgspec

from tui.domain.model.taking_back import Step
from tui.store.atomic import write
from tui.store.errors import StoreError
from tui.store.files import read_file
from tui.store.paths import Paths

LOG, IMPORT = "log", "import"
# The steps that are remembered of each kind.
KEPT = 20
MOST_BYTES = 64_000_000
NAME = re.compile(r"([a-z]+)-([0-9]{6,9})\.step")


class Steps:
    """The steps of one ``kind``, LOG or IMPORT, below ``paths.cache_dir``. Nothing here raises:
    that a step is not known must not keep anything from being logged."""

    def __init__(self, paths: Paths, kind: str) -> None:
        self._folder = paths.cache_dir
        self._kind = kind

    def add(self, step: Step) -> None:
        """Remember a step that is about to be written. If it cannot be, earlier ones are forgotten
        too, so that none of them is taken for the last."""
        there = self._there()
        number = max(there, default=0) + 1
        data = msgspec.json.encode(step)
        try:
            if len(data) > MOST_BYTES:
                self.forget()
                return
            write(self._folder / f"{self._kind}-{number:06d}.step", data)
        except StoreError:
            self.forget()
            return
        for old in sorted(there)[: -KEPT + 1]:
            _remove(there[old])

    def last(self) -> Step | None:
        """The last step that is remembered."""
        there = self._there()
        if not there:
            return None
        try:
            found = read_file(there[max(there)], MOST_BYTES)
            return None if found is None else msgspec.json.decode(found[1], type=Step)
        except (StoreError, msgspec.MsgspecError, RecursionError):
            self.forget()
            return None

    def newest(self) -> int:
        """The number of the last step that is remembered; 0 for none."""
        return max(self._there(), default=0)

    def make_one(self, after: int) -> None:
        """Make one step of all that came after the one with a number."""
        parts: list[Step] = []
        while self.newest() > after and (step := self.last()) is not None:
            parts.insert(0, step)
            self.drop_last()
        if parts:
            touched = tuple(one for part in parts for one in part.touched)
            self.add(Step(parts[0].at, touched))

    def drop_last(self) -> None:
        """Forget the last step: it is taken back."""
        there = self._there()
        if there:
            _remove(there[max(there)])

    def forget(self) -> None:
        """Forget all steps of this kind."""
        for path in self._there().values():
            _remove(path)

    def _there(self) -> dict[int, Path]:
        try:
            found = [(path, NAME.fullmatch(path.name)) for path in self._folder.iterdir()]
        except OSError:
            return {}
        return {int(match[2]): path for path, match in found if match and match[1] == self._kind}


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()
