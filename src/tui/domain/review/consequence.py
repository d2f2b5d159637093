"""What a finished session changes most about the next one."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from tui.domain.calculator import Advice
from tui.domain.calculator.advice import Action

# What matters most first: what must rest or change, what gets less, what gets more.
RESTS = frozenset({Action.REST, Action.SUBSTITUTE, Action.VARIANT_DOWN})
LESS = frozenset({Action.DECREASE, Action.DELOAD, Action.LAYOFF})
MORE = frozenset({Action.VARIANT_UP, Action.INCREASE})


def consequence(
    advice: Mapping[str, tuple[Advice, Advice]], short: Collection[str]
) -> Advice | None:
    """The advice that a session changed most, from those before and after it by exercise; None if
    all goes on as it was. ``short`` are the exercises in which a set fell short: of those it is
    told even that they stay the same."""
    found = [(_weight(name, *both, short), both[1]) for name, both in advice.items()]
    told = [(weight, after) for weight, after in found if weight]
    return max(told, key=lambda one: one[0])[1] if told else None


def _weight(name: str, before: Advice, after: Advice, short: Collection[str]) -> int:
    """How much the change of one exercise matters; 0 for none."""
    same = (before.action, before.variant, before.plan) == (
        after.action,
        after.variant,
        after.plan,
    )
    if not same and after.action in RESTS:
        return 4
    if not same and after.action in LESS:
        return 3
    if name in short:
        return 2
    return 1 if not same and after.action in MORE else 0
