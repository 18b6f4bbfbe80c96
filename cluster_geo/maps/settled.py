"""The map of what several plans agree on: schools and pairs of neighbours by how settled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import folium
import geopandas as gpd
import shapely
from branca.element import MacroElement
from folium.utilities import JsCode
from jinja2 import Template

from cluster_geo.alternatives import Agreement, Options, contested
from cluster_geo.audience import county_for
from cluster_geo.county import County
from cluster_geo.geometry import BRITISH_NATIONAL_GRID
from cluster_geo.maps import features as draw
from cluster_geo.maps.facts import whole
from cluster_geo.maps.page import SECONDARY_SIZE
from cluster_geo.maps.selfcontained import LEAFLET, SHARED, STYLES, self_contained
from cluster_geo.page.door import as_html
from cluster_geo.page.edition import Edition
from cluster_geo.page.layers import layer_titles
from cluster_geo.page.settled import SAID, SHADES, shade
from cluster_geo.page.templates import template_of, write_page
from cluster_geo.plan import Plan
from cluster_geo.tables.areas import cluster_areas, county_ground, lighter
from cluster_geo.tables.plans import title_of
from cluster_geo.tables.rows import rows_by_urn, rows_of
from cluster_geo.tables.sources import attributions

SCRIPTS = {f"{LEAFLET}.js": (*SHARED, "settled.js")}
GROUND_DETAIL_M = 100.0
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


def write_settled(
    path: Path, found: Options, *, record: Mapping[str, Any], doubted: Agreement | None = None
) -> Path:
    """Write the map of the settled and the contested as one HTML file; return its path.

    Parameters
    ----------
    path : Path
    found : Options
    record : mapping
        Of the scenario; its ``plan`` part gives title, version, status and date.
    doubted : Agreement, optional
        What stays settled under doubt about the inputs: the map can show that instead.
    """
    return write_page(path, settled_page(found, record, doubted))


def settled_page(
    found: Options, record: Mapping[str, Any], doubted: Agreement | None = None
) -> str:
    """Return the page as text; equal options give equal text."""
    county = county_for(found.county, record)
    views = [_View("the options", "option", found.agreed, named=True)]
    if doubted is not None:
        views.append(_View("plans under doubt about the inputs", "plan", doubted, named=False))
    canvas = folium.Map(
        tiles=None, location=(0, 0), prefer_canvas=True, control_scale=True, zoom_snap=0.25
    )
    layers = _Layers(
        ground=_layer(_ground_features(county), canvas, interactive=False),
        borders=[
            _layer(_border_features(county, option.plan), canvas, show=False, interactive=False)
            for option in found.options
        ],
        views=[
            _view_layers(view, county, canvas, show=not place) for place, view in enumerate(views)
        ],
    )
    canvas.add_child(_Start(canvas, layers))
    before, after = _panel(found, county, views, Edition.of(record, county.schools.as_at))
    return self_contained(
        canvas.get_root().render(),
        title=as_html(f"{Edition.of(record).title}: what is settled"),
        before_map=before,
        after_map=after,
        scripts=SCRIPTS,
        styles=STYLES,
    )


@dataclass(frozen=True)
class _Layers:
    """The layers of the map as folium made them; of each view the pairs, then the schools."""

    ground: folium.GeoJson
    borders: list[folium.GeoJson]
    views: list[tuple[folium.GeoJson, folium.GeoJson]]


def _layer(data: draw.Features, canvas: folium.Map, **options: Any) -> folium.GeoJson:  # noqa: ANN401 - Leaflet's
    layer = folium.GeoJson(data, control=False, **options)
    canvas.add_child(layer)
    return layer


def _view_layers(
    view: _View, county: County, canvas: folium.Map, *, show: bool
) -> tuple[folium.GeoJson, folium.GeoJson]:
    schools = _layer(
        school_features(view, county), canvas, show=show, point_to_layer=JsCode("clusterMap.symbol")
    )
    return _layer(pair_features(view, county), canvas, show=show), schools


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
            "phase_said": draw.PHASES_SAID.get(row["phase"], row["phase"].capitalize()),
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
    return f"{said}: {', '.join(name for name in view.agreed.plans if row[name] == code)}"


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


def _ground_features(county: County) -> draw.Features:
    ground = county_ground(county).simplify(GROUND_DETAIL_M)
    frame = gpd.GeoDataFrame(geometry=[ground], crs=BRITISH_NATIONAL_GRID)
    return draw.collection(frame, {0: {}})


def _panel(found: Options, county: County, views: list[_View], edition: Edition) -> tuple[str, str]:
    """Return the HTML before and after the map's own element."""
    pupils = county.schools.table["pupils"]
    page = template_of("cluster_geo.maps", "settled.html").render(
        edition=edition,
        options=found.options,
        views=[
            {
                "title": view.title,
                "what": view.what,
                "always": int((view.agreed.schools["settled"] == 1.0).sum()),
                "handful": _told(view, contested(view.agreed.schools)),
                "others": _told(view, contested(view.agreed.schools, len(county.urns))),
                "pairs": _pairs_told(view),
            }
            for view in views
        ],
        schools=len(county.urns),
        shades=[(colour, said) for (_, colour), said in zip(SHADES, SAID, strict=True)],
        pupils=lambda urn: whole(pupils[urn]),
        layers=list(layer_titles(county).values()),
        attributions=attributions(county),
    )
    before, _, after = page.partition("<!-- the map -->")
    return before, after


def _told(view: _View, schools: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - a table
    return [
        {"urn": urn, "said": view.of(row["settled"])} | row
        for urn, row in rows_by_urn(schools).items()
    ]


def _pairs_told(view: _View) -> list[dict[str, Any]]:
    """Return the most contested pairs, those nearest to half of the plans first."""
    pairs = view.agreed.pairs
    open_ = pairs[(pairs["together"] > 0.0) & (pairs["together"] < 1.0)].head(MOST_PAIRS)
    return [row | {"said": view.of(row["together"])} for row in rows_of(open_)]


class _Start(MacroElement):
    """The call that ties the layers to the panel, after all of them are made."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        clusterMap.startSettled({
            map: {{ this.canvas.get_name() }},
            ground: {{ this.layers.ground.get_name() }},
            borders: [{% for layer in this.layers.borders %}{{ layer.get_name() }}, {% endfor %}],
            views: [{% for pairs, schools in this.layers.views %}{
                pairs: {{ pairs.get_name() }}, schools: {{ schools.get_name() }},
            }, {% endfor %}],
            sizes: {secondary: {{ this.secondary }} },
        });
        {% endmacro %}
        """
    )

    def __init__(self, canvas: folium.Map, layers: _Layers) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Start"
        self.canvas, self.layers, self.secondary = canvas, layers, SECONDARY_SIZE
