"""Schools and their neighbours as spopt wants them."""

import geopandas as gpd
from libpysal.weights import W


def frame_and_weights(problem):
    """Return a frame with columns x, y (m) and schools (1), and binary weights."""
    x, y = problem["points"].T
    frame = gpd.GeoDataFrame(
        {"x": x, "y": y, "schools": 1}, geometry=gpd.points_from_xy(x, y), crs="EPSG:27700"
    )
    near = {i: [] for i in range(len(frame))}
    for a, b in problem["edges"].tolist():
        near[a].append(b)
        near[b].append(a)
    return frame, W(near, silence_warnings=True)
