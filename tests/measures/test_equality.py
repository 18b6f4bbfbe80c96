"""Who is served how well, in a county that can be counted by eye."""

from dataclasses import replace

import numpy as np
import pytest

from cluster_geo.measures import equality, equality_of_all, provision_reach
from cluster_geo.plan import Cluster, Plan
from tests.worlds import draw_county

FIRST = 100001
COUNTY = draw_county(
    "P p s S a p",
    columns={
        "fsm_pct": {FIRST: 10.0, FIRST + 1: 30.0},
        "ehcp": {FIRST: 5.0, FIRST + 1: 7.0},
        "idaci_quintile": {FIRST: 1.0, FIRST + 1: 2.0, FIRST + 2: 5.0},
        "urban_rural": {FIRST: "Larger rural: Nearer to a city", FIRST + 1: "Urban: Nearer"},
    },
)
PLAN = Plan.coded(
    {
        "W": Cluster((FIRST, FIRST + 1, FIRST + 2), FIRST),
        "E": Cluster((FIRST + 3, FIRST + 4, FIRST + 5), FIRST + 4),
    }
)


def test_reach_is_to_the_nearest_provision_of_the_own_phase():
    """Primaries look to the first school, secondaries to the fourth, the all-through to both."""
    assert provision_reach(COUNTY).tolist() == [0.0, 1.0, 1.0, 0.0, 4.0, 5.0]
    alone = provision_reach(COUNTY, [FIRST])
    assert alone.loc[[FIRST + 1, FIRST + 5]].tolist() == [1.0, 5.0]
    assert alone.loc[[FIRST + 2, FIRST + 4]].isna().all()


def test_each_cluster_has_its_figures():
    """Shares are weighted by pupils (200 and 210 here) and over the schools that tell them."""
    table = equality(PLAN, COUNTY)
    west, east = table.loc["W"], table.loc["E"]
    assert (west["travel_mean"], west["travel_worst"]) == (1.0, 2.0)
    assert (west["reach_mean"], west["reach_worst"]) == (pytest.approx(2 / 3), 1.0)
    assert west["fsm_pct"] == pytest.approx((20 + 63) / 410 * 100)
    assert west["ehcp_pct"] == pytest.approx(1200 / 410)
    assert west["idaci_quintile"] == 2
    assert west["deprived_pct"] == pytest.approx(100 / 3)
    assert west["rural_pct"] == 50
    assert east[["fsm_pct", "idaci_quintile", "deprived_pct", "rural_pct"]].isna().all()
    assert np.isnan(west["sen_support_pct"])


def test_the_whole_plan_has_the_same_figures():
    """Over all schools at once, not the mean of the clusters' means."""
    whole = equality_of_all(PLAN, COUNTY)
    assert whole["travel_mean"] == pytest.approx((1 + 2 + 1 + 1) / 6)
    assert whole["reach_worst"] == 5
    assert whole["ehcp_pct"] == pytest.approx(1200 / 410)


@pytest.mark.parametrize("column", ["ehcp", "pupils"])
def test_a_share_with_a_withheld_part_is_withheld(column):
    """Pupils or plans of one school left out: no share of its cluster is told, others are."""
    schools = replace(COUNTY.schools, withheld={column: frozenset({FIRST})})
    table = equality(PLAN, replace(COUNTY, schools=schools))
    assert np.isnan(table.loc["W", "ehcp_pct"])
    assert np.isnan(table.loc["W", "fsm_pct"]) == (column == "pupils")
