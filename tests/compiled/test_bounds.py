"""No bound is above the truth: at any tolerance, cut short, and node by node."""

from __future__ import annotations

import numpy as np
import pytest

from cluster_geo.compiled.arrays import ArrayModel
from cluster_geo.compiled.branch import price_hub
from cluster_geo.compiled.duals import Duals
from cluster_geo.optimise import PricingParams
from cluster_geo.tolerances import RELAXED
from tests.compiled import bounds
from tests.compiled.bounds import NEAR, effort, rolled, searched
from tests.compiled.running import printed

# Seeds looked at from within: Python takes a hundred times as long.
WATCHED = range(24)


def hold(arrays, duals, truth):
    """Hold what each search of each hub gives against brute force."""
    for found in searched(arrays, duals, truth):
        assert found.too_high <= NEAR
        if found.nodes < found.search.most_nodes:
            assert -found.too_high <= found.search.tolerance + NEAR
        true = truth.of(found.hub)
        assert found.clusters == {atoms: pytest.approx(true[atoms]) for atoms in found.clusters}


@pytest.mark.parametrize("seed", range(120))
def test_no_bound_is_above_the_least_reduced_cost(seed):
    """Nor further below it than the tolerance, where the search was not cut short."""
    hold(*rolled(seed))


@pytest.mark.parametrize("seed", range(6))
def test_more_main_zones_than_are_tried(seed):
    """Where the choices are too many, some layers are charged only in what clusters cost."""
    arrays, duals, truth = rolled(seed, layers=11)
    assert np.prod((arrays.zone_count > 0).any(axis=1).sum(axis=1)) > PricingParams().zone_choices
    hold(arrays, duals, truth)


def test_no_node_is_bounded_above_the_clusters_in_it():
    """Each on its own, also those whose bound does not come to count in the end.

    The worlds are such that all that the bound depends on occurs. And what Python makes of the
    code is what the compiler makes of it, to the last bit.
    """
    code = f"import sys; sys.argv[1:] = {list(map(str, WATCHED))}\n"
    code += f"from {bounds.__name__} import main; main()"
    seen = printed(code, NUMBA_DISABLE_JIT="1", PYTHONOPTIMIZE="")
    assert seen["nodes_too_high"] == seen["nodes_clashing"] == 0
    assert seen["presses_too_high"] == 0
    assert set(seen["counts"]) == set(bounds.EVENTS)
    assert [what for what, times in seen["counts"].items() if times < 3] == []
    assert seen["bounds"] == {
        str(seed): [found.bound.hex() for found in searched(*rolled(seed))] for seed in WATCHED
    }


def test_a_set_that_costs_what_its_node_says_hides_none_that_costs_a_little_less():
    """Costs this near are taken for the same, and the lower one is the bound."""
    model = ArrayModel(range(3))
    model.limit_size(2, 2)
    model.charge_members({1: -1.0, 2: -1.0 + 0.1 * RELAXED})
    model.charge_imbalance({1: 1.0}, 0.6 * RELAXED)
    duals = Duals(
        atom=np.zeros(3),
        cut_atoms=np.empty((0, 3), dtype=np.int64),
        cut_price=np.empty(0),
        cut_start=np.zeros(4, dtype=np.int64),
        cut_of=np.empty(0, dtype=np.int64),
    )
    found, cost = np.empty((3, 4), dtype=np.int64), np.empty(3)
    bound, number, _ = price_hub(
        model.arrays(), duals, 0, 0.0, 0.5, effort(9, 6), False, found, cost
    )
    assert found[:number, :2].tolist() == [[0, 1]]
    assert cost[0] == pytest.approx(-1.0 + 0.6 * RELAXED, abs=1e-12)
    assert -1.0 - RELAXED <= bound <= -1.0 + 0.1 * RELAXED + 1e-12
