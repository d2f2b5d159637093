"""Git in a data folder: what it keeps, and that nothing foreign runs, leads away or asks."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tui.store import git_process
from tui.store.errors import FolderGone, StoreError
from tui.store.git import Git, GitFailed, Remote

MAIN = "refs/heads/main"
TRACKED = "refs/remotes/home/main"


@pytest.fixture(autouse=True)
def nobodys_git(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A server and a data folder that is synced with it, to be copied."""
    folder = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(folder / "state"))
        plain(folder, "init", "-q", "--bare", "-b", "main", "--template=", "srv/log.git")
        machine(folder / "data", folder / "srv" / "log.git")
    return folder


@pytest.fixture
def server(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made / "srv", tmp_path / "srv")
    return tmp_path / "srv" / "log.git"


@pytest.fixture
def git(made: Path, tmp_path: Path, server: Path) -> Git:
    assert server.exists()
    root = tmp_path / "data"
    shutil.copytree(made / "data", root)
    config = root / ".git" / "config"
    config.write_text(config.read_text().replace(str(made), str(tmp_path)))
    return Git(root, may_ask=False, patience_s=20)


def machine(root: Path, server: Path) -> Git:
    root.mkdir()
    one = Git(root, may_ask=False, patience_s=20)
    one.set_up(str(server))
    return one


def commit(git: Git, text: str, *parents: str) -> str:
    """A commit of one year's file, on main."""
    index = git.root / ".git" / "a.index"
    blob = git.run("hash-object", "-w", "--stdin", data=text.encode()).decode().strip()
    git.run("update-index", "-z", "--index-info", index=index, data=entry(blob))
    tree = git.run("write-tree", index=index).decode().strip()
    heads = [part for parent in parents for part in ("-p", parent)]
    made = git.run("commit-tree", tree, *heads, "-m", "a session").decode().strip()
    git.run("update-ref", MAIN, made)
    return made


def entry(blob: str) -> bytes:
    return f"100644 {blob}\tlog/2026.json\0".encode()


def push(git: Git, made: str) -> None:
    git.network("push", "-q", "home", f"{made}:{MAIN}")


def fetch(git: Git) -> str:
    git.network("fetch", "-q", "--no-tags", "--no-write-fetch-head", "home", f"+{MAIN}:{TRACKED}")
    return git.run("rev-parse", TRACKED).decode().strip()


def plain(root: Path, *args: str) -> str:
    """What the runner's plain git says in the folder."""
    ran = subprocess.run(["git", "-C", root, *args], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def failure(do: Callable[[], object]) -> GitFailed:
    with pytest.raises(GitFailed) as caught:
        do()
    assert "\n" not in str(caught.value)
    return caught.value


# --- what it is for -------------------------------------------------------------------------------


def test_what_one_machine_pushes_another_fetches(git: Git, server: Path, tmp_path: Path) -> None:
    made = commit(git, "one")
    push(git, made)
    other = machine(tmp_path / "other", server)
    assert fetch(other) == made
    assert other.run("cat-file", "blob", f"{made}:log/2026.json") == b"one"


def test_the_runners_own_git_sees_the_same_repository(git: Git) -> None:
    made = commit(git, "one")
    push(git, made)
    (git.root / "log").mkdir()
    (git.root / "log" / "2026.json").write_text("one")
    git.run("read-tree", "--reset", MAIN)
    git.run("update-index", "-q", "--refresh")
    assert plain(git.root, "status", "--porcelain", "-uno") == ""
    assert plain(git.root, "rev-parse", "HEAD", TRACKED).split() == [made, made]
    assert plain(git.root, "reflog", "main").startswith(made[:7])
    plain(git.root, "pull", "-q")
    plain(git.root, "gc", "-q")
    assert commit(git, "two", made) == plain(git.root, "rev-parse", "main").strip()
    git.run("gc", "-q")
    git.run("fsck", "--full", "--strict")
    assert plain(git.root, "fsck", "--full") == ""


def test_a_branch_in_packed_refs_is_found_and_replaced(git: Git) -> None:
    made = commit(git, "one")
    plain(git.root, "pack-refs", "--all")
    assert git.run("rev-parse", MAIN).decode().strip() == made
    git.run("pack-refs", "--all")
    again = commit(git, "two", made)
    assert plain(git.root, "rev-parse", "main").strip() == again
    assert not (git.root / ".git" / "packed-refs").is_symlink()


def test_with_nothing_new_few_commands_are_started(git: Git) -> None:
    push(git, commit(git, "one"))
    again = Git(git.root, may_ask=False, patience_s=20)
    fetch(again)
    # The address and the names, fetch, rev-parse.
    assert again.calls == 3


def test_a_changed_address_is_noticed(git: Git, server: Path, tmp_path: Path) -> None:
    push(git, commit(git, "one"))
    moved = tmp_path / "moved.git"
    server.rename(moved)
    plain(git.root, "remote", "set-url", "home", str(moved))
    fetch(git)
    assert git.remote() == Remote.read(str(moved))


def test_a_commit_is_by_the_program_unless_git_knows_a_name(
    git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = "%an <%ae> %cn <%ce>"
    made = commit(git, "one")
    nobody = "Stridelift <stridelift@localhost>"
    assert git.run("log", f"--format={by}", made).decode().strip() == f"{nobody} {nobody}"
    (tmp_path / "global").write_text("[user]\nname = Ana\nemail = ana@example.org\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "global"))
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Somebody Else")
    again = Git(git.root, may_ask=False, patience_s=20)
    made = commit(again, "two")
    ana = "Ana <ana@example.org>"
    assert again.run("log", f"--format={by}", made).decode().strip() == f"{ana} {ana}"


# --- nothing foreign runs -------------------------------------------------------------------------

# What can run a command, by a name; the command is put in for {}. With it, what makes plain git run
# it, so that the plant is known to bear fruit; {server} is a path.
PLANTS = {
    "fsmonitor": ("[core]\nfsmonitor = {}\n", "status"),
    "ssh": ("[core]\nsshCommand = {}\n", "ls-remote ssh://nowhere.invalid/x"),
    "helper": ("[credential]\nhelper = {}\n", "credential fill"),
    "proxy": ("[core]\ngitProxy = {}\n", "ls-remote git://nowhere.invalid/x"),
    "upload": ('[remote "home"]\nuploadpack = {}\n', "fetch home"),
    "receive": ('[remote "home"]\nreceivepack = {}\n', "push home main"),
    "instead": ('[url "ext::{} %S "]\ninsteadOf = /\n', "-c protocol.ext.allow=always fetch home"),
    "filter": ('[filter "evil"]\nclean = {}\n', "add log"),
    "diff": ('[diff "evil"]\ncommand = {}\n', "diff"),
    "editor": ("[core]\neditor = {}\n", "commit --allow-empty"),
    "sign": ("[commit]\ngpgSign = true\n[gpg]\nprogram = {}\n", "commit --allow-empty -m x"),
    "alias": ("[alias]\nx = !{}\n", "x"),
}
HOOKS = ("pre-push", "post-update", "reference-transaction", "pre-auto-gc", "post-index-change")


def planted(git: Git, tmp_path: Path) -> Path:
    """Plant all of it; the folder in which a command that ran leaves its name."""
    ran = tmp_path / "ran"
    ran.mkdir()
    evil = tmp_path / "evil"
    evil.write_text(f'#!/bin/sh\ntouch "{ran}/${{0##*/}}"\nexit 1\n')
    evil.chmod(0o755)
    names = {name: tmp_path / "bin" / name for name in (*PLANTS, "included")}
    (tmp_path / "bin").mkdir()
    for path in names.values():
        shutil.copy(evil, path)
    hooks = git.root / ".git" / "hooks"
    hooks.mkdir()
    for name in HOOKS:
        shutil.copy(evil, hooks / name)
    config = git.root / ".git" / "config"
    text = "".join(lines.format(names[name]) for name, (lines, _) in PLANTS.items())
    more = git.root / "more"
    more.write_text(f"[core]\nfsmonitor = {names['included']}\n")
    config.write_text(f"{config.read_text()}{text}[include]\npath = {more}\n")
    attributes = "*.json filter=evil diff=evil merge=evil\n"
    (git.root / ".gitattributes").write_text(attributes)
    (git.root / ".git" / "info").mkdir(exist_ok=True)
    (git.root / ".git" / "info" / "attributes").write_text(attributes)
    (git.root / "log").mkdir()
    (git.root / "log" / "2026.json").write_text("one")
    return ran


def test_nothing_that_a_repository_names_is_run(git: Git, tmp_path: Path) -> None:
    made = commit(git, "nought")
    push(git, made)
    ran = planted(git, tmp_path)
    assert fetch(git) == made
    git.run("read-tree", "--reset", MAIN)
    git.run("update-index", "-q", "--refresh", ok=(0, 1))
    git.run("hash-object", "-w", "log/2026.json")
    git.run("status", "--porcelain")
    git.run("diff-files", "-p")
    made = commit(git, "one", made)
    git.run("symbolic-ref", "HEAD", MAIN)
    push(git, made)
    git.run("gc", "-q", "--auto")
    assert [one.name for one in ran.iterdir()] == []
    assert git.run("cat-file", "blob", f"{MAIN}:log/2026.json") == b"one"


@pytest.mark.parametrize("name", PLANTS)
def test_plain_git_runs_it(name: str, git: Git, tmp_path: Path) -> None:
    commit(git, "nought")
    git.run("read-tree", "--reset", MAIN)
    ran = planted(git, tmp_path)
    config = git.root / ".git" / "config"
    # One at a time, as one hides another.
    text = config.read_text()
    for other, (lines, _) in PLANTS.items():
        if other != name:
            text = text.replace(lines.format(tmp_path / "bin" / other), "")
    config.write_text(text.partition("[include]")[0])
    environment = os.environ | {"GIT_AUTHOR_EMAIL": "a@b", "GIT_COMMITTER_EMAIL": "a@b"}
    command = ["git", *PLANTS[name][1].split()]
    asked = b"protocol=https\nhost=nowhere.invalid\n"
    subprocess.run(
        command, check=False, cwd=git.root, env=environment, capture_output=True, input=asked
    )
    assert name in {one.name for one in ran.iterdir()}


@pytest.mark.parametrize("hook", ["pre-receive", "post-update"])
def test_no_hook_of_a_server_at_a_path_is_run(
    hook: str, git: Git, server: Path, tmp_path: Path
) -> None:
    path = server / "hooks" / hook
    path.parent.mkdir(exist_ok=True)
    path.write_text(f'#!/bin/sh\ntouch "{tmp_path}/ran"\n')
    path.chmod(0o755)
    made = commit(git, "one")
    push(git, made)
    assert not (tmp_path / "ran").exists()
    plain(git.root, "push", "-q", "--force", str(server), f"{made}:refs/heads/x")
    assert (tmp_path / "ran").exists()


def test_objects_that_are_missing_are_fetched_from_nowhere(git: Git, tmp_path: Path) -> None:
    made = commit(git, "one")
    ran = planted(git, tmp_path)
    with (git.root / ".git" / "config").open("a") as file:
        file.write(
            "[extensions]\npartialClone = away\n[core]\nrepositoryformatversion = 1\n"
            f'[remote "away"]\nurl = {tmp_path}\nuploadpack = {tmp_path}/bin/upload\n'
            "promisor = true\n"
        )
    blob = git.run("rev-parse", f"{made}:log/2026.json").decode().strip()
    (git.root / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    assert failure(lambda: git.run("cat-file", "blob", blob)).kind == "other"
    assert [one.name for one in ran.iterdir()] == []


def test_the_environment_leads_git_nowhere_else(
    git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(git, "one")
    for name in (
        "GIT_DIR",
        "GIT_WORK_TREE",
        "GIT_COMMON_DIR",
        "GIT_INDEX_FILE",
        "GIT_OBJECT_DIRECTORY",
        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_NAMESPACE",
        "GIT_CONFIG",
        "GIT_TRACE",
        "GIT_SHALLOW_FILE",
        "GIT_TEMPLATE_DIR",
        "GIT_EXTERNAL_DIFF",
    ):
        monkeypatch.setenv(name, str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_CONFIG_PARAMETERS", f"'core.fsmonitor={tmp_path}/x'")
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "core.hooksPath")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", str(tmp_path))
    made = commit(Git(git.root, may_ask=False, patience_s=20), "two")
    push(git, made)
    assert not (tmp_path / "elsewhere").exists()
    monkeypatch.undo()
    assert plain(git.root, "rev-parse", "main").strip() == made


def test_the_runners_own_configuration_counts_but_changes_no_byte(
    server: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    templates = tmp_path / "templates"
    (templates / "hooks").mkdir(parents=True)
    (tmp_path / "attributes").write_text("* text=auto eol=crlf\n")
    (tmp_path / "global").write_text(
        f'[url "{server.parent}/"]\ninsteadOf = mine:\n[commit]\ngpgSign = true\n'
        f"[init]\ntemplateDir = {templates}\ndefaultBranch = trunk\n"
        f"[core]\nautocrlf = true\nhooksPath = {tmp_path}\nattributesFile = {tmp_path}/attributes\n"
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "global"))
    root = tmp_path / "other"
    root.mkdir()
    other = Git(root, may_ask=False, patience_s=20)
    other.set_up("mine:log.git")
    assert (root / ".git" / "HEAD").read_text() == f"ref: {MAIN}\n"
    assert not (root / ".git" / "hooks").exists()
    made = commit(other, "one\r\ntwo\n")
    push(other, made)
    assert other.run("cat-file", "blob", f"{made}:log/2026.json") == b"one\r\ntwo\n"


@pytest.mark.parametrize(
    ("variables", "configured", "expected"),
    [
        ({}, "", "ssh -oConnectTimeout=10"),
        ({}, "[core]\nsshCommand = mine --x\n", "mine --x"),
        ({"GIT_SSH_COMMAND": "env"}, "[core]\nsshCommand = mine\n", "env"),
        ({"GIT_SSH": "/a b/ssh"}, "", "'/a b/ssh'"),
    ],
)
def test_the_runners_ssh_is_used(
    variables: dict[str, str],
    configured: str,
    expected: str,
    git: Git,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "global").write_text(configured)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "global"))
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    with (git.root / ".git" / "config").open("a") as file:
        file.write("[core]\nsshCommand = foreign\n")
    assert git._ways()["GIT_SSH_COMMAND"].startswith(expected)


def test_work_files_choose_none_of_the_runners_filters(
    git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(git, "nought")
    git.run("read-tree", "--reset", MAIN)
    (tmp_path / "global").write_text(
        f'[filter "lfs"]\nclean = touch {tmp_path}/ran; cat\n[core]\nautocrlf = input\n'
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "global"))
    (git.root / "log").mkdir()
    (git.root / "log" / "2026.json").write_text("one\r\n")
    (git.root / ".gitattributes").write_text("*.json filter=lfs text working-tree-encoding=UTF-16")
    again = Git(git.root, may_ask=False, patience_s=20)
    blob = again.run("hash-object", "-w", "log/2026.json").decode().strip()
    again.run("update-index", "-q", "--refresh", ok=(0, 1))
    assert again.run("cat-file", "blob", blob) == b"one\r\n"
    assert not (tmp_path / "ran").exists()
    plain(git.root, "hash-object", "log/2026.json")
    assert (tmp_path / "ran").exists()


def test_no_command_is_looked_for_in_the_data_folder(
    git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (git.root / "git").write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n")
    (git.root / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f".:{os.pathsep}{os.environ['PATH']}")
    commit(git, "one")
    assert not (tmp_path / "ran").exists()


def test_in_the_background_no_other_program_asks(
    git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asker = tmp_path / "ask"
    asker.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n")
    asker.chmod(0o755)
    (tmp_path / "global").write_text(f"[core]\naskPass = {asker}\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "global"))
    for name in ("GIT_ASKPASS", "SSH_ASKPASS"):
        monkeypatch.setenv(name, str(asker))
    again = Git(git.root, may_ask=False, patience_s=20)
    asked = b"protocol=https\nhost=nowhere.invalid\n"
    error = failure(lambda: again.run("credential", "fill", data=asked))
    assert "terminal prompts disabled" in str(error)
    assert not (tmp_path / "ran").exists()


def test_ssh_notices_a_server_that_is_gone_and_does_not_ask(
    git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ssh = tmp_path / "bin" / "ssh"
    ssh.parent.mkdir()
    ssh.write_text(f'#!/bin/sh\necho "$@" >{tmp_path}/asked\nexit 255\n')
    ssh.chmod(0o755)
    monkeypatch.setenv("PATH", f"{ssh.parent}:{os.environ['PATH']}")
    git.set_up("ssh://anna@nowhere.invalid:2222/log.git")
    assert failure(lambda: fetch(git)).kind == "offline"
    options = "-oConnectTimeout=10 -oServerAliveInterval=5 -oServerAliveCountMax=3 -oBatchMode=yes"
    asked = (tmp_path / "asked").read_text()
    assert asked.startswith(options)
    assert "-p 2222 anna@nowhere.invalid" in asked


# --- a folder that leads away or holds up ---------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["index", "packed-refs", "logs/HEAD", "refs/heads/main", "refs/heads", "objects", "HEAD"],
)
def test_a_link_in_the_repository_is_not_followed(name: str, git: Git, tmp_path: Path) -> None:
    commit(git, "one")
    precious = tmp_path / "precious"
    precious.write_text("mine\n")
    path = git.root / ".git" / name
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    path.symlink_to(precious)
    again = Git(git.root, may_ask=False, patience_s=20)
    error = failure(lambda: commit(again, "two"))
    assert error.kind == "unsafe"
    assert str(path) in str(error)
    assert precious.read_text() == "mine\n"


@pytest.mark.parametrize(
    "name", ["HEAD", "config", "packed-refs", "refs/heads/x", "objects/pack/pack-1.idx"]
)
def test_a_pipe_in_the_repository_holds_nothing_up(name: str, git: Git) -> None:
    path = git.root / ".git" / name
    path.unlink(missing_ok=True)
    os.mkfifo(path)
    assert failure(lambda: Git(git.root, may_ask=False, patience_s=20).run("log")).kind == "unsafe"


@pytest.mark.parametrize("link", [True, False])
def test_a_repository_that_lies_elsewhere_is_left_alone(
    link: bool, git: Git, tmp_path: Path
) -> None:
    moved = tmp_path / "elsewhere"
    path = git.root / ".git"
    path.rename(moved)
    if link:
        path.symlink_to(moved)
    else:
        path.write_text(f"gitdir: {moved}\n")
    again = Git(git.root, may_ask=False, patience_s=20)
    assert failure(lambda: again.run("log")).kind == "unsafe"
    assert failure(lambda: again.set_up("you@home:x")).kind == "unsafe"


def test_objects_of_another_folder_are_not_borrowed(git: Git, server: Path) -> None:
    (git.root / ".git" / "objects" / "info" / "alternates").write_text(f"{server}/objects\n")
    assert failure(lambda: Git(git.root, may_ask=False, patience_s=20).run("log")).kind == "unsafe"


@pytest.mark.skipif(os.geteuid() != 0, reason="not run: only root can give a folder away")
def test_a_repository_of_another_user_is_left_alone(git: Git) -> None:
    os.chown(git.root / ".git", 12_345, 12_345)
    assert failure(lambda: Git(git.root, may_ask=False, patience_s=20).run("log")).kind == "unsafe"


@pytest.mark.parametrize("name", ["HEAD", "config", "refs"])
def test_a_repository_that_was_half_made_is_made_whole(name: str, git: Git, server: Path) -> None:
    path = git.root / ".git" / name
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()
    again = Git(git.root, may_ask=False, patience_s=20)
    with pytest.raises(StoreError):
        again.run("log")
    again.set_up(str(server))
    push(again, commit(again, "one"))


def test_a_repository_of_an_unknown_kind_is_left_alone(git: Git) -> None:
    with (git.root / ".git" / "config").open("a") as file:
        file.write("[core]\nrepositoryformatversion = 1\n[extensions]\nrefStorage = reftable\n")
    assert "does not know" in str(failure(lambda: git.run("log")))


def test_a_configuration_that_cannot_be_read_is_told(git: Git) -> None:
    (git.root / ".git" / "config").write_text("[core\n")
    error = failure(lambda: git.run("log"))
    assert "bad config line 1" in str(error)
    (git.root / ".git" / "config").write_bytes(b"#" * 300_000)
    assert "far too large" in str(failure(lambda: git.run("log")))


def test_what_was_put_in_place_of_the_links_is_replaced(git: Git) -> None:
    made = commit(git, "one")
    stand_in = git._folder.stand_in
    (stand_in / "refs").unlink()
    (stand_in / "refs").symlink_to(git.root)
    assert git.run("rev-parse", MAIN).decode().strip() == made
    assert stat.S_IMODE(stand_in.stat().st_mode) == 0o700


def test_what_another_version_put_there_is_made_anew(git: Git) -> None:
    git.run("rev-parse", "--git-dir")
    config = git._folder.stand_in / "config"
    right = config.read_text()
    config.write_text("# another version\n[core]\nfsmonitor = evil\n")
    git.run("rev-parse", "--git-dir")
    assert config.read_text() == right


def test_several_may_begin_at_once(git: Git) -> None:
    made = commit(git, "one")
    for _ in range(3):
        shutil.rmtree(git._folder.stand_in)
        with ThreadPoolExecutor(4) as pool:
            several = [Git(git.root, may_ask=False, patience_s=20) for _ in range(4)]
            found = pool.map(lambda one: one.run("rev-parse", MAIN).decode().strip(), several)
            assert set(found) == {made}


def test_a_parents_repository_is_never_used(tmp_path: Path) -> None:
    plain(tmp_path, "init", "-q")
    root = tmp_path / "data"
    root.mkdir()
    error = failure(lambda: Git(root, may_ask=False, patience_s=20).run("log"))
    assert "not synced yet" in str(error)


def test_a_folder_that_is_gone_is_told(git: Git) -> None:
    shutil.rmtree(git.root)
    with pytest.raises(StoreError):
        git.run("log")
    with pytest.raises(FolderGone):
        git.set_up("you@home:log.git")


# --- what a server says ---------------------------------------------------------------------------


def test_who_was_second_is_told_so(git: Git, server: Path, tmp_path: Path) -> None:
    push(git, commit(git, "one"))
    other = machine(tmp_path / "other", server)
    error = failure(lambda: push(other, commit(other, "two")))
    assert error.kind == "rejected"


def test_a_lock_on_the_server_is_named(git: Git, server: Path) -> None:
    (server / "refs" / "heads" / "main.lock").write_text("")
    error = failure(lambda: push(git, commit(git, "one")))
    assert error.kind == "locked"
    assert "refs/heads/main.lock" in str(error)
    assert str(error).startswith(str(server))


def test_a_lock_in_the_folder_is_named(git: Git) -> None:
    lock = git.root / ".git" / "refs" / "heads" / "main.lock"
    lock.write_text("")
    error = failure(lambda: commit(git, "one"))
    assert error.kind == "locked"
    assert str(error).startswith(f"{lock} is left")


def test_a_server_that_is_not_there_says_what_to_type(git: Git, server: Path) -> None:
    shutil.rmtree(server)
    error = failure(lambda: fetch(git))
    assert f"type once: git init --bare -b main {server} " in str(error)


def test_a_server_with_files_of_its_own_is_refused(git: Git, tmp_path: Path) -> None:
    other = tmp_path / "whole"
    plain(tmp_path, "init", "-q", "-b", "main", str(other))
    git.set_up(str(other))
    assert "files of its own" in str(failure(lambda: push(git, commit(git, "one"))))


@pytest.mark.skipif(os.geteuid() != 0, reason="not run: only root can give a folder away")
def test_a_server_of_another_user_is_not_trusted(git: Git, server: Path) -> None:
    os.chown(server, 12_345, 12_345)
    error = failure(lambda: fetch(git))
    assert error.kind == "unsafe"
    # On a mounted disk that may well be the runner under another number.
    assert str(error).endswith(f"type: git config --global --add safe.directory {server}")


def test_an_address_that_could_run_a_command_never_reaches_git(git: Git) -> None:
    plain(git.root, "config", "remote.home.url", "ext::sh -c true")
    calls = git.calls
    assert failure(lambda: fetch(git)).kind == "unsafe"
    assert git.calls == calls + 1


def test_a_short_form_of_the_runners_leads_to_no_command(
    git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "global").write_text(
        f'[url "ext::touch {tmp_path}/ran "]\ninsteadOf = mine:\n[protocol]\nallow = always\n'
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "global"))
    git.set_up("mine:log.git")
    error = failure(lambda: fetch(git))
    assert (error.kind, str(error)) == ("unsafe", "mine: 'ext' is no way to a server; use ssh")
    assert not (tmp_path / "ran").exists()


def test_a_path_is_one_from_where_the_program_runs(
    git: Git, server: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(server.parent)
    git.set_up("log.git")
    assert git.remote() == Remote.read(str(server))


def test_without_git_it_says_so(git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    error = failure(lambda: git.run("log"))
    assert (error.kind, str(error)) == ("missing", "sync needs git: install it (apt install git)")


# --- bounds ---------------------------------------------------------------------------------------


def run(
    code: str,
    patience_s: float = 10.0,
    data: bytes = b"",
    most: int = git_process.MOST_OUTPUT,
) -> git_process.Ended:
    return git_process.run_whole(
        [sys.executable, "-c", code],
        env=os.environ,
        folder=Path("/"),
        patience_s=patience_s,
        data=data,
        most=most,
    )


def test_input_and_output_larger_than_a_pipe_pass() -> None:
    data = os.urandom(3 << 20)
    code = "import sys; sys.stdout.buffer.write(sys.stdin.buffer.read())"
    ended = run(code, data=data)
    assert ended.output == data
    assert ended.code == 0


def test_the_exit_code_is_known_where_the_ends_of_children_are_ignored() -> None:
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        assert run("raise SystemExit(3)").code == 3
        assert signal.getsignal(signal.SIGCHLD) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGCHLD, before)


@pytest.mark.skipif(sys.platform != "linux", reason="not run: no limits from outside here")
def test_memory_and_files_have_a_limit(tmp_path: Path) -> None:
    # Once it reads, the limits are set.
    ended = run("import sys; sys.stdin.read(); bytearray(3 << 30)", data=b"x")
    assert b"MemoryError" in ended.errors
    path = str(tmp_path / "large")
    code = f"import sys; sys.stdin.read(); open({path!r}, 'w').truncate(3 << 30)"
    ended = run(code, data=b"x")
    assert b"File too large" in ended.errors


def test_of_errors_the_end_is_kept() -> None:
    ended = run("import sys; sys.stderr.write('x' * 200_000 + 'the end'); sys.exit(3)")
    assert ended.code == 3
    assert len(ended.errors) == git_process.KEPT_ERRORS
    assert ended.errors.endswith(b"the end")


def test_too_much_output_is_cut_off() -> None:
    assert run("while True: print('x' * 1000)", most=100_000).flooded


def test_what_ignores_the_polite_signal_and_starts_others_is_killed_whole(tmp_path: Path) -> None:
    script = f"trap '' TERM; sleep 60 & echo $$ $! >{tmp_path}/pids; wait"
    begun = time.monotonic()
    ended = git_process.run_whole(
        ["sh", "-c", script], env=os.environ, folder=tmp_path, patience_s=0.4
    )
    assert ended.late
    assert time.monotonic() - begun < 1.4
    pids = (tmp_path / "pids").read_text().split()
    assert len(pids) == 2
    assert not [pid for pid in pids if running(pid)]


def test_what_a_command_leaves_behind_is_not_waited_for(tmp_path: Path) -> None:
    code = (
        "import os, time\n"
        "if os.fork() == 0:\n"
        "    os.setsid()\n"
        f"    open({str(tmp_path / 'pid')!r}, 'w').write(str(os.getpid()))\n"
        "    print('kept', flush=True)\n"
        "    time.sleep(60)\n"
    )
    begun = time.monotonic()
    ended = run(code)
    assert time.monotonic() - begun < 5
    assert ended.code == 0
    os.kill(int((tmp_path / "pid").read_text()), 9)


def running(pid: str) -> bool:
    """Whether a process runs: one that has ended has no command line, collected or not."""
    try:
        return bool(Path(f"/proc/{pid}/cmdline").read_bytes())
    except OSError:
        return False
