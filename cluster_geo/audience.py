"""For whom outputs are: the public sees no small count of the planner's own, nor a way to one.

Figures that the DfE has published are public already. A planner's own (an authority's file of
provisions, a planner's own table of schools) may be of so few pupils that they point at a child:
for the public those below 5 are withheld, and with them every total they are part of, so that
what is published does not change with what is withheld. Two things rest on all figures together
and are kept: the plan itself, and its whole score.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, overload

from cluster_geo.audit import Audit
from cluster_geo.county import County
from cluster_geo.rules import Rulebook
from cluster_geo.schools import without_small_counts

INTERNAL = "internal"


def is_internal(record: Mapping[str, Any]) -> bool:
    """Whether a run's record says that its outputs stay inside the authority."""
    return (record.get("plan") or {}).get("audience") == INTERNAL


def county_for(county: County, record: Mapping[str, Any]) -> County:
    """Return the county as the audience of a run's record may see it."""
    if is_internal(record) or county.schools.small == county.schools.withheld:
        return county
    return replace(county, schools=without_small_counts(county.schools))


def require_fit(county: County, record: Mapping[str, Any]) -> None:
    """Refuse a county that was not made fit for the audience before plans of it were compared.

    Raises
    ------
    ValueError
        Where it still holds counts that are to be withheld.
    """
    if county_for(county, record) is not county:
        raise ValueError("compare plans of county_for(county, record), or set plan.audience")


def audit_for(audit: Audit | None, county: County, record: Mapping[str, Any]) -> Audit | None:
    """Return an audit as the audience of a run's record may see it.

    How far a cluster is out of balance tells the sum of its counts: those verdicts are left out
    for the public where a count was withheld. What the rule adds up to over the plan stays.
    """
    telling = set() if is_internal(record) else _telling(county, record)
    if audit is None or not telling:
        return audit
    verdicts = audit.verdicts[~audit.verdicts["rule"].isin(telling)]
    prices = verdicts.groupby("cluster")["price"].agg(math.fsum)
    by_cluster = audit.by_cluster.assign(price=prices.reindex(audit.by_cluster.index, fill_value=0))
    return replace(audit, verdicts=verdicts, by_cluster=by_cluster)


@overload
def rulebook_for(rulebook: None, county: County, record: Mapping[str, Any]) -> None: ...


@overload
def rulebook_for(rulebook: Rulebook, county: County, record: Mapping[str, Any]) -> Rulebook: ...


def rulebook_for(
    rulebook: Rulebook | None, county: County, record: Mapping[str, Any]
) -> Rulebook | None:
    """Return the rules by which outputs may judge changes of a plan, as `audit_for` its verdicts.

    Parameters
    ----------
    rulebook : Rulebook or None
    county : County
        With all its counts.
    record : mapping
    """
    telling = set() if is_internal(record) else _telling(county, record)
    if rulebook is None or not telling:
        return rulebook
    return replace(rulebook, rules=tuple(r for r in rulebook.rules if r.name not in telling))


def _telling(county: County, record: Mapping[str, Any]) -> set[str]:
    """Return the rules whose measure of a cluster is made of withheld counts."""
    balances: Mapping[str, Mapping[str, Any]] = record.get("balance") or {}
    return {
        f"balance.{name}"
        for name, asked in balances.items()
        if {asked.get("column"), asked.get("base")} & set(county.schools.small)
    }
