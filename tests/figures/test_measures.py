"""Every measure and every table of them, against sums in plain Python."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from cluster_geo.compare.moves import find_moves
from cluster_geo.measures import (
    equality,
    equality_of_all,
    measures,
    needs_by_cluster,
    provision_reach,
    totals,
    trust_pieces,
)
from cluster_geo.plan import central_school
from cluster_geo.rules import pathways
from cluster_geo.tables.clusters import cluster_table
from cluster_geo.tables.provision import provision_table
from cluster_geo.tables.trusts import trust_table
from cluster_geo.tables.zones import outside_table, zone_table
from tests.figures.county import PLAN, URNS, ZONES, urns
from tests.figures.sums import total

CLUSTERS = {code: urns(*places) for code, places in PLAN.items()}


def plain(figure: object) -> object:
    """A cell for comparison: missing is None, numbers compare to the last digit but one."""
    if figure is None or (not isinstance(figure, str) and pd.isna(figure)):
        return None
    return figure if isinstance(figure, str) else pytest.approx(float(figure))


def agree(found, expected) -> None:
    """Hold a table's cells to what each should be, by row and column; neither has more."""
    assert list(found) == list(expected)
    for key, row in expected.items():
        assert set(found[key]) == set(row)
        for name, figure in row.items():
            assert plain(found[key][name]) == plain(figure), (key, name)


def test_the_central_school_is_that_to_which_all_travel_least(figures):
    """Least travel of the members to it: not from it, and not as the crow flies."""
    for members in CLUSTERS.values():
        assert central_school(members, figures.county.travel) == figures.sums.hub(members)


def test_each_measure_of_each_cluster(figures):
    """All columns of the table of clusters, and the names beside them."""
    sums = figures.sums
    expected = {code: sums.measures(members) for code, members in CLUSTERS.items()}
    agree(measures(figures.plan, figures.county).to_dict("index"), expected)
    titles = dict(zip(CLUSTERS, ("Alder", "Bexwell", "CRA-05", "Dunmore"), strict=True))
    named = {
        code: {"name": titles[code]} | sums.names(members, ZONES) | expected[code]
        for code, members in CLUSTERS.items()
    }
    agree(cluster_table(figures.county, figures.plan).to_dict("index"), named)


def test_each_total_of_the_plan(figures):
    """Means are over the schools, not over the clusters; the longest is the longest of all."""
    found = totals(figures.plan, figures.county, 8).to_dict()
    agree({"": found}, {"": figures.sums.totals(list(CLUSTERS.values()), 8)})
    small = totals(figures.plan, figures.county, 2)
    assert small["trust_pieces_beyond"] == figures.sums.totals(list(CLUSTERS.values()), 2)[
        "trust_pieces_beyond"
    ]  # fmt: skip


def test_each_figure_of_equality(figures):
    """By cluster and over all schools: shares by pupils, the middle school's fifth."""
    sums = figures.sums
    found = equality(figures.plan, figures.county).to_dict("index")
    agree(found, {code: sums.equality([members]) for code, members in CLUSTERS.items()})
    whole = equality_of_all(figures.plan, figures.county).to_dict()
    agree({"": whole}, {"": sums.equality(list(CLUSTERS.values()))})


def test_the_way_to_provision_runs_from_the_school(figures):
    """To the nearest SRP of its own phase, of any need or of one alone."""
    sums = figures.sums
    found = provision_reach(figures.county)
    assert found.to_dict() == {urn: pytest.approx(sums.reach(urn)) for urn in URNS}
    jubilee = URNS[22]
    alone = provision_reach(figures.county, [jubilee])
    assert alone.to_dict() == {urn: sums.trip(urn, jubilee) for urn in URNS}


def test_the_clusters_of_each_trust(figures):
    """Schools, clusters, and where they are; trusts of one school are none."""
    pieces = figures.sums.pieces(list(CLUSTERS.values()))
    found = trust_pieces(figures.plan, figures.county, 8)
    assert list(found[["schools", "clusters"]].itertuples(index=True, name=None)) == [
        (trust, *numbers) for trust, numbers in pieces.items()
    ]
    table = trust_table(figures.county, figures.plan, 3).set_index("trust_uid")
    for trust, (schools, clusters) in pieces.items():
        counts = {
            code: sum(figures.sums.rows[urn].trust == trust for urn in members)
            for code, members in CLUSTERS.items()
        }
        where = ", ".join(f"{code} ({number})" for code, number in counts.items() if number)
        fewest = math.ceil(schools / 3)
        assert table.loc[trust].to_dict() == {
            "trust": f"Trust {trust}", "schools": schools, "clusters": clusters,
            "fewest": fewest, "beyond": max(0, clusters - fewest), "where": where,
        }  # fmt: skip
    order = sorted(pieces, key=lambda trust: (-pieces[trust][1], -pieces[trust][0], trust))
    assert table.index.tolist() == order


def test_needs_are_counted_by_school(figures):
    """How many schools of a cluster have provision for each need."""
    needs = sorted(
        {n for row in figures.sums.rows.values() for n in (row.needs or "").split("|")} - {""}
    )
    found = needs_by_cluster(figures.plan, figures.county)
    assert found.columns.tolist() == needs
    for code, members in CLUSTERS.items():
        told = [(figures.sums.rows[urn].needs or "").split("|") for urn in members]
        assert found.loc[code].tolist() == [sum(need in own for own in told) for need in needs]


def test_provision_of_any_group_of_schools(figures):
    """Places, on roll and spare, each over the schools that tell it; by need and over all."""
    groups = {**CLUSTERS, "odd": URNS[::2], "none": urns(3, 4)}
    found = provision_table(figures.county, groups)
    for name, group in groups.items():
        rows = found[found["group"] == name].drop(columns="group").itertuples(index=False)
        told = {row[0]: tuple(None if pd.isna(f) else int(f) for f in row[1:]) for row in rows}
        assert told == figures.sums.provision(group), name


def test_each_zone_of_each_layer(figures):
    """Schools, phases, SRPs, pupils and the clusters that the zone's schools are in."""
    rows = figures.sums.rows
    for layer, zones in ZONES.items():
        found = zone_table(figures.county, figures.plan, figures.county.layers[layer])
        codes = sorted(zones, key=zones.get) + [""] * any(
            not getattr(r, layer) for r in rows.values()
        )
        assert found.index.tolist() == codes
        strays = {u for members in CLUSTERS.values() for u in figures.sums.outside(members, layer)}
        for code in codes:
            here = [row for row in rows.values() if getattr(row, layer) == code]
            told = found.loc[code]
            assert told["zone"] == zones.get(code, "in no zone")
            assert told["schools"] == len(here)
            counts_once = tuple(told[name] for name in ("primary", "secondary", "all_through"))
            assert counts_once == figures.sums.by_phase(here)
            assert told["srps"] == sum(row.needs is not None for row in here)
            assert told["pupils"] == total(row.pupils for row in here)
            assert told["outside"] == sum(row.urn in strays for row in here)
            counts = {c: len({r.urn for r in here} & set(m)) for c, m in CLUSTERS.items()}
            held = sorted((c for c in counts if counts[c]), key=lambda c: (-counts[c], c))
            assert told["clusters"] == len(held)
            names = [f"{figures.plan.names.get(c, c)} ({counts[c]})" for c in held]
            assert told["where"] == ", ".join(names)


def test_each_school_outside(figures):
    """Its own zone, and that of most of its cluster, not the other way about."""
    for layer in ZONES:
        found = outside_table(figures.plan, figures.county.layers[layer]).to_dict("index")
        assert found == {
            urn: {
                "zone": getattr(figures.sums.rows[urn], layer),
                "main": figures.sums.main(members, layer),
                "cluster": code,
            }
            for code, members in CLUSTERS.items()
            for urn in figures.sums.outside(members, layer)
        }


def test_the_way_on_runs_from_the_primary_provision(figures):
    """From each primary SRP to the nearest secondary one for the same need; its own, if it has."""
    sums, found = figures.sums, {}
    for urn, row in sums.rows.items():
        for need in sorted((row.needs or "").split("|")):
            if not need or "primary" not in row.phases:
                continue
            goals = [
                other.urn
                for other in sums.rows.values()
                if "secondary" in other.phases and need in (other.needs or "").split("|")
            ]
            goal = (
                urn if urn in goals else min(goals, key=lambda g: sums.trip(urn, g), default=None)
            )
            found[urn, need] = goal, None if goal is None else sums.trip(urn, goal)
    assert {(w.urn, w.need): (w.onward, w.travel) for w in pathways(figures.county)} == found
    assert len(set(found.values())) > 3


def test_moves_tell_the_journey_from_the_school_before_and_after(figures):
    """To the central school of the cluster it leaves, and of the one it joins."""
    sums = figures.sums
    before, after = figures.comparison.before.plan, figures.comparison.after.plan
    table = find_moves(before, after, figures.county)
    for name, plan in (("travel_before", before), ("travel_after", after)):
        hub_of = {urn: sums.hub(c.members) for c in plan.clusters for urn in c.members}
        for urn, told in table[name].items():
            assert plain(told) == plain(sums.trip(urn, hub_of[urn]) if urn in hub_of else None)
