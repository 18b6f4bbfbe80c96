"""What a setting is where a planner says nothing, and how far it may go where they do."""

import pytest

from cluster_geo.errors import ScenarioError
from cluster_geo.scenario import read_scenario
from cluster_geo.scenario.values import Range
from tests.scenario.effects.table import settings_of

# Another default is another plan for everybody who left the setting out. None: no value.
DEFAULTS = {
    "plan.title": "Proposed clusters of schools",
    "plan.version": "1",
    "plan.status": "draft",
    "plan.decision_reference": "",
    "plan.replaces": "",
    "plan.reason": "",
    "plan.superseded_by": "",
    "plan.told": (),
    "plan.audience": "public",
    "plan.divisions": "",
    "schools.authorities": (),
    "schools.districts": (),
    "schools.phases": ("primary", "secondary", "all-through"),
    "schools.associates": False,
    "clusters.size": "8:14",
    "clusters.primaries": 1,
    "clusters.secondaries": 1,
    "clusters.non_selective.rule": "shown",
    "clusters.non_selective.weight": 10.0,
    "travel.factor": 1.3,
    "travel.around_water": False,
    "travel.weight": 1.0,
    "neighbours.reach_km": 25.0,
    "neighbours.tolerance_m": 100.0,
    "neighbours.bridge": True,
    "columns.*.column": "",
    "columns.*.unit": "",
    "columns.*.meaning": "",
    "columns.*.kind": "amount",
    "columns.*.audience": "internal",
    "columns.*.counts_pupils": True,
    "boundaries.*.rule": "shown",
    "boundaries.*.weight": 1.5,
    "trusts.rule": "priced",
    "trusts.weight": 3.0,
    "federations.rule": "shown",
    "federations.weight": 6.0,
    "pairs.rule": "shown",
    "pairs.weight": 6.0,
    "networks.rule": "priced",
    "networks.weight": 3.0,
    "srp.rule": "shown",
    "srp.weight": 5.0,
    "srp.needs": (),
    "srp.phases": (),
    "pathways.rule": "shown",
    "pathways.weight": 5.0,
    "pathways.needs": (),
    "pathways.by_team": (),
    "pathways.published": "",
    "balance.*.base": "schools",
    "balance.*.weight": 0.01,
    "funding.*.title": "",
    "funding.*.year": "",
    "funding.*.source": "",
    "funding.*.status": "illustrative",
    "funding.*.audience": "internal",
    "funding.*.reserve": 0.0,
    "funding.*.contingency": 0.0,
    "funding.*.zones": "",
    "funding.*.terms.*.title": "",
    "funding.*.terms.*.only": "",
    "teams.*.title": "",
    "teams.*.share_step": 0.1,
    "teams.*.clusters_per_post": Range(2, 4),
    "teams.*.layer": "",
    "teams.*.rule": "priced",
    "teams.*.weight": 500.0,
    "teams.*.balance": 5.0,
    "pins.together": (),
    "pins.apart": (),
    "reference.weight": 0.0,
    "reference.freeze_clusters": (),
    "reference.fewest_movers": False,
    "solve.time_limit": 180.0,
    "solve.seed": 1,
    "solve.gap": 1e-4,
    "solve.certificate": False,
}


def test_the_defaults_are_these():
    """Every setting that has one, and no other."""
    found = {key: default for key, default in settings_of() if default is not None}
    assert found | {"clusters.size": str(found["clusters.size"])} == DEFAULTS


# The last value that is allowed, and the first beyond it.
LIMITS = [
    ("clusters.primaries", "0", "-1"),
    ("clusters.secondaries", "0", "-1"),
    ("clusters.size", "1:8", "0:8"),
    ("clusters.size", "9:9", "9:8"),
    ("clusters.count", "1", "0"),
    ("travel.factor", "1", "0.999"),
    ("travel.factor", "10", "10.001"),
    ("travel.weight", "0", "-0.001"),
    ("travel.worst", "0.001", "0"),
    ("neighbours.reach_km", "0.001", "0"),
    ("neighbours.tolerance_m", "0", "-0.001"),
    ("boundaries.x.weight", "0", "-0.001"),
    ("trusts.weight", "0", "-0.001"),
    ("trusts.weight", "1000000", "1000000.5"),
    ("federations.weight", "0", "-0.001"),
    ("pairs.weight", "0", "-0.001"),
    ("networks.weight", "0", "-0.001"),
    ("srp.weight", "0", "nan"),
    ("srp.weight", "0", "inf"),
    ("pathways.weight", "0", "-0.001"),
    ("pathways.within", "0.001", "0"),
    ("pathways.needs", '["ASD"]', '["Magic"]'),
    ("pathways.by_team", '["Visual impairment"]', '["ASD", ""]'),
    ("srp.needs", '["asd"]', '["ASD", "Magic"]'),
    ("srp.phases", '["primary"]', '["nursery"]'),
    ("clusters.non_selective.weight", "0", "-0.001"),
    ("balance.x.weight", "0", "-0.001"),
    ("funding.x.reserve", "0", "-0.001"),
    ("funding.x.reserve", "99.9", "100.1"),
    ("funding.x.floor_per_pupil", "0", "-0.01"),
    ("funding.x.amount", "0.01", "-0.01"),
    ("teams.x.posts", "0.001", "0"),
    ("teams.x.posts", "10000", "10000.5"),
    ("teams.x.share_step", "0.01", "0.009"),
    ("teams.x.share_step", "1", "1.001"),
    ("teams.x.demand.ehcp", "0", "-0.001"),
    ("teams.x.visits_per_post", "1", "0.999"),
    ("teams.x.cost_per_visit", "0", "-0.001"),
    ("teams.x.clusters_per_post", "1:8", "0:8"),
    ("teams.x.weight", "0", "-0.001"),
    ("teams.x.balance", "0", "-0.001"),
    ("trusts.most.Oak", "1", "0"),
    ("pins.together", "[[1, 2]]", "[[1]]"),
    ("pins.apart", "[[1, 2]]", "[[1]]"),
    ("pins.together", "[[1, 2]]", "[[0, 2]]"),
    ("pins.fixed.3", "[1]", "[]"),
    ("reference.weight", "0", "-0.001"),
    ("reference.most_movers", "0", "-1"),
    ("solve.time_limit", "0.001", "0"),
    ("solve.seed", "0", "-1"),
    ("solve.work", "1", "0"),
    ("solve.gap", "0", "-0.001"),
    ("solve.gap", "0.999", "1"),
    ("schools.phases", '["primary"]', "[]"),
]
# What some settings need beside them.
BESIDE = {
    "boundaries.x": {"boundaries.x.column": "ward"},
    "balance.x": {"balance.x.column": "ehcp"},
    "teams.x": {"teams.x.posts": 2},
}
BESIDE |= {
    "funding.x": {
        "funding.x.amount": "5",
        "funding.x.terms.all.column": "schools",
        "funding.x.terms.all.share": "100",
    }
}
BESIDE |= {"reference": {"reference.plan": "plan.csv"}}


@pytest.mark.parametrize(("key", "last", "beyond"), LIMITS)
def test_a_setting_goes_as_far_as_its_limit_and_no_further(
    key, last, beyond, tmp_path, monkeypatch
):
    """The last value allowed is read; the first beyond it is a fault of that setting alone."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan.csv").touch()
    beside = next((more for name, more in BESIDE.items() if key.startswith(name)), {})
    read_scenario("kent-benchmark", beside | {key: last})
    with pytest.raises(ScenarioError) as caught:
        read_scenario("kent-benchmark", beside | {key: beyond})
    assert [fault.setting for fault in caught.value.faults] == [key]


@pytest.mark.parametrize(
    ("settings", "beyond"),
    [
        ({"clusters.size": "2:3", "clusters.primaries": "3"}, {"clusters.primaries": "4"}),
        ({"clusters.size": "2:3", "clusters.secondaries": "3"}, {"clusters.secondaries": "4"}),
    ],
)
def test_as_many_of_a_phase_as_a_cluster_can_hold(settings, beyond):
    """A cluster of three may be asked to hold three secondaries, and not four."""
    read_scenario("kent-benchmark", settings)
    with pytest.raises(ScenarioError, match="do not fit into a cluster of at most 3"):
        read_scenario("kent-benchmark", settings | beyond)
