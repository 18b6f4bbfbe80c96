"""A real amalgamation: Riverview Junior became part of Riverview Infant in Gravesham in 2026."""

import csv

import networkx as nx
import pytest

import cluster_geo as cg
from cluster_geo.compare.moves import MOVES
from cluster_geo.studies import update_settings

pytestmark = [pytest.mark.real, pytest.mark.nightly]

JUNIOR, INFANT = 145117, 142363
WHITEHILL, SINGLEWELL, TYMBERWOOD, KINGS_FARM = 140800, 118479, 140167, 118585


@pytest.fixture(scope="module")
def gravesham(real_data):
    """Settings that read Gravesham's 36 schools of 18 July 2025."""
    places = real_data / "boundaries"
    return {
        "schools.file": real_data / "gias" / "edubasealldata20250718_kent_medway.csv",
        "schools.districts": ("Gravesham",),
        "boundaries.district.file": places / "kent_medway_districts_LAD24_BUC.geojson",
        "neighbours.land": places / "Local_Authority_Districts_May_2024_Boundaries_UK_BUC.geojson",
        "clusters.count": None,
        "solve.time_limit": 60,
    }


@pytest.fixture(scope="module")
def adopted(gravesham, tmp_path_factory):
    """A plan in which only Riverview Junior joins Whitehill to the east of its cluster."""
    scenario = cg.read_scenario(
        "kent",
        gravesham
        | {
            "clusters.size": "9:14",
            "pins.together": ((JUNIOR, INFANT, WHITEHILL, SINGLEWELL),),
            "pins.apart": ((WHITEHILL, TYMBERWOOD), (WHITEHILL, KINGS_FARM)),
        },
    )
    plan = cg.propose(cg.load_county(scenario), scenario).plan
    path = tmp_path_factory.mktemp("adopted") / "adopted.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("urn", "cluster"), *sorted(plan.code_of.items())])
    return path, plan


def test_a_cluster_left_in_two_pieces_is_mended_by_one_move(gravesham, adopted, real_data):
    """What would be if nothing were done, and that one school must move: proven."""
    path, plan = adopted
    later = gravesham | {
        "schools.links": real_data / "gias" / "links_edubasealldata20260815.csv",
        "schools.as_at": "2026-12-01",
    }
    scenario = cg.read_scenario("kent", update_settings(path, later))
    county = cg.load_county(scenario)
    assert JUNIOR not in county.schools.names
    found = cg.update(county, scenario)
    code = plan.code_of[JUNIOR]
    # Counted without the program's own judgement: the pieces of the schools that are left.
    left = {u for u in plan.clusters[plan.labels.index(code)].members if u != JUNIOR}
    now = {new for urn in left for new in county.schools.identity.now(urn)}
    assert nx.number_connected_components(county.neighbours.graph.subgraph(now)) == 2
    [broken] = found.as_it_is.shown_audit.broken
    assert broken.startswith(f"Cluster {code} breaks “Each cluster is in one piece on the ground”")
    result, moves = found.proposal.result, found.proposal.published.moves
    assert found.proposal.audit.kept
    assert list(moves["change"]) == [MOVES]
    assert any("1 school must move" in words and "proven" in words for words in result.statements)
    assert [alternative.moved for alternative in found.alternatives] == sorted(
        alternative.moved for alternative in found.alternatives
    )
    took_in = found.changes[found.changes["change"] == "took in another school"]
    assert list(took_in["urn"]) == [INFANT]
