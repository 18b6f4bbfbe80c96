"""Compiled judgement of one cluster of atoms: its charges and its violations.

Every function takes `members`, an int64 array whose first `m` atoms are the cluster. As in all
compiled code, arrays are assigned to names before they are used, because the compiler handles the
whole tuple of arrays at each use.
"""

from __future__ import annotations

import numpy as np

from cluster_geo.compiled.jit import inner
from cluster_geo.compiled.layout import Arrays
from cluster_geo.tolerances import SAME_HUB


@inner
def best_hub(arrays: Arrays, members: np.ndarray, m: int) -> tuple[int, float]:
    """Return the hub with the least charge for travel, and that charge (-1, inf: none allowed)."""
    hub_start, hub_of, amount = arrays.hub_start, arrays.hub_of, arrays.amount
    best = -1
    least = np.inf
    back = 0.0
    for place in range(m):
        back += arrays.credit[members[place]]
    for place in range(m):
        a = members[place]
        for at in range(hub_start[a], hub_start[a + 1]):
            j = hub_of[at]
            total = 0.0
            for other in range(m):
                total += amount[j, members[other]]
                if total + back >= least:
                    break
            if total < least - SAME_HUB:
                least = total
                best = j
    return best, least


@inner
def shared_charges(arrays: Arrays, members: np.ndarray, m: int) -> float:
    """Charges that do not depend on the hub: groups, main zones, absences, company, imbalance."""
    return (
        _group_charges(arrays, members, m)
        + _zone_charges(arrays, members, m)
        + _absence_charges(arrays, members, m)
        + _alone_charges(arrays, members, m)
        + _tilt_charges(arrays, members, m)
    )


@inner
def _group_charges(arrays: Arrays, members: np.ndarray, m: int) -> float:
    start, group_of, price = arrays.group_start, arrays.group_of, arrays.group_price
    charge = 0.0
    for place in range(m):
        a = members[place]
        for at in range(start[a], start[a + 1]):
            group = group_of[at]
            seen = False
            for earlier in range(place):
                b = members[earlier]
                for bt in range(start[b], start[b + 1]):
                    if group_of[bt] == group:
                        seen = True
                        break
                if seen:
                    break
            if not seen:
                charge += price[group]
    return charge


@inner
def _zone_charges(arrays: Arrays, members: np.ndarray, m: int) -> float:
    size, count, price = arrays.size, arrays.zone_count, arrays.zone_price
    schools = 0
    for place in range(m):
        schools += size[members[place]]
    charge = 0.0
    for layer in range(price.size):
        most = 0
        for zone in range(count.shape[2]):
            inside = 0
            for place in range(m):
                inside += count[layer, members[place], zone]
            most = max(most, inside)
        charge += price[layer] * (schools - most)
    return charge


@inner
def _absence_charges(arrays: Arrays, members: np.ndarray, m: int) -> float:
    in_set, price = arrays.in_set, arrays.set_price
    charge = 0.0
    for s in range(price.size):
        if price[s] > 0.0:
            found = False
            for place in range(m):
                if in_set[members[place], s] > 0:
                    found = True
                    break
            if not found:
                charge += price[s]
    return charge


@inner
def _alone_charges(arrays: Arrays, members: np.ndarray, m: int) -> float:
    price = arrays.alone_price
    charge = 0.0
    for row in range(price.size):
        if price[row] < np.inf and _wants_company(arrays, row, members, m):
            charge += price[row]
    return charge


@inner
def _wants_company(arrays: Arrays, row: int, members: np.ndarray, m: int) -> bool:
    """Whether some member wants company that no member is."""
    alone, company = arrays.alone, arrays.company
    wanting = False
    for place in range(m):
        if company[row, members[place]]:
            return False
        wanting = wanting or alone[row, members[place]]
    return wanting


@inner
def _tilt_charges(arrays: Arrays, members: np.ndarray, m: int) -> float:
    tilt, price = arrays.tilt, arrays.tilt_price
    charge = 0.0
    for b in range(price.size):
        total = 0.0
        for place in range(m):
            total += tilt[b, members[place]]
        charge += price[b] * abs(total)
    return charge


@inner
def faults(arrays: Arrays, members: np.ndarray, m: int) -> int:
    """Count violations: schools too few or many, members of sets or company missing, pairs apart.

    Contiguity and members refused by the hub are not counted.
    """
    size, in_set, need = arrays.size, arrays.in_set, arrays.set_need
    apart_start, apart_of = arrays.apart_start, arrays.apart_of
    schools = 0
    for place in range(m):
        schools += size[members[place]]
    count = max(0, arrays.low - schools) + max(0, schools - arrays.high)
    for s in range(need.size):
        if need[s] > 0:
            found = 0
            for place in range(m):
                found += in_set[members[place], s]
            count += max(0, need[s] - found)
    price = arrays.alone_price
    for row in range(price.size):
        if price[row] == np.inf and _wants_company(arrays, row, members, m):
            count += 1
    if apart_of.size > 0:
        for place in range(m):
            a = members[place]
            for at in range(apart_start[a], apart_start[a + 1]):
                for other in range(place):
                    if members[other] == apart_of[at]:
                        count += 1
    return count


@inner
def in_one_piece(arrays: Arrays, members: np.ndarray, m: int) -> bool:
    """Whether the members induce one piece of the neighbour graph (an empty set does)."""
    if not arrays.connected or m == 0:
        return True
    whole = arrays.whole
    for place in range(m):
        if not whole[members[place]]:
            return _joined(arrays, members, m)
    near_start, near_of = arrays.near_start, arrays.near_of
    # The members reached come first in `queue`, then the others.
    queue = members[:m].copy()
    head, tail = 0, 1
    while head < tail:
        a = queue[head]
        head += 1
        for at in range(near_start[a], near_start[a + 1]):
            b = near_of[at]
            for place in range(tail, m):
                if queue[place] == b:
                    queue[place] = queue[tail]
                    queue[tail] = b
                    tail += 1
                    break
    return tail == m


@inner
def _joined(arrays: Arrays, members: np.ndarray, m: int) -> bool:
    """Whether the schools themselves are in one piece, for atoms that are not by themselves."""
    hub_start, hub_of = arrays.hub_start, arrays.hub_of
    road_start, road_of = arrays.road_start, arrays.road_of
    inside = np.zeros(arrays.home.size, dtype=np.bool_)
    queue = np.empty(arrays.home.size, dtype=np.int64)
    schools = 0
    for place in range(m):
        a = members[place]
        for at in range(hub_start[a], hub_start[a + 1]):
            inside[hub_of[at]] = True
            queue[0] = hub_of[at]
            schools += 1
    inside[queue[0]] = False
    head, tail = 0, 1
    while head < tail:
        i = queue[head]
        head += 1
        for at in range(road_start[i], road_start[i + 1]):
            j = road_of[at]
            if inside[j]:
                inside[j] = False
                queue[tail] = j
                tail += 1
    return tail == schools
