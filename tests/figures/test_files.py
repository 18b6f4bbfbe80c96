"""Every figure of every file of a plan, read back, against sums in plain Python."""

from __future__ import annotations

import json
import math

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest

from tests.figures.cells import read_csv, same
from tests.figures.county import ORIGIN, SETTINGS, URNS, WEIGHTS, ZONES, make_result
from tests.figures.said import CLUSTERS, RULES, TITLES, code_of, hubs, numbers

LAYERS = tuple(ZONES)
TRAVEL = "travel_minutes"


def sheet_of(folder, name) -> list[dict[str, object]]:
    """The rows of a sheet by its columns' names, which stand hidden in the second row."""
    sheet = openpyxl.load_workbook(folder / "plan.xlsx")[name]
    _, head, _, *body = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in body]


def agree(found: list[dict], expected: list[dict]) -> None:
    """Hold each cell that is expected to what it should be, row by row."""
    assert len(found) == len(expected)
    for row, told in zip(found, expected, strict=True):
        wrong = {
            name: (row[name], cell) for name, cell in told.items() if not same(row[name], cell)
        }
        assert wrong == {}


def schools(figures) -> list[dict[str, object]]:
    """What each file says of each school."""
    hub_of, rows = hubs(figures), []
    for urn, row in figures.sums.rows.items():
        low, high = map(float, row.ages.split("-"))
        zones = {f"{x}_zone": ZONES[x].get(getattr(row, x), "") for x in LAYERS}
        rows.append(
            {
                "urn": urn, "name": row.name, "phase": row.phase,
                "district": f"{ZONES['district'][row.district]} Borough" if row.district else "",
                "trust": f"Trust {row.trust}" if row.trust else "",
                "srp": "no" if row.needs is None else "yes",
                "cluster": code_of(urn), "cluster_name": TITLES[code_of(urn)],
                "hub_urn": hub_of[urn], TRAVEL: figures.sums.trip(urn, hub_of[urn]),
                "easting": ORIGIN[0] + 1000 * row.east, "northing": ORIGIN[1] + 1000 * row.north,
                "laestab": f"999/{urn % 7919}", "ukprn": f"{10_000_000 + urn}",
                "establishment_type": "Academy", "status": "Open", "age_low": low,
                "age_high": high, "gender": "Mixed", "sixth_form": "yes" if high == 18 else "no",
                "admissions": "Selective" if row.name == "Kingsley" else "Non-selective",
                "postcode": f"ME{urn % 97} 1AB", "district_code": row.district,
                "area": ZONES["area"][row.area], "trust_uid": row.trust,
                "federation": "Two Rivers" if row.name in {"Vale", "Quay"} else "",
                "diocese": "Diocese of Mid" if row.name == "Nave" else "",
                "srp_needs": row.needs or "", "srp_places": row.places, "srp_on_roll": row.on_roll,
                "pupils": row.pupils, "ehcp": row.ehcp, "sen_support": row.sen_support,
                "fsm_pct": row.fsm_pct, "census_date": "2025-01-16",
            }
            | zones
            | {f"{x}_zone_code": getattr(row, x) for x in LAYERS}
        )  # fmt: skip
    return rows


def clusters(figures) -> list[dict[str, object]]:
    """What each file says of each cluster."""
    return [
        {"cluster": code, "name": TITLES[code]}
        | figures.sums.names(members, ZONES)
        | figures.sums.measures(members)
        for code, members in CLUSTERS.items()
    ]


def test_the_schools_in_csv_workbook_and_geopackage(minutes, folder):
    """Each column holds what it is called, and there is no other."""
    expected = [row | {"ukprn": str(row["ukprn"])} for row in schools(minutes)]
    found = read_csv(folder / "clusters.csv")
    agree(found, expected)
    assert set(found[0]) == set(expected[0])
    agree(sheet_of(folder, "Schools"), expected)
    layer = gpd.read_file(folder / "plan.gpkg", layer="schools")
    agree(layer.drop(columns="geometry").to_dict("records"), expected)
    assert [(p.x, p.y) for p in layer.geometry] == [
        pytest.approx((row["easting"], row["northing"])) for row in expected
    ]
    central = [row for row in expected if row["urn"] == row["hub_urn"]]
    points = gpd.read_file(folder / "plan.gpkg", layer="hubs")
    agree(points.drop(columns="geometry").to_dict("records"), central)


def on_the_sheet(figures, code, row):
    """The same in the workbook: each school counted once, and no places where there is no SRP."""
    told = {k: v for k, v in row.items() if k not in ("primaries", "secondaries", "all_through")}
    del told["primary_srps"], told["secondary_srps"]
    counts = figures.sums.by_phase(figures.sums.of(CLUSTERS[code]))
    told |= dict(zip(("primary", "secondary", "all_through"), counts, strict=True))
    return told if told["srps"] else told | {"srp_places": "none"}


def test_the_clusters_in_workbook_geojson_and_geopackage(minutes, folder):
    """Each of the measures, in each of the files, and there is no other."""
    expected = clusters(minutes)
    sheet = sheet_of(folder, "Clusters")
    once = [on_the_sheet(minutes, code, row) for code, row in zip(CLUSTERS, expected, strict=True)]
    agree(sheet, once)
    assert set(sheet[0]) == set(once[0])
    layer = gpd.read_file(folder / "plan.gpkg", layer="clusters").drop(columns="geometry")
    agree(layer.to_dict("records"), expected)
    collection = json.loads((folder / "clusters.geojson").read_text(encoding="utf-8"))
    agree([feature["properties"] for feature in collection["features"]], expected)


def test_each_area_holds_its_own_schools(minutes, folder):
    """The shape beside a cluster's figures is the ground around that cluster's schools."""
    for source in (folder / "plan.gpkg", folder / "clusters.geojson"):
        layer = {"layer": "clusters"} if source.suffix == ".gpkg" else {}
        areas = gpd.read_file(source, **layer).to_crs(27700).set_index("cluster").geometry
        points = minutes.county.schools.table.geometry
        for code, members in CLUSTERS.items():
            assert all(areas[code].buffer(1).contains(points[urn]) for urn in members)


def test_the_trusts_and_the_rules_in_the_workbook(minutes, folder):
    """Pieces of trusts; each rule over the plan, then on each cluster where it is broken or adds."""
    pieces = minutes.sums.pieces(list(CLUSTERS.values()))
    for row in sheet_of(folder, "Trusts"):
        schools_of, number = pieces.pop(row["trust_uid"])
        assert (row["schools"], row["clusters"], row["fewest"]) == (schools_of, number, 1)
        assert row["beyond"] == number - 1
    assert pieces == {}
    rows = sheet_of(folder, "Rules")
    whole = {row["rule"]: row for row in rows if row["cluster"] == "whole plan"}
    scores = {c: minutes.sums.scores(members, WEIGHTS) for c, members in CLUSTERS.items()}
    weight = {"travel": 1.0, "balance.pupils": WEIGHTS["balance"]} | WEIGHTS
    for rule in RULES:
        total = math.fsum(row[rule] for row in scores.values())
        assert same(whole[rule]["score"], total)
        assert float(whole[rule]["measure"]) == pytest.approx(total / weight[rule])
        own = {row["cluster"]: row for row in rows if row["rule"] == rule} | {}
        del own["whole plan"]
        assert {c: pytest.approx(row["score"]) for c, row in own.items()} == {
            c: row[rule] for c, row in scores.items() if row[rule]
        }
        assert all(
            float(row["measure"]) == pytest.approx(scores[c][rule] / weight[rule])
            for c, row in own.items()
        )
    assert (whole["size"]["kept"], whole["size"]["clusters"]) == ("no", 1)
    assert [r["cluster"] for r in rows if r["rule"] == "size"] == ["whole plan", "ALD-01"]
    assert (whole["area"]["measure"], whole["area"]["score"]) == (6, 0)


def test_the_record_of_the_run(minutes, folder):
    """Cost and bound each in its own place, also in the trace; weights, seed, seconds, work."""
    record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    result = make_result(minutes.plan)
    assert (record["cost"], record["bound"]) == (812.5, 770.75)
    assert record["gap"] == pytest.approx((812.5 - 770.75) / 812.5)
    assert (record["seconds"], record["seed"], record["work"]) == (1234.0, 77, 4321)
    assert (record["clusters"], record["schools"]) == (4, 27)
    assert (record["unit"], record["kept"]) == ("minutes", False)
    assert [numbers(sentence) for sentence in record["broken"]] == [[9, 4, 8]]
    assert record["weights"] == {
        "trusts": 3.25, "boundaries.district": 1.5, "srp": 5.5, "balance.pupils": 0.0625
    }  # fmt: skip
    for told, point in zip(record["trace"], result.trace, strict=True):
        for name in ("seconds", "work", "stage", "cost", "bound", "columns"):
            assert told[name] == getattr(point, name)
        assert told["gap"] == pytest.approx((point.cost - point.bound) / point.cost)
    assert record["scenario"] == SETTINGS
    sheet = {row["fact"]: row["value"] for row in sheet_of(folder, "Run")}
    told = {"Score": "cost", "Seconds of search": "seconds", "Seed": "seed"}
    assert sheet["No plan can score below"] == "770.7", "rounded down: it claims no more than that"
    assert [sheet[words] for words in told] == [record[name] for name in told.values()]
    assert sheet["Could improve by at most"] == "5.2 %"
    weights = [sheet[f"Weight: {RULES[rule]}"] for rule in ("trusts", "srp")]
    assert weights == [3.25, 5.5]


def test_a_letter_to_each_school(minutes, folder):
    """Its own cluster, central school and journey, and the others of its cluster alone."""
    hub_of, rows = hubs(minutes), minutes.sums.rows
    letters = read_csv(folder / "mail_merge.csv")
    assert sorted(int(row["urn"]) for row in letters) == list(URNS)
    for row in letters:
        urn = int(row["urn"])
        members = CLUSTERS[code_of(urn)]
        fellows = sorted(rows[other].name for other in members if other != urn)
        assert row == {
            "urn": str(urn), "school": rows[urn].name, "postcode": f"ME{urn % 97} 1AB",
            "phase": rows[urn].phase, "cluster": code_of(urn), "cluster_name": TITLES[code_of(urn)],
            "hub": rows[hub_of[urn]].name, "is_hub": "yes" if hub_of[urn] == urn else "no",
            "distance": f"{minutes.sums.trip(urn, hub_of[urn]):.0f} minutes",
            "members": str(len(members)), "fellows_count": str(len(members) - 1),
            "fellows": "; ".join(fellows),
        }  # fmt: skip


def test_a_letter_in_kilometres(figures):
    """Tenths of a kilometre, or whole minutes, of the journey and not of the line."""
    from cluster_geo.tables.letters import letter_table  # noqa: PLC0415

    hub_of = hubs(figures)
    for row in letter_table(figures.county, figures.plan).itertuples():
        length = figures.sums.trip(row.urn, hub_of[row.urn])
        whole = f"{length:.1f} km" if figures.unit == "km" else f"{length:.0f} minutes"
        assert row.distance == whole


def test_the_moves_since_the_version_before(minutes, folder):
    """From the other plan to this: pupils and journeys of the schools that moved."""
    before = {u: (c, k) for c, k in _coded(minutes.other()).items() for u in k.members}
    hub_of, rows = hubs(minutes), minutes.sums.rows
    moves = read_csv(folder / "moves.csv")
    assert len(moves) == 7
    for row in moves:
        urn = int(row["urn"])
        school, old = rows[urn], before[urn][1]
        expected = {
            "name": school.name, "phase": school.phase, "pupils": school.pupils,
            "ehcp": school.ehcp, "sen_support": school.sen_support,
            "srp": "no" if school.needs is None else "yes", "change": "moves",
            "trust": f"Trust {school.trust}" if school.trust else "",
            "to_cluster": code_of(urn), "to_name": TITLES[code_of(urn)],
            "travel_before_minutes": minutes.sums.trip(urn, old.hub),
            "travel_after_minutes": minutes.sums.trip(urn, hub_of[urn]),
        }  # fmt: skip
        assert {n: (row[n], c) for n, c in expected.items() if not same(row[n], c)} == {}
    assert {row["from_name"] for row in moves} <= {
        "Old Alder",
        "Bexwell",
        "CRA-05",
        "four",
        "three",
        "two",
    }


def _coded(plan):
    return dict(zip(plan.labels, plan.clusters, strict=True))


def test_the_contract_shows_examples_of_each_column(minutes, folder):
    """The first value of a column that has one, and the unit it is in."""
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    fields = {f["name"]: f for f in package["resources"][0]["schema"]["fields"]}
    rows = schools(minutes)
    for name, field in fields.items():
        first = next(
            (row[name] for row in rows if row[name] != "" and not _missing(row[name])), None
        )
        assert same(
            field.get("example"), first if first is None or isinstance(first, str) else float(first)
        )
    units = {name: field.get("unit", "") for name, field in fields.items()}
    assert units[TRAVEL] == "minutes"
    assert units["fsm_pct"] == "per cent"
    assert {units[n] for n in ("pupils", "ehcp", "sen_support", "srp_places", "srp_on_roll")} == {
        "pupils"
    }


def _missing(cell: object) -> bool:
    return isinstance(cell, float) and bool(pd.isna(cell))
