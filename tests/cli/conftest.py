"""A command line to run, and a search that finds something at once."""

import pytest
from click.testing import CliRunner

from cluster_geo import optimise
from cluster_geo.cli import main
from cluster_geo.optimise import Result, TracePoint
from cluster_geo.scenario import rulebook_of


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run the command in an empty folder: `run("audit", "plan.csv")`."""
    monkeypatch.chdir(tmp_path)

    def invoke(*arguments):
        return CliRunner().invoke(main, [str(part) for part in arguments], catch_exceptions=False)

    return invoke


@pytest.fixture
def instant_search(monkeypatch):
    """Put tens of schools by URN in the place of the search; the search has tests of its own."""
    asked = []

    def propose(county, scenario, *, progress=None):
        asked.append(scenario)
        rulebook = rulebook_of(scenario, county)
        urns = county.urns
        plan = rulebook.plan(urns[k : k + 10] for k in range(0, len(urns), 10))
        cost = rulebook.cost(plan)
        point = TracePoint(0.5, 1, "first plan", cost, cost / 2, 12)
        if progress is not None:
            progress(point)
        statements = ("clusters.non_selective is priced: no plan was found that keeps it.",)
        result = Result(
            "feasible", "time limit", plan, cost, cost / 2, 1.0, 1, 1, (point,), statements
        )
        return result, rulebook

    monkeypatch.setattr(optimise, "propose", propose, raising=False)
    return asked
