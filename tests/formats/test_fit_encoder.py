"""FIT files byte by byte: checksums, definitions said once, values that do not fit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.formats import runfiles
from tui.formats.fit_encoder import LONGEST, Base, Field, Message, checksum, file_of

NAME = 8


def decoded(*messages: Message) -> list[dict[str, object]]:
    """The fields of each message, by a strict decoder."""
    from fitdecode import CrcCheck, FitDataMessage, FitReader

    data = file_of(messages)
    with FitReader(data, processor=None, check_crc=CrcCheck.RAISE) as frames:
        return [
            {field.name: field.value for field in frame.fields}
            for frame in frames
            if isinstance(frame, FitDataMessage)
        ]


def named(name: str) -> Message:
    return Message(26, (Field(NAME, Base.STRING, name),))


@given(st.binary(max_size=60))
def test_the_checksum_is_that_of_fit(data: bytes) -> None:
    assert checksum(data) == runfiles.checksum(data)


def test_a_definition_is_written_once() -> None:
    one, other = (Message(0, (Field(4, Base.UINT32, at),)) for at in (1, 2))
    head_and_checksum, definition, content = 16, 6 + 3, 1 + 4
    assert len(file_of([one, other])) == head_and_checksum + definition + 2 * content
    # A text of another length has another definition.
    assert [one["wkt_name"] for one in decoded(named("a"), named("bcd"), named("e"))] == [
        "a",
        "bcd",
        "e",
    ]


@pytest.mark.parametrize(
    ("base", "value", "got"),
    [
        (Base.UINT16, 70_000, 65_534),
        (Base.UINT16, None, None),
        (Base.UINT32, 2**32, 2**32 - 2),
        (Base.UINT8, 255, 254),
    ],
)
def test_a_number_too_large_is_the_largest(base: Base, value: int | None, got: int | None) -> None:
    [fields] = decoded(Message(225, (Field(3, base, value),)))
    assert fields["repetitions"] == got


def test_a_long_text_is_cut_between_characters() -> None:
    [fields] = decoded(named("x" + "é" * LONGEST))
    assert fields["wkt_name"] == "x" + "é" * ((LONGEST - 1) // 2)


def test_there_is_room_for_sixteen_kinds() -> None:
    kinds = [Message(number, (Field(4, Base.UINT32, 1),)) for number in range(17)]
    assert file_of(kinds[:16])
    with pytest.raises(ValueError, match="16 kinds"):
        file_of(kinds)
