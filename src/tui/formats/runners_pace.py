"""Whether somebody could have run a track, for one that does not say its sport."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

# When, in seconds, and the degrees north and east.
Passed = tuple[float, float, float]

# Speeds are taken over so many seconds: a position that jumps for a moment is no speed.
STRETCH_S = 30.0
# Few have run as fast for three minutes, and nobody for five; a bicycle soon does (source project).
FASTEST_KMH, FAST_S = 25.0, 180.0
# On the flat a run is faster than a walk for some of the time, a swim hardly ever is (source
# project).
WALK_KMH, RUN_SHARE = 5.0, 0.05
# What is this steep is climbed on foot, as slowly as it needs.
STEEP_M_PER_KM = 30.0
# A shorter track says nothing of its sport.
SHORTEST_S = 300.0


def unlike_a_run(segments: Iterable[Sequence[Passed]], climb_m: float) -> str:
    """Why a track is no run, in words that follow "is": faster than anyone runs, or slower than a
    walk on the flat. Empty if it may be one. Points are in order of time."""
    stretches = [stretch for segment in segments for stretch in _stretches(segment)]
    total = sum(seconds for seconds, _, _ in stretches)
    length = sum(path for _, _, path in stretches)
    fast = sum(s for s, straight, _ in stretches if straight * 3.6 > FASTEST_KMH * s)
    if fast >= FAST_S:
        return "faster than anyone runs"
    run = sum(s for s, _, path in stretches if path * 3.6 > WALK_KMH * s)
    flat = climb_m * 1000 < STEEP_M_PER_KM * length
    if total >= SHORTEST_S and flat and run < RUN_SHARE * total:
        return "slower than a walk"
    return ""


def _stretches(points: Sequence[Passed]) -> Iterator[tuple[float, float, float]]:
    """The seconds of each stretch of a segment, and its metres: straight on, and along the track.
    Straight on nobody is too fast by a position that wavers, along the track nobody too slow by
    running in circles."""
    from gpxpy.geo import distance

    first, path = points[:1], 0.0
    for before, here in pairwise(points):
        path += distance(*before[1:], None, *here[1:], None)
        seconds = here[0] - first[0][0]
        if seconds >= STRETCH_S:
            yield seconds, distance(*first[0][1:], None, *here[1:], None), path
            first, path = [here], 0.0
