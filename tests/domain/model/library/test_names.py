"""What the runner says of the names of other apps, in the own library."""

from __future__ import annotations

from typing import Any

import pytest

from tests.ui.driver import shipped
from tui.domain.model.library.catalog import NameChoice
from tui.domain.model.library.own_entries import join_libraries, present, stamped
from tui.domain.model.library.parser import overlay

EARLY, LATE = "2026-11-02T18:05:00+01:00", "2026-11-03T18:05:00+01:00"


def own(**names: Any) -> dict[str, Any]:
    return {"schema_version": 1, "names": names}


def test_names_are_read() -> None:
    doc = own(
        Press={"exercise": "push-up", "weights": 2},
        Gone={"exercise": "push-up", "deleted": True, "edited": EARLY},
        Out={},
        Lost={"exercise": "no-such-exercise"},
    )
    library, problems = overlay(shipped(), doc)
    assert problems == []
    assert library.names == {
        "Press": NameChoice(exercise="push-up", weights=2),
        "Out": NameChoice(),
        "Lost": NameChoice(exercise="no-such-exercise"),
    }
    assert shipped().names == {}


@pytest.mark.parametrize(
    ("choice", "field"),
    [
        ({"exercise": 5}, "exercise"),
        ({"exercise": "Not An Id"}, "exercise"),
        ({"weights": 3}, "weights"),
        ({"weights": "two"}, "weights"),
        ({"colour": "red"}, "colour"),
        ({"edited": "yesterday"}, "edited"),
    ],
)
def test_a_mistake_is_told_where_it_is(choice: dict[str, Any], field: str) -> None:
    library, [problem] = overlay(shipped(), own(Press=choice))
    assert library is shipped()
    assert field in f"{problem}"
    assert "Press" in f"{problem}"


def test_names_that_are_no_table_are_a_problem() -> None:
    wrong: list[object] = [[], "Press", {"Press": "push-up"}]
    for names in wrong:
        assert overlay(shipped(), {"schema_version": 1, "names": names})[1]


def test_names_are_stamped_and_leave_tombstones() -> None:
    first = stamped({}, own(Press={"exercise": "push-up"}), EARLY)
    assert first["names"]["Press"]["edited"] == EARLY
    second = stamped(first, own(Row={"exercise": "band-row"}), LATE)
    assert second["names"]["Press"]["deleted"] is True
    assert present(second)["names"].keys() == {"Row"}
    assert stamped(first, present(first), LATE) == first


def test_of_two_machines_the_later_choice_counts() -> None:
    here = own(Press={"exercise": "push-up", "edited": EARLY}, Mine={"edited": EARLY})
    there = own(Press={"edited": LATE}, Yours={"edited": EARLY})
    for one, other in ((here, there), (there, here)):
        joined = join_libraries(one, other)
        assert joined.library["names"] == {
            "Mine": {"edited": EARLY},
            "Press": {"edited": LATE},
            "Yours": {"edited": EARLY},
        }
        assert [(table, name) for table, name, _ in joined.lost] == [("names", "Press")]
