"""The atlas, a page a cluster: its facts, its schools, its rules and its map."""

from __future__ import annotations

import re

import pytest

from tests.figures.county import WEIGHTS, ZONES
from tests.figures.said import (
    AREA,
    CLUSTERS,
    LAYERS,
    RULES,
    SIZE,
    TITLES,
    beside,
    in_miles,
    numbers,
    tenth,
    whole,
)

VENUES = {"BEX-02": "Corn Exchange"}


def listed(figures, code):
    """A cluster's schools as its page lists them: by phase, then by name."""
    rows = [figures.sums.rows[urn] for urn in CLUSTERS[code]]
    return sorted(rows, key=lambda row: (row.phase, row.name))


@pytest.mark.parametrize("code", CLUSTERS)
def test_the_facts_of_a_cluster(figures, report, code):
    """Each fact is the one it is called, of this cluster and no other."""
    members, unit = CLUSTERS[code], figures.unit
    told = figures.sums.measures(members)
    names = figures.sums.names(members, ZONES)
    needs = told["needs"].replace("|", ", ")
    srps = f"{told['srps']}: {needs}; places {whole(told['srp_places'])}"
    facts = {
        "Schools": f"{told['schools']}: {names['phases']}",
        "Pupils": f"{whole(told['pupils'])}; EHCP {whole(told['ehcp'])}, "
        f"SEN support {whole(told['sen_support'])}",
        "SRPs": srps if told["srps"] else "none",
        "Trusts": whole(told["trusts"]),
        "Central school": names["hub"],
        "Mean journey": in_miles(told["travel_mean"], unit),
        "Longest journey": f"{in_miles(told['travel_worst'], unit)}, {names['furthest']}",
        "Has neighbouring schools in": ", ".join(
            TITLES[other] for other in beside(figures, members)
        ),
    }
    facts |= {f"Mainly in, {LAYERS[x]}": names[f"main_{x}"] for x in ZONES}
    if code in VENUES:
        facts["Venue named by the planner"] = VENUES[code]
    page = report.one("article", id=f"cluster-{code}")
    assert page.one("dl").facts == facts
    assert page.one("h3").text == (code if TITLES[code] == code else f"{TITLES[code]} {code}")


@pytest.mark.parametrize("code", CLUSTERS)
def test_the_schools_of_a_cluster(figures, report, code):
    """Each with its own facts and its journey to the central school."""
    hub = figures.sums.hub(CLUSTERS[code])
    expected = [
        {
            "No.": str(number), "School": f"{row.name} {row.urn}", "Phase": row.phase,
            "District": f"{ZONES['district'][row.district]} Borough" if row.district else "",
            "Trust": f"Trust {row.trust}" if row.trust else "",
            "SRP": (row.needs or "").replace("|", ", "),
            f"To central school, {figures.unit}": "central school"
            if row.urn == hub
            else tenth(figures.sums.trip(row.urn, hub)),
        }
        for number, row in enumerate(listed(figures, code), start=1)
    ]  # fmt: skip
    assert report.table(f"Schools of {TITLES[code]}") == expected


@pytest.mark.parametrize("code", CLUSTERS)
def test_the_rules_on_a_cluster(figures, report, code):
    """What each adds to the score, and in whose words; what is kept in full is listed first."""
    scores = figures.sums.scores(CLUSTERS[code], WEIGHTS)
    page = report.one("article", id=f"cluster-{code}")
    first, *others = [li.text for li in page.one("ul", class_="verdicts").all("li")]
    for rule, title in RULES.items():
        lines = [x for x in others if x.startswith(f"{title}: ")]
        if not scores[rule]:
            assert lines == []
            assert title in first
            continue
        (line,) = lines
        assert numbers(line)[-1] == pytest.approx(scores[rule], abs=0.0501)
    journeys = next(x for x in others if x.startswith(RULES["travel"]))
    assert numbers(journeys)[0] == pytest.approx(scores["travel"], abs=0.006)
    broken = [numbers(li.text) for li in page.all("li", class_="broken")]
    assert broken == ([[9, 4, 8]] if code == "ALD-01" else [])
    assert (SIZE in first) == (code != "ALD-01")
    # What is shown alone adds nothing: the schools' own numbers are all its line has.
    shown = [numbers(x) for x in others if x.startswith(AREA)]
    outside = figures.sums.outside(CLUSTERS[code], "area")
    assert shown == ([list(map(float, outside))] if outside else [])


@pytest.mark.parametrize("code", CLUSTERS)
def test_the_map_of_a_cluster(figures, report, code):
    """Symbols tell phase, SRP and central school; lines run to that; the scale is true."""
    rows = listed(figures, code)
    picture = report.one("article", id=f"cluster-{code}").one("svg", class_="small-map")
    marks: dict[tuple[float, float], list[str]] = {}
    for use in picture.all("use"):
        spot = float(use.attributes["x"]), float(use.attributes["y"])
        marks.setdefault(spot, []).append(use.attributes["href"].removeprefix("#at-"))
    spots = dict(zip(sorted(CLUSTERS[code]), marks, strict=True))
    hub = figures.sums.hub(CLUSTERS[code])
    for row in rows:
        kinds = [row.phase, *["srp"] * (row.needs is not None), *["hub"] * (row.urn == hub)]
        assert marks[spots[row.urn]] == kinds
    (bar,) = picture.all("path", class_="scale")
    left, *_, right, _ = map(float, re.findall(r"[\d.]+", bar.attributes["d"]))
    (label,) = picture.all("text", class_="from")
    per_km = (right - left) / numbers(label.text)[0]
    for row in rows:
        x, y = spots[row.urn]
        assert x - spots[hub][0] == pytest.approx(
            per_km * (row.east - figures.sums.rows[hub].east), abs=0.3
        )
        assert spots[hub][1] - y == pytest.approx(
            per_km * (row.north - figures.sums.rows[hub].north), abs=0.3
        )
    (ways,) = picture.all("path", class_="way")
    ends = re.findall(r"M([\d.]+) ([\d.]+)L([\d.]+) ([\d.]+)", ways.attributes["d"])
    lines = {tuple(map(float, line)) for line in ends}
    assert lines == {(*spots[hub], *spots[row.urn]) for row in rows if row.urn != hub}
    for number, row in enumerate(rows, start=1):
        (text,) = [t for t in picture.all("text") if t.text == str(number)]
        x, y = float(text.attributes["x"]), float(text.attributes["y"])
        near = min(spots, key=lambda u: (spots[u][0] - x) ** 2 + (spots[u][1] - y + 3) ** 2)
        assert near == row.urn
    names = {t.text for t in picture.all("text", class_="beside")}
    assert names <= {TITLES[other] for other in CLUSTERS if other != code}
    fills = [path.attributes.get("fill") for path in picture.all("path")]
    own = figures.published.colours[code]
    assert fills.count(own) == 1
    assert set(fills) <= {own, "#eef1f4", None}


def test_the_map_of_the_plan(figures, report):
    """Every school is a dot in its place, and each code stands among its own schools."""
    picture = report.one("svg", class_="plan-map")
    dots = [(float(c.attributes["cx"]), float(c.attributes["cy"])) for c in picture.all("circle")]
    rows = list(figures.sums.rows.values())
    assert len(dots) == len(rows)
    scale = (dots[-1][0] - dots[0][0]) / (rows[-1].east - rows[0].east)
    for (x, y), row in zip(dots, rows, strict=True):
        assert x - dots[0][0] == pytest.approx(scale * (row.east - rows[0].east), abs=0.3)
        assert dots[0][1] - y == pytest.approx(scale * (row.north - rows[0].north), abs=0.3)
    codes = {}
    for text in picture.all("text"):
        x, y = float(text.attributes["x"]), float(text.attributes["y"]) - 3.5
        near = min(range(len(rows)), key=lambda k: (dots[k][0] - x) ** 2 + (dots[k][1] - y) ** 2)
        codes[text.text] = next(c for c, m in CLUSTERS.items() if rows[near].urn in m)
    assert codes == {code: code for code in CLUSTERS}
    fills = [path.attributes["fill"] for path in picture.all("path")]
    assert fills == [figures.published.colours[code] for code in sorted(CLUSTERS)]
