"""What one run came to, as one row of a table: how sure it is, and what the plan does to whom."""

from __future__ import annotations

from cluster_geo.audit import Audit
from cluster_geo.county import County
from cluster_geo.measures import ties, totals
from cluster_geo.optimise import Result
from cluster_geo.plan import Plan
from cluster_geo.rules import Rulebook, most_schools

TOTALS = (
    *("clusters", "schools", "smallest", "largest", "travel", "travel_mean", "travel_worst"),
    *("trust_pieces", "trust_pieces_beyond", "without_srp"),
)
COUNTS = ("clusters", "schools", "smallest", "largest", "trust_pieces", "trust_pieces_beyond")
OUTSIDE = "outside_"

Row = dict[str, object]


def outcome_row(
    plan: Plan,
    county: County,
    rulebook: Rulebook,
    *,
    audit: Audit | None = None,
    result: Result | None = None,
) -> Row:
    """Return what a plan came to, as plain values by column.

    Columns: `status`, `stopped_by`, `failure` (what a solver answered that failed, else ""),
    `cost`, `bound` (km-equivalents), `gap` (a fraction), `seconds`, `kept` (every hard rule);
    `clusters`, `schools`, `smallest` and `largest` cluster; `travel` (sum), `travel_mean`,
    `travel_worst` in the unit of the county's travel;
    `trust_pieces` and those `trust_pieces_beyond` the fewest possible; `with_srp` and
    `without_srp` (clusters); and for each layer `outside_<layer>`, the schools outside the main
    zone of their cluster: the layer's crossings.
    """
    figures = totals(plan, county, most_schools(rulebook))
    row: Row = {
        "status": "audited" if result is None else result.status,
        "stopped_by": None if result is None else result.stopped_by,
        "failure": "" if result is None else result.failure,
        "cost": rulebook.cost(plan) if result is None else result.cost,
        "bound": None if result is None else result.bound,
        "gap": None if result is None else result.gap,
        "seconds": None if result is None else round(result.seconds, 1),
        "kept": None if audit is None else audit.kept,
    }
    for name in TOTALS:
        row[name] = int(figures[name]) if name in COUNTS else float(figures[name])
    row["without_srp"] = int(figures["without_srp"])
    row["with_srp"] = int(figures["clusters"] - figures["without_srp"])
    outside = ties(plan, county).filter(like=OUTSIDE).sum()
    return row | {str(name): int(value) for name, value in outside.items()}
