"""For whom outputs are: the public sees no small count of the planner's own, nor a way to one.

Figures that the DfE has published are public already. A planner's own (an authority's file of
provisions, a planner's own table of schools) may be of so few pupils that they point at a child:
for the public those below 5 are withheld, and with them every total they are part of, so that
what is published does not change with what is withheld. Two things rest on all figures together
and are kept: the plan itself, and its whole score.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, overload

import pandas as pd

from cluster_geo.audit import Audit
from cluster_geo.county import County
from cluster_geo.rules import Rulebook
from cluster_geo.schools import without_small_counts

INTERNAL = "internal"
# What the names of rules about the balance of a column begin with.
BALANCE = "balance."
WITHHELD = "withheld: made of counts below 5"


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


@overload
def audit_for(audit: None, county: County, record: Mapping[str, Any]) -> None: ...


@overload
def audit_for(audit: Audit, county: County, record: Mapping[str, Any]) -> Audit: ...


@overload
def audit_for(audit: Audit | None, county: County, record: Mapping[str, Any]) -> Audit | None: ...


def audit_for(audit: Audit | None, county: County, record: Mapping[str, Any]) -> Audit | None:
    """Return an audit as the audience of a run's record may see it.

    How far a cluster is out of balance tells the sum of its counts: those verdicts are left out
    for the public where a count was withheld. What the rule adds up to over the plan is missing
    too: all counts but one are known, and it tells that one.
    """
    if audit is None:
        return None
    telling = _telling(audit.by_rule.index, county, record)
    if not telling:
        return audit
    verdicts = audit.verdicts[~audit.verdicts["rule"].isin(telling)]
    prices = verdicts.groupby("cluster")["price"].agg(math.fsum)
    by_cluster = audit.by_cluster.assign(price=prices.reindex(audit.by_cluster.index, fill_value=0))
    by_rule = audit.by_rule.astype({"clusters": "Int64"})
    by_rule.loc[sorted(telling), "clusters"] = pd.NA
    by_rule.loc[sorted(telling), ["count", "price"]] = math.nan
    by_rule.loc[sorted(telling), "found"] = WITHHELD
    return replace(audit, verdicts=verdicts, by_cluster=by_cluster, by_rule=by_rule)


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
    if rulebook is None:
        return None
    telling = _telling((rule.name for rule in rulebook.rules), county, record)
    if not telling:
        return rulebook
    return replace(rulebook, rules=tuple(r for r in rulebook.rules if r.name not in telling))


def _telling(rules: Iterable[str], county: County, record: Mapping[str, Any]) -> set[str]:
    """Return those of the rules whose measure of a cluster is made of withheld counts.

    A balance of which the record does not say what it is made of is taken for one.
    """
    if is_internal(record) or not county.schools.small:
        return set()
    balances: Mapping[str, Mapping[str, Any]] = record.get("balance") or {}
    made_of = {
        f"{BALANCE}{name}": {asked.get("column"), asked.get("base")}
        for name, asked in balances.items()
    }
    small = set(county.schools.small)
    return {rule for rule in rules if rule.startswith(BALANCE) and made_of.get(rule, small) & small}
