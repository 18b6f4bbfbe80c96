"""What a cluster model pays: a rule's other face, asked for one cluster whose members are fixed."""

from __future__ import annotations

from collections.abc import Callable

import pulp
import pytest

from cluster_geo.county import County
from cluster_geo.optimise.linear import LinearClusterModel
from cluster_geo.optimise.mip import solve_mip
from cluster_geo.plan import Cluster
from cluster_geo.rules import ClusterModel, Rule, Verdict


def cheapest(
    formulate: Callable[[ClusterModel], None], county: County, cluster: Cluster
) -> float | None:
    """Return the least a model charges when its members are fixed; None where it refuses them."""
    problem = pulp.LpProblem("one", pulp.LpMinimize)
    model = LinearClusterModel(problem, county.urns, cluster.hub)
    formulate(model)
    for urn, x in model.x.items():
        x.lowBound = x.upBound = float(urn in cluster.members)
    problem.setObjective(model.cost + 0)
    model.cut_off(cluster.members)
    return solve_mip(problem).objective


def agreed(rule: Rule, county: County, cluster: Cluster) -> Verdict:
    """Return a rule's verdict, once a cluster model is found to pay and refuse the same."""
    verdict = rule.judge(cluster)
    paid = cheapest(rule.formulate, county, cluster)
    if verdict.kept:
        assert paid == pytest.approx(verdict.price, abs=1e-6)
    else:
        assert paid is None
    return verdict
