"""A hub's pricing problem over the atoms that matter to it, numbered anew."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from cluster_geo.compiled.duals import MET, Duals
from cluster_geo.compiled.jit import inner
from cluster_geo.compiled.layout import Arrays

FREE, IN, OUT = 0, 1, 2


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
    size, family : ndarray of int, shape (u,)
        As in `Arrays`.
    marks : ndarray of int, shape (u,)
        Marks (bits) that the atom meets: one for each of `Arrays.marked`.
    alone, company : ndarray of bool, shape (w, u)
        As in `Arrays`.
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
    alone: np.ndarray
    company: np.ndarray
    zones: np.ndarray
    near_start: np.ndarray
    near_of: np.ndarray
    cuts: np.ndarray
    cut_price: np.ndarray


@inner
def localise(
    arrays: Arrays, duals: Duals, hub: int, inside: np.ndarray, u: int, most: int
) -> Local:
    """Lay out a hub's pricing problem over the `u` atoms that are `inside`.

    Main zones are chosen in `most` ways at most.
    """
    amount, dual, order, in_set = arrays.amount, duals.atom, arrays.order, arrays.in_set
    all_sizes, all_families, marked = arrays.size, arrays.family, arrays.marked
    atoms = np.empty(u, dtype=np.int64)
    weight = np.empty(u)
    size = np.empty(u, dtype=np.int64)
    family = np.empty(u, dtype=np.int64)
    marks = np.empty(u, dtype=np.int64)
    place = np.empty(order.size, dtype=np.int64)
    number = 0
    for at in range(order.size):
        a = order[at]
        place[a] = -1
        if inside[a]:
            place[a] = number
            atoms[number] = a
            weight[number] = amount[hub, a] - dual[a]
            size[number] = all_sizes[a]
            family[number] = all_families[a]
            met = 0
            for bit in range(marked.size):
                if in_set[a, marked[bit]] > 0:
                    met |= 1 << bit
            marks[number] = met
            number += 1
    alone, company = _companies(arrays, atoms)
    near_start, near_of = _neighbours(arrays, atoms, place)
    cuts, cut_price = _cuts(duals, place)
    home = place[arrays.home[hub]]
    zones = _zone_choices(arrays, atoms, most)
    return Local(
        atoms=atoms,
        home=home,
        weight=weight,
        size=size,
        family=family,
        marks=marks,
        alone=alone,
        company=company,
        zones=zones,
        near_start=near_start,
        near_of=near_of,
        cuts=cuts,
        cut_price=cut_price,
    )


@inner
def _companies(arrays: Arrays, atoms: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Which atoms of the universe want company, and which are such company."""
    all_alone, all_company = arrays.alone, arrays.company
    alone = np.empty((all_alone.shape[0], atoms.size), dtype=np.bool_)
    company = np.empty((all_alone.shape[0], atoms.size), dtype=np.bool_)
    for row in range(alone.shape[0]):
        for i in range(atoms.size):
            alone[row, i] = all_alone[row, atoms[i]]
            company[row, i] = all_company[row, atoms[i]]
    return alone, company


@inner
def _neighbours(
    arrays: Arrays, atoms: np.ndarray, place: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Neighbours within the universe, by place."""
    all_start, all_of = arrays.near_start, arrays.near_of
    start = np.empty(atoms.size + 1, dtype=np.int64)
    near_of = np.empty(all_of.size, dtype=np.int64)
    number = 0
    for i in range(atoms.size):
        start[i] = number
        for at in range(all_start[atoms[i]], all_start[atoms[i] + 1]):
            near_of[number] = place[all_of[at]]
            if near_of[number] >= 0:
                number += 1
    start[atoms.size] = number
    return start, near_of


@inner
def _cuts(duals: Duals, place: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Cuts with a price that the universe meets twice at least, and their prices."""
    atoms, prices = duals.cut_atoms, duals.cut_price
    cuts = np.empty((prices.size, 3), dtype=np.int64)
    price = np.empty(prices.size)
    met = 0
    for cut in range(prices.size):
        inside = 0
        for corner in range(3):
            cuts[met, corner] = place[atoms[cut, corner]]
            if cuts[met, corner] >= 0:
                inside += 1
        if prices[cut] > 0.0 and inside >= MET:
            price[met] = prices[cut]
            met += 1
    return cuts[:met], price[:met]


@inner
def _zone_choices(arrays: Arrays, atoms: np.ndarray, most: int) -> np.ndarray:
    """Charges outside the main zones for every choice of one zone per layer.

    Only zones that the universe meets are chosen. Where the choices would be too many a layer
    is left uncharged, a cheap one before a dear one, which only lowers the bound.
    """
    count, price, size = arrays.zone_count, arrays.zone_price, arrays.size
    zones = count.shape[2]
    # The zones met of each layer that is charged, and how many choices there are of them.
    met = np.empty((price.size, zones + 1), dtype=np.int64)
    number = np.zeros(price.size, dtype=np.int64)
    choices = 1
    for layer in np.argsort(-price, kind="mergesort"):
        for zone in range(zones):
            for i in range(atoms.size):
                if count[layer, atoms[i], zone] > 0:
                    met[layer, number[layer]] = zone
                    number[layer] += 1
                    break
        if number[layer] == 0:
            # All lie in no zone of the layer: outside, whatever the main zone.
            met[layer, 0] = -1
            number[layer] = 1
        if choices * number[layer] > most:
            number[layer] = 0
        else:
            choices *= number[layer]
    charges = np.empty((choices, atoms.size))
    for choice in range(choices):
        for i in range(atoms.size):
            a = atoms[i]
            charge = 0.0
            rest = choice
            for layer in range(price.size):
                if number[layer] > 0:
                    zone = met[layer, rest % number[layer]]
                    rest //= number[layer]
                    inside = count[layer, a, zone] if zone >= 0 else 0
                    charge += price[layer] * (size[a] - inside)
            charges[choice, i] = charge
    return charges


@inner
def reach(
    local: Local, connected: bool, status: np.ndarray, reached: np.ndarray, queue: np.ndarray
) -> bool:
    """Mark what the hub reaches through atoms not out; False where an atom in is cut off."""
    near_start, near_of = local.near_start, local.near_of
    u = status.size
    for i in range(u):
        reached[i] = not connected and status[i] != OUT
    if not connected:
        return True
    queue[0] = local.home
    reached[local.home] = True
    head, tail = 0, 1
    while head < tail:
        i = queue[head]
        head += 1
        for at in range(near_start[i], near_start[i + 1]):
            k = near_of[at]
            if not reached[k] and status[k] != OUT:
                reached[k] = True
                queue[tail] = k
                tail += 1
    for i in range(u):
        if status[i] == IN and not reached[i]:
            return False
    return True
