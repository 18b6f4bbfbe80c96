"""The second step of a leaf: the plans that its list of clusters can form."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import pulp

from cluster_geo.certificate.arithmetic import (
    RefutedError,
    earned,
    list_bound,
    list_slack,
    reduced_cost,
)
from cluster_geo.certificate.document import List
from cluster_geo.certificate.instance import Instance
from cluster_geo.certificate.tree import LeafNode
from cluster_geo.optimise.decisions import Decisions
from cluster_geo.optimise.mip import MipOutcome, solve_mip
from cluster_geo.plan import Cluster
from cluster_geo.rules import Rulebook


def require_list_bound(
    leaf: LeafNode,
    listed: List,
    instance: Instance,
    scale: float,
    seconds: float | None = None,
) -> None:
    """Refuse a list whose clusters may form a plan below its bound.

    Raises
    ------
    RefutedError
        With the bound that is proven.
    TimeoutError
        If the integer programme over the clusters left takes longer.
    SolverError
    """
    claimed = list_bound(listed)
    clusters = list(admitted(leaf.decisions, listed, instance.rulebook))
    if not clusters:
        return
    if listed.weights is None:
        raise RefutedError(f"The list of node {leaf.place} has clusters but no weights.")
    rules = instance.rulebook.plan_rules
    reduced = [reduced_cost(c, price, listed.weights, rules) for c, price in clusters]
    below = sorted(min(Fraction(), r) for r in reduced)[: leaf.numbers[1]]
    bound = earned(listed.weights, rules, leaf.numbers) + sum(below, Fraction())
    if bound >= claimed:
        return
    # A plan with any other cluster costs at least what is claimed.
    left = [pair for pair, r in zip(clusters, reduced, strict=True) if bound + r < claimed]
    outcome = _cheapest_cover(left, leaf, instance, scale, seconds)
    proven = outcome.bound * scale
    if proven >= float(claimed - list_slack(listed, scale)):
        return
    if not outcome.proven:
        raise TimeoutError
    raise RefutedError(
        f"The clusters listed at node {leaf.place} form a plan that costs {proven:,.6g}, below the "
        f"bound of {float(claimed):,.6g}."
    )


def admitted(
    decisions: Decisions, listed: List, rulebook: Rulebook
) -> Iterator[tuple[Cluster, float]]:
    """Yield the listed clusters that a plan with these decisions may have, with their prices.

    A plan is in the branches that its clusters' own central schools decide.
    """
    hubs, no_hubs = set(decisions.hubs), set(decisions.no_hubs)
    served, refused = dict(decisions.served), set(decisions.not_served)
    for members in dict.fromkeys(listed.clusters):
        cluster = rulebook.cluster(members)
        hub, inside = cluster.hub, set(members)
        fits = (
            hub not in no_hubs
            and not (inside & hubs - {hub})
            and all(served.get(urn, hub) == hub for urn in inside)
            and not any((urn, hub) in refused for urn in inside)
        )
        if fits and rulebook.admits(cluster):
            yield cluster, rulebook.price(cluster)


def _cheapest_cover(
    clusters: list[tuple[Cluster, float]],
    leaf: LeafNode,
    instance: Instance,
    scale: float,
    seconds: float | None,
) -> MipOutcome:
    """Look for the cheapest plan of these clusters; costs are divided by `scale`."""
    problem = pulp.LpProblem("plan", pulp.LpMinimize)
    chosen = [
        (problem.add_variable(f"x{k}", cat=pulp.LpBinary), cluster, price)
        for k, (cluster, price) in enumerate(clusters)
    ]
    problem.setObjective(pulp.LpAffineExpression([(x, price / scale) for x, _, price in chosen]))
    of_school: dict[int, list[tuple[pulp.LpVariable, float]]] = {urn: [] for urn in instance.urns}
    for x, cluster, _ in chosen:
        for urn in cluster.members:
            of_school[urn].append((x, 1.0))
    for urn, terms in of_school.items():
        if not terms:
            return MipOutcome("infeasible", None, float("inf"))
        problem += pulp.LpAffineExpression(terms) == 1, f"once_{urn}"
    for k, rule in enumerate(instance.rulebook.plan_rules):
        low, high = leaf.numbers if rule.counts_clusters else (rule.low, rule.high)
        terms = [(x, c) for x, cluster, _ in chosen if (c := rule.coefficient(cluster))]
        total = pulp.LpAffineExpression(terms)
        if low > -float("inf"):
            problem += total >= low, f"low_{k}"
        if high < float("inf"):
            problem += total <= high, f"high_{k}"
    return solve_mip(problem, time_limit=seconds)
