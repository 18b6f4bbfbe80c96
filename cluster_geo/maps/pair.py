"""Two plans side by side: two maps that move in step, and what changes in tables below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import folium
from branca.element import MacroElement
from folium.utilities import JsCode
from jinja2 import Template

from cluster_geo.audience import require_fit
from cluster_geo.compare import Comparison, comparison_sentences, measure_titles
from cluster_geo.county import County
from cluster_geo.maps import features as draw
from cluster_geo.maps.page import SECONDARY_SIZE, zone_layer
from cluster_geo.maps.panel import MapLayer, map_layers
from cluster_geo.maps.selfcontained import PAIR_SCRIPTS, PAIR_STYLES, self_contained
from cluster_geo.page.colours import area_colours
from cluster_geo.page.door import as_html, harmless
from cluster_geo.page.edition import Edition
from cluster_geo.page.layers import layer_titles
from cluster_geo.page.rules import rule_title
from cluster_geo.page.templates import template_of, write_page
from cluster_geo.plan import Plan
from cluster_geo.publication import Publication
from cluster_geo.tables.rows import rows_by_urn, rows_of
from cluster_geo.tables.sources import attributions

NO_LISTS: dict[str, dict[str, int]] = {"trust": {}, "need": {}}


def write_pair(path: Path, comparison: Comparison, record: Mapping[str, Any] | None = None) -> Path:
    """Write two plans side by side as one HTML file that needs no network; return its path.

    Parameters
    ----------
    path : Path
    comparison : Comparison
    record : mapping, optional
        The scenario's record; its ``plan`` part gives the page its title.
    """
    return write_page(path, pair_page(comparison, record))


def pair_page(comparison: Comparison, record: Mapping[str, Any] | None = None) -> str:
    """Return the page of two maps as text; equal comparisons give equal text."""
    county, sides = comparison.county, (comparison.before, comparison.after)
    require_fit(county, record or {})
    edition = Edition.of(record or {}, county.schools.as_at)
    plans = [Publication.of(county, side.plan, record=record) for side in sides]
    colours = area_colours(*(published.areas for published in plans))
    words = _school_words(comparison)
    # Without the zoom's animation each map is where the other is at every moment.
    maps = [
        folium.Map(
            tiles=None, location=(0, 0), prefer_canvas=True, control_scale=True,
            zoom_snap=0.25, zoom_animation=False,
        )
        for _ in sides
    ]  # fmt: skip
    figure = maps[0].get_root()
    figure.add_child(maps[1])
    layers = [
        _side_layers(published, comparison, colours, words, canvas)
        for published, canvas in zip(plans, maps, strict=True)
    ]
    drawn = [layer for layer in map_layers(county) if layer.drawn]
    zones = [zone_layer(draw.zone_features(county.layers[z.name]), maps[0], z) for z in drawn]
    maps[1].add_child(_Start(maps, layers, zones, county.travel.unit))
    before, after = _pages(comparison, edition, county, drawn)
    return self_contained(
        figure.render(),
        title=as_html(f"{edition.title}: two plans compared"),
        before_map=before,
        after_map=after,
        scripts=PAIR_SCRIPTS,
        styles=PAIR_STYLES,
    )


@dataclass(frozen=True)
class _Layers:
    """The layers of one of the maps as folium made them."""

    areas: folium.GeoJson
    schools: list[folium.GeoJson]


def _side_layers(
    published: Publication,
    comparison: Comparison,
    colours: Mapping[str, str],
    words: Mapping[int, str],
    canvas: folium.Map,
) -> _Layers:
    county, plan = published.county, published.plan
    areas = draw.area_features(published, colours)
    changes = {row["cluster"]: row for row in rows_of(comparison.clusters.reset_index())}
    for feature in areas["features"]:
        row = changes[_plain_code(feature, plan)]
        feature["properties"] |= harmless({"change": row["change"], "said": change_words(row)})
    schools = [
        draw.school_features(county, plan, phase, NO_LISTS, {})
        for phase in draw.phases_of(county.schools.table["phase"])
    ]
    for feature in (feature for layer in schools for feature in layer["features"]):
        urn = feature["properties"]["urn"]
        if urn in words:
            feature["properties"]["move"] = as_html(words[urn])
    symbol = JsCode("clusterMap.symbol")
    return _Layers(
        _layer(areas, canvas), [_layer(data, canvas, point_to_layer=symbol) for data in schools]
    )


def _plain_code(feature: Mapping[str, Any], plan: Plan) -> str:
    """Return the code of an area's cluster before it passed the door."""
    code = feature["properties"]["code"]
    return next(label for label in plan.labels if as_html(label) == code)


def _layer(data: draw.Features, canvas: folium.Map, **options: Any) -> folium.GeoJson:  # noqa: ANN401 - Leaflet's
    layer = folium.GeoJson(data, control=False, **options)
    canvas.add_child(layer)
    return layer


def _school_words(comparison: Comparison) -> dict[int, str]:
    """Return a sentence for each school that does not stay where it is, by URN."""
    return {urn: move_words(row) for urn, row in rows_by_urn(comparison.moves).items()}


def move_words(move: Mapping[str, Any]) -> str:
    """Return a school's move as a sentence."""
    old = _called(move["from_name"], move["from_cluster"])
    new = _called(move["to_name"], move["to_cluster"])
    if not old:
        return f"Only in the second plan, in {new}"
    if not new:
        return f"Only in the first plan, in {old}"
    return f"Moves from {old} to {new}"


def _called(name: str, code: str) -> str:
    return name if name == code else f"{name} ({code})"


def change_words(row: Mapping[str, Any]) -> str:
    """Return what happens to a cluster: "changed: 9 schools stay, 2 leave, 1 joins"."""
    if row["change"] == "unchanged":
        return "unchanged"
    counts = [
        f"{row['stay']} {'school stays' if row['stay'] == 1 else 'schools stay'}",
        f"{row['leave']} {'leaves' if row['leave'] == 1 else 'leave'}" if row["leave"] else "",
        f"{row['join']} {'joins' if row['join'] == 1 else 'join'}" if row["join"] else "",
    ]
    return f"{row['change']}: {', '.join(filter(None, counts))}"


def _pages(
    comparison: Comparison, edition: Edition, county: County, drawn: Sequence[MapLayer]
) -> tuple[str, str]:
    """Return the HTML before and after the two maps' own elements."""
    rules = layer_titles(county)
    titles = measure_titles(county.travel.unit)
    lists = [
        (which, side.title, [r for r in rows_of(side.names.reset_index()) if r["note"]])
        for which, side in (("first", comparison.before), ("second", comparison.after))
        if side.names is not None
    ]
    phases = draw.phases_of(county.schools.table["phase"])
    page = template_of("cluster_geo.maps", "pair.html").render(
        edition=edition,
        phases=[(phase, draw.PHASES_SAID.get(phase, phase)) for phase in phases],
        layers=drawn,
        before=comparison.before,
        after=comparison.after,
        sentences=comparison_sentences(comparison),
        moves=[row | {"urn": urn} for urn, row in rows_by_urn(comparison.moves).items()],
        clusters=[
            row | {"said": change_words(row)} for row in rows_of(comparison.clusters.reset_index())
        ],
        rules=[
            row | {"title": rule_title(row["rule"], rules)}
            for row in rows_of(comparison.rules.reset_index())
        ],
        measures=[
            row | {"title": titles[row["measure"]]}
            for row in rows_of(comparison.measures.reset_index())
        ],
        trusts=rows_of(comparison.trusts),
        lists=lists,
        unit=county.travel.unit,
        attributions=attributions(county),
    )
    before, _, after = page.partition("<!-- the maps -->")
    return before, after


class _Start(MacroElement):
    """The call that ties the two maps together, after all their layers are made."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        clusterMap.startPair({
            sides: [{% for canvas, layers in this.sides %}{
                map: {{ canvas.get_name() }},
                areas: {{ layers.areas.get_name() }},
                schools: [{% for layer in layers.schools %}{{ layer.get_name() }}, {% endfor %}],
            }, {% endfor %}],
            zones: [{% for layer in this.zones %}{{ layer.get_name() }}, {% endfor %}],
            sizes: {secondary: {{ this.secondary }} },
            words: {unit: {{ this.unit|tojson }} },
        });
        {% endmacro %}
        """
    )

    def __init__(
        self,
        maps: list[folium.Map],
        layers: list[_Layers],
        zones: list[folium.GeoJson],
        unit: str,
    ) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Start"
        self.sides, self.zones = list(zip(maps, layers, strict=True)), zones
        self.unit, self.secondary = str(as_html(unit)), SECONDARY_SIZE
