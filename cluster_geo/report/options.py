"""The page of several options: what sets them apart, what they agree on, what to talk about."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import shapely
from markupsafe import Markup

from cluster_geo.alternatives import contested
from cluster_geo.alternatives.outcome import OUTSIDE
from cluster_geo.boundaries import layer_title
from cluster_geo.publish import OptionsPublication
from cluster_geo.publish.door import as_html
from cluster_geo.publish.policy import with_policy
from cluster_geo.publish.settled import agreement_note, shade
from cluster_geo.publish.templates import TABLE_SCRIPTS, scripts_of, template_of, write_page
from cluster_geo.report import amounts
from cluster_geo.report.figures import figure
from cluster_geo.tables.ground import county_ground
from cluster_geo.tables.rows import rows_of
from cluster_geo.tables.sources import attributions

WIDTH, EDGE = 920, 20
MOST_NAMES = 12


def write_options_page(path: Path, published: OptionsPublication) -> Path:
    """Write the page of several options; return its path."""
    found, doubted = published.found, published.doubted
    layers = [str(c) for c in found.table if str(c).startswith(OUTSIDE)]
    page = template_of("cluster_geo.report", "options.html").render(
        edition=published.edition,
        options=found.table.reset_index().to_dict(orient="records"),
        names=list(found.differences.index),
        differences=found.differences.to_dict(orient="index"),
        layers={name: layer_title(name.removeprefix(OUTSIDE)) for name in layers},
        figure=settled_map(published),
        contested=_rows(contested(found.schools, MOST_NAMES)),
        always=int((found.schools["settled"] == 1.0).sum()),
        pairs_always=int((found.pairs["together"] == 1.0).sum()),
        pairs_never=int((found.pairs["together"] == 0.0).sum()),
        pairs=len(found.pairs),
        schools=len(found.schools),
        doubted=None if doubted is None else _rows(contested(doubted.schools, MOST_NAMES)),
        doubt_always=None if doubted is None else int((doubted.schools["settled"] == 1.0).sum()),
        doubt_plans=0 if doubted is None else len(doubted.plans),
        doubt_missing=0 if doubted is None else doubted.missing,
        kept=all(option.audit.kept for option in found.options),
        by_road=found.county.travel.unit == "km",
        note=agreement_note(len(found.options), "option"),
        statements=found.statements,
        attributions=attributions(found.county),
        unit=found.county.travel.unit,
        words=amounts,
        scripts=scripts_of(*TABLE_SCRIPTS),
    )
    return write_page(path, with_policy(page))


def _rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    return rows_of(table.reset_index())


def settled_map(published: OptionsPublication) -> Markup:
    """Return the schools, the more contested the darker; neighbours the options part are dashed."""
    county, found = published.county, published.found
    ground = county_ground(county).simplify(200.0)
    west, south, east, north = ground.bounds
    scale = (WIDTH - 2 * EDGE) / (east - west)
    height = round((north - south) * scale) + 2 * EDGE

    def place(points: np.ndarray) -> np.ndarray:
        across, down = (points[:, 0] - west) * scale, (north - points[:, 1]) * scale
        return (np.column_stack([across, down]) + EDGE).round(1)

    spots = dict(zip(county.urns, place(county.schools.points), strict=True))
    parts = [_ground(ground, place)]
    for a, b, share in zip(
        found.pairs["urn"], found.pairs["neighbour"], found.pairs["together"], strict=True
    ):
        if share == 0.0:
            continue
        (x, y), (u, v) = spots[a], spots[b]
        kind = "near" if share == 1.0 else "split"
        parts.append(f'<path d="M{x:g} {y:g}L{u:g} {v:g}" class="{kind}"/>')
    schools = found.schools.iloc[::-1]
    for urn, name, settled in zip(schools.index, schools["name"], schools["settled"], strict=True):
        x, y = spots[int(urn)]
        parts.append(
            f'<circle cx="{x:g}" cy="{y:g}" r="4.5" fill="{shade(settled)}">'
            f"<title>{as_html(name)}: {settled:.0%}</title></circle>"
        )
    title = "Map of how settled each school is; the table of contested schools says the same."
    return figure(parts, WIDTH, height, title, "settled-map")


def _ground(ground: shapely.Geometry, place: Any) -> str:  # noqa: ANN401 - the map's projection
    rings = []
    for polygon in shapely.get_parts(ground):
        points = place(shapely.get_coordinates(polygon.exterior))
        rings.append("M" + "L".join(f"{x:g} {y:g}" for x, y in points[:-1]) + "Z")
    return f'<path d="{"".join(rings)}" fill="#eef1f4"/>'
