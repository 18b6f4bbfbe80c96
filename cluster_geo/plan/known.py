"""A plan as far as the county knows its schools."""

from __future__ import annotations

from dataclasses import replace

from cluster_geo.county import County
from cluster_geo.plan.plan import Cluster, Plan, central_school


def known_part(plan: Plan, county: County) -> Plan:
    """Return the plan without schools that the county does not know, and no empty cluster.

    A plan drawn by hand may name such schools; the audit lists them, and nothing else can be
    said of them. A school in two clusters stays in the first.
    """
    taken: set[int] = set()
    kept: dict[str, Cluster] = {}
    for label, cluster in sorted(zip(plan.labels, plan.clusters, strict=True)):
        known = [u for u in cluster.members if u in county.travel.position and u not in taken]
        taken.update(known)
        if tuple(known) == cluster.members:
            kept[label] = cluster
        elif known:
            kept[label] = _shrunk(tuple(known), cluster, county)
    if len(taken) == sum(len(cluster) for cluster in plan.clusters):
        return replace(plan, codes=plan.labels)
    return Plan.coded(kept, plan.names, plan.retired, plan.colours)


def _shrunk(members: tuple[int, ...], cluster: Cluster, county: County) -> Cluster:
    hub = cluster.hub if cluster.hub in members else central_school(members, county.travel)
    return Cluster(members, hub)
