"""Trusts: the clusters each sits in, the fewest it could, and what one fewer would mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial

import networkx as nx
import numpy as np
import pandas as pd

from cluster_geo import optimise
from cluster_geo.county import County
from cluster_geo.explain.nearby import Nearby
from cluster_geo.explain.params import TrustsParams
from cluster_geo.measures import totals
from cluster_geo.optimise.certainty import open_share
from cluster_geo.plan import Plan
from cluster_geo.rules import MostClustersOfTrust, Rulebook, size_limits
from cluster_geo.tolerances import SAME_SUM


def trusts_apart(
    county: County,
    rulebook: Rulebook,
    plan: Plan,
    *,
    time_limit: float = 20.0,
    seed: int = 0,
    threads: int | None = None,
    only: Iterable[str] | None = None,
    progress: Callable[[str], None] = lambda _: None,
    params: TrustsParams = TrustsParams(),
) -> pd.DataFrame:
    """Return how divided each trust of two or more schools is, and what would mend it.

    Parameters
    ----------
    county : County
    rulebook : Rulebook
        Its rule "trusts" defines the trusts.
    plan : Plan
    time_limit : float
        Seconds for each trust's searches.
    seed : int
    threads : int, optional
    only : iterable of str, optional
        Identifiers of the trusts to solve for; all by default. The others are counted.
    progress : callable, optional
        Called with the name of each trust as it is solved for.
    params : TrustsParams

    Returns
    -------
    DataFrame
        Indexed by `trust_uid`, most clusters first: `trust`, `schools`, `clusters`, `fewest`
        (no plan has it in fewer clusters, see `fewest_clusters`), `score_change` (of the plan
        with the trust in one cluster fewer, the clusters around it solved again; missing where
        none was found or none is needed), `distance` (how much lower the score of that plan could
        be at most, with the other clusters as they are; missing where nothing useful is proven),
        `found`: "fewest already", "found", "impossible nearby", "none found" or "not tried"; and
        `failure`: what a solver answered that failed, else "".
    """
    rule = next((t for r in rulebook.rules if (t := r.gathers) is not None), None)
    members_of = {} if rule is None else rule.members_of
    longest = _longest(plan, county, rulebook)
    wanted = set(members_of) if only is None else set(only)
    rows = {}
    for uid, schools in sorted(members_of.items()):
        title = uid if rule is None else rule.trust_names.get(uid, uid)
        places = _places(plan, schools)
        fewest = fewest_clusters(sorted(schools), county, rulebook, longest, params.cover_seconds)
        row = {"trust": title, "schools": len(schools), "clusters": len(places), "fewest": fewest}
        if len(places) <= fewest:
            row["found"] = "fewest already"
        elif uid in wanted:
            progress(title)
            row |= _one_fewer(
                plan,
                county,
                rulebook,
                uid,
                schools,
                time_limit=time_limit,
                seed=seed,
                threads=threads,
                params=params,
            )
        else:
            row["found"] = "not tried"
        rows[uid] = row
    columns = [
        *("trust", "schools", "clusters", "fewest", "score_change", "distance", "found"),
        "failure",
    ]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("trust_uid")
    table["failure"] = table["failure"].fillna("")
    return table.sort_values(["clusters", "schools", "trust"], ascending=[False, False, True])


def _longest(plan: Plan, county: County, rulebook: Rulebook) -> float:
    """Longest trip a cluster may ask for: the cap, or the longest that the plan asks for."""
    caps = [worst for rule in rulebook.rules if (worst := rule.longest_trip) is not None]
    return min(caps) if caps else float(totals(plan, county)["travel_worst"])


def fewest_clusters(
    schools: Sequence[int],
    county: County,
    rulebook: Rulebook,
    longest: float,
    seconds: float = TrustsParams().cover_seconds,
) -> int:
    """Fewest clusters that some schools can sit in, given distance and size: a proven floor.

    Schools can share a cluster only if some school of the county is within the longest trip of
    all of them, and in the same zone of every hard layer; no more of them than a cluster holds;
    and no two further apart, in steps from neighbour to neighbour, than a cluster in one piece
    can stretch. The fewest such groups is a small set cover; where it is not solved in time, what
    is returned is what is proven of it by then. Whether the rest of the county then still fits is
    not looked at. So no plan has them in fewer clusters, and a plan may need more.

    Parameters
    ----------
    schools : sequence of int
    county : County
    rulebook : Rulebook
    longest : float
        Longest trip to a central school, in the unit of the county's travel.
    seconds : float
        What is proven by then is returned.
    """
    _, high = size_limits(rulebook.rules, len(county.urns))
    rows = [county.travel.position[urn] for urn in schools]
    reach = county.travel.matrix[rows] <= longest + SAME_SUM
    layers = [x.zone_of for r in rulebook.rules if r.hard and (x := r.layer) is not None]
    for zone_of in layers:
        zones = np.array([zone_of.get(urn, "") for urn in county.urns], dtype=object)
        reach &= zones[rows][:, None] == zones[None, :]
    far = _too_far(schools, county, high) if _in_one_piece(rulebook) else []
    return optimise.least_cover(np.unique(reach, axis=1), high, far, time_limit=seconds)


def _in_one_piece(rulebook: Rulebook) -> bool:
    return any(rule.neighbours is not None for rule in rulebook.rules)


def _too_far(schools: Sequence[int], county: County, high: int) -> list[tuple[int, int]]:
    """Pairs of places in `schools` that no cluster of so many schools in one piece can join."""
    graph = county.neighbours.graph
    near = [nx.single_source_shortest_path_length(graph, urn, cutoff=high - 1) for urn in schools]
    return [
        (a, b)
        for a in range(len(schools))
        for b in range(a + 1, len(schools))
        if schools[b] not in near[a]
    ]


def _one_fewer(
    plan: Plan,
    county: County,
    rulebook: Rulebook,
    uid: str,
    schools: frozenset[int],
    *,
    time_limit: float,
    seed: int,
    threads: int | None,
    params: TrustsParams,
) -> dict[str, object]:
    """Solve the clusters around a trust again with the trust in one of them fewer.

    It is given up where that asks least: few of its schools, and another of its clusters near.
    """
    places = _places(plan, schools)
    freed = _around(plan, county, places)
    nearby = Nearby.of(plan, county, freed, most=params.freed)
    inside = frozenset(u for c in nearby.free for u in c.members) & schools
    here = len(_places(Plan.of(nearby.free), inside))
    # The scenario may limit the same trust: the name is another.
    limit = MostClustersOfTrust(uid, inside, here - 1, f"{uid}, one fewer")
    fewer = replace(rulebook, plan_rules=(*rulebook.plan_rules, limit))
    solved = partial(
        nearby.solve, time_limit=time_limit / 2, gap=params.gap, seed=seed, threads=threads
    )
    base = solved(rulebook)
    start = base.plan or plan
    found = solved(fewer, start=start)
    failure = found.failure or base.failure
    if found.plan is None or found.cost is None or base.cost is None:
        outcome = "impossible nearby" if found.status == "impossible" else "none found"
        return {"found": outcome, "failure": failure}
    useful = found.bound is not None and open_share(found.cost, found.bound) is not None
    return {
        "score_change": found.cost - base.cost,
        "distance": found.cost - (found.bound or 0.0) if useful else None,
        "found": "found",
        "failure": failure,
    }


def _places(plan: Plan, schools: Iterable[int]) -> dict[int, int]:
    """Count the schools in each cluster that holds any, by its place."""
    counts: dict[int, int] = {}
    place_of = plan.cluster_of
    for urn in schools:
        if urn in place_of:
            counts[place_of[urn]] = counts.get(place_of[urn], 0) + 1
    return counts


def _around(plan: Plan, county: County, places: dict[int, int]) -> set[int]:
    """Two clusters of the trust: few schools in the one, and the other near."""
    hub_of = {place: plan.clusters[place].hub for place in places}
    pairs = [
        (places[a] * county.travel.between(hub_of[a], hub_of[b]), a, b)
        for a in places
        for b in places
        if a != b
    ]
    return set(min(pairs)[1:]) if pairs else set(places)
