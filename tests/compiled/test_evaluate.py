"""Compiled judgement is the rulebook's, for every set of schools of a small county."""

from __future__ import annotations

from itertools import combinations

import pytest

from cluster_geo.compiled.arrays import ArrayModel
from tests.books import book_with_pathways
from tests.judgement import judged
from tests.worlds import random_county


@pytest.mark.parametrize("seed", range(40))
def test_atoms_are_judged_as_the_rulebook_judges_their_schools(seed):
    """Admission, hub and price of every set of atoms agree with every rule on."""
    county = random_county(seed, 6 + seed % 3)
    rulebook = book_with_pathways(county, seed)
    model = ArrayModel(county.urns)
    rulebook.formulate(model)
    arrays = model.arrays()
    atoms = [[county.urns[i] for i in tied] for tied in model.atoms()]
    for number in range(1, len(atoms) + 1):
        for chosen in combinations(range(len(atoms)), number):
            cluster = rulebook.cluster(urn for a in chosen for urn in atoms[a])
            hub, price = judged(arrays, chosen)
            assert (price is not None) == rulebook.admits(cluster)
            if price is not None:
                assert price == pytest.approx(rulebook.price(cluster))
                best = arrays.amount[:, list(chosen)].sum(axis=1)
                assert best[county.urns.index(cluster.hub)] == pytest.approx(best[hub])
