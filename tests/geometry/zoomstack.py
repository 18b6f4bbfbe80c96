"""A file of context made by hand, with the layers and classes of OS Open Zoomstack."""

from pathlib import Path

import geopandas as gpd
from shapely.geometry import LineString, Point, box

from tests.ground import grid_shape

NONE = {"name": ""}
# Layers as that product has them: shapes in km east and north of the drawn towns' corner.
LAYERS = {
    "roads_national": [
        ("Motorway", LineString([(-5, 1), (12, 1)]), NONE),
        ("A Road", LineString([(1, -5), (1, 9)]), NONE),
        ("Primary", LineString([(2, -5), (2, 9)]), NONE),
    ],
    "roads_local": [("Local", LineString([(0, 0), (1, 1)]), NONE)],
    "rail": [
        ("Multi Track", LineString([(-5, 2), (12, 2)]), NONE),
        ("Tunnel", LineString([(-5, 3), (12, 3)]), NONE),
    ],
    "railway_stations": [("Railway Station", Point(0, 2), {"name": "Halt"})],
    "waterlines": [
        ("Regional", LineString([(-5, 0.5), (400, 0.5)]), NONE),
        ("MHW", LineString([(-5, 4), (12, 4)]), NONE),
    ],
    "surfacewater": [("Regional", box(5, 5, 7, 7), NONE)],
    "urban_areas": [("Regional", box(0, 0, 2, 2), NONE)],
    "greenspace": [("Public Park", box(0, 0, 1, 1), NONE)],
    "names": [
        ("Town", Point(1, 1), {"name1": "Overby"}),
        ("Village", Point(3, 1), {"name1": "Netherby"}),
        ("Landform", Point(4, 1), {"name1": "Hill of No One"}),
        ("City", Point(300, 1), {"name1": "Farfrom"}),
    ],
}


def write_zoomstack(path: Path) -> Path:
    """Write the layers as a GeoPackage; return its path."""
    for layer, rows in LAYERS.items():
        kinds, shapes, names = zip(*rows, strict=True)
        frame = gpd.GeoDataFrame(
            {"type": kinds} | {key: [name[key] for name in names] for key in names[0]},
            geometry=[grid_shape(shape) for shape in shapes],
            crs=27700,
        )
        frame.to_file(path, layer=layer, driver="GPKG")
    return path
