"""How many visits a year each school calls for, by a planner's own formula."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from cluster_geo.columns import AMOUNT, SCHOOL_COLUMNS
from cluster_geo.county import County
from cluster_geo.errors import Fault
from cluster_geo.phrases import counted
from cluster_geo.plan import Plan
from cluster_geo.records import Notice
from cluster_geo.scenario.team_section import TeamSection

# What can be visited besides the units of a column: each counts 1.
SCHOOLS, CLUSTERS = "schools", "clusters"
# Of a rate, such as a per cent, there is no sum that visits could be in proportion to.
RATES = frozenset(("age_low", "age_high", "fsm_pct", "idaci_quintile"))


@dataclass(frozen=True)
class Demand:
    """Visits a year, by where they are made.

    Parameters
    ----------
    of_school : mapping of int to float
        Visits to each school, by URN; 0 where it calls for none.
    of_hub : float
        Visits to each central school for its cluster as a whole.
    of_cluster : mapping of str to float
        Visits that each cluster calls for in all, by code.
    columns : frozenset of str
        Columns that they are made of.
    notices : tuple of Notice
        Schools for which a column is not known.
    """

    of_school: Mapping[int, float]
    of_hub: float
    of_cluster: Mapping[str, float]
    columns: frozenset[str]
    notices: tuple[Notice, ...] = ()

    @property
    def total(self) -> float:
        """Visits of all clusters."""
        return math.fsum(self.of_cluster.values())


def demand_of(county: County, plan: Plan, asked: TeamSection) -> Demand:
    """Calculate the visits of a year by the formula of a role.

    A school for which a column is not known counts as the mean of the others, and is reported.

    Parameters
    ----------
    county : County
        With all its counts.
    plan : Plan
    asked : TeamSection
        Its columns must be known (`demand_faults`).
    """
    table = county.schools.table.loc[sorted(plan.cluster_of)]
    columns = sorted(set(asked.demand) - {SCHOOLS, CLUSTERS})
    parts, notices = [], []
    for name in columns:
        values = table[name].astype(float)
        missing = values.index[values.isna()]
        if len(missing):
            notices.append(_about_missing(county, name, [int(urn) for urn in missing]))
        mean = float(values.mean()) if values.notna().any() else 0.0
        parts.append(asked.demand[name] * values.fillna(mean))
    each = asked.demand.get(SCHOOLS, 0.0)
    of_school = {
        int(urn): math.fsum([each, *(float(part.loc[urn]) for part in parts)])
        for urn in table.index
    }
    of_hub = asked.demand.get(CLUSTERS, 0.0)
    of_cluster = {
        code: math.fsum([of_hub, *(of_school[urn] for urn in cluster.members)])
        for code, cluster in zip(plan.labels, plan.clusters, strict=True)
    }
    return Demand(of_school, of_hub, of_cluster, frozenset(columns), tuple(notices))


def demand_faults(county: County, name: str, asked: TeamSection) -> Iterator[Fault]:
    """Yield what is wrong with a formula: no visits, or a column that the county does not have."""
    setting = f"teams.{name}.demand"
    known = [c.name for c in SCHOOL_COLUMNS if c.kind == "number" and c.name not in RATES]
    known += [column.name for column in county.schools.own if column.kind == AMOUNT]
    known = [SCHOOLS, CLUSTERS, *known]
    for column in asked.demand:
        if column in known:
            continue
        close = get_close_matches(column, known, n=1)
        fix = f"Did you mean {close[0]!r}?" if close else f"Columns: {', '.join(known)}"
        found = f"there is no column of amounts {column!r}"
        yield Fault("scenario", found, fix, setting=f"{setting}.{column}")
    if not any(asked.demand.values()):
        fix = f"Say how many visits a year something calls for, such as {setting}.schools = 6"
        yield Fault("scenario", "no visits are called for", fix, setting=setting)


def _about_missing(county: County, column: str, urns: list[int]) -> Notice:
    names = county.schools.names
    shown = f"{names[urns[0]]} ({urns[0]})"
    others = f" and {counted(len(urns) - 1, 'other school')}" if len(urns) > 1 else ""
    have = "has" if len(urns) == 1 else "have"
    text = f"{shown}{others} {have} no figure for {column}: the mean of the other schools is used."
    return Notice("visits", text)
