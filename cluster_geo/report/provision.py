"""The report's tables of specialist resource provisions, and where provision is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cluster_geo.county import County
from cluster_geo.measures import provision_reach
from cluster_geo.plan import Plan, title_of
from cluster_geo.rules import needs_of, pathways
from cluster_geo.schools.needs import NEEDS
from cluster_geo.tables.provision import (
    clusters_without,
    provision_table,
    without_pathway,
)
from cluster_geo.tables.rows import rows_by_urn, rows_of
from cluster_geo.tables.zones import layers_of

WHOLE = "Whole plan"


@dataclass(frozen=True)
class ProvisionSection:
    """SRPs by district and by cluster, school by school, and what is missing.

    Parameters
    ----------
    by_district, by_cluster : list of dict
        Rows of `tables.provision_table` with the `name` of the group; `first` in the first
        row of one.
    schools : list of dict
        One row a school with an SRP.
    gaps : ProvisionGaps
    needs : list of (str, str)
        Code and words of each need type that stands in the tables.
    """

    by_district: list[dict[str, Any]]
    by_cluster: list[dict[str, Any]]
    schools: list[dict[str, Any]]
    gaps: ProvisionGaps
    needs: list[tuple[str, str]]


@dataclass(frozen=True)
class ProvisionGaps:
    """Where provision is missing, by each definition.

    Parameters
    ----------
    clusters : list of str
        Clusters in which no school has an SRP.
    districts, pathway_clusters : list of (str, str)
        Districts and clusters with primary SRPs for needs that no secondary school in them
        provides for, and those needs.
    pathways : list of dict
        From each primary SRP, need by need, the nearest secondary SRP for the same need.
    nowhere : list of str
        Needs with primary provision and no secondary school for them in the whole plan.
    reach : list of dict
        Schools by distance to the nearest SRP of their own phase, the farthest first.
    """

    clusters: list[str]
    districts: list[tuple[str, str]]
    pathway_clusters: list[tuple[str, str]]
    pathways: list[dict[str, Any]]
    nowhere: list[str]
    reach: list[dict[str, Any]]


# So many of the schools farthest from provision are named.
MOST_FAR = 10


def provision_section(county: County, plan: Plan) -> ProvisionSection:
    """Gather the SRPs of a plan's schools; the county is as its audience may see it."""
    clusters = dict(sorted(zip(plan.labels, (c.members for c in plan.clusters), strict=True)))
    titles = {code: title_of(code, plan.names) for code in clusters}
    zones, zone_names = _districts(county, plan)
    everyone = {"": sorted(plan.cluster_of)}
    kinds = {need for needs in needs_of(county).values() for need in needs}
    return ProvisionSection(
        by_district=_named(county, {**zones, **everyone}, zone_names | {"": WHOLE}),
        by_cluster=_named(county, {**clusters, **everyone}, titles | {"": WHOLE}),
        schools=_schools(county, plan),
        gaps=ProvisionGaps(
            clusters=[f"{titles[code]} ({code})" for code in clusters_without(county, plan)],
            districts=_places_by_need(without_pathway(county, zones), zone_names),
            pathway_clusters=_places_by_need(without_pathway(county, clusters), titles),
            pathways=_pathways(county, plan),
            nowhere=without_pathway(county, everyone).get("", []),
            reach=_farthest(county, plan),
        ),
        needs=[(need, NEEDS[need]) for need in sorted(kinds) if need in NEEDS],
    )


def _districts(county: County, plan: Plan) -> tuple[dict[str, list[int]], dict[str, str]]:
    """Return the schools and the name of each district, in the order of the names."""
    layer = layers_of(county).get("district")
    if layer is None:
        return {}, {}
    held: dict[str, list[int]] = {}
    for urn in sorted(plan.cluster_of):
        if urn in layer.zone_of:
            held.setdefault(layer.zone_of[urn], []).append(urn)
    names = {code: layer.name_of(code) for code in held}
    return {code: held[code] for code in sorted(held, key=lambda c: (names[c], c))}, names


def _named(
    county: County, groups: Mapping[str, Iterable[int]], names: Mapping[str, str]
) -> list[dict[str, Any]]:
    rows, last = rows_of(provision_table(county, groups)), None
    for row in rows:
        row["name"], row["first"] = names[row["group"]], row["group"] != last
        last = row["group"]
    return rows


def _schools(county: County, plan: Plan) -> list[dict[str, Any]]:
    table, code_of = rows_by_urn(county.schools.table), plan.code_of
    needs = {urn: kinds for urn, kinds in needs_of(county).items() if urn in code_of}
    alone = provision_table(county, {str(urn): [urn] for urn in needs})
    figures = {int(row["group"]): row for row in rows_of(alone.drop_duplicates("group"))}
    return [
        {
            "school": f"{table[urn]['name']} ({urn})",
            "code": code_of[urn],
            "cluster": title_of(code_of[urn], plan.names),
            "district": table[urn]["district"],
            "phase": table[urn]["phase"],
            "needs": ", ".join(kinds),
            **{name: figures[urn][name] for name in ("places", "on_roll", "spare")},
        }
        for urn, kinds in needs.items()
    ]


def _places_by_need(
    needs: Mapping[str, list[str]], names: Mapping[str, str]
) -> list[tuple[str, str]]:
    return [(names[group], ", ".join(kinds)) for group, kinds in needs.items()]


def _pathways(county: County, plan: Plan) -> list[dict[str, Any]]:
    names, code_of = county.schools.names, plan.code_of
    return [
        {
            "school": f"{names[way.urn]} ({way.urn})",
            "need": way.need,
            "onward": "" if way.onward is None else f"{names[way.onward]} ({way.onward})",
            "travel": way.travel,
            "same": way.onward is not None and code_of.get(way.onward) == code_of[way.urn],
        }
        for way in pathways(county)
        if way.urn in code_of
    ]


def _farthest(county: County, plan: Plan) -> list[dict[str, Any]]:
    names, code_of = county.schools.names, plan.code_of
    reach = provision_reach(county).loc[sorted(code_of)].dropna()
    order = sorted(reach.index, key=lambda urn: (-reach[urn], urn))[:MOST_FAR]
    return [
        {
            "school": f"{names[urn]} ({urn})",
            "cluster": title_of(code_of[urn], plan.names),
            "travel": float(reach[urn]),
        }
        for urn in order
        if reach[urn] > 0
    ]
