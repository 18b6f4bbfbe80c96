"""The atoms that matter to a hub: no others can be in a cluster below the threshold."""

from __future__ import annotations

import numpy as np

from cluster_geo.compiled.duals import Duals
from cluster_geo.compiled.jit import inner
from cluster_geo.compiled.layout import Arrays


@inner
def universe_of(
    arrays: Arrays, duals: Duals, hub: int, threshold: float, inside: np.ndarray
) -> int:
    """Mark `inside` what a cluster with this hub and reduced cost below `threshold` may hold.

    It excludes atoms that the hub refuses, that must be apart from it, or whose weight exceeds the
    best that all other places could save; then those cut off from the hub. All other charges are
    at least 0, except credits, which are part of the weights.

    Returns
    -------
    int
        How many atoms are marked.
    """
    home, size, amount, dual = arrays.home[hub], arrays.size, arrays.amount, duals.atom
    apart_start, apart_of = arrays.apart_start, arrays.apart_of
    weight = np.empty(size.size)
    allowed = np.empty(size.size, dtype=np.bool_)
    for a in range(size.size):
        inside[a] = False
        weight[a] = amount[hub, a] - dual[a]
        allowed[a] = weight[a] < np.inf
    for at in range(apart_start[home], apart_start[home + 1]):
        allowed[apart_of[at]] = False
    places = arrays.high - size[home]
    if not allowed[home] or places < 0:
        return 0
    most, last = _best_sum(weight, allowed, home, places)
    base = weight[home] + arrays.base
    for a in range(size.size):
        if a != home:
            gain = most - last + max(last, weight[a])
            if base + gain > threshold or size[a] > places:
                allowed[a] = False
    return _mark_reached(arrays, home, allowed, inside)


@inner
def _best_sum(
    weight: np.ndarray, allowed: np.ndarray, home: int, places: int
) -> tuple[float, float]:
    """Sum of the `places` least weights below 0 of atoms allowed, and the last of them (or 0)."""
    # A short list, kept sorted by insertion.
    least = np.zeros(places)
    for a in range(weight.size):
        if places > 0 and allowed[a] and a != home and weight[a] < least[places - 1]:
            at = places - 1
            while at > 0 and least[at - 1] > weight[a]:
                least[at] = least[at - 1]
                at -= 1
            least[at] = weight[a]
    total = 0.0
    for at in range(places):
        total += least[at]
    return total, least[places - 1] if places > 0 else 0.0


@inner
def _mark_reached(arrays: Arrays, home: int, allowed: np.ndarray, inside: np.ndarray) -> int:
    """Mark the atoms allowed that are joined to `home` through allowed atoms; count them."""
    near_start, near_of = arrays.near_start, arrays.near_of
    queue = np.empty(allowed.size, dtype=np.int64)
    queue[0] = home
    inside[home] = True
    number = 1
    if not arrays.connected:
        for a in range(allowed.size):
            if allowed[a] and a != home:
                inside[a] = True
                number += 1
        return number
    head = 0
    while head < number:
        a = queue[head]
        head += 1
        for at in range(near_start[a], near_start[a + 1]):
            b = near_of[at]
            if allowed[b] and not inside[b]:
                inside[b] = True
                queue[number] = b
                number += 1
    return number
