"""Company in a node's bound: what is charged, or refused, where some atoms lack others beside them.

A cluster that holds one of some atoms P and none of others Q (the company that P wants) is charged
p once, or refused. With multipliers m_i >= 0 of the atoms of P that sum to p at most,

    sum of m_i * x_i over P - (sum of m_i) * (sum of x_k over Q)

never exceeds that charge: with an atom of Q it is at most 0, and without one at most p, and 0 where
no atom of P is in. Where the cluster is refused, any multipliers will do. They are carried from
node to node, and moved toward what the sets found show to be loose.
"""

from __future__ import annotations

import numpy as np

from cluster_geo.compiled.jit import inner
from cluster_geo.compiled.layout import Arrays
from cluster_geo.compiled.local import FREE, IN, Local
from cluster_geo.tolerances import SAME_SUM

# At stake where a set is refused for want of company: as much as in a clash.
_REFUSED = 1.0


@inner
def open_companies(
    arrays: Arrays,
    local: Local,
    status: np.ndarray,
    reached: np.ndarray,
    wanting: np.ndarray,
    settled: np.ndarray,
) -> float:
    """Tell the kinds of company that a node leaves open from those it settles.

    Company that is in, or that nothing within reach wants, charges nothing. Where none is within
    reach, an atom that is in and wants it is charged for sure, and the only atom that could be,
    or each that would be refused, is charged in `settled`. The others are marked in `wanting`.

    Returns
    -------
    float
        What is charged for sure; inf where the node is refused.
    """
    alone, company, price = local.alone, local.company, arrays.alone_price
    charged = 0.0
    for row in range(price.size):
        wanting[row] = False
        inside, met, within_reach = False, False, False
        free, last = 0, -1
        for i in range(status.size):
            if not reached[i]:
                continue
            if company[row, i]:
                within_reach = True
                met = met or status[i] == IN
            elif alone[row, i]:
                if status[i] == IN:
                    inside = True
                else:
                    free += 1
                    last = i
        if met or not (inside or free > 0):
            continue
        if within_reach:
            wanting[row] = True
        elif inside:
            charged += price[row]
        elif free == 1:
            settled[last] += price[row]
        elif price[row] < np.inf:
            wanting[row] = True
        else:
            for i in range(status.size):
                if reached[i] and alone[row, i]:
                    settled[i] = np.inf
    return charged


@inner
def add_companies(
    local: Local,
    status: np.ndarray,
    reached: np.ndarray,
    press: np.ndarray,
    wanting: np.ndarray,
    shift: np.ndarray,
) -> float:
    """Add the minorants of the kinds that are open to `shift`; return their constant."""
    alone, company = local.alone, local.company
    constant = 0.0
    for row in range(wanting.size):
        if not wanting[row]:
            continue
        total = 0.0
        for i in range(status.size):
            if reached[i] and alone[row, i] and press[row, i] > 0.0:
                total += press[row, i]
                if status[i] == IN:
                    constant += press[row, i]
                else:
                    shift[i] += press[row, i]
        if total > 0.0:
            for i in range(status.size):
                if company[row, i]:
                    shift[i] -= total
    return constant


@inner
def follow_companies(
    arrays: Arrays,
    local: Local,
    status: np.ndarray,
    reached: np.ndarray,
    press: np.ndarray,
    wanting: np.ndarray,
    taken: np.ndarray,
    gap: float,
    pace: float,
) -> float:
    """Move the multipliers toward what the set `taken` is charged; return by how much it was loose.

    Parameters
    ----------
    gap : float
        How far the bound is to rise: no multipliers rise by more at a time.
    pace : float
        Share of the way that is gone.
    """
    alone, price = local.alone, arrays.alone_price
    loose = 0.0
    for row in range(wanting.size):
        if not wanting[row]:
            continue
        held, beside, total, value = _found(local, status, reached, press, taken, row)
        most = min(price[row], total + gap)
        lacks = held >= 0 and beside == 0
        slack = (most if lacks else 0.0) - value
        if slack <= SAME_SUM:
            continue
        loose += slack
        # An atom with one of its company beside it is charged nothing by the multiplier it has.
        aim = most if lacks else total if beside == 1 else 0.0
        # All are moved, also out of reach, so that the sum stays within the price.
        for i in range(status.size):
            if alone[row, i]:
                press[row, i] += pace * ((aim if i == held else 0.0) - press[row, i])
    return loose


@inner
def _found(
    local: Local,
    status: np.ndarray,
    reached: np.ndarray,
    press: np.ndarray,
    taken: np.ndarray,
    row: int,
) -> tuple[int, int, float, float]:
    """Look at a set: an atom of it that wants company (-1: none), rather one that is in.

    Returns
    -------
    held, beside, total, value
        That atom; how many of its company the set has; the sum of the multipliers; and what they
        make of the set.
    """
    alone, company = local.alone, local.company
    held, beside = -1, 0
    total, value = 0.0, 0.0
    for i in range(status.size):
        if not reached[i]:
            continue
        if company[row, i]:
            if taken[i]:
                beside += 1
        elif alone[row, i]:
            total += press[row, i]
            if taken[i]:
                value += press[row, i]
                if held < 0 or status[i] == IN:
                    held = i
    return held, beside, total, value - total * beside


@inner
def companies_at_stake(
    arrays: Arrays,
    local: Local,
    status: np.ndarray,
    taken: np.ndarray,
    press: np.ndarray,
    stake: np.ndarray,
) -> None:
    """Add by how much the multipliers miss what a set is charged, to the atoms that decide it."""
    alone, company, price = local.alone, local.company, arrays.alone_price
    everywhere = np.ones(status.size, dtype=np.bool_)
    for row in range(price.size):
        held, beside, _, value = _found(local, status, everywhere, press, taken, row)
        lacks = held >= 0 and beside == 0
        charge = price[row] if lacks else 0.0
        missed = _REFUSED if charge == np.inf else charge - value
        if missed <= SAME_SUM:
            continue
        for i in range(status.size):
            if status[i] != FREE:
                continue
            # What is lacking decides too, and it is not taken.
            if (alone[row, i] and taken[i]) or (company[row, i] and (lacks or taken[i])):
                stake[i] += missed
