"""Compiled judgement is the rulebook's, for every set of schools of a small county."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from numba import njit

from cluster_geo.compiled.arrays import ArrayModel
from cluster_geo.compiled.evaluate import best_hub, faults, in_one_piece, shared_charges
from tests.books import random_rulebook
from tests.worlds import random_county


@njit
def keeps(arrays, members, m):
    """Whether a cluster of atoms keeps the hard rules, its hub apart."""
    return faults(arrays, members, m) == 0 and in_one_piece(arrays, members, m)


@pytest.mark.parametrize("seed", range(40))
def test_atoms_are_judged_as_the_rulebook_judges_their_schools(seed):
    """Admission, hub and price of every set of atoms agree with every rule on."""
    county = random_county(seed, 6 + seed % 3)
    rulebook = random_rulebook(county, seed)
    model = ArrayModel(county.urns)
    rulebook.formulate(model)
    arrays = model.arrays()
    atoms = [[county.urns[i] for i in tied] for tied in model.atoms()]
    for number in range(1, len(atoms) + 1):
        for chosen in combinations(range(len(atoms)), number):
            members = np.array(chosen, dtype=np.int64)
            cluster = rulebook.cluster(urn for a in chosen for urn in atoms[a])
            hub, travel = best_hub(arrays, members, number)
            admitted = bool(keeps(arrays, members, number)) and hub >= 0
            assert admitted == rulebook.admits(cluster)
            if admitted:
                price = arrays.base + travel + shared_charges(arrays, members, number)
                assert price == pytest.approx(rulebook.price(cluster))
                best = arrays.amount[:, members].sum(axis=1)
                assert best[county.urns.index(cluster.hub)] == pytest.approx(best[hub])
