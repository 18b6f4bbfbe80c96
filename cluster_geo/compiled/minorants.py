"""Linear minorants of the convex charges: cuts and imbalances.

For atoms a, b, c of a cut with price p, the charge is p * [x_a + x_b + x_c >= 2], at least the
sum over its pairs of share * p * (x_a + x_b - 1) if the shares sum to at most 1. The share of a
pair is stored at the corner that the pair leaves out. An imbalance is charged price * |sum|,
which is at least t * price * sum for -1 <= t <= 1.
"""

from __future__ import annotations

import numpy as np

from cluster_geo.compiled.duals import MET
from cluster_geo.compiled.jit import inner
from cluster_geo.compiled.layout import Arrays
from cluster_geo.compiled.local import IN, Local
from cluster_geo.tolerances import SAME_SUM

# Columns of `live`: the places of a cut's corners (-1: out of reach), the cut, and which of its
# corners is in (-1: none).
_CUT, _SETTLED = 3, 4


@inner
def open_cuts(
    local: Local,
    status: np.ndarray,
    reached: np.ndarray,
    share: np.ndarray,
    live: np.ndarray,
    settled: np.ndarray,
) -> tuple[float, int]:
    """Tell the cuts that a node leaves open from those it settles.

    A cut with two atoms in is charged; one with one in and one free charges that atom, which is
    added to `settled`; one that can be met in several ways is listed in `live`.

    Returns
    -------
    charged, lively
        Charges of the cuts met for sure, and the number of cuts that are open.
    """
    cuts, prices = local.cuts, local.cut_price
    charged = 0.0
    lively = 0
    for cut in range(prices.size):
        inside = 0
        free = 0
        last = -1
        live[lively, _CUT] = cut
        live[lively, _SETTLED] = -1
        for corner in range(3):
            i = cuts[cut, corner]
            live[lively, corner] = -1
            if i >= 0 and reached[i]:
                live[lively, corner] = i
                if status[i] == IN:
                    inside += 1
                    live[lively, _SETTLED] = corner
                else:
                    free += 1
                    last = i
        if inside >= MET:
            charged += prices[cut]
        elif inside == 1 and free == 1:
            settled[last] += prices[cut]
        elif inside + free >= MET:
            if inside + free == MET:
                # Only the pair that leaves out what is out of reach can be held.
                for corner in range(3):
                    if live[lively, corner] >= 0:
                        share[cut, corner] = 0.0
            lively += 1
    return charged, lively


@inner
def add_cuts(
    local: Local, share: np.ndarray, live: np.ndarray, lively: int, shift: np.ndarray
) -> float:
    """Add the minorants of the cuts that are open to `shift`; return their constant."""
    prices = local.cut_price
    constant = 0.0
    for row in range(lively):
        cut = live[row, _CUT]
        settled = live[row, _SETTLED]
        price = prices[cut]
        if settled >= 0:
            first = live[row, (settled + 1) % 3]
            second = live[row, (settled + 2) % 3]
            part = price * _part_of_first(share, cut, settled)
            shift[first] += part
            shift[second] += price - part
            continue
        total = price * (share[cut, 0] + share[cut, 1] + share[cut, 2])
        if total > 0.0:
            constant -= total
            for corner in range(3):
                i = live[row, corner]
                if i >= 0:
                    shift[i] += total - price * share[cut, corner]
    return constant


@inner
def _part_of_first(share: np.ndarray, cut: int, settled: int) -> float:
    """Of the two pairs that hold the corner that is in, the part of that with the next corner."""
    first = share[cut, (settled + 2) % 3]
    second = share[cut, (settled + 1) % 3]
    return first / (first + second) if first + second > 0.0 else 0.5


@inner
def follow_cuts(
    local: Local,
    share: np.ndarray,
    live: np.ndarray,
    lively: int,
    taken: np.ndarray,
    pace: float,
) -> float:
    """Move the shares toward the pairs that `taken` holds; return by how much they were loose."""
    prices = local.cut_price
    loose = 0.0
    for row in range(lively):
        cut = live[row, _CUT]
        settled = live[row, _SETTLED]
        held = 0
        absent = -1
        value = 0.0
        for corner in range(3):
            i = live[row, corner]
            if i >= 0 and taken[i]:
                held += 1
            else:
                absent = corner
        if settled >= 0:
            if held != MET:
                continue
            part = _part_of_first(share, cut, settled)
            value = part if absent == (settled + 2) % 3 else 1.0 - part
        else:
            for corner in range(3):
                i = live[row, corner]
                others = held - 1 if i >= 0 and taken[i] else held
                value += share[cut, corner] * (others - 1)
        gap = (1.0 if held >= MET else 0.0) - value
        if gap <= SAME_SUM:
            continue
        loose += gap * prices[cut]
        # With three atoms held each pair would do: the first two are taken.
        aim = -1
        if held >= MET:
            aim = absent if absent >= 0 else 2
        for corner in range(3):
            i = live[row, corner]
            if held == 1 and not (i >= 0 and taken[i]):
                # The pair holds the one atom that is taken: it costs nothing as it is.
                continue
            share[cut, corner] += pace * ((1.0 if corner == aim else 0.0) - share[cut, corner])
    return loose


@inner
def add_tilts(
    arrays: Arrays, local: Local, status: np.ndarray, tilt: np.ndarray, shift: np.ndarray
) -> float:
    """Add the minorants of the imbalances to `shift`; return their constant."""
    amounts, prices, atoms = arrays.tilt, arrays.tilt_price, local.atoms
    constant = 0.0
    for b in range(tilt.size):
        price = prices[b] * tilt[b]
        for i in range(status.size):
            amount = price * amounts[b, atoms[i]]
            if status[i] == IN:
                constant += amount
            else:
                shift[i] += amount
    return constant


@inner
def follow_tilts(
    arrays: Arrays, local: Local, tilt: np.ndarray, taken: np.ndarray, pace: float
) -> float:
    """Move the multipliers toward the signs of the sums; return by how much they were loose."""
    amounts, prices, atoms = arrays.tilt, arrays.tilt_price, local.atoms
    loose = 0.0
    for b in range(tilt.size):
        total = 0.0
        for i in range(taken.size):
            if taken[i]:
                total += amounts[b, atoms[i]]
        gap = abs(total) - tilt[b] * total
        if gap > SAME_SUM:
            loose += gap * prices[b]
            tilt[b] += pace * ((1.0 if total > 0.0 else -1.0) - tilt[b])
    return loose
