"""Pricing against brute force: every admissible cluster of random small worlds."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from cluster_geo.compiled.arrays import ArrayModel
from cluster_geo.compiled.branch import price_hub
from tests.books import book_with_pathways
from tests.compiled.bounds import effort
from tests.compiled.rolled import Truth, World, credit, random_duals
from tests.worlds import random_county

MANY = 100_000
TOLERANCE = 1e-6


def priced(arrays, duals, hub, threshold, most_nodes=MANY):
    """Price a hub; return its bound and the clusters found with their reduced costs."""
    found = np.empty((12, arrays.high + 2), dtype=np.int64)
    cost = np.empty(12)
    bound, number, _ = price_hub(
        arrays, duals, hub, threshold, TOLERANCE, effort(most_nodes, 6), False, found, cost
    )
    rows = [tuple(int(a) for a in row if a >= 0) for row in found[:number]]
    return bound, dict(zip(rows, cost[:number].tolist(), strict=True))


@pytest.mark.parametrize("seed", range(250))
def test_the_bound_is_the_least_reduced_cost_of_all_clusters(seed):
    """The bound is brute force's minimum or the threshold, and what is found costs what it says.

    Cut short the search still never promises too much.
    """
    world = World(seed)
    model = world.model()
    arrays = model.arrays()
    duals = random_duals(world.rng, len(model.atoms()), 2.0)
    threshold = float(world.rng.choice([0.0, 5.0]))
    truth = Truth(world, model, duals)
    for hub in range(world.n):
        true = truth.of(hub)
        least = min(truth.least(hub), threshold)
        bound, found = priced(arrays, duals, hub, threshold)
        assert least - 2 * TOLERANCE <= bound <= least + 1e-9
        for atoms, cost in found.items():
            assert cost == pytest.approx(true[atoms])
        if least < threshold - 2 * TOLERANCE:
            assert min(found.values()) == pytest.approx(least, abs=2 * TOLERANCE)
        short, _ = priced(arrays, duals, hub, threshold, most_nodes=2)
        assert short <= least + 1e-9


@pytest.mark.parametrize("seed", range(120))
def test_every_cluster_below_a_threshold_is_listed(seed):
    """All of them and no other; cut short, by nodes or by room, it does not say that it is whole."""
    world = World(seed)
    model = world.model()
    arrays = model.arrays()
    duals = random_duals(world.rng, len(model.atoms()), 2.0)
    truth = Truth(world, model, duals)
    found, cost = np.empty((999, arrays.high + 2), dtype=np.int64), np.empty(999)
    for hub in range(world.n):
        true = truth.of(hub)
        for threshold in (0.0, 2.0, 6.0):
            below = {atoms for atoms, value in true.items() if value < threshold}
            for room, nodes in ((999, MANY), (max(1, len(below) // 2), MANY), (999, 3)):
                asked = effort(nodes, 6)
                bound, number, _ = price_hub(
                    arrays, duals, hub, threshold, 0.0, asked, True, found[:room], cost[:room]
                )
                rows = {tuple(int(a) for a in row if a >= 0) for row in found[:number]}
                assert {tuple(sorted(row)) for row in rows} <= set(true)
                if bound >= threshold:
                    # At the threshold itself sums in another order may fall on either side.
                    near = {atoms for atoms in below if true[atoms] > threshold - 1e-9}
                    assert below - near <= rows
                elif room == 999 and nodes == MANY:
                    pytest.fail("it was not cut short")


@pytest.mark.parametrize("seed", range(30))
def test_no_cluster_that_the_rulebook_admits_is_below_its_hubs_bound(seed):
    """With every rule on, as the rulebook judges and not as the arrays say."""
    county = random_county(seed, 6 + seed % 3)
    rulebook = book_with_pathways(county, seed)
    model = ArrayModel(county.urns)
    rulebook.formulate(model)
    arrays = model.arrays()
    tied = [tuple(county.urns[i] for i in schools) for schools in model.atoms()]
    duals = random_duals(np.random.default_rng(seed), len(tied), 4.0)
    bounds = {urn: priced(arrays, duals, hub, 0.0)[0] for hub, urn in enumerate(county.urns)}
    for number in range(1, len(tied) + 1):
        for atoms in combinations(range(len(tied)), number):
            cluster = rulebook.cluster(urn for a in atoms for urn in tied[a])
            if rulebook.admits(cluster):
                reduced = rulebook.price(cluster) - credit(duals, atoms)
                assert min(0.0, bounds[cluster.hub]) <= reduced + 1e-9
