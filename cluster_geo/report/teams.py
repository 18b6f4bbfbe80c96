"""The page of a Team Around the Cluster: patches, visits, Areas and meeting places."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import geopandas as gpd
import shapely
from markupsafe import Markup
from shapely.geometry.base import BaseGeometry

from cluster_geo.publish.policy import with_policy
from cluster_geo.publish.teams import Role, TeamsPublication
from cluster_geo.publish.templates import TABLE_SCRIPTS, scripts_of, template_of, write_page
from cluster_geo.report import amounts
from cluster_geo.report.areas import area_rows
from cluster_geo.report.figures import Place, plan_map
from cluster_geo.report.surroundings import Surroundings
from cluster_geo.tables.areas import lighter
from cluster_geo.tables.by_area import WHOLE
from cluster_geo.tables.rows import rows_of
from cluster_geo.tables.sources import attributions

# Of metres: detail of a border that the map of patches does not show.
DETAIL_M = 150.0


def write_teams_page(path: Path, published: TeamsPublication) -> Path:
    """Write the page of a plan's roles; return its path."""
    return write_page(path, teams_page(published))


def teams_page(published: TeamsPublication) -> str:
    """Return the page as text; equal runs give equal text."""
    county = published.county
    around, clusters = Surroundings.of(county), _clusters(published)
    page = template_of("cluster_geo.report", "teams.html").render(
        edition=published.edition,
        unit=county.travel.unit,
        travel_method=county.travel.method,
        roles=[_role(published, role, around, clusters) for role in published.roles],
        areas=area_rows(published.areas),
        own=county.schools.own,
        meeting=rows_of(published.meeting),
        words=amounts,
        attributions=attributions(county),
        whole=WHOLE,
        scripts=scripts_of(*TABLE_SCRIPTS),
    )
    return with_policy(page)


def _role(
    published: TeamsPublication, role: Role, around: Surroundings, clusters: gpd.GeoDataFrame
) -> dict[str, Any]:
    return {
        "role": role,
        "map": _map(published, role, around, clusters),
        "patches": rows_of(role.patches.reset_index()),
        "shares": rows_of(role.shares.reset_index()),
        "by_area": None if role.by_area is None else rows_of(role.by_area.reset_index()),
        "costs": bool(role.shares["cost_gbp"].notna().any()),
        "can": bool(role.patches["can_make"].notna().any()),
    }


def _clusters(published: TeamsPublication) -> gpd.GeoDataFrame:
    """Return the areas of the clusters, of which the map shows the borders."""
    return lighter(published.parcels.areas(published.plan), DETAIL_M)


def _map(
    published: TeamsPublication, role: Role, around: Surroundings, clusters: gpd.GeoDataFrame
) -> Markup:
    areas, colours = published.ground(role)
    areas = lighter(areas, DETAIL_M)
    schools = published.county.schools
    place_of = dict(zip(schools.urns, schools.points, strict=True))
    bases = [place_of[int(urn)] for urn in role.patches["base_urn"]]

    def drawn(seen: BaseGeometry, place: Place, scale: float) -> tuple[list[str], list[str]]:
        below, above = around.drawn(seen, place, scale)
        lines = [*_borders(clusters, place, "border"), *_borders(areas, place, "patch")]
        return below, [*lines, *above, *_bases(bases, place)]

    title = (
        f"Map of the {len(areas):,} patches of {role.title}; the table of patches says the same."
    )
    return plan_map(published.county, areas, colours, drawn, title)


def _borders(areas: gpd.GeoDataFrame, place: Place, kind: str) -> list[str]:
    """Return the borders of areas as one path, which the page's style draws by its kind."""
    lines = shapely.get_parts(shapely.boundary(areas.geometry.to_numpy()))
    paths = []
    for line in lines:
        points = place(shapely.get_coordinates(line)).round(1)
        paths.append("M" + "L".join(f"{x:g} {y:g}" for x, y in points))
    return [f'<path d="{"".join(paths)}" class="{kind}"/>'] if paths else []


def _bases(points: list[Any], place: Place) -> list[str]:
    """Return a mark at the base of each patch."""
    spots = [place(point[None, :]).round(1)[0] for point in points]
    return [
        f'<rect x="{x - 4:g}" y="{y - 4:g}" width="8" height="8" class="base"/>' for x, y in spots
    ]
