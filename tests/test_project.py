"""What holds for the project as a whole: its packages, its imports, its promises in README.md."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "tui"
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def python(*args: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run this Python with ``args``; its output is text, a failure is for the caller to judge."""
    return subprocess.run(
        [sys.executable, *args],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        cwd=cwd,
    )


def stridelift(*args: str) -> subprocess.CompletedProcess[str]:
    return python("-m", "tui", *args)


# --- what is packed -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the sdist of this tree."""
    folder = tmp_path_factory.mktemp("dist")
    built = python("-m", "hatchling", "build", "-d", str(folder), cwd=ROOT)
    assert built.returncode == 0, built.stderr
    return folder


@pytest.fixture(scope="module")
def wheel(dist: Path) -> Iterator[zipfile.ZipFile]:
    with zipfile.ZipFile(next(dist.glob("*.whl"))) as archive:
        yield archive


def package_files() -> set[str]:
    """Every file of the package in the tree, as a wheel names it."""
    files = (path for path in SOURCE.rglob("*") if path.is_file())
    return {f"tui/{path.relative_to(SOURCE).as_posix()}" for path in files if path.suffix != ".pyc"}


def test_the_wheel_is_the_package_the_library_and_the_manual_and_nothing_else(
    wheel: zipfile.ZipFile,
) -> None:
    packed = {name for name in wheel.namelist() if ".dist-info/" not in name}
    page = f"stridelift-{PROJECT['project']['version']}.data/data/share/man/man1/stridelift.1"
    assert packed == package_files() | {"tui/library.json", page}
    assert "tui/py.typed" in packed


def test_the_wheels_library_is_the_one_at_the_top(wheel: zipfile.ZipFile) -> None:
    assert wheel.read("tui/library.json") == (ROOT / "library.json").read_bytes()


def test_the_wheel_installs_the_command(wheel: zipfile.ZipFile) -> None:
    [entry_points] = [name for name in wheel.namelist() if name.endswith("/entry_points.txt")]
    assert "stridelift = tui.__main__:main" in wheel.read(entry_points).decode()


def test_the_sdist_has_what_building_and_testing_need(dist: Path) -> None:
    with tarfile.open(next(dist.glob("*.tar.gz"))) as archive:
        packed = {name.partition("/")[2] for name in archive.getnames()}
    top = {"library.json", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "Makefile"}
    assert top | {"pyproject.toml", ".ci/run", "tests/test_project.py"} <= packed
    assert {f"src/{name}" for name in package_files()} <= packed
    assert not [name for name in packed if name.endswith(".pyc") or name.startswith(".venv")]


def test_the_installed_version_is_the_projects() -> None:
    assert importlib.metadata.version("stridelift") == PROJECT["project"]["version"]


# --- what is imported ---------------------------------------------------------------------------

# Each costs a reader of one line of text more than reading the log does, and gives nothing for it.
DEAR = frozenset(
    {"textual", "rich", "pygments", "markdown_it", "asyncio", "email", "xml"}
    | {"importlib.metadata", "logging", "multiprocessing", "sqlite3", "ssl", "tui.formats"}
    | {"tui.ui", "unittest", "subprocess", "statistics"}
)
STORAGE = frozenset({"tinydb", "orjson"})


def imported(*args: str) -> set[str]:
    """The modules, packages included, that Python loads for ``python ARGS``."""
    ran = python("-X", "importtime", *args)
    assert ran.returncode == 0, ran.stderr[-2000:]
    return {
        line.rpartition("|")[2].strip()
        for line in ran.stderr.splitlines()
        if line.startswith("import time:")
    }


@pytest.mark.parametrize(
    ("command", "needless"),
    [
        # Without a terminal: today's session, and the full screen is not even loaded.
        pytest.param("", DEAR, id="no command"),
        pytest.param("today", DEAR | {"orjson", "inspect"}, id="today"),
        pytest.param("next back-squat", DEAR | {"orjson", "inspect"}, id="next"),
        pytest.param("go", DEAR, id="go"),
        pytest.param("library show back-squat", DEAR, id="library"),
        pytest.param("locate", DEAR | STORAGE, id="locate"),
    ],
)
def test_a_command_imports_only_what_it_needs(
    command: str, needless: frozenset[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STRIDELIFT_HOME", str(tmp_path))
    # What this machine's site-packages load into every Python is not the program's doing.
    always = imported("-c", "pass")
    loaded = imported("-m", "tui", *command.split()) - always
    assert "tui.cli" in loaded
    assert not loaded & needless


def test_the_domain_loads_only_itself_its_structs_and_the_standard_library() -> None:
    ran = python(
        "-c",
        "import sys; before = set(sys.modules)\n"
        "import importlib, pkgutil, tui.domain\n"
        "for m in pkgutil.walk_packages(tui.domain.__path__, 'tui.domain.'):\n"
        "    importlib.import_module(m.name)\n"
        "print(*sorted(set(sys.modules) - before))",
    )
    assert ran.returncode == 0, ran.stderr
    loaded = ran.stdout.split()
    assert "tui.domain.model.values" in loaded
    strangers = [
        name
        for name in loaded
        if name.partition(".")[0] not in sys.stdlib_module_names
        and name != "tui"
        # msgspec looks for typing_extensions and takes it where it is.
        and name.partition(".")[0] not in ("msgspec", "typing_extensions")
        and not name.startswith("tui.domain")
    ]
    assert strangers == []


# What import-linter cannot see: built-ins, and the clock and zone inside datetime.
IMPURE = re.compile(
    r"open|print|input|breakpoint|eval|exec|__import__"
    r"|(.*\.)?(date|datetime)\.(now|today|utcnow)"
    r"|.*\.(read_text|read_bytes|write_text|write_bytes)"
)


def impure_calls(code: str) -> list[str]:
    """The calls in Python source that read a clock, a zone or a file, or write anywhere."""
    calls = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)]
    named = [(ast.unparse(call.func), call) for call in calls]
    return [
        name
        for name, call in named
        if IMPURE.fullmatch(name)
        # Without an argument it asks the machine for its zone.
        or (name.endswith(".astimezone") and not call.args and not call.keywords)
    ]


@pytest.mark.parametrize(
    "code",
    [
        "open('x')",
        "datetime.now(UTC)",
        "datetime.date.today()",
        "when.astimezone()",
        "p.read_text()",
    ],
)
def test_an_impure_call_is_seen(code: str) -> None:
    assert impure_calls(code)


def test_no_call_in_the_domain_reads_a_clock_or_a_file() -> None:
    modules = list((SOURCE / "domain").rglob("*.py"))
    assert modules
    found = {
        path.relative_to(SOURCE).as_posix(): calls
        for path in modules
        if (calls := impure_calls(path.read_text(encoding="utf-8")))
    }
    assert found == {}


CONTRACTS = {c["id"]: c for c in PROJECT["tool"]["importlinter"]["contracts"]}
ROOMS = [name for row in CONTRACTS["rooms"]["layers"] for name in row.split(" | ")]
# The modules of an empty house: the rooms, and the parts of the domain.
MODULES = [*ROOMS, *(f"domain.{name}" for name in CONTRACTS["domain"]["layers"])]

# Imports against each contract, by module. A contract without them is not known to catch anything.
BREACHES = {
    "rooms": {"store": "import tui.ui"},
    "domain": {"domain.model": "import tui.domain.review"},
    "no-circles": {
        "domain.session": "import tui.domain.calculator",
        "domain.calculator": "import tui.domain.session",
    },
    "pure-domain": {"domain.planning": "import random"},
    "textual-only-in-ui": {"present": "import textual.app"},
    "disk-only-in-store": {"formats": "from tinydb import TinyDB"},
    "no-network": {"app": "import urllib.request"},
}


def lint_imports(tmp_path: Path, imports: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """Run the project's contracts over a house that is empty but for ``imports``, lines by module.
    The answer is KEPT or BROKEN for each contract's name.
    """
    for module in ("__init__", *MODULES):
        code = "\n".join(lines[module] for lines in imports if module in lines)
        path = tmp_path / "tui" / Path(*module.split("."))
        path = path / "__init__.py" if module == "domain" else path.with_suffix(".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(code)
    config = str(ROOT / "pyproject.toml")
    # Its command puts the working folder first on the path: this house, not the installed one.
    start = "from importlinter.cli import lint_imports_command as go; go()"
    ran = python("-c", start, "--no-cache", "--config", config, cwd=tmp_path)
    return dict(re.findall(r"^(\S.*?) (KEPT|BROKEN)$", ran.stdout, flags=re.MULTILINE))


def test_each_import_contract_catches_its_breach(tmp_path: Path) -> None:
    assert CONTRACTS.keys() == BREACHES.keys()
    verdicts = lint_imports(tmp_path, list(BREACHES.values()))
    assert verdicts == {contract["name"]: "BROKEN" for contract in CONTRACTS.values()}


def test_the_contracts_allow_an_orderly_house(tmp_path: Path) -> None:
    orderly = [
        {"ui": "import textual, tui.app", "store": "import tinydb, tui.domain.model"},
        {"domain.review": "import tui.domain.planning", "domain.planning": "import msgspec"},
    ]
    verdicts = lint_imports(tmp_path, orderly)
    assert verdicts == {contract["name"]: "KEPT" for contract in CONTRACTS.values()}


@pytest.mark.parametrize(
    ("contract", "owner"), [("textual-only-in-ui", "ui"), ("disk-only-in-store", "store")]
)
def test_a_contract_of_one_owner_binds_all_others(contract: str, owner: str) -> None:
    bound = {name.removeprefix("tui.") for name in CONTRACTS[contract]["source_modules"]}
    assert bound == set(ROOMS) - {owner}


# --- what README.md promises --------------------------------------------------------------------


def block(name: str) -> str:
    """The fenced block below the HTML comment that marks it."""
    found = re.findall(rf"^<!-- {name} -->\n```sh\n(.*?)\n```$", README, re.MULTILINE | re.DOTALL)
    assert len(found) == 1, f"README.md must have one block marked {name}"
    return str(found[0])


@pytest.mark.parametrize("name", ["run-command", "test-command"])
def test_a_command_is_one_line_from_a_bare_python_and_ci_runs_it(name: str) -> None:
    assert re.fullmatch(r"python3 -m venv \.venv && [^\n]+", block(name))
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert f"follow_readme {name}" in script
    assert block(name) not in script  # taken from README.md, never copied


def test_the_readme_asks_for_the_python_that_the_project_asks_for() -> None:
    needed = PROJECT["project"]["requires-python"].removeprefix(">=")
    assert f"Python {needed} or newer" in README


@pytest.mark.parametrize(
    "document", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/architecture.md"]
)
def test_links_between_documents_lead_somewhere(document: str) -> None:
    path = ROOT / document
    targets = re.findall(r"\]\((?!https?:)([^)#\s]+)", path.read_text(encoding="utf-8"))
    missing = [target for target in targets if not (path.parent / target).exists()]
    assert missing == []


# The rows of the table, and in --help the list of commands, which starts each with its name.
PROMISED = sorted(set(re.findall(r"^\| `stridelift ([a-z][a-z-]*)", README, flags=re.MULTILINE)))


def test_the_readme_and_the_help_name_the_same_commands() -> None:
    ran = stridelift("--help")
    assert ran.returncode == 0, ran.stderr
    listed = re.findall(r"^ {2,6}([a-z][a-z-]*)(?: {2,}\S.*)?$", ran.stdout, flags=re.MULTILINE)
    assert sorted(set(listed)) == PROMISED


@pytest.mark.parametrize("command", PROMISED)
def test_each_command_of_the_readme_has_its_help(command: str) -> None:
    ran = stridelift(command, "--help")
    assert ran.returncode == 0, ran.stderr
    assert {"--data-dir", "--today"} <= set(re.findall(r"--[a-z-]+", ran.stdout))


# --- what must not lie about --------------------------------------------------------------------

LEFT_OVER = {
    "unfinished work": re.compile(r"\b(?:TODO|FIXME|XXX)\b"),
    "a merge conflict": re.compile(r"^(?:<{7}|>{7}) ", re.MULTILINE),
    "somebody's machine": re.compile(r"(?<![\w.])/(?:home|Users|root|work)/\w"),
    "a debugger": re.compile(r"\b(?:breakpoint|set_trace)\("),
}


def project_texts() -> Iterator[tuple[str, str]]:
    """Name and text of each file of the project, save this one, which names what it looks for."""
    folders = ("src", "tests", "bench", "docs", ".ci")
    files = [path for folder in folders for path in (ROOT / folder).rglob("*")]
    for path in sorted([*files, *ROOT.glob("*")]):
        # In a worktree .git is a file too, and names where the repository is.
        if (
            path.is_file()
            and path.name != ".git"
            and path.suffix != ".pyc"
            and path != Path(__file__)
        ):
            text = path.read_bytes().decode("utf-8", errors="replace")
            yield path.relative_to(ROOT).as_posix(), text


def test_nothing_is_left_lying_about() -> None:
    texts = dict(project_texts())
    assert {"README.md", ".ci/run", "src/tui/domain/model/values.py"} <= texts.keys()
    found = [
        f"{name}: {what}: {match[0]!r}"
        for name, text in texts.items()
        for what, pattern in LEFT_OVER.items()
        for match in pattern.finditer(text)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("unfinished work", "# TODO: later"),
        ("a merge conflict", "<<<<<<< HEAD"),
        ("somebody's machine", "see /home/ana/log"),
        ("a debugger", "breakpoint()"),
    ],
)
def test_what_is_left_over_is_seen(what: str, text: str) -> None:
    assert LEFT_OVER[what].search(text)
