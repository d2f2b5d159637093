"""``stridelift completion``: prints the completion of a shell, made from the commands' parsers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tui.bootstrap import paths, whole_library
from tui.cli.base import Options, Parser
from tui.domain.model.library.checks import REGIONS
from tui.domain.model.metrics import METRICS
from tui.domain.planning.settings import FAMILIES, SETTINGS

SHELLS = ("bash", "zsh", "fish")
HELP = """Completion for your shell: commands, options, exercises, programmes, settings, files.
stridelift completion SHELL > FILE puts it where the shell looks for it; make the folder first. Once
you have exercises of your own, make it again: it lists them.

  bash  ~/.local/share/bash-completion/completions/stridelift
  fish  ~/.config/fish/completions/stridelift.fish
  zsh   ~/.zfunc/_stridelift

For zsh, ~/.zshrc needs fpath+=~/.zfunc before compinit. Without the package bash-completion,
~/.bashrc can read the file: source FILE."""


def options(parser: Parser) -> None:
    """The shell."""
    parser.add_argument("shell", metavar="bash|zsh|fish", choices=SHELLS)


def run(options: Options) -> int:
    """Print it."""
    from importlib import import_module

    from tui.cli.outline import outlines

    made = import_module(f"tui.cli.completion_{options.shell}")
    print(made.script(outlines(), lists(options.data_dir)), end="")
    return 0


def lists(folder: str | None) -> Mapping[str, Sequence[str]]:
    """What each metavar that stands for one of a list may be. Words are of letters, digits, dots,
    hyphens and underscores: none means anything to a shell. Raises StoreError."""
    library, _ = whole_library(paths(folder))
    heavy = [one.id for one in library.exercises.values() if one.loading == "heavy"]
    own = [f"max.{name}" for name in heavy]
    keys = [key for key in SETTINGS if key.partition(".")[0] + "." not in FAMILIES]
    return {
        "EXERCISE": sorted(library.exercises),
        "PROGRAMME": sorted(library.programmes),
        "ROUTINE": sorted(library.routines),
        "METRIC": sorted(METRICS),
        "REGION": sorted(REGIONS),
        "KEY": sorted([*keys, *own]),
    }
