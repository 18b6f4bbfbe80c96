"""Clusters of two plans matched, so that those that stay the same keep their name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from cluster_geo.county import County
from cluster_geo.measures import measures
from cluster_geo.plan import Plan, match, title_of

# Figures shown of a cluster in both plans: columns of `measures.measures`.
FIGURES = (
    *("schools", "primaries", "secondaries", "srps", "trusts"),
    *("pupils", "ehcp", "sen_support", "travel_mean", "travel_worst"),
)


def common_codes(
    before: Plan, after: Plan, labels: Iterable[str], *, made_from: bool = False
) -> dict[str, str]:
    """Return the code by which to call each cluster of the second plan, by its own label.

    A cluster matched to one of the first plan (the assignment that keeps most schools in
    place) takes that one's code; another keeps its own, marked as new where the first plan
    means something else by it.

    Parameters
    ----------
    before, after : Plan
    labels : iterable of str
        Every label of the second plan's file, those of clusters without a known school too.
    made_from : bool
        Whether one plan was made from the other and kept its codes: two clusters of one code are
        then the same one as long as they share a school, whichever others share more.
    """
    same = _of_one_code(before, after) if made_from else {}
    matched = match(before, after, same)
    codes = {after.labels[k]: before.labels[b] for k, b in matched.items()}
    taken = {*before.labels, *before.retired}
    for label in labels:
        if label in codes:
            continue
        code = label
        while code in taken:
            code += " (new)"
        taken.add(code)
        codes[label] = code
    return codes


def _of_one_code(before: Plan, after: Plan) -> dict[int, int]:
    """Return the place in the first plan of each cluster that has its code there, by its place."""
    places = {code: k for k, code in enumerate(before.labels)}
    old = before.cluster_of
    return {
        k: places[code]
        for k, (code, cluster) in enumerate(zip(after.labels, after.clusters, strict=True))
        if code in places and any(old.get(urn) == places[code] for urn in cluster.members)
    }


def relabelled(plan: Plan, codes: Mapping[str, str], names: Mapping[str, str]) -> Plan:
    """Return a plan with other codes, and with `names` where they name a code."""
    clusters = {codes[label]: c for label, c in zip(plan.labels, plan.clusters, strict=True)}
    own = {codes[label]: name for label, name in plan.names.items() if label in codes}
    known = {code: names[code] for code in clusters if code in names}
    colours = {codes[label]: c for label, c in plan.colours.items() if label in codes}
    return Plan.coded(clusters, own | known, plan.retired, colours)


def cluster_changes(
    before: Plan, after: Plan, county: County, own: Mapping[str, tuple[str, str]]
) -> pd.DataFrame:
    """Return one row for each cluster of either plan, in the order of the codes.

    Parameters
    ----------
    before, after : Plan
        With common codes.
    county : County
    own : mapping of str to (str, str)
        The second plan's own code and name of a cluster, by common code.

    Returns
    -------
    DataFrame
        Indexed by `cluster`: `name`, `code_after` and `name_after` (the second plan's own),
        `change` ("unchanged", "changed", "new" or "gone"), `stay`, `leave` and `join`
        (schools), `hub_before` and `hub_after` (names), and `_before` and `_after` of each of
        `FIGURES`, missing where there is no such cluster.
    """
    members = [
        {label: set(c.members) for label, c in zip(plan.labels, plan.clusters, strict=True)}
        for plan in (before, after)
    ]
    hubs = [_hub_names(plan, county) for plan in (before, after)]
    rows = {}
    for code in sorted(members[0] | members[1]):
        old, new = (side.get(code, set()) for side in members)
        code_after, name_after = own.get(code, ("", ""))
        rows[code] = {
            "name": title_of(code, before.names if old else after.names),
            "code_after": code_after,
            "name_after": name_after,
            "change": _change(old, new),
            "stay": len(old & new),
            "leave": len(old - new),
            "join": len(new - old),
            "hub_before": hubs[0].get(code, ""),
            "hub_after": hubs[1].get(code, ""),
        }
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("cluster")
    figures = [measures(plan, county)[list(FIGURES)] for plan in (before, after)]
    for name in FIGURES:
        for side, suffix in zip(figures, ("_before", "_after"), strict=True):
            table[name + suffix] = side[name].astype(float).reindex(table.index)
    return table


def _hub_names(plan: Plan, county: County) -> dict[str, str]:
    names = county.schools.names
    return {code: names[c.hub] for code, c in zip(plan.labels, plan.clusters, strict=True)}


def _change(old: set[int], new: set[int]) -> str:
    if not old:
        return "new"
    if not new:
        return "gone"
    return "unchanged" if old == new else "changed"
