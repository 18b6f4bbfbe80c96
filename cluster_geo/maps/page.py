"""The map page: folium's layers, a panel beside them, one file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import folium
from branca.element import MacroElement
from folium.utilities import JsCode
from jinja2 import Template

from cluster_geo.county import County
from cluster_geo.maps import features as draw
from cluster_geo.maps.gaps import layers_outside
from cluster_geo.maps.panel import MapLayer, PanelLists, panel_lists, panel_pages
from cluster_geo.maps.selfcontained import self_contained
from cluster_geo.maps.tiles import Tiles
from cluster_geo.page.door import as_html
from cluster_geo.page.templates import write_page
from cluster_geo.plan import Plan
from cluster_geo.publication import Publication

SECONDARY_SIZE = 1.1


def write_map(path: Path, published: Publication, *, tiles: Tiles | None = None) -> Path:
    """Write the map of a plan as one HTML file that needs no network; return its path.

    Parameters
    ----------
    path : Path
    published : Publication
        With an audit the panel shows each rule's verdict on a cluster.
    tiles : Tiles, optional
        A background map from the web, which a reader may then ask for. Without it the page can
        ask the network for nothing; with it, it does not before a reader ticks the box.
    """
    return write_page(path, map_page(published, tiles=tiles))


def map_page(published: Publication, *, tiles: Tiles | None = None) -> str:
    """Return the map page as text; equal plans give equal text."""
    county, plan = published.county, published.plan
    lists = panel_lists(published)
    clusters = draw.area_features(published, published.colours)
    canvas = folium.Map(
        tiles=None, location=(0, 0), prefer_canvas=True, control_scale=True, zoom_snap=0.25
    )
    layers = _Layers(
        areas=_layer(clusters, canvas),
        schools=_school_layers(county, plan, lists, canvas),
        zones=[
            zone_layer(draw.zone_features(county.layers[layer.name]), canvas, layer)
            for layer in lists.drawn
        ],
        tiles=None if tiles is None else _tile_layer(tiles, canvas),
    )
    canvas.add_child(
        _Start(canvas, layers, county.travel.unit, [layer.title for layer in lists.layers])
    )
    before, after = panel_pages(published, clusters, lists, tiles)
    return self_contained(
        canvas.get_root().render(),
        title=as_html(f"{published.edition.title}: map"),
        before_map=before,
        after_map=after,
        images="" if tiles is None else tiles.origin,
    )


@dataclass(frozen=True)
class _Layers:
    """The layers of a map as folium made them."""

    areas: folium.GeoJson
    schools: list[folium.GeoJson]
    zones: list[folium.GeoJson]
    tiles: folium.TileLayer | None


def _layer(data: draw.Features, canvas: folium.Map, **options: Any) -> folium.GeoJson:  # noqa: ANN401 - Leaflet's
    layer = folium.GeoJson(data, control=False, **options)
    canvas.add_child(layer)
    return layer


def _school_layers(
    county: County, plan: Plan, lists: PanelLists, canvas: folium.Map
) -> list[folium.GeoJson]:
    """One layer for each phase, in the order of the panel's boxes; associates last."""
    symbol = JsCode("clusterMap.symbol")
    outside = layers_outside(county, plan)
    found = [
        draw.school_features(county, plan, phase, lists.indices, outside) for phase in lists.phases
    ]
    if len(county.schools.associates):
        found.append(draw.associate_features(county))
    return [_layer(data, canvas, point_to_layer=symbol) for data in found]


def zone_layer(data: draw.Features, canvas: folium.Map, layer: MapLayer) -> folium.GeoJson:
    """Lines, shown on request; they let clicks through to what lies below."""
    look = {"color": layer.colour, "weight": 2.5, "dash_array": layer.dashes}
    return _layer(data, canvas, show=False, interactive=False, **look)


def _tile_layer(tiles: Tiles, canvas: folium.Map) -> folium.TileLayer:
    """Tiles that no browser asks for before a reader does."""
    layer = folium.TileLayer(
        tiles.address, attr=str(as_html(tiles.attribution)), overlay=True, control=False, show=False
    )
    canvas.add_child(layer)
    return layer


class _Start(MacroElement):
    """The call that ties the layers to the panel, after all of them are made."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        clusterMap.start({
            map: {{ this.canvas.get_name() }},
            areas: {{ this.layers.areas.get_name() }},
            schools: [{% for layer in this.layers.schools %}{{ layer.get_name() }}, {% endfor %}],
            zones: [{% for layer in this.layers.zones %}{{ layer.get_name() }}, {% endfor %}],
            tiles: {{ this.layers.tiles.get_name() if this.layers.tiles else "null" }},
            sizes: {secondary: {{ this.secondary }} },
            words: {unit: {{ this.unit|tojson }}, layers: {{ this.titles|tojson }} },
        });
        {% endmacro %}
        """
    )

    def __init__(
        self, canvas: folium.Map, layers: _Layers, unit: str, titles: Sequence[str]
    ) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Start"
        self.canvas, self.layers = canvas, layers
        self.unit, self.secondary = str(as_html(unit)), SECONDARY_SIZE
        self.titles = [str(as_html(title)) for title in titles]
