"""What has changed since the version before: the moves, in the words of the newer plan."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import pandas as pd

from cluster_geo.compare.clusters import common_codes, relabelled
from cluster_geo.compare.moves import find_moves
from cluster_geo.county import County
from cluster_geo.plan import Plan, known_part
from cluster_geo.rules import Rulebook


def moves_since(
    previous: Plan, plan: Plan, county: County, rulebook: Rulebook | None = None
) -> pd.DataFrame:
    """Return the schools that are in another cluster than in the version before.

    Clusters of one code that share a school are the same; the others are matched by the schools
    they share, so that a cluster under a new code has not moved.

    Parameters
    ----------
    previous : Plan
        As it stands in its file; schools the county does not know are left out.
    plan : Plan
    county : County
    rulebook : Rulebook, optional
        Chooses the central schools of the previous plan; without it they are the members with
        the least travel.

    Returns
    -------
    DataFrame
        As `moves.find_moves`; clusters joined carry their own codes and names.
    """
    before, codes = matched_since(previous, plan, county, rulebook)
    moves = find_moves(before, relabelled(plan, codes, before.names), county)
    own = {code: label for label, code in codes.items()}
    joined = [own.get(code, code) for code in moves["to_cluster"]]
    names = [plan.names.get(code, code) for code in joined]
    return moves.assign(to_cluster=joined, to_name=names)


def matched_since(
    previous: Plan, plan: Plan, county: County, rulebook: Rulebook | None = None
) -> tuple[Plan, dict[str, str]]:
    """Return the version before with its central schools, and which cluster is which of its.

    Parameters
    ----------
    previous, plan, county, rulebook
        As for `moves_since`.

    Returns
    -------
    Plan
        The version before, without schools that the county does not know.
    dict of str to str
        Code there of each cluster of the plan, by its own; "(new)" marks one that is not there.
    """
    before = known_part(previous, county)
    if rulebook is not None:
        before = with_hubs(before, rulebook)
    return before, common_codes(before, plan, plan.labels, made_from=True)


def with_hubs(plan: Plan, rulebook: Rulebook, urns: Collection[int] | None = None) -> Plan:
    """Return the plan, or that of some schools alone, with the hubs that the rules choose."""
    kept = {
        code: rulebook.cluster(members)
        for code, cluster in zip(plan.labels, plan.clusters, strict=True)
        if (members := [urn for urn in cluster.members if urns is None or urn in urns])
    }
    return replace(plan, clusters=tuple(kept.values()), codes=tuple(kept))
