"""Every figure of the report's first pages, against sums in plain Python."""

from __future__ import annotations

import math
import re
from collections import Counter

from cluster_geo.glossary import KINDS, TRUSTS_SPREAD
from tests.figures.county import URNS, WEIGHTS, ZONES, make_result
from tests.figures.said import (
    AREA,
    CLUSTERS,
    LAYERS,
    RULES,
    SIZE,
    TITLES,
    called,
    code_of,
    hubs,
    in_miles,
    journey,
    numbers,
    reason,
    tenth,
    whole,
)


def test_the_summary(figures, report):
    """Schools, clusters, journeys over the schools, clusters with an SRP, pieces of trusts."""
    totals, unit = figures.sums.totals(list(CLUSTERS.values()), 8), figures.unit
    summary = report.section("summary")
    pieces = totals["trust_pieces"]
    assert summary.all("dl")[0].facts == {
        "Mean journey to the central school": in_miles(totals["travel_mean"], unit),
        "Longest journey": in_miles(totals["travel_worst"], unit),
        "Clusters with a specialist resource provision (SRP)": "3 of 4",
        TRUSTS_SPREAD: f"{pieces} fewest possible {pieces - 6}",
    }
    assert numbers(summary.one("p", class_="lead").text) == [27, 4, 5, 9]
    told = {
        word: re.search(rf"{word} ([\d,]+\.\d)\b", summary.text)[1]
        for word in ("below", "scores", "at most")
    }
    # The distance, 5.14 %, is rounded up, and the bound, 770.75, down: neither may say more than
    # is proven.
    assert told == {"below": "770.7", "scores": "812.5", "at most": "5.2"}
    assert "1,234 seconds" in summary.text
    (broken,) = summary.one("div", class_="warning").all("li")
    assert "Alder" in broken.text
    assert numbers(broken.text) == [9, 4, 8]


# A cluster that has no provision has no places: that is known, and is not "not known".
NO_SRP = ("0", "0", "0", "none", "none", "none")


def phases_once(figures, rows):
    """The cells of a table that counts schools by phase: each school once."""
    counts = map(str, figures.sums.by_phase(rows))
    return dict(zip(("Primary", "Secondary", "All-through"), counts, strict=True))


def test_the_table_of_clusters(figures, report):
    """Each column is the one its heading names."""
    rows, unit = report.table("Table of clusters"), figures.unit
    venue = {"BEX-02": " venue named: Corn Exchange"}
    for row, (code, members) in zip(rows, CLUSTERS.items(), strict=True):
        told = figures.sums.measures(members)
        title = TITLES[code] if TITLES[code] == code else f"{TITLES[code]} {code}"
        hub = figures.sums.rows[figures.sums.hub(members)].name
        assert row == {
            "Cluster": title,
            "Schools": whole(told["schools"]),
            **phases_once(figures, [figures.sums.rows[urn] for urn in members]),
            "SRPs": whole(told["srps"]),
            "Trusts": whole(told["trusts"]),
            "Pupils": whole(told["pupils"]),
            f"Mean journey, {unit}": tenth(told["travel_mean"]),
            f"Longest, {unit}": tenth(told["travel_worst"]),
            "Central school": hub + venue.get(code, ""),
        }


def test_what_each_rule_adds(figures, report):
    """The score of each rule over the plan, in how many clusters it counts, and their sum."""
    scores = [figures.sums.scores(members, WEIGHTS) for members in CLUSTERS.values()]
    *rows, last = report.named_rows("Table of rules")
    found = {row["Rule"]: row for _, row in rows}
    trusts = Counter(row.trust for row in figures.sums.rows.values() if row.trust)
    for rule, title in RULES.items():
        added = [row[rule] for row in scores]
        touched = sum(score > 0 for score in added)
        assert found[title]["Kind"] == KINDS["priced"]
        # Of what trusts add, the clusters that they need by their sizes are in every plan.
        fewest = sum(math.ceil(n / 8) for n in trusts.values() if n > 1)
        unavoidable = [WEIGHTS["trusts"] * fewest, fewest] if rule == "trusts" else []
        shown = [touched, 4] if touched else []
        assert numbers(found[title]["In this plan"]) == [*shown, *unavoidable]
        assert found[title]["Adds to the score"] == tenth(sum(added))
    assert found[AREA]["Kind"] == KINDS["shown"]
    assert numbers(found[AREA]["In this plan"]) == [3, 4]
    assert found[AREA]["Adds to the score"] == ""
    assert (found[SIZE]["Kind"], found[SIZE]["In this plan"]) == (KINDS["hard"], "broken in 1")
    assert [row["Rule"] for kind, row in rows if kind == "broken"] == [SIZE]
    assert len(found) == len(RULES) + 3
    total = math.fsum(score for row in scores for score in row.values())
    assert (last[0], last[1]["Adds to the score"]) == ("total", tenth(total))
    weights = dict(report.section("rules").one("details").one("table").rows[1:])
    chosen = {"trusts": "3.25", "district": "1.5", "srp": "5.5", "balance.pupils": "0.0625"}
    assert weights == {RULES[rule]: weight for rule, weight in chosen.items()}


def test_provision_by_place_and_need(figures, report):
    """Of each district and each cluster, then of the whole plan; and school by school."""
    districts = {
        ZONES["district"][code]: [u for u, r in figures.sums.rows.items() if r.district == code]
        for code in sorted(ZONES["district"], key=ZONES["district"].get)
    }
    clusters = {TITLES[code]: members for code, members in CLUSTERS.items()}
    for label, heading, groups in (
        ("SRPs by district", "District", districts),
        ("SRPs by cluster", "Cluster", clusters),
    ):
        expected = [
            (name, need, *(map(whole, counts) if need != "no SRP" else NO_SRP))
            for name, group in {**groups, "Whole plan": URNS}.items()
            for need, counts in figures.sums.provision(group).items()
        ]
        names = ("Need", "Primary SRPs", "Secondary SRPs", "All-through SRPs", "Places", "On roll")
        names += ("Spare",)
        found = [tuple(row[name] for name in (heading, *names)) for row in report.table(label)]
        assert found == expected
        classes = [kind for kind, row in report.named_rows(label) if row[heading] == "Whole plan"]
        assert classes == ["total", *["part"] * (len(classes) - 1)]
    rows = [row for row in figures.sums.rows.values() if row.needs is not None]
    for told, row in zip(report.table("Schools with an SRP"), rows, strict=True):
        ((_, (*_, places, on_roll, spare)), *_) = figures.sums.provision([row.urn]).items()
        borough = f"{ZONES['district'][row.district]} Borough"
        assert told == {
            "School": called(figures, row.urn), "Cluster": TITLES[code_of(row.urn)],
            "District": borough, "Phase": row.phase,
            "Needs": ", ".join(sorted(row.needs.split("|"))),
            "Places": whole(places), "On roll": whole(on_roll), "Spare": whole(spare),
        }  # fmt: skip
    assert numbers(report.section("srps").all("p")[0].text)[0] == 8


def test_provision_gaps(figures, report):
    """Clusters without an SRP, ways on, and the ten schools farthest from one, farthest first."""
    sums, section = figures.sums, report.section("provision-gaps")
    assert "1 cluster of 4: CRA-05 (CRA-05)" in section.text
    far = sorted(URNS, key=lambda urn: -sums.reach(urn))[:10]
    name = f"Journey, {figures.unit}"
    assert report.table("Schools farthest from an SRP") == [
        {"School": called(figures, u), "Cluster": TITLES[code_of(u)], name: tenth(sums.reach(u))}
        for u in far
    ]
    for way in report.table("Ways on from primary SRPs"):
        start = next(u for u in URNS if called(figures, u) == way["Primary SRP"])
        ends = [u for u in URNS if called(figures, u) == way["Secondary SRP, or the nearest"]]
        if not ends:
            assert way["Secondary SRP, or the nearest"] == "none in the plan"
            assert (way["Way on"], way[name]) == ("no way on", "")
            continue
        assert way[name] == tenth(sums.trip(start, ends[0]))
        own = "at the same school" if start == ends[0] else "in the same cluster"
        kind = own if code_of(start) == code_of(ends[0]) else "no way on"
        assert way["Way on"] == kind
        ((_, (*_, places, _, spare)), *_) = sums.provision(ends).items()
        assert (way["Places"], way["Spare"]) == (whole(places), whole(spare))
    items = [li.text for li in section.all("li")]
    assert items == ["Marsham: VI", "Westmere: SLCN", "Alder: SLCN", "Dunmore: VI"]
    assert "SLCN, VI" in section.text


def test_the_table_of_trusts(figures, report):
    """Schools, clusters and the fewest by size alone, the most split trust first."""
    pieces = figures.sums.pieces(list(CLUSTERS.values()))
    rows = report.table("Table of trusts")
    assert [row["Trust"] for row in rows] == [f"Trust T{k}" for k in (1, 2, 7, 3)]
    for row in rows:
        schools, clusters = pieces[row["Trust"].removeprefix("Trust ")]
        assert (row["Schools"], row["Clusters"]) == (str(schools), str(clusters))
        assert row["Fewest possible"] == "1"
        assert row["Where"].count("(") == clusters


def test_equality_cluster_by_cluster_and_over_all(figures, report):
    """Each column is the one its heading names; the last row is over all schools."""
    unit = figures.unit
    headings = {
        "travel_mean": f"Mean journey, {unit}", "travel_worst": f"Longest journey, {unit}",
        "reach_mean": f"Mean to SRP, {unit}", "reach_worst": f"Longest to SRP, {unit}",
        "fsm_pct": "FSM, %", "idaci_quintile": "IDACI fifth", "deprived_pct": "In poorest fifth, %",
        "rural_pct": "Rural, %", "ehcp_pct": "EHCP, %", "sen_support_pct": "SEN support, %",
    }  # fmt: skip
    groups = {TITLES[code]: [members] for code, members in CLUSTERS.items()}
    rows = report.table("Equality measures by cluster")
    for row, (title, clusters) in zip(
        rows, {**groups, "All schools": list(CLUSTERS.values())}.items(), strict=True
    ):
        told = figures.sums.equality(clusters)
        said = {
            heading: f"{told[name]:g}" if name == "idaci_quintile" else f"{told[name]:.1f}"
            for name, heading in headings.items()
        }
        assert row == {"Cluster": title, **said}


def test_the_least_favourable_cluster(figures, report):
    """Named with its figure, the highest or the lowest as the measure has it."""
    sums, unit = figures.sums, figures.unit
    names = (
        *("travel_mean", "travel_worst", "reach_mean", "reach_worst", "fsm_pct"),
        *("idaci_quintile", "deprived_pct", "rural_pct", "ehcp_pct", "sen_support_pct"),
    )
    by_cluster = {TITLES[code]: sums.equality([members]) for code, members in CLUSTERS.items()}
    whole_plan = sums.equality(list(CLUSTERS.values()))
    rows = report.table("Least favourable clusters")
    for row, name in zip(rows, names, strict=True):
        lowest = name == "idaci_quintile"
        assert row["Measure"].endswith("(lowest)" if lowest else "(highest)")
        pick = min if lowest else max
        least = pick(by_cluster, key=lambda title: by_cluster[title][name])
        assert row["Least favourable cluster"] == least
        for heading, figure in (
            ("Its figure", by_cluster[least][name]),
            ("All schools", whole_plan[name]),
        ):
            if "travel" in name or "reach" in name:
                assert row[heading] == journey(figure, unit)
            else:
                assert row[heading] == (f"{figure:g}" if lowest else f"{figure:.1f} %")


def test_each_layer_of_boundaries(figures, report):
    """Zones with their figures; schools outside, with the zone they lie in and why."""
    rows = figures.sums.rows
    for layer, zones in ZONES.items():
        strays = [u for m in CLUSTERS.values() for u in figures.sums.outside(m, layer)]
        title = LAYERS[layer]
        for row in report.table(f"Zones, {title}"):
            code = next((c for c, name in zones.items() if name == row["Zone"]), "")
            here = [r for r in rows.values() if getattr(r, layer) == code]
            counts = {c: len({r.urn for r in here} & set(m)) for c, m in CLUSTERS.items()}
            held = sorted((c for c in counts if counts[c]), key=lambda c: (-counts[c], c))
            where = ", ".join(f"{TITLES[c]} ({counts[c]})" for c in held)
            assert row == {
                "Zone": zones.get(code, "in no zone"), "Schools": str(len(here)),
                **phases_once(figures, here),
                "SRPs": str(sum(r.needs is not None for r in here)),
                "Pupils": whole(sum(r.pupils for r in here if not math.isnan(r.pupils))),
                "Outside": str(sum(r.urn in strays for r in here)),
                "Clusters with schools in it": f"{len(held)}: {where}",
            }  # fmt: skip
        outside = report.table(f"Schools outside, {title}")
        for row, urn in zip(outside, strays, strict=True):
            why = row.pop("Reason")
            assert all(part in why for part in reason(figures, urn, layer)), why
            main = figures.sums.main(CLUSTERS[code_of(urn)], layer)
            assert row == {
                "School": called(figures, urn),
                "It lies in": zones.get(getattr(rows[urn], layer), "none"),
                "Cluster": TITLES[code_of(urn)],
                "Cluster lies mainly in": zones[main],
            }


def test_moves_since_the_version_before(figures, report):
    """From the other plan to this one: the journey before, then the journey now."""
    unit, now = figures.unit, hubs(figures)
    before = {u: c.hub for c in figures.other().clusters for u in c.members}
    rows = report.table("Moves since the version before")
    assert len(rows) == 7
    for row in rows:
        name, urn = row["School"].rsplit(" ", 1)
        start = int(urn)
        assert name == figures.sums.rows[start].name
        assert row["Phase"] == figures.sums.rows[start].phase
        assert row["Now"] == TITLES[code_of(start)]
        assert row[f"Journey before, {unit}"] == tenth(figures.sums.trip(start, before[start]))
        assert row[f"Journey now, {unit}"] == tenth(figures.sums.trip(start, now[start]))
    assert "7 schools" in report.section("history").text
    assert ", of 27 in this plan" in report.section("history").text
    assert report.table("Decisions") == [
        {
            "School": called(figures, URNS[3]), "Cluster now": "Alder", "Asked for": "To go east",
            "Decision": "refused", "Reason": "Too far", "Date": "3 February 2026",
            "Decided by": "Director",
        }
    ]  # fmt: skip


def test_how_it_was_found_and_of_what(figures, report):
    """The seed, the way journeys are made, and the dates of the files."""
    method = report.section("method").text
    assert 77 in numbers(method)
    assert figures.county.travel.method in method
    files = report.table("Table of files")
    assert [(row["What"], row["File"], row["Date of the data"]) for row in files] == [
        ("schools", "schools.csv", "18 July 2025"), ("census", "census.csv", "16 January 2025")
    ]  # fmt: skip
    assert [row["Fingerprint (SHA-256)"][:2] for row in files] == ["ab", "cd"]
    assert make_result(figures.plan).seed == 77
