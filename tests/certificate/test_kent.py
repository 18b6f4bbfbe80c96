"""The certificate of real Kent: a sample of its claims, by the independent models."""

from __future__ import annotations

import pytest

from cluster_geo import pipeline
from cluster_geo.certificate import verify
from cluster_geo.scenario import load_county, read_scenario

pytestmark = [pytest.mark.real, pytest.mark.nightly]


def test_claims_of_kent_hold(real_data, tmp_path):
    """Drawn anew each time; all 563 take minutes."""
    register = real_data / "gias" / "edubasealldata20250718_kent_medway.csv"
    settings = {"schools.file": register, "solve.time_limit": 40, "solve.certificate": True}
    scenario = read_scenario("kent-benchmark", settings)
    pipeline.write(pipeline.propose(load_county(scenario), scenario), tmp_path / "out")
    found = verify(tmp_path / "out", sample=12)
    assert (found.checked, found.unsettled) == (12, ())
    assert found.total == 563
    assert found.bound == pytest.approx(found.certificate.bound, rel=1e-5)
