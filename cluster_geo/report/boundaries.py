"""The report's tables by district, by Area and by every other layer that was given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cluster_geo.boundaries import BoundaryLayer, layer_title
from cluster_geo.county import County
from cluster_geo.explain.outside import Outsiders
from cluster_geo.plan import Plan, main_zone_words, title_of
from cluster_geo.rules import Rulebook
from cluster_geo.tables.rows import rows_of
from cluster_geo.tables.zones import layers_of, outside_table, zone_table


@dataclass(frozen=True)
class LayerSection:
    """One layer of boundaries: a row a zone, and the schools outside their cluster's main zone."""

    name: str
    title: str
    zones: list[dict[str, Any]]
    outside: list[dict[str, str]]


def layer_sections(county: County, plan: Plan, rulebook: Rulebook | None) -> list[LayerSection]:
    """Return the tables of each layer, and of the register's districts where no layer has them."""
    rules = {} if rulebook is None else rulebook.headings
    outsiders = Outsiders(plan, county, rulebook)
    return [
        LayerSection(
            name,
            layer_title(name),
            rows_of(zone_table(county, plan, layer)),
            _outside(outsiders, layer, rules),
        )
        for name, layer in layers_of(county).items()
    ]


def _outside(
    outsiders: Outsiders, layer: BoundaryLayer, rules: Mapping[str, str]
) -> list[dict[str, str]]:
    plan, names = outsiders.plan, outsiders.county.schools.names
    table = outside_table(plan, layer)
    cluster_of = dict(zip(plan.labels, plan.clusters, strict=True))
    return [
        {
            "school": f"{names[urn]} ({urn})",
            "zone": layer.name_of(zone) if zone else "none",
            "cluster": title_of(code, plan.names),
            "code": code,
            "main": main_zone_words(cluster_of[code], layer.zone_of, layer.name_of) or "none",
            "reason": outsiders.reason(urn, layer, rules),
        }
        for urn, zone, _, code in table.itertuples()
    ]
