"""Which of two versions of a document counts."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import deep, json_values
from tui.domain.model.versions import canonical, later

STAMPS = st.sampled_from(
    [
        "2026-11-02T18:00:00+01:00",
        "2026-11-02T17:00:00+00:00",  # the same instant
        "2026-11-02T17:00:00.000001+00:00",
        "2026-11-02",  # no instant
        7,
    ]
)
VERSIONS = st.one_of(
    json_values,
    st.dictionaries(st.sampled_from("ab"), json_values, max_size=2),
    st.builds(lambda stamp, value: {"edited": stamp, "value": value}, STAMPS, json_values),
)


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ({"v": 2}, {"v": 1, "edited": "2026-11-02T18:00:00+01:00"}),
        ({"v": 2, "edited": "2026-11-02T18:00:00"}, {"edited": "1970-01-01T00:00:00+00:00"}),
        ({"edited": "2026-11-02T18:00:00+01:00"}, {"edited": "2026-11-02T17:30:00+00:00"}),
        ({"edited": "2026-11-02T17:00:00+00:00"}, {"edited": "2026-11-02T17:00:00.000001+00:00"}),
        ({"edited": "2026-11-02T17:00:00+00:00"}, {"edited": "2026-11-02T18:00:00+01:00"}),
        (7, {"edited": "2026-11-02T17:00:00+00:00"}),
        ({"v": 1}, {"v": 2}),
    ],
)
def test_the_later_edit_counts(older: Any, newer: Any) -> None:
    assert later(older, newer) is newer
    assert later(newer, older) is newer


@given(VERSIONS, VERSIONS, VERSIONS)
def test_the_order_of_joining_makes_no_difference(one: Any, two: Any, three: Any) -> None:
    assert canonical(later(one, two)) == canonical(later(two, one))
    assert canonical(later(later(one, two), three)) == canonical(later(one, later(two, three)))
    assert later(one, one) is one


@given(json_values)
def test_a_canonical_text_is_the_value(value: Any) -> None:
    assert json.loads(canonical(value)) == value
    assert canonical(True) != canonical(1) != canonical(1.0)


def test_a_value_that_is_too_deep_is_none() -> None:
    assert canonical({"a": deep}) == "null"
    assert later({"v": deep}, {"edited": "2026-11-02T17:00:00+00:00"}) != {"v": deep}
