"""Copies that sync programs left in the data folder: taken in or told; nothing lost or twice."""

from __future__ import annotations

import json
import shlex
import time
from pathlib import Path
from typing import Any

import pytest

from tests.store.test_conflict_copies import MADE
from tests.ui.driver import Books, shipped
from tui.app import absorbing
from tui.app.copies import take_copy
from tui.app.doctor.looking import look
from tui.app.logbook import Logbook
from tui.app.merging import merge
from tui.domain.model.notation import parse
from tui.domain.session.actions import Log, Undo
from tui.store.errors import StoreError
from tui.store.journal import journal_path
from tui.store.paths import Paths

OWN = {
    "id": "sled-push", "name": "Sled push", "aliases": [], "kind": "carry", "category": "upper",
    "muscles": ["legs"], "equipment": [], "sides": "both",
    "doses": {
        level: {"sets": 2, "distance_m": 20, "rest_s": 90}
        for level in ("beginner", "intermediate", "advanced")
    },
    "cues": ["Lean into it.", "Short steps.", "Breathe all the way."],
    "why": "Force from the legs with little soreness after.",
    "leg_load": 2, "region": "knee", "sources": ["project"],
}  # fmt: skip


@pytest.fixture
def books(tmp_path: Path) -> Books:
    return Books(tmp_path / "data")


@pytest.fixture
def others(tmp_path: Path) -> Books:
    """Another machine, whose ids are others and whose clock is a minute ahead."""
    made = Books(tmp_path / "other")
    made._chance = iter(range(1 << 50, 1 << 51))  # type: ignore[assignment]  # any iterator will do
    made.clock.forward(60)
    return made


def log(book: Logbook, name: str, typed: str) -> None:
    exercise = shipped().exercises[name]
    book.recorder.log(exercise, parse(typed, exercise.kind), book.now())


def sets(book: Logbook) -> list[tuple[str, int | None, float | None]]:
    return sorted(
        (entry.exercise, row.done.reps, row.done.load_kg)
        for session in book.read_all().reader.sessions()
        for entry in session.live()
        for row in entry.live()
        if row.undone is None
    )


def grown(books: Books, *done: tuple[str, str]) -> None:
    book = books.open()
    for name, typed in done:
        log(book, name, typed)
    book.close()


def year(books: Books) -> Path:
    return books.paths.year(books.clock().year)


def place(books: Books, name: str, data: bytes) -> Path:
    path = books.paths.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def kept(paths: Paths) -> list[str]:
    """The names of what is in merged/, without their times."""
    there = paths.merged_dir.iterdir() if paths.merged_dir.exists() else ()
    return sorted(path.name.split(" ", 1)[1] for path in there)


@pytest.mark.parametrize("made", MADE)
def test_a_copy_of_the_log_is_taken_in(books: Books, others: Books, made: str) -> None:
    grown(books, ("back-squat", "2x5 100kg"))
    grown(others, ("box-jump", "2x6"))
    copy = place(books, f"log/{year(books).stem}{made}.json", year(others).read_bytes())
    book = books.open()
    assert sets(book) == [("back-squat", 5, 100)] * 2 + [("box-jump", 6, None)] * 2
    assert not copy.exists()
    assert kept(books.paths) == [copy.name]
    [told] = book.notices()
    assert "is taken in: 2 sets; it is kept as merged/" in told
    before = year(books).read_bytes()
    book.close()
    again = place(books, f"log/{copy.name}", year(others).read_bytes())
    book = books.open()
    assert "nothing new" in book.notices()[0]
    assert not again.exists()
    assert year(books).read_bytes() == before, "twice changes nothing"


def test_two_machines_that_take_in_the_same_copies_have_equal_files(
    books: Books, others: Books
) -> None:
    grown(books, ("back-squat", "2x5 100kg"))
    grown(others, ("box-jump", "2x6"))
    mine, theirs = year(books).read_bytes(), year(others).read_bytes()
    for one in (books, others):
        place(one, f"log/{year(one).stem} (1).json", mine)
        place(one, f"log/{year(one).stem} (2).json", theirs)
        one.open().close()
    assert year(books).read_bytes() == year(others).read_bytes()


def test_another_name_is_told_and_so_is_what_cannot_be_read(books: Books, others: Books) -> None:
    grown(books, ("back-squat", "5 100kg"))
    grown(others, ("box-jump", "6"))
    stem, data = year(books).stem, year(others).read_bytes()
    old = place(books, f"log/{stem} old.json", data)
    spoilt = place(books, f"log/{stem} (1).json", data[:-40])
    flipped = place(books, f"log/{stem} (2).json", data.replace(b'"reps": 6', b'"reps": 7'))
    newer = place(books, f"log/{stem} (3).json", data.replace(b'version": 2', b'version": 3'))
    place(books, f"log/{stem} notes.json", b'{"mine": {"a": 1}}')
    for _ in range(2):
        book = books.open()
        told = "\n".join(book.notices())
        assert len(book.notices()) == 4
        assert f"stridelift merge '{old}'" in told
        assert f"{spoilt} is no copy of your files, or damaged" in told
        assert f"not as it was written; look at it, then stridelift merge '{flipped}'" in told
        assert f"{newer} was written by a newer stridelift" in told
        assert sets(book) == [("back-squat", 5, 100)]
        book.close()
    assert all(path.exists() for path in (old, spoilt, flipped, newer))


def test_the_command_for_a_copy_can_be_typed_whatever_its_name(books: Books, others: Books) -> None:
    grown(others, ("box-jump", "6"))
    data = year(others).read_bytes().replace(b'"reps": 6', b'"reps": 7')
    stem = year(books).stem
    place(books, f"log/{stem}.json", year(others).read_bytes())
    copy = place(books, f"log/{stem} (Anna's conflicted copy 2026-11-29).json", data)
    [told] = books.open().notices()
    [found] = [one for one in look(books.paths, shipped, books.clock()) if one.code == "copy"]
    for words in (told, found.todo):
        command = words.partition("then ")[2].removesuffix(" takes it in")
        assert shlex.split(command) == ["stridelift", "merge", str(copy)]


def test_one_that_only_looks_tells_and_leaves_it(books: Books, others: Books) -> None:
    grown(books, ("back-squat", "5 100kg"))
    grown(others, ("box-jump", "6"))
    copy = place(books, f"log/{year(books).stem} 2.json", year(others).read_bytes())
    looking = books.open(write=False)
    assert "it is taken in at the next start" in looking.notices()[0]
    assert copy.exists()
    assert looking.take_over()
    assert not any("next start" in line for line in looking.notices())
    assert len(sets(looking)) == 2


def test_a_copy_that_comes_under_an_open_screen_is_taken_in_at_the_next_look(
    books: Books, others: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    grown(others, ("box-jump", "6"))
    book = books.open()
    log(book, "back-squat", "5 100kg")
    assert book.absorb_copies() == []
    place(books, f"log/{year(books).stem} 2.json", year(others).read_bytes())
    assert len(book.absorb_copies()) == 1
    assert len(sets(book)) == 2
    book.absorb_copies()
    monkeypatch.setattr("tui.app.logbook.candidates", lambda _: pytest.fail("listed again"))
    assert book.absorb_copies() == [], "nothing came or went"


def test_a_kill_between_join_and_move_loses_and_doubles_nothing(
    books: Books, others: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    grown(books, ("back-squat", "5 100kg"))
    grown(others, ("box-jump", "6"))
    book = books.open()
    copy = place(books, f"log/{year(books).stem} 2.json", year(others).read_bytes())

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(absorbing, "move", killed)
        with pytest.raises(KeyboardInterrupt):
            book.absorb_copies()
    assert copy.exists()
    before = year(books).read_bytes()
    book.close()
    book = books.open()
    assert len(sets(book)) == 2
    assert year(books).read_bytes() == before
    assert kept(books.paths) == [copy.name]


def test_a_copy_stays_while_the_disk_refuses_what_it_brings(
    books: Books, others: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    grown(others, ("box-jump", "6"))
    copy = place(books, f"log/{year(books).stem} 2.json", year(others).read_bytes())

    def full(*_: object) -> None:
        raise StoreError("2026.json could not be written: the disk is full.")

    monkeypatch.setattr("tui.store.storage.write", full)
    book = books.open()
    assert "is not taken in yet" in book.notices()[0]
    assert copy.exists()


def test_a_copy_that_is_replaced_meanwhile_is_taken_in_again(
    books: Books, others: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    grown(others, ("box-jump", "6"))
    first = year(others).read_bytes()
    grown(others, ("back-squat", "5 100kg"))
    copy = place(books, f"log/{year(books).stem} 2.json", first)
    real = take_copy

    def overtaken(*args: Any) -> Any:
        came = real(*args)
        copy.unlink()
        copy.write_bytes(year(others).read_bytes())
        return came

    with monkeypatch.context() as racing:
        racing.setattr(absorbing, "take_copy", overtaken)
        book = books.open()
    assert copy.exists()
    book.close()
    assert len(sets(books.open())) == 2
    assert not copy.exists()


def test_copies_of_settings_and_own_library_are_joined_alike(books: Books, others: Books) -> None:
    mine, theirs = books.open(), others.open()
    mine.profile.set("unit", "lb")
    mine.profile.set("level", "advanced")
    others.clock.forward(60)
    theirs.profile.set("unit", "kg")
    theirs.profile.set("body_weight", 70)
    theirs.profile.change_library(lambda _: {"schema_version": 1, "exercises": [OWN]})
    mine.close()
    theirs.close()
    place(books, "profile (1).json", others.paths.profile.read_bytes())
    place(books, "library-LAPTOP.json", others.paths.library.read_bytes())
    book = books.open()
    store = book.profile.store
    assert (store.get("unit"), store.get("level"), store.get("body_weight")) == (
        "kg", "advanced", 70
    )  # fmt: skip
    assert book.profile.library.exercises["sled-push"].name == "Sled push"
    assert kept(books.paths) == ["library-LAPTOP.json", "profile (1).json", "profile.json"]
    told = "\n".join(book.notices())
    assert "1 version in profile.json gave way to later ones" in told
    assert "2 settings" in told
    assert "1 library change" in told


def test_a_library_with_problems_is_never_joined(books: Books) -> None:
    wrong = {"schema_version": 1, "exercises": [{**OWN, "kind": "none"}]}
    copy = place(books, "library (1).json", json.dumps(wrong).encode())
    book = books.open()
    assert "correct the other copy first" in book.notices()[0]
    assert copy.exists()
    assert not books.paths.library.exists()


@pytest.mark.parametrize("style", ["merge", "diff3"])
def test_marks_of_a_conflict_in_the_own_library(books: Books, style: str) -> None:
    second = {**OWN, "id": "sled-pull", "name": "Sled pull"}
    sides = [
        json.dumps({"schema_version": 1, "exercises": [one]}, indent=1) for one in (OWN, second)
    ]
    base = "||||||| base\n{}\n" if style == "diff3" else ""
    marked = f"<<<<<<< a\n{sides[0]}\n{base}=======\n{sides[1]}\n>>>>>>> b\n".encode()
    path = place(books, "library.json", marked)
    book = books.open()
    book.profile.reload()
    assert {"sled-push", "sled-pull"} <= book.profile.library.exercises.keys()
    assert len(json.loads(path.read_bytes())["exercises"]) == 2
    [kept_] = books.paths.merged_dir.iterdir()
    assert kept_.read_bytes() == marked
    book.close()
    assert books.open().notices() == []


# -- journals ----------------------------------------------------------------------------------


def session_on(books: Books, steps: int) -> Logbook:
    book = books.open().read_all()
    book.recorder.start(book.planner.next_plan(books.clock().date()))
    for _ in range(steps):
        books.clock.forward(60)
        book.recorder.do(Log("1"))
    return book


def test_both_journals_of_one_session_become_one_session(books: Books) -> None:
    """The folder was synced under a session, which went on apart from then on."""
    book = session_on(books, 1)
    assert book.recorder.live is not None
    own = journal_path(books.paths, book.recorder.live.id)
    before = own.read_bytes()
    book.recorder.do(Log("1"))
    theirs = own.read_bytes()
    book.close()
    own.write_bytes(before)
    book = books.open().read_all()
    books.clock.forward(60)
    book.recorder.do(Log("1"))
    book.recorder.finish()
    done = sets(book)
    book.close()
    copy = place(books, f"live/{own.stem} (1).jsonl", theirs)
    assert "is not over" in books.open(write=False).notices()[0]
    assert copy.exists()
    books.clock.forward(13 * 3600)
    book = books.open()
    # One set before, and one from each of the two.
    assert len(sets(book)) * 2 == len(done) * 3
    assert len(book.reader.sessions()) == 1
    assert not copy.exists()
    assert kept(books.paths) == [copy.name]


def test_a_finished_copy_is_filed_at_once(books: Books, others: Books) -> None:
    book = session_on(others, 2)
    assert book.recorder.live is not None
    path = journal_path(others.paths, book.recorder.live.id)
    with pytest.MonkeyPatch.context() as broken:
        broken.setattr("tui.store.journal.Journal.remove", lambda _: None)
        book.recorder.finish()
    done = sets(book)
    name = f"{path.stem}.sync-conflict-20261129-181500-ABCDEF7.jsonl"
    copy = place(books, f"live/{name}", path.read_bytes())
    opened = books.open()
    assert sets(opened) == done
    assert not copy.exists()


def test_an_earlier_state_of_a_session_under_way_brings_nothing_back(books: Books) -> None:
    book = session_on(books, 2)
    assert book.recorder.live is not None
    path = journal_path(books.paths, book.recorder.live.id)
    copy = place(books, f"live/{path.stem} 2.jsonl", path.read_bytes())
    book.recorder.do(Undo())
    assert len(book.absorb_copies()) == 1
    assert not copy.exists()
    rows = book.recorder.live.rows
    book.close()
    books.clock.forward(13 * 3600)
    again = books.open()
    assert again.recorder.live is not None
    assert again.recorder.live.rows == rows
    assert sets(again) == []


def test_a_spoilt_copy_of_a_journal_is_told(books: Books, others: Books) -> None:
    book = session_on(others, 2)
    assert book.recorder.live is not None
    path = journal_path(others.paths, book.recorder.live.id)
    lines = path.read_bytes().splitlines(keepends=True)
    lines[1] = b"{spoilt}\n"
    copy = place(books, f"live/{path.stem} 2.jsonl", b"".join(lines))
    assert "a journal that cannot be read: line 2 is damaged" in books.open().notices()[0]
    assert copy.exists()


def test_a_journal_is_merged_once_its_session_is_over(books: Books, others: Books) -> None:
    book = session_on(others, 2)
    assert book.recorder.live is not None
    path = journal_path(others.paths, book.recorder.live.id)
    mine = books.open()
    with pytest.raises(StoreError, match="the journal of a session that is not over"):
        merge(mine, path, dry_run=False)
    with pytest.raises(StoreError, match="the journal of a session that is not over"):
        merge(mine, others.paths.root, dry_run=False)
    log(book, "back-squat", "5 100kg")
    came, left_out = merge(mine, others.paths.root, dry_run=False)
    assert came.words() == "1 set"
    assert ["is not over" in line for line in left_out] == [True]
    books.clock.forward(13 * 3600)
    done = len(book.recorder.live.rows)
    came, left_out = merge(mine, path, dry_run=False)
    assert came.log.sets >= done > 0
    assert not left_out
    assert path.exists(), "it is the other machine's"
    came, _ = merge(mine, path, dry_run=False)
    assert not came.words()


def test_a_hostile_copy_is_refused_at_once(books: Books) -> None:
    start = time.perf_counter()
    for n, data in enumerate(
        (
            b"{" * 2_000_000,
            b'{"meta": ' + b"[" * 2_000_000,
            b"\n" * 2_000_000,
            b'{"n":\n' * 600_000,
            b'{"meta": {"schema_version": 2}, "sessions": ' + b'{"a":' * 900 + b"1" + b"}" * 901,
        )
    ):
        place(books, f"log/2026 ({n}).json", data)
        place(books, f"live/01KB2X00000000000000000000 ({n}).jsonl", data)
    book = books.open()
    assert len(book.notices()) == 10
    assert time.perf_counter() - start < 10
