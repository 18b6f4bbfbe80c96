"""Two meeting places for each cluster, with the journeys to both."""

from __future__ import annotations

import numpy as np
import pytest

from cluster_geo.plan import Cluster, Plan, central_school
from cluster_geo.tables.meeting_places import meeting_table
from tests.worlds import draw_county, random_county


@pytest.mark.parametrize("seed", range(5))
def test_no_other_member_has_a_shorter_longest_journey(seed):
    """Against every member, where roads may be longer one way."""
    county = random_county(seed, 7)
    hub = central_school(county.urns, county.travel)
    plan = Plan.coded({"C-1": Cluster(county.urns, hub)})
    (row,) = meeting_table(county, plan).to_dict(orient="records")
    to = {urn: [county.travel.between(u, urn) for u in county.urns] for urn in county.urns}
    assert row["urn"] == hub
    assert (row["longest"], row["mean"]) == (max(to[hub]), pytest.approx(np.mean(to[hub])))
    best = min((max(to[u]), sum(to[u]), u) for u in county.urns if u != hub)
    assert row["other_urn"] == best[2]
    assert (row["other_longest"], row["other_mean"]) == (best[0], pytest.approx(best[1] / 7))
    assert row["other_school"] == county.schools.names[best[2]]


def test_a_cluster_of_one_school_has_one_place():
    """There is no other to name."""
    county = draw_county("p p s")
    one, *rest = county.urns
    plan = Plan.coded({"A-1": Cluster((one,), one), "B-1": Cluster(tuple(rest), rest[0])})
    first, second = meeting_table(county, plan).to_dict(orient="records")
    assert first["longest"] == 0
    assert first["other_school"] is None or first["other_school"] != first["other_school"]
    assert second["other_urn"] == rest[1]
