"""A file that is imported, whatever is in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.formats.runfiles import gpx
from tests.ui.driver import Books
from tui.app.file_import import import_file
from tui.domain.model.validation import BadDocument

SET = '{"date": "2026-10-05", "exercise": "back-squat", "set": 1, "reps": 5, "load_kg": 60}\n'
RUN = gpx((47.1, 400, "2026-10-31T06:00:00Z"), (47.2, 400, "2026-10-31T07:00:00Z"))


@pytest.fixture
def books(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Books]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    made = Books(tmp_path / "data")
    yield made
    made.close()


def test_sets_are_counted_then_imported_then_known(books: Books, tmp_path: Path) -> None:
    file = tmp_path / "log.jsonl"
    file.write_text(SET)
    book = books.open().read_all()
    assert import_file(book, file, dry_run=True) == "1 new line, 0 already there"
    assert book.read_all().reader.sessions() == []
    assert import_file(book, file, dry_run=False) == "1 new line, 0 already there"
    assert import_file(book, file, dry_run=True) == "0 new lines, 1 already there"


def test_runs_go_to_the_calendar(books: Books, tmp_path: Path) -> None:
    file = tmp_path / "run.gpx"
    file.write_text(RUN)
    book = books.open().read_all()
    assert import_file(book, file, dry_run=True) == "1 new run, 0 already there"
    assert book.profile.diary.runs == ()
    import_file(book, file, dry_run=False)
    assert len(book.profile.diary.runs) == 1


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("log.jsonl", "{}\n", "Correct the file."),
        ("run.gpx", "no file of a watch", "run.gpx"),
        ("none.jsonl", None, "No such file"),
        ("none.fit", None, "No such file"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(
    books: Books, tmp_path: Path, name: str, content: str | None, words: str
) -> None:
    if content is not None:
        (tmp_path / name).write_text(content)
    with pytest.raises(BadDocument, match=words):
        import_file(books.open().read_all(), tmp_path / name, dry_run=False)
