"""What the map draws, as GeoJSON features whose every text has passed the door."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import geopandas as gpd
import shapely
from shapely.geometry import mapping

from cluster_geo.boundaries import BoundaryLayer, layer_title
from cluster_geo.county import County
from cluster_geo.geometry import WGS84
from cluster_geo.geometry.polygons import rounded
from cluster_geo.maps.facts import cluster_facts, own_facts, whole
from cluster_geo.phrases import trust_name
from cluster_geo.plan import Plan, title_of
from cluster_geo.publish import Publication
from cluster_geo.publish.door import harmless
from cluster_geo.tables.areas import lighter
from cluster_geo.tables.rows import rows_by_urn

# Five decimals of a degree are 1 m: less than a pixel at any zoom this map is used at.
DEGREE_DECIMALS = 5
AREA_DETAIL_M = 60.0
ZONE_DETAIL_M = 120.0
PHASE_LABELS = {
    "primary": "Primary school",
    "secondary": "Secondary school",
    "all-through": "All-through school",
}

NO_WAYS: Mapping[int, Sequence[object]] = MappingProxyType({})

Features = dict[str, Any]


def phases_of(phases: Iterable[str]) -> tuple[str, ...]:
    """Return the phases present, each once, in the usual order."""
    present = set(phases)
    known = [phase for phase in PHASE_LABELS if phase in present]
    return (*known, *sorted(present.difference(known)))


def area_features(
    published: Publication,
    colours: Mapping[str, str],
    shapes: gpd.GeoDataFrame | None = None,
) -> Features:
    """Return the clusters as areas in these colours, with the facts that the panel shows of each.

    Parameters
    ----------
    published : Publication
    colours : mapping of str to str
        By code.
    shapes : GeoDataFrame, optional
        The areas with as few corners as they are to be drawn with, by code; by default they are
        those of the plan, made lighter.
    """
    areas = published.areas if shapes is None else shapes
    facts_of = cluster_facts(published)
    facts = {
        code: {"code": code, "colour": colours[code], "label": spot, **facts_of[code]}
        for code, spot in zip(areas.index, label_spots(areas), strict=True)
    }
    return collection(lighter(areas, AREA_DETAIL_M) if shapes is None else areas, facts)


def school_features(
    county: County,
    plan: Plan,
    phase: str,
    indices: Mapping[str, Mapping[str, int]],
    outside: Mapping[int, list[int]],
    ways: Mapping[int, Sequence[object]] = NO_WAYS,
) -> Features:
    """Return the schools of one phase as points, with the facts their popups show.

    Parameters
    ----------
    county : County
    plan : Plan
    phase : str
    indices : mapping of str to mapping of str to int
        Places of the trusts (by UID) and of the needs in the panel's lists, under "trust" and
        "need".
    outside : mapping of int to list of int
        Places of the layers in whose main zone a school does not lie, by URN.
    ways : mapping of int to sequence, optional
        Ways on from its primary SRP, by URN: see `maps.pathways`.
    """
    placed, code_of = plan.cluster_of, plan.code_of
    schools = county.schools.table
    chosen = schools[(schools["phase"] == phase) & schools.index.isin(list(placed))]
    facts = {}
    for urn, school in rows_by_urn(chosen).items():
        cluster = plan.clusters[placed[urn]]
        code = code_of[urn]
        facts[urn] = _school_facts(school, indices) | {
            **own_facts(school, county.schools.own),
            "urn": urn,
            "phase": phase,
            "phase_label": PHASE_LABELS.get(phase, phase.capitalize()),
            "cluster": code,
            "cluster_name": title_of(code, plan.names),
            "hub": urn == cluster.hub,
            "travel": f"{county.travel.between(urn, cluster.hub):.1f}",
            "zones": [
                [layer_title(name), layer.name_of(layer.zone_of[urn])]
                for name, layer in county.layers.items()
                if urn in layer.zone_of
            ],
        }
        if urn in outside:
            facts[urn]["outside"] = outside[urn]
        if urn in ways:
            facts[urn]["ways"] = ways[urn]
    return collection(chosen, facts)


def _school_facts(
    school: Mapping[str, Any], indices: Mapping[str, Mapping[str, int]]
) -> dict[str, Any]:
    needs = [need for need in school["srp_needs"].split("|") if need] if school["srp"] else []
    ages = [whole(school["age_low"]), whole(school["age_high"])]
    facts = {
        "name": school["name"],
        "ages": " to ".join(ages) if all(ages) else "",
        "admissions": school["admissions"].lower() if school["admissions"] == "Selective" else "",
        "srp": bool(school["srp"]),
        "needs": ", ".join(needs),
        "trust": trust_name(school["trust"]),
        "federation": school["federation"],
        "pupils": whole(school["pupils"]),
        "ehcp": whole(school["ehcp"]),
        "sen": whole(school["sen_support"]),
        "postcode": school["postcode"],
        "trust_index": indices["trust"].get(school["trust_uid"]),
        "need_indices": [indices["need"][need] for need in needs if need in indices["need"]],
    }
    return {name: value for name, value in facts.items() if value not in ("", None, [])}


def associate_features(county: County) -> Features:
    """Return the associated settings (special schools, PRUs, planned ones) as points."""
    table = county.schools.associates
    facts = {
        urn: {
            "urn": urn,
            "phase": "associate",
            "phase_label": school["establishment_type"] or "Associated setting",
            "name": school["name"],
            "srp": False,
            "hub": False,
        }
        for urn, school in rows_by_urn(table).items()
    }
    return collection(table, facts)


def zone_features(layer: BoundaryLayer) -> Features:
    """Return the borders of a layer's zones that hold schools, as one feature of lines.

    Its property `labels` has each zone's name and a place for it.
    """
    held = sorted(set(layer.zone_of.values()))
    zones = layer.zones.loc[held]
    zones = lighter(zones[~zones.geometry.is_empty], ZONE_DETAIL_M)
    # Each border once: drawn twice, the dashes of two neighbours fill each other's breaks.
    lines = shapely.line_merge(shapely.union_all(shapely.boundary(zones.geometry.to_numpy())))
    border = gpd.GeoDataFrame(geometry=[lines], crs=zones.crs)
    labels = [
        {"name": layer.name_of(code), "label": spot}
        for code, spot in zip(zones.index, label_spots(zones), strict=True)
    ]
    return collection(border, {0: {"labels": labels}})


def collection(
    frame: gpd.GeoDataFrame, facts: Mapping[Any, dict[str, Any]], decimals: int = DEGREE_DECIMALS
) -> Features:
    """Return a GeoJSON collection in degrees of the frame's shapes, with facts by its index."""
    shapes = rounded(frame.geometry.to_crs(WGS84), decimals)
    features = [
        {
            "type": "Feature",
            "properties": harmless(facts[key]),
            "geometry": mapping(shape),
        }
        for key, shape in zip(frame.index, shapes, strict=True)
    ]
    return {"type": "FeatureCollection", "features": features}


def label_spots(areas: gpd.GeoDataFrame) -> list[list[float]]:
    """Return latitude and longitude of a point well inside the largest part of each area."""
    largest = [max(shapely.get_parts(shape), key=shapely.area) for shape in areas.geometry]
    spots = gpd.GeoSeries(largest, crs=areas.crs).representative_point()
    return [[*reversed(spot.coords[0])] for spot in rounded(spots.to_crs(WGS84), DEGREE_DECIMALS)]
