"""Estimate a one-rep maximum (e1RM) from a set, and the reps that a percentage of it allows.

Everything the calculator does with loads rests on one curve: the percentage of the one-rep maximum
that can be lifted n times, where n is the reps done plus those left in reserve (RIR). It is the
chart of Reactive Training Systems (RTS, Mike Tuchscherer), whose cells for RPE and reps all lie on
it, with RPE = 10 - RIR. The well-known formulas are only there for comparison.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping
from math import exp, log
from types import MappingProxyType

# Percentage of the one-rep maximum for n = 1, 2, ... 16.
CURVE = (
    *(100.0, 95.5, 92.2, 89.2, 86.3, 83.7, 81.1, 78.6),
    *(76.2, 73.9, 70.7, 68.0, 65.3, 62.6, 59.9, 57.3),
)
LONGEST = len(CURVE)
_RISING = CURVE[::-1]

# Longer sets say too little about the maximum: they end for reasons other than strength.
MOST_REPS = 12


def share(n: float) -> float:
    """The percentage of the one-rep maximum that can be lifted ``n`` = reps + RIR times.

    Linear between whole numbers; ``n`` below 1 counts as 1, above 16 as 16. Source: the RTS chart.
    """
    if n <= 1:
        return CURVE[0]
    if n >= LONGEST:
        return CURVE[-1]
    whole = int(n)
    upper = CURVE[whole - 1]
    return upper + (CURVE[whole] - upper) * (n - whole)


def reps_at(percent: float) -> float:
    """How often ``percent`` of the one-rep maximum can be lifted: the inverse of ``share``.

    0 above 100 %, and 16 at 57.3 % or less, where the curve ends. Source: the RTS chart.
    """
    if percent > CURVE[0]:
        return 0.0
    if percent <= CURVE[-1]:
        return float(LONGEST)
    above = bisect_left(_RISING, percent)
    upper, lower = _RISING[above], _RISING[above - 1]
    return LONGEST - above + (upper - percent) / (upper - lower)


def log_share(n: float) -> float:
    """The natural logarithm of ``share`` as a fraction of the maximum: 0 for a single, else less.

    Source: the RTS chart.
    """
    return log(share(n) / 100)


def one_rm(load_kg: float, n: float) -> float:
    """The one-rep maximum in kilograms if ``load_kg`` can be lifted just ``n`` = reps + RIR times.

    A single with none left is the maximum itself. Source: the RTS chart.
    """
    # Divide by the fraction instead of multiplying by 100 first, so that a single is not rounded.
    return load_kg / (share(n) / 100)


def _checked(reps: int) -> None:
    if reps < 1:
        raise ValueError(f"a one-rep maximum takes at least one rep, not {reps}")


def epley(load_kg: float, reps: int) -> float:
    """Epley's one-rep maximum in kilograms, of ``reps`` to failure; ValueError below one rep."""
    _checked(reps)
    return load_kg if reps == 1 else load_kg * (1 + reps / 30)


def brzycki(load_kg: float, reps: int) -> float:
    """Brzycki's one-rep maximum in kilograms, of ``reps`` to failure.

    ValueError below one rep, and from 37 on, where the formula has no value.
    """
    _checked(reps)
    if reps >= 37:
        raise ValueError(f"Brzycki's formula ends before 37 reps, not {reps}")
    return load_kg if reps == 1 else load_kg * 36 / (37 - reps)


def lombardi(load_kg: float, reps: int) -> float:
    """Lombardi's one-rep maximum in kilograms, of ``reps`` to failure; ValueError below one rep."""
    _checked(reps)
    return load_kg if reps == 1 else load_kg * float(reps) ** 0.10


def oconner(load_kg: float, reps: int) -> float:
    """O'Conner's one-rep maximum in kilograms, of ``reps`` to failure; ValueError below one rep."""
    _checked(reps)
    return load_kg if reps == 1 else load_kg * (1 + 0.025 * reps)


def wathan(load_kg: float, reps: int) -> float:
    """Wathan's one-rep maximum in kilograms, of ``reps`` to failure; ValueError below one rep."""
    _checked(reps)
    return load_kg if reps == 1 else 100 * load_kg / (48.8 + 53.8 * exp(-0.075 * reps))


def mayhew(load_kg: float, reps: int) -> float:
    """Mayhew's one-rep maximum in kilograms, of ``reps`` to failure; ValueError below one rep."""
    _checked(reps)
    return load_kg if reps == 1 else 100 * load_kg / (52.2 + 41.9 * exp(-0.055 * reps))


def lander(load_kg: float, reps: int) -> float:
    """Lander's one-rep maximum in kilograms, of ``reps`` to failure.

    ValueError below one rep, and from 38 on, where the formula turns negative.
    """
    _checked(reps)
    if reps >= 38:
        raise ValueError(f"Lander's formula ends before 38 reps, not {reps}")
    return load_kg if reps == 1 else 100 * load_kg / (101.3 - 2.67123 * reps)


Formula = Callable[[float, int], float]

# By name. Most would raise the load of a single, so each special-cases it to return it unchanged.
FORMULAS: Mapping[str, Formula] = MappingProxyType(
    {
        "epley": epley,
        "brzycki": brzycki,
        "lombardi": lombardi,
        "oconner": oconner,
        "wathan": wathan,
        "mayhew": mayhew,
        "lander": lander,
    }
)
