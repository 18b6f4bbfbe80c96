"""A first plan by simulated annealing, and the good clusters it meets on the way."""

from __future__ import annotations

import numpy as np
from numba import njit

from cluster_geo.optimise.compiled.arrays import Arrays
from cluster_geo.optimise.compiled.evaluate import best_hub, faults, in_one_piece, shared_charges

# Charged in the search for each thing a cluster breaks, in km: far above any real price of one
# school, and low enough that the search may pass through a broken plan.
FAULT_PRICE = 40.0
REFUSED_PRICE = 400.0


@njit(cache=True, nogil=True)
def searched_price(arrays: Arrays, members: np.ndarray, m: int) -> tuple[float, int]:
    """Charges of a cluster with what it breaks priced in, and the number of things it breaks."""
    broken = faults(arrays, members, m)
    _, travel = best_hub(arrays, members, m)
    if not np.isfinite(travel):
        broken += 1
        travel = REFUSED_PRICE
    return travel + shared_charges(arrays, members, m) + FAULT_PRICE * broken, broken


@njit(cache=True, nogil=True)
def _adjoins(arrays: Arrays, atom: int, members: np.ndarray, m: int) -> bool:
    if not arrays.connected:
        return True
    for at in range(arrays.near_start[atom], arrays.near_start[atom + 1]):
        b = arrays.near_of[at]
        for place in range(m):
            if members[place] == b:
                return True
    return False


@njit(cache=True, nogil=True)
def _without(members: np.ndarray, m: int, atom: int, out: np.ndarray) -> int:
    kept = 0
    for place in range(m):
        if members[place] != atom:
            out[kept] = members[place]
            kept += 1
    return kept


@njit(cache=True, nogil=True)
def _note(
    arrays: Arrays,
    members: np.ndarray,
    m: int,
    tags: np.ndarray,
    seen: np.ndarray,
    pool: np.ndarray,
    pooled: int,
) -> int:
    """Add a cluster to the pool unless it is there (by a 64-bit tag); return the pool's size."""
    if pooled >= pool.shape[0]:
        return pooled
    tag = np.uint64(0)
    for place in range(m):
        tag ^= tags[members[place]]
    mask = np.uint64(seen.size - 1)
    slot = tag & mask
    while seen[slot] != np.uint64(0):
        if seen[slot] == tag:
            return pooled
        slot = (slot + np.uint64(1)) & mask
    seen[slot] = tag
    for place in range(m):
        pool[pooled, place] = members[place]
    for place in range(m, pool.shape[1]):
        pool[pooled, place] = -1
    return pooled + 1


@njit(cache=True, nogil=True)
def anneal(
    arrays: Arrays,
    cluster_of: np.ndarray,
    number: int,
    steps: int,
    hot: float,
    cold: float,
    seed: int,
    pool: np.ndarray,
) -> tuple[float, int, int]:
    """Improve `cluster_of` (atom to cluster, changed in place) by moves and swaps of atoms.

    Parameters
    ----------
    cluster_of : ndarray of int, shape (a,)
        Every cluster 0 to `number` - 1 in one piece.
    steps : int
        Moves tried.
    hot, cold : float
        First and last temperature, km.
    pool : ndarray of int, shape (p, w)
        Receives clusters that break nothing, one a row, ended by -1.

    Returns
    -------
    price, broken, pooled
        Price of the best plan met (with what it breaks priced in), things it breaks, and the
        number of clusters in the pool.
    """
    np.random.seed(seed)
    atoms = cluster_of.size
    tags = np.empty(atoms, dtype=np.uint64)
    for a in range(atoms):
        tags[a] = np.uint64(np.random.randint(1, 2**62)) * np.uint64(2) + np.uint64(1)
    seen = np.zeros(2**18, dtype=np.uint64)
    pooled = 0
    members = np.empty((number, atoms), dtype=np.int64)
    m = np.zeros(number, dtype=np.int64)
    for a in range(atoms):
        k = cluster_of[a]
        members[k, m[k]] = a
        m[k] += 1
    price = np.empty(number)
    broken = np.empty(number, dtype=np.int64)
    for k in range(number):
        price[k], broken[k] = searched_price(arrays, members[k], m[k])
    total = price.sum()
    least = total
    best = cluster_of.copy()
    new_s = np.empty(atoms, dtype=np.int64)
    new_t = np.empty(atoms, dtype=np.int64)
    cooling = (cold / hot) ** (1.0 / max(1, steps))
    heat = hot
    for _ in range(steps):
        heat *= cooling
        a = np.random.randint(atoms)
        s = cluster_of[a]
        degree = arrays.near_start[a + 1] - arrays.near_start[a]
        if arrays.connected:
            if degree == 0:
                continue
            b = arrays.near_of[arrays.near_start[a] + np.random.randint(degree)]
        else:
            b = np.random.randint(atoms)
        t = cluster_of[b]
        if t == s or m[s] == 1:
            continue
        swap = np.random.random() < 0.5
        c = -1
        ms = _without(members[s], m[s], a, new_s)
        if swap:
            c = members[t, np.random.randint(m[t])]
            if not _adjoins(arrays, c, new_s, ms):
                continue
            mt = _without(members[t], m[t], c, new_t)
            new_s[ms] = c
            ms += 1
        else:
            mt = m[t]
            new_t[:mt] = members[t, :mt]
        new_t[mt] = a
        mt += 1
        # Nothing broken is worth a look at this heat: cheap refusals come before dear ones.
        price_s, broken_s = searched_price(arrays, new_s, ms)
        price_t, broken_t = searched_price(arrays, new_t, mt)
        change = price_s + price_t - price[s] - price[t]
        if change > 0.0 and np.random.random() >= np.exp(-change / heat):
            continue
        if not in_one_piece(arrays, new_s, ms) or not in_one_piece(arrays, new_t, mt):
            continue
        members[s, :ms] = new_s[:ms]
        members[t, :mt] = new_t[:mt]
        m[s] = ms
        m[t] = mt
        cluster_of[a] = t
        if swap:
            cluster_of[c] = s
        price[s], broken[s] = price_s, broken_s
        price[t], broken[t] = price_t, broken_t
        total += change
        if heat < 1.0:
            if broken_s == 0:
                pooled = _note(arrays, new_s, ms, tags, seen, pool, pooled)
            if broken_t == 0:
                pooled = _note(arrays, new_t, mt, tags, seen, pool, pooled)
        if total < least - 1e-9:
            least = total
            best[:] = cluster_of
    cluster_of[:] = best
    m[:] = 0
    for a in range(atoms):
        k = cluster_of[a]
        members[k, m[k]] = a
        m[k] += 1
    faulty = 0
    least = 0.0
    for k in range(number):
        p, f = searched_price(arrays, members[k], m[k])
        least += p
        faulty += f
        if f == 0:
            pooled = _note(arrays, members[k], m[k], tags, seen, pool, pooled)
    return least, faulty, pooled
