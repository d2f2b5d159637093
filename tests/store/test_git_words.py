"""What goes wrong with git, in one line that says what to do."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.model.text import clean
from tui.store.git_words import GitFailed, Remote, Trouble, failed, flooded, late

HOME = Remote.read("you@home:log.git")
NO_READ = (
    "fatal: Could not read from remote repository.\n\nPlease make sure you have the correct access "
    "rights\nand the repository exists.\n"
)


def told(said: str, remote: Remote | None = HOME, *, may_ask: bool = True) -> tuple[str, str]:
    error = failed(Trouble(remote, said, "/data", may_ask))
    return error.kind, str(error)


# As git 2.39 and OpenSSH 9.2 say it, and after => what the runner is told.
SAID = """
ssh: Could not resolve hostname home: Name or service not known
=> offline: home cannot be reached (could not resolve hostname)

ssh: connect to host home port 22: No route to host
=> offline: home cannot be reached (no route to host)

ssh: connect to host home port 22: Connection timed out
=> offline: home cannot be reached (connection timed out)

Timeout, server home not responding.
=> offline: home cannot be reached (not responding)

kex_exchange_identification: Connection closed by remote host
=> offline: home cannot be reached (connection closed)

fatal: unable to access 'https://srv/x/': Could not resolve host: home
=> offline: home cannot be reached (could not resolve host)

fatal: the remote end hung up unexpectedly
=> offline: home broke off

you@home: Permission denied (publickey).
=> refused: home refused the key of this machine; type: ssh-copy-id you@home

fatal: Authentication failed for 'https://srv/x/'
=> refused: home refused the name or the password

bash: line 1: git-upload-pack: command not found
=> missing: home has no git: install it there (apt install git)

error: cannot run ssh: No such file or directory
fatal: unable to fork
=> missing: sync needs ssh: install it (apt install openssh-client)

fatal: 'log.git' does not appear to be a git repository
=> other: there is no log on home yet; type there, once: {MAKE}

 ! [rejected]        main -> main (fetch first)
error: failed to push some refs to 'home:log.git'
=> rejected: another machine was first at home

remote: error: cannot lock ref 'refs/heads/main': is at 1 but expected 2
 ! [remote rejected] main -> main (failed to update ref)
=> rejected: another machine was first at home

remote: error: cannot lock ref 'refs/heads/main': Unable to create '/srv/./main.lock': File exists.
 ! [remote rejected] main -> main (failed to update ref)
=> locked: on home /srv/main.lock is left from before: remove it there if no git is at work

fatal: detected dubious ownership in repository at '/srv/log.git'
To add an exception for this directory, call:

=> unsafe: git on home trusts no folder of another user: see who owns /srv/log.git

remote: fatal: write error: No space left on device
error: remote unpack failed: index-pack failed
=> other: the disk of home is full

error: file write error: No space left on device
fatal: unable to write loose object file
=> other: the disk of /data is full

remote: error: insufficient permission for adding an object to repository database
error: remote unpack failed: unpack-objects abnormal exit
=> other: home does not let this user write the log there

remote: error: inflate: data stream error (invalid distance too far back)
remote: fatal: loose object 8f88 (stored in /srv/log.git/objects/8f/88) is corrupt
error: remote unpack failed: unpack-objects abnormal exit
 ! [remote rejected] main -> main (unpacker error)
=> other: {DAMAGED}

remote: fatal: unresolved deltas left after unpacking
error: remote unpack failed: unpack-objects abnormal exit
=> other: {DAMAGED}

fatal: loose object 8f88 (stored in ./objects/8f/88) is corrupt
=> other: {DAMAGED}

fatal: loose object 8f88 (stored in /data/.git/objects/8f/88) is corrupt
=> other: home: loose object 8f88 (stored in /data/.git/objects/8f/88) is corrupt

fatal: remote error: upload-pack: not our ref 1541319a4d4afdb69ee794b36d4c49dae6351446
=> other: {DAMAGED}

remote: fatal: bad object refs/heads/main
fatal: bad object refs/heads/main
=> other: {DAMAGED}

 ! [remote rejected] main -> main (missing necessary objects)
=> other: {DAMAGED}

 ! [remote rejected] main -> main (pre-receive hook declined)
=> other: home does not take what was sent: pre-receive hook declined

fatal: protocol error: bad line length character: Welc
=> other: home greets before git may speak: silence its .bashrc for ssh

error: something odd
fatal: it is odd
=> other: home: it is odd
"""
MAKE = "git init --bare -b main log.git && git -C log.git config gc.auto 256"
DAMAGED = (
    "the log at home is damaged; your machines fill a new one when they sync: move this one away "
    f"there, then type there: {MAKE}"
)
CASES = re.findall(
    r"(.*?)\n=> (\w+): ([^\n]*)\n",
    SAID.replace("{MAKE}", MAKE).replace("{DAMAGED}", DAMAGED),
    re.DOTALL,
)


@pytest.mark.parametrize(("said", "kind", "words"), CASES, ids=[words for *_, words in CASES])
@pytest.mark.parametrize("after", ["\n", f"\n{NO_READ}"], ids=["alone", "and more"])
def test_what_git_says_is_known(said: str, kind: str, words: str, after: str) -> None:
    assert told(said.strip("\n") + after) == (kind, words)


def test_what_is_only_of_servers_is_not_read_into_names_of_the_folder() -> None:
    for said, *_ in CASES:
        assert told(said, None)[0] in ("other", "locked")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (
            "error: insufficient permission for adding an object to repository database objects\n",
            "this user may not write in /data/.git: change the permissions there",
        ),
        (
            "fatal: Unable to create '/data/.git/index.lock': Permission denied\n",
            "this user may not write in /data/.git: change the permissions there",
        ),
        (
            "fatal: sha1 file '/data/.git/index.lock' write error. Out of diskspace\n",
            "the disk of /data is full",
        ),
    ],
)
def test_why_the_folder_cannot_be_written_is_said(said: str, words: str) -> None:
    assert told(said, None) == ("other", words)


def test_no_password_is_shown() -> None:
    assert "secret" not in told("fatal: odd 'https://anna:secret@srv/x/'")[1]
    with pytest.raises(GitFailed) as caught:
        Remote.read("ftp://anna:secret@srv/x\n")
    assert "secret" not in str(caught.value)


def test_nothing_a_terminal_could_act_on_is_shown() -> None:
    assert told("\x1b[2Jfatal: it is \x07odd\n")[1] == "home: ·[2Jfatal: it is ·odd"


def test_in_the_background_it_says_how_to_be_asked() -> None:
    refused = "you@home: Permission denied (publickey).\n"
    assert told(refused, may_ask=False) == (
        "refused",
        (
            "home refused, or the key needs its passphrase: type ssh-add, or once: "
            "ssh-copy-id you@home"
        ),
    )
    asks = "fatal: could not read Username for 'https://home': terminal prompts disabled\n"
    assert told(asks, Remote.read("https://you@home/log.git"), may_ask=False) == (
        "refused",
        "home asks for a name and a password: type: stridelift sync",
    )


def test_a_server_cannot_pass_for_ssh() -> None:
    kind, _ = told(
        "remote: you@home: Permission denied (publickey)\n ! [rejected] main -> main (fetch first)"
    )
    assert kind == "rejected"


def test_too_long_and_too_much_say_where() -> None:
    there, here = (Trouble(remote, "", "/data", may_ask=False) for remote in (HOME, None))
    assert str(late(there, 20)) == "home did not answer within 20 seconds"
    asked = there._replace(may_ask=True)
    assert str(late(asked, 60)) == "home did not answer, or was not answered, within 60 seconds"
    assert str(late(here, 60)) == "git did nothing for 60 seconds in /data"
    assert "home" in str(flooded(there))


def test_what_is_wrong_here_leads_to_the_doctor() -> None:
    here, there = (told("fatal: it is odd", remote)[1] for remote in (None, HOME))
    assert here.endswith("it is odd; stridelift doctor says more")
    assert there.endswith("it is odd")


@given(st.text(max_size=600))
def test_whatever_is_said_becomes_one_clean_line(said: str) -> None:
    for remote in (HOME, None):
        _, words = told(said, remote)
        assert words == clean(words)
        assert 0 < len(words) < 400


@pytest.mark.parametrize(
    ("url", "host", "login", "path"),
    [
        ("you@home:log.git", "home", "you@home", "log.git"),
        ("home:~/my log.git", "home", "home", "~/'my log.git'"),
        ("ssh://you@home:2222/srv/log.git", "home", "-p 2222 you@home", "/srv/log.git"),
        ("ssh://home/~/log.git", "home", "home", "~/log.git"),
        ("ssh://[::1]/srv/x", "::1", "::1", "/srv/x"),
        ("https://anna:secret@example.org/log.git", "example.org", "", "/log.git"),
    ],
)
def test_an_address_is_taken_apart(url: str, host: str, login: str, path: str) -> None:
    remote = Remote.read(url)
    assert (remote.host, remote.server_path) == (host, path)
    assert not login or remote.login == login
    assert not remote.local
    assert "secret" not in told(NO_READ, remote)[1]


@pytest.mark.parametrize("url", ["/srv/log.git", "../log.git", "./a:b", "file:///srv/log.git", "x"])
def test_a_path_is_an_address_too(url: str) -> None:
    assert Remote.read(url).local


@pytest.mark.parametrize(
    "url",
    [
        "",
        "  ",
        "ext::sh -c true",
        "fd::7",
        "--upload-pack=evil",
        "-x:y",
        "ssh://-oProxyCommand=evil/x",
        "ssh://home/-x",
        "-oProxyCommand=evil@home:x",
        "home:-x",
        "ftp://srv/x",
        "ssh:///x",
        "ssh://home:-oX/x",
        "a@b:c\nd",
        "a@b:c\x1b]0;x\x07",
        "a" * 2_000,
    ],
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(GitFailed) as caught:
        Remote.read(url)
    assert caught.value.kind == "unsafe"
    assert str(caught.value) == clean(str(caught.value))
