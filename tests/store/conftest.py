"""A data directory of its own for each test, and a disk that can be made to refuse."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import pytest

from tui.store.paths import Paths
from tui.store.repository import Repository


class Refuse(Protocol):
    def __call__(
        self, call: str, code: int, ending: str = "", after: int = 0, times: int = 1000
    ) -> None: ...


Unconfirmed = Callable[[], None]


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path / "data")


@pytest.fixture
def repository(paths: Paths) -> Repository:
    return Repository(paths, writable=True)


@pytest.fixture
def refuse(monkeypatch: pytest.MonkeyPatch) -> Refuse:
    """Make a call of ``os`` fail with an errno, if a path it is given ends in a certain way (an
    empty ending: any), some times in a row after letting it pass a few. The test's
    ``monkeypatch.undo()`` ends it. Root ignores modes, so chmod would not do.
    """

    def patch(call: str, code: int, ending: str = "", after: int = 0, times: int = 1000) -> None:
        real = getattr(os, call)
        passed = 0

        def failing(*args: object, **options: object) -> object:
            nonlocal passed
            if any(str(arg).endswith(ending) for arg in args[:2]):
                passed += 1
                if after < passed <= after + times:
                    raise OSError(code, os.strerror(code))
            return real(*args, **options)

        monkeypatch.setattr(os, call, failing)

    return patch


@pytest.fixture
def unconfirmed(monkeypatch: pytest.MonkeyPatch) -> Unconfirmed:
    """Call it, and the sync of a folder fails from then on, while files are synced.
    ``monkeypatch.undo()`` ends it."""
    real = os.fsync

    def failing(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        real(handle)

    return lambda: monkeypatch.setattr(os, "fsync", failing)
