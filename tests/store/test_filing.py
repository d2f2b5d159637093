from __future__ import annotations

import errno

import pytest

from tests.store.conftest import Refuse, Unconfirmed
from tests.store.examples import a_session, stamp, told
from tui.domain.model.codec import session_to_doc
from tui.store.errors import NotSynced, StoreError
from tui.store.files import identity_of
from tui.store.filing import file_journal
from tui.store.journal import Journal, copies_aside, pending
from tui.store.paths import Paths
from tui.store.repository import Repository


@pytest.fixture
def journal(paths: Paths) -> Journal:
    journal = Journal.create(paths, "S1")
    journal.append({"session": session_to_doc(a_session())})
    journal.close()
    return journal


def test_the_session_is_in_the_log_and_its_journal_gone(
    paths: Paths, repository: Repository, journal: Journal
) -> None:
    assert file_journal(repository, journal.path, told) == a_session()
    assert repository.sessions(2026) == [a_session()]
    assert pending(paths) == []


def test_folding_twice_changes_nothing(
    paths: Paths, repository: Repository, journal: Journal
) -> None:
    whole = journal.path.read_bytes()
    file_journal(repository, journal.path, told)
    before = identity_of(paths.year(2026).stat())
    assert file_journal(repository, journal.path, told) is None
    journal.path.write_bytes(whole)
    file_journal(Repository(paths, writable=True), journal.path, told)
    assert identity_of(paths.year(2026).stat()) == before
    assert pending(paths) == []


def test_an_edit_made_since_is_not_undone(repository: Repository, journal: Journal) -> None:
    edited = a_session(edited=stamp(9), note="edited")
    repository.put_session(edited)
    file_journal(repository, journal.path, told)
    assert repository.sessions(2026) == [edited]


def test_a_journal_with_nothing_in_it_is_removed(paths: Paths, repository: Repository) -> None:
    journal = Journal.create(paths, "S2")
    assert file_journal(repository, journal.path, told) is None
    assert pending(paths) == []
    assert repository.years() == []


def test_a_journal_stays_until_its_session_is_on_disk(
    paths: Paths,
    repository: Repository,
    journal: Journal,
    refuse: Refuse,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    refuse("replace", errno.ENOSPC)
    with pytest.raises(StoreError, match="full"):
        file_journal(repository, journal.path, told)
    assert pending(paths) == ["S1"]
    monkeypatch.undo()
    file_journal(repository, journal.path, told)
    assert repository.sessions(2026) == [a_session()]


def test_a_damaged_journal_gives_what_is_good_and_is_kept(
    paths: Paths, repository: Repository, journal: Journal
) -> None:
    with journal.path.open("ab") as file:
        file.write(b'{"n":2\n' + journal.path.read_bytes())
    whole = journal.path.read_bytes()
    file_journal(repository, journal.path, told)
    assert repository.sessions(2026) == [a_session()]
    assert [path.read_bytes() for path in paths.live_dir.iterdir()] == [whole]
    assert copies_aside(paths) == [*paths.live_dir.iterdir()]


def test_a_journal_stays_until_the_disk_has_confirmed_its_session(
    paths: Paths,
    repository: Repository,
    journal: Journal,
    unconfirmed: Unconfirmed,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    paths.log_dir.mkdir()
    unconfirmed()
    # The second time the session is there already, and nothing is written.
    for again in (repository, Repository(paths, writable=True)):
        with pytest.raises(NotSynced):
            file_journal(again, journal.path, told)
        assert pending(paths) == ["S1"]
        assert again.sessions(2026) == [a_session()]
    monkeypatch.undo()
    assert file_journal(repository, journal.path, told) == a_session()
    assert pending(paths) == []
