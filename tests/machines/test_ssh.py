"""Git over a real ssh on loopback: what it says, what it asks, and that nothing of it stays."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import socket
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.machines.sshd import Server, free_port, make_key, server
from tui.store.git import Git, GitFailed

MARK = "STRIDELIFT_TEST_MARK"
SOON_S = 0.7
PASSPHRASE = "five slow miles"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with server(tmp_path_factory.mktemp("sshd")) as one:
        yield one


@pytest.fixture
def home(shared: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Server]:
    """The server as it is at first, and this process marked so that what it starts is known."""
    for name in [name for name in os.environ if name.startswith(("GIT_", "SSH_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    monkeypatch.setenv("PATH", f"{shared.folder / 'bin'}:{os.environ['PATH']}")
    monkeypatch.setenv(MARK, str(tmp_path))
    kept = {path: path.read_text() for path in (shared.authorized, shared.known_hosts)}
    yield shared
    for path, text in kept.items():
        path.write_text(text)
    shared.use_key(shared.folder / "id")


def processes() -> list[tuple[str, str]]:
    """The command and the state (T: stopped) of what this test has started and still runs."""
    mark = os.fsencode(f"{MARK}={os.environ[MARK]}")
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if mark in (folder / "environ").read_bytes().split(b"\0"):
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                state = (folder / "stat").read_text().rpartition(")")[2].split()[0]
                found.append((command, state))
    return found


def git(home: Server, tmp_path: Path, *, patience_s: float = 10.0, url: str = "") -> Git:
    (tmp_path / "log").mkdir(exist_ok=True)
    one = Git(tmp_path / "log", may_ask=False, patience_s=patience_s)
    one.set_up(url or home.url)
    return one


def fails(one: Git) -> GitFailed:
    with pytest.raises(GitFailed) as caught:
        one.network("ls-remote", "home")
    assert "\n" not in str(caught.value)
    assert processes() == []
    return caught.value


def commit(one: Git) -> str:
    tree = one.run("mktree").decode().strip()
    return one.run("commit-tree", tree, "-m", "empty").decode().strip()


def test_a_key_pushes_and_fetches(home: Server, tmp_path: Path) -> None:
    one = git(home, tmp_path)
    made = commit(one)
    one.network("push", "-q", "home", f"{made}:refs/heads/main")
    assert one.run("rev-parse", "refs/remotes/home/main").decode().strip() == made
    two = Git(tmp_path / "other", may_ask=False, patience_s=10)
    two.root.mkdir()
    two.set_up(home.url)
    two.network("fetch", "-q", "home", "+refs/heads/main:refs/remotes/home/main")
    assert two.run("rev-parse", "refs/remotes/home/main").decode().strip() == made
    assert processes() == []


def test_the_agents_key_is_enough(
    home: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.use_key(None)
    assert fails(git(home, tmp_path)).kind == "refused"
    where = str(tmp_path / "agent")
    environment = {name: value for name, value in os.environ.items() if name != MARK}
    agent = ["ssh-agent", "-D", "-a", where]
    with subprocess.Popen(agent, stdout=subprocess.PIPE, env=environment) as process:
        try:
            assert process.stdout is not None
            process.stdout.readline()
            monkeypatch.setenv("SSH_AUTH_SOCK", where)
            subprocess.run(["ssh-add", "-q", home.folder / "id"], check=True)
            git(home, tmp_path).network("ls-remote", "home")
        finally:
            process.terminate()
    assert processes() == []


def test_a_refused_key_says_how_to_bring_it_there(home: Server, tmp_path: Path) -> None:
    make_key(tmp_path / "other")
    home.use_key(tmp_path / "other")
    error = fails(git(home, tmp_path))
    assert error.kind == "refused"
    assert f"ssh-copy-id -p {home.port} " in str(error)


def test_an_unknown_server_says_what_to_type(home: Server, tmp_path: Path) -> None:
    home.known_hosts.write_text("")
    error = fails(git(home, tmp_path))
    assert error.kind == "refused"
    assert f"type: ssh -p {home.port} " in str(error)
    assert home.known_hosts.read_text() == ""


def test_a_changed_server_is_not_trusted(home: Server, tmp_path: Path) -> None:
    make_key(tmp_path / "impostor")
    key = (tmp_path / "impostor.pub").read_text()
    home.known_hosts.write_text(f"[127.0.0.1]:{home.port} {key}")
    error = fails(git(home, tmp_path))
    assert error.kind == "refused"
    assert f"type: ssh -p {home.port} " in str(error)


def test_a_server_without_the_log_says_how_to_make_it(home: Server, tmp_path: Path) -> None:
    error = fails(git(home, tmp_path, url=home.url.replace("log.git", "my log.git")))
    assert error.kind == "other"
    assert f"git init --bare -b main '{home.folder}/my log.git'" in str(error)


def test_nobody_at_the_port_is_offline(home: Server, tmp_path: Path) -> None:
    error = fails(git(home, tmp_path, url=f"ssh://127.0.0.1:{free_port()}/log.git"))
    assert error.kind == "offline"
    assert str(error) == "127.0.0.1 cannot be reached (connection refused)"


def test_a_server_that_never_answers_is_given_up(home: Server, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        one = git(home, tmp_path, url=f"ssh://127.0.0.1:{port}/log.git", patience_s=0.5)
        begun = time.monotonic()
        error = fails(one)
    assert time.monotonic() - begun < 1.5
    assert error.kind == "hanging"
    assert str(error) == "127.0.0.1 did not answer within 0.5 seconds"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_whoever_ends_the_program_ends_its_ssh(
    number: signal.Signals, home: Server, tmp_path: Path
) -> None:
    code = BY_HAND.replace("may_ask=True", "may_ask=False").partition("print(input")[0]
    code = code.replace("fcntl.ioctl(0, termios.TIOCSCTTY, 0)", "")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        root = git(home, tmp_path, url=f"ssh://127.0.0.1:{port}/log.git").root
        with subprocess.Popen(
            [sys.executable, "-c", code, str(root), "60"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        ) as process:
            connection, _ = silent.accept()  # Its ssh is there.
            with connection:
                process.send_signal(number)
                process.wait(10)
    assert processes() == []


def test_a_server_that_stops_in_the_middle_is_given_up(home: Server, tmp_path: Path) -> None:
    home.runs_instead("printf 0010; exec cat >/dev/null")
    error = fails(git(home, tmp_path, patience_s=SOON_S))
    assert error.kind == "hanging"


def test_a_server_that_dies_in_the_middle_is_offline(home: Server, tmp_path: Path) -> None:
    home.runs_instead("kill -KILL $PPID")
    error = fails(git(home, tmp_path))
    assert error.kind == "offline"
    assert str(error) == "127.0.0.1 cannot be reached (closed by remote host)"


def test_a_server_that_never_stops_talking_is_cut_off(home: Server, tmp_path: Path) -> None:
    home.runs_instead("exec yes >&2")
    error = fails(git(home, tmp_path))
    assert str(error) == "127.0.0.1 sends more than a log can be"


def test_a_server_that_greets_first_is_told_of(home: Server, tmp_path: Path) -> None:
    home.runs_instead("echo Welcome")
    assert "silence its .bashrc" in str(fails(git(home, tmp_path)))


# --- by hand --------------------------------------------------------------------------------------

BY_HAND = """\
import fcntl, signal, sys, termios
from pathlib import Path
# A program in the background, or under nohup, starts its children with these ignored, and they keep
# that.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGTSTP, signal.SIG_DFL)
signal.signal(signal.SIGHUP, signal.SIG_DFL)
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
from tui.store.git import Git, GitFailed
try:
    Git(Path(sys.argv[1]), may_ask=True, patience_s=float(sys.argv[2])).network("ls-remote", "home")
    print("it went well")
except GitFailed as error:
    print("failed:", error.kind, error)
except KeyboardInterrupt:
    print("interrupted")
print(input("and the terminal? "))
"""


class ByHand:
    """The module at work in a terminal."""

    def __init__(self, root: Path, patience_s: float) -> None:
        self.master, slave = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-c", BY_HAND, str(root), str(patience_s)],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
        )
        self.slave = slave
        self.said = ""

    def wait_for(self, words: str) -> None:
        end = time.monotonic() + 10
        while words not in self.said:
            assert select.select([self.master], [], [], end - time.monotonic())[0], self.said
            self.said += os.read(self.master, 4096).decode()

    def type(self, words: str) -> None:
        os.write(self.master, words.encode())


@contextmanager
def by_hand(root: Path, patience_s: float = 10.0) -> Iterator[ByHand]:
    one = ByHand(root, patience_s)
    try:
        yield one
        # The terminal is the program's again, and shows what is typed.
        one.wait_for("and the terminal? ")
        assert termios.tcgetattr(one.slave)[3] & termios.ECHO
        one.type("mine\n")
        one.wait_for("mine\r\nmine")
        assert one.process.wait(10) == 0
    finally:
        one.process.kill()
        one.process.wait()
        os.close(one.master)
        os.close(one.slave)
    assert processes() == []


@pytest.fixture
def locked_key(home: Server, tmp_path: Path) -> Path:
    make_key(tmp_path / "locked", PASSPHRASE)
    home.use_key(tmp_path / "locked")
    home.authorized.write_text((tmp_path / "locked.pub").read_text())
    return git(home, tmp_path).root


def test_a_passphrase_is_asked_for_by_hand(locked_key: Path) -> None:
    with by_hand(locked_key) as terminal:
        terminal.wait_for("Enter passphrase for key")
        terminal.type(f"{PASSPHRASE}\n")
        terminal.wait_for("it went well")
        assert PASSPHRASE not in terminal.said


def test_ctrl_z_at_a_question_stops_nothing_and_ctrl_c_ends_all_of_it(locked_key: Path) -> None:
    with by_hand(locked_key) as terminal:
        terminal.wait_for("Enter passphrase for key")
        terminal.type("\x1a")
        # As a rule ssh asks again. It does not if the key came just before it began to listen.
        select.select([terminal.master], [], [], 0.3)
        assert "T" not in {state for _, state in processes()}
        terminal.type("\x03")
        terminal.wait_for("interrupted")


def test_a_question_that_nobody_answers_is_given_up(locked_key: Path) -> None:
    with by_hand(locked_key, SOON_S) as terminal:
        terminal.wait_for("Enter passphrase for key")
        terminal.wait_for("failed: hanging")


def test_an_unknown_server_is_asked_about_by_hand(home: Server, tmp_path: Path) -> None:
    home.known_hosts.write_text("")
    with by_hand(git(home, tmp_path).root) as terminal:
        terminal.wait_for("Are you sure you want to continue connecting")
        terminal.type("yes\n")
        terminal.wait_for("it went well")
    assert f"[127.0.0.1]:{home.port}" in home.known_hosts.read_text()


@pytest.mark.parametrize("theirs", [False, True], ids=["our ssh", "the runner's"])
def test_in_the_background_no_passphrase_is_asked_for(
    theirs: bool, locked_key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if theirs:
        monkeypatch.setenv("GIT_SSH_COMMAND", "ssh -oBatchMode=no")
    # Even in a terminal: this process has one, and nothing may come to it.
    master, slave = pty.openpty()
    code = BY_HAND.replace("may_ask=True", "may_ask=False").partition("print(input")[0]
    with subprocess.Popen(
        [sys.executable, "-c", code, str(locked_key), "10"],
        stdin=slave,
        stdout=subprocess.PIPE,
        stderr=slave,
        start_new_session=True,
    ) as process:
        said = process.communicate(timeout=20)[0].decode()
    assert said.startswith("failed: refused 127.0.0.1 refused, or the key needs its passphrase")
    assert fcntl.ioctl(slave, termios.TIOCOUTQ, b"\0" * 4) == b"\0" * 4
    assert select.select([master], [], [], 0)[0] == []
    os.close(master)
    os.close(slave)
    assert processes() == []
