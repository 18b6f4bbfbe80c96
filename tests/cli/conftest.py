"""A command line to run, and a search that finds something at once."""

import json
from pathlib import Path

import networkx as nx
import pytest
from click.testing import CliRunner

from cluster_geo import scenario, wishes
from cluster_geo.cli import main
from cluster_geo.example import example_folder
from cluster_geo.optimise import Result, TracePoint
from cluster_geo.scenario import load_county, rulebook_of
from tests.scenario.effects.town import OF_RULES


@pytest.fixture(scope="session")
def counties():
    """Counties of the files that come with the program, by what they were read with."""
    return {}


@pytest.fixture
def read_once(counties, monkeypatch):
    """Have what comes with the program read once for all tests: reading has tests of its own.

    A county of any other file is read each time.
    """

    def loaded(asked):
        files = {setting: str(path) for setting, path in asked.files().items()}
        if not all(Path(path).is_relative_to(example_folder()) for path in files.values()):
            return load_county(asked)
        facts = {k: v for k, v in asked.record().items() if k not in OF_RULES} | {"files": files}
        key = json.dumps(facts, sort_keys=True)
        if key not in counties:
            counties[key] = load_county(asked)
        return counties[key]

    monkeypatch.setattr(scenario, "load_county", loaded)


@pytest.fixture
def run(tmp_path, monkeypatch, read_once):
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
