"""What a change of plan does to the rules, to the measures, to trusts and pupils."""

from __future__ import annotations

import pandas as pd

from cluster_geo.audit import Audit
from cluster_geo.compare.moves import MOVES
from cluster_geo.county import County
from cluster_geo.measures import totals
from cluster_geo.plan import Plan

AMOUNTS = ("count_before", "count_after", "price_before", "price_after", "price_change")
PUPIL_COLUMNS = ("pupils", "ehcp", "sen_support")


def rule_changes(before: Audit, after: Audit) -> pd.DataFrame:
    """Return the verdicts on both plans, rule by rule, in the audit's order.

    Indexed by `rule`: `kind`, then `kept`, `count` (the rule's own measure) and `price`
    (km-equivalents), each `_before` and `_after`, and `price_change`.
    """
    table = before.by_rule[["kind"]].copy()
    for name in ("kept", "clusters", "count", "price"):
        table[f"{name}_before"] = before.by_rule[name]
        table[f"{name}_after"] = after.by_rule[name]
    table["price_change"] = table["price_after"] - table["price_before"]
    return table


def measure_changes(
    before: Plan, after: Plan, county: County, largest: int | None = None
) -> pd.DataFrame:
    """Return `before`, `after` and `change` of each of `measures.totals`, indexed by `measure`."""
    table = pd.DataFrame(
        {"before": totals(before, county, largest), "after": totals(after, county, largest)}
    ).rename_axis("measure")
    return table.assign(change=table["after"] - table["before"])


def trust_changes(moves: pd.DataFrame, before: Plan, after: Plan, county: County) -> pd.DataFrame:
    """Return the multi-academy trusts that have a school among the moves, by name.

    Indexed by `trust_uid`: `trust`, `schools` (of the trust, in either plan), `moving`,
    `clusters_before` and `clusters_after` (in which the trust has a school), `change`.
    """
    codes = before.code_of, after.code_of
    names = dict(zip(county.schools.table["trust_uid"], county.schools.table["trust"], strict=True))
    rows = {}
    for uid, schools in county.schools.grouped_by("trust_uid").items():
        moving = schools.intersection(moves.index)
        if not moving:
            continue
        pieces = [len({side[u] for u in schools if u in side}) for side in codes]
        rows[uid] = {
            "trust": str(names[uid]),
            "schools": len(schools.intersection({*codes[0], *codes[1]})),
            "moving": len(moving),
            "clusters_before": pieces[0],
            "clusters_after": pieces[1],
            "change": pieces[1] - pieces[0],
        }
    columns = ["trust", "schools", "moving", "clusters_before", "clusters_after", "change"]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
    return table.rename_axis("trust_uid").sort_values(["trust", "trust_uid"])


def whole_of_moves(moves: pd.DataFrame, before: Plan, after: Plan, county: County) -> pd.Series:
    """Return how much the moves touch, as whole numbers by name.

    `schools` (in either plan), `moving` (from a cluster to another), `joining`, `leaving`,
    `trusts` and `srps` among all of these; `pupils`, `ehcp` and `sen_support` at them, as far
    as known (missing where known for none), and `pupils_unknown`, the number of them whose
    pupils are not; and `new_hub`, the schools of both plans whose central school is another,
    whether they move or not.
    """
    hubs = [{u: c.hub for c in plan.clusters for u in c.members} for plan in (before, after)]
    both = hubs[0].keys() & hubs[1].keys()
    trusts = county.schools.table.loc[moves.index, "trust_uid"]
    crossing = int((moves["change"] == MOVES).sum())
    joining = len(moves.index.difference(list(hubs[0])))
    figures: dict[str, int | None] = {
        "schools": len(hubs[0].keys() | hubs[1].keys()),
        "moving": crossing,
        "joining": joining,
        "leaving": len(moves) - crossing - joining,
        "new_hub": sum(hubs[0][urn] != hubs[1][urn] for urn in both),
        "trusts": trusts[trusts != ""].nunique(),
        "srps": int((moves["srp"] == "yes").sum()),
        "pupils_unknown": int(moves["pupils"].isna().sum()),
    }
    known = {
        name: (moves[name].notna().any() and county.schools.may_show_total(name, moves.index))
        or moves.empty
        for name in PUPIL_COLUMNS
    }
    figures |= {n: round(float(moves[n].sum())) if known[n] else None for n in PUPIL_COLUMNS}
    return pd.Series(figures, dtype="Int64", name="touched")
