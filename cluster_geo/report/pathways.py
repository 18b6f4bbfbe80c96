"""The report's section of pathways: from primary to secondary provision, by need and by place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cluster_geo.boundaries import layer_title
from cluster_geo.county import County
from cluster_geo.plan import Plan, title_of
from cluster_geo.publish import Publication
from cluster_geo.rules import PathwayTerms
from cluster_geo.tables.pathways import (
    Definition,
    PlanPathway,
    definitions,
    districts_by_need,
    pathway_table,
    pathways_of,
)
from cluster_geo.tables.provision import provision_table
from cluster_geo.tables.rows import rows_of
from cluster_geo.tables.zones import layers_of

WHOLE = "Whole plan"
# What a reader calls each way on.
KINDS = {
    "school": "at the same school",
    "cluster": "in the same cluster",
    "nearby": "nearby, in another cluster",
    "team": "met by a travelling team",
    "none": "no way on",
}
# Layers with more zones than this are too fine to count pathways by.
MOST_ZONES = 60


@dataclass(frozen=True)
class PathwaySection:
    """Pathways counted by need and by place, and each of them.

    Parameters
    ----------
    terms : PathwayTerms
    condition : str
        What counts as a way on outside the cluster; "" for nothing.
    tables : list of (str, list of dict)
        What the places are, and the rows of `tables.pathway_table` with the `name` of each;
        `first` in the first row of one.
    ways : list of dict
        Each pathway: from, need, to, how, journey, places and spare places.
    definitions : list of Definition
        Districts without a pathway by each definition.
    by_need : mapping of str to tuple of str
        Districts with a primary SRP for a need and no secondary one, by the need.
    districts : int
        How many districts hold schools of the plan.
    as_at : str
        Date of the provision on record (ISO 8601).
    """

    terms: PathwayTerms
    condition: str
    tables: list[tuple[str, list[dict[str, Any]]]]
    ways: list[dict[str, Any]]
    definitions: list[Definition]
    by_need: Mapping[str, tuple[str, ...]]
    districts: int
    as_at: str


def pathway_section(published: Publication) -> PathwaySection:
    """Gather the pathways of a plan; the county is as its audience may see it."""
    county, plan = published.county, published.plan
    terms = published.disclosed.brief.pathways
    ways = pathways_of(county, plan, terms)
    zones = _zones(county, plan)
    clusters = dict(sorted(zip(plan.labels, (c.members for c in plan.clusters), strict=True)))
    titled = {title_of(code, plan.names): members for code, members in clusters.items()}
    everyone = {WHOLE: list(plan.cluster_of)}
    groups = {"Need": everyone} | zones | {"Cluster": titled}
    districts = zones.get(layer_title("district"), {})
    return PathwaySection(
        terms=terms,
        condition=terms.condition(county.travel.unit),
        tables=[(kind, _rows(ways, listed)) for kind, listed in groups.items()],
        ways=_ways(county, plan, ways),
        definitions=definitions(county, terms, ways, districts) if len(districts) > 1 else [],
        by_need=districts_by_need(county, terms, districts),
        districts=len(districts),
        as_at=county.schools.as_at,
    )


def _zones(county: County, plan: Plan) -> dict[str, dict[str, list[int]]]:
    """Return the schools of each zone by its name, for each layer with several and not too many."""
    found = {}
    for name, layer in layers_of(county).items():
        held: dict[str, list[int]] = {}
        for urn in sorted(plan.cluster_of):
            if urn in layer.zone_of:
                held.setdefault(layer.zone_of[urn], []).append(urn)
        if 1 < len(held) <= MOST_ZONES:
            named = sorted((layer.name_of(code), code) for code in held)
            found[layer_title(name)] = {title: held[code] for title, code in named}
    return found


def _rows(ways: Iterable[PlanPathway], groups: Mapping[str, Iterable[int]]) -> list[dict[str, Any]]:
    rows, last = rows_of(pathway_table(ways, groups)), None
    for row in rows:
        row["first"] = row["group"] != last
        last = row["group"]
    return rows


def _figures(county: County) -> dict[int, dict[str, Any]]:
    """Return places and spare places of each school with an SRP, as far as they may be seen."""
    alone = {str(urn): [urn] for urn in sorted(county.schools.where("srp"))}
    table = provision_table(county, alone).drop_duplicates("group")
    return {int(row["group"]): row for row in rows_of(table)}


def _ways(county: County, plan: Plan, ways: Iterable[PlanPathway]) -> list[dict[str, Any]]:
    names, code_of, figures = county.schools.names, plan.code_of, _figures(county)
    years = dict(zip(county.urns, county.schools.table["srp_years"].astype(str), strict=True))
    return [
        {
            "school": f"{names[one.way.urn]} ({one.way.urn})",
            "code": code_of[one.way.urn],
            "cluster": title_of(code_of[one.way.urn], plan.names),
            "need": one.way.need,
            "how": KINDS[one.kind],
            "none": one.kind == "none",
            "travel": one.travel,
            "onward": "",
            "years": "",
            "places": None,
            "spare": None,
            **(
                {}
                if one.onward is None
                else {
                    "onward": f"{names[one.onward]} ({one.onward})",
                    "years": years[one.onward],
                    "places": figures[one.onward]["places"],
                    "spare": figures[one.onward]["spare"],
                }
            ),
        }
        for one in ways
    ]
