"""What a plan leaves open, as the map counts it."""

import pytest

from cluster_geo.maps.gaps import layers_outside, usual_journey
from cluster_geo.maps.panel import map_layers, panel_lists
from tests.outputs import make_world
from tests.worlds import FIRST_URN


@pytest.fixture(scope="module")
def world():
    return make_world()


def test_schools_outside_their_clusters_main_zone(world):
    """The middle cluster lies half in each district: its main one is the first, the rest is out."""
    outside = layers_outside(world.county, world.plan)
    assert outside == {FIRST_URN + 6 * row + 3: [0] for row in range(3)}
    (layer,) = map_layers(world.county, world.plan)
    assert (layer.title, layer.drawn, layer.outside) == ("District", True, 3)


def test_far_begins_beyond_what_most_schools_travel(world):
    """Nine journeys in ten are within it; it is a whole number, so that a planner may argue it."""
    usual = usual_journey(world.county, world.plan)
    journeys = [
        world.county.travel.between(urn, cluster.hub)
        for cluster in world.plan.clusters
        for urn in cluster.members
        if urn != cluster.hub
    ]
    assert sum(journey <= usual for journey in journeys) >= 0.9 * len(journeys)
    assert usual == int(usual)
    assert usual - 1 < max(journeys)


def test_what_the_panel_counts(world):
    """Clusters without an SRP, and layers that have no shapes but can be crossed all the same."""
    lists = panel_lists(world.published())
    assert lists.without_srp == 2
    assert lists.drawn == list(lists.layers)
