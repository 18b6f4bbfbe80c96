"""Two plans side by side: two maps that move in step, and what changes in tables below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import folium

from cluster_geo.compare import Comparison, comparison_sentences, decimals_of, measure_titles
from cluster_geo.maps import features as draw
from cluster_geo.maps.backdrop import add_backdrop
from cluster_geo.maps.leaflet import Start, add_layer, add_schools, empty_map
from cluster_geo.maps.page import zone_layer
from cluster_geo.maps.panel import MapLayer, map_layers
from cluster_geo.maps.selfcontained import self_contained
from cluster_geo.phrases import trust_name
from cluster_geo.plan import Plan
from cluster_geo.publish import Publication
from cluster_geo.publish.colours import area_colours
from cluster_geo.publish.door import as_html, harmless
from cluster_geo.publish.edition import Edition, edition_of
from cluster_geo.publish.templates import template_of, write_page
from cluster_geo.rounding import change
from cluster_geo.tables.rows import rows_by_urn, rows_of
from cluster_geo.tables.sources import attributions

NO_LISTS: dict[str, dict[str, int]] = {"trust": {}, "need": {}}


def write_pair(path: Path, comparison: Comparison) -> Path:
    """Write two plans side by side as one HTML file that needs no network; return its path."""
    return write_page(path, pair_page(comparison))


def pair_page(comparison: Comparison) -> str:
    """Return the page of two maps as text; equal comparisons give equal text."""
    county, edition = comparison.county, edition_of(comparison.disclosed)
    plans = [
        Publication(comparison.disclosed, side.plan)
        for side in (comparison.before, comparison.after)
    ]
    colours = pair_colours(*plans)
    words = _school_words(comparison)
    # Without the zoom's animation each map is where the other is at every moment.
    maps = [empty_map(zoom_animation=False) for _ in plans]
    backdrop, kinds = add_backdrop(county, maps[0])
    figure = maps[0].get_root()
    figure.add_child(maps[1])
    sides = [
        {"map": canvas, **_side_layers(published, comparison, colours, words, canvas)}
        for published, canvas in zip(plans, maps, strict=True)
    ]
    drawn = [layer for layer in map_layers(county) if layer.drawn]
    zones = [zone_layer(county, layer, maps[0]) for layer in drawn]
    maps[1].add_child(
        Start(
            "startPair",
            sides=sides,
            zones=zones,
            backdrop=backdrop,
            words={"unit": county.travel.unit},
        )
    )
    return self_contained(
        figure.render(),
        title=as_html(f"{edition.title}: two plans compared"),
        body=_body(comparison, edition, drawn, kinds),
        scripts=("pair.js",),
        styles=("pair.css",),
    )


def pair_colours(first: Publication, second: Publication) -> dict[str, str]:
    """Return one colour for each code of two plans: that of the first plan's own map.

    A cluster that only the second plan has keeps the colour that it has had there.
    """
    kept = (first.colours, second.plan.colours)
    return area_colours(first.areas, second.areas, kept=kept)


def _side_layers(
    published: Publication,
    comparison: Comparison,
    colours: Mapping[str, str],
    words: Mapping[int, str],
    canvas: folium.Map,
) -> dict[str, Any]:
    """Draw one of the plans; return its layers of areas and of schools."""
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
    return {
        "areas": add_layer(areas, canvas),
        "schools": [add_schools(data, canvas) for data in schools],
    }


def _plain_code(feature: Mapping[str, Any], plan: Plan) -> str:
    """Return the code of an area's cluster before it passed the door."""
    code = feature["properties"]["code"]
    return next(label for label in plan.labels if as_html(label) == code)


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


def _change(before: float | None, after: float | None, decimals: int) -> float | None:
    """Return a change such that the printed figures add up; None where one is not known."""
    return None if before is None or after is None else change(before, after, decimals)


def _body(
    comparison: Comparison, edition: Edition, drawn: Sequence[MapLayer], kinds: Sequence[str]
) -> str:
    """Return the page's body around the two maps, as HTML."""
    county = comparison.county
    rules = comparison.before.audit.titles
    titles = measure_titles(county.travel.unit, county.schools.own)
    lists = [
        (which, side.title, [r for r in rows_of(side.names.reset_index()) if r["note"]])
        for which, side in (("first", comparison.before), ("second", comparison.after))
        if side.names is not None
    ]
    phases = draw.phases_of(county.schools.table["phase"])
    return template_of("cluster_geo.maps", "pair.html").render(
        edition=edition,
        phases=[(phase, draw.PHASE_LABELS.get(phase, phase)) for phase in phases],
        layers=drawn,
        kinds=kinds,
        before=comparison.before,
        after=comparison.after,
        sentences=comparison_sentences(comparison),
        moves=[
            row | {"urn": urn, "trust": trust_name(row["trust"])}
            for urn, row in rows_by_urn(comparison.moves).items()
        ],
        clusters=[
            row | {"said": change_words(row)} for row in rows_of(comparison.clusters.reset_index())
        ],
        rules=[
            row
            | {"title": rules[row["rule"]]}
            | {"price_change": _change(row["price_before"], row["price_after"], 1)}
            for row in rows_of(comparison.rules.reset_index())
        ],
        measures=[
            row
            | {"title": titles[row["measure"]], "decimals": decimals_of(row["measure"])}
            | {"change": _change(row["before"], row["after"], decimals_of(row["measure"]))}
            for row in rows_of(comparison.measures.reset_index())
        ],
        trusts=[row | {"trust": trust_name(row["trust"])} for row in rows_of(comparison.trusts)],
        lists=lists,
        common=any(comparison.only),
        unit=county.travel.unit,
        attributions=attributions(county),
    )
