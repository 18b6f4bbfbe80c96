"""The map page: folium's layers, a panel beside them, one file."""

from __future__ import annotations

from pathlib import Path

import folium

from cluster_geo.county import County
from cluster_geo.maps import features as draw
from cluster_geo.maps.backdrop import add_backdrop
from cluster_geo.maps.gaps import layers_outside
from cluster_geo.maps.leaflet import Data, Start, add_layer, add_schools, empty_map
from cluster_geo.maps.live import Live
from cluster_geo.maps.money import shadings
from cluster_geo.maps.panel import MapLayer, PanelLists, panel, panel_lists
from cluster_geo.maps.pathways import ways_of
from cluster_geo.maps.selfcontained import self_contained
from cluster_geo.maps.tiles import Tiles
from cluster_geo.publish import Publication
from cluster_geo.publish.door import as_html
from cluster_geo.publish.templates import write_page

SCRIPTS = (
    "gaps.js",
    "pathways.js",
    "drawing.js",
    "choosing.js",
    "switches.js",
    "address.js",
    "tables.js",
    "table.js",
    "money.js",
    "map.js",
)


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


def map_page(
    published: Publication, *, tiles: Tiles | None = None, live: Live | None = None
) -> str:
    """Return the map page as text; equal plans give equal text.

    Parameters
    ----------
    published : Publication
    tiles : Tiles, optional
        As for `write_map`.
    live : Live, optional
        What the page has besides, where its plan changes while one looks at it.
    """
    county, lists = published.county, panel_lists(published)
    if live is None:
        clusters = draw.area_features(published, published.colours)
    else:
        clusters = draw.area_features(published, live.colours, live.shapes)
    # The shares are those of a whole plan; one that changes while one looks at it is not shaded.
    money = [] if live is not None else shadings(published)
    canvas = empty_map()
    backdrop, kinds = add_backdrop(county, canvas)
    canvas.add_child(
        Start(
            "start",
            map=canvas,
            backdrop=backdrop,
            areas=add_layer(clusters, canvas),
            schools=[add_schools(data, canvas) for data in _schools(published, lists)],
            zones=[zone_layer(county, layer, canvas) for layer in lists.drawn],
            tiles=None if tiles is None else _tile_layer(tiles, canvas),
            words={"unit": county.travel.unit, "layers": [layer.title for layer in lists.layers]},
            live=None if live is None else Data(live.begun),
            money=[Data(one.colours) for one in money],
        )
    )
    return self_contained(
        canvas.get_root().render(),
        title=as_html(f"{published.edition.title}: map"),
        body=panel(published, clusters, lists, tiles, kinds=kinds, live=live, money=money),
        scripts=SCRIPTS if live is None else (*SCRIPTS, "live.js"),
        images="" if tiles is None else tiles.origin,
        more=live,
    )


def _schools(published: Publication, lists: PanelLists) -> list[draw.Features]:
    """Return the schools of each phase, in the order of the panel's boxes; associates last."""
    county, plan = published.county, published.plan
    outside, ways = layers_outside(county, plan), ways_of(published)
    found = [
        draw.school_features(county, plan, phase, lists.indices, outside, ways)
        for phase in lists.phases
    ]
    return [*found, draw.associate_features(county)] if len(county.schools.associates) else found


def zone_layer(county: County, layer: MapLayer, canvas: folium.Map) -> folium.GeoJson:
    """Lines, shown on request; they let clicks through to what lies below."""
    look = {"color": layer.colour, "weight": 2.5, "dash_array": layer.dashes}
    zones = draw.zone_features(county.layers[layer.name])
    return add_layer(zones, canvas, show=False, interactive=False, **look)


def _tile_layer(tiles: Tiles, canvas: folium.Map) -> folium.TileLayer:
    """Tiles that no browser asks for before a reader does."""
    layer = folium.TileLayer(
        tiles.address, attr=str(as_html(tiles.attribution)), overlay=True, control=False, show=False
    )
    canvas.add_child(layer)
    return layer
