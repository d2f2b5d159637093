"""How far a track climbs, in spite of heights that waver by some metres."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from math import ceil

# The least rise that counts (source project): a smaller one is lost in what a watch gets wrong.
THRESHOLD_M = 3.0
# What may be left of the noise when it is smoothed, as a standard deviation: with it a flat hour
# stays within the threshold.
CALM_M = 0.3
# No farther than this to either side: beyond, the hills themselves would be smoothed away.
REACH_S = 60.0
# So few points say nothing of their noise.
FEW = 10
# The second differences of noise alone have a median of so many times its standard deviation.
MEDIAN_OF_NOISE = 1.652


def climb_m(track: Sequence[tuple[float, float]]) -> float:
    """The climb in metres over points of time (seconds, rising) and height (metres).

    The heights are averaged over as many neighbours as their noise asks for, but only within a
    minute to either side; then a rise counts from 3 m above the lowest point since the last fall
    of 3 m. Heights without noise are not smoothed, so that a steep hill keeps its top.
    """
    rising, climbed = False, 0.0
    heights = _smoothed(track)
    low = high = heights[0] if heights else 0.0
    for height in heights:
        if rising:
            high = max(high, height)
            if high - height >= THRESHOLD_M:
                climbed += high - low
                rising, low = False, height
        else:
            low = min(low, height)
            if height - low >= THRESHOLD_M:
                rising, high = True, height
    return climbed + (high - low if rising else 0.0)


def _smoothed(track: Sequence[tuple[float, float]]) -> list[float]:
    """The heights, each averaged with its neighbours."""
    heights = [height for _, height in track]
    reach = ceil((_noise(heights) / CALM_M) ** 2) // 2
    if not reach:
        return heights
    sums = [0.0, *accumulate(heights)]
    first = end = 0
    made = []
    for at, (when, _) in enumerate(track):
        while when - track[first][0] > REACH_S or at - first > reach:
            first += 1
        while end < len(track) and track[end][0] - when <= REACH_S and end - at <= reach:
            end += 1
        made.append((sums[end] - sums[first]) / (end - first))
    return made


def _noise(heights: Sequence[float]) -> float:
    """The standard deviation, in metres, of what heights waver by from point to point: a slope has
    no second difference, a jitter has."""
    if len(heights) < FEW:
        return 0.0
    apart = sorted(
        abs(before - 2 * here + after)
        for before, here, after in zip(heights, heights[1:], heights[2:], strict=False)
    )
    return apart[len(apart) // 2] / MEDIAN_OF_NOISE
