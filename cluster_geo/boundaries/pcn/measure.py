"""How often two ways of drawing PCNs agree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from cluster_geo.boundaries.pcn.areas import PcnAreas
from cluster_geo.boundaries.pcn.practices import Points
from cluster_geo.boundaries.placing import place_schools
from cluster_geo.schools import Schools
from cluster_geo.schools.headings import Synonyms, read_list

REFERENCE_COLUMNS: Synonyms = {
    "lsoa": {"lsoacode", "lsoa11code", "lsoa21code", "lsoa11cd", "lsoa21cd"},
    "pcn": {"pcncode"},
}


@dataclass(frozen=True, slots=True)
class SameShare:
    """How often two ways give the same PCN.

    Parameters
    ----------
    same, of : float
        Number that agree, and number compared: LSOAs, schools or patients.
    what : str
        What is counted.
    """

    same: float
    of: float
    what: str

    @property
    def share(self) -> float:
        """Share that agrees, NaN where nothing could be compared."""
        return self.same / self.of if self.of else float("nan")

    def __str__(self) -> str:
        return f"{self.same:,.0f} of {self.of:,.0f} {self.what} ({self.share:.1%})"


def read_reference(path: str | Path) -> pd.Series:
    """Read a table with the PCN of each LSOA.

    Parameters
    ----------
    path : path
        CSV with columns such as LSOA21CD and PCN Code.

    Returns
    -------
    Series
        PCN by LSOA.

    Raises
    ------
    InputError
    """
    frame, _ = read_list(path, REFERENCE_COLUMNS, {"lsoa": "the LSOA", "pcn": "its PCN's code"})
    return frame.drop_duplicates("lsoa").set_index("lsoa")["pcn"]


def compare_lsoas(areas: PcnAreas, reference: pd.Series) -> SameShare:
    """Count the LSOAs that have the same PCN as in a reference."""
    both = areas.lsoas["pcn_code"].to_frame().join(reference.rename("reference"), how="inner")
    return SameShare(int((both["pcn_code"] == both["reference"]).sum()), len(both), "LSOAs")


def nearest_by_patients(areas: PcnAreas, points: Points, middles: np.ndarray) -> SameShare:
    """Count the patients who live where the nearest point belongs to the PCN of the area.

    Parameters
    ----------
    areas : PcnAreas
        By patients.
    points : Points
    middles : ndarray, shape (LSOAs, 2)
        A point inside each LSOA of `areas.lsoas`, metres.
    """
    right = points.nearest(middles) == areas.lsoas["pcn_code"].to_numpy()
    living = (
        areas.lsoas["patients"] / areas.lsoas["share"].where(areas.lsoas["share"] > 0)
    ).fillna(0.0)
    return SameShare(float(living[right].sum()), float(living.sum()), "patients")


def pcn_of_schools(areas: PcnAreas, schools: Schools) -> Mapping[int, str]:
    """Return the PCN whose area each school lies in, by URN; one in none is absent."""
    return place_schools(areas.zones, schools).zone_of


def nearest_by_schools(areas: PcnAreas, points: Points, schools: Schools) -> SameShare:
    """Count the schools whose nearest point belongs to the PCN in whose area they lie."""
    by_area = pcn_of_schools(areas, schools)
    near = dict(zip(schools.urns, points.nearest(schools.points), strict=True))
    return SameShare(sum(near[urn] == pcn for urn, pcn in by_area.items()), len(by_area), "schools")


def compare_schools(areas: PcnAreas, schools: Schools, reference: pd.Series) -> SameShare:
    """Count the schools that lie in the PCN that a reference gives for their LSOA.

    For areas that are not made of LSOAs. Schools whose LSOA is not known, or not in the
    reference, are not counted.
    """
    expected = schools.table["lsoa_code"].map(reference).dropna()
    by_area = pcn_of_schools(areas, schools)
    urns = expected.index.to_numpy(dtype=int).tolist()
    same = sum(by_area.get(urn) == pcn for urn, pcn in zip(urns, expected, strict=True))
    return SameShare(same, len(expected), "schools")
