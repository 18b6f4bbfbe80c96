"""The first centre of the duals' boxes, estimated from the clusters of a first plan."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from cluster_geo.optimise.columns import Atoms
from cluster_geo.optimise.params import ColumnParams
from cluster_geo.optimise.problem import Problem


def centre_of(
    problem: Problem, cover: Iterable[Atoms], params: ColumnParams = ColumnParams()
) -> tuple[np.ndarray, float]:
    """Estimate the dual of each atom: its share of its cluster's price, smoothed over neighbours.

    Parameters
    ----------
    problem : Problem
    cover : iterable of tuple of int
        Atoms of the clusters of a first plan, which may break rules.
    params : ColumnParams

    Returns
    -------
    centre : ndarray, shape (a,)
    half : float
        Half the width of the first boxes of the duals.
    """
    arrays = problem.arrays
    centre = np.zeros(arrays.size.size)
    for atoms in cover:
        chosen = list(atoms)
        cluster = problem.rulebook.cluster(u for a in atoms for u in problem.atoms[a])
        own = arrays.amount[problem.model.urns.index(cluster.hub), chosen]
        if np.isfinite(own).all():
            shared = problem.rulebook.price(cluster) / problem.unit - own.sum()
            centre[chosen] = own + shared * arrays.size[chosen] / arrays.size[chosen].sum()
    for _ in range(params.smoothed):
        smooth = centre.copy()
        for a in range(centre.size):
            near = arrays.near_of[arrays.near_start[a] : arrays.near_start[a + 1]]
            if near.size:
                smooth[a] = 0.5 * centre[a] + 0.5 * centre[near].mean()
        centre = smooth
    return centre, max(params.least_box, params.box * float(np.abs(centre).mean()))
