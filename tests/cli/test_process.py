"""The command line as a process of its own: exit codes, pipes, and terminals that can little."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

WAIT = 60


def stridelift(*args: str, home: Path, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tui", *args],
        capture_output=True,
        text=True,
        check=False,
        timeout=WAIT,
        env={**os.environ, "STRIDELIFT_HOME": str(home), **env},
        stdin=subprocess.DEVNULL,
    )


def test_without_a_terminal_it_prints_today_and_ends_well(tmp_path: Path) -> None:
    ran = stridelift(home=tmp_path)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "3 × (8 × 5 s) each side" in ran.stdout


@pytest.mark.parametrize(("args", "code"), [(["nonsuch"], 2), (["import", "nonsuch"], 1)])
def test_a_refusal_is_one_line_and_an_exit_code(args: list[str], code: int, tmp_path: Path) -> None:
    ran = stridelift(*args, home=tmp_path)
    assert (ran.returncode, ran.stdout) == (code, "")
    assert ran.stderr.startswith("stridelift: ")
    assert ran.stderr.count("\n") == 1


def test_a_reader_that_has_enough_gets_no_traceback(tmp_path: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w") as closed:
        ran = subprocess.run(
            [sys.executable, "-m", "tui", "library", "list"],
            stdout=closed,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=WAIT,
            env={**os.environ, "STRIDELIFT_HOME": str(tmp_path)},
        )
    assert (ran.returncode, ran.stderr) == (1, "")


def test_what_a_command_loads_without_can_be_loaded_after_it(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from tui.cli import main\n"
        "assert main(['next', 'back-squat']) == 0\n"
        "assert 'typing_extensions' not in sys.modules\n"
        "import typing_extensions, textual.app"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        timeout=WAIT,
        env={**os.environ, "STRIDELIFT_HOME": str(tmp_path)},
    )
    assert (ran.returncode, ran.stderr) == (0, "")


def test_a_full_disk_behind_stdout_is_one_line(tmp_path: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no disk that is always full")
    with full.open("w") as out:
        ran = subprocess.run(
            [sys.executable, "-m", "tui", "locate"],
            stdout=out,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=WAIT,
            env={**os.environ, "STRIDELIFT_HOME": str(tmp_path)},
        )
    assert ran.returncode == 1
    assert ran.stderr.count("\n") == 1
    assert "No space left" in ran.stderr


@pytest.mark.parametrize("where", ["2>&-", "2>/dev/full"])
def test_where_nobody_hears_of_it_the_exit_code_still_tells(where: str, tmp_path: Path) -> None:
    if "full" in where and not Path("/dev/full").exists():
        pytest.skip("this system has no disk that is always full")
    ran = subprocess.run(
        ["sh", "-c", f'"$0" -m tui nonsuch {where}', sys.executable],
        stdout=subprocess.PIPE,
        text=True,
        check=False,
        timeout=WAIT,
        env={**os.environ, "STRIDELIFT_HOME": str(tmp_path)},
    )
    assert (ran.returncode, ran.stdout) == (2, "")


def test_a_terminal_without_unicode_gets_what_it_can_show(tmp_path: Path) -> None:
    ran = stridelift("today", home=tmp_path, PYTHONIOENCODING="ascii")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.isascii()


def test_ctrl_c_ends_it_with_130(tmp_path: Path) -> None:
    ran = subprocess.Popen(
        [sys.executable, "-m", "tui", "import", "-", "--data-dir", str(tmp_path / "home")],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # A shell starts what it puts in the background with ctrl+c ignored, and
        # a child keeps that: the tests may be run in the background.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - one call, no locks
    )
    assert ran.stdin is not None
    assert ran.stderr is not None
    # More than a pipe holds: once it is all written, the command reads, and waits for more.
    ran.stdin.write(b" " * 1_000_000)
    ran.stdin.flush()
    ran.send_signal(signal.SIGINT)
    with ran.stdin, ran.stderr:
        said = b"stridelift: note: stopped; nothing was imported\n"
        assert (ran.wait(WAIT), ran.stderr.read()) == (130, said)
