"""Exact pricing of one hub: the cluster of least reduced cost, by branch and bound.

A node fixes some atoms in, some out, and the main zone of each priced layer. Its bound is the
knapsack of `knapsack.py`, in which

- pieces are not asked for: where the best set falls apart, the node branches on the atoms that
  join or separate the parts;
- a cut's penalty, a group outside the families and an imbalance, all convex in the members,
  are replaced by linear minorants whose multipliers follow the sets found (subgradient steps).

Every replacement only lowers the charge, so the least bound over the open nodes is a proven
lower bound whenever the search stops.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from cluster_geo.optimise.compiled.arrays import Arrays
from cluster_geo.optimise.compiled.evaluate import shared_charges
from cluster_geo.optimise.compiled.knapsack import MOST_MARKS

FREE, IN, OUT = 0, 1, 2


class Duals(NamedTuple):
    """What a restricted master charges and credits.

    Parameters
    ----------
    atom : ndarray, shape (a,)
        Credit for covering each atom (free sign).
    cut_atoms : ndarray of int, shape (q, 3)
        Subset-row cuts: of these atoms, at most one chosen cluster holds two or more.
    cut_price : ndarray, shape (q,)
        Charge (>= 0) for holding two or more, minus the cut's dual.
    cut_start, cut_of : ndarray of int
        Cuts of each atom (compressed rows).
    """

    atom: np.ndarray
    cut_atoms: np.ndarray
    cut_price: np.ndarray
    cut_start: np.ndarray
    cut_of: np.ndarray


@njit(cache=True, nogil=True)
def cut_charges(duals: Duals, members: np.ndarray, m: int) -> float:
    """Charges of the cuts of which the cluster holds two or three atoms."""
    charge = 0.0
    for place in range(m):
        a = members[place]
        for at in range(duals.cut_start[a], duals.cut_start[a + 1]):
            cut = duals.cut_of[at]
            earlier = 0
            for before in range(place):
                b = members[before]
                for corner in range(3):
                    if duals.cut_atoms[cut, corner] == b:
                        earlier += 1
            # Charged once, at the second of the cut's atoms that is met.
            if earlier == 1:
                charge += duals.cut_price[cut]
    return charge


@njit(cache=True, nogil=True)
def reduced_cost(arrays: Arrays, duals: Duals, hub: int, members: np.ndarray, m: int) -> float:
    """Reduced cost of a cluster with this hub (inf where the hub is refused)."""
    total = arrays.base
    for place in range(m):
        a = members[place]
        total += arrays.amount[hub, a] - duals.atom[a]
    if not np.isfinite(total):
        return np.inf
    return total + shared_charges(arrays, members, m) + cut_charges(duals, members, m)


@njit(cache=True, nogil=True)
def universe_of(arrays: Arrays, duals: Duals, hub: int, threshold: float) -> np.ndarray:
    """Atoms that a cluster with this hub and reduced cost below `threshold` may hold.

    Left out are atoms that the hub refuses, that are at odds with it, or whose own weight
    outdoes the best that all other places could bring; then those cut off from the hub. All
    other charges are at least 0, save credits, which the weights hold.
    """
    home = arrays.home[hub]
    atoms = arrays.size.size
    weight = arrays.amount[hub] - duals.atom
    allowed = np.isfinite(arrays.amount[hub])
    for at in range(arrays.apart_start[home], arrays.apart_start[home + 1]):
        allowed[arrays.apart_of[at]] = False
    if not allowed[home]:
        return np.empty(0, dtype=np.int64)
    allowed[home] = True
    places = arrays.high - arrays.size[home]
    gains = np.zeros(max(1, places))
    for a in range(atoms):
        # Keep the `places` most negative weights by insertion: a short list, kept sorted.
        if allowed[a] and a != home and weight[a] < 0.0 and places > 0 and weight[a] < gains[-1]:
            at = places - 1
            while at > 0 and gains[at - 1] > weight[a]:
                gains[at] = gains[at - 1]
                at -= 1
            gains[at] = weight[a]
    base = weight[home] + arrays.base
    most = gains[:places].sum() if places > 0 else 0.0
    others = most - gains[places - 1] if places > 0 else 0.0
    for a in range(atoms):
        if allowed[a] and a != home:
            gain = most if weight[a] <= gains[-1] else others + weight[a]
            if base + gain > threshold or arrays.size[a] > places:
                allowed[a] = False
    return _reached(arrays, home, allowed)


@njit(cache=True, nogil=True)
def _reached(arrays: Arrays, home: int, allowed: np.ndarray) -> np.ndarray:
    """Atoms allowed and joined to `home` through allowed atoms, `home` first."""
    atoms = allowed.size
    found = np.empty(atoms, dtype=np.int64)
    found[0] = home
    number = 1
    if not arrays.connected:
        for a in range(atoms):
            if allowed[a] and a != home:
                found[number] = a
                number += 1
        return found[:number]
    seen = np.zeros(atoms, dtype=np.bool_)
    seen[home] = True
    head = 0
    while head < number:
        a = found[head]
        head += 1
        for at in range(arrays.near_start[a], arrays.near_start[a + 1]):
            b = arrays.near_of[at]
            if allowed[b] and not seen[b]:
                seen[b] = True
                found[number] = b
                number += 1
    return found[:number]


@njit(cache=True, nogil=True)
def _marked_sets(arrays: Arrays) -> np.ndarray:
    """Sets that the knapsack keeps track of: those with the fewest members, rarest first."""
    sets = arrays.set_need.size
    order = np.argsort(arrays.in_set.sum(axis=0), kind="mergesort")
    return order[: min(MOST_MARKS - 1, sets)]


class Local(NamedTuple):
    """A hub's pricing problem over its universe of `u` atoms, families side by side.

    Parameters
    ----------
    atoms : ndarray of int, shape (u,)
        Atoms of the universe.
    home : int
        Place of the hub's own atom.
    weight : ndarray, shape (u,)
        Charge for travel less the dual.
    marks : ndarray of int, shape (u,)
        Marks (bits) that the atom meets.
    marked : ndarray of int, shape (k,)
        The set behind each bit.
    zones : ndarray, shape (c, u)
        Charge for lying outside the main zones, by choice of main zones.
    near_start, near_of : ndarray of int
        Neighbours within the universe (compressed rows).
    cuts : ndarray of int, shape (q, 3)
        Places of the atoms of each cut that the universe meets twice at least, or -1.
    cut_price : ndarray, shape (q,)
    """

    atoms: np.ndarray
    home: int
    weight: np.ndarray
    size: np.ndarray
    family: np.ndarray
    marks: np.ndarray
    marked: np.ndarray
    zones: np.ndarray
    near_start: np.ndarray
    near_of: np.ndarray
    cuts: np.ndarray
    cut_price: np.ndarray


@njit(cache=True, nogil=True)
def localise(arrays: Arrays, duals: Duals, hub: int, universe: np.ndarray) -> Local:
    u = universe.size
    order = np.argsort(arrays.family[universe] * np.int64(1_000_000) + universe)
    atoms = universe[order]
    place = np.full(arrays.size.size, -1, dtype=np.int64)
    for i in range(u):
        place[atoms[i]] = i
    marked = _marked_sets(arrays)
    marks = np.zeros(u, dtype=np.int64)
    for i in range(u):
        for bit in range(marked.size):
            if arrays.in_set[atoms[i], marked[bit]] > 0:
                marks[i] |= 1 << bit
    near_start = np.zeros(u + 1, dtype=np.int64)
    near_of = np.empty(arrays.near_of.size, dtype=np.int64)
    number = 0
    for i in range(u):
        a = atoms[i]
        if arrays.connected:
            for at in range(arrays.near_start[a], arrays.near_start[a + 1]):
                if place[arrays.near_of[at]] >= 0:
                    near_of[number] = place[arrays.near_of[at]]
                    number += 1
        near_start[i + 1] = number
    cuts = np.empty((duals.cut_price.size, 3), dtype=np.int64)
    price = np.empty(duals.cut_price.size)
    met = 0
    for cut in range(duals.cut_price.size):
        if duals.cut_price[cut] <= 0.0:
            continue
        inside = 0
        for corner in range(3):
            cuts[met, corner] = place[duals.cut_atoms[cut, corner]]
            if cuts[met, corner] >= 0:
                inside += 1
        if inside >= 2:
            price[met] = duals.cut_price[cut]
            met += 1
    return Local(
        atoms,
        place[arrays.home[hub]],
        arrays.amount[hub][atoms] - duals.atom[atoms],
        arrays.size[atoms],
        arrays.family[atoms],
        marks,
        marked,
        _zone_choices(arrays, atoms),
        near_start,
        near_of[:number].copy(),
        cuts[:met].copy(),
        price[:met].copy(),
    )


MOST_CHOICES = 256


@njit(cache=True, nogil=True)
def _zone_choices(arrays: Arrays, atoms: np.ndarray) -> np.ndarray:
    """Charges outside the main zones for every choice of one zone per layer.

    Only zones that the universe meets are chosen. Where the choices would be too many a layer
    is left uncharged, which only lowers the bound.
    """
    u = atoms.size
    choices = np.zeros((1, u))
    for layer in range(arrays.zone_price.size):
        zones = arrays.zone_count.shape[2]
        met = np.zeros(zones, dtype=np.bool_)
        for zone in range(zones):
            for i in range(u):
                if arrays.zone_count[layer, atoms[i], zone] > 0:
                    met[zone] = True
                    break
        number = met.sum()
        if number == 0:
            choices += (arrays.zone_price[layer] * arrays.size[atoms]).reshape(1, u)
            continue
        if choices.shape[0] * number > MOST_CHOICES:
            continue
        wider = np.empty((choices.shape[0] * number, u))
        row = 0
        for before in range(choices.shape[0]):
            for zone in range(zones):
                if met[zone]:
                    for i in range(u):
                        outside = arrays.size[atoms[i]] - arrays.zone_count[layer, atoms[i], zone]
                        wider[row, i] = choices[before, i] + arrays.zone_price[layer] * outside
                    row += 1
        choices = wider
    return choices


@njit(cache=True, nogil=True)
def reach(local: Local, connected: bool, status: np.ndarray, reached: np.ndarray) -> bool:
    """Mark what the hub reaches through atoms not out; False where an atom in is cut off."""
    u = status.size
    if not connected:
        for i in range(u):
            reached[i] = status[i] != OUT
        return True
    reached[:] = False
    queue = np.empty(u, dtype=np.int64)
    queue[0] = local.home
    reached[local.home] = True
    head, tail = 0, 1
    while head < tail:
        i = queue[head]
        head += 1
        for at in range(local.near_start[i], local.near_start[i + 1]):
            k = local.near_of[at]
            if not reached[k] and status[k] != OUT:
                reached[k] = True
                queue[tail] = k
                tail += 1
    for i in range(u):
        if status[i] == IN and not reached[i]:
            return False
    return True
