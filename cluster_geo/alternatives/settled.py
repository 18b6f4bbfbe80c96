"""What several plans agree on: neighbours that are always together, schools always in one place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cluster_geo.county import County
from cluster_geo.plan import Plan, match


@dataclass(frozen=True, eq=False)
class Agreement:
    """What several plans agree on.

    Parameters
    ----------
    plans : mapping of str to Plan
        The first gives the clusters their names.
    schools : DataFrame
        See `settled_schools`.
    pairs : DataFrame
        See `pairs_together`.
    missing : int
        Searches that ended without a plan, and so say nothing here.
    """

    plans: Mapping[str, Plan]
    schools: pd.DataFrame
    pairs: pd.DataFrame
    missing: int = 0

    @classmethod
    def of(cls, plans: Mapping[str, Plan], county: County, missing: int = 0) -> Agreement:
        """Lay the plans over each other."""
        return cls(plans, settled_schools(plans, county), pairs_together(plans, county), missing)


def share_moved(first: Plan, second: Plan) -> float:
    """Share of the schools outside the cluster that matches theirs in the other plan (0 to 1).

    Clusters are matched one to one by `plan.match`; both plans hold the same schools.
    """
    matched = match(first, second)
    here, there = second.cluster_of, first.cluster_of
    return sum(matched.get(k) != there[urn] for urn, k in here.items()) / len(here)


def differences(plans: Mapping[str, Plan]) -> pd.DataFrame:
    """Return `share_moved` of each pair of plans, a square table with zeros in the diagonal."""
    names = list(plans)
    table = pd.DataFrame(0.0, index=names, columns=names)
    for i, first in enumerate(names):
        for second in names[i + 1 :]:
            share = share_moved(plans[first], plans[second])
            table.loc[first, second] = table.loc[second, first] = share
    return table


def matched_codes(plans: Mapping[str, Plan]) -> pd.DataFrame:
    """Return each school's cluster in each plan, called as the first plan calls it.

    A cluster that matches none of the first plan's is called as the first plan that has its
    like, "ASH-05 (B)": it is the same in a later plan where they share half of the smaller one.
    Indexed by `urn`, a column a plan.
    """
    first = next(iter(plans.values()))
    columns = {}
    others: dict[str, set[int]] = {}
    for name, plan in plans.items():
        matched = match(first, plan)
        called = {k: first.labels[b] for k, b in matched.items()}
        for k, cluster in enumerate(plan.clusters):
            if k not in called:
                members = set(cluster.members)
                alike = _alike(members, others, set(called.values()))
                called[k] = alike or f"{plan.labels[k]} ({name})"
                others.setdefault(called[k], members)
        columns[name] = {urn: called[k] for urn, k in plan.cluster_of.items()}
    return pd.DataFrame(columns).rename_axis("urn").sort_index()


def _alike(members: set[int], others: Mapping[str, set[int]], taken: set[str]) -> str:
    """Return the code of the cluster that shares most with `members`, at least half, or ""."""
    shared = {
        code: len(members & other)
        for code, other in others.items()
        if code not in taken and 2 * len(members & other) >= min(len(members), len(other))
    }
    return min(shared, key=lambda code: (-shared[code], code), default="")


def pairs_together(plans: Mapping[str, Plan], county: County) -> pd.DataFrame:
    """Return, for each pair of neighbours, the share of the plans that keep them together.

    Columns: `urn`, `neighbour` (URNs, the lower first), `name`, `neighbour_name`, `km` (straight
    line) and `together` (0 to 1); the most contested first (nearest to a half), then by URN.
    """
    names = county.schools.names
    places = [plan.cluster_of for plan in plans.values()]
    rows = []
    for a, b, facts in county.neighbours.graph.edges(data=True):
        low, high = sorted((int(a), int(b)))
        together = float(np.mean([place[low] == place[high] for place in places]))
        rows.append((low, high, names[low], names[high], float(facts["km"]), together))
    columns = ["urn", "neighbour", "name", "neighbour_name", "km", "together"]
    table = pd.DataFrame(rows, columns=columns)
    doubt = (table["together"] - 0.5).abs()
    order = table.assign(doubt=doubt).sort_values(["doubt", "urn", "neighbour"]).index
    return table.loc[order].reset_index(drop=True)


def settled_schools(plans: Mapping[str, Plan], county: County) -> pd.DataFrame:
    """Return how settled each school is over several plans, the most contested first.

    Indexed by `urn`: `name`, `phase`, `district`, `pupils`; `settled`, the share of the plans
    that have the school in the cluster it is in most often (1.0: in all of them); `usual`, that
    cluster; `others`, the other clusters it is in, joined by "; "; `neighbours_settled`, the
    mean over its neighbours of the share of plans in agreement on whether the two are together;
    then each school's cluster in each plan, a column a plan, as the first plan calls it.
    """
    codes = matched_codes(plans).loc[list(county.urns)]
    table = pd.DataFrame(
        county.schools.table.loc[codes.index, ["name", "phase", "district", "pupils"]]
    )
    counts = [Counter(row) for row in codes.to_numpy().tolist()]
    usual = [min((-number, code) for code, number in count.items())[1] for count in counts]
    table["settled"] = [c[code] / len(plans) for c, code in zip(counts, usual, strict=True)]
    table["usual"] = usual
    table["others"] = [
        "; ".join(sorted(set(c) - {code})) for c, code in zip(counts, usual, strict=True)
    ]
    table["neighbours_settled"] = _agreement(pairs_together(plans, county), codes.index)
    order = table.sort_values(["settled", "neighbours_settled", "urn"]).index
    return table.join(codes).loc[order]


def _agreement(pairs: pd.DataFrame, urns: pd.Index) -> pd.Series:
    together = pairs["together"]
    agreed = together.clip(lower=1.0 - together)
    both = pd.concat(
        [
            pd.Series(agreed.to_numpy(), index=pairs["urn"]),
            pd.Series(agreed.to_numpy(), index=pairs["neighbour"]),
        ]
    )
    return both.groupby(level=0).mean().reindex(urns).fillna(1.0)


def contested(table: pd.DataFrame, most: int = 12) -> pd.DataFrame:
    """Return the handful that deserves a meeting's time: schools not settled, largest first.

    Of those least settled at most `most`; of schools equally settled those with most pupils.
    """
    open_ = table[table["settled"] < 1.0]
    ranked = open_.sort_values(["settled", "pupils", "urn"], ascending=[True, False, True])
    return ranked.head(most)
