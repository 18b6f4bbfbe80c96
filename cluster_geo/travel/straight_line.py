"""Travel as the straight-line distance times a factor for the length of roads."""

from __future__ import annotations

import numpy as np
from scipy.spatial.distance import pdist, squareform

from cluster_geo.schools import Schools
from cluster_geo.travel.table import Travel

# Roads are about 1.3 times as long as the straight line in England.
ROAD_FACTOR = 1.3


def straight_line_km(schools: Schools) -> np.ndarray:
    """Straight lines between every two schools in km, shape (schools, schools), symmetric."""
    return np.asarray(squareform(pdist(schools.points))) / 1000


def straight_line(schools: Schools, factor: float = ROAD_FACTOR) -> Travel:
    """Travel as the straight line times a factor.

    Parameters
    ----------
    schools : Schools
    factor : float
        Kilometres of road per kilometre of straight line.

    Returns
    -------
    Travel
        In km, symmetric.
    """
    return Travel(
        urns=schools.urns,
        matrix=straight_line_km(schools) * factor,
        method=f"Straight-line distance times {factor:g}, in km; water is ignored.",
    )
