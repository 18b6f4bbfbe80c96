"""Five new secondary SRPs for ASD in real Kent: found, bounded, and dearest first."""

import pytest

from cluster_geo.scenario import load_county, read_scenario
from cluster_geo.verbs.provision import provision

pytestmark = [pytest.mark.real, pytest.mark.nightly]


@pytest.fixture(scope="module")
def found(real_data):
    """The answer by districts, without a limit of time: the same on any machine."""
    settings = {
        "schools.file": real_data / "gias" / "edubasealldata20250718_kent_medway.csv",
        "schools.census": real_data / "census" / "england_census_2024-25.csv",
    }
    scenario = read_scenario("kent-benchmark", settings)
    return provision(
        load_county(scenario), scenario, need="ASD", new=5, alternatives=0, time_limit=None
    )


def test_it_is_proven_to_half_a_per_cent(found):
    """Five sites, more places than pupils, and nearly the best possible."""
    assert len(found.best.sites) == 5
    assert found.best.distance <= 0.005
    assert found.best.outcome.without < found.today.outcome.without


def test_each_step_is_worth_something_and_less_than_the_first(found):
    """Between limits that do not cross."""
    steps = found.curve[1:]
    assert all(0 < step.least <= step.most for step in steps)
    assert steps[-1].most < steps[0].least
