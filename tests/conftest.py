"""What holds for every test: no runner's own log, a plain terminal, a settled amount of chance."""

from __future__ import annotations

import compileall
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

import tui

# In CI the same examples every time: a red run is a broken change, never bad luck. At a desk new
# examples every time. Before a release, or after touching the store: make torture.
# Half the examples: a rule that breaks shows in the first few, and torture takes thousands.
settings.register_profile(
    "ci", max_examples=50, derandomize=True, database=None, deadline=None, print_blob=True
)
settings.register_profile("dev", deadline=None)
settings.register_profile("torture", max_examples=3000, deadline=None, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "dev")

# Each changes what a terminal program draws; a test that is about one of them sets it itself.
DRAWING = ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "COLORTERM", "TERM_PROGRAM", "TMUX")


def pytest_configure(config: pytest.Config) -> None:
    """Compile the program once. The suite starts it some hundred times, and where the shell forbids
    Python to keep what it compiled, an editable install would compile it anew each time."""
    if not hasattr(config, "workerinput"):
        compileall.compile_dir(Path(tui.__file__).parent, quiet=2)


@pytest.fixture(scope="session", autouse=True)
def nobodys_machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the suite away from the runner's own log and from how this terminal happens to be.

    The data directory named here lies below a plain file, so it can never be made: a test that
    forgets to bring its own folder fails at once, in place of sharing one with others.
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
