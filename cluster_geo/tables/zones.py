"""Every layer of boundaries as tables: one row a zone, and one a school that lies outside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pandas as pd

from cluster_geo.boundaries import BoundaryLayer, layer_from_column
from cluster_geo.county import County
from cluster_geo.phrases import joined
from cluster_geo.plan import Plan, main_zone, title_of

NO_ZONE = "in no zone"


def layers_of(county: County) -> Mapping[str, BoundaryLayer]:
    """Return the county's layers, with the districts of the register where no layer is called so.

    Tables by district are wanted of every plan, whether or not its rules look at districts.
    """
    if "district" in county.layers or not (county.schools.table["district"] != "").any():
        return county.layers
    return {"district": layer_from_column("district", county.schools, "district"), **county.layers}


def zone_table(county: County, plan: Plan, layer: BoundaryLayer) -> pd.DataFrame:
    """Return one row for each zone that holds schools of the plan, in the order of their names.

    Returns
    -------
    DataFrame
        Indexed by the zone's `code` ("" for the schools in none, last): `zone` (its name),
        `schools`, `primary`, `secondary`, `all_through` (each school once), `srps`, `pupils`
        (missing where unknown for all of them, or withheld for one), `clusters` (how many have a
        school in it), `where` (their codes with the schools of each: "SEV-01 (2)") and
        `outside` (its schools whose cluster lies mainly in another zone).
    """
    held: dict[str, list[int]] = {}
    for urn in sorted(plan.cluster_of):
        held.setdefault(layer.zone_of.get(urn, ""), []).append(urn)
    main_of = main_zones(plan, layer)
    names = {code: layer.name_of(code) if code else NO_ZONE for code in held}
    order = sorted(held, key=lambda code: (not code, names[code], code))
    rows = [
        {"zone": names[code]}
        | _counts(county, held[code])
        | _clusters(plan, held[code])
        | {"outside": sum(not code or main_of[urn] != code for urn in held[code])}
        for code in order
    ]
    table = pd.DataFrame(rows, index=pd.Index(order, name="code", dtype=object))
    return table.astype({"pupils": "Int64"})


def outside_table(plan: Plan, layer: BoundaryLayer) -> pd.DataFrame:
    """Return the schools outside the main zone of their cluster, in order of cluster and URN.

    Indexed by `urn`: `zone` and `main` (codes; "" for a school in no zone, or a cluster with no
    school in any), `cluster` (its code).
    """
    main_of, code_of = main_zones(plan, layer), plan.code_of
    rows = [
        (urn, layer.zone_of.get(urn, ""), main_of[urn], code_of[urn])
        for urn in sorted(code_of, key=lambda urn: (code_of[urn], urn))
        if not main_of[urn] or layer.zone_of.get(urn) != main_of[urn]
    ]
    table = pd.DataFrame(rows, columns=["urn", "zone", "main", "cluster"])
    return table.astype({"urn": "int64"}).set_index("urn")


def main_zones(plan: Plan, layer: BoundaryLayer) -> dict[int, str]:
    """Return, by URN, the code of the main zone of the school's cluster."""
    return {
        urn: main
        for cluster in plan.clusters
        for main in [main_zone(cluster, layer.zone_of)]
        for urn in cluster.members
    }


def clusters_with_counts(plan: Plan, codes: Mapping[str, int]) -> str:
    """Return clusters with a number for each, by name: "Ashford North (3), Wye (1)"."""
    order = sorted(codes, key=lambda code: (-codes[code], code))
    return joined([f"{title_of(code, plan.names)} ({codes[code]})" for code in order])


def _counts(county: County, urns: list[int]) -> dict[str, object]:
    schools = county.schools
    pupils = schools.table.loc[urns, "pupils"].astype(float).sum(min_count=1)
    return {
        "schools": len(urns),
        **county.phase_counts(urns),
        "srps": len(schools.where("srp").intersection(urns)),
        "pupils": pupils if schools.may_show_total("pupils", urns) else None,
    }


def _clusters(plan: Plan, urns: list[int]) -> dict[str, object]:
    code_of = plan.code_of
    found = Counter(code_of[urn] for urn in urns)
    return {"clusters": len(found), "where": clusters_with_counts(plan, found)}
