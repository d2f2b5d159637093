"""A real sshd on loopback for a test, with keys, configuration and known hosts in its folder."""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

SSHD = Path("/usr/sbin/sshd")
# Where sshd of root goes before anyone has logged in; the service makes it when it starts.
EMPTY = Path("/run/sshd")


class Server:
    """An sshd in ``folder`` that lets this user in by the key ``id``, and an ``ssh`` in ``bin``
    that knows only what is in the folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.repository = folder / "log.git"
        self.known_hosts = folder / "known_hosts"
        self.client = folder / "ssh_config"
        self.authorized = folder / "authorized_keys"
        for name in ("host", "id"):
            make_key(folder / name)
        key = (folder / "id.pub").read_text()
        self.authorized.write_text(key)
        self.known_hosts.write_text(f"[127.0.0.1]:{self.port} {(folder / 'host.pub').read_text()}")
        (folder / "bin").mkdir()
        program = folder / "bin" / "ssh"
        program.write_text(f'#!/bin/sh\nexec {shutil.which("ssh")} -F {self.client} "$@"\n')
        program.chmod(0o755)
        self.use_key(folder / "id")
        (folder / "sshd_config").write_text(
            f"ListenAddress 127.0.0.1:{self.port}\nHostKey {folder / 'host'}\n"
            f"AuthorizedKeysFile {self.authorized}\nPidFile none\nStrictModes no\nUsePAM no\n"
            "PasswordAuthentication no\nKbdInteractiveAuthentication no\nPermitRootLogin yes\n"
            "SetEnv GIT_CONFIG_GLOBAL=/dev/null\n"
        )
        subprocess.run(["git", "init", "-q", "--bare", "-b", "main", self.repository], check=True)

    @property
    def url(self) -> str:
        return f"ssh://{getpass.getuser()}@127.0.0.1:{self.port}{self.repository}"

    def use_key(self, key: Path | None) -> None:
        """Let ssh offer this key alone; None: those of the agent."""
        offered = f"IdentityFile {key}\nIdentitiesOnly yes\nIdentityAgent none\n" if key else ""
        self.client.write_text(
            f"UserKnownHostsFile {self.known_hosts}\nGlobalKnownHostsFile /dev/null\n{offered}"
            + ("" if key else "IdentityFile none\n")
        )

    def runs_instead(self, command: str) -> None:
        """Let the server run this for whoever logs in."""
        key = (self.folder / "id.pub").read_text()
        self.authorized.write_text(f'command="{command}" {key}')

    @contextmanager
    def running(self) -> Iterator[None]:
        command: list[str | Path] = [SSHD, "-D", "-e", "-f", self.folder / "sshd_config"]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
            assert process.stderr is not None
            try:
                said = []
                for line in process.stderr:
                    said.append(line)
                    if "Server listening" in line:
                        break
                assert process.poll() is None, said
                yield
            finally:
                process.kill()


def make_key(path: Path, passphrase: str = "") -> None:
    """Make a key pair."""
    kind = ["-t", "ed25519", "-a", "1", "-C", "a test"]
    subprocess.run(["ssh-keygen", "-q", *kind, "-N", passphrase, "-f", path], check=True)


def free_port() -> int:
    """A port of loopback that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


@contextmanager
def server(folder: Path) -> Iterator[Server]:
    """A running sshd. The test is skipped where there is none, or this user may not log in."""
    if not SSHD.exists() or not shutil.which("ssh") or not shutil.which("ssh-agent"):
        pytest.skip("not run: no sshd")
    if os.geteuid() == 0:
        # It stays: another worker's sshd may need it yet.
        EMPTY.mkdir(0o755, exist_ok=True)
    one = Server(folder)
    with one.running():
        tried = subprocess.run(
            [folder / "bin" / "ssh", "-p", str(one.port), "127.0.0.1", "true"],
            check=False,
            stdin=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        if tried.returncode:
            pytest.skip(f"not run: no login by ssh here: {tried.stderr!r}")
        yield one
