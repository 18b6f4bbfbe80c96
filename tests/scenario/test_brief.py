"""The part of a scenario that pages and files show."""

from datetime import date

import pytest

from cluster_geo.scenario import Scenario, brief_of, read_scenario

PLAN = """
[plan]
title = "Clusters of Squareshire"
version = "2.1"
status = "adopted"
decision_reference = "26/014"
effective_date = 2026-09-01
audience = "internal"
previous_plan = "before.csv"
"""


def brief_from(tmp_path, text):
    """The brief of a scenario with these lines."""
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    (tmp_path / "before.csv").write_text("urn,cluster\n1,A\n")
    scenario = read_scenario(path)
    return scenario, brief_of(scenario)


def test_it_says_what_the_plan_is(tmp_path):
    """Each word of the section [plan] in its own place, the date in ISO 8601."""
    scenario, brief = brief_from(tmp_path, PLAN)
    assert (brief.title, brief.version, brief.status) == (
        "Clusters of Squareshire",
        "2.1",
        "adopted",
    )
    assert (brief.decision_reference, brief.effective_date) == ("26/014", "2026-09-01")
    assert brief.audience == "internal"
    assert brief.previous_plan == scenario.record()["plan"]["previous_plan"]


def test_what_is_not_given_is_empty():
    """A date, a reference and an earlier plan that nobody gave; for the public as the setting is."""
    brief = brief_of(Scenario())
    assert (brief.decision_reference, brief.effective_date, brief.previous_plan) == ("", "", "")
    assert brief.audience == "public"


def test_every_weight_stands_under_what_it_weighs(tmp_path):
    """Of sections, of rules within them, of layers and of balances."""
    lines = """
    [trusts]
    weight = 3.25
    [clusters.non_selective]
    weight = 7
    [boundaries.pcn]
    column = "ward_code"
    weight = 0.5
    [balance.weight]
    column = "ehcp"
    weight = 0.125
    """
    scenario, brief = brief_from(tmp_path, lines)
    weights = {name: brief.weights[name] for name in ("trusts", "clusters.non_selective")}
    weights |= {name: brief.weights[name] for name in ("boundaries.pcn", "balance.weight")}
    assert weights == {
        "trusts": 3.25, "clusters.non_selective": 7.0, "boundaries.pcn": 0.5, "balance.weight": 0.125,
    }  # fmt: skip
    assert brief.weights == gathered(scenario.record())


def gathered(part, path=()):
    """Every setting called weight in a record, by where it stands."""
    found = {}
    for name, value in part.items():
        if isinstance(value, dict):
            found |= gathered(value, (*path, name))
        elif name == "weight":
            found[".".join(path)] = value
    return found


@pytest.mark.parametrize("name", ["example", "kent", "kent-benchmark"])
def test_the_weights_of_shipped_scenarios_are_those_of_their_record(name):
    """In the order of the record, as a reader finds them in a report."""
    scenario = read_scenario(name)
    assert list(brief_of(scenario).weights.items()) == list(gathered(scenario.record()).items())


def test_it_says_what_each_balance_is_made_of(tmp_path):
    """Its column and base, from which a reader could calculate a count."""
    lines = """
    [balance.plans]
    column = "ehcp"
    [balance.roll]
    column = "pupils"
    base = "sen_support"
    """
    _, brief = brief_from(tmp_path, lines)
    assert brief.balances == {
        "plans": frozenset({"ehcp", "schools"}),
        "roll": frozenset({"pupils", "sen_support"}),
    }


def test_the_record_of_a_run_is_the_scenarios(tmp_path):
    """Nothing is lost on the way to run.json."""
    scenario, brief = brief_from(tmp_path, PLAN)
    assert brief.settings == scenario.record()
    assert brief.seed == scenario.solve.seed
    assert date.fromisoformat(brief.effective_date) == scenario.plan.effective_date
