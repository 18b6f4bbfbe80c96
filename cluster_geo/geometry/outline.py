"""A rough outline of England and Wales: a point outside it is in the sea, swapped or mistyped."""

from __future__ import annotations

import numpy as np
import shapely

# Drawn by hand to 10 km, a little out to sea all round (Scilly and Holy Island are inside), as
# eastings and northings in km. It finds gross errors; a land layer finds the others.
_OUTLINE_KM = (
    (60, 0), (110, 40), (150, 60), (200, 110), (190, 190), (130, 200), (130, 220), (230, 280),
    (230, 300), (190, 310), (200, 400), (300, 410), (310, 440), (270, 510), (280, 540),
    (370, 650), (400, 670), (440, 640), (470, 550), (510, 530), (550, 460), (580, 370),
    (630, 360), (670, 330), (670, 280), (630, 200), (660, 180), (650, 130), (560, 80),
    (310, 60), (280, 10), (220, 30), (180, -10), (80, -10),
)  # fmt: skip
OUTLINE = shapely.Polygon([(1000.0 * x, 1000.0 * y) for x, y in _OUTLINE_KM])


def in_england_or_wales(easting: np.ndarray, northing: np.ndarray) -> np.ndarray:
    """Whether points lie within a rough outline of England and Wales.

    Parameters
    ----------
    easting, northing : ndarray
        Metres, EPSG:27700; NaN is outside.

    Returns
    -------
    ndarray of bool
    """
    known = ~(np.isnan(easting) | np.isnan(northing))
    inside = np.zeros(len(easting), dtype=bool)
    inside[known] = shapely.contains_xy(OUTLINE, easting[known], northing[known])
    return inside
