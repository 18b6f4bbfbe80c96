"""A command line to run, and a search that finds something at once."""

import networkx as nx
import pytest
from click.testing import CliRunner

from cluster_geo import wishes
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
    """Make the mainland and the island a plan at once; the search has tests of its own.

    Asked for `clusters.size=1:122`, that plan keeps every rule.
    """
    asked = []

    def propose(county, scenario, *, progress=None, **_):
        asked.append(scenario)
        rulebook = rulebook_of(county, scenario)
        graph = nx.Graph(county.neighbours.graph)
        bridges = [(u, v) for u, v, kind in graph.edges(data="kind") if kind == "crossing"]
        graph.remove_edges_from(bridges)
        plan = rulebook.plan(nx.connected_components(graph))
        cost = rulebook.cost(plan)
        point = TracePoint(0.5, 1, "first plan", cost, cost / 2, 12)
        if progress is not None:
            progress(point)
        statements = ("clusters.non_selective is priced: no plan was found that keeps it.",)
        result = Result(
            "feasible", "time limit", plan, cost, cost / 2, 1.0, 1, 1, (point,), statements
        )
        return result, rulebook

    monkeypatch.setattr(wishes, "solve_scenario", propose, raising=False)
    return asked
