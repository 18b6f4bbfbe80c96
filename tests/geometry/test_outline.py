"""The rough outline of England and Wales."""

from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely

from cluster_geo.geometry import BRITISH_NATIONAL_GRID, in_england_or_wales
from cluster_geo.geometry.outline import OUTLINE


def test_places_and_gross_errors():
    """Carfax is in; the Channel, a swapped Maidstone, degrees and nothing at all are out."""
    easting = np.array([451_310.0, 640_000.0, 155_000.0, -1.26, np.nan])
    northing = np.array([206_150.0, 100_000.0, 575_000.0, 51.75, 1.0])
    assert in_england_or_wales(easting, northing).tolist() == [True, False, False, False, False]


@pytest.mark.real
def test_all_the_land_of_england_and_wales_is_inside(real_data: Path):
    """No district lies outside, by less than 3 km of sea."""
    path = real_data / "boundaries/Local_Authority_Districts_May_2024_Boundaries_UK_BUC.geojson"
    districts = pyogrio.read_dataframe(path).to_crs(BRITISH_NATIONAL_GRID)
    land = districts[districts["LAD24CD"].str[0].isin(["E", "W"])].union_all()
    assert shapely.contains(OUTLINE, land)
    assert OUTLINE.exterior.distance(land) > 3000
