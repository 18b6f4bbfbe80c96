"""Clusters met in a search, each once."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from cluster_geo.compiled.jit import inner

# Places of the table of clusters seen, for each that there is room for: among so many, one that
# is free or holds the cluster looked for is soon met.
_ROOMY = 4


class Pool(NamedTuple):
    """Clusters met, each once.

    Parameters
    ----------
    rows : ndarray of int, shape (p, w)
        Clusters, one a row, ended by -1.
    tags : ndarray of uint64, shape (a,)
        A random odd number of each atom: a cluster is known by those of its atoms.
    seen : ndarray of uint64
        Table of the clusters known, as long as a power of 2; 0 where a place is free.
    held : ndarray of int, shape (1,)
        Clusters there.
    """

    rows: np.ndarray
    tags: np.ndarray
    seen: np.ndarray
    held: np.ndarray


@inner
def empty_pool(rows: np.ndarray, atoms: int) -> Pool:
    """Lay out a pool of clusters of so many atoms, to be written to `rows`."""
    tags = np.empty(atoms, dtype=np.uint64)
    for a in range(atoms):
        tags[a] = np.uint64(np.random.randint(1, 2**62)) * np.uint64(2) + np.uint64(1)
    places = 1
    while places < _ROOMY * rows.shape[0]:
        places *= 2
    return Pool(rows, tags, np.zeros(places, dtype=np.uint64), np.zeros(1, dtype=np.int64))


@inner
def note(pool: Pool, members: np.ndarray, m: int) -> None:
    """Add a cluster to the pool, unless it is there or the pool is full."""
    rows, tags, seen = pool.rows, pool.tags, pool.seen
    pooled = pool.held[0]
    if pooled >= rows.shape[0]:
        return
    tag = np.uint64(0)
    for place in range(m):
        tag ^= tags[members[place]]
    mask = np.uint64(seen.size - 1)
    slot = tag & mask
    while seen[slot] != np.uint64(0):
        if seen[slot] == tag:
            return
        slot = (slot + np.uint64(1)) & mask
    seen[slot] = tag
    for place in range(rows.shape[1]):
        rows[pooled, place] = members[place] if place < m else -1
    pool.held[0] = pooled + 1
