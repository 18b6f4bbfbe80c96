"""The map of what several plans agree on: schools and pairs of neighbours by how settled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import folium
import geopandas as gpd
import shapely

from cluster_geo.alternatives import Agreement, contested
from cluster_geo.boundaries import layer_titles
from cluster_geo.county import County
from cluster_geo.geometry import BRITISH_NATIONAL_GRID
from cluster_geo.maps import features as draw
from cluster_geo.maps.backdrop import add_backdrop
from cluster_geo.maps.facts import whole
from cluster_geo.maps.leaflet import Start, add_layer, add_schools, empty_map
from cluster_geo.maps.selfcontained import self_contained
from cluster_geo.phrases import joined
from cluster_geo.plan import Plan, title_of
from cluster_geo.publish import OptionsPublication
from cluster_geo.publish.door import as_html
from cluster_geo.publish.settled import SAID, SHADES, agreement_note, shade
from cluster_geo.publish.templates import template_of, write_page
from cluster_geo.tables.areas import cluster_areas, lighter
from cluster_geo.tables.rows import rows_by_urn, rows_of
from cluster_geo.tables.sources import attributions

MOST_PAIRS = 12


@dataclass(frozen=True, eq=False)
class _View:
    """One set of plans that the map can show: the options, or the best plan under doubt.

    Parameters
    ----------
    title : str
        What the choice is called.
    what : str
        What each plan is called: "option" or "plan".
    agreed : Agreement
    named : bool
        Whether a reader knows the plans by name.
    """

    title: str
    what: str
    agreed: Agreement
    named: bool

    def of(self, share: float) -> str:
        """Say a share of the plans: "3 of 5 options"."""
        number = len(self.agreed.plans)
        return f"{round(share * number)} of {number} {self.what}s"


def write_settled(path: Path, published: OptionsPublication) -> Path:
    """Write the map of the settled and the contested as one HTML file; return its path.

    Where it is known what stays settled under doubt about the inputs, the map can show that
    instead.
    """
    return write_page(path, settled_page(published))


def settled_page(published: OptionsPublication) -> str:
    """Return the page as text; equal options give equal text."""
    county, found, doubted = published.county, published.found, published.doubted
    views = [_View("the options", "option", found.agreed, named=True)]
    if doubted is not None:
        views.append(_View("plans under doubt about the inputs", "plan", doubted, named=False))
    canvas = empty_map()
    backdrop, kinds = add_backdrop(county, canvas)
    canvas.add_child(
        Start(
            "startSettled",
            map=canvas,
            backdrop=backdrop,
            borders=[
                add_layer(
                    _border_features(county, option.plan), canvas, show=False, interactive=False
                )
                for option in found.options
            ],
            views=[_view_layers(view, county, canvas, show=view is views[0]) for view in views],
        )
    )
    return self_contained(
        canvas.get_root().render(),
        title=as_html(f"{published.edition.title}: what is settled"),
        body=_body(published, views, kinds),
        scripts=("settled.js",),
    )


def _view_layers(
    view: _View, county: County, canvas: folium.Map, *, show: bool
) -> dict[str, folium.GeoJson]:
    """Draw one set of plans; return its layers."""
    schools = add_schools(school_features(view, county), canvas, show=show)
    return {"pairs": add_layer(pair_features(view, county), canvas, show=show), "schools": schools}


def school_features(view: _View, county: County) -> draw.Features:
    """Return the schools as points shaded by how settled each is, with the clusters it is in."""
    facts = {}
    first = next(iter(view.agreed.plans.values()))
    for urn, row in rows_by_urn(view.agreed.schools).items():
        codes = Counter(row[name] for name in view.agreed.plans)
        facts[urn] = {
            "urn": urn,
            "name": row["name"],
            "phase": row["phase"],
            "phase_label": draw.PHASE_LABELS.get(row["phase"], row["phase"].capitalize()),
            "srp": False,
            "hub": False,
            "pupils": whole(county.schools.table["pupils"][urn]),
            "settled": row["settled"],
            "colour": shade(row["settled"]),
            "clusters": [
                [_cluster_words(code, first), _plan_words(view, row, code, number)]
                for code, number in sorted(codes.items(), key=lambda item: (-item[1], item[0]))
            ],
        }
    points = gpd.GeoDataFrame(geometry=county.schools.table.geometry.loc[list(facts)])
    return draw.collection(points, facts)


def _cluster_words(code: str, first: Plan) -> str:
    title = title_of(code, first.names)
    return title if title == code else f"{title} ({code})"


def _plan_words(view: _View, row: Mapping[str, Any], code: str, number: int) -> str:
    """Say which plans have a school in a cluster: "2 of 5 options: A, C"."""
    said = view.of(number / len(view.agreed.plans))
    if not view.named:
        return said
    return f"{said}: {joined([name for name in view.agreed.plans if row[name] == code])}"


def pair_features(view: _View, county: County) -> draw.Features:
    """Return lines between neighbours: those always together as one, each contested pair by itself.

    Pairs that no plan has together are left out.
    """
    points = county.schools.table.geometry
    pairs = view.agreed.pairs

    def line(row: Mapping[str, Any]) -> shapely.LineString:
        return shapely.LineString([points[row["urn"]], points[row["neighbour"]]])

    always = rows_of(pairs[pairs["together"] == 1.0])
    open_ = rows_of(pairs[(pairs["together"] > 0.0) & (pairs["together"] < 1.0)])
    lines = [shapely.MultiLineString([line(row) for row in always]), *map(line, open_)]
    facts = [{"together": 1.0, "said": ""}] + [
        {
            "together": row["together"],
            "said": f"{row['name']} and {row['neighbour_name']}: together in "
            f"{view.of(row['together'])}",
        }
        for row in open_
    ]
    frame = gpd.GeoDataFrame(geometry=lines, crs=BRITISH_NATIONAL_GRID)
    return draw.collection(frame, dict(enumerate(facts)))


def _border_features(county: County, plan: Plan) -> draw.Features:
    """Return the borders between a plan's clusters as one feature of lines, with their names."""
    areas = lighter(cluster_areas(county, plan), draw.AREA_DETAIL_M)
    lines = shapely.line_merge(shapely.union_all(shapely.boundary(areas.geometry.to_numpy())))
    labels = [
        {"name": title_of(code, plan.names), "code": code, "label": spot}
        for code, spot in zip(areas.index, draw.label_spots(areas), strict=True)
    ]
    frame = gpd.GeoDataFrame(geometry=[lines], crs=areas.crs)
    return draw.collection(frame, {0: {"labels": labels}})


def _body(published: OptionsPublication, views: list[_View], kinds: Sequence[str]) -> str:
    """Return the page's body around the map, as HTML."""
    county = published.county
    pupils = county.schools.table["pupils"]
    return template_of("cluster_geo.maps", "settled.html").render(
        edition=published.edition,
        options=published.found.options,
        kinds=kinds,
        views=[
            {
                "title": view.title,
                "what": view.what,
                "always": int((view.agreed.schools["settled"] == 1.0).sum()),
                "plans": len(view.agreed.plans),
                "note": agreement_note(len(view.agreed.plans), view.what),
                "missing": view.agreed.missing,
                "handful": _rows(view, contested(view.agreed.schools)),
                "others": _rows(view, contested(view.agreed.schools, len(county.urns))),
                "pairs": _pair_rows(view),
            }
            for view in views
        ],
        schools=len(county.urns),
        shades=[(colour, said) for (_, colour), said in zip(SHADES, SAID, strict=True)],
        pupils=lambda urn: whole(pupils[urn]),
        layers=list(layer_titles(county.layers).values()),
        attributions=attributions(county),
    )


def _rows(view: _View, schools: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - a table
    return [
        {"urn": urn, "said": view.of(row["settled"])} | row
        for urn, row in rows_by_urn(schools).items()
    ]


def _pair_rows(view: _View) -> list[dict[str, Any]]:
    """Return the most contested pairs, those nearest to half of the plans first."""
    pairs = view.agreed.pairs
    open_ = pairs[(pairs["together"] > 0.0) & (pairs["together"] < 1.0)].head(MOST_PAIRS)
    return [row | {"said": view.of(row["together"])} for row in rows_of(open_)]
