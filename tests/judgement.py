"""The compiled judgement of one cluster, as Python may call it: it is made of parts."""

from __future__ import annotations

import numpy as np
from numba import njit

from cluster_geo.compiled.evaluate import best_hub, faults, in_one_piece, shared_charges
from cluster_geo.compiled.layout import Arrays


@njit
def _judged(arrays, members, m):
    hub, travel = best_hub(arrays, members, m)
    kept = faults(arrays, members, m) == 0 and in_one_piece(arrays, members, m)
    return hub, travel + shared_charges(arrays, members, m), hub >= 0 and kept


def judged(arrays: Arrays, atoms) -> tuple[int, float | None]:
    """Return a cluster's hub, and its price or None where a rule refuses it."""
    members = np.array(atoms, dtype=np.int64)
    hub, charges, admitted = _judged(arrays, members, members.size)
    return hub, arrays.base + charges if admitted else None
