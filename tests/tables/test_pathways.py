"""Pathways of a plan, counted by need and by place, and by each definition."""

from __future__ import annotations

from cluster_geo.plan import Cluster, Plan
from cluster_geo.rules import PathwayTerms
from cluster_geo.tables.pathways import (
    definitions,
    districts_by_need,
    pathway_table,
    pathways_of,
)
from tests.worlds import FIRST_URN, draw_county

ONE, TWO, THREE, FOUR, FIVE, SIX = range(FIRST_URN, FIRST_URN + 6)
COUNTY = draw_county(
    "P P S P A p",
    columns={"srp_needs": {ONE: "ASD|VI", TWO: "SLCN", THREE: "ASD", FOUR: "ASD", FIVE: "HI"}},
)
PLAN = Plan.coded(
    {
        "A": Cluster((ONE, TWO), ONE),
        "B": Cluster((THREE, FOUR), THREE),
        "C": Cluster((FIVE, SIX), FIVE),
    }
)
TERMS = PathwayTerms(by_team=("VI",))
WAYS = pathways_of(COUNTY, PLAN, TERMS)
ZONES = {"West": (ONE, TWO, THREE), "Mid": (FOUR,), "East": (FIVE, SIX)}


def test_each_pathway_has_its_way_on_and_journey():
    """Without a way on it is the nearest secondary SRP that is named."""
    found = [(one.way.urn, one.way.need, one.kind, one.onward, one.travel) for one in WAYS]
    assert found == [
        (ONE, "ASD", "none", THREE, 2.0),
        (ONE, "VI", "team", None, None),
        (TWO, "SLCN", "none", None, None),
        (FOUR, "ASD", "cluster", THREE, 1.0),
        (FIVE, "HI", "school", FIVE, 0.0),
    ]


def test_nearby_is_told_from_the_cluster():
    """A journey of 2 km counts where 2 km are allowed."""
    kinds = [one.kind for one in pathways_of(COUNTY, PLAN, PathwayTerms(within=2.0))]
    assert kinds == ["nearby", "none", "none", "cluster", "school"]


def test_counts_by_place_and_need():
    """The first row of a place with several needs is over all of them."""
    table = pathway_table(WAYS, {"West": ZONES["West"], "Nowhere": (SIX,), "Mid": ZONES["Mid"]})
    assert table.to_numpy().tolist() == [
        ["West", "all needs", 3, 0, 0, 0, 1, 2],
        ["West", "ASD", 1, 0, 0, 0, 0, 1],
        ["West", "SLCN", 1, 0, 0, 0, 0, 1],
        ["West", "VI", 1, 0, 0, 0, 1, 0],
        ["Mid", "ASD", 1, 0, 1, 0, 0, 0],
    ]


def test_each_definition_counts_other_places():
    """No secondary SRP at all; none for a need, but those of a team; no way on by the plan's terms."""
    found = definitions(COUNTY, TERMS, WAYS, ZONES)
    assert [one.places for one in found] == [("Mid",), ("West", "Mid"), ("West",)]
    assert found[0].words.endswith("whatever the needs")


def test_places_without_secondary_provision_need_by_need():
    """A need that a team meets is not among them, nor one that is not asked about."""
    assert districts_by_need(COUNTY, TERMS, ZONES) == {"ASD": ("Mid",), "SLCN": ("West",)}
    every = districts_by_need(COUNTY, PathwayTerms(), ZONES)
    assert every == {"ASD": ("Mid",), "SLCN": ("West",), "VI": ("West",)}
    assert districts_by_need(COUNTY, PathwayTerms(needs=("VI",)), ZONES) == {"VI": ("West",)}
