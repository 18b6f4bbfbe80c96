"""Why there is no plan: the clashing set is the expected one, and each cure is a plan."""

from __future__ import annotations

import pytest

from cluster_geo.explain import explain
from cluster_geo.rules import HubChoice, Rulebook, Size
from tests.explain.clashes import CASES
from tests.worlds import draw_county


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_the_clashing_set_is_the_expected_one(case):
    """Nineteen kinds of clash, each with its irreducible set, none of it undecided."""
    told = case()
    found = explain(told.county, told.rulebook, time_limit=60, threads=1)
    assert found.status == "impossible"
    sets = [frozenset((d.rule, d.part) for d in c.reason.demands) for c in found.clashes]
    assert sorted(map(sorted, sets)) == sorted(map(sorted, told.expected))
    assert all(clash.reason.irreducible for clash in found.clashes)
    for clash in found.clashes:
        assert set(clash.reason.needed) == set(clash.reason.demands)


def test_a_plan_is_given_where_there_is_one():
    """Nothing clashes, and the plan that shows it comes along."""
    county = draw_county("p s p p s p")
    found = explain(county, Rulebook((Size(2, 3),), HubChoice(county.travel)), threads=1)
    assert found.status == "possible"
    assert sorted(u for c in found.plan.clusters for u in c.members) == list(county.urns)
