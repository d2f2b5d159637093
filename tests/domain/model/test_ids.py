from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from tui.domain.model.ids import ALPHABET, derived, sortable

instants = st.integers(0, 2**48 - 1)
chance = st.integers(0, 2**80 - 1)


@given(instants, chance, instants, chance)
def test_ids_sort_as_time_then_chance_do(a: int, r: int, b: int, s: int) -> None:
    one, other = sortable(a, r), sortable(b, s)
    assert (one < other) == ((a, r) < (b, s))
    assert (one == other) == ((a, r) == (b, s))
    assert len(one) == 26
    assert set(one) <= set(ALPHABET)


def test_an_id_is_what_other_programs_call_a_ulid() -> None:
    # ulid(1469918176385) begins like this in the examples of the format's own site.
    assert sortable(1469918176385, 0) == "01ARYZ6S41" + "0" * 16
    assert sortable(0, 31) == "0" * 25 + "Z"


@given(instants, st.text(st.characters()), st.text(st.characters()))
@example(0, "\ud800", "?")
def test_the_same_line_always_gets_the_same_id(at: int, text: str, other: str) -> None:
    assert derived(at, text) == derived(at, text)
    assert (derived(at, text) == derived(at, other)) == (text == other)
    assert derived(at, text)[:10] == sortable(at, 0)[:10]


def test_a_derived_id_never_changes_between_versions() -> None:
    assert derived(1_790_000_000_000, "2026-11-02 back-squat 1 both") == (
        "01M3250V00Z1A2A04VZ7D8XN99"
    )
