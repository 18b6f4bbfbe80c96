"""What readers see of each rule: its heading, its setting, and what it asks for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cluster_geo.rules import (
    Apart,
    Balance,
    CloseToReference,
    MostClustersOfTrust,
    MostMovers,
    NumberOfClusters,
    OnePiece,
    Phases,
    Size,
    Together,
    TravelToHub,
    Trusts,
    WorstTrip,
    Zones,
    exceptions,
    non_selective,
    srp_coverage,
)
from cluster_geo.scenario import read_scenario, rulebook_of, with_inputs
from tests.worlds import draw_county

COUNTY = draw_county("p s p s", district="A A B B")
NONE: frozenset[int] = frozenset()
ZONE_OF = COUNTY.layers["district"].zone_of


@pytest.mark.parametrize(
    ("rule", "heading"),
    [
        (Size(1, 2), "Size of a cluster"),
        (Phases(NONE, NONE), "Primary and secondary schools together"),
        (OnePiece(COUNTY.neighbours.graph), "Each cluster is in one piece on the ground"),
        (TravelToHub(COUNTY.travel), "Journeys to the central school"),
        (WorstTrip(COUNTY.travel, 2.0), "Longest journey allowed"),
        (Trusts({}, 1.0), "Few clusters for each multi-academy trust"),
        (srp_coverage(NONE), "An SRP in each cluster"),
        (non_selective(NONE), "A secondary school open to children of any ability"),
        (exceptions("without a school", NONE, 1.0), "Without a school"),
        (Together("federations", {}), "Federated schools together"),
        (Together("pairs", {}), "Infant and junior schools together"),
        (
            Together("pairs not confirmed", {}),
            "Infant and junior schools together, pairs not confirmed",
        ),
        (Together("networks", {}), "Networks together"),
        (Apart((), name="pins.apart"), "Pins: schools held apart"),
        (Balance("balance.school_meals", {}), "Even shares: school meals"),
        (CloseToReference({}), "Close to the earlier plan"),
        (Zones("pcn", {}), "Clusters follow the boundaries: PCN"),
        (Zones("electoral_division", {}), "Clusters follow the boundaries: Electoral division"),
        (NumberOfClusters(1, 2), "Number of clusters"),
        (MostMovers({}, 1), "Most schools that may move from the earlier plan"),
        (MostClustersOfTrust("T", NONE, 1), "Clusters of T"),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_a_rule_has_a_title(rule, heading):
    """What pages call it; its name where it says nothing else."""
    assert rule.heading == heading


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        (OnePiece(COUNTY.neighbours.graph), "each cluster is in one piece on the ground"),
        (
            WorstTrip(COUNTY.travel, 2.5),
            "no school travels more than 2.5 km to its central school",
        ),
        (srp_coverage(NONE), "each cluster has a school with an SRP"),
        (
            non_selective(NONE),
            "each cluster has a secondary that a child of any ability can enter",
        ),
        (
            Zones("district", ZONE_OF, zone_names={"A": "Ashe"}),
            "no cluster crosses the boundaries between Ashe and B (district)",
        ),
        (
            Zones("district", dict.fromkeys(COUNTY.urns, "A")),
            "no cluster crosses the boundary of A (district)",
        ),
        (
            Zones("district", {COUNTY.urns[0]: "A"}),
            "no cluster crosses the boundaries between the schools in no zone and A (district)",
        ),
        (Balance("balance.pupils", {}), "the rule 'balance.pupils' holds in each cluster"),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_a_rule_says_what_it_asks_for(rule, sentence):
    """In one clause, as a demand."""
    assert rule.sentence(COUNTY) == sentence


def test_the_boundaries_of_many_zones_are_those_of_the_layer():
    """Five names are read by nobody."""
    county = draw_county("ppppp", district="ABCDE")
    rule = Zones("district", county.layers["district"].zone_of)
    assert rule.sentence(county) == "no cluster crosses the boundaries of the layer 'district'"


@pytest.fixture(scope="module")
def wishes(tmp_path_factory):
    """What each wish of a scenario asks for, in the words of its rule."""
    networks = tmp_path_factory.mktemp("files") / "networks.csv"
    networks.write_text(f"urn,network\n{COUNTY.urns[0]},Oak\n{COUNTY.urns[1]},Oak\n")
    settings = {"networks.file": networks, "boundaries.pcn.rule": "shown"}
    scenario = read_scenario("example", settings)
    rules = rulebook_of(with_inputs(with_layers(), scenario), scenario).rules
    return {rule.setting: rule.wish(COUNTY) for rule in rules}


def with_layers():
    """Return the county with the layers that the example names."""
    names = {*read_scenario("example").boundaries, "pcn"}
    return replace(COUNTY, layers=dict.fromkeys(names, COUNTY.layers["district"]))


@pytest.mark.parametrize(
    ("setting", "wish"),
    [
        (
            "clusters.non_selective",
            "each cluster has a secondary school that any child can enter at 11",
        ),
        ("federations", "no federation is split"),
        ("pairs", "no infant and junior pair is split"),
        ("networks", "no network is split"),
        ("srp", "each cluster has an SRP"),
        ("boundaries.pcn", "no cluster crosses a PCN boundary"),
    ],
)
def test_each_wish_of_a_scenario_has_its_words(wishes, setting, wish):
    """Its rule has the setting that the wish is known by."""
    assert wishes[setting] == wish
