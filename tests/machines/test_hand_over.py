"""A short run of what :mod:`tests.machines.hand_over` does by hand for minutes."""

from __future__ import annotations

import pytest

from tests.machines.hand_over import run


@pytest.mark.parametrize("lying", [False, True])
def test_what_was_confirmed_is_there_once_whoever_logs(lying: bool) -> None:
    found = run(1.0, 7, lying=lying)
    assert found.wrong == []
    assert found.confirmed
    assert found.happened["TAKEN"] or lying
