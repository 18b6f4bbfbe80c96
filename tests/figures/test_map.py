"""Every figure that the map's page holds: of areas, schools, zones, and in its panel."""

from __future__ import annotations

import re
from dataclasses import replace

import geopandas as gpd
import numpy as np
import pytest
from shapely.geometry import Point, shape

from cluster_geo.maps import map_page
from cluster_geo.maps.panel import panel_lists
from tests.figures.county import SHAPES, URNS, ZONES
from tests.figures.drawn import facts_of, layers_of
from tests.figures.mapped import NEEDS, PHASES, TRUSTS, cluster, outside, school, verdicts
from tests.figures.pages import Page
from tests.figures.said import CLUSTERS, LAYERS, RULES, TITLES, code_of, hubs, numbers
from tests.worlds import ORIGIN


@pytest.fixture(scope="module")
def layers(map_text):
    """Areas, schools of each phase, associated settings, then the zones that are drawn."""
    ground, *others = layers_of(map_text)
    assert [facts["kind"] for facts in facts_of(ground)] == ["own"]
    return others


@pytest.fixture(scope="module")
def panel(map_text) -> Page:
    return Page.of(map_text)


def km(lon: float, lat: float) -> tuple[float, float]:
    """East and north of the county's corner, in km."""
    (point,) = gpd.GeoSeries([Point(lon, lat)], crs=4326).to_crs(27700)
    return (point.x - ORIGIN[0]) / 1000, (point.y - ORIGIN[1]) / 1000


def test_the_facts_of_each_cluster(minutes, layers):
    """Each fact that the panel shows, under its own name, and none from another cluster."""
    for facts, code in zip(facts_of(layers[0]), CLUSTERS, strict=True):
        rules = facts.pop("rules")
        assert facts.pop("colour") == minutes.published.colours[code]
        lat, lon = facts.pop("label")
        x, y = km(lon, lat)
        assert nearest(minutes, x, y) in CLUSTERS[code]
        assert facts == cluster(minutes, code)
        told = {title: (verdict, words) for title, verdict, words in rules}
        for title, added in verdicts(minutes, code).items():
            verdict, words = told.pop(title)
            if added is True or added is False:
                assert verdict == ("met" if added else "broken")
            else:
                assert numbers(verdict) == ([pytest.approx(added, abs=0.051)] if added else [])
            if title == RULES["travel"]:
                assert numbers(words)[0] == pytest.approx(added, abs=0.006)
        assert told == {}


def nearest(figures, x, y) -> int:
    """The school nearest to a place."""
    rows = figures.sums.rows.values()
    return min(rows, key=lambda row: np.hypot(row.east - x, row.north - y)).urn


def test_each_area_holds_its_schools(minutes, layers):
    """The shape drawn with a cluster's facts is that of its own schools."""
    for feature in layers[0]:
        area = shape(feature["geometry"]).buffer(1e-3)
        code = feature["properties"]["code"]
        points = minutes.county.schools.table.geometry.to_crs(4326)
        assert {u for u in URNS if area.contains(points[u])} >= set(CLUSTERS[code])


def test_the_facts_of_each_school(minutes, layers):
    """Each in the layer of its phase, at its own place; what is not known is not there."""
    for phase, layer in zip(PHASES, layers[1:4], strict=True):
        rows = [row for row in minutes.sums.rows.values() if row.phase == phase]
        found = facts_of(layer)
        assert [facts.pop("ways", []) for facts in found] == [ways_on(minutes, r) for r in rows]
        assert found == [school(minutes, row) for row in rows]
        for feature, row in zip(layer, rows, strict=True):
            assert km(*feature["geometry"]["coordinates"]) == pytest.approx(
                (row.east, row.north), abs=0.002
            )
    (special,) = facts_of(layers[4])
    assert special == {
        "urn": 900_001, "name": "Special", "phase": "associate", "phase_label": "Special",
        "srp": False, "hub": False,
    }  # fmt: skip


def ways_on(figures, row):
    """Each need of a primary SRP: in its cluster, at the school itself, or none, to the nearest."""
    found = []
    for need in sorted((row.needs or "").split("|")):
        if not need or "primary" not in row.phases:
            continue
        goals = sorted(
            (
                other.urn
                for other in figures.sums.rows.values()
                if "secondary" in other.phases and need in (other.needs or "").split("|")
            ),
            key=lambda goal: figures.sums.trip(row.urn, goal),
        )
        here = [goal for goal in goals if code_of(goal) == code_of(row.urn)]
        if row.urn in goals:
            found.append([need, "school", row.urn])
        elif here:
            found.append([need, "cluster", here[0]])
        else:
            found.append([need, "none", goals[0] if goals else None])
    return found


def test_the_zones_are_named_in_their_own_ground(layers):
    """One layer for each that has shapes; each name stands inside the zone of that name."""
    for layer, (name, shapes) in zip(layers[5:], SHAPES.items(), strict=True):
        ((facts,),) = [facts_of(layer)]
        assert {label["name"] for label in facts["labels"]} == set(ZONES[name].values())
        for label in facts["labels"]:
            code = next(c for c, title in ZONES[name].items() if title == label["name"])
            assert shapes[code].contains(Point(km(*reversed(label["label"]))))


def test_the_call_that_starts_the_page(map_text):
    """Ground, areas, schools and zones are handed over as what they are, with the unit of journeys."""
    call = re.search(r"clusterMap\.start\((.*)\);", map_text)[1]
    added = re.findall(r"(geo_json_\d+)_add\(\{", map_text)
    ground, areas, *others = added
    assert f"ground: {{layer: {ground}, sea: false}}," in call
    assert f"areas: {areas}," in call
    assert f"schools: [{', '.join(others[:4])}]" in call
    assert f"zones: [{', '.join(others[4:])}]" in call
    assert 'words: {unit: "minutes", layers: ["District", "Area", "PCN"]}' in call


def test_the_counts_beside_the_boxes(minutes, panel):
    """Schools of each phase, with an SRP; central schools; schools outside, layer by layer."""
    counts = {
        label.one("input").attributes["id"]: [small.text for small in label.all("small")]
        for label in panel.all("label")
        if label.all("input", type="checkbox")
    }
    rows = minutes.sums.rows.values()
    for k, phase in enumerate(PHASES):
        assert counts[f"show-schools-{k}"] == [str(sum(row.phase == phase for row in rows))]
    assert counts["show-schools-3"] == ["1"]
    assert counts["show-srp"] == [str(sum(row.needs is not None for row in rows))]
    assert counts["show-hub"] == [str(len(CLUSTERS))]
    assert counts["show-no-srp"] == ["1"]
    for k, layer in enumerate(ZONES):
        strays = sum(len(minutes.sums.outside(m, layer)) for m in CLUSTERS.values())
        assert counts[f"show-outside-{k}"] == [str(strays)]
        assert sum(k in outside(minutes, urn) for urn in URNS) == strays
    labels = {x.one("input").attributes["id"]: x.text for x in panel.all("label") if x.all("input")}
    for k, title in enumerate(LAYERS.values()):
        assert title in labels[f"show-outside-{k}"]
    assert [LAYERS[name] for name in SHAPES] == [labels[f"show-zones-{k}"] for k in range(2)]


def test_what_counts_as_far(minutes, panel):
    """Nine journeys in ten stay within it; the central schools' own do not count."""
    trips = [minutes.sums.trip(u, hub) for u, hub in hubs(minutes).items() if u != hub]
    ordered = sorted(trips)
    at = 0.9 * (len(ordered) - 1)
    low = ordered[int(at)]
    usual = low + (at - int(at)) * (ordered[int(at) + 1] - low)
    assert panel.one("input", id="far-limit").attributes["value"] == str(int(np.ceil(usual)))


def test_the_lists_to_choose_from(panel):
    """Trusts of two or more schools by name, and the needs in order."""
    for name, expected in (("trust", [f"Trust {t}" for t in TRUSTS]), ("need", list(NEEDS))):
        options = panel.one("select", id=f"pick-{name}").all("option")
        assert [option.text for option in options[1:]] == expected
        assert [option.attributes["value"] for option in options[1:]] == [
            str(k) for k in range(len(expected))
        ]


def test_the_table_of_clusters(minutes, panel):
    """Primary, secondary and all-through schools apart; mean journey, then the longest."""
    (table,) = panel.all("table", class_="clusters")
    head, *rows = table.rows
    assert head == ["Cluster", "Schools", "P", "S", "A", "SRPs", "Mean", "Longest"]
    for row, code in zip(rows, CLUSTERS, strict=True):
        told = cluster(minutes, code)
        names = ("schools", "primary", "secondary", "all_through", "srps", "mean", "worst")
        assert row[1:] == [str(told[name]) for name in names]
        assert row[0] == (code if TITLES[code] == code else f"{TITLES[code]} {code}")
    buttons = [b.attributes["data-cluster"] for b in table.all("button")]
    assert buttons == list(CLUSTERS)
    fills = [rect.attributes["fill"] for rect in table.all("rect")]
    assert fills == [minutes.published.colours[code] for code in CLUSTERS]


def test_a_map_in_kilometres_shows_travel_and_not_the_line(figures):
    """Where both are kilometres only their lengths tell them apart."""
    _, areas, *schools = layers_of(map_page(figures.published))
    for facts in facts_of(areas):
        told = cluster(figures, facts["code"])
        assert (facts["mean"], facts["worst"]) == (told["mean"], told["worst"])
    for layer in schools[:3]:
        for facts in facts_of(layer):
            row = figures.sums.rows[facts["urn"]]
            assert facts["travel"] == school(figures, row)["travel"]


def test_clusters_without_an_srp_are_those_without_any(minutes):
    """A primary's SRP is one: with each school by itself, all but those with an SRP are without."""
    alone = minutes.published.rulebook.plan([[urn] for urn in URNS])
    lists = panel_lists(replace(minutes.published, plan=alone))
    rows = minutes.sums.rows.values()
    assert any(row.needs is not None and row.phase == "primary" for row in rows)
    assert lists.without_srp == sum(row.needs is None for row in rows)
