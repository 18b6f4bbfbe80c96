"""What a plan gives each cluster."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from cluster_geo.measures import measures, needs_by_cluster, totals, trust_pieces
from cluster_geo.plan import Cluster, Plan
from tests.worlds import draw_county

COUNTY = draw_county(
    """
    P s p p
    p a S .
    """,
    trust="""
    x x y z
    x y . .
    """,
    district="""
    A A B B
    A . B .
    """,
    columns={
        "srp_needs": {100001: "ASD|SLCN", 100007: "ASD"},
        "srp_places": {100001: 12.0},
        "ehcp": {100001: 5.0, 100002: 7.0},
    },
)
PLAN = Plan.of(
    [Cluster((100001, 100002, 100005), 100001), Cluster((100003, 100004, 100006, 100007), 100003)]
)


def test_each_cluster_is_measured():
    """A drawn county whose figures can be counted by eye."""
    table = measures(PLAN, COUNTY)
    west, east = table.loc["C-01"], table.loc["C-02"]
    assert (west["schools"], west["primaries"], west["secondaries"]) == (3, 2, 1)
    assert (east["primaries"], east["secondaries"], east["all_through"]) == (3, 2, 1)
    assert (west["srps"], west["primary_srps"], west["secondary_srps"]) == (1, 1, 0)
    assert (west["needs"], east["needs"]) == ("ASD|SLCN", "ASD")
    assert west["srp_places"] == 12
    assert math.isnan(east["srp_places"])
    assert (west["ehcp"], west["pupils"]) == (12, 200 + 210 + 240)
    assert (west["trusts"], east["trusts"]) == (1, 2)
    assert (west["districts"], east["districts"]) == (1, 1)
    assert (west["outside_district"], east["outside_district"]) == (0, 1)
    assert (west["travel"], west["travel_mean"], west["travel_worst"]) == (
        2,
        pytest.approx(2 / 3),
        1,
    )
    assert east["km_worst"] == pytest.approx(math.sqrt(2))


def test_needs_are_counted_by_school():
    """One column for each need type."""
    table = needs_by_cluster(PLAN, COUNTY)
    assert table.columns.tolist() == ["ASD", "SLCN"]
    assert table["ASD"].tolist() == [1, 1]


def test_a_provision_of_unknown_need_is_of_no_kind():
    """It is counted as an SRP, and no column without a name is made for it."""
    county = draw_county("P s S", columns={"srp_needs": {100001: "ASD"}})
    plan = Plan.of([Cluster(county.urns, county.urns[0])])
    assert measures(plan, county)["srps"].tolist() == [2]
    assert needs_by_cluster(plan, county).columns.tolist() == ["ASD"]


def test_pieces_of_a_trust_beyond_the_fewest():
    """A trust of one school is none; a trust larger than a cluster needs two anyhow."""
    table = trust_pieces(PLAN, COUNTY, largest=2)
    assert table.index.tolist() == ["x", "y"]
    assert table.loc["x", ["schools", "clusters", "fewest", "beyond"]].tolist() == [3, 1, 2, 0]
    split = Plan.of([Cluster((100001, 100003), 100001), Cluster((100002, 100005, 100006), 100002)])
    assert trust_pieces(split, COUNTY).loc["x", "beyond"] == 1
    assert trust_pieces(split, COUNTY).loc["y", "clusters"] == 2


def test_totals_add_the_clusters_up():
    """The plan's figures are those of its clusters."""
    figures = totals(PLAN, COUNTY, largest=4)
    assert (figures["clusters"], figures["schools"], figures["smallest"]) == (2, 7, 3)
    assert figures["travel"] == pytest.approx(2 + 2 + math.sqrt(2))
    assert figures["travel_mean"] == pytest.approx(figures["travel"] / 7)
    assert figures["trust_pieces_beyond"] == 0
    assert math.isnan(figures["sen_support"])


def test_a_total_with_a_withheld_part_is_withheld():
    """Nor is it the sum of the other clusters: the difference to the whole would be the count."""
    assert totals(PLAN, COUNTY)["ehcp"] == 12
    counts = COUNTY.schools.table.assign(ehcp=[5.0, 7.0, 9.0, 9.0, 9.0, 9.0, 9.0])
    hidden = replace(COUNTY.schools, table=counts, withheld={"ehcp": frozenset({100001})})
    county = replace(COUNTY, schools=hidden)
    assert math.isnan(measures(PLAN, county).loc["C-01", "ehcp"])
    assert measures(PLAN, county).loc["C-02", "ehcp"] == 36
    assert math.isnan(totals(PLAN, county)["ehcp"])
