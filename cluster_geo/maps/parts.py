"""Some clusters of a plan as a page draws them, for one whose plan changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import geopandas as gpd

from cluster_geo.maps import features as draw
from cluster_geo.maps.gaps import layers_outside
from cluster_geo.publish import Publication
from cluster_geo.publish.door import harmless

# Title, verdict and words of each rule on a cluster.
Rules = Sequence[Sequence[str]]


def cluster_parts(
    published: Publication,
    shapes: gpd.GeoDataFrame,
    colours: Mapping[str, str],
    indices: Mapping[str, Mapping[str, int]],
    rules: Mapping[str, Rules],
) -> dict[str, dict[str, Any]]:
    """Return, by code, the area of each cluster and its schools as GeoJSON features.

    Every text in them has passed the door.

    Parameters
    ----------
    published : Publication
        Of the clusters that are wanted, and no others.
    shapes : GeoDataFrame
        Their areas as they are drawn, by code.
    colours : mapping of str to str
        By code.
    indices : mapping of str to mapping of str to int
        Places of trusts and needs in the lists of the page (`PanelLists.indices`).
    rules : mapping of str to sequence
        By code.
    """
    county, plan = published.county, published.plan
    areas = draw.area_features(published, colours, shapes)["features"]
    outside = layers_outside(county, plan)
    urns = list(plan.cluster_of)
    parts: dict[str, dict[str, Any]] = {}
    for code, area in zip(shapes.index, areas, strict=True):
        area["properties"]["rules"] = harmless(rules[code])
        parts[code] = {"area": area, "schools": []}
    code_of = plan.code_of
    for phase in draw.phases_of(county.schools.table.loc[urns, "phase"]):
        for school in draw.school_features(county, plan, phase, indices, outside)["features"]:
            parts[code_of[school["properties"]["urn"]]]["schools"].append(school)
    return parts
