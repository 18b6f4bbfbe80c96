"""One row per school: who it is, which cluster it is in, what is known of it.

The first columns, in this order, are what other systems import; they do not change between
versions.
"""

from __future__ import annotations

import pandas as pd

from cluster_geo.county import County
from cluster_geo.plan import Plan, title_of

BEFORE_AREA = (
    "laestab",
    "ukprn",
    "establishment_type",
    "status",
    "age_low",
    "age_high",
    "admissions",
    "gender",
    "sixth_form",
    "postcode",
    "district_code",
)
AFTER_ZONES = (
    "trust_uid",
    "federation",
    "diocese",
    "srp_needs",
    "srp_places",
    "srp_on_roll",
    "pupils",
    "ehcp",
    "sen_support",
    "fsm_pct",
)
WHOLE_NUMBERS = {"age_low", "age_high", "srp_places", "srp_on_roll"} | {
    "pupils",
    "ehcp",
    "sen_support",
}
AREA_LAYER = "area"


def school_table(county: County, plan: Plan) -> pd.DataFrame:
    """Return one row per school of the county, in order of URN.

    A school in no cluster has blanks for its cluster, hub and travel.

    Travel is from the school to its cluster's hub; its column is `travel_km`, or
    `travel_minutes` where the county's travel is in minutes. Each layer of zones adds two
    columns, `<layer>_zone` and `<layer>_zone_code`. `census_date` is the vintage of the census,
    empty where none was joined; the planner's own columns come last. Flags are yes or no; what is
    unknown is missing.
    """
    source = county.schools.table
    code_of, placed = plan.code_of, plan.cluster_of
    codes = [code_of.get(urn, "") for urn in county.urns]
    hubs = [plan.clusters[placed[urn]].hub if urn in placed else None for urn in county.urns]
    trips = [
        None if hub is None else round(county.travel.between(urn, hub), 3)
        for urn, hub in zip(county.urns, hubs, strict=True)
    ]
    columns: dict[str, object] = {name: source[name] for name in ("name", "phase", "district")}
    columns |= {
        "trust": source["trust"],
        "srp": yes_or_no(source["srp"]),
        "cluster": codes,
        "cluster_name": [title_of(code, plan.names) for code in codes],
        "hub_urn": pd.array(hubs, dtype="Int64"),
        f"travel_{county.travel.unit}": pd.array(trips, dtype="Float64"),
        "easting": source.geometry.x.round().astype("int64"),
        "northing": source.geometry.y.round().astype("int64"),
    }
    columns |= {name: _tidy(source, name) for name in BEFORE_AREA}
    columns |= {AREA_LAYER: _zone_names(county, AREA_LAYER, source.index)}
    for layer in county.layers:
        columns[f"{layer}_zone"] = _zone_names(county, layer, source.index)
        columns[f"{layer}_zone_code"] = _zone_codes(county, layer, source.index)
    columns |= {name: _tidy(source, name) for name in AFTER_ZONES}
    columns["census_date"] = census_date(county)
    columns |= {column.name: _figures(source[column.name]) for column in county.schools.own}
    table = pd.DataFrame(columns, index=source.index)
    table.index.name = "urn"
    return table.reset_index()


def census_date(county: County) -> str:
    """Vintage of the census that was joined to the schools, or empty."""
    dates = [source.vintage for source in county.sources if source.role == "census"]
    return next(iter(dates), "")


def yes_or_no(flags: pd.Series) -> pd.Series:
    """Return "yes" and "no" for a column of flags."""
    return flags.astype(bool).map({True: "yes", False: "no"})


def _figures(column: pd.Series) -> pd.Series:
    """Return figures for writing: whole where all that are known are whole."""
    known = column.dropna()
    return column.astype("Int64") if (known == known.round()).all() else column


def _tidy(source: pd.DataFrame, name: str) -> object:
    """Column `name` for writing: whole numbers whole, flags in words, "" where it is absent."""
    if name not in source:
        return ""
    if name == "sixth_form":
        return yes_or_no(source[name])
    if name in WHOLE_NUMBERS:
        return source[name].round().astype("Int64")
    return source[name]


def _zone_codes(county: County, layer: str, urns: pd.Index) -> list[str]:
    zone_of = county.layers[layer].zone_of
    return [zone_of.get(int(urn), "") for urn in urns]


def _zone_names(county: County, layer: str, urns: pd.Index) -> list[str]:
    if layer not in county.layers:
        return [""] * len(urns)
    found = county.layers[layer]
    return [found.written(code) if code else "" for code in _zone_codes(county, layer, urns)]
