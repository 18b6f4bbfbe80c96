"""Compiled judgement of one cluster of atoms: what it is charged, and what it breaks.

Every function takes `members`, an int64 array of atoms of which the first `m` count.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from cluster_geo.optimise.compiled.arrays import Arrays

INFINITE = np.inf


@njit(cache=True, nogil=True)
def best_hub(arrays: Arrays, members: np.ndarray, m: int) -> tuple[int, float]:
    """Return the hub with the least charge for travel, and that charge (-1, inf: none allowed)."""
    best = -1
    least = INFINITE
    back = 0.0
    for place in range(m):
        back += arrays.credit[members[place]]
    for place in range(m):
        a = members[place]
        for at in range(arrays.hub_start[a], arrays.hub_start[a + 1]):
            j = arrays.hub_of[at]
            total = 0.0
            row = arrays.amount[j]
            for other in range(m):
                total += row[members[other]]
                if total + back >= least:
                    break
            if total < least - 1e-12:
                least = total
                best = j
    return best, least


@njit(cache=True, nogil=True)
def shared_charges(arrays: Arrays, members: np.ndarray, m: int) -> float:
    """Charges that do not depend on the hub: groups, main zones, absences, imbalance."""
    charge = 0.0
    for place in range(m):
        a = members[place]
        for at in range(arrays.group_start[a], arrays.group_start[a + 1]):
            group = arrays.group_of[at]
            seen = False
            for earlier in range(place):
                b = members[earlier]
                for bt in range(arrays.group_start[b], arrays.group_start[b + 1]):
                    if arrays.group_of[bt] == group:
                        seen = True
                        break
                if seen:
                    break
            if not seen:
                charge += arrays.group_price[group]
    schools = 0
    for place in range(m):
        schools += arrays.size[members[place]]
    for layer in range(arrays.zone_price.size):
        most = 0
        for zone in range(arrays.zone_count.shape[2]):
            inside = 0
            for place in range(m):
                inside += arrays.zone_count[layer, members[place], zone]
            most = max(most, inside)
        charge += arrays.zone_price[layer] * (schools - most)
    for s in range(arrays.set_price.size):
        if arrays.set_price[s] > 0.0:
            found = False
            for place in range(m):
                if arrays.in_set[members[place], s] > 0:
                    found = True
                    break
            if not found:
                charge += arrays.set_price[s]
    for b in range(arrays.tilt_price.size):
        total = 0.0
        for place in range(m):
            total += arrays.tilt[b, members[place]]
        charge += arrays.tilt_price[b] * abs(total)
    return charge


@njit(cache=True, nogil=True)
def faults(arrays: Arrays, members: np.ndarray, m: int) -> int:
    """Count what the cluster breaks: schools too few or many, members of sets missing, clashes.

    Being in one piece and the hub's refusals are not in it.
    """
    schools = 0
    for place in range(m):
        schools += arrays.size[members[place]]
    count = max(0, arrays.low - schools) + max(0, schools - arrays.high)
    for s in range(arrays.set_need.size):
        if arrays.set_need[s] > 0:
            found = 0
            for place in range(m):
                found += arrays.in_set[members[place], s]
            count += max(0, arrays.set_need[s] - found)
    if arrays.apart_of.size > 0:
        for place in range(m):
            a = members[place]
            for at in range(arrays.apart_start[a], arrays.apart_start[a + 1]):
                for other in range(place):
                    if members[other] == arrays.apart_of[at]:
                        count += 1
    return count


@njit(cache=True, nogil=True)
def in_one_piece(arrays: Arrays, members: np.ndarray, m: int) -> bool:
    """Whether the members induce one piece of the neighbour graph (an empty set does)."""
    if not arrays.connected or m == 0:
        return True
    for place in range(m):
        if not arrays.whole[members[place]]:
            return _joined(arrays, members, m)
    reached = np.zeros(m, dtype=np.bool_)
    queue = np.empty(m, dtype=np.int64)
    reached[0] = True
    queue[0] = 0
    head, tail = 0, 1
    while head < tail:
        a = members[queue[head]]
        head += 1
        for place in range(m):
            if not reached[place]:
                b = members[place]
                for at in range(arrays.near_start[a], arrays.near_start[a + 1]):
                    if arrays.near_of[at] == b:
                        reached[place] = True
                        queue[tail] = place
                        tail += 1
                        break
    return tail == m


@njit(cache=True, nogil=True)
def _joined(arrays: Arrays, members: np.ndarray, m: int) -> bool:
    """Whether the schools themselves are in one piece, for atoms that are not by themselves."""
    inside = np.zeros(arrays.home.size, dtype=np.bool_)
    queue = np.empty(arrays.home.size, dtype=np.int64)
    schools = 0
    for place in range(m):
        a = members[place]
        for at in range(arrays.hub_start[a], arrays.hub_start[a + 1]):
            inside[arrays.hub_of[at]] = True
            queue[0] = arrays.hub_of[at]
            schools += 1
    inside[queue[0]] = False
    head, tail = 0, 1
    while head < tail:
        i = queue[head]
        head += 1
        for at in range(arrays.road_start[i], arrays.road_start[i + 1]):
            j = arrays.road_of[at]
            if inside[j]:
                inside[j] = False
                queue[tail] = j
                tail += 1
    return tail == schools
