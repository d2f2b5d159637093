"""``stridelift completion``: each script, in its own shell where that is installed."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import pytest

from tui.cli import COMMANDS
from tui.cli.completion import SHELLS, lists
from tui.cli.outline import outlines

Run = Callable[..., tuple[int, str, str]]

# What is typed, the last word up to the cursor, and all that may stand there.
CASES: Mapping[str, set[str]] = {
    "lo": {"log", "locate"},
    "log back-s": {"back-squat"},
    "log --y": {"--yes"},
    "--data-dir / log back-s": {"back-squat"},
    "log back-squat --on mon ''": set(),
    "history --since mon back-s": {"back-squat"},
    "export --format js": {"json", "jsonl"},
    "metric --side left add ver": {"vertical-jump-cm"},
    "metric add --side l": {"left"},
    "library show trail-s": {"trail-speed"},
    "routine show cool": {"cool-down"},
    "morning kn": {"knee"},
    "config set max.back-s": {"max.back-squat"},
    "config get wee": {"week_starts"},
    "race add --priority ''": {"A", "B", "C"},
    "completion ''": {"bash", "zsh", "fish"},
    "nothing ''": set(),
}
# Only bash takes the = for a word of its own.
WITH_EQUALS = {"export --format = js": {"json", "jsonl"}}
OWN = """{"schema_version": 1,
"exercises": [{"id": "tyre-flip", "name": "Tyre flip", "kind": "carry"}]}"""


@pytest.fixture
def script(run: Run, tmp_path: Path) -> Callable[[str], Path]:
    """Writes the script of a shell to a file."""

    def script(shell: str) -> Path:
        code, out, err = run("completion", shell)
        assert (code, err) == (0, "")
        path = tmp_path / f"completion.{shell}"
        path.write_text(out, encoding="utf-8")
        return path

    return script


def answers(shell: str, program: str, home: Path) -> list[set[str]]:
    """What a shell answers to each of the CASES that ``program`` asks: words between lines of ==,
    nothing on stderr."""
    found = shutil.which(shell)
    if found is None:
        pytest.skip(f"not run: {shell} is not installed")
    plain = {"bash": ["--norc"], "zsh": ["-f"], "fish": ["--no-config"]}[shell]
    ran = subprocess.run(
        [found, *plain, "-c", program],
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
        cwd=home,
        env={"PATH": "/usr/bin:/bin", "HOME": str(home), "LC_ALL": "C.UTF-8"},
    )
    assert (ran.stderr, ran.returncode) == ("", 0)
    return [set(block.split()) for block in ran.stdout.split("==")[1:]]


def test_bash_completes(script: Callable[[str], Path], tmp_path: Path) -> None:
    cases = {**CASES, **WITH_EQUALS}
    asked = [
        f"COMP_WORDS=(stridelift {typed}) COMP_CWORD={len(shlex.split(typed))}\n"
        'echo == ; _stridelift; echo "${COMPREPLY[@]}"'
        for typed in cases
    ]
    program = "\n".join(["set -u", f"source {script('bash')}", *asked])
    assert answers("bash", program, tmp_path) == list(cases.values())


def test_bash_leaves_files_and_folders_to_readline(
    script: Callable[[str], Path], tmp_path: Path
) -> None:
    asked = ["import a b ''", "export --data-dir ''", "log ''", "backup ''"]
    said = [
        f"COMP_WORDS=(stridelift {typed}) COMP_CWORD={len(shlex.split(typed))}\n"
        "echo == ; _stridelift"
        for typed in asked
    ]
    program = "\n".join(["compopt() { echo $2; }", f"source {script('bash')}", *said])
    found = answers("bash", program, tmp_path)
    assert found == [{"default"}, {"dirnames"}, set(), {"default"}]


def test_bash_registers_it(script: Callable[[str], Path], tmp_path: Path) -> None:
    program = f"source {script('bash')}; echo ==; complete -p stridelift"
    assert answers("bash", program, tmp_path) == [{"complete", "-F", "_stridelift", "stridelift"}]


# What completion offers is printed, as far as it begins with the word at the cursor.
ZSH = """
compadd() { shift; print -l -- ${(M)@:#$PREFIX*} }
_describe() { print -l -- ${${(M)every:#$PREFIX*}%%:*} }
_files() { : }
compdef() { : }
ask() { words=("$@"); CURRENT=$#; PREFIX=$words[CURRENT]; print "=="; _stridelift }
"""


def test_zsh_completes(script: Callable[[str], Path], tmp_path: Path) -> None:
    asked = [f"ask stridelift {typed}" for typed in CASES]
    program = "\n".join([ZSH, f"source {script('zsh')}", *asked, "true"])
    assert answers("zsh", program, tmp_path) == list(CASES.values())


# A zsh at a terminal, with its own completion, that tells with which words the command was run.
ZSH_AT_A_TERMINAL = """
PS1= RPS1=
autoload -Uz compinit
compinit -D -u
source SCRIPT
stridelift() { print -r -- "<${(j:|:)@}>" }
"""
ZSH_TYPES = """
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "source SETUP"
typed() {
  print "=="
  zpty -w shell "$1"
  zpty -r shell said '*<*>*'
  print -r -- "${${said##*<}%%>*}"
}
"""


def test_zsh_completes_what_is_typed(script: Callable[[str], Path], tmp_path: Path) -> None:
    setup = tmp_path / "setup"
    setup.write_text(ZSH_AT_A_TERMINAL.replace("SCRIPT", shlex.quote(str(script("zsh")))))
    asked = ["serve --po\\t9000", "mor\\tknee", "log glute-s\\tx"]
    program = ZSH_TYPES.replace("SETUP", shlex.quote(str(setup)))
    program += "\n".join(f"typed $'stridelift {keys}'" for keys in asked)
    assert answers("zsh", program + "\nzpty -d shell", tmp_path) == [
        {"serve|--port|9000"},
        {"morning|knee"},
        {"log|glute-sling|x"},
    ]


def test_fish_completes(script: Callable[[str], Path], tmp_path: Path) -> None:
    lines = [f"stridelift {typed}".removesuffix("''") for typed in CASES]
    asked = [
        f"echo ==; complete -C {shlex.quote(line)} | string replace -r '\\t.*' ''" for line in lines
    ]
    program = "\n".join([f"source {script('fish')}", *asked, "true"])
    assert answers("fish", program, tmp_path) == list(CASES.values())


@cache
def known() -> frozenset[str]:
    """Every command and option."""
    names = {name for one in outlines() for option in one.options for name in option.names}
    return frozenset({*names, *COMMANDS})


@pytest.mark.parametrize("shell", SHELLS)
def test_every_command_and_option_is_in_it(script: Callable[[str], Path], shell: str) -> None:
    words = set(re.findall(r"[\w-]+", script(shell).read_text(encoding="utf-8")))
    if shell == "fish":
        words |= {f"--{word}" for word in words} | {f"-{word}" for word in words}
    assert known() <= words


def test_own_exercises_are_in_it(script: Callable[[str], Path], home: Path) -> None:
    home.mkdir()
    (home / "library.json").write_text(OWN)
    assert "tyre-flip" in script("bash").read_text(encoding="utf-8")


def test_no_word_of_a_list_means_anything_to_a_shell(home: Path) -> None:
    for words in lists(str(home)).values():
        assert words
        assert [word for word in words if not re.fullmatch(r"[a-z0-9][\w.-]*", word)] == []


def test_an_unknown_shell_is_refused(run: Run) -> None:
    code, out, err = run("completion", "tcsh")
    assert (code, out) == (2, "")
    assert err.startswith("stridelift: completion: ")
