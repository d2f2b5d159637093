"""Setup for every test: Hypothesis profiles, a plain terminal, and never the runner's own log."""

from __future__ import annotations

import compileall
import gc
import os
from collections.abc import Generator, Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings

import tui

# CI uses the same examples every time, so a red run means a broken change, never bad luck; and only
# a few, since a broken rule shows in the first. At a desk there are a hundred, new each time. When
# a release is near, or after touching the store, run make torture, which takes thousands.
settings.register_profile(
    "ci", max_examples=30, derandomize=True, database=None, deadline=None, print_blob=True
)
settings.register_profile("dev", deadline=None)
settings.register_profile("torture", max_examples=3000, deadline=None, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "dev")

# Each of these changes what a terminal program draws; a test about one of them sets it itself.
DRAWING = ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "COLORTERM", "TERM_PROGRAM", "TMUX")


def pytest_configure(config: pytest.Config) -> None:
    """Compile the program once. The suite starts it some hundred times, and if the shell sets
    PYTHONDONTWRITEBYTECODE, an editable install would be compiled again each time."""
    if not hasattr(config, "workerinput"):
        compileall.compile_dir(Path(tui.__file__).parent, quiet=2)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Collect no garbage while collecting tests: there is little, and to look for it among all that
    stays takes a third of the time."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.fixture(scope="session", autouse=True)
def nobodys_machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the suite away from the runner's own log, and from this terminal's settings.

    The data directory set here is below a plain file and can never be created: a test that forgets
    to name its own folder fails at once instead of sharing one with others.
    """
    nowhere = tmp_path_factory.mktemp("no-home") / "a-file"
    nowhere.write_text("A test must name its own data directory.\n")
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name in DRAWING or name.startswith(("STRIDELIFT_", "TEXTUAL")):
                patch.delenv(name)
        patch.setenv("STRIDELIFT_HOME", str(nowhere / "data"))
        patch.setenv("TERM", "xterm-256color")
        yield


@pytest.fixture(scope="session")
def machines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Folders that are not there yet, one after the other. ``mktemp`` would list all earlier ones
    for each new one, which for ten thousand tests takes as long as a quarter of them."""
    root = tmp_path_factory.mktemp("machines")
    return (root / str(number) for number in count())


@pytest.fixture(autouse=True)
def nobodys_state(machines: Iterator[Path]) -> Iterator[None]:
    """A new machine for each test: keys and bells that one sets are not those of the next."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(next(machines)))
        yield
