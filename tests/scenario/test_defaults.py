"""What a setting is where a planner says nothing, and how far it may go where they do."""

import pytest

from cluster_geo.errors import ScenarioError
from cluster_geo.scenario import read_scenario
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
    "balance.*.base": "schools",
    "balance.*.weight": 0.01,
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
    ("clusters.non_selective.weight", "0", "-0.001"),
    ("balance.x.weight", "0", "-0.001"),
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
