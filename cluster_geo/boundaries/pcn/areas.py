"""Areas of PCNs, with how they were derived and how good they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from cluster_geo.boundaries.pcn.lsoas import Lsoas
from cluster_geo.boundaries.pcn.majority import Majority
from cluster_geo.boundaries.pcn.practices import Points
from cluster_geo.boundaries.pcn.tidy import tidy
from cluster_geo.boundaries.pcn.workbook import PcnList
from cluster_geo.geometry import BRITISH_NATIONAL_GRID
from cluster_geo.phrases import in_short
from cluster_geo.records import Notice, Source

BY_PATIENTS = "patients"
# An LSOA is a weak part of its PCN if the PCN has less than this share of its patients.
HALF = 0.5


@dataclass(frozen=True, eq=False)
class PcnAreas:
    """Areas of PCNs; no official polygon exists, so they are derived.

    Parameters
    ----------
    zones : GeoDataFrame
        Polygons in EPSG:27700 by `pcn_code`, ascending, with `pcn_name`, `area_code` and `area`
        (the sub-ICB location), `practices` (number), `area_km2`; where LSOAs were given `lsoas`
        (number); and by patients also `patients` (registered with the PCN and living there),
        `share` (of all patients who live there), `at_home` (share of the PCN's patients who live
        there) and `weak_lsoas` (LSOAs where fewer than half are its patients).
    lsoas : DataFrame
        By `lsoa`, ascending: `name`, `pcn_code`, `how` ("patients", "border", "absorbed",
        "practice" or "head office"); and by patients also `patients`, `share` and
        `most_patients` (the PCN with most patients there, even if the LSOA went to another).
        Empty where no LSOAs were given.
    how : str
        "patients", or the nearest "practice" or "head office".
    notices : tuple of Notice
    sources : tuple of Source
    points : Points, optional
        Where the practices or head offices are, if that is known.
    """

    zones: gpd.GeoDataFrame
    lsoas: pd.DataFrame
    how: str
    notices: tuple[Notice, ...] = field(default=())
    sources: tuple[Source, ...] = field(default=())
    points: Points | None = None

    @property
    def attribution(self) -> str:
        """Attributions that the licences of the sources require, each once."""
        return " ".join(dict.fromkeys(s.attribution for s in self.sources if s.attribution))


def lsoa_table(lsoas: Lsoas, pcn_of: Mapping[str, str], how: str) -> pd.DataFrame:
    """Return the name of each LSOA, its PCN and how that was found."""
    codes = pd.Index(list(pcn_of), name="lsoa", dtype=object)
    names = lsoas.frame["name"].reindex(codes)
    return pd.DataFrame({"name": names, "pcn_code": list(pcn_of.values()), "how": how}, index=codes)


def make_zones(
    networks: PcnList, shapes: gpd.GeoSeries
) -> tuple[gpd.GeoDataFrame, tuple[Notice, ...]]:
    """Return a tidied zone for each PCN that has an area, and a notice naming those without.

    Parameters
    ----------
    networks : PcnList
    shapes : GeoSeries
        Polygons in EPSG:27700 by PCN.
    """
    tidied, notices = tidy(shapes)
    pcns = networks.pcns.reindex(tidied.index)
    practices = networks.practices["pcn"].value_counts()
    zones = gpd.GeoDataFrame(
        {
            "pcn_name": pcns["name"],
            "area_code": pcns["area_code"],
            "area": pcns["area"],
            "practices": practices.reindex(tidied.index).fillna(0).astype(int),
            "area_km2": np.round(shapely.area(tidied.to_numpy()) / 1e6, 2),
        },
        geometry=tidied.to_numpy(),
        index=pd.Index(tidied.index, name="pcn_code"),
        crs=BRITISH_NATIONAL_GRID,
    )
    without = networks.pcns[~networks.pcns.index.isin(zones.index)]
    if not without.empty:
        listed = in_short([f"{name} ({code})" for code, name in without["name"].items()])
        text = f"{len(without):,} of {len(networks.pcns):,} open PCNs have no area here: {listed}."
        notices = (*notices, Notice("pcn", text))
    return zones, notices


def with_quality(
    zones: gpd.GeoDataFrame, table: pd.DataFrame, majority: Majority
) -> gpd.GeoDataFrame:
    """Add to each zone how many patients live there, and how clearly it belongs to its PCN.

    Parameters
    ----------
    zones : GeoDataFrame
        By PCN.
    table : DataFrame
        By LSOA with `pcn_code`, `patients` and `share`.
    majority : Majority
    """
    here = majority.patients[majority.patients.index.get_level_values("lsoa").isin(table.index)]
    everyone = here.groupby("lsoa").sum().reindex(table.index).fillna(0.0)
    by_pcn = table["pcn_code"]
    patients = table["patients"].groupby(by_pcn).sum()
    counted = pd.DataFrame(
        {
            "lsoas": by_pcn.value_counts(),
            "patients": patients.round().astype(int),
            "share": (patients / everyone.groupby(by_pcn).sum()).round(4),
            "at_home": (patients / here.groupby("pcn").sum().reindex(patients.index)).round(4),
            "weak_lsoas": (table["share"] < HALF).groupby(by_pcn).sum(),
        }
    )
    return gpd.GeoDataFrame(zones.join(counted), crs=zones.crs)
